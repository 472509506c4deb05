//! The rows of a store as bytes: `[version of the schema, [[table, [column, …], [[value, …], …]], …]]`, in CBOR.
//!
//! Rows and not the database's file: the pages of the browser's SQLite are sealed by another cipher than those of the
//! native one.

mod past;

pub(crate) use past::OWN_CHATS;
pub(super) use past::{Extent, bring_in_past, read_past};

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

/// Lets nothing be half taken back or half closed: what a device had on its way is not on this one's.
pub(crate) fn nothing_is_on_its_way(store: &Connection) -> Result<(), rusqlite::Error> {
    store.execute_batch(
        "UPDATE message SET deleted = 0 WHERE deleted = 1; UPDATE message SET closed = 0 WHERE closed = 1;
         UPDATE chat SET untold = NULL WHERE untold IS NOT NULL;",
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
