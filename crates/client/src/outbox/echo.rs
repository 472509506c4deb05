//! What the log says of one's own messages: only there do they get their place.

use crate::Error;
use crate::asked::Purpose;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_wire::push::{Event, EventKind};
use valise_wire::request::Accepted;
use valise_wire::{Octets, RoomId, Timestamp};

/// What was sent, and is in the outbox no longer.
struct Sent {
    entry: i64,
    message: Option<i64>,
    target: Option<i64>,
    mimi: Option<[u8; 32]>,
    content: Vec<u8>,
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Sent> {
    Ok(Sent {
        entry: row.get(0)?,
        message: row.get(1)?,
        target: row.get(2)?,
        mimi: row.get(3)?,
        content: row.get(4)?,
    })
}

impl Cx<'_> {
    /// Takes the server's word for a place in the log, as no product does: see [`Guard::Echo`].
    pub(super) fn believe(
        &mut self,
        id: RoomId,
        digest: [u8; 32],
        accepted: &Accepted,
    ) -> Result<(), Error> {
        let event = Event {
            seq: accepted.seq,
            kind: EventKind::Message,
            at: accepted.at,
            body: Octets::default(),
        };
        self.took_echo(id, &digest, &event).map(drop)
    }

    /// Takes an answer that says: this was taken already, before the device came back into the room, in the part of the
    /// log that it could not follow. Tells whether it is one.
    pub(super) fn took_former(
        &mut self,
        id: RoomId,
        entry: i64,
        accepted: &Accepted,
    ) -> Result<bool, Error> {
        let before = self.was_sent_before(id, accepted)?;
        let mut query = self.db.prepare_cached(
            "DELETE FROM outbox WHERE id = ?1 AND (former = ?2 OR (?3 AND digest <> ?2)) RETURNING id, message, target, mimi, content",
        )?;
        let found = query
            .query_row((entry, accepted.digest, before), read)
            .optional()?;
        let Some(sent) = found else {
            return Ok(false);
        };
        let now = self.now;
        let room = self.room(id)?;
        room.retry_at = now;
        self.settle_sent(id, &sent, accepted.at)?;
        Ok(true)
    }

    /// Takes an own content that stands in the log. Tells whether it was one.
    pub(crate) fn took_echo(
        &mut self,
        id: RoomId,
        digest: &[u8; 32],
        event: &Event,
    ) -> Result<bool, Error> {
        let mut query = self.db.prepare_cached(
            "DELETE FROM outbox WHERE room = ?1 AND digest = ?2 RETURNING id, message, target, mimi, content",
        )?;
        let found = query.query_row((id.0, digest), read).optional()?;
        let Some(sent) = found else {
            return Ok(false);
        };
        let entry = sent.entry;
        self.state.asked.retain(
            |_, asked| !matches!(asked.purpose, Purpose::Send { entry: sent, .. } if sent == entry),
        );
        let now = self.now;
        let room = self.room(id)?;
        room.retry_at = now;
        room.failures = 0;
        if self.settle_sent(id, &sent, event.at)? {
            self.touch_checkpoint(id)?;
        }
        self.state.dirty.status = true;
        Ok(true)
    }

    /// Does what it means that a content stands in the log. Tells whether it stands in the conversation or changes it.
    fn settle_sent(&mut self, id: RoomId, sent: &Sent, at: Timestamp) -> Result<bool, Error> {
        let Some(mimi) = sent.mimi else {
            return Ok(false);
        };
        let people = self.room(id)?.people.saturating_sub(1);
        match (sent.message, sent.target) {
            (Some(message), _) => self.settle(message, id, mimi, people, at)?,
            (None, Some(target)) => {
                self.settle_change(sent.entry, target, &sent.content, mimi, at)?
            }
            (None, None) => {
                let chat = self.room(id)?.chat.clone();
                if self.is_own(&chat) {
                    self.settle_preference(id, &sent.content, at)?;
                }
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Lets everything that was encrypted for a room and never seen in its log be encrypted anew.
    pub(crate) fn unseal_outbox(&mut self, id: RoomId) -> Result<(), Error> {
        self.db.execute(
            "UPDATE outbox SET former = ifnull(digest, former), epoch = NULL, ciphertext = NULL, digest = NULL WHERE room = ?1",
            [id.0],
        )?;
        Ok(())
    }
}
