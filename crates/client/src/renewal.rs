//! A new key for the account of somebody who lost every device: what registrars say, what the account's devices see, and the
//! way of the new device. See `spec/renewal.md`.

mod newcomer;
mod registrar;

use crate::Error;
use crate::account::Secret;
use crate::rooms::Stored;
use crate::state::Cx;
use crate::store::Setting;
use rusqlite::{Connection, OptionalExtension as _};
use std::collections::BTreeSet;
use valise_directory::fold::{RenewalEntry, RenewalState};
use valise_directory::renewal::veto;
use valise_views::{Outcome, Renewal, Trouble};
use valise_wire::{AccountId, RenewalId, RoomId, Timestamp, record};

record! {
    /// This device waits for a new key of its account, or goes back into the rooms with it.
    pub struct Renewing {
        /// By which offer.
        pub renewal: RenewalId,
        /// What the renewal is signed with; none once the account has its new key.
        pub key: Option<Secret>,
        /// Rooms to come back into, once they are known.
        pub rooms: Option<Vec<RoomId>>,
    }
}

/// What is known in memory of the renewal in which this device becomes the account's.
#[derive(Default)]
pub(crate) struct Renewals {
    renewing: Option<Renewing>,
    log_read: bool,
    retry_at: Timestamp,
    /// Whether the rooms to come back into stand among the others, since this start.
    adopted: bool,
}

impl Renewals {
    /// Reads it from the store.
    pub(crate) fn load(store: &Connection) -> Result<Self, Error> {
        Ok(Self {
            renewing: Setting::Renewing.get(store)?,
            ..Self::default()
        })
    }

    /// Tells whether this device waits for the new key.
    pub(crate) fn is_waiting(&self) -> bool {
        let renewing = self.renewing.as_ref();
        renewing.is_some_and(|renewing| renewing.key.is_some())
    }

    /// Tells whether rooms are to be taken as the hub has them.
    pub(crate) fn is_returning(&self) -> bool {
        let renewing = self.renewing.as_ref();
        renewing.is_some_and(|renewing| renewing.key.is_none())
    }
}

impl Cx<'_> {
    /// Stops the renewal of one's own account.
    pub(crate) fn stop_renewal(&mut self, number: u64) -> Result<(), Error> {
        let account = self.account()?;
        let roll = self.state.roll.clone();
        match roll.home.renewal_of(account.account, self.now) {
            Some(entry) => {
                let statement = veto(&entry.offer, &account.account_key(), self.now);
                self.publish(Some(number), Outcome::Done, statement)
            }
            None => self.fail(number, Trouble::NotFound),
        }
    }

    /// Returns the renewal of one's own account that this device can still stop.
    pub(crate) fn threatening_renewal(&self) -> Option<Renewal> {
        let account = self.state.account.as_ref()?;
        if self.is_revoked() {
            return None;
        }
        let entry = self.state.roll.home.renewal_of(account.account, self.now)?;
        Some(self.shown_renewal(entry))
    }

    /// Returns what a registrar sees of somebody's renewal.
    pub(crate) fn renewal_for_registrars(&self, who: AccountId) -> Result<Option<Renewal>, Error> {
        let me = self.state.account.as_ref().map(|account| account.account);
        if !me.is_some_and(|me| self.state.roll.home.is_registrar(me)) {
            return Ok(None);
        }
        let Some(entry) = self.state.roll.home.renewal_of(who, self.now) else {
            return Ok(None);
        };
        let mut query = self
            .db
            .prepare_cached("SELECT url FROM link WHERE invitation = ?1")?;
        let link = query.query_row([entry.offer.id.0], |row| row.get(0));
        let link = link.optional()?;
        Ok(Some(Renewal {
            link,
            ..self.shown_renewal(entry)
        }))
    }

    fn shown_renewal(&self, entry: &RenewalEntry) -> Renewal {
        let roll = &self.state.roll;
        let account = self.state.account.as_ref();
        let organisation = roll.home.organisation();
        let organisation = organisation.and_then(|organisation| organisation.name.clone());
        let confirmation = entry.confirmation.as_ref();
        Renewal {
            person: roll.name(entry.offer.account),
            organisation: organisation.unwrap_or_default(),
            asked_by: roll.name(entry.offer.by),
            asked_at: entry.offer.created_at.0,
            is_mine: account.is_some_and(|account| account.account == entry.offer.by),
            confirmed_by: confirmation.map(|confirmation| roll.name(confirmation.by)),
            takes_effect_at: confirmation.map(|confirmation| confirmation.not_before.0),
            state: match entry.state {
                RenewalState::Vetoed => valise_views::RenewalState::Stopped,
                _ if entry.is_open(self.now) => valise_views::RenewalState::Open,
                _ => valise_views::RenewalState::Over,
            },
            link: None,
        }
    }

    /// Says in every chat with somebody that he has a new key, and who said so.
    pub(crate) fn say_renewed(&mut self, who: AccountId, by: RenewalId) -> Result<(), Error> {
        let notice = Stored::Renewed(who, self.registrars_of(by));
        let mut query = self
            .db
            .prepare_cached("SELECT room FROM member WHERE account = ?1")?;
        let rooms = query.query_map([who.0], |row| row.get(0).map(RoomId))?;
        let rooms: Vec<RoomId> = rooms.collect::<Result<_, _>>()?;
        let mut told = BTreeSet::new();
        for id in rooms {
            let Some(room) = self.state.rooms.get(&id).filter(|room| room.is_member()) else {
                continue;
            };
            let chat = room.chat.clone();
            if told.insert(chat.clone()) {
                self.add_notice(&chat, Some(id), who, &notice)?;
            }
        }
        Ok(())
    }

    /// Returns the registrars who gave this account its key, on the device that came by it.
    pub(crate) fn own_renewal(&self) -> Option<Vec<AccountId>> {
        let renewing = self.state.renewals.renewing.as_ref()?;
        Some(self.registrars_of(renewing.renewal))
    }

    fn registrars_of(&self, renewal: RenewalId) -> Vec<AccountId> {
        let Some(entry) = self.state.roll.home.renewal(renewal) else {
            return Vec::new();
        };
        let second = entry.confirmation.as_ref();
        let second = second.map(|confirmation| confirmation.by);
        [Some(entry.offer.by), second]
            .into_iter()
            .flatten()
            .collect()
    }
}
