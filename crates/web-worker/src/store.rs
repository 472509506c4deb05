//! The store in the browser: SQLite with page encryption over OPFS files that one worker at a time can have open.

use crate::browser::{error_name, sleep_ms};
use rusqlite::{Connection, OpenFlags};
use sqlite_wasm_rs::WasmOsCallback;
use sqlite_wasm_vfs::sahpool::{OpfsSAHError, OpfsSAHPoolCfgBuilder, OpfsSAHPoolUtil, install};
use thiserror::Error;

const DIRECTORY: &str = "store";
const FILE: &str = "valise.db";

/// Name of the plain file system, and of the encrypting one that SQLite3MC lays over it by itself.
const PLAIN_VFS: &str = "opfs";
const SEALED_VFS: &str = "multipleciphers-opfs";

/// Database, log, and some to spare: a file needs a free slot before it can be made.
const SLOTS: usize = 6;

/// How often and how long to wait for a worker that is just ending to let go of the files.
const ATTEMPTS: u32 = 30;
const ATTEMPT_PAUSE_MS: i32 = 100;

/// Why the store was not opened.
#[derive(Debug, Error)]
pub enum StoreTrouble {
    /// This browser, or this window, has no such files.
    #[error("no durable storage")]
    Unsupported,
    /// The key of the store could not be unwrapped.
    #[error("no key")]
    NoKey,
    /// The files cannot be had or are broken.
    #[error("the store's files: {0}")]
    Files(#[from] OpfsSAHError),
    /// SQLite, or a wrong key.
    #[error("the store: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The core does not take it.
    #[error("the core: {0}")]
    Core(#[from] valise_client::Error),
}

/// The store's files, held by this worker.
pub struct Files(OpfsSAHPoolUtil);

impl Files {
    /// Takes the files.
    pub async fn take() -> Result<Self, StoreTrouble> {
        let mut attempt = 0;
        loop {
            attempt += 1;
            let options = OpfsSAHPoolCfgBuilder::new()
                .vfs_name(PLAIN_VFS)
                .directory(DIRECTORY)
                .initial_capacity(SLOTS);
            match install::<WasmOsCallback>(&options.build(), false).await {
                Ok(pool) => {
                    // Installed before and let go of: taken again.
                    if pool.is_paused() {
                        pool.resume().await?;
                    }
                    return Ok(Self(pool));
                }
                Err(OpfsSAHError::NotSupported) => return Err(StoreTrouble::Unsupported),
                Err(error) if is_held_by_another(&error) && attempt < ATTEMPTS => {
                    sleep_ms(ATTEMPT_PAUSE_MS).await
                }
                Err(error) if is_refused(&error) => return Err(StoreTrouble::Unsupported),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Opens or makes the store in them.
    ///
    /// Its log is flushed at every commit (`synchronous = full`): a store that falls back behind a message it has sent
    /// would use that message's key a second time.
    pub fn open(&self, key: &[u8; 32]) -> Result<Connection, StoreTrouble> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let store = Connection::open_with_flags_and_vfs(FILE, flags, SEALED_VFS)?;
        store.execute_batch("PRAGMA cipher = 'chacha20'; PRAGMA legacy = 0;")?;
        valise_client::store::key::apply(&store, key)?;
        store.execute_batch("PRAGMA cache_size = -16384;")?;
        // The key is looked at only when something is read.
        store.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(store)
    }

    /// Lets go of the files; the store must be closed.
    pub fn let_go(&self) -> Result<(), StoreTrouble> {
        Ok(self.0.pause()?)
    }

    /// Deletes what is in the files; the store must be closed.
    pub fn erase(&self) -> Result<(), StoreTrouble> {
        use sqlite_wasm_rs::vfs::VfsFilesManager as _;
        Ok(self.0.clear()?)
    }
}

fn is_held_by_another(error: &OpfsSAHError) -> bool {
    matches!(error, OpfsSAHError::Opfs { value, .. } if error_name(value) == "NoModificationAllowedError")
}

/// Private windows of some browsers have the interface and refuse its use.
fn is_refused(error: &OpfsSAHError) -> bool {
    matches!(error, OpfsSAHError::Opfs { value, .. } if error_name(value) == "SecurityError")
}
