//! Which voice notes were listened to: here, on another device of one's own, or one's own by somebody.

use crate::Error;
use crate::content::StatusCode;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_views::{FileId, Outcome, Trouble};
use valise_wire::{MessageId, RoomId};

/// A voice note in its message: number, chat, room and name of it, whether it is one's own and was listened to.
struct Note {
    message: i64,
    chat: String,
    room: Option<RoomId>,
    mimi: Option<MessageId>,
    mine: bool,
    heard: bool,
}

impl Cx<'_> {
    /// Notes that a voice note was listened to here, and tells who spoke it.
    pub(crate) fn mark_heard(&mut self, number: u64, file: &FileId) -> Result<(), Error> {
        let Some(note) = self.note(file)? else {
            return self.fail(number, Trouble::NotFound);
        };
        if !note.mine && !note.heard {
            self.was_heard(note.message)?;
            self.state.dirty.chat(&note.chat);
            if let (Some(room), Some(mimi)) = (note.room, note.mimi) {
                self.owe_receipt(room, mimi, StatusCode::Heard)?;
            }
        }
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    fn note(&self, file: &FileId) -> Result<Option<Note>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT message.id, chat, room, mimi, mine, heard FROM file JOIN message ON message.id = file.message
             WHERE file.id = ?1 AND voice IS NOT NULL",
        )?;
        let found = query.query_row([&file.0], |row| {
            Ok(Note {
                message: row.get(0)?,
                chat: row.get(1)?,
                room: row.get::<_, Option<[u8; 16]>>(2)?.map(RoomId),
                mimi: row.get::<_, Option<[u8; 32]>>(3)?.map(MessageId),
                mine: row.get(4)?,
                heard: row.get(5)?,
            })
        });
        Ok(found.optional()?)
    }

    /// Notes that the voice note in a message was listened to.
    pub(crate) fn was_heard(&self, message: i64) -> Result<(), Error> {
        let mut update = self
            .db
            .prepare_cached("UPDATE file SET heard = 1 WHERE message = ?1 AND voice IS NOT NULL")?;
        update.execute([message])?;
        Ok(())
    }

    /// Notes that another device of this account listened to the voice note in a message of a room.
    pub(crate) fn heard_elsewhere(&self, room: RoomId, mimi: MessageId) -> Result<(), Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT id FROM message WHERE mimi = ?1 AND room = ?2 AND NOT mine")?;
        let message: Option<i64> = query
            .query_row((mimi.0, room.0), |row| row.get(0))
            .optional()?;
        message.map_or(Ok(()), |message| self.was_heard(message))
    }
}
