//! A log that got shorter: what was known of the lost part tells whether what comes in its place is the same.

use crate::Error;
use crate::guard::Guard;
use crate::state::Cx;
use valise_mls::Chain;
use valise_mls::chain::digest;
use valise_wire::RoomId;
use valise_wire::push::Event;

impl Cx<'_> {
    /// Tells whether the room goes on with an event. What comes in the place of something lost is taken, unless a change of the room was
    /// lost: then the hub is in an epoch that is over here, and the room is closed until a person goes on with what the hub has.
    pub(super) fn is_as_before(&mut self, id: RoomId, event: &Event) -> Result<bool, Error> {
        let (known, before) = (self.chain_at(id, event.seq)?, self.room(id)?.chain);
        let (Some(known), Some(before)) = (known, before) else {
            return Ok(true);
        };
        let now = Chain(before).next(event.seq, event.kind, &digest(&event.body));
        let seq = event.seq;
        if now.0 == known || seq <= self.room(id)?.cursor {
            return Ok(true);
        }
        let closes = self.has_lost_a_change(id)?;
        let forget = "DELETE FROM log WHERE room = ?1 AND seq >= ?2";
        self.db.execute(forget, (id.0, seq as i64))?;
        if closes {
            self.freeze(id)?;
        }
        Ok(!closes)
    }

    /// Tells whether a room was read to its end, and there ends before a change of it that was known.
    pub(crate) fn has_lost_its_epoch(&mut self, id: RoomId) -> Result<bool, Error> {
        let room = self.room(id)?;
        let at_its_end = room.cursor >= room.head;
        Ok(at_its_end && self.has_lost_a_change(id)?)
    }

    fn has_lost_a_change(&mut self, id: RoomId) -> Result<bool, Error> {
        let cursor = self.room(id)?.cursor as i64;
        let lost = "SELECT EXISTS (SELECT 1 FROM log WHERE room = ?1 AND seq > ?2 AND kind = 1)";
        let lost: bool = self.db.query_row(lost, (id.0, cursor), |row| row.get(0))?;
        Ok(lost && self.keeps(Guard::LostEpoch))
    }
}
