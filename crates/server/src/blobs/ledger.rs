//! Who owns which blob, how far it came, and how much room is left.

use super::Keep;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use thiserror::Error;
use valise_wire::{AccountId, BlobId, Timestamp};

/// File of the ledger in the data folder.
pub const DATABASE: &str = "blobs.sqlite";

/// A blob is counted as no less: an empty file takes a block, too.
const LEAST_BYTES: u64 = 4_096;
/// Uploads that one account may have open.
const MAX_UNFINISHED: u32 = 1_000;

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS blob (
    id BLOB NOT NULL PRIMARY KEY,   -- random, 16 bytes
    account BLOB NOT NULL,          -- who pays for it with his quota
    length INTEGER NOT NULL,        -- bytes of the whole
    stored INTEGER NOT NULL,        -- bytes that are durable; the blob is complete when these are all
    touched INTEGER NOT NULL        -- when bytes last came, milliseconds since 1970
) STRICT, WITHOUT ROWID;
";

/// How much room there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// For one file.
    pub file_bytes: u64,
    /// For one account.
    pub account_bytes: u64,
    /// For all.
    pub total_bytes: u64,
}

/// Why the ledger did not do something.
#[derive(Debug, Error)]
pub enum LedgerError {
    /// The file is larger than files may be.
    #[error("the file is too large")]
    TooLarge,
    /// The quota of the account or of the server is used up.
    #[error("the quota is used up")]
    Full,
    /// The account has too many uploads open.
    #[error("too many unfinished uploads")]
    TooMany,
    /// The name is taken.
    #[error("the id is taken")]
    Taken,
    /// The database failed.
    #[error("the ledger of attachments: {0}")]
    Database(#[from] rusqlite::Error),
}

/// What the ledger knows of a blob.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Who owns it.
    pub account: AccountId,
    /// Bytes of the whole.
    pub length: u64,
    /// Bytes that are durable.
    pub stored: u64,
    /// When bytes last came.
    pub touched: Timestamp,
}

impl Row {
    /// Tells whether all bytes are there.
    pub fn is_complete(&self) -> bool {
        self.stored == self.length
    }

    /// Tells whether it is to be thrown away.
    pub(super) fn is_stale(&self, now: Timestamp, keep: Keep) -> bool {
        let limit = if self.is_complete() {
            keep.complete_ms
        } else {
            Some(keep.abandoned_ms)
        };
        limit.is_some_and(|limit| now.millis_since(self.touched) > limit)
    }
}

/// The ledger. Calls may wait for the disk, except [`Ledger::used`].
pub(super) struct Ledger {
    writer: Mutex<Connection>,
    /// Apart from the writer, so that no download waits for somebody's fsync.
    reader: Mutex<Connection>,
    usage: Mutex<Usage>,
    allowance: Allowance,
}

#[derive(Default)]
struct Usage {
    total_bytes: u64,
    accounts: HashMap<AccountId, AccountUsage>,
}

#[derive(Default)]
struct AccountUsage {
    bytes: u64,
    unfinished: u32,
}

impl Ledger {
    pub(super) fn open(path: &Path, allowance: Allowance) -> Result<Self, LedgerError> {
        let writer = Connection::open(path)?;
        // FULL: what is answered is on the disk.
        writer.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000;",
        )?;
        writer.execute_batch(SCHEMA)?;
        let reader = Connection::open(path)?;
        reader.execute_batch("PRAGMA query_only = ON; PRAGMA busy_timeout = 10000;")?;
        let usage = Usage::load(&reader)?;
        usage.show();
        Ok(Self {
            writer: Mutex::new(writer),
            reader: Mutex::new(reader),
            usage: Mutex::new(usage),
            allowance,
        })
    }

    pub(super) fn allowance(&self) -> Allowance {
        self.allowance
    }

    /// Returns how much of its quota an account uses; what is reserved counts.
    pub(super) fn used(&self, account: AccountId) -> u64 {
        lock(&self.usage)
            .accounts
            .get(&account)
            .map_or(0, |usage| usage.bytes)
    }

    /// Makes a blob of which nothing is there yet, and reserves room for the whole.
    pub(super) fn reserve(
        &self,
        blob: BlobId,
        account: AccountId,
        length: u64,
        now: Timestamp,
    ) -> Result<(), LedgerError> {
        if length > self.allowance.file_bytes {
            return Err(LedgerError::TooLarge);
        }
        // Checked and counted under one lock: two who come at once cannot both get the last room.
        lock(&self.usage).reserve(account, length, self.allowance)?;
        let sql =
            "INSERT INTO blob (id, account, length, stored, touched) VALUES (?1, ?2, ?3, 0, ?4)";
        let values = params![
            blob.0.as_slice(),
            account.0.as_slice(),
            length as i64,
            now.0 as i64
        ];
        match lock(&self.writer).prepare_cached(sql)?.execute(values) {
            Ok(_) => Ok(()),
            Err(error) => {
                lock(&self.usage).release(account, length, false);
                let is_taken =
                    error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation);
                Err(if is_taken {
                    LedgerError::Taken
                } else {
                    error.into()
                })
            }
        }
    }

    pub(super) fn find(&self, blob: BlobId) -> Result<Option<Row>, LedgerError> {
        find(&lock(&self.reader), blob)
    }

    /// Notes that so many bytes are durable.
    pub(super) fn advance(
        &self,
        blob: BlobId,
        stored: u64,
        now: Timestamp,
    ) -> Result<(), LedgerError> {
        let writer = lock(&self.writer);
        let sql = "UPDATE blob SET stored = ?2, touched = ?3 WHERE id = ?1 AND stored < length AND ?2 <= length";
        let changed = writer.prepare_cached(sql)?.execute(params![
            blob.0.as_slice(),
            stored as i64,
            now.0 as i64
        ])?;
        let completed = find(&writer, blob)?.filter(|row| changed == 1 && row.is_complete());
        if let Some(row) = completed {
            lock(&self.usage).finish(row.account);
        }
        Ok(())
    }

    /// Forgets a blob and frees its room.
    pub(super) fn remove(&self, blob: BlobId) -> Result<(), LedgerError> {
        let writer = lock(&self.writer);
        let Some(row) = find(&writer, blob)? else {
            return Ok(());
        };
        writer
            .prepare_cached("DELETE FROM blob WHERE id = ?1")?
            .execute([blob.0.as_slice()])?;
        lock(&self.usage).release(row.account, row.length, row.is_complete());
        Ok(())
    }

    /// Names what may be thrown away.
    pub(super) fn stale(&self, now: Timestamp, keep: Keep) -> Result<Vec<BlobId>, LedgerError> {
        let reader = lock(&self.reader);
        let mut statement =
            reader.prepare_cached("SELECT id, account, length, stored, touched FROM blob")?;
        let rows = statement.query_map([], |row| Ok((BlobId(row.get(0)?), read_row(row)?)))?;
        let mut stale = Vec::new();
        for row in rows {
            let (blob, row) = row?;
            if row.is_stale(now, keep) {
                stale.push(blob);
            }
        }
        Ok(stale)
    }
}

impl Usage {
    fn load(connection: &Connection) -> Result<Self, LedgerError> {
        let mut usage = Self::default();
        let mut statement =
            connection.prepare("SELECT id, account, length, stored, touched FROM blob")?;
        for row in statement.query_map([], read_row)? {
            let row = row?;
            usage.add(row.account, row.length);
            if row.is_complete() {
                usage.finish(row.account);
            }
        }
        Ok(usage)
    }

    fn reserve(
        &mut self,
        account: AccountId,
        length: u64,
        allowance: Allowance,
    ) -> Result<(), LedgerError> {
        let bytes = counted(length);
        let mine = self.accounts.entry(account).or_default();
        if mine.unfinished >= MAX_UNFINISHED {
            return Err(LedgerError::TooMany);
        }
        if mine.bytes + bytes > allowance.account_bytes
            || self.total_bytes + bytes > allowance.total_bytes
        {
            return Err(LedgerError::Full);
        }
        self.add(account, length);
        self.show();
        Ok(())
    }

    fn add(&mut self, account: AccountId, length: u64) {
        let mine = self.accounts.entry(account).or_default();
        mine.bytes += counted(length);
        mine.unfinished += 1;
        self.total_bytes += counted(length);
    }

    fn finish(&mut self, account: AccountId) {
        if let Some(mine) = self.accounts.get_mut(&account) {
            mine.unfinished = mine.unfinished.saturating_sub(1);
        }
    }

    fn release(&mut self, account: AccountId, length: u64, was_complete: bool) {
        if let Some(mine) = self.accounts.get_mut(&account) {
            mine.bytes = mine.bytes.saturating_sub(counted(length));
            mine.unfinished = mine.unfinished.saturating_sub(u32::from(!was_complete));
        }
        self.total_bytes = self.total_bytes.saturating_sub(counted(length));
        self.show();
    }

    fn show(&self) {
        ::metrics::gauge!(crate::metrics::name::BLOB_BYTES).set(self.total_bytes as f64);
    }
}

fn counted(length: u64) -> u64 {
    length.max(LEAST_BYTES)
}

fn find(connection: &Connection, blob: BlobId) -> Result<Option<Row>, LedgerError> {
    let mut statement = connection
        .prepare_cached("SELECT id, account, length, stored, touched FROM blob WHERE id = ?1")?;
    Ok(statement
        .query_row([blob.0.as_slice()], read_row)
        .optional()?)
}

fn read_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    let number = |column| row.get::<_, i64>(column).map(|value| value.max(0) as u64);
    Ok(Row {
        account: AccountId(row.get(1)?),
        length: number(2)?,
        stored: number(3)?,
        touched: Timestamp(number(4)?),
    })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
