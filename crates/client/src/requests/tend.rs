//! Who holds an office is in the rooms of its open requests: who comes to hold it is brought in, who holds it no longer is put out.

use super::row::RequestEntry;
use crate::Error;
use crate::rooms::Wanted;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use std::collections::BTreeSet;
use valise_wire::{AccountId, RoomId, from_bytes, to_bytes};

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
        let office = if entry.incoming {
            &entry.office
        } else {
            &entry.asking
        };
        let Some(holders) = office.as_deref().and_then(|name| self.holders_of(name)) else {
            return Ok(());
        };
        let room = entry.room;
        let usable = self.state.rooms.get(&room).is_some_and(|it| it.is_usable());
        if !usable || !self.is_owner(room, me)? {
            return Ok(());
        }
        let former = self.tended(room)?;
        if former.as_ref() == Some(&holders) {
            return Ok(());
        }
        let members = self.members_of(room)?;
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
            .prepare_cached("INSERT OR REPLACE INTO tended (room, holders) VALUES (?1, ?2)")?
            .execute((room.0, to_bytes(&Vec::from_iter(holders))))?;
        Ok(())
    }

    /// Returns who holds an office of one's own that is called so; none if there is none.
    fn holders_of(&self, name: &str) -> Option<BTreeSet<AccountId>> {
        let home = &self.state.roll.home;
        let is_called = |office: &&valise_directory::fold::OfficeEntry| {
            let details = office.details.as_ref();
            details.is_some_and(|details| details.name.as_str() == name)
        };
        let office = home.offices().find(is_called)?.id;
        Some(home.holders(office).collect())
    }

    fn tended(&self, room: RoomId) -> Result<Option<BTreeSet<AccountId>>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT holders FROM tended WHERE room = ?1")?;
        let found: Option<Vec<u8>> = query.query_row([room.0], |row| row.get(0)).optional()?;
        let read = |bytes: Vec<u8>| from_bytes::<Vec<AccountId>>(&bytes).ok();
        Ok(found.and_then(read).map(BTreeSet::from_iter))
    }

    pub(super) fn members_of(&self, room: RoomId) -> Result<BTreeSet<AccountId>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT account FROM member WHERE room = ?1")?;
        let members = query.query_map([room.0], |row| row.get(0).map(AccountId))?;
        Ok(members.collect::<Result<_, _>>()?)
    }
}
