//! Lockers in the database: what a batch does to them, and how they are read.

use super::super::LockerUse;
use super::columns::bytes;
use super::statement::execute;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use valise_wire::{AccountId, DeviceId, LockerId, Octets};

pub(super) fn put(
    connection: &Connection,
    locker: LockerId,
    account: AccountId,
    part: u32,
    body: &Octets,
) -> rusqlite::Result<()> {
    let digest: [u8; 32] = Sha256::digest(&body.0).into();
    execute(
        connection,
        "INSERT OR REPLACE INTO locker_part (locker, part, account, digest, length, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            locker.0.as_slice(),
            part,
            account.0.as_slice(),
            digest.as_slice(),
            body.len() as i64,
            body.0
        ],
    )
}

pub(super) fn empty(connection: &Connection, locker: LockerId) -> rusqlite::Result<()> {
    execute(
        connection,
        "DELETE FROM locker_part WHERE locker = ?1",
        [locker.0.as_slice()],
    )
}

/// Forgets all lockers of an account that ended, and the ways back to it.
pub(super) fn forget(connection: &Connection, account: AccountId) -> rusqlite::Result<()> {
    forget_returns(connection, account)?;
    execute(
        connection,
        "DELETE FROM locker_part WHERE account = ?1",
        [account.0.as_slice()],
    )
}

/// Returns whose a locker is; nobody's while it is empty.
pub(super) fn owner(
    connection: &Connection,
    locker: LockerId,
) -> rusqlite::Result<Option<AccountId>> {
    connection
        .prepare_cached("SELECT account FROM locker_part WHERE locker = ?1 LIMIT 1")?
        .query_row([locker.0.as_slice()], |row| Ok(AccountId(bytes(row, 0)?)))
        .optional()
}

/// Returns the SHA-256 of a part.
pub(super) fn digest(
    connection: &Connection,
    locker: LockerId,
    part: u32,
) -> rusqlite::Result<Option<[u8; 32]>> {
    connection
        .prepare_cached("SELECT digest FROM locker_part WHERE locker = ?1 AND part = ?2")?
        .query_row(params![locker.0.as_slice(), part], |row| bytes(row, 0))
        .optional()
}

pub(super) fn part(
    connection: &Connection,
    locker: LockerId,
    part: u32,
) -> rusqlite::Result<Option<Octets>> {
    connection
        .prepare_cached("SELECT body FROM locker_part WHERE locker = ?1 AND part = ?2")?
        .query_row(params![locker.0.as_slice(), part], |row| {
            row.get(0).map(Octets)
        })
        .optional()
}

pub(super) fn used(connection: &Connection, account: AccountId) -> rusqlite::Result<LockerUse> {
    connection
        .prepare_cached(
            "SELECT ifnull(SUM(length), 0), COUNT(*) FROM locker_part WHERE account = ?1",
        )?
        .query_row([account.0.as_slice()], |row| {
            Ok(LockerUse {
                bytes: row.get::<_, i64>(0)? as u64,
                parts: row.get(1)?,
            })
        })
}

/// Keeps the digests of words by which an account's person may come back, in place of those that this device kept before.
pub(super) fn keep_returns(
    connection: &Connection,
    account: AccountId,
    device: DeviceId,
    digests: &[[u8; 32]],
) -> rusqlite::Result<()> {
    execute(
        connection,
        "DELETE FROM coming_back WHERE account = ?1 AND device = ?2",
        params![account.0.as_slice(), device.0.as_slice()],
    )?;
    digests.iter().try_for_each(|digest| {
        execute(
            connection,
            "INSERT OR IGNORE INTO coming_back (account, device, digest) VALUES (?1, ?2, ?3)",
            params![account.0.as_slice(), device.0.as_slice(), digest.as_slice()],
        )
    })
}

/// Forgets all such words of an account.
pub(super) fn forget_returns(connection: &Connection, account: AccountId) -> rusqlite::Result<()> {
    execute(
        connection,
        "DELETE FROM coming_back WHERE account = ?1",
        [account.0.as_slice()],
    )
}

pub(super) fn returns(
    connection: &Connection,
    account: AccountId,
) -> rusqlite::Result<Vec<[u8; 32]>> {
    connection
        .prepare_cached("SELECT DISTINCT digest FROM coming_back WHERE account = ?1")?
        .query_map([account.0.as_slice()], |row| bytes(row, 0))?
        .collect()
}
