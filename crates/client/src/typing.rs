//! Who is writing.

use crate::Error;
use crate::signal::TYPING;
use crate::state::Cx;
use std::collections::BTreeMap;
use valise_views::{ChatId, Outcome};
use valise_wire::{AccountId, RoomId, Timestamp};

/// Time between two signals of one's own.
const EVERY_MILLIS: u64 = 3_000;
/// Time for which somebody's writing is shown.
const SHOWN_MILLIS: u64 = 6_000;

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

    /// Takes that somebody is writing.
    pub(crate) fn took_typing(&mut self, chat: &str, who: AccountId) {
        let end = self.now.plus_millis(SHOWN_MILLIS);
        let key = (chat.to_owned(), who);
        self.state.typing.others.insert(key, end);
        self.state.dirty.chat(chat);
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
