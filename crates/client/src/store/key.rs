//! Opening the store under its key.

use crate::Error;
use rusqlite::Connection;
use zeroize::Zeroizing;

/// Opens or makes the store at `path`, encrypted page by page under `key` (SQLCipher, raw key), natively.
///
/// `:memory:` makes one that is forgotten, for tests. Another key than the store was made with is
/// [`Error::Storage`]. The caller holds a lock file: two processes on one store would reuse keys.
#[cfg(not(target_arch = "wasm32"))]
pub fn open(path: &str, key: &[u8; 32]) -> Result<Connection, Error> {
    let store = Connection::open(path)?;
    apply(&store, key)?;
    Ok(store)
}

/// Gives an opened connection its key and the settings that the core relies on.
///
/// In the browser the cipher must have been chosen before (`PRAGMA cipher`), and the connection opened through the
/// encrypting file system.
pub fn apply(store: &Connection, key: &[u8; 32]) -> Result<(), Error> {
    store.execute_batch(&key_pragma(key))?;
    settle(store)
}

/// Makes the settings that the core relies on, on a connection that has its key already.
pub fn settle(store: &Connection) -> Result<(), Error> {
    store.execute_batch(
        "PRAGMA locking_mode = exclusive;
         PRAGMA journal_mode = wal;
         PRAGMA synchronous = full;
         PRAGMA temp_store = memory;
         PRAGMA secure_delete = on;
         PRAGMA foreign_keys = on;",
    )?;
    Ok(())
}

fn key_pragma(key: &[u8; 32]) -> Zeroizing<String> {
    let mut pragma = Zeroizing::new(String::with_capacity(90));
    pragma.push_str("PRAGMA key = \"x'");
    for byte in key {
        for digit in [byte >> 4, byte & 15] {
            pragma.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
        }
    }
    pragma.push_str("'\";");
    pragma
}
