//! Wrong codes of guests in the database.

use super::columns::bytes;
use super::statement::execute;
use rusqlite::Connection;
use valise_wire::InvitationId;

/// Counts a wrong code.
pub(super) fn count(connection: &Connection, pass: InvitationId) -> rusqlite::Result<()> {
    execute(
        connection,
        "INSERT INTO guest_tries (pass, tries) VALUES (?1, 1) ON CONFLICT (pass) DO UPDATE SET tries = tries + 1",
        [pass.0.as_slice()],
    )
}

pub(super) fn tries(connection: &Connection) -> rusqlite::Result<Vec<(InvitationId, u32)>> {
    connection
        .prepare_cached("SELECT pass, tries FROM guest_tries")?
        .query_map([], |row| Ok((InvitationId(bytes(row, 0)?), row.get(1)?)))?
        .collect()
}
