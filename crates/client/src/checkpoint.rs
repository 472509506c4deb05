//! Checkpoints: devices tell each other, inside the encryption, which log they were shown.

use crate::Error;
use crate::alarm;
use crate::content::Meaning;
use crate::guard::Guard;
use crate::state::Cx;
use valise_directory::fold::Head;
use valise_wire::RoomId;
use valise_wire::push::EventKind;

/// Quiet time after which a device says where it stands.
const QUIET_MILLIS: u64 = 30_000;
/// Further time over which the devices of a room spread, for each account in it.
const SPREAD_MILLIS: u64 = 400;
/// Longest such time.
const LONGEST_SPREAD_MILLIS: u64 = 60_000;

impl Cx<'_> {
    /// Notes that something new stands in the log.
    pub(crate) fn touch_checkpoint(&mut self, id: RoomId) -> Result<(), Error> {
        let people = u64::from(self.room(id)?.people);
        let spread = (people * SPREAD_MILLIS).min(LONGEST_SPREAD_MILLIS);
        let at = self.now.plus_millis(QUIET_MILLIS + self.jitter(spread + 1));
        let room = self.room(id)?;
        room.fresh = true;
        room.checkpoint_at = Some(at);
        self.wake_at(at);
        Ok(())
    }

    pub(crate) fn advance_checkpoint(&mut self, id: RoomId) -> Result<(), Error> {
        let room = self.room(id)?.clone();
        let (Some(at), true, Some(chain)) = (room.checkpoint_at, room.fresh, room.chain) else {
            return Ok(());
        };
        let has_others = room.people > 1 || self.is_own(&room.chat) && self.has_other_devices();
        if !self.is_due(at) || !has_others || !self.may_post_in(id)? {
            return Ok(());
        }
        let room = self.room(id)?;
        room.checkpoint_at = None;
        room.fresh = false;
        let (chat, seq) = (room.chat.clone(), room.cursor);
        self.save_room(id)?;
        let directory = self.state.roll.home.head();
        self.post(
            &chat,
            Some(id),
            &Meaning::Checkpoint {
                seq,
                chain,
                directory,
            },
        )?;
        self.advance_outbox(id)
    }

    /// Compares another member's log with one's own. The checkpoint itself is event `own_seq`, so that one's own chain is
    /// the one before it.
    pub(crate) fn took_checkpoint(
        &mut self,
        id: RoomId,
        seq: u64,
        chain: [u8; 32],
        directory: Option<Head>,
        own_seq: u64,
    ) -> Result<(), Error> {
        let chat = self.room(id)?.chat.clone();
        if let Some(directory) = directory {
            self.took_head_of_directory(&chat, directory)?;
        }
        if !self.keeps(Guard::Checkpoints) {
            return Ok(());
        }
        if seq >= own_seq {
            // It claims to have seen what the hub ordered after it: only possible if this device was shown less.
            return self.alarm(alarm::Kind::Missing, Some(&chat));
        }
        let own = self.state.roll.home.head().position;
        let heard_less = directory.is_some_and(|directory| directory.position < own);
        let room = self.room(id)?;
        let known = if seq == room.cursor {
            room.chain
        } else {
            self.chain_at(id, seq)?
        };
        match known {
            Some(known) if known != chain => {
                self.alarm(alarm::Kind::Forked, Some(&chat))?;
                self.freeze(id)
            }
            Some(_) if seq == self.room(id)?.cursor && !heard_less => {
                // Somebody said what this device would say.
                let room = self.room(id)?;
                room.fresh = false;
                room.checkpoint_at = None;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Returns one's own chain hash at an earlier number, if it is still known.
    pub(crate) fn chain_at(&self, id: RoomId, seq: u64) -> Result<Option<[u8; 32]>, Error> {
        use rusqlite::OptionalExtension as _;
        let mut query = self
            .db
            .prepare_cached("SELECT chain FROM log WHERE room = ?1 AND seq = ?2")?;
        Ok(query
            .query_row((id.0, seq as i64), |row| row.get(0))
            .optional()?)
    }

    /// Returns the first number behind which every chain hash is kept, with its own, or the last one that is known, if it is not above
    /// another number.
    pub(crate) fn chain_before(
        &self,
        id: RoomId,
        seq: u64,
    ) -> Result<Option<(u64, [u8; 32])>, Error> {
        use rusqlite::OptionalExtension as _;
        let mut query = self.db.prepare_cached(
            "SELECT seq, chain FROM log WHERE room = ?1 AND seq <= ?2
             AND seq > (SELECT max(seq) FROM log WHERE room = ?1) - ?3 ORDER BY seq LIMIT 1",
        )?;
        let found = query.query_row((id.0, seq as i64, KEPT_CHAINS), |row| {
            Ok((row.get::<_, i64>(0)? as u64, row.get(1)?))
        });
        match found.optional()? {
            Some(first) => Ok(Some(first)),
            None => self.chain_up_to(id, seq),
        }
    }

    /// Returns the last number up to another at which one's own chain hash is known, with it.
    fn chain_up_to(&self, id: RoomId, seq: u64) -> Result<Option<(u64, [u8; 32])>, Error> {
        use rusqlite::OptionalExtension as _;
        let mut query = self.db.prepare_cached(
            "SELECT seq, chain FROM log WHERE room = ?1 AND seq <= ?2 ORDER BY seq DESC LIMIT 1",
        )?;
        let found = query.query_row((id.0, seq as i64), |row| {
            Ok((row.get::<_, i64>(0)? as u64, row.get(1)?))
        });
        Ok(found.optional()?)
    }

    /// Keeps the chain hash at a number, and forgets those that nobody can ask for any more.
    pub(crate) fn keep_chain(&mut self, id: RoomId, kind: EventKind) -> Result<(), Error> {
        let room = self.room(id)?;
        let (seq, chain) = (room.cursor as i64, room.chain);
        let Some(chain) = chain else {
            return Ok(());
        };
        self.db
            .prepare_cached(
                "INSERT OR REPLACE INTO log (room, seq, chain, kind) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute((id.0, seq, chain, kind as i64))?;
        self.db
            .prepare_cached("DELETE FROM log WHERE room = ?1 AND seq = ?2 AND kind <> 1")?
            .execute((id.0, seq - KEPT_CHAINS))?;
        Ok(())
    }
}

/// Chain hashes that are kept of a room.
const KEPT_CHAINS: i64 = 1_000;
