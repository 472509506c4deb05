//! Who holds an office is in the rooms of its open requests: who comes to hold it is brought in, who holds it no longer is put out.

use super::row::RequestEntry;
use crate::Error;
use crate::rooms::Wanted;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use std::collections::BTreeSet;
use valise_directory::fold::OfficeEntry;
use valise_wire::{AccountId, OfficeId, RoomId, from_bytes, to_bytes};

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

    fn tend_office(&mut self, entry: &RequestEntry) -> Result<(), Error> {
        let me = self.account()?.account;
        let room = entry.room;
        let usable = self.state.rooms.get(&room).is_some_and(|it| it.is_usable());
        if !usable || !self.is_owner(room, me)? {
            return Ok(());
        }
        let given = entry.given.filter(|_| entry.incoming);
        let tended = self.tended(room, given)?;
        let known = given.or(tended.as_ref().map(|(office, _)| *office));
        let Some(office) = known.or_else(|| self.office_called(entry)) else {
            return Ok(());
        };
        let holders: BTreeSet<AccountId> = self.state.roll.home.holders(office).collect();
        let former = tended.map(|(_, former)| former);
        if former.as_ref() == Some(&holders) {
            return Ok(());
        }
        let members = self.members_of(room)?;
        // Whoever goes could be put out between bringing somebody in and telling him what was said; who stays does both.
        if !holders.contains(&me) && !holders.is_disjoint(&members) {
            return Ok(());
        }
        for holder in holders.difference(&members) {
            self.want(room, Wanted::Add(*holder))?;
            self.want(room, Wanted::Owner(*holder, true))?;
        }
        // Whoever was brought in for himself stays.
        for gone in former.unwrap_or_default().difference(&holders) {
            if members.contains(gone) && *gone != me {
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

    /// Returns the office of one's own that a request names; none if it names none that there is.
    pub(super) fn office_called(&self, entry: &RequestEntry) -> Option<OfficeId> {
        let name = if entry.incoming {
            &entry.office
        } else {
            &entry.asking
        };
        let is_called = |office: &&OfficeEntry| {
            let details = office.details.as_ref();
            details.is_some_and(|details| Some(details.name.as_str()) == name.as_deref())
        };
        let mut offices = self.state.roll.home.offices();
        Some(offices.find(is_called)?.id)
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

    pub(crate) fn members_of(&self, room: RoomId) -> Result<BTreeSet<AccountId>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT account FROM member WHERE room = ?1")?;
        let members = query.query_map([room.0], |row| row.get(0).map(AccountId))?;
        Ok(members.collect::<Result<_, _>>()?)
    }
}
