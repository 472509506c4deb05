//! What servers say did not happen to what was signed with a request.

use crate::Error;
use crate::requests::Case;
use crate::state::Cx;
use valise_evidence::{Event, Receipt, sign1};
use valise_views::request::{NotDone, ServerSays};
use valise_wire::RoomId;

impl Cx<'_> {
    /// Returns it in the order in which servers said it. Each is the word of a server, and no more.
    pub(super) fn not_done(&self, room: RoomId, case: &Case) -> Result<Vec<ServerSays>, Error> {
        let receipts = self.receipts_in(room)?;
        let mut said: Vec<ServerSays> = receipts
            .iter()
            .filter_map(|(message, receipt)| {
                let (what, good) = match receipt.event {
                    Event::RelayFailure => (NotDone::Carried, Some(Event::RelayAcceptance)),
                    Event::ContentConsignmentFailure => {
                        (NotDone::Fetched, Some(Event::ContentHandover))
                    }
                    // Nothing takes that back.
                    Event::AcceptanceRejectionExpiry => (NotDone::Answered, None),
                    _ => return None,
                };
                let later = receipts.iter();
                let later = later.filter(|(of, it)| of == message && Some(it.event) == good);
                let about = case.done.iter().find(|done| done.message == *message);
                Some(ServerSays {
                    what,
                    by: self.organisation_name(receipt.issuer),
                    is_own: receipt.issuer == self.state.roll.home.organisation_id(),
                    at: receipt.at.0,
                    about: about.map(|done| crate::requests::shown_kind(done.act.kind)),
                    done_at: later.map(|(_, it)| it.at.0).min(),
                })
            })
            .collect();
        said.sort_by_key(|it| it.at);
        Ok(said)
    }

    fn receipts_in(&self, room: RoomId) -> Result<Vec<(i64, Receipt)>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT attestation.message, attestation.body FROM attestation
             JOIN signed ON signed.message = attestation.message WHERE signed.room = ?1",
        )?;
        let rows = query.query_map([room.0], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?))
        })?;
        let mut found = Vec::new();
        for row in rows {
            let (message, bytes) = row?;
            // It was verified before it was kept.
            if let Ok(read) = sign1::read::<Receipt>(&bytes) {
                found.push((message, read.claims().clone()));
            }
        }
        Ok(found)
    }
}
