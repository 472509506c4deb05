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
mod said;
mod set_back;
mod shorter;
mod welcome;

pub(crate) use create::{clean_title, direct_key, group_key};
pub(crate) use enter::{Entering, resume_entering};
pub(crate) use intent::Wanted;
pub(crate) use notice::Stored;

use crate::Error;
use crate::asked::{Purpose, read_events};
use crate::content::room_uri;
use crate::directory::Doubt;
use crate::state::Cx;
use rusqlite::{Connection, OptionalExtension as _};
use std::collections::BTreeMap;
use valise_wire::policy::RoomKind;
use valise_wire::request::ClaimedKeyPackage;
use valise_wire::{AccountId, OrganisationId, RoomId, Timestamp};

/// Where a room stands with its hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The hub does not have it yet.
    New = 0,
    /// This device is in it.
    Member = 1,
    /// This device is out of it.
    Out = 2,
}

/// A room in memory: its row, and what is only known here.
#[derive(Clone)]
pub(crate) struct RoomState {
    pub(crate) chat: String,
    pub(crate) kind: RoomKind,
    pub(crate) stage: Stage,
    pub(crate) cursor: u64,
    pub(crate) head: u64,
    pub(crate) chain: Option<[u8; 32]>,
    pub(crate) epoch: u64,
    pub(crate) people: u32,
    pub(crate) number: u64,
    pub(crate) frozen: bool,
    pub(crate) refused: bool,
    pub(crate) lost: bool,
    pub(crate) leaving: u8,
    pub(crate) fresh: bool,
    /// Whether the log had what this device sent and did not know.
    pub(crate) set_back: bool,
    /// The organisation on whose server it lives; none if it is one's own.
    pub(crate) hub: Option<OrganisationId>,
    /// Event up to which the past has brought everything.
    pub(crate) past: u64,
    /// Memory only, from here on. Whether something was said of its end since the last look.
    pub(crate) told: bool,
    /// No reading before this.
    pub(crate) read_at: Timestamp,
    /// The same as that, while the echo of something is awaited that may come by itself.
    pub(crate) echo_at: Timestamp,
    /// No sending or changing before this.
    pub(crate) retry_at: Timestamp,
    /// A commit has to be made at this time.
    pub(crate) commit_at: Option<Timestamp>,
    /// Last event that was taken when the hub was last asked: an answer that knows of less is of a hub that lost something.
    /// One that knows of less than was taken since may only have been overtaken by a push.
    pub(crate) asked_from: u64,
    /// Where the room stood when this device asked to come back, and the epoch that this begins.
    pub(crate) rejoining: Option<(u64, [u8; 32], u64)>,
    /// The event that is looked at again.
    pub(crate) judged: Option<Doubt>,
    /// Whether the last event was refused for good: in a flood of them, not each is fetched twice.
    pub(crate) rubbish: bool,
    /// Key packages for a commit to come.
    pub(crate) claimed: Vec<ClaimedKeyPackage>,
    /// No look at the wishes before this, and how often that was put off.
    pub(crate) wishes_at: Timestamp,
    pub(crate) put_off: u32,
    /// Accounts that had no key package lately.
    pub(crate) unclaimed: Vec<AccountId>,
    pub(crate) has_outbox: bool,
    pub(crate) has_intents: bool,
    pub(crate) has_pending: bool,
    /// When collected receipts are to be sent.
    pub(crate) receipts_at: Option<Timestamp>,
    /// When a checkpoint is due if nothing happens until then.
    pub(crate) checkpoint_at: Option<Timestamp>,
    /// Failures of the hub in a row.
    pub(crate) failures: u32,
    /// Commits that the hub refused in a row, and whether that was given up.
    pub(crate) refusals: u32,
    pub(crate) stuck: bool,
    /// Whether nothing is known of it but that the account is in it: not written yet.
    pub(crate) blank: bool,
    /// Whether a person said to take the room as the hub has it now.
    pub(crate) accepted: bool,
}

impl RoomState {
    /// Makes the memory of a room that is new here.
    pub(crate) fn new(chat: String, kind: RoomKind, stage: Stage) -> Self {
        Self {
            chat,
            kind,
            stage,
            cursor: 0,
            head: 0,
            chain: None,
            epoch: 0,
            people: 1,
            number: 0,
            frozen: false,
            refused: false,
            lost: false,
            leaving: 0,
            fresh: false,
            set_back: false,
            hub: None,
            past: 0,
            told: false,
            read_at: Timestamp(0),
            echo_at: Timestamp(0),
            retry_at: Timestamp(0),
            commit_at: None,
            asked_from: 0,
            rejoining: None,
            judged: None,
            rubbish: false,
            claimed: Vec::new(),
            wishes_at: Timestamp(0),
            put_off: 0,
            unclaimed: Vec::new(),
            has_outbox: false,
            has_intents: false,
            has_pending: false,
            receipts_at: None,
            checkpoint_at: None,
            failures: 0,
            refusals: 0,
            stuck: false,
            blank: false,
            accepted: false,
        }
    }

    /// Tells whether there are events to read.
    pub(crate) fn is_behind(&self) -> bool {
        self.stage == Stage::Member && self.head > self.cursor && !self.frozen
    }

    /// Tells whether its log is read on: also while this device cannot follow, to know what it comes back to.
    pub(crate) fn is_readable(&self) -> bool {
        self.stage == Stage::Member && !self.frozen
    }

    /// Lets a change that was given up be tried again, once.
    pub(crate) fn try_once_more(&mut self) {
        if std::mem::take(&mut self.stuck) {
            self.refusals = change::MOST_REFUSALS - 1;
            self.retry_at = Timestamp(0);
        }
    }

    /// Tells whether something can be done in it.
    pub(crate) fn is_usable(&self) -> bool {
        self.stage == Stage::Member && !self.frozen && !self.lost
    }
}

/// Reads a room's kind.
pub(crate) fn kind_of(number: i64) -> RoomKind {
    match number {
        0 => RoomKind::Direct,
        1 => RoomKind::Group,
        2 => RoomKind::Announcement,
        _ => RoomKind::Request,
    }
}

/// Reads all rooms.
pub(crate) fn load(store: &Connection) -> Result<BTreeMap<RoomId, RoomState>, Error> {
    let mut query = store.prepare(
        "SELECT id, chat, kind, stage, cursor, head, chain, epoch, people, number, frozen, refused, lost, leaving, fresh,
            EXISTS (SELECT 1 FROM outbox WHERE outbox.chat = room.chat),
            EXISTS (SELECT 1 FROM intent WHERE intent.room = room.id),
            EXISTS (SELECT 1 FROM pending WHERE pending.room = room.id),
            EXISTS (SELECT 1 FROM receipt WHERE receipt.room = room.id),
            ifnull((SELECT seq FROM past WHERE past.room = room.id), 0), set_back, hub
         FROM room",
    )?;
    let rows = query.query_map([], |row| {
        let stage = match row.get::<_, i64>(3)? {
            0 => Stage::New,
            1 => Stage::Member,
            _ => Stage::Out,
        };
        let mut state = RoomState::new(row.get(1)?, kind_of(row.get(2)?), stage);
        state.cursor = row.get::<_, i64>(4)? as u64;
        state.head = row.get::<_, i64>(5)? as u64;
        state.chain = row.get(6)?;
        state.epoch = row.get::<_, i64>(7)? as u64;
        state.people = row.get(8)?;
        state.number = row.get::<_, i64>(9)? as u64;
        state.frozen = row.get(10)?;
        state.refused = row.get(11)?;
        state.lost = row.get(12)?;
        state.leaving = row.get(13)?;
        state.fresh = row.get(14)?;
        state.has_outbox = row.get(15)?;
        state.has_intents = row.get(16)?;
        state.has_pending = row.get(17)?;
        state.receipts_at = row.get::<_, bool>(18)?.then_some(Timestamp(0));
        state.past = row.get::<_, i64>(19)? as u64;
        state.set_back = row.get(20)?;
        state.hub = row.get::<_, Option<[u8; 32]>>(21)?.map(OrganisationId);
        state.checkpoint_at = state.fresh.then_some(Timestamp(0));
        // A proposal may wait in a room since before the restart.
        state.commit_at = (stage == Stage::Member).then_some(Timestamp(0));
        Ok((RoomId(row.get(0)?), state))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

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

    /// Writes a room's row.
    pub(crate) fn save_room(&mut self, id: RoomId) -> Result<(), Error> {
        let room = self
            .state
            .rooms
            .get(&id)
            .ok_or(Error::Bug("a room is not known"))?;
        self.db
            .prepare_cached(
                "INSERT INTO room (id, chat, kind, stage, cursor, head, chain, epoch, people, number, frozen, refused, lost,
                    leaving, fresh, set_back, hub)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
                 ON CONFLICT (id) DO UPDATE SET chat = ?2, kind = ?3, stage = ?4, cursor = ?5, head = ?6, chain = ?7,
                    epoch = ?8, people = ?9, number = ?10, frozen = ?11, refused = ?12, lost = ?13, leaving = ?14, fresh = ?15,
                    set_back = ?16, hub = ?17",
            )?
            .execute(rusqlite::params![
                id.0,
                room.chat,
                room.kind as i64,
                room.stage as i64,
                room.cursor as i64,
                room.head as i64,
                room.chain,
                room.epoch as i64,
                room.people,
                room.number as i64,
                room.frozen,
                room.refused,
                room.lost,
                room.leaving,
                room.fresh,
                room.set_back,
                room.hub.map(|hub| hub.0),
            ])?;
        let chat = room.chat.clone();
        self.state.dirty.chat(&chat);
        Ok(())
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
