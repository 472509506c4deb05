//! One statement of a batch.

use rusqlite::{Connection, Params};

/// Runs a statement, prepared once for each connection.
pub(super) fn execute(
    connection: &Connection,
    sql: &str,
    parameters: impl Params,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(sql)?
        .execute(parameters)
        .map(drop)
}
