//! Push subscriptions in the database.

use super::super::SubscriptionRow;
use super::columns::bytes;
use super::statement::execute;
use rusqlite::types::Type;
use rusqlite::{Connection, Row, params};
use valise_wire::{AccountId, DeviceId, RoomId};

/// Keeps the subscription of a device, or forgets it.
pub(super) fn set(
    connection: &Connection,
    device: DeviceId,
    row: Option<&SubscriptionRow>,
) -> rusqlite::Result<()> {
    let Some(row) = row else {
        let forget = "DELETE FROM subscription WHERE device = ?1";
        return execute(connection, forget, [device.0.as_slice()]);
    };
    let silent = row
        .silent
        .iter()
        .flat_map(|room| room.0)
        .collect::<Vec<u8>>();
    execute(
        connection,
        "INSERT OR REPLACE INTO subscription (device, account, endpoint, key, auth, silent) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            device.0.as_slice(),
            row.account.0.as_slice(),
            row.endpoint,
            row.key,
            row.auth.as_slice(),
            silent,
        ],
    )
}

/// Reads all.
pub(super) fn all(connection: &Connection) -> rusqlite::Result<Vec<(DeviceId, SubscriptionRow)>> {
    let mut select = connection.prepare_cached(
        "SELECT device, account, endpoint, key, auth, silent FROM subscription ORDER BY device",
    )?;
    let read = |row: &Row<'_>| {
        let subscription = SubscriptionRow {
            account: AccountId(bytes(row, 1)?),
            endpoint: row.get(2)?,
            key: row.get(3)?,
            auth: bytes(row, 4)?,
            silent: rooms(row.get_ref(5)?.as_blob()?)?,
        };
        Ok((DeviceId(bytes(row, 0)?), subscription))
    };
    select.query_map([], read)?.collect()
}

fn rooms(bytes: &[u8]) -> rusqlite::Result<Vec<RoomId>> {
    let (rooms, rest) = bytes.as_chunks::<16>();
    if rest.is_empty() {
        return Ok(rooms.iter().copied().map(RoomId).collect());
    }
    let why = "room ids of another length";
    Err(rusqlite::Error::InvalidColumnType(
        5,
        why.into(),
        Type::Blob,
    ))
}
