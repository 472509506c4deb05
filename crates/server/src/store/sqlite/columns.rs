//! Values as columns. SQLite's integers are signed: what is larger than any number it gave out stays larger.

use rusqlite::Row;
use rusqlite::types::Type;

/// Writes a number.
pub(super) fn number(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// Reads a number.
pub(super) fn count(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    let value: i64 = row.get(column)?;
    u64::try_from(value).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, value))
}

/// Reads bytes of a fixed length.
pub(super) fn bytes<const N: usize>(row: &Row<'_>, column: usize) -> rusqlite::Result<[u8; N]> {
    let value = row.get_ref(column)?.as_blob()?;
    value.try_into().map_err(|_| {
        rusqlite::Error::InvalidColumnType(column, "bytes of another length".into(), Type::Blob)
    })
}
