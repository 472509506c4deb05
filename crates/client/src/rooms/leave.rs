//! Leaving a room, and what a change of members looks like.

use super::Stage;
use super::notice::Stored;
use crate::Error;
use crate::state::Cx;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use valise_mls::Changed;
use valise_views::{ChatId, Outcome, Trouble};
use valise_wire::policy::RoomKind;
use valise_wire::request::Propose;
use valise_wire::{AccountId, RoomId, TransactionId};

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
            if self.room(*id)?.people > 1 && self.is_owner(*id, me)? && self.other_owners(*id)? == 0
            {
                return self.fail(number, Trouble::LastOwner);
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
        self.db
            .execute("DELETE FROM outbox WHERE chat = ?1", [&chat.0])?;
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

    /// Says in the chat what a commit changed; `former` are the accounts that were in it before.
    pub(super) fn notice_change(
        &mut self,
        id: RoomId,
        changed: &Changed,
        former: &BTreeSet<AccountId>,
    ) -> Result<(), Error> {
        let room = self.room(id)?;
        if room.cursor < room.past {
            return Ok(());
        }
        let (chat, kind) = (room.chat.clone(), room.kind);
        self.notice_devices(id, &chat, changed, former)?;
        if kind == RoomKind::Direct {
            return Ok(());
        }
        let by = changed.committer.account;
        let came: BTreeSet<AccountId> = changed.added.iter().map(|leaf| leaf.account).collect();
        let went: BTreeSet<AccountId> = changed.removed.iter().map(|leaf| leaf.account).collect();
        let added: Vec<AccountId> = came.difference(former).copied().collect();
        let inside = if changed.self_removed {
            BTreeSet::new()
        } else {
            self.accounts_in(id)?
        };
        let gone: Vec<AccountId> = went.difference(&inside).copied().collect();
        if !added.is_empty() {
            self.add_notice(&chat, Some(id), by, &Stored::Added(by, added))?;
        }
        let (ended, others): (Vec<_>, Vec<_>) = gone
            .into_iter()
            .partition(|account| !self.state.roll.is_active(*account));
        if !ended.is_empty() {
            self.add_notice(&chat, Some(id), by, &Stored::Removed(None, ended))?;
        }
        let (left, removed): (Vec<_>, Vec<_>) = others.into_iter().partition(|account| {
            changed.policy_before.owners.binary_search(&by).is_err()
                || self.said_leave(id, *account)
        });
        for person in left {
            self.add_notice(&chat, Some(id), person, &Stored::Left(person))?;
        }
        if !removed.is_empty() {
            self.add_notice(&chat, Some(id), by, &Stored::Removed(Some(by), removed))?;
        }
        let (before, after) = (&changed.policy_before, &changed.policy_after);
        if before.owners != after.owners && went.is_empty() {
            self.add_notice(
                &chat,
                Some(id),
                by,
                &Stored::Owners(by, after.owners.clone()),
            )?;
        }
        if before.kind != after.kind {
            let on = after.kind == RoomKind::Announcement;
            self.add_notice(&chat, Some(id), by, &Stored::Announcement(by, on))?;
        }
        self.state.leavers.retain(|(room, _)| *room != id);
        Ok(())
    }

    /// Says who uses another device from here on: whoever is let in under a name that is known already is not overlooked. What
    /// one's own devices are is said elsewhere.
    fn notice_devices(
        &mut self,
        id: RoomId,
        chat: &str,
        changed: &Changed,
        former: &BTreeSet<AccountId>,
    ) -> Result<(), Error> {
        let me = self.account()?.account;
        let more: BTreeSet<AccountId> = changed
            .added
            .iter()
            .filter(|leaf| !changed.removed.contains(leaf))
            .map(|leaf| leaf.account)
            .filter(|account| *account != me && former.contains(account))
            .collect();
        for account in more {
            self.add_notice(chat, Some(id), account, &Stored::NewDevice(account))?;
        }
        Ok(())
    }

    fn said_leave(&self, id: RoomId, account: AccountId) -> bool {
        self.state.leavers.contains(&(id, account))
    }
}
