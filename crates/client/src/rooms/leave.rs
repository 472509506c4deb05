//! Leaving a room.

use super::Stage;
use crate::Error;
use crate::state::Cx;
use sha2::{Digest as _, Sha256};
use valise_views::{ChatId, Outcome, Trouble};
use valise_wire::policy::RoomKind;
use valise_wire::request::Propose;
use valise_wire::{RoomId, TransactionId};

impl Cx<'_> {
    pub(crate) fn leave(&mut self, number: u64, chat: &ChatId) -> Result<(), Error> {
        let rooms: Vec<RoomId> = self
            .state
            .rooms
            .iter()
            .filter(|(_, room)| room.chat == chat.0 && room.stage != Stage::Out)
            .map(|(id, _)| *id)
            .collect();
        let me = self.account()?.account;
        for id in &rooms {
            if self.room(*id)?.kind == RoomKind::Direct {
                return self.fail(number, Trouble::NotAllowed);
            }
            let is_request = self.room(*id)?.kind == RoomKind::Request;
            let is_needed = self.room(*id)?.people > 1
                && self.is_owner(*id, me)?
                && (self.other_owners(*id)? == 0 || is_request && self.is_last_of_side(*id)?);
            if is_needed {
                let why = match is_request {
                    true => Trouble::LastOfRequest,
                    false => Trouble::LastOwner,
                };
                return self.fail(number, why);
            }
        }
        if rooms.is_empty() {
            return self.fail(number, Trouble::NotFound);
        }
        for id in rooms {
            let room = self.room(id)?;
            if room.people <= 1 || room.stage == Stage::New {
                self.left(id)?;
            } else {
                room.leaving = 1;
                self.save_room(id)?;
            }
        }
        // What was written and not sent is given back: who comes in again can send it then.
        self.fail_waiting(&chat.0)?;
        self.db.execute(
            "DELETE FROM outbox WHERE chat = ?1 AND message IS NULL",
            [&chat.0],
        )?;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    pub(super) fn make_leave(&mut self, id: RoomId) -> Result<bool, Error> {
        let desk = self.desk()?;
        let Ok(Some(mut room)) = desk.member().load(id) else {
            return self.cannot_follow(id).map(|()| true);
        };
        let epoch = room.epoch();
        match self.attempt(|| room.propose_leave())? {
            Ok(proposal) => {
                let digest = Sha256::digest(&proposal).into();
                let transaction = TransactionId(self.random());
                let request = Propose {
                    room: id,
                    transaction,
                    epoch,
                    proposal: proposal.into(),
                };
                self.store_change(id, request.into(), digest, false)?;
                Ok(true)
            }
            Err(_) => {
                // The last owner by now, or alone.
                self.room(id)?.leaving = 0;
                self.save_room(id)?;
                Ok(false)
            }
        }
    }

    /// Notes that this device is out of a room.
    pub(super) fn left(&mut self, id: RoomId) -> Result<(), Error> {
        let room = self.room(id)?;
        room.stage = Stage::Out;
        room.leaving = 0;
        room.lost = false;
        room.checkpoint_at = None;
        room.receipts_at = None;
        self.save_room(id)?;
        for statement in [
            "DELETE FROM intent WHERE room = ?1",
            "DELETE FROM pending WHERE room = ?1",
            "DELETE FROM receipt WHERE room = ?1",
        ] {
            self.db.execute(statement, [id.0])?;
        }
        let desk = self.desk()?;
        desk.member()
            .forget(id)
            .map_err(|_| Error::Bug("a room cannot be forgotten"))
    }
}
