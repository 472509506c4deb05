//! The room of one's own: a direct room whose only account is oneself, with all of one's devices in it. What one saves for oneself
//! stands there as in any chat; two devices that make it at once make two rooms of one chat, like two people.

use crate::Error;
use crate::rooms::{Stage, direct_key};
use crate::state::Cx;
use valise_wire::policy::RoomKind;

/// What the interface calls the chat with oneself, in each of its languages: so it is found.
const NAMES: [&str; 4] = [
    "Saved messages",
    "Избранное",
    "Gespeicherte Nachrichten",
    "Messages enregistrés",
];

/// Tells whether one of the names of the chat with oneself fits.
pub(crate) fn is_own_name(fits: impl FnMut(&str) -> bool) -> bool {
    NAMES.into_iter().any(fits)
}

impl Cx<'_> {
    /// Tells whether a chat is the one with oneself.
    pub(crate) fn is_own(&self, chat: &str) -> bool {
        let account = self.state.account.as_ref();
        account.is_some_and(|account| chat == direct_key(account.account))
    }

    /// Makes the room of one's own if there is none, so that a device that comes is in it before the past is made: what is said
    /// there is in one or the other. Nothing of it is seen until something is saved.
    pub(crate) fn ensure_own_room(&mut self) -> Result<(), Error> {
        let me = self.account()?.account;
        let key = direct_key(me);
        let mut rooms = self.state.rooms.values();
        let has_one = rooms.any(|room| room.chat == key && room.stage != Stage::Out);
        if !has_one {
            self.create_room(RoomKind::Direct, vec![me], Some(me), Vec::new())?;
        }
        Ok(())
    }

    /// Tells whether a chat stands in the list.
    pub(crate) fn is_listed(&self, chat: &str) -> Result<bool, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM chat WHERE id = ?1 AND shown = 1)")?;
        Ok(query.query_row([chat], |row| row.get(0))?)
    }
}
