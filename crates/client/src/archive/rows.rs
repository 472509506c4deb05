//! The rows of a store as bytes: `[version of the schema, [[table, [column, …], [[value, …], …]], …]]`, in CBOR.
//!
//! Rows and not the database's file: the pages of the browser's SQLite are sealed by another cipher than those of the
//! native one.

use super::Unusable;
use crate::Error;
use crate::store::migrate;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, ErrorCode};
use valise_wire::DecodeError;
use valise_wire::cbor::{Decoder, Encoder, Kind};
use zeroize::Zeroizing;

/// Counts the ids that were given out; a table of SQLite's own.
const SEQUENCE: &str = "sqlite_sequence";
/// Settings that belong to the move itself and stay behind.
const STAYING: &str = "name NOT IN ('left', 'arriving', 'arrived', 'past')";

/// Why rows were not brought in.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// It is the archive.
    Archive(Unusable),
    /// It is the store.
    Store(Error),
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch) => {
                Self::Archive(Unusable::Damaged)
            }
            _ => Self::Store(error.into()),
        }
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

impl From<DecodeError> for Trouble {
    fn from(_: DecodeError) -> Self {
        Self::Archive(Unusable::Damaged)
    }
}

/// Reads all rows of a store, as they stand in the transaction that is open.
pub(super) fn read(store: &Connection) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut to = Encoder::default();
    to.array(2);
    to.unsigned(migrate::newest() as u64);
    let tables = tables(store)?;
    to.array(tables.len());
    for table in tables {
        read_table(store, &table, &mut to)?;
    }
    Ok(Zeroizing::new(to.into_bytes()))
}

/// What goes into the past, table by table: settled messages and what belongs to them, chats as they are set, what the
/// account's devices are called, and up to where in each room all this tells.
const PAST: [(&str, &str); 12] = [
    ("chat", "chat"),
    (
        "device",
        "(SELECT id, name, NULL AS archive, NULL AS key FROM device)",
    ),
    (
        "file",
        "file WHERE message IN (SELECT id FROM message WHERE position IS NOT NULL AND chat IN (SELECT id FROM chat))",
    ),
    (
        "message",
        "message WHERE position IS NOT NULL AND chat IN (SELECT id FROM chat)",
    ),
    (
        "past",
        "(SELECT id AS room, cursor AS seq FROM room WHERE stage = 1)",
    ),
    ("pin", "pin"),
    ("reaction", "reaction WHERE mimi IS NOT NULL"),
    (
        "seen",
        "seen WHERE message IN (SELECT id FROM message WHERE position IS NOT NULL)",
    ),
    ("unread", "unread"),
    ("version", "version WHERE entry IS NULL"),
    ("writer", "writer"),
    ("vote", "vote WHERE entry = 0"),
];

/// Tables of the first version. Later ones stand behind them, so that what an older version made can be taken.
const FIRST_PAST: usize = 11;

/// The chats that were not brought over from another messenger.
pub(crate) const OWN_CHATS: &str = "(SELECT * FROM chat WHERE id NOT GLOB '[wt]*') AS chat";

/// What can be left out of the past when it is more than an archive can hold.
#[derive(Clone, Copy)]
pub(super) struct Extent {
    /// The small pictures of files, which come back with them.
    pub(super) thumbnails: bool,
    /// Chats that were brought over, of which there is the export.
    pub(super) brought: bool,
}

/// Reads what a device that was linked is to get, as far as it is to go.
pub(super) fn read_past(store: &Connection, extent: Extent) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut to = Encoder::default();
    to.array(PAST.len());
    for (table, rows) in PAST {
        let without = (!extent.thumbnails && table == "file").then_some("thumbnail");
        let rows = match table {
            _ if extent.brought => format!("FROM {rows}"),
            "chat" => format!("FROM {OWN_CHATS}"),
            "writer" => "FROM writer WHERE 0".to_owned(),
            _ => format!(
                "FROM {}",
                rows.replace(
                    "SELECT id FROM chat",
                    &format!("SELECT id FROM {OWN_CHATS}")
                )
            ),
        };
        read_rows(store, table, &rows, without, &mut to)?;
    }
    Ok(Zeroizing::new(to.into_bytes()))
}

/// Brings the past into a store in which nothing was said yet, inside the transaction that is open. A column that an older
/// version lacks has what its schema gives it; one that is unknown here is of a newer version.
pub(super) fn bring_in_past(store: &Connection, rows: &[u8]) -> Result<(), Trouble> {
    let mut from = Decoder::new(rows);
    let count = known_count(&mut from, FIRST_PAST, PAST.len())?;
    for (table, _) in PAST.into_iter().take(count) {
        from.array_of(3)?;
        let named = known_columns(store, table, &mut from)?;
        store.execute(&format!("DELETE FROM {table}"), [])?;
        insert_rows(store, table, &named, &mut from)?;
        from.leave();
    }
    from.leave();
    from.finish()?;
    // What its author is taking back on the other device comes as such when it is done.
    nothing_is_on_its_way(store)?;
    Ok(())
}

/// Lets nothing be half taken back or half closed: what a device had on its way is not on this one's.
pub(crate) fn nothing_is_on_its_way(store: &Connection) -> Result<(), rusqlite::Error> {
    store.execute_batch(
        "UPDATE message SET deleted = 0 WHERE deleted = 1; UPDATE message SET closed = 0 WHERE closed = 1;",
    )
}

/// Reads how many tables follow: as many as the first version had, up to as many as are known.
pub(crate) fn known_count(
    from: &mut Decoder<'_>,
    first: usize,
    all: usize,
) -> Result<usize, Trouble> {
    match from.array()? {
        count if count < first => Err(Trouble::Archive(Unusable::Damaged)),
        count if count > all => Err(Trouble::Archive(Unusable::Newer)),
        count => Ok(count),
    }
}

/// Reads a table's name, which must be this one, and those of its columns, which must be known.
pub(crate) fn known_columns(
    store: &Connection,
    table: &str,
    from: &mut Decoder<'_>,
) -> Result<Vec<String>, Trouble> {
    if from.text()? != table {
        return Err(Trouble::Archive(Unusable::Damaged));
    }
    let known = columns(store, table)?;
    let mut named = Vec::new();
    for _ in 0..from.array()? {
        let name = from.text()?;
        let found = known.iter().find(|column| *column == name);
        named.push(found.ok_or(Trouble::Archive(Unusable::Newer))?.clone());
    }
    from.leave();
    Ok(named)
}

fn read_table(store: &Connection, table: &str, to: &mut Encoder) -> Result<(), Error> {
    let rows = match table {
        "setting" => format!("FROM setting WHERE {STAYING}"),
        table => format!("FROM {table}"),
    };
    read_rows(store, table, &rows, None, to)
}

pub(crate) fn read_rows(
    store: &Connection,
    table: &str,
    rows: &str,
    without: Option<&str>,
    to: &mut Encoder,
) -> Result<(), Error> {
    let mut columns = columns(store, table)?;
    columns.retain(|column| Some(&**column) != without);
    to.array(3);
    to.text(table);
    to.array(columns.len());
    columns.iter().for_each(|column| to.text(column));
    let count: u32 = store.query_row(&format!("SELECT count(*) {rows}"), [], |row| row.get(0))?;
    to.array(count as usize);
    let mut query = store.prepare(&format!("SELECT {} {rows}", columns.join(", ")))?;
    let mut found = query.query([])?;
    while let Some(row) = found.next()? {
        to.array(columns.len());
        for column in 0..columns.len() {
            match row.get_ref(column)? {
                ValueRef::Null => to.null(),
                ValueRef::Integer(value) => to.integer(value),
                ValueRef::Text(value) => {
                    to.text(std::str::from_utf8(value).map_err(|_| Error::Bug("text is UTF-8"))?)
                }
                ValueRef::Blob(value) => to.bytes(value),
                ValueRef::Real(_) => return Err(Error::Bug("no column is a fraction")),
            }
        }
    }
    Ok(())
}

/// Brings rows into an empty store and to the schema of this version, inside the transaction that is open. After an error
/// the caller rolls back.
pub(super) fn bring_in(store: &Connection, rows: &[u8]) -> Result<(), Trouble> {
    let mut from = Decoder::new(rows);
    from.array_of(2)?;
    let schema = usize::try_from(from.unsigned()?).unwrap_or(usize::MAX);
    if schema > migrate::newest() {
        return Err(Trouble::Archive(Unusable::Newer));
    }
    if schema < migrate::newest() {
        for table in tables(store)?.iter().filter(|table| *table != SEQUENCE) {
            store.execute_batch(&format!("DROP TABLE {table}"))?;
        }
        store.execute_batch("DROP TABLE IF EXISTS search")?;
        migrate::lay_out(store, schema)?;
    }
    let expected = tables(store)?;
    if from.array()? != expected.len() {
        return Err(Trouble::Archive(Unusable::Damaged));
    }
    for table in expected {
        bring_in_table(store, &table, &mut from)?;
    }
    from.leave();
    from.leave();
    from.finish()?;
    migrate::go_on(store, schema)?;
    Ok(())
}

/// Nothing that stands in the archive becomes SQL: its names must be those of the schema.
fn bring_in_table(store: &Connection, table: &str, from: &mut Decoder<'_>) -> Result<(), Trouble> {
    from.array_of(3)?;
    let columns = columns(store, table)?;
    let mut same = from.text()? == table && from.array()? == columns.len();
    for column in &columns {
        same = same && from.text()? == column;
    }
    if !same {
        return Err(Trouble::Archive(Unusable::Damaged));
    }
    from.leave();
    store.execute(&format!("DELETE FROM {table}"), [])?;
    insert_rows(store, table, &columns, from)?;
    from.leave();
    Ok(())
}

pub(crate) fn insert_rows(
    store: &Connection,
    table: &str,
    columns: &[String],
    from: &mut Decoder<'_>,
) -> Result<(), Trouble> {
    let places = vec!["?"; columns.len()].join(", ");
    let mut insert = store.prepare(&format!(
        "INSERT INTO {table} ({}) VALUES ({places})",
        columns.join(", ")
    ))?;
    for _ in 0..from.array()? {
        from.array_of(columns.len())?;
        let mut values = Vec::with_capacity(columns.len());
        for _ in columns {
            values.push(value(from)?);
        }
        from.leave();
        insert.execute(rusqlite::params_from_iter(values))?;
    }
    from.leave();
    Ok(())
}

pub(crate) fn value(from: &mut Decoder<'_>) -> Result<Value, DecodeError> {
    Ok(match from.peek()? {
        Kind::Unsigned | Kind::Negative => Value::Integer(from.integer()?),
        Kind::Bytes => Value::Blob(from.bytes()?.to_vec()),
        Kind::Text => Value::Text(from.text()?.to_owned()),
        Kind::Null => {
            from.null();
            Value::Null
        }
        Kind::Boolean | Kind::Array | Kind::Map => return Err(DecodeError::UnexpectedType),
    })
}

/// Returns the tables of the schema but the index of words, which is made anew, and at last the one that counts their ids.
fn tables(store: &Connection) -> Result<Vec<String>, rusqlite::Error> {
    let mut query = store.prepare(
        "SELECT name FROM sqlite_schema
         WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search%' ORDER BY name",
    )?;
    let mut names: Vec<String> = query
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    names.push(SEQUENCE.to_owned());
    Ok(names)
}

fn columns(store: &Connection, table: &str) -> Result<Vec<String>, rusqlite::Error> {
    let mut query = store.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid")?;
    query
        .query_map([table], |row| row.get(0))?
        .collect::<Result<_, _>>()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Extent = Extent {
        thumbnails: true,
        brought: true,
    };

    fn store() -> Connection {
        let store = Connection::open_in_memory().unwrap();
        migrate::migrate(&store).unwrap();
        store
    }

    /// A store in which one message stands in its log and another one waits to be sent.
    fn talked() -> Connection {
        let store = store();
        store
            .execute_batch(
                "INSERT INTO chat (id, kind, touched_at) VALUES ('c', 1, 0);
                 INSERT INTO message (chat, position, sender, mine, at, kind, body) VALUES ('c', 0, x'01', 1, 0, 0, 'said');
                 INSERT INTO message (chat, sender, mine, at, kind, body) VALUES ('c', x'01', 1, 0, 0, 'waits');
                 INSERT INTO device (id, name, archive, key) VALUES (x'02', 'Phone', x'03', x'04');",
            )
            .unwrap();
        store
    }

    fn texts(store: &Connection) -> Vec<String> {
        let mut query = store.prepare("SELECT body FROM message").unwrap();
        let rows = query.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn the_past_is_what_was_said_and_nothing_that_is_owed() {
        let (rows, other) = (read_past(&talked(), ALL).unwrap(), store());
        bring_in_past(&other, &rows).unwrap();
        assert_eq!(texts(&other), ["said"]);
        let owed = "SELECT name, archive FROM device";
        let owed: (String, Option<Vec<u8>>) = other
            .query_row(owed, [], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap();
        assert_eq!(owed, ("Phone".to_owned(), None));
    }

    #[test]
    fn a_past_that_is_cut_longer_or_of_other_tables_is_refused() {
        let rows = read_past(&talked(), ALL).unwrap();
        let refusal = |rows: &[u8]| match bring_in_past(&store(), rows) {
            Err(Trouble::Archive(unusable)) => Some(unusable),
            other => panic!("taken: {other:?}"),
        };
        for length in 0..rows.len() {
            assert_eq!(
                refusal(&rows[..length]),
                Some(Unusable::Damaged),
                "{length}"
            );
        }
        let longer = [&rows[..], &[0]].concat();
        assert_eq!(refusal(&longer), Some(Unusable::Damaged));
        // Another table in the place of the first, and a column that this version does not have.
        let swapped = |from: &[u8], to: &[u8]| {
            let at = rows.windows(from.len()).position(|part| part == from);
            let mut rows = rows.to_vec();
            rows[at.unwrap()..][..to.len()].copy_from_slice(to);
            rows
        };
        let other = swapped(b"chat", b"room");
        assert_eq!(refusal(&other), Some(Unusable::Damaged));
        let newer = swapped(b"draft", b"graft");
        assert_eq!(refusal(&newer), Some(Unusable::Newer));
    }
}
