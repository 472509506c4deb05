//! The one store: schema, migrations, settings, and how a driver opens it.

pub mod key;
pub(crate) mod migrate;
mod schema;
mod setting;
mod values;

pub(crate) use migrate::migrate;
pub(crate) use setting::Setting;
pub(crate) use values::Values;

use crate::Error;
use rusqlite::Connection;

/// Runs `work` so that its changes vanish when it fails, within the transaction that is open.
pub(crate) fn attempt<T, E>(
    store: &Connection,
    work: impl FnOnce() -> Result<T, E>,
) -> Result<Result<T, E>, Error> {
    store.prepare_cached("SAVEPOINT attempt")?.execute([])?;
    let result = work();
    if result.is_err() {
        store.prepare_cached("ROLLBACK TO attempt")?.execute([])?;
    }
    store.prepare_cached("RELEASE attempt")?.execute([])?;
    Ok(result)
}

/// Writes numbers as SQLite's functions for JSON read them: one question for many rows.
pub(crate) fn as_list(numbers: &[i64]) -> String {
    let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
    format!("[{}]", numbers.join(","))
}
