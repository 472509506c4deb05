//! What this device wants to change in a room. A wish survives crashes and lost races: after every epoch it is derived anew
//! what of it is left to do.

use crate::Error;
use crate::residency::taken_in;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_views::{ChatId, Outcome, PersonId, Trouble};
use valise_wire::policy::RoomKind;
use valise_wire::{AccountId, DeviceId, RoomId};

/// Time over which devices spread what they try again when a partner is back.
const MOMENT_MILLIS: u64 = 2_000;

/// One wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    Add(AccountId),
    Remove(AccountId),
    Owner(AccountId, bool),
    Announcement(bool),
    /// A device of one's own account that is to come in.
    Device(DeviceId),
    /// A link, the only one, by its id.
    Link([u8; 16]),
    NoLink,
    /// The rule about whose people are in it that the room's row wants.
    Residency,
}

impl Wanted {
    /// The kind of wish for a device, as it is stored.
    pub(crate) const DEVICE: i64 = 6;
    /// The kind of wish for a link, as it is stored.
    pub(crate) const LINK: i64 = 7;
    /// The kind of wish for no link, as it is stored.
    pub(crate) const NO_LINK: i64 = 8;
    /// The kind of wish for a rule, as it is stored.
    pub(crate) const RESIDENCY: i64 = 9;

    fn to_row(self) -> (i64, Option<[u8; 16]>) {
        match self {
            Self::Add(who) => (0, Some(who.0)),
            Self::Remove(who) => (1, Some(who.0)),
            Self::Owner(who, true) => (2, Some(who.0)),
            Self::Owner(who, false) => (3, Some(who.0)),
            Self::Announcement(true) => (4, None),
            Self::Announcement(false) => (5, None),
            Self::Device(device) => (Self::DEVICE, Some(device.0)),
            Self::Link(id) => (Self::LINK, Some(id)),
            Self::NoLink => (Self::NO_LINK, None),
            Self::Residency => (Self::RESIDENCY, None),
        }
    }

    pub(super) fn from_row(kind: i64, account: Option<[u8; 16]>) -> Self {
        let who = AccountId(account.unwrap_or_default());
        match kind {
            0 => Self::Add(who),
            1 => Self::Remove(who),
            2 => Self::Owner(who, true),
            3 => Self::Owner(who, false),
            4 => Self::Announcement(true),
            Self::DEVICE => Self::Device(DeviceId(who.0)),
            Self::LINK => Self::Link(who.0),
            Self::NO_LINK => Self::NoLink,
            Self::RESIDENCY => Self::Residency,
            _ => Self::Announcement(false),
        }
    }
}

impl Cx<'_> {
    /// Stores a wish.
    /// Wants something no longer.
    pub(crate) fn unwant(&mut self, room: RoomId, wanted: Wanted) -> Result<(), Error> {
        let (kind, account) = wanted.to_row();
        self.db
            .prepare_cached("DELETE FROM intent WHERE room = ?1 AND kind = ?2 AND account IS ?3")?
            .execute((room.0, kind, account))?;
        self.count_wishes(room)
    }

    pub(crate) fn want(&mut self, room: RoomId, wanted: Wanted) -> Result<(), Error> {
        let (kind, account) = wanted.to_row();
        self.db
            .prepare_cached("INSERT INTO intent (room, kind, account) VALUES (?1, ?2, ?3)")?
            .execute((room.0, kind, account))?;
        let now = self.now;
        let state = self.room(room)?;
        state.has_intents = true;
        state.wishes_at = now;
        state.put_off = 0;
        let chat = state.chat.clone();
        self.state.dirty.chat(&chat);
        Ok(())
    }

    /// Looks at all wishes now: what they waited for is there.
    pub(crate) fn hurry_wishes(&mut self) {
        let now = self.now;
        for room in self
            .state
            .rooms
            .values_mut()
            .filter(|room| room.has_intents)
        {
            room.unclaimed.clear();
            room.wishes_at = now;
            room.put_off = 0;
        }
    }

    /// Tries again what the server of another organisation did not answer, which may be there again: whom it could not give out is asked for
    /// now, and what waits in its rooms goes out within a moment, not from all devices at once.
    pub(crate) fn hurry_elsewhere(&mut self) {
        let now = self.now;
        let soon = now.plus_millis(self.jitter(MOMENT_MILLIS));
        let state = &mut *self.state;
        let (home, rooms) = (&state.roll.home, state.rooms.values_mut());
        for room in rooms {
            if room.failures > 0 {
                room.retry_at = room.retry_at.min(soon);
            }
            let waits = room.unclaimed.len();
            room.unclaimed.retain(|who| home.account(*who).is_some());
            if room.has_intents && room.unclaimed.len() < waits {
                room.wishes_at = now;
            }
        }
    }

    /// Returns a chat's room, if it is a group in which this device is, and whether one is an owner.
    fn manageable(&self, chat: &ChatId) -> Result<Result<RoomId, Trouble>, Error> {
        let found = self.state.rooms.iter().find(|(_, room)| {
            room.chat == chat.0 && room.stage != super::Stage::Out && room.kind != RoomKind::Direct
        });
        let Some((id, room)) = found else {
            return Ok(Err(Trouble::NotFound));
        };
        let me = self.account()?.account;
        if room.frozen || !self.is_owner(*id, me)? {
            return Ok(Err(Trouble::NotAllowed));
        }
        Ok(Ok(*id))
    }

    /// Tells whether an account is owner of a room.
    pub(crate) fn is_owner(&self, room: RoomId, account: AccountId) -> Result<bool, Error> {
        let owner: Option<bool> = self
            .db
            .prepare_cached("SELECT owner FROM member WHERE room = ?1 AND account = ?2")?
            .query_row((room.0, account.0), |row| row.get(0))
            .optional()?;
        Ok(owner.unwrap_or(false))
    }

    /// Does something in a room that an owner alone may.
    pub(crate) fn manage(
        &mut self,
        number: u64,
        chat: &ChatId,
        work: impl FnOnce(&mut Self, RoomId) -> Result<Result<(), Trouble>, Error>,
    ) -> Result<(), Error> {
        let room = match self.manageable(chat)? {
            Ok(room) => room,
            Err(trouble) => return self.fail(number, trouble),
        };
        match work(self, room)? {
            Ok(()) => self.outcome(number, Outcome::Done),
            Err(trouble) => self.fail(number, trouble)?,
        }
        Ok(())
    }

    pub(crate) fn add_members(
        &mut self,
        room: RoomId,
        people: &[PersonId],
    ) -> Result<Result<(), Trouble>, Error> {
        let Some(people) = self.active_people(people) else {
            return Ok(Err(Trouble::NotFound));
        };
        let wanted = taken_in(self.room(room)?.kind);
        if let Some(trouble) = self.barred(people.iter().copied(), wanted) {
            return Ok(Err(trouble));
        }
        if let Some(trouble) = self.ruled_out(room, people.iter().copied())? {
            return Ok(Err(trouble));
        }
        for person in people {
            self.want(room, Wanted::Add(person))?;
        }
        Ok(Ok(()))
    }

    pub(crate) fn want_of(
        &mut self,
        room: RoomId,
        person: &PersonId,
        wanted: impl FnOnce(AccountId) -> Wanted,
    ) -> Result<Result<(), Trouble>, Error> {
        let Some(person) = AccountId::from_hex(&person.0) else {
            return Ok(Err(Trouble::NotFound));
        };
        let wanted = wanted(person);
        let me = self.account()?.account;
        let gives_up = matches!(wanted, Wanted::Owner(_, false) | Wanted::Remove(_));
        if gives_up && person == me && self.other_owners(room)? == 0 {
            return Ok(Err(Trouble::LastOwner));
        }
        if matches!(wanted, Wanted::Remove(who) if who == me) {
            return Ok(Err(Trouble::NotAllowed));
        }
        self.want(room, wanted)?;
        Ok(Ok(()))
    }

    /// Counts the owners beside oneself.
    pub(super) fn other_owners(&self, room: RoomId) -> Result<u32, Error> {
        let me = self.account()?.account;
        let mut query = self.db.prepare_cached(
            "SELECT count(*) FROM member WHERE room = ?1 AND owner = 1 AND account <> ?2",
        )?;
        Ok(query.query_row((room.0, me.0), |row| row.get(0))?)
    }
}
