//! Who holds an office is in the rooms of its open requests: who comes to hold it is brought in, who holds it no longer is put out.

use super::row::RequestEntry;
use crate::Error;
use crate::rooms::Wanted;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use std::collections::BTreeSet;
use valise_wire::{AccountId, OfficeId, RoomId, from_bytes, to_bytes};

/// Those who held an office; none if that was not noted.
type Holders = Option<BTreeSet<AccountId>>;

impl Cx<'_> {
    /// Looks after the rooms of all open requests: somebody else may hold an office now.
    pub(super) fn tend_offices(&mut self) -> Result<(), Error> {
        for entry in self.request_entries()? {
            if !entry.state.is_final() {
                self.tend_office(&entry)?;
            }
        }
        Ok(())
    }

    /// Looks after the room of a request for the first time: who goes later is told from who was here for himself by what is noted now.
    pub(super) fn tend_first(&mut self, room: RoomId) -> Result<(), Error> {
        if self.tended(room, None)?.is_some() {
            return Ok(());
        }
        match self.request_in(room)? {
            Some(entry) if !entry.state.is_final() => self.tend_office(&entry),
            _ => Ok(()),
        }
    }

    fn tend_office(&mut self, entry: &RequestEntry) -> Result<(), Error> {
        let me = self.account()?.account;
        let room = entry.room;
        let usable = self.state.rooms.get(&room).is_some_and(|it| it.is_usable());
        if !usable || !self.is_owner(room, me)? {
            return Ok(());
        }
        let Some((office, former)) = self.office_and_former(entry)? else {
            return Ok(());
        };
        let holders: BTreeSet<AccountId> = self.state.roll.home.holders(office).collect();
        if holders.is_empty() || former.as_ref() == Some(&holders) {
            // Where nobody holds it any more, who is in the room goes on.
            return Ok(());
        }
        let members = self.members_of(room)?;
        let goes = !holders.contains(&me);
        if goes && former.as_ref().is_some_and(|former| former.contains(&me)) {
            self.state.requests.parting.insert(room);
        }
        // Whoever goes could be put out between bringing somebody in and telling him what was said; who stays does both.
        if goes && !holders.is_disjoint(&members) {
            return Ok(());
        }
        let newcomers = holders.difference(&members).copied();
        if self.ruled_out(room, newcomers)?.is_some() {
            // Once the rule or what their organisation says of itself is another one, it is looked again.
            return Ok(());
        }
        for holder in holders.difference(&members) {
            self.want(room, Wanted::Add(*holder))?;
            self.want(room, Wanted::Owner(*holder, true))?;
        }
        if goes {
            return Ok(());
        }
        // Whoever was brought in for himself stays.
        for gone in former.unwrap_or_default().difference(&holders) {
            if members.contains(gone) {
                self.want(room, Wanted::Remove(*gone))?;
            }
        }
        self.db
            .prepare_cached(
                "INSERT OR REPLACE INTO tended (room, office, holders) VALUES (?1, ?2, ?3)",
            )?
            .execute((room.0, office.0, to_bytes(&Vec::from_iter(holders))))?;
        Ok(())
    }

    /// Leaves the rooms of requests of an office that this person holds no longer, once somebody who holds it is there and was told what was
    /// said, and all of one's own is out.
    pub(super) fn part(&mut self) -> Result<(), Error> {
        for room in self.state.requests.parting.clone() {
            let state = self.state.rooms.get(&room);
            let state = state.filter(|it| it.is_usable() && it.leaving == 0);
            let is_busy = state.map(|it| it.has_outbox || it.has_intents || it.has_pending);
            match is_busy {
                None => {}
                Some(true) => continue,
                Some(false) if self.has_deed(room)? || !self.is_replaced(room)? => continue,
                Some(false) => {
                    self.room(room)?.leaving = 1;
                    self.save_room(room)?;
                }
            }
            self.state.requests.parting.remove(&room);
        }
        Ok(())
    }

    /// Tells whether others hold the office that a room is about, and one of them is in it as an owner.
    fn is_replaced(&self, room: RoomId) -> Result<bool, Error> {
        let me = self.account()?.account;
        let Some(entry) = self.request_in(room)? else {
            return Ok(false);
        };
        let Some(office) = self.office_of(&entry)? else {
            return Ok(false);
        };
        let holders: Vec<AccountId> = self.state.roll.home.holders(office).collect();
        if holders.contains(&me) {
            return Ok(false);
        }
        for holder in holders {
            if self.is_owner(room, holder)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Returns the office of one's own that a request is about: to which it was given, or whose people were brought in, whatever it is called
    /// by now; otherwise the one that it names.
    pub(super) fn office_of(&self, entry: &RequestEntry) -> Result<Option<OfficeId>, Error> {
        let found = self.office_and_former(entry)?;
        Ok(found.map(|(office, _)| office))
    }

    /// The same, with who held it when somebody of it was last brought in or put out.
    fn office_and_former(
        &self,
        entry: &RequestEntry,
    ) -> Result<Option<(OfficeId, Holders)>, Error> {
        let given = entry.given.filter(|_| entry.incoming);
        let (tended, former) = self.tended(entry.room, given)?.unzip();
        let office = match given.or(tended) {
            Some(office) => Some(office),
            None => self.office_called(entry)?,
        };
        Ok(office.map(|office| (office, former)))
    }

    /// Returns the office of one's own that a request names; none if it names none that there is. Of two that are called the same it is that
    /// of which somebody is in the room.
    fn office_called(&self, entry: &RequestEntry) -> Result<Option<OfficeId>, Error> {
        let name = if entry.incoming {
            &entry.office
        } else {
            &entry.asking
        };
        let home = &self.state.roll.home;
        let Some(name) = name else {
            return Ok(None);
        };
        let mut called = home.offices_called(name);
        let first = called.next();
        let Some(second) = called.next() else {
            return Ok(first);
        };
        let members = self.members_of(entry.room)?;
        let all = first.into_iter().chain([second]).chain(called);
        let mut with_somebody =
            all.filter(|office| home.holders(*office).any(|it| members.contains(&it)));
        Ok(with_somebody.next())
    }

    /// Returns the office that is looked after, and who held it then. What was given to another one is that one's from then on; who held
    /// the former one stays in the room for himself.
    fn tended(
        &self,
        room: RoomId,
        given: Option<OfficeId>,
    ) -> Result<Option<(OfficeId, BTreeSet<AccountId>)>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT office, holders FROM tended WHERE room = ?1")?;
        let found: Option<([u8; 16], Vec<u8>)> = query
            .query_row([room.0], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let found = found.filter(|(office, _)| given.is_none_or(|given| given.0 == *office));
        Ok(found.and_then(|(office, holders)| {
            let holders: Vec<AccountId> = from_bytes(&holders).ok()?;
            Some((OfficeId(office), BTreeSet::from_iter(holders)))
        }))
    }

    /// Tells whether nobody else of one's own organisation could go on with a request that is not over.
    pub(crate) fn is_last_of_side(&self, room: RoomId) -> Result<bool, Error> {
        let me = self.account()?.account;
        let home = &self.state.roll.home;
        let others = self.members_of(room)?.into_iter().filter(|it| *it != me);
        for other in others.filter(|it| home.account(*it).is_some()) {
            if self.is_owner(room, other)? {
                return Ok(false);
            }
        }
        Ok(!self.is_request_over(room)?)
    }

    pub(crate) fn members_of(&self, room: RoomId) -> Result<BTreeSet<AccountId>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT account FROM member WHERE room = ?1")?;
        let members = query.query_map([room.0], |row| row.get(0).map(AccountId))?;
        Ok(members.collect::<Result<_, _>>()?)
    }
}
