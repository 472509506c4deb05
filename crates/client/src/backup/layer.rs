//! A layer: a slice of all rows that a backup holds, or those that changed since the layer before.

use crate::Error;
use crate::archive::rows::{self, Trouble, insert_rows, read_rows};
use rusqlite::Connection;
use valise_wire::cbor::{Decoder, Encoder};
use zeroize::Zeroizing;

/// Kinds of things that change: messages with all that belongs to them, chats, rooms.
const MESSAGE: i64 = 0;
const CHAT: i64 = 1;
const ROOM: i64 = 2;
/// Nothing of these: what stands in every layer, whole.
const NOTHING: i64 = 3;

/// What is said of the thing that a row belongs to: its table, its kind and the column that names it.
const WATCHED: [(&str, i64, &str); 20] = [
    ("message", MESSAGE, "id"),
    ("file", MESSAGE, "message"),
    ("pin", MESSAGE, "message"),
    ("reaction", MESSAGE, "message"),
    ("seen", MESSAGE, "message"),
    ("version", MESSAGE, "message"),
    ("vote", MESSAGE, "message"),
    ("signed", MESSAGE, "message"),
    ("attestation", MESSAGE, "message"),
    ("seal", MESSAGE, "message"),
    ("request", MESSAGE, "message"),
    ("chat", CHAT, "id"),
    ("unread", CHAT, "chat"),
    ("writer", CHAT, "chat"),
    ("labelled", CHAT, "chat"),
    ("told", CHAT, "chat"),
    ("room", ROOM, "id"),
    ("label", NOTHING, "id"),
    ("organisation", NOTHING, "origin"),
    ("template", NOTHING, "id"),
];

/// Rooms as they are come back into: nothing of this device's own is in them.
const ROOMS: &str = "(SELECT id, chat, kind, stage, cursor, cursor AS head, NULL AS chain, epoch, people, 0 AS number,
    0 AS frozen, 0 AS refused, 1 AS lost, 0 AS leaving, 0 AS fresh, 0 AS set_back, hub, residency, NULL AS residency_wanted, NULL AS creation FROM room WHERE stage = 1) AS room";
const DEVICES: &str = "(SELECT id, name, NULL AS archive, NULL AS key FROM device) AS device";

/// What a layer holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// The chats and rooms of the whole, without what was said in them.
    Frame(Depth),
    /// What was said, by the ids of messages.
    Slice {
        /// How much of each.
        depth: Depth,
        /// The id before the first.
        after: i64,
        /// The last id.
        last: i64,
    },
    /// What was marked.
    Marked,
}

/// How much a whole takes in: as much as fits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Depth {
    /// The small pictures of files, which come back with them.
    pub thumbnails: bool,
    /// Chats that were brought over, of which there is the export.
    pub brought: bool,
}

/// Begins to note what changes, on this connection.
pub(super) fn watch(store: &Connection) -> Result<(), Error> {
    for (table, kind, column) in WATCHED {
        for (event, row) in [("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")] {
            // No `OR REPLACE`: within a trigger the policy of the statement outside holds.
            store.execute_batch(&format!(
                "CREATE TEMP TRIGGER IF NOT EXISTS touched_{table}_{event} AFTER {event} ON main.{table} BEGIN
                   DELETE FROM touched WHERE kind = {kind} AND key = {row}.{column};
                   INSERT INTO touched (kind, key, marked) VALUES ({kind}, {row}.{column}, 0);
                 END"
            ))?;
        }
    }
    Ok(())
}

/// Notes nothing any more.
pub(super) fn unwatch(store: &Connection) -> Result<(), Error> {
    for (table, _, _) in WATCHED {
        for event in ["INSERT", "UPDATE", "DELETE"] {
            store.execute_batch(&format!(
                "DROP TRIGGER IF EXISTS temp.touched_{table}_{event}"
            ))?;
        }
    }
    store.execute("DELETE FROM touched", [])?;
    Ok(())
}

/// Tells whether anything changed.
pub(super) fn is_touched(store: &Connection) -> Result<bool, Error> {
    let mut query = store.prepare_cached("SELECT EXISTS (SELECT 1 FROM touched)")?;
    Ok(query.query_row([], |row| row.get(0))?)
}

/// Tells whether more than so many things changed.
pub(super) fn is_touched_more_than(store: &Connection, most: u32) -> Result<bool, Error> {
    let mut query =
        store.prepare_cached("SELECT EXISTS (SELECT 1 FROM touched LIMIT 1 OFFSET ?1)")?;
    Ok(query.query_row([most], |row| row.get(0))?)
}

/// Lets a layer be made even if nothing of what it holds changed.
pub(super) fn touch(store: &Connection) -> Result<(), Error> {
    let sql = "INSERT OR IGNORE INTO touched (kind, key, marked) VALUES (?1, 0, 0)";
    store.prepare_cached(sql)?.execute([NOTHING])?;
    Ok(())
}

/// Marks what the next layer holds.
pub(super) fn mark(store: &Connection) -> Result<(), Error> {
    store
        .prepare_cached("UPDATE touched SET marked = 1")?
        .execute([])?;
    Ok(())
}

/// Forgets what is kept. What changed meanwhile was noted anew, without the mark.
pub(super) fn unmark(store: &Connection) -> Result<(), Error> {
    store
        .prepare_cached("DELETE FROM touched WHERE marked = 1")?
        .execute([])?;
    Ok(())
}

/// Returns the id of the last message; 0 if there is none.
pub(super) fn last_message(store: &Connection) -> Result<i64, Error> {
    let mut query = store.prepare_cached("SELECT ifnull(max(id), 0) FROM message")?;
    Ok(query.query_row([], |row| row.get(0))?)
}

/// Returns the id that ends a slice of so many messages.
pub(super) fn slice_end(store: &Connection, after: i64, count: i64) -> Result<i64, Error> {
    let sql = "SELECT max(id) FROM (SELECT id FROM message WHERE id > ?1 ORDER BY id LIMIT ?2)";
    let end: Option<i64> = store
        .prepare_cached(sql)?
        .query_row([after, count], |row| row.get(0))?;
    Ok(end.unwrap_or(i64::MAX))
}

/// Reads the rows of a layer.
pub(super) fn read(store: &Connection, extent: Extent) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut to = Encoder::default();
    to.array(2);
    to.array(3);
    for kind in [MESSAGE, CHAT, ROOM] {
        read_keys(store, kind, extent, &mut to)?;
    }
    let tables = tables(extent);
    to.array(tables.len());
    for (table, rows, without) in tables {
        read_rows(store, table, &format!("FROM {rows}"), without, &mut to)?;
    }
    Ok(Zeroizing::new(to.into_bytes()))
}

fn read_keys(store: &Connection, kind: i64, extent: Extent, to: &mut Encoder) -> Result<(), Error> {
    if extent != Extent::Marked {
        to.array(0);
        return Ok(());
    }
    let mut query = store.prepare("SELECT key FROM touched WHERE kind = ?1 AND marked = 1")?;
    let keys = query.query_map([kind], |row| row.get::<_, rusqlite::types::Value>(0))?;
    let keys: Vec<_> = keys.collect::<Result<_, _>>()?;
    to.array(keys.len());
    for key in keys {
        match key {
            rusqlite::types::Value::Integer(id) => to.integer(id),
            rusqlite::types::Value::Text(id) => to.text(&id),
            rusqlite::types::Value::Blob(id) => to.bytes(&id),
            _ => return Err(Error::Bug("a key is a number, a text or bytes")),
        }
    }
    Ok(())
}

/// Returns each table with the rows of it that a layer holds, and the column that it leaves out.
fn tables(extent: Extent) -> Vec<(&'static str, String, Option<&'static str>)> {
    let marked =
        |kind: i64| format!("(SELECT key FROM touched WHERE kind = {kind} AND marked = 1)");
    let none = || "(SELECT NULL WHERE 0)".to_owned();
    let chats = match extent {
        Extent::Frame(depth) | Extent::Slice { depth, .. } if !depth.brought => rows::OWN_CHATS,
        _ => "chat",
    };
    let all_chats = format!("(SELECT id FROM {chats})");
    let (of_message, of_chat, of_room) = match extent {
        Extent::Marked => (
            format!("id IN {}", marked(MESSAGE)),
            marked(CHAT),
            marked(ROOM),
        ),
        Extent::Frame(_) => (
            "0".to_owned(),
            all_chats.clone(),
            "(SELECT id FROM room)".to_owned(),
        ),
        Extent::Slice { after, last, .. } => {
            (format!("id > {after} AND id <= {last}"), none(), none())
        }
    };
    // What is set may be of a chat that is not here yet, or of none.
    let of_own = match extent {
        Extent::Frame(_) => "1".to_owned(),
        _ => format!("chat IN {of_chat}"),
    };
    let settled = format!(
        "(SELECT id FROM message WHERE {of_message} AND position IS NOT NULL AND +chat IN {all_chats})"
    );
    let of = |table: &str| format!("{table} WHERE message IN {settled}");
    let without = match extent {
        Extent::Slice { depth, .. } if !depth.thumbnails => Some("thumbnail"),
        _ => None,
    };
    vec![
        ("chat", format!("chat WHERE id IN {of_chat}"), None),
        ("device", DEVICES.to_owned(), None),
        ("file", of("file"), without),
        ("message", format!("message WHERE id IN {settled}"), None),
        ("pin", of("pin"), None),
        (
            "reaction",
            format!("{} AND mimi IS NOT NULL", of("reaction")),
            None,
        ),
        ("room", format!("{ROOMS} WHERE id IN {of_room}"), None),
        ("seen", of("seen"), None),
        ("unread", format!("unread WHERE chat IN {of_chat}"), None),
        (
            "version",
            format!("{} AND entry IS NULL", of("version")),
            None,
        ),
        ("writer", format!("writer WHERE chat IN {of_chat}"), None),
        ("vote", format!("{} AND entry = 0", of("vote")), None),
        ("label", "label".to_owned(), None),
        ("labelled", format!("labelled WHERE {of_own}"), None),
        ("told", format!("told WHERE {of_own}"), None),
        ("organisation", "organisation".to_owned(), None),
        ("signed", of("signed"), None),
        ("request", of("request"), None),
        ("template", "template".to_owned(), None),
        ("attestation", of("attestation"), None),
        ("seal", of("seal"), None),
    ]
}

/// Tables of the first version. Later ones stand behind them, so that what an older version made can be taken.
const FIRST_TABLES: usize = 11;

/// Brings a layer into a store that has the layers before it, inside the transaction that is open.
pub(super) fn apply(store: &Connection, layer: &[u8]) -> Result<(), Trouble> {
    let mut from = Decoder::new(layer);
    from.array_of(2)?;
    from.array_of(3)?;
    for kind in [MESSAGE, CHAT, ROOM] {
        forget(store, kind, &mut from)?;
    }
    from.leave();
    let tables = tables(Extent::Marked);
    let count = rows::known_count(&mut from, FIRST_TABLES, tables.len())?;
    store.execute_batch(
        "DELETE FROM device; DELETE FROM label; DELETE FROM organisation; DELETE FROM template",
    )?;
    for (table, _, _) in tables.into_iter().take(count) {
        from.array_of(3)?;
        let named = rows::known_columns(store, table, &mut from)?;
        insert_rows(store, table, &named, &mut from)?;
        from.leave();
    }
    from.leave();
    from.leave();
    from.finish()?;
    // What its author was taking back is as it was: nothing of that device's is on its way.
    rows::nothing_is_on_its_way(store)?;
    Ok(())
}

/// Forgets everything that belongs to what changed.
fn forget(store: &Connection, kind: i64, from: &mut Decoder<'_>) -> Result<(), Trouble> {
    let mut deletions = Vec::new();
    for (table, _, column) in WATCHED.iter().filter(|(_, of, _)| *of == kind) {
        deletions.push(store.prepare(&format!("DELETE FROM {table} WHERE {column} = ?1"))?);
    }
    for _ in 0..from.array()? {
        let key = rows::value(from)?;
        for deletion in &mut deletions {
            deletion.execute([&key])?;
        }
    }
    from.leave();
    Ok(())
}
