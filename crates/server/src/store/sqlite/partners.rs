//! Other organisations in the database: what was shown of them, and what they were shown and told.

pub(super) mod rooms;
pub(super) mod shares;

use super::columns::{bytes, count, number};
use super::reads::code;
use super::statement::execute;
use rusqlite::{Connection, OptionalExtension, Row, params};
use valise_wire::partner::Introduction;
use valise_wire::request::ForeignEntry;
use valise_wire::statement::{LogEntry, SignedStatement};
use valise_wire::{AccountId, Octets, OrganisationId, Timestamp, from_bytes, to_bytes};

/// Keeps what was shown of another organisation's log. What stands there already stays.
pub(super) fn keep_foreign(
    connection: &Connection,
    organisation: OrganisationId,
    entry: &LogEntry,
) -> rusqlite::Result<()> {
    execute(
        connection,
        "INSERT INTO foreign_statement (organisation, position, kind, payload, signature) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
        params![
            organisation.0.as_slice(),
            number(entry.position),
            entry.statement.kind as u8,
            entry.statement.payload.0,
            entry.statement.signature.as_slice()
        ],
    )
}

/// Reads what was shown after a place in the order in which it came.
pub(super) fn foreign(
    connection: &Connection,
    after: u64,
    limit: u32,
) -> rusqlite::Result<Vec<ForeignEntry>> {
    let sql = "SELECT id, organisation, position, kind, payload, signature FROM foreign_statement WHERE id > ?1 ORDER BY id LIMIT ?2";
    let read = |row: &Row<'_>| {
        let statement = SignedStatement {
            kind: code(row, 3)?,
            payload: Octets(row.get(4)?),
            signature: bytes(row, 5)?,
        };
        Ok(ForeignEntry {
            position: count(row, 0)?,
            organisation: OrganisationId(bytes(row, 1)?),
            entry: LogEntry {
                position: count(row, 2)?,
                statement,
            },
        })
    };
    connection
        .prepare_cached(sql)?
        .query_map(params![number(after), limit], read)?
        .collect()
}

/// Reads whom a partner was shown.
pub(super) fn shown(
    connection: &Connection,
    partner: OrganisationId,
) -> rusqlite::Result<Vec<AccountId>> {
    connection
        .prepare_cached("SELECT account FROM shown WHERE partner = ?1 ORDER BY account")?
        .query_map([partner.0.as_slice()], |row| Ok(AccountId(bytes(row, 0)?)))?
        .collect()
}

/// Remembers that a partner was shown somebody.
pub(super) fn show(
    connection: &Connection,
    partner: OrganisationId,
    account: AccountId,
) -> rusqlite::Result<()> {
    execute(
        connection,
        "INSERT INTO shown (partner, account) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        params![partner.0.as_slice(), account.0.as_slice()],
    )
}

/// Reads how far a partner was told of them.
pub(super) fn told(connection: &Connection, partner: OrganisationId) -> rusqlite::Result<u64> {
    connection
        .prepare_cached("SELECT IFNULL(MAX(position), 0) FROM told WHERE partner = ?1")?
        .query_row([partner.0.as_slice()], |row| count(row, 0))
}

/// Remembers it.
pub(super) fn tell(
    connection: &Connection,
    partner: OrganisationId,
    position: u64,
) -> rusqlite::Result<()> {
    execute(
        connection,
        "INSERT OR REPLACE INTO told (partner, position) VALUES (?1, ?2)",
        params![partner.0.as_slice(), number(position)],
    )
}

/// Keeps a link by which another organisation may introduce itself, and forgets those whose time is over.
pub(super) fn offer(
    connection: &Connection,
    key: &[u8; 32],
    not_after: Timestamp,
    now: Timestamp,
) -> rusqlite::Result<()> {
    execute(
        connection,
        "DELETE FROM partner_offer WHERE not_after < ?1",
        [number(now.0)],
    )?;
    execute(
        connection,
        "INSERT INTO partner_offer (key, not_after) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        params![key.as_slice(), number(not_after.0)],
    )
}

/// Reads until when a link counts.
pub(super) fn offered(
    connection: &Connection,
    key: &[u8; 32],
) -> rusqlite::Result<Option<Timestamp>> {
    connection
        .prepare_cached("SELECT not_after FROM partner_offer WHERE key = ?1")?
        .query_row([key.as_slice()], |row| Ok(Timestamp(count(row, 0)?)))
        .optional()
}

/// Keeps what was said by a link; the first one counts.
pub(super) fn introduce(connection: &Connection, said: &Introduction) -> rusqlite::Result<()> {
    execute(
        connection,
        "INSERT INTO introduction (key, body) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        params![said.key.as_slice(), to_bytes(said)],
    )
}

/// Reads what was said by links whose time is not over.
pub(super) fn introductions(
    connection: &Connection,
    now: Timestamp,
) -> rusqlite::Result<Vec<Introduction>> {
    let sql = "SELECT body FROM introduction JOIN partner_offer USING (key) WHERE not_after >= ?1 ORDER BY key";
    let bodies: Vec<Vec<u8>> = connection
        .prepare_cached(sql)?
        .query_map([number(now.0)], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    // Written by this program.
    Ok(bodies
        .iter()
        .filter_map(|body| from_bytes(body).ok())
        .collect())
}
