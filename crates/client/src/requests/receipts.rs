//! Receipts: what both servers say of what was signed, asked for until all of it is here, and kept byte for byte.

use super::export::Asking;
use super::signed::{Proof, Read};
use crate::asked::{Got, Purpose, sort};
use crate::guard::Guard;
use crate::io::Failure;
use crate::state::Cx;
use crate::{Error, ServerMisbehaved};
use rusqlite::OptionalExtension as _;
use std::collections::{BTreeMap, BTreeSet};
use valise_directory::keys::EvidencePublicKey;
use valise_evidence::{Event, Receipt, sign1};
use valise_wire::request::{GetReceipts, MAX_MARKED, Receipts, Reply};
use valise_wire::{OrganisationId, RoomId, Timestamp};

/// Time after which receipts are asked for again that were not there; four times as long each time.
const FIRST_WAIT_MILLIS: u64 = 15_000;
/// Most of such a time: what nobody opens has no receipt of it, for weeks.
const LAST_WAIT_MILLIS: u64 = 6 * 60 * 60 * 1000;
/// When the receipts of a room are asked for.
pub(super) struct Attesting {
    /// When next; none while a question is under way.
    next: Option<Timestamp>,
    /// How long after that, if some are not there.
    wait_millis: u64,
    /// Bundles that wait for one answer.
    exports: Vec<Asking>,
}

impl Cx<'_> {
    /// Has receipts asked for, because something was signed in a room or somebody did something there.
    pub(super) fn attest_soon(&mut self, room: RoomId) {
        let Some(rooms) = &mut self.state.requests.attesting else {
            return;
        };
        let known = rooms.remove(&room);
        let soon = Attesting {
            next: Some(self.now),
            wait_millis: FIRST_WAIT_MILLIS,
            exports: known.map(|known| known.exports).unwrap_or_default(),
        };
        rooms.insert(room, soon);
    }

    /// Has a bundle wait for one answer about receipts, if some are not here and somebody can be asked. Gives it back if it need not.
    pub(super) fn exports_after_receipts(
        &mut self,
        room: RoomId,
        asking: Asking,
    ) -> Result<Option<Asking>, Error> {
        let line = &self.state.line;
        if !line.is_up() || !line.synced || self.unattested(room)?.is_empty() {
            return Ok(Some(asking));
        }
        self.attest_soon(room);
        let rooms = self.state.requests.attesting.as_mut();
        let waiting = rooms.and_then(|rooms| rooms.get_mut(&room));
        if let Some(waiting) = waiting {
            waiting.exports.push(asking);
            return Ok(None);
        }
        Ok(Some(asking))
    }

    /// Makes the bundles that wait, because nobody can be asked.
    pub(crate) fn export_without_receipts(&mut self) -> Result<(), Error> {
        let rooms = self.state.requests.attesting.iter_mut().flatten();
        let waiting = rooms
            .flat_map(|(_, it)| std::mem::take(&mut it.exports))
            .collect();
        self.export_after(waiting)
    }

    fn export_after(&mut self, waiting: Vec<Asking>) -> Result<(), Error> {
        for asking in waiting {
            self.export_now(asking)?;
        }
        Ok(())
    }

    /// Asks for the receipts that are due.
    pub(super) fn ask_for_receipts(&mut self) -> Result<(), Error> {
        if self.state.requests.attesting.is_none() {
            self.state.requests.attesting = Some(BTreeMap::new());
            for room in self.unattested_rooms()? {
                self.attest_soon(room);
            }
        }
        let rooms = self.state.requests.attesting.iter().flatten();
        let rooms: Vec<_> = rooms
            .filter_map(|(room, it)| Some((*room, it.next?)))
            .collect();
        for (room, next) in rooms {
            if !self.is_due(next) {
                continue;
            }
            let objects = self.unattested(room)?;
            let rooms = self.state.requests.attesting.as_mut();
            if objects.is_empty() {
                let done = rooms.and_then(|rooms| rooms.remove(&room));
                self.export_after(done.map(|done| done.exports).unwrap_or_default())?;
                continue;
            }
            if let Some(waiting) = rooms.and_then(|rooms| rooms.get_mut(&room)) {
                waiting.next = None;
            }
            let purpose = Purpose::Receipts {
                room,
                objects: objects.clone(),
            };
            self.ask_home(purpose, GetReceipts { room, objects })?;
        }
        Ok(())
    }

    pub(crate) fn took_receipts(
        &mut self,
        room: RoomId,
        objects: &[[u8; 32]],
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let picked = sort(result, |reply| match reply {
            Reply::Receipts(receipts) => Some(receipts),
            _ => None,
        });
        let was_cut = matches!(picked, Got::Offline);
        let rest = match picked {
            Got::Reply(receipts) => self.keep_receipts(room, objects, receipts)?,
            Got::Wrong => {
                self.server_misbehaved(ServerMisbehaved::WrongReply)?;
                true
            }
            Got::Refused(_) | Got::Offline => true,
        };
        let now = self.now;
        let rooms = self.state.requests.attesting.as_mut();
        let mut exports = Vec::new();
        if let Some(waiting) = rooms.and_then(|rooms| rooms.get_mut(&room)) {
            exports = std::mem::take(&mut waiting.exports);
            let wait = match (rest, was_cut) {
                (false, _) => 0,
                // Nobody said that there are none: a device that slept finds its line dead, and is not to wait for hours.
                (true, true) => FIRST_WAIT_MILLIS,
                (true, false) => waiting.wait_millis,
            };
            // Whatever happened there meanwhile has it asked for sooner.
            waiting.next.get_or_insert(now.plus_millis(wait));
            if !was_cut {
                waiting.wait_millis = (waiting.wait_millis * 4).min(LAST_WAIT_MILLIS);
            }
        }
        self.export_after(exports)
    }

    /// Keeps the receipts that hold. Tells whether there will be more of what was asked for.
    fn keep_receipts(
        &mut self,
        room: RoomId,
        objects: &[[u8; 32]],
        receipts: Receipts,
    ) -> Result<bool, Error> {
        let missing: BTreeSet<[u8; 32]> = receipts.missing.into_iter().collect();
        for bytes in &receipts.receipts {
            if !self.keep_receipt(room, bytes)? {
                self.server_misbehaved(ServerMisbehaved::BadReceipt)?;
            }
        }
        let mut rest = false;
        for object in objects {
            let is_whole = !missing.contains(object) && self.is_attested(room, object)?;
            rest |= !is_whole;
        }
        Ok(rest)
    }

    /// Notes that no more receipts of a thing will come. A server that has none of it, and says that this is all, is asked again.
    fn is_attested(&self, room: RoomId, object: &[u8; 32]) -> Result<bool, Error> {
        let changed = self
            .db
            .prepare_cached(
                "UPDATE signed SET attested = 1 WHERE room = ?1 AND digest = ?2
                 AND EXISTS (SELECT 1 FROM attestation WHERE attestation.message = signed.message)",
            )?
            .execute((room.0, object))?;
        Ok(changed > 0)
    }

    /// Keeps a receipt. Tells whether there was nothing wrong with it.
    fn keep_receipt(&mut self, room: RoomId, bytes: &[u8]) -> Result<bool, Error> {
        let Ok(read) = sign1::read::<Receipt>(bytes) else {
            return Ok(false);
        };
        let claims = read.claims().clone();
        let Some((message, signed)) = self.signed_as(room, claims.object.0)? else {
            return Ok(false);
        };
        let Some(key) = self.server_key(claims.issuer) else {
            // Who it is of is not known yet: it is asked for again.
            return Ok(true);
        };
        let is_of_it =
            claims.room == room && Read::of(&signed).is_ok_and(|signed| fits(&claims, &signed));
        let holds = read.verify(&key, &self.binding(room)?).is_ok();
        if !(is_of_it && holds) && self.keeps(Guard::Attested) {
            return Ok(false);
        }
        self.db
            .prepare_cached("INSERT INTO attestation (message, issuer, event, body) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING")?
            .execute((message, claims.issuer.0, claims.event as i64, bytes))?;
        Ok(true)
    }

    /// Returns the receipts of what was signed in a message.
    pub(super) fn receipts_of(&self, message: i64) -> Result<Vec<Vec<u8>>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT body FROM attestation WHERE message = ?1 ORDER BY issuer, event",
        )?;
        let rows = query.query_map([message], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn server_key(&self, organisation: OrganisationId) -> Option<EvidencePublicKey> {
        let directory = self.state.roll.organisation(organisation)?;
        Some(EvidencePublicKey(directory.organisation()?.hub_key))
    }

    fn signed_as(&self, room: RoomId, digest: [u8; 32]) -> Result<Option<(i64, Vec<u8>)>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT message, body FROM signed WHERE room = ?1 AND digest = ?2")?;
        let found = query.query_row((room.0, digest), |row| Ok((row.get(0)?, row.get(1)?)));
        Ok(found.optional()?)
    }

    fn unattested_rooms(&self) -> Result<Vec<RoomId>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT DISTINCT room FROM signed WHERE attested = 0")?;
        let rows = query.query_map([], |row| Ok(RoomId(row.get(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns what stands in the log of a room and has not all of its receipts, the oldest first.
    fn unattested(&self, room: RoomId) -> Result<Vec<[u8; 32]>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT signed.digest FROM signed JOIN message ON message.id = signed.message
             WHERE signed.room = ?1 AND signed.attested = 0 AND signed.proven = ?2 AND message.position IS NOT NULL
             ORDER BY message.position LIMIT ?3",
        )?;
        let most = MAX_MARKED as i64;
        let rows = query.query_map((room.0, Proof::Holds as i64, most), |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Tells whether a receipt can be about something: of its request, of which side's server it must be, and of no other end than was signed.
fn fits(receipt: &Receipt, signed: &Read) -> bool {
    let by_own = receipt.issuer == signed.party().organisation;
    let is_of_side = receipt.event.is_of_signer().is_none_or(|own| own == by_own);
    let is_expiry = receipt.event == Event::AcceptanceRejectionExpiry;
    let ends_so = signed.ends().is_some() && receipt.expires_at == signed.ends();
    is_of_side && (!is_expiry || ends_so) && receipt.request == signed.request()
}
