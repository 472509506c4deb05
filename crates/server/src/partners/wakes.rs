//! What of a room that crosses is worth waking somebody for. A log does not keep it: it is known in memory, of what was said since the
//! server runs. Of what was said before nothing is known, and then rather somebody is woken once too often.

use super::Partners;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, MutexGuard, PoisonError};
use valise_mls::chain::digest;
use valise_wire::push::{Event, EventKind};
use valise_wire::request::Send;
use valise_wire::{AccountId, RoomId};

/// Rooms of which it is known, at most; beyond that it is forgotten of all in which nothing is just being said.
const MOST_ROOMS: usize = 65_536;
/// Messages that were carried to hubs and are expected back, at most.
const MOST_CARRIED: usize = 1_024;

/// What is known of that.
#[derive(Default)]
pub(super) struct Wakes {
    rooms: HashMap<RoomId, Room>,
    /// Messages that devices of one's own have said in rooms that live elsewhere, by their digests.
    carried: VecDeque<([u8; 32], AccountId)>,
}

#[derive(Default)]
struct Room {
    /// First number from which on it is known; none while nothing is.
    from: Option<u64>,
    /// Last number that wakes.
    last: u64,
    /// Messages that will wake, and may stand in the log already.
    coming: usize,
}

impl Wakes {
    fn room(&mut self, room: RoomId) -> &mut Room {
        if self.rooms.len() >= MOST_ROOMS && !self.rooms.contains_key(&room) {
            self.rooms.retain(|_, room| room.coming > 0);
        }
        self.rooms.entry(room).or_default()
    }

    fn says(&mut self, room: RoomId) {
        self.room(room).coming += 1;
    }

    fn said(&mut self, room: RoomId, seq: u64, wakes: bool) {
        let room = self.room(room);
        room.from = Some(room.from.map_or(seq, |from| from.min(seq)));
        if wakes {
            room.last = room.last.max(seq);
        }
    }

    /// Tells whether to wake for the events behind `after` up to `last`. What wakes behind them wakes by itself.
    fn wakes(&self, room: RoomId, after: u64, last: u64) -> bool {
        let Some(room) = self.rooms.get(&room) else {
            return true;
        };
        let is_known = room.from.is_some_and(|from| from <= after + 1);
        !is_known || room.coming > 0 || (after + 1..=last).contains(&room.last)
    }
}

/// A message that is on its way into the log of a room.
pub(crate) struct Saying {
    partners: Arc<Partners>,
    room: RoomId,
    wakes: bool,
}

impl Saying {
    /// Takes the message's place in the log.
    pub(crate) fn at(self, seq: u64) {
        self.partners.heard().said(self.room, seq, self.wakes);
    }
}

impl Drop for Saying {
    fn drop(&mut self) {
        let mut heard = self.partners.heard();
        if let Some(room) = heard.rooms.get_mut(&self.room).filter(|_| self.wakes) {
            room.coming -= 1;
        }
    }
}

impl Partners {
    /// Begins to say something in a room that others follow.
    pub(crate) fn saying(self: &Arc<Self>, room: RoomId, wakes: bool) -> Saying {
        if wakes {
            self.heard().says(room);
        }
        Saying {
            partners: Arc::clone(self),
            room,
            wakes,
        }
    }

    /// Tells whether a part of a room's log may be worth waking somebody for.
    pub(super) fn may_wake(&self, room: RoomId, after: u64, last: u64) -> bool {
        self.heard().wakes(room, after, last)
    }

    /// Takes it that somebody says this in a room that lives elsewhere.
    pub(super) fn carries(&self, message: &Send, author: AccountId) {
        let said = (digest(&message.message), author);
        let mut heard = self.heard();
        if heard.carried.contains(&said) {
            return;
        }
        if heard.carried.len() >= MOST_CARRIED {
            heard.carried.pop_front();
        }
        heard.carried.push_back(said);
    }

    /// Returns who has said all that these events say, if it is one account of one's own; nobody otherwise.
    pub(super) fn author(&self, events: &[Event]) -> AccountId {
        let nobody = AccountId([0; 16]);
        let messages = events.iter().filter(|it| it.kind == EventKind::Message);
        // Before the lock: a part of a log can be long.
        let said: Vec<[u8; 32]> = messages.map(|event| digest(&event.body)).collect();
        let heard = self.heard();
        let mut authors = said.iter().map(|of| {
            let mut carried = heard.carried.iter();
            let found = carried.find(|(digest, _)| digest == of);
            found.map_or(nobody, |(_, author)| *author)
        });
        let first = authors.next().unwrap_or(nobody);
        if authors.all(|author| author == first) {
            first
        } else {
            nobody
        }
    }

    fn heard(&self) -> MutexGuard<'_, Wakes> {
        self.wakes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: RoomId = RoomId([1; 16]);

    #[test]
    fn what_was_said_since_the_server_runs_is_known() {
        let mut wakes = Wakes::default();
        assert!(wakes.wakes(ROOM, 4, 5), "nothing is known");
        wakes.said(ROOM, 6, false);
        assert!(!wakes.wakes(ROOM, 5, 6));
        assert!(wakes.wakes(ROOM, 4, 6), "what came before is not");
        wakes.said(ROOM, 7, true);
        wakes.said(ROOM, 8, false);
        assert!(wakes.wakes(ROOM, 5, 8) && wakes.wakes(ROOM, 6, 7));
        assert!(!wakes.wakes(ROOM, 7, 8));
        assert!(!wakes.wakes(ROOM, 5, 6), "the next part wakes");
    }

    #[test]
    fn what_may_stand_in_the_log_already_wakes() {
        let mut wakes = Wakes::default();
        wakes.said(ROOM, 6, false);
        wakes.says(ROOM);
        assert!(wakes.wakes(ROOM, 6, 7));
    }

    #[test]
    fn it_is_known_of_so_many_rooms_and_of_all_in_which_something_is_being_said() {
        let mut wakes = Wakes::default();
        wakes.says(ROOM);
        for number in 0..MOST_ROOMS as u128 + 100 {
            wakes.said(RoomId((number << 8).to_be_bytes()), 6, false);
            assert!(wakes.rooms.len() <= MOST_ROOMS);
        }
        assert!(wakes.rooms.contains_key(&ROOM));
    }
}
