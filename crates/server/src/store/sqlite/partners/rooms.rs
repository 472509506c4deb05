//! Rooms that cross, in the database: those that are followed, those that others follow, and what is carried into them.

use super::super::columns::{bytes, count, number};
use super::super::statement::execute;
use crate::store::{Followed, FollowerRow};
use rusqlite::{Connection, Row, params};
use valise_wire::{AccountId, DeviceId, OrganisationId, RoomId};

/// Reads which rooms live elsewhere, and where.
pub(in crate::store::sqlite) fn followed(
    connection: &Connection,
) -> rusqlite::Result<Vec<(RoomId, OrganisationId)>> {
    connection
        .prepare_cached("SELECT room, hub FROM room WHERE hub IS NOT NULL")?
        .query_map([], |row| {
            Ok((RoomId(bytes(row, 0)?), OrganisationId(bytes(row, 1)?)))
        })?
        .collect()
}

/// Begins to follow a room at a place of its log, or goes on at another.
pub(in crate::store::sqlite) fn follow(
    connection: &Connection,
    followed: &Followed,
) -> rusqlite::Result<()> {
    execute(
        connection,
        "INSERT INTO room (room, head, epoch, chain, pending_removals, hub) VALUES (?1, ?2, 0, ?3, 0, ?4)
         ON CONFLICT (room) DO UPDATE SET head = excluded.head, chain = excluded.chain WHERE hub = excluded.hub",
        params![
            followed.room.0.as_slice(),
            number(followed.after),
            followed.chain.as_slice(),
            followed.hub.0.as_slice()
        ],
    )
}

/// Forgets what was followed of a room behind a number. A room of this server is never set back.
pub(in crate::store::sqlite) fn set_back(
    connection: &Connection,
    room: i64,
    seq: u64,
    chain: &[u8; 32],
) -> rusqlite::Result<()> {
    let own = "SELECT hub IS NULL FROM room WHERE id = ?1";
    if connection.query_row(own, [room], |row| row.get(0))? {
        return Ok(());
    }
    let place = params![room, number(seq)];
    for sql in [
        "DELETE FROM event WHERE room = ?1 AND seq > ?2",
        "DELETE FROM inbox WHERE room = ?1 AND seq > ?2",
        "DELETE FROM membership WHERE room = ?1 AND since > ?2",
        "UPDATE membership SET until = NULL WHERE room = ?1 AND until > ?2",
    ] {
        execute(connection, sql, place)?;
    }
    execute(
        connection,
        "UPDATE room SET head = ?2, chain = ?3 WHERE id = ?1",
        params![room, number(seq), chain.as_slice()],
    )
}

/// Reads who follows which room of this server.
pub(in crate::store::sqlite) fn followers(
    connection: &Connection,
    partner: OrganisationId,
) -> rusqlite::Result<Vec<FollowerRow>> {
    let sql = "SELECT room.room, has, IFNULL(until, head), follower.chain, since FROM follower JOIN room ON room.id = follower.room WHERE partner = ?1";
    let read = |row: &Row<'_>| {
        Ok(FollowerRow {
            room: RoomId(bytes(row, 0)?),
            has: count(row, 1)?,
            head: count(row, 2)?,
            chain: bytes(row, 3)?,
            since: count(row, 4)?,
        })
    };
    connection
        .prepare_cached(sql)?
        .query_map([partner.0.as_slice()], read)?
        .collect()
}

/// Lets a partner follow a room from where its log ends now. Whoever has not yet got all of an earlier time goes on there.
pub(in crate::store::sqlite) fn add_follower(
    connection: &Connection,
    room: i64,
    partner: OrganisationId,
) -> rusqlite::Result<()> {
    execute(
        connection,
        "INSERT INTO follower (room, partner, has, until, chain, since) SELECT id, ?2, head, NULL, chain, head FROM room WHERE id = ?1
         ON CONFLICT DO UPDATE SET until = NULL,
             chain = CASE WHEN has < until THEN follower.chain ELSE excluded.chain END,
             since = CASE WHEN has < until THEN follower.since ELSE excluded.since END,
             has = CASE WHEN has < until THEN has ELSE excluded.has END",
        params![room, partner.0.as_slice()],
    )
}

/// Ends a partner's following with the last event.
pub(in crate::store::sqlite) fn end_follower(
    connection: &Connection,
    room: i64,
    partner: OrganisationId,
) -> rusqlite::Result<()> {
    execute(
        connection,
        "UPDATE follower SET until = (SELECT head FROM room WHERE id = ?1) WHERE room = ?1 AND partner = ?2",
        params![room, partner.0.as_slice()],
    )
}

/// Remembers how far a partner has a room's log.
pub(in crate::store::sqlite) fn follower_has(
    connection: &Connection,
    room: i64,
    partner: OrganisationId,
    seq: u64,
) -> rusqlite::Result<()> {
    execute(
        connection,
        "UPDATE follower SET has = ?3 WHERE room = ?1 AND partner = ?2",
        params![room, partner.0.as_slice(), number(seq)],
    )
}

/// Reads which devices came into a room or left it by some events: number, device, and the account of who came.
pub(in crate::store::sqlite) fn moved(
    connection: &Connection,
    room: RoomId,
    after: u64,
    up_to: u64,
) -> rusqlite::Result<Vec<(u64, DeviceId, AccountId, bool)>> {
    let sql = "SELECT seq, device, account, came FROM (
                   SELECT until AS seq, device, account, 0 AS came FROM membership JOIN room ON room.id = membership.room WHERE room.room = ?1 AND until > ?2 AND until <= ?3
                   UNION ALL
                   SELECT since, device, account, 1 FROM membership JOIN room ON room.id = membership.room WHERE room.room = ?1 AND since > ?2 AND since <= ?3
               ) ORDER BY seq, came, device";
    let read = |row: &Row<'_>| {
        Ok((
            count(row, 0)?,
            DeviceId(bytes(row, 1)?),
            AccountId(bytes(row, 2)?),
            row.get(3)?,
        ))
    };
    connection
        .prepare_cached(sql)?
        .query_map(
            params![room.0.as_slice(), number(after), number(up_to)],
            read,
        )?
        .collect()
}

/// Reads which devices have something in their inboxes.
pub(in crate::store::sqlite) fn waiting(
    connection: &Connection,
) -> rusqlite::Result<Vec<DeviceId>> {
    connection
        .prepare_cached("SELECT DISTINCT device FROM inbox")?
        .query_map([], |row| Ok(DeviceId(bytes(row, 0)?)))?
        .collect()
}

/// Reads the last position of a hub's inbox of a device from which a welcome came.
pub(in crate::store::sqlite) fn carried(
    connection: &Connection,
    device: DeviceId,
    hub: OrganisationId,
) -> rusqlite::Result<u64> {
    connection
        .prepare_cached(
            "SELECT IFNULL(MAX(position), 0) FROM carried WHERE device = ?1 AND hub = ?2",
        )?
        .query_row(params![device.0.as_slice(), hub.0.as_slice()], |row| {
            count(row, 0)
        })
}

/// Remembers such a position.
pub(in crate::store::sqlite) fn carry(
    connection: &Connection,
    device: DeviceId,
    hub: OrganisationId,
    position: u64,
) -> rusqlite::Result<()> {
    execute(
        connection,
        "INSERT OR REPLACE INTO carried (device, hub, position) VALUES (?1, ?2, ?3)",
        params![device.0.as_slice(), hub.0.as_slice(), number(position)],
    )
}
