//! Who is writing: sealed under the room's epoch, relayed, never stored.

use crate::Error;
use crate::asked::Purpose;
use crate::state::Cx;
use std::collections::BTreeMap;
use valise_views::{ChatId, Outcome};
use valise_wire::request::Signal;
use valise_wire::{AccountId, RoomId, Timestamp};

/// Time between two signals of one's own.
const EVERY_MILLIS: u64 = 3_000;
/// Time for which somebody's writing is shown.
const SHOWN_MILLIS: u64 = 6_000;
/// What a signal says.
const TYPING: &[u8] = b"typing";

/// Who is writing where.
#[derive(Default)]
pub(crate) struct Typing {
    others: BTreeMap<(String, AccountId), Timestamp>,
    own: BTreeMap<RoomId, Timestamp>,
}

impl Typing {
    /// Forgets that somebody is writing: the message is here.
    pub(crate) fn stopped(&mut self, chat: &str, who: AccountId) {
        self.others.remove(&(chat.to_owned(), who));
    }

    /// Returns who is writing in a chat.
    pub(crate) fn of(&self, chat: &str) -> impl Iterator<Item = AccountId> {
        let found = self.others.keys().filter(move |(other, _)| other == chat);
        found.map(|(_, who)| *who).collect::<Vec<_>>().into_iter()
    }
}

impl Cx<'_> {
    pub(crate) fn typing(&mut self, number: u64, chat: &ChatId) -> Result<(), Error> {
        let usable = |room: &crate::rooms::RoomState| {
            room.chat == chat.0 && room.is_usable() && room.people > 1
        };
        let room = self
            .state
            .rooms
            .iter()
            .find(|(_, room)| usable(room))
            .map(|(id, _)| *id);
        if let Some(id) = room.filter(|_| self.state.line.is_up()) {
            let last = self.state.typing.own.get(&id).copied();
            if last.is_none_or(|last| self.now.millis_since(last) >= EVERY_MILLIS) {
                self.state.typing.own.insert(id, self.now);
                self.signal(id, TYPING)?;
            }
        }
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    /// Tells the others in a room something that is worth nothing in a minute.
    pub(crate) fn signal(&mut self, id: RoomId, says: &[u8]) -> Result<(), Error> {
        let desk = self.desk()?;
        let Ok(Some(room)) = desk.member().load(id) else {
            return Ok(());
        };
        if let Ok(sealed) = room.seal_signal(says) {
            self.ask_home(
                Purpose::Signal,
                Signal {
                    room: id,
                    sealed: sealed.into(),
                },
            )?;
        }
        Ok(())
    }

    pub(crate) fn took_signal(&mut self, id: RoomId, sealed: &[u8]) -> Result<(), Error> {
        let Some(chat) = self
            .state
            .rooms
            .get(&id)
            .filter(|room| room.is_usable())
            .map(|room| room.chat.clone())
        else {
            return Ok(());
        };
        let desk = self.desk()?;
        let Ok(Some(room)) = desk.member().load(id) else {
            return Ok(());
        };
        // Of another epoch, or nobody's: worth nothing in a minute anyway.
        let Ok((sender, said)) = room.open_signal(sealed) else {
            return Ok(());
        };
        if sender.account == self.account()?.account {
            return Ok(());
        }
        if said == TYPING {
            let end = self.now.plus_millis(SHOWN_MILLIS);
            self.state
                .typing
                .others
                .insert((chat.clone(), sender.account), end);
            self.state.dirty.chat(&chat);
        }
        self.took_presence(id, sender.account, &said)
    }

    /// Lets go of those who stopped.
    pub(crate) fn advance_typing(&mut self) -> Result<(), Error> {
        let ends: Vec<_> = self
            .state
            .typing
            .others
            .iter()
            .map(|(key, end)| (key.clone(), *end))
            .collect();
        for (key, end) in ends {
            if self.is_due(end) {
                self.state.typing.others.remove(&key);
                self.state.dirty.chat(&key.0);
            }
        }
        Ok(())
    }
}
