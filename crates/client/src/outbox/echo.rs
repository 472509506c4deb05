//! What the log says of one's own messages: only there do they get their place.

use crate::Error;
use crate::asked::Purpose;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_wire::push::{Event, EventKind};
use valise_wire::request::Accepted;
use valise_wire::{Octets, RoomId};

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
        let mut query = self.db.prepare_cached(
            "DELETE FROM outbox WHERE id = ?1 AND former = ?2 RETURNING message, mimi",
        )?;
        let found = query.query_row((entry, accepted.digest), |row| {
            Ok((
                row.get::<_, Option<i64>>(0)?,
                row.get::<_, Option<[u8; 32]>>(1)?,
            ))
        });
        let Some((message, mimi)) = found.optional()? else {
            return Ok(false);
        };
        let now = self.now;
        let room = self.room(id)?;
        room.retry_at = now;
        let people = room.people.saturating_sub(1);
        if let (Some(message), Some(mimi)) = (message, mimi) {
            self.settle(message, id, mimi, people, accepted.at)?;
        }
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
            "SELECT id, message, mimi FROM outbox WHERE room = ?1 AND digest = ?2",
        )?;
        let found = query.query_row((id.0, digest), |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, Option<i64>>(1)?,
                row.get::<_, Option<[u8; 32]>>(2)?,
            ))
        });
        let Some((entry, message, mimi)) = found.optional()? else {
            return Ok(false);
        };
        self.db
            .prepare_cached("DELETE FROM outbox WHERE id = ?1")?
            .execute([entry])?;
        self.state.asked.retain(
            |_, asked| !matches!(asked.purpose, Purpose::Send { entry: sent, .. } if sent == entry),
        );
        let now = self.now;
        let room = self.room(id)?;
        room.retry_at = now;
        room.failures = 0;
        let people = room.people.saturating_sub(1);
        if let (Some(message), Some(mimi)) = (message, mimi) {
            self.settle(message, id, mimi, people, event.at)?;
            self.touch_checkpoint(id)?;
        }
        self.state.dirty.status = true;
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
