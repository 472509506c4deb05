//! Signals: what is worth nothing in a minute. Sealed under the room's epoch, relayed, never stored.

use crate::Error;
use crate::asked::Purpose;
use crate::state::Cx;
use valise_wire::RoomId;
use valise_wire::request::Signal;

/// "I am writing."
pub(crate) const TYPING: &[u8] = b"typing";

impl Cx<'_> {
    /// Tells the others in a room.
    pub(crate) fn signal(&mut self, id: RoomId, says: &[u8]) -> Result<(), Error> {
        let state = self.state.rooms.get(&id);
        if state.is_some_and(|room| matches!(self.is_rule_unread(room), Ok(true) | Err(_))) {
            return Ok(());
        }
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
        let room = self.state.rooms.get(&id).filter(|room| room.is_usable());
        let Some(chat) = room.map(|room| room.chat.clone()) else {
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
            self.took_typing(&chat, sender.account);
            return Ok(());
        }
        self.took_presence(id, sender.account, &said)
    }
}
