//! What partners use, in the database.

use super::super::columns::{bytes, count, number};
use super::super::statement::execute;
use crate::store::{Bound, PartnerUse, Share};
use rusqlite::{Connection, OptionalExtension, Row, params};
use valise_wire::{DeviceId, OrganisationId};

/// Tells whether a partner has no more than it may.
pub(in crate::store::sqlite) fn is_within(
    connection: &Connection,
    bound: &Bound,
) -> rusqlite::Result<bool> {
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
pub(in crate::store::sqlite) fn count_today(
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
pub(in crate::store::sqlite) fn count_claim(
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
pub(in crate::store::sqlite) fn forget_claims(
    connection: &Connection,
    device: DeviceId,
) -> rusqlite::Result<()> {
    execute(
        connection,
        "DELETE FROM partner_claim WHERE device = ?1",
        [device.0.as_slice()],
    )
}

/// Reads how much each partner uses.
pub(in crate::store::sqlite) fn partner_use(
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
