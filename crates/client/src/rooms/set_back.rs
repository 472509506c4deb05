//! A store that is older than what its device has done: a copy that was put back, writes that a browser lost, or a copy beside
//! which the device goes on living.
//!
//! The keys that such a store would use next were used. What shows it stands in the log: a message that MLS says is this very
//! device's, and that it never encrypted. The room is read to its head before anything is sent in it, so that this comes first.

use crate::Error;
use crate::alarm;
use crate::guard::Guard;
use crate::state::Cx;
use valise_mls::Changed;
use valise_mls::chain::Chain;
use valise_wire::RoomId;
use valise_wire::push::EventKind;
use valise_wire::request::Accepted;

impl Cx<'_> {
    /// Notes what leaves this device, before it does.
    pub(crate) fn note_sent(&mut self, id: RoomId, digest: &[u8; 32]) -> Result<(), Error> {
        self.db
            .prepare_cached("INSERT OR IGNORE INTO sent (room, digest) VALUES (?1, ?2)")?
            .execute((id.0, digest))?;
        Ok(())
    }

    /// Forgets what left this device in epochs that are over: none of it is opened any more.
    pub(super) fn forget_sent(&mut self, id: RoomId) -> Result<(), Error> {
        self.db
            .prepare_cached("DELETE FROM sent WHERE room = ?1")?
            .execute([id.0])?;
        Ok(())
    }

    /// Takes a message of this very device that does not wait in its outbox: one that is repeated, or one that it never sent.
    pub(super) fn took_own(&mut self, id: RoomId, digest: &[u8; 32]) -> Result<(), Error> {
        let known: bool = self
            .db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM sent WHERE room = ?1 AND digest = ?2)")?
            .query_row((id.0, digest), |row| row.get(0))?;
        if known || !self.keeps(Guard::SetBack) {
            return Ok(());
        }
        self.is_set_back(id)
    }

    /// The store was set back: nothing more is said with the keys that it holds of this room. The first time, the device comes back
    /// into it with new ones; if it happens again, there are two of it, and a person has to say which one goes on.
    pub(super) fn is_set_back(&mut self, id: RoomId) -> Result<(), Error> {
        self.alarm(alarm::Kind::SetBack, None)?;
        let room = self.room(id)?;
        room.lost = true;
        let again = std::mem::replace(&mut room.set_back, true);
        self.save_room(id)?;
        if again { self.freeze(id) } else { Ok(()) }
    }

    /// Tells whether a commit that took this device out is its own: it came back from a later state than this one.
    pub(super) fn is_by_this_device(&self, changed: &Changed) -> Result<bool, Error> {
        let account = self.account()?;
        let by = &changed.committer;
        let own = by.account == account.account && by.device == account.device;
        Ok(own && self.keeps(Guard::SetBack))
    }

    /// Tells whether what the hub says it has instead of a message stands in the log that this device read, in a room where its
    /// store was set back: then it was sent before that.
    pub(crate) fn was_sent_before(
        &mut self,
        id: RoomId,
        accepted: &Accepted,
    ) -> Result<bool, Error> {
        if !self.room(id)?.set_back || accepted.room != id || accepted.seq == 0 {
            return Ok(false);
        }
        let (Some(before), Some(at)) = (
            self.chain_at(id, accepted.seq - 1)?,
            self.chain_at(id, accepted.seq)?,
        ) else {
            return Ok(false);
        };
        let next = Chain(before).next(accepted.seq, EventKind::Message, &accepted.digest);
        Ok(next.0 == at)
    }
}
