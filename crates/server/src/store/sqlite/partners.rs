//! Other organisations in the database.

use super::super::{Bound, Followed, FollowerRow, PartnerUse, Share};
use super::columns::{bytes, count, number};
use super::reads::code;
use super::statement::execute;
use rusqlite::{Connection, OptionalExtension, Row, params};
use valise_wire::partner::Introduction;
use valise_wire::request::ForeignEntry;
use valise_wire::statement::{LogEntry, SignedStatement};
use valise_wire::{
    AccountId, DeviceId, Octets, OrganisationId, RoomId, Timestamp, from_bytes, to_bytes,
};

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

/// Reads which rooms live elsewhere, and where.
pub(super) fn followed(connection: &Connection) -> rusqlite::Result<Vec<(RoomId, OrganisationId)>> {
    connection
        .prepare_cached("SELECT room, hub FROM room WHERE hub IS NOT NULL")?
        .query_map([], |row| {
            Ok((RoomId(bytes(row, 0)?), OrganisationId(bytes(row, 1)?)))
        })?
        .collect()
}

/// Begins to follow a room at a place of its log, or goes on at another.
pub(super) fn follow(connection: &Connection, followed: &Followed) -> rusqlite::Result<()> {
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
pub(super) fn set_back(
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
pub(super) fn followers(
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
pub(super) fn add_follower(
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
pub(super) fn end_follower(
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
pub(super) fn follower_has(
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
pub(super) fn moved(
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
pub(super) fn waiting(connection: &Connection) -> rusqlite::Result<Vec<DeviceId>> {
    connection
        .prepare_cached("SELECT DISTINCT device FROM inbox")?
        .query_map([], |row| Ok(DeviceId(bytes(row, 0)?)))?
        .collect()
}

/// Reads the last position of a hub's inbox of a device from which a welcome came.
pub(super) fn carried(
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
pub(super) fn carry(
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

/// Tells whether a partner has no more than it may.
pub(super) fn is_within(connection: &Connection, bound: &Bound) -> rusqlite::Result<bool> {
    let sql =
        "SELECT partner, rooms, bytes, day, begun, claimed FROM partner_use WHERE partner = ?1";
    let used = connection
        .prepare_cached(sql)?
        .query_row([bound.partner.0.as_slice()], used)
        .optional()?;
    let (_, used) = used.unwrap_or((bound.partner, PartnerUse::default()));
    // A count of another day is none.
    let today = |count| if used.day == bound.day { count } else { 0 };
    let has = match bound.share {
        Share::RoomsToday => today(used.begun),
        Share::PackagesToday => today(used.claimed),
        Share::Rooms => used.rooms,
        Share::Bytes => used.bytes,
    };
    Ok(has.saturating_add(bound.more) <= bound.most)
}

/// Counts what a partner took of a share of the day.
pub(super) fn count_today(
    connection: &Connection,
    partner: OrganisationId,
    share: Share,
    day: u64,
    more: u64,
) -> rusqlite::Result<()> {
    let (begun, claimed) = match share {
        Share::RoomsToday => (more, 0),
        Share::PackagesToday => (0, more),
        Share::Rooms | Share::Bytes => return Ok(()),
    };
    execute(
        connection,
        "INSERT INTO partner_use (partner, day, begun, claimed) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (partner) DO UPDATE SET
             begun = excluded.begun + IIF(day = excluded.day, begun, 0),
             claimed = excluded.claimed + IIF(day = excluded.day, claimed, 0),
             day = excluded.day",
        params![
            partner.0.as_slice(),
            number(day),
            number(begun),
            number(claimed)
        ],
    )
}

/// Counts a key package of a device for a partner, and returns how many that were today.
pub(super) fn count_claim(
    connection: &Connection,
    partner: OrganisationId,
    device: DeviceId,
    day: u64,
) -> rusqlite::Result<u64> {
    connection
        .prepare_cached(
            "INSERT INTO partner_claim (device, partner, day, count) VALUES (?1, ?2, ?3, 1)
             ON CONFLICT DO UPDATE SET count = 1 + IIF(day = excluded.day, count, 0), day = excluded.day
             RETURNING count",
        )?
        .query_row(
            params![
                device.0.as_slice(),
                partner.0.as_slice(),
                number(day)
            ],
            |row| count(row, 0),
        )
}

/// Forgets how many were taken of a device.
pub(super) fn forget_claims(connection: &Connection, device: DeviceId) -> rusqlite::Result<()> {
    execute(
        connection,
        "DELETE FROM partner_claim WHERE device = ?1",
        [device.0.as_slice()],
    )
}

/// Reads how much each partner uses.
pub(super) fn partner_use(
    connection: &Connection,
) -> rusqlite::Result<Vec<(OrganisationId, PartnerUse)>> {
    connection
        .prepare_cached(
            "SELECT partner, rooms, bytes, day, begun, claimed FROM partner_use ORDER BY partner",
        )?
        .query_map([], used)?
        .collect()
}

fn used(row: &Row<'_>) -> rusqlite::Result<(OrganisationId, PartnerUse)> {
    let used = PartnerUse {
        rooms: count(row, 1)?,
        bytes: count(row, 2)?,
        day: count(row, 3)?,
        begun: count(row, 4)?,
        claimed: count(row, 5)?,
    };
    Ok((OrganisationId(bytes(row, 0)?), used))
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
