//! Reading: named verbs over a few threads with a connection each.

use super::super::{
    Appended, DeviceHeads, GroupRow, MemberRow, RoomRow, Setting, Span, StoreError,
};
use super::apply::first_answer;
use super::columns::{bytes, count, number};
use super::failure;
use futures_channel::oneshot;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use valise_wire::push::{Event, EventKind};
use valise_wire::request::{InboxItem, InboxPage, RoomHead};
use valise_wire::statement::{LogEntry, SignedStatement, StatementKind};
use valise_wire::{AccountId, Decode, DeviceId, Octets, RoomId, Timestamp, TransactionId, cbor};

type Job = Box<dyn FnOnce(&Connection) + Send>;

/// Who reads.
pub(super) enum Readers {
    /// Threads. They end when this is dropped.
    Threads(Sender<Job>),
    /// The caller.
    Inline(Arc<Mutex<Connection>>),
}

impl Readers {
    /// Starts a thread for each connection.
    pub(super) fn start(connections: Vec<Connection>) -> std::io::Result<Self> {
        let (sender, jobs) = channel::<Job>();
        let jobs = Arc::new(Mutex::new(jobs));
        for connection in connections {
            let jobs = jobs.clone();
            std::thread::Builder::new()
                .name("store-reader".into())
                .spawn(move || {
                    while let Some(job) = next(&jobs) {
                        job(&connection);
                    }
                })?;
        }
        Ok(Self::Threads(sender))
    }

    /// Runs one read.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let result = match self {
            Self::Threads(jobs) => {
                let (answer, result) = oneshot::channel();
                let job: Job = Box::new(move |connection| drop(answer.send(read(connection))));
                jobs.send(job).map_err(|_| StoreError::OutOfService)?;
                result.await.map_err(|_| StoreError::OutOfService)?
            }
            Self::Inline(connection) => {
                read(&*connection.lock().map_err(|_| StoreError::OutOfService)?)
            }
        };
        result.map_err(|error| {
            tracing::error!(%error, "the database cannot be read");
            failure(&error)
        })
    }
}

fn next(jobs: &Mutex<Receiver<Job>>) -> Option<Job> {
    jobs.lock().ok()?.recv().ok()
}

/// Reads a number that stands for a choice.
pub(super) fn code<T: Decode>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let value = count(row, column)?;
    let wrong = |_| rusqlite::Error::IntegralValueOutOfRange(column, number(value));
    cbor::from_bytes(&cbor::to_bytes(&value)).map_err(wrong)
}

fn room_number(connection: &Connection, room: RoomId) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT id FROM room WHERE room = ?1")?
        .query_row([room.0.as_slice()], |row| row.get(0))
        .optional()
}

pub(super) fn setting(
    connection: &Connection,
    setting: Setting,
) -> rusqlite::Result<Option<Vec<u8>>> {
    connection
        .prepare_cached("SELECT value FROM setting WHERE name = ?1")?
        .query_row([setting.name()], |row| row.get(0))
        .optional()
}

pub(super) fn statements(
    connection: &Connection,
    after: u64,
    limit: u32,
) -> rusqlite::Result<Vec<LogEntry>> {
    let sql = "SELECT position, kind, payload, signature FROM statement WHERE position > ?1 ORDER BY position LIMIT ?2";
    let read = |row: &Row<'_>| {
        let statement = SignedStatement {
            kind: code::<StatementKind>(row, 1)?,
            payload: Octets(row.get(2)?),
            signature: bytes(row, 3)?,
        };
        Ok(LogEntry {
            position: count(row, 0)?,
            statement,
        })
    };
    connection
        .prepare_cached(sql)?
        .query_map(params![number(after), limit], read)?
        .collect()
}

pub(super) fn room(connection: &Connection, room: RoomId) -> rusqlite::Result<Option<RoomRow>> {
    let sql = "SELECT head, epoch, chain, pending_removals FROM room WHERE room = ?1";
    let read = |row: &Row<'_>| {
        Ok(RoomRow {
            head: count(row, 0)?,
            epoch: count(row, 1)?,
            chain: bytes(row, 2)?,
            pending_removals: row.get(3)?,
        })
    };
    connection
        .prepare_cached(sql)?
        .query_row([room.0.as_slice()], read)
        .optional()
}

pub(super) fn members(connection: &Connection, room: RoomId) -> rusqlite::Result<Vec<MemberRow>> {
    let sql = "SELECT device, account FROM membership JOIN room ON room.id = membership.room
               WHERE room.room = ?1 AND until IS NULL ORDER BY device";
    let read = |row: &Row<'_>| {
        Ok(MemberRow {
            device: DeviceId(bytes(row, 0)?),
            account: AccountId(bytes(row, 1)?),
        })
    };
    connection
        .prepare_cached(sql)?
        .query_map([room.0.as_slice()], read)?
        .collect()
}

pub(super) fn group(connection: &Connection, room: RoomId) -> rusqlite::Result<Option<GroupRow>> {
    let sql = "SELECT seq, room_group.chain, state, group_info FROM room_group JOIN room ON room.id = room_group.room WHERE room.room = ?1";
    let read = |row: &Row<'_>| {
        Ok(GroupRow {
            seq: count(row, 0)?,
            chain: bytes(row, 1)?,
            state: row.get(2)?,
            group_info: row.get(3)?,
        })
    };
    connection
        .prepare_cached(sql)?
        .query_row([room.0.as_slice()], read)
        .optional()
}

pub(super) fn accepted(
    connection: &Connection,
    room: RoomId,
    device: DeviceId,
    transaction: TransactionId,
) -> rusqlite::Result<Option<Appended>> {
    let Some(room) = room_number(connection, room)? else {
        return Ok(None);
    };
    first_answer(connection, room, device, transaction)
}

pub(super) fn spans(
    connection: &Connection,
    room: RoomId,
    device: DeviceId,
) -> rusqlite::Result<Vec<Span>> {
    let Some(room) = room_number(connection, room)? else {
        return Ok(Vec::new());
    };
    let sql = "SELECT since, until FROM membership WHERE device = ?1 AND room = ?2 ORDER BY since";
    let read = |row: &Row<'_>| {
        let until: Option<i64> = row.get(1)?;
        Ok(Span {
            from: count(row, 0)?,
            to: until.map(|_| count(row, 1)).transpose()?,
        })
    };
    connection
        .prepare_cached(sql)?
        .query_map(params![device.0.as_slice(), room], read)?
        .collect()
}

pub(super) fn events(
    connection: &Connection,
    room: RoomId,
    after: u64,
    up_to: u64,
    limit: u32,
    max_bytes: usize,
) -> rusqlite::Result<Vec<Event>> {
    let Some(room) = room_number(connection, room)? else {
        return Ok(Vec::new());
    };
    let sql = "SELECT seq, kind, at, body FROM event WHERE room = ?1 AND seq > ?2 AND seq <= ?3 ORDER BY seq LIMIT ?4";
    let mut select = connection.prepare_cached(sql)?;
    let mut rows = select.query(params![room, number(after), number(up_to), limit])?;
    let (mut events, mut size) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let body: Vec<u8> = row.get(3)?;
        size += body.len();
        if !events.is_empty() && size > max_bytes {
            break;
        }
        events.push(Event {
            seq: count(row, 0)?,
            kind: code::<EventKind>(row, 1)?,
            at: Timestamp(count(row, 2)?),
            body: Octets(body),
        });
    }
    Ok(events)
}

pub(super) fn rooms_of_device(
    connection: &Connection,
    device: DeviceId,
) -> rusqlite::Result<Vec<RoomHead>> {
    // Of several spans in one room the last counts.
    let sql = "SELECT room.room, IFNULL(until, head), until IS NULL, MAX(since)
               FROM membership JOIN room ON room.id = membership.room WHERE device = ?1 GROUP BY room.id";
    let read = |row: &Row<'_>| {
        Ok(RoomHead {
            room: RoomId(bytes(row, 0)?),
            head: count(row, 1)?,
            active: row.get(2)?,
        })
    };
    connection
        .prepare_cached(sql)?
        .query_map([device.0.as_slice()], read)?
        .collect()
}

pub(super) fn rooms_with(
    connection: &Connection,
    account: AccountId,
) -> rusqlite::Result<Vec<RoomId>> {
    let sql = "SELECT DISTINCT room.room FROM membership JOIN room ON room.id = membership.room WHERE account = ?1 AND until IS NULL";
    connection
        .prepare_cached(sql)?
        .query_map([account.0.as_slice()], |row| Ok(RoomId(bytes(row, 0)?)))?
        .collect()
}

pub(super) fn inbox(
    connection: &Connection,
    device: DeviceId,
    after: u64,
    max_bytes: usize,
) -> rusqlite::Result<InboxPage> {
    let sql = "SELECT position, room.room, seq, inbox.chain, body FROM inbox JOIN room ON room.id = inbox.room JOIN welcome ON welcome.id = welcome
               WHERE device = ?1 AND position > ?2 ORDER BY position";
    let mut select = connection.prepare_cached(sql)?;
    let mut rows = select.query(params![device.0.as_slice(), number(after)])?;
    let (mut items, mut size) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let welcome: Vec<u8> = row.get(4)?;
        size += welcome.len();
        if !items.is_empty() && size > max_bytes {
            break;
        }
        let room = RoomId(bytes(row, 1)?);
        items.push(InboxItem {
            position: count(row, 0)?,
            room,
            seq: count(row, 2)?,
            chain: bytes(row, 3)?,
            welcome: Octets(welcome),
        });
    }
    Ok(InboxPage {
        items,
        head: inbox_head(connection, device)?,
    })
}

fn inbox_head(connection: &Connection, device: DeviceId) -> rusqlite::Result<u64> {
    let sql = "SELECT IFNULL(MAX(position), 0) FROM inbox_head WHERE device = ?1";
    connection
        .prepare_cached(sql)?
        .query_row([device.0.as_slice()], |row| count(row, 0))
}

pub(super) fn device_heads(
    connection: &Connection,
    device: DeviceId,
) -> rusqlite::Result<DeviceHeads> {
    let sql =
        "SELECT COUNT(*) FROM key_package WHERE device = ?1 AND last_resort = 0 AND given_out = 0";
    let key_packages = connection
        .prepare_cached(sql)?
        .query_row([device.0.as_slice()], |row| row.get(0))?;
    Ok(DeviceHeads {
        inbox_head: inbox_head(connection, device)?,
        key_packages,
    })
}
