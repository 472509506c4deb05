//! What was taken of signed things, and the receipts of it, in the database.

use super::super::Observed;
use super::columns::{bytes, count, number};
use super::reads::code;
use super::statement::execute;
use rusqlite::{Connection, OptionalExtension, Row, params};
use valise_evidence::Event;
use valise_wire::{DeviceId, Octets, RequestId, RoomId, Timestamp};

/// Notes something that happened; what is noted already stays.
pub(super) fn note(connection: &Connection, room: i64, seen: &Observed) -> rusqlite::Result<()> {
    execute(
        connection,
        "INSERT INTO receipt (room, object, event, seq, epoch, request, transmitted, at, directory, device, ends)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
         ON CONFLICT DO NOTHING",
        params![
            room,
            seen.object.as_slice(),
            seen.event as i64,
            number(seen.seq),
            number(seen.epoch),
            seen.request.0.as_slice(),
            seen.transmitted.as_slice(),
            number(seen.at.0),
            number(seen.directory),
            seen.device.as_ref().map(|device| device.0.as_slice()),
            seen.ends.map(|ends| number(ends.0)),
        ],
    )
}

/// Keeps a receipt, if there is none of it yet.
pub(super) fn keep(
    connection: &Connection,
    room: i64,
    object: &[u8; 32],
    event: Event,
    body: &Octets,
) -> rusqlite::Result<()> {
    execute(
        connection,
        "UPDATE receipt SET body = ?4 WHERE room = ?1 AND object = ?2 AND event = ?3 AND body IS NULL",
        params![room, object.as_slice(), event as i64, body.0],
    )
}

/// Tells whether anything was noted of a thing in a room.
pub(super) fn is_noted(
    connection: &Connection,
    room: i64,
    object: &[u8; 32],
) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM receipt WHERE room = ?1 AND object = ?2)")?
        .query_row(params![room, object.as_slice()], |row| row.get(0))
}

/// Tells whether anything was noted in a room.
pub(super) fn is_any_noted(connection: &Connection, room: i64) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM receipt WHERE room = ?1)")?
        .query_row([room], |row| row.get(0))
}

/// Reads what was noted of some things in a room, in the order in which they are named.
pub(super) fn noted(
    connection: &Connection,
    room: RoomId,
    objects: &[[u8; 32]],
) -> rusqlite::Result<Vec<(Observed, Option<Octets>)>> {
    let id: Option<i64> = connection
        .prepare_cached("SELECT id FROM room WHERE room = ?1")?
        .query_row([room.0.as_slice()], |row| row.get(0))
        .optional()?;
    let mut select = connection.prepare_cached(
        "SELECT object, event, seq, epoch, request, transmitted, at, directory, device, ends, body FROM receipt
         WHERE room = ?1 AND object = ?2 ORDER BY event",
    )?;
    let mut found = Vec::new();
    for object in objects {
        let rows = select.query_map(params![id, object.as_slice()], read)?;
        for row in rows {
            found.push(row?);
        }
    }
    Ok(found)
}

/// Tells whether something of a request was noted by an instant that is of one side: by the event with which it was taken.
pub(super) fn has_come(
    connection: &Connection,
    room: RoomId,
    request: RequestId,
    taken: Event,
    by: Timestamp,
) -> rusqlite::Result<bool> {
    connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM receipt JOIN room ON room.id = receipt.room
             WHERE room.room = ?1 AND request = ?2 AND event = ?3 AND at <= ?4)",
        )?
        .query_row(
            params![
                room.0.as_slice(),
                request.0.as_slice(),
                taken as i64,
                number(by.0)
            ],
            |row| row.get(0),
        )
}

/// Reads what this organisation's people signed and sent by an instant, and a partner who follows the room has not taken, and of which
/// that was not noted before.
pub(super) fn uncarried(
    connection: &Connection,
    before: Timestamp,
    most: u32,
) -> rusqlite::Result<Vec<(RoomId, Observed)>> {
    let mut select = connection.prepare_cached(
        "SELECT sent.object, sent.event, sent.seq, sent.epoch, sent.request, sent.transmitted, sent.at, sent.directory, sent.device,
                sent.ends, room.room
         -- In this order: first the few rooms of which something was not taken. Otherwise all receipts are walked through, for the groups.
         FROM follower CROSS JOIN room ON room.id = follower.room CROSS JOIN receipt AS sent ON sent.room = room.id
         WHERE follower.has < ifnull(follower.until, room.head)
         AND sent.event = ?1 AND sent.at <= ?2 AND follower.has < sent.seq AND sent.seq <= ifnull(follower.until, sent.seq)
         AND NOT EXISTS (SELECT 1 FROM receipt AS said
                         WHERE said.room = sent.room AND said.object = sent.object AND said.event = ?3)
         GROUP BY sent.room, sent.object ORDER BY sent.at LIMIT ?4",
    )?;
    let rows = select.query_map(
        params![
            Event::SubmissionAcceptance as i64,
            number(before.0),
            Event::RelayFailure as i64,
            most
        ],
        |row| Ok((RoomId(bytes(row, 10)?), observed(row)?)),
    )?;
    rows.collect()
}

fn read(row: &Row<'_>) -> rusqlite::Result<(Observed, Option<Octets>)> {
    let body: Option<Vec<u8>> = row.get(10)?;
    Ok((observed(row)?, body.map(Octets)))
}

fn observed(row: &Row<'_>) -> rusqlite::Result<Observed> {
    let device: Option<Vec<u8>> = row.get(8)?;
    let ends: Option<i64> = row.get(9)?;
    Ok(Observed {
        object: bytes(row, 0)?,
        event: code(row, 1)?,
        seq: count(row, 2)?,
        epoch: count(row, 3)?,
        request: RequestId(bytes(row, 4)?),
        transmitted: bytes(row, 5)?,
        at: Timestamp(count(row, 6)?),
        directory: count(row, 7)?,
        device: device.and_then(|device| DeviceId::from_slice(&device)),
        ends: ends.map(|ends| Timestamp(ends as u64)),
    })
}
