//! Requests that were asked together, one of each addressee.
//!
//! What they have in common stands in what was signed, in each room apart: who asked on which device, in the same instant, the same. So
//! everybody of the asking side sees it on each of his devices, and an addressee, who has one of them alone, sees nothing.

use crate::Error;
use crate::state::Cx;
use std::collections::HashMap;
use valise_evidence::{Digest, Request};
use valise_views::request::{Together, TogetherId};
use valise_wire::to_bytes;

/// States in which an answer came back, by their numbers in the table.
const ANSWERED: &str = "state IN (6, 7, 9)";

/// Returns what a request has in common with those that were asked with it.
pub(super) fn of(first_revision: &Request) -> [u8; 16] {
    let Request {
        issuer,
        issued_at,
        subject,
        body,
        ..
    } = first_revision;
    // Each is whole in itself, so that no two lists of them are the same bytes.
    let common = [
        to_bytes(&issuer.account),
        to_bytes(&issuer.device),
        to_bytes(issued_at),
        to_bytes(subject),
        to_bytes(body),
    ];
    let digest = Digest::of(&common.concat());
    let mut id = [0; 16];
    id.copy_from_slice(&digest.0[..16]);
    id
}

impl Cx<'_> {
    /// Returns all requests that were asked together, by what they have in common.
    pub(crate) fn all_together(&self) -> Result<HashMap<[u8; 16], Together>, Error> {
        let mut query = self.db.prepare_cached(&format!(
            "SELECT together, count(*), sum({ANSWERED}) FROM request
             WHERE together IS NOT NULL GROUP BY together HAVING count(*) > 1"
        ))?;
        let rows = query.query_map([], read)?;
        let rows = rows.map(|row| row.map(|together| (together.id.0, together)));
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns the requests that were asked together with one.
    pub(crate) fn together(&self, common: [u8; 16]) -> Result<Option<Together>, Error> {
        let mut query = self.db.prepare_cached(&format!(
            "SELECT together, count(*), sum({ANSWERED}) FROM request WHERE together = ?1"
        ))?;
        let together = query.query_row([common], |row| match row.get::<_, u32>(1)? {
            ..=1 => Ok(None),
            _ => read(row).map(Some),
        })?;
        Ok(together)
    }
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Together> {
    Ok(Together {
        id: TogetherId(row.get(0)?),
        count: row.get(1)?,
        answered: row.get(2)?,
    })
}
