//! MLS state in the same store and the same transaction as everything else.

use rusqlite::{Connection, OptionalExtension as _};
use valise_mls::{KeyValue, StoreError};

/// The table of MLS state.
pub(crate) struct Values<'a>(pub(crate) &'a Connection);

fn failed(error: rusqlite::Error) -> StoreError {
    StoreError(error.to_string())
}

impl KeyValue for Values<'_> {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.0
            .prepare_cached("SELECT value FROM mls WHERE key = ?1")
            .and_then(|mut query| query.query_row([key], |row| row.get(0)).optional())
            .map_err(failed)
    }

    fn put(&self, key: &[u8], value: &[u8]) -> Result<(), StoreError> {
        self.0
            .prepare_cached("INSERT OR REPLACE INTO mls (key, value) VALUES (?1, ?2)")
            .and_then(|mut query| query.execute((key, value)))
            .map(drop)
            .map_err(failed)
    }

    fn delete(&self, key: &[u8]) -> Result<(), StoreError> {
        self.0
            .prepare_cached("DELETE FROM mls WHERE key = ?1")
            .and_then(|mut query| query.execute([key]))
            .map(drop)
            .map_err(failed)
    }
}
