//! Archives in the database: what a batch does to them, and how they are read.

use super::super::ArchiveRow;
use super::columns::bytes;
use super::statement::execute;
use rusqlite::{Connection, OptionalExtension, Row, params};
use valise_wire::{ArchiveId, DeviceId, Octets};

/// Makes an archive, in place of an unclaimed one of its name. Of those that nobody claimed, a device keeps its newest four: a part of a former one that arrives late
/// cannot drive out the one that a link was given for.
pub(super) fn begin(
    connection: &Connection,
    archive: ArchiveId,
    row: &ArchiveRow,
) -> rusqlite::Result<()> {
    let device = row.device.0.as_slice();
    execute(
        connection,
        "DELETE FROM archive WHERE archive = ?1 AND claim IS NULL",
        [archive.0.as_slice()],
    )?;
    execute(
        connection,
        "INSERT INTO archive (archive, device, parts, claim) VALUES (?1, ?2, ?3, NULL)",
        params![archive.0.as_slice(), device, row.parts],
    )?;
    execute(
        connection,
        "DELETE FROM archive WHERE device = ?1 AND claim IS NULL AND id NOT IN
           (SELECT id FROM archive WHERE device = ?1 AND claim IS NULL ORDER BY id DESC LIMIT 4)",
        [device],
    )
}

pub(super) fn keep(
    connection: &Connection,
    archive: ArchiveId,
    part: u32,
    body: &Octets,
) -> rusqlite::Result<()> {
    execute(
        connection,
        "INSERT OR REPLACE INTO archive_part (archive, part, body) SELECT id, ?2, ?3 FROM archive WHERE archive = ?1",
        params![archive.0.as_slice(), part, body.0],
    )
}

pub(super) fn claim(
    connection: &Connection,
    archive: ArchiveId,
    claim: &[u8; 16],
) -> rusqlite::Result<()> {
    execute(
        connection,
        "UPDATE archive SET claim = ?2 WHERE archive = ?1",
        params![archive.0.as_slice(), claim.as_slice()],
    )
}

pub(super) fn empty(connection: &Connection, archive: ArchiveId) -> rusqlite::Result<()> {
    execute(
        connection,
        "DELETE FROM archive_part WHERE archive IN (SELECT id FROM archive WHERE archive = ?1)",
        [archive.0.as_slice()],
    )
}

/// Forgets a device that ended: what it kept is worth nothing to anybody.
pub(super) fn forget(connection: &Connection, device: DeviceId) -> rusqlite::Result<()> {
    execute(
        connection,
        "DELETE FROM archive WHERE device = ?1",
        [device.0.as_slice()],
    )
}

pub(super) fn archive(
    connection: &Connection,
    archive: ArchiveId,
) -> rusqlite::Result<Option<ArchiveRow>> {
    let sql = "SELECT device, parts, (SELECT COUNT(*) FROM archive_part WHERE archive_part.archive = archive.id), claim
               FROM archive WHERE archive = ?1";
    let read = |row: &Row<'_>| {
        let claim: Option<Vec<u8>> = row.get(3)?;
        Ok(ArchiveRow {
            device: DeviceId(bytes(row, 0)?),
            parts: row.get(1)?,
            kept: row.get(2)?,
            claim: claim.map(|_| bytes(row, 3)).transpose()?,
        })
    };
    connection
        .prepare_cached(sql)?
        .query_row([archive.0.as_slice()], read)
        .optional()
}

pub(super) fn part(
    connection: &Connection,
    archive: ArchiveId,
    part: u32,
) -> rusqlite::Result<Option<Octets>> {
    connection
        .prepare_cached("SELECT body FROM archive_part JOIN archive ON archive.id = archive_part.archive WHERE archive.archive = ?1 AND part = ?2")?
        .query_row(params![archive.0.as_slice(), part], |row| {
            row.get(0).map(Octets)
        })
        .optional()
}
