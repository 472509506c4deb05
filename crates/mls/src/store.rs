//! Where a device's MLS state lies: keys and values in a transaction that belongs to the caller.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};
use thiserror::Error;

/// A store failed; nothing is known about the room but that the step was not made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the store failed: {0}")]
pub struct StoreError(pub String);

/// Keys and values, as one transaction of the caller sees them.
///
/// What is put must be read back within the same transaction, and must vanish as a whole when the caller rolls back.
/// Values are secret: an implementation on disk encrypts.
pub trait KeyValue {
    /// Returns the value of a key.
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;
    /// Sets the value of a key.
    fn put(&self, key: &[u8], value: &[u8]) -> Result<(), StoreError>;
    /// Forgets a key; one that does not exist is no error.
    fn delete(&self, key: &[u8]) -> Result<(), StoreError>;
}

/// A store in memory, for the hub and for tests.
#[derive(Default)]
pub struct Memory {
    values: RwLock<BTreeMap<Vec<u8>, Vec<u8>>>,
}

impl Memory {
    /// Returns everything that lies in it, so that a test can compare and roll back.
    pub fn snapshot(&self) -> BTreeMap<Vec<u8>, Vec<u8>> {
        self.values
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Puts back what [`Self::snapshot`] returned.
    pub fn restore(&self, snapshot: BTreeMap<Vec<u8>, Vec<u8>>) {
        *self.values.write().unwrap_or_else(PoisonError::into_inner) = snapshot;
    }
}

impl KeyValue for Memory {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self
            .values
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(key)
            .cloned())
    }

    fn put(&self, key: &[u8], value: &[u8]) -> Result<(), StoreError> {
        self.values
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key.to_vec(), value.to_vec());
        Ok(())
    }

    fn delete(&self, key: &[u8]) -> Result<(), StoreError> {
        self.values
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(key);
        Ok(())
    }
}
