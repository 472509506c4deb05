//! Why nothing can be sent into a chat.

use crate::Error;
use crate::state::Cx;
use valise_views::conversation::Blocked;
use valise_views::{ChatId, Trouble};
use valise_wire::policy::RoomKind;
use valise_wire::{AccountId, RoomId};

impl Cx<'_> {
    /// Tells why nothing can be sent into a chat.
    pub(crate) fn blocked(&self, chat: &str) -> Result<Option<Blocked>, Error> {
        if crate::bring::brought_from(chat).is_some() {
            return Ok(Some(Blocked::Imported));
        }
        let account = self.account()?;
        if self.is_ended() {
            return Ok(Some(Blocked::Revoked));
        }
        if self.is_removed() {
            return Ok(Some(Blocked::Removed));
        }
        let rooms: Vec<_> = self
            .state
            .rooms
            .iter()
            .filter(|(_, room)| room.chat == chat)
            .collect();
        if chat.starts_with('d') {
            let broken = !rooms.is_empty() && rooms.iter().all(|(_, room)| room.frozen);
            let peer = self.peer_of(chat)?;
            let gone = peer.is_some_and(|peer| {
                !self.state.roll.is_active(peer) && self.state.roll.account(peer).is_some()
            });
            return Ok(match (broken, gone) {
                (true, _) => Some(Blocked::Frozen),
                (_, true) => Some(Blocked::PersonLeft),
                _ => None,
            });
        }
        let Some((id, room)) = rooms.first() else {
            return Ok(Some(Blocked::Left));
        };
        if room.frozen {
            return Ok(Some(Blocked::Frozen));
        }
        if room.stage == crate::rooms::Stage::Out || room.leaving > 0 {
            return Ok(Some(Blocked::Left));
        }
        if self.nobody_is_left(**id)? {
            return Ok(Some(Blocked::NobodyLeft));
        }
        if self.silenced(**id, room)?.is_some() {
            return Ok(Some(Blocked::LeftOut));
        }
        let owners_only =
            room.kind == RoomKind::Announcement && !self.is_owner(**id, account.account)?;
        if self.is_in_doubt(chat)? {
            return Ok(Some(Blocked::InDoubt));
        }
        Ok(owners_only.then_some(Blocked::OwnersOnly))
    }

    /// Tells whether one is a guest whom nobody of those who asked can hear any more. A guest owns nothing, so that nobody else can come in
    /// either, and nobody can carry out that they are gone: the hub takes nothing then.
    pub(crate) fn nobody_is_left(&self, room: RoomId) -> Result<bool, Error> {
        let me = self.account()?.account;
        if self.state.roll.guest.is_none() {
            return Ok(false);
        }
        let mut query = self
            .db
            .prepare_cached("SELECT account FROM member WHERE room = ?1 AND account <> ?2")?;
        let others = query.query_map((room.0, me.0), |row| row.get(0).map(AccountId))?;
        let others: Vec<AccountId> = others.collect::<Result<_, _>>()?;
        let roll = &self.state.roll;
        let is_gone = |other: &AccountId| roll.account(*other).is_some() && !roll.is_active(*other);
        Ok(!others.is_empty() && others.iter().all(is_gone))
    }

    /// Tells whether this device is nobody's any more: the account has ended, or the device was taken out of it.
    pub(crate) fn is_revoked(&self) -> bool {
        self.is_ended() || self.is_removed()
    }

    /// Tells whether this account has ended.
    pub(crate) fn is_ended(&self) -> bool {
        let account = self.state.account.as_ref();
        account
            .and_then(|account| self.state.roll.home.account(account.account))
            .is_some_and(|entry| !entry.is_active())
    }

    /// Checks whether one may write into a chat.
    pub(crate) fn may_send(&self, chat: &ChatId) -> Result<Result<(), Trouble>, Error> {
        if !self.has_chat(chat)? {
            return Ok(Err(Trouble::NotFound));
        }
        Ok(match self.blocked(&chat.0)? {
            None => Ok(()),
            Some(Blocked::InDoubt) => Err(Trouble::InDoubt),
            Some(Blocked::LeftOut) => Err(self.left_out_trouble(&chat.0)?),
            Some(_) => Err(Trouble::NotAllowed),
        })
    }
}
