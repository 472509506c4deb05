//! Rooms: what the core holds of each in memory, and what each needs next.

mod change;
mod claim;
mod create;
mod enter;
mod events;
mod intent;
mod leave;
mod link;
mod notice;
mod plan;
mod rejoin;
mod residency;
mod said;
mod set_back;
mod shorter;
mod state;
mod welcome;

pub(crate) use create::{clean_title, direct_key, group_key};
pub(crate) use enter::{Entering, resume_entering};
pub(crate) use intent::Wanted;
pub(crate) use notice::Stored;
pub(crate) use residency::rule_of;
pub(crate) use state::{RoomState, Stage, kind_of, load};

use crate::Error;
use crate::asked::{Purpose, read_events};
use crate::content::room_uri;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_wire::{AccountId, RoomId};

impl Cx<'_> {
    /// Returns a room that must be known.
    pub(crate) fn room(&mut self, room: RoomId) -> Result<&mut RoomState, Error> {
        self.state
            .rooms
            .get_mut(&room)
            .ok_or(Error::Bug("a room is not known"))
    }

    /// Returns how content names a room: by the domain of the organisation on whose server it lives.
    pub(crate) fn room_name(&self, room: RoomId) -> Result<String, Error> {
        let state = self.state.rooms.get(&room);
        let hub = state.and_then(|state| state.hub);
        let roll = &self.state.roll;
        let organisation = hub.and_then(|hub| roll.organisation(hub)?.organisation());
        match organisation {
            Some(organisation) => Ok(room_uri(&organisation.domain, room)),
            None => Ok(room_uri(&self.account()?.domain, room)),
        }
    }

    /// Tells whether an event is one of which the past has brought everything that is shown.
    pub(crate) fn is_past(&mut self, room: RoomId, seq: u64) -> Result<bool, Error> {
        Ok(seq <= self.room(room)?.past)
    }

    /// Does what rooms need now.
    pub(crate) fn advance_rooms(&mut self) -> Result<(), Error> {
        self.advance_new_chats()?;
        let ids: Vec<RoomId> = self.state.rooms.keys().copied().collect();
        for id in ids {
            self.advance_room(id)?;
        }
        Ok(())
    }

    fn advance_room(&mut self, id: RoomId) -> Result<(), Error> {
        let room = self.room(id)?.clone();
        match room.stage {
            Stage::New => return self.advance_creation(id, &room),
            Stage::Out => return Ok(()),
            Stage::Member if room.frozen => return Ok(()),
            Stage::Member => {}
        }
        // What is taken as the hub has it is not read up to there first.
        let is_taken_as_it_is = room.lost && room.accepted;
        if room.is_behind() && !is_taken_as_it_is {
            return self.advance_reading(id, &room);
        }
        if room.lost {
            return self.advance_rejoin(id, &room);
        }
        if room.stuck {
            return Ok(());
        }
        if self.advance_change(id, &room)? {
            return Ok(());
        }
        self.advance_outbox(id)?;
        self.advance_receipts(id)?;
        self.advance_checkpoint(id)
    }

    fn advance_reading(&mut self, id: RoomId, room: &RoomState) -> Result<(), Error> {
        let reading =
            self.is_asking(|purpose| matches!(purpose, Purpose::Events { room } if *room == id));
        if !reading && self.is_due(room.read_at) {
            let asked = self.room(id)?;
            (asked.asked_from, asked.told) = (room.cursor, false);
            let request = read_events(id, room.cursor);
            self.ask_home(Purpose::Events { room: id }, request)?;
        }
        Ok(())
    }

    /// Waits before the hub is asked again about a room.
    pub(crate) fn room_failed(&mut self, id: RoomId, at_least: Option<u64>) -> Result<(), Error> {
        let failures = self.room(id)?.failures.min(6);
        let pause = (250u64 << failures).max(at_least.unwrap_or(0));
        let pause = pause + self.jitter(pause / 2 + 1);
        let now = self.now;
        let room = self.room(id)?;
        room.failures += 1;
        room.retry_at = now.plus_millis(pause);
        Ok(())
    }

    /// Hears that a room has events up to a number.
    pub(crate) fn room_moved(&mut self, id: RoomId, head: u64) {
        let now = self.now;
        if let Some(room) = self.state.rooms.get_mut(&id) {
            room.head = room.head.max(head);
            room.told = true;
            // Of rooms that live elsewhere one's own server brings no events: this is all that comes of an echo.
            if head > room.cursor && room.read_at == room.echo_at {
                room.read_at = room.read_at.min(now);
            }
        }
    }

    /// After the directory was read, rooms that waited for it look again, and revoked devices are looked for. After `news`,
    /// what was given up is tried again.
    pub(crate) fn rooms_may_be_judged_anew(&mut self, news: bool) {
        let now = self.now;
        for room in self
            .state
            .rooms
            .values_mut()
            .filter(|room| room.is_usable())
        {
            room.read_at = now;
            room.commit_at = Some(room.commit_at.unwrap_or(now));
            room.unclaimed.clear();
            room.wishes_at = now;
            if news {
                room.try_once_more();
            }
        }
    }

    /// Notes that an account ended: it goes from every room, whatever the hub proposes or withholds.
    pub(crate) fn account_ended(&mut self, ended: AccountId) -> Result<(), Error> {
        let me = self.account()?.account;
        if me == ended {
            return self.own_account_ended();
        }
        let mut query = self
            .db
            .prepare_cached("SELECT room FROM member WHERE account = ?1")?;
        let rooms = query.query_map([ended.0], |row| row.get(0).map(RoomId))?;
        let rooms: Vec<RoomId> = rooms.collect::<Result<_, _>>()?;
        for id in rooms {
            self.schedule_commit(id)?;
            if self.nobody_is_left(id)? {
                let chat = self.room(id)?.chat.clone();
                self.fail_waiting(&chat)?;
            }
        }
        Ok(())
    }

    /// Lets a commit be made soon: by an owner first, by others a little later, each at another time.
    pub(crate) fn schedule_commit(&mut self, id: RoomId) -> Result<(), Error> {
        let me = self.account()?.account;
        let owner: Option<bool> = self
            .db
            .prepare_cached("SELECT owner FROM member WHERE room = ?1 AND account = ?2")?
            .query_row((id.0, me.0), |row| row.get(0))
            .optional()?;
        let pause = match owner {
            Some(true) => self.jitter(300),
            _ => 500 + self.jitter(2_500),
        };
        let at = self.now.plus_millis(pause);
        if let Some(room) = self.state.rooms.get_mut(&id) {
            room.commit_at = Some(
                room.commit_at
                    .filter(|earlier| *earlier <= at && earlier.0 > 0)
                    .unwrap_or(at),
            );
        }
        self.wake_at(at);
        Ok(())
    }
}
