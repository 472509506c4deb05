//! The one order of a chat that has two rooms: both sides opened it at once, and each has its own log.
//!
//! The rooms' logs have no common order, but one hub that says when it took each message. What comes in out of one room takes
//! its place among the other's by that, so that both sides see the same order, whatever they heard first.

use crate::Error;
use crate::chats::kind;
use crate::state::Cx;
use valise_wire::{RoomId, Timestamp};

impl Cx<'_> {
    /// Returns the place of a message that the hub took at some moment in a room, and makes it free; `last` is the place behind all.
    pub(crate) fn among_rooms(
        &mut self,
        chat: &str,
        room: RoomId,
        at: Timestamp,
        last: i64,
    ) -> Result<i64, Error> {
        let rooms = self.state.rooms.values();
        if rooms.filter(|other| other.chat == chat).count() < 2 {
            return Ok(last);
        }
        // Behind everything of its own room, whose log has an order already.
        let mut query = self.db.prepare_cached(
            "SELECT min(position) FROM message
             WHERE chat = ?1 AND kind <> ?4 AND room <> ?2 AND (at > ?3 OR at = ?3 AND room > ?2)
               AND position > ifnull((SELECT max(position) FROM message WHERE chat = ?1 AND room = ?2 AND kind <> ?4), -1)",
        )?;
        let found: Option<i64> =
            query.query_row((chat, room.0, at.0 as i64, kind::NOTICE), |row| row.get(0))?;
        drop(query);
        let Some(place) = found else {
            return Ok(last);
        };
        self.make_room(chat, place)?;
        Ok(place)
    }

    /// Tells whether something of a chat is on its way in another of its rooms: what was written after it waits, or the hub might
    /// take it first.
    pub(crate) fn is_sent_in_another_room(&self, id: RoomId, chat: &str) -> Result<bool, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM outbox WHERE room = ?1 AND (message IS NOT NULL OR target IS NOT NULL OR about IS NOT NULL))",
        )?;
        for (other, room) in &self.state.rooms {
            let is_another = *other != id && room.chat == chat && room.is_usable();
            if is_another && query.query_row([other.0], |row| row.get(0))? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Lets everything from a place on stand one place further. By way of places that there are not: no two stand in one.
    fn make_room(&mut self, chat: &str, place: i64) -> Result<(), Error> {
        for table in ["message", "unread"] {
            let away = format!(
                "UPDATE {table} SET position = -2 - position WHERE chat = ?1 AND position >= ?2"
            );
            let back = format!(
                "UPDATE {table} SET position = -1 - position WHERE chat = ?1 AND position < 0"
            );
            self.db.prepare_cached(&away)?.execute((chat, place))?;
            self.db.prepare_cached(&back)?.execute([chat])?;
        }
        Ok(())
    }
}
