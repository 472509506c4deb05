//! The device that opens the link: it waits with keys of its own, hands in the new key when its time has come, and goes back
//! into the rooms of its account, of which it knows nothing.

use super::Renewing;
use crate::Error;
use crate::account::{Account, NewDevice, Secret};
use crate::asked::{Got, Purpose, sort};
use crate::io::Failure;
use crate::rooms::{RoomState, Stage, direct_key, group_key};
use crate::state::Cx;
use crate::store::Setting;
use valise_directory::fold::{RenewalEntry, RenewalState};
use valise_directory::keys::RenewalKey;
use valise_directory::link::RenewalLink;
use valise_directory::renewal::{read_renewal, renew};
use valise_views::{Outcome, Renewal, Trouble};
use valise_wire::policy::{RoomKind, RoomPolicy};
use valise_wire::request::{GetRooms, Renew, Reply};
use valise_wire::{RoomId, Timestamp};

/// Time between two looks at the log.
const PAUSE_MILLIS: u64 = 30_000;
/// Time after a failure before the next try.
const RETRY_MILLIS: u64 = 5_000;

impl Cx<'_> {
    /// Begins to wait, with keys that are made once and stay.
    pub(crate) fn open_renewal(
        &mut self,
        number: u64,
        link: &str,
        name: &str,
    ) -> Result<(), Error> {
        if self.state.is_taken() {
            return self.fail(number, Trouble::AlreadyJoined);
        }
        let Ok(link) = RenewalLink::parse(link) else {
            return self.fail(number, Trouble::BadLink);
        };
        let device = NewDevice::generate(&self.state.random);
        self.name_device(device.id, name)?;
        let account_key = Secret(self.random());
        self.set_account(Account {
            origin: link.origin.clone(),
            domain: String::new(),
            organisation_name: String::new(),
            organisation: link.organisation,
            account: link.account,
            device: device.id,
            device_key: device.device_key,
            leaf_key: device.leaf_key,
            account_key,
            organisation_key: None,
            directory_key: Secret(*link.directory_key.to_bytes()),
            name: String::new(),
            address: String::new(),
            joined: false,
        })?;
        self.save_renewing(Some(Renewing {
            renewal: link.renewal,
            key: Some(Secret(*link.key.to_seed())),
            rooms: None,
        }))?;
        self.load_roll()?;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    fn save_renewing(&mut self, renewing: Option<Renewing>) -> Result<(), Error> {
        match &renewing {
            Some(renewing) => Setting::Renewing.set(self.db, renewing)?,
            None => Setting::Renewing.clear(self.db)?,
        }
        self.state.renewals.renewing = renewing;
        self.state.dirty.status = true;
        Ok(())
    }

    /// Reads the log, and hands in the new key once its time has come.
    pub(crate) fn advance_renewing(&mut self) -> Result<(), Error> {
        let renewing = self.state.renewals.renewing.as_ref();
        let Some(renewing) = renewing.filter(|renewing| renewing.key.is_some()) else {
            return Ok(());
        };
        let renewing = renewing.clone();
        let asking = |purpose: &Purpose| matches!(purpose, Purpose::ReadRenewal | Purpose::Renew);
        let retry_at = self.state.renewals.retry_at;
        if !self.state.line.online || self.is_asking(asking) || !self.is_due(retry_at) {
            return Ok(());
        }
        let Some(seed) = &renewing.key else {
            return Ok(());
        };
        let key = RenewalKey::from_seed(&seed.0);
        if !self.state.renewals.log_read {
            self.state.line.directory_asked = self.state.line.directory_head;
            let after = self.state.roll.home.head().position;
            let organisation = self.account()?.organisation;
            let request = read_renewal(organisation, renewing.renewal, after, &key);
            return self.ask_home(Purpose::ReadRenewal, request);
        }
        let roll = self.state.roll.clone();
        match roll.home.renewal(renewing.renewal) {
            Some(entry) if entry.is_open(self.now) => self.hand_in(entry, &key),
            Some(entry) if entry.state == RenewalState::Done => self.is_renewed(&renewing),
            // It came to nothing, and will not come to anything.
            _ => Ok(()),
        }
    }

    fn hand_in(&mut self, entry: &RenewalEntry, key: &RenewalKey) -> Result<(), Error> {
        let due = entry.confirmation.as_ref();
        let due = due.map(|confirmation| confirmation.not_before);
        if due.is_none_or(|due| self.now < due) {
            let next = self.now.plus_millis(PAUSE_MILLIS);
            self.state.renewals.retry_at = due.map_or(next, |due| due.min(next));
            self.state.renewals.log_read = false;
            self.wake_at(self.state.renewals.retry_at);
            return Ok(());
        }
        let account = self.account()?;
        let roll = self.state.roll.clone();
        let Some(known) = roll.home.account(account.account) else {
            return Ok(());
        };
        let device = NewDevice {
            id: account.device,
            device_key: account.device_key.clone(),
            leaf_key: account.leaf_key.clone(),
        };
        let new_key = account.account_key();
        let device = device.statement(self.now);
        let statement = renew(&entry.offer, key, known, &new_key, device, self.now);
        self.ask_home(Purpose::Renew, Renew { statement })
    }

    pub(crate) fn took_renewal_log(&mut self, result: Result<Reply, Failure>) -> Result<(), Error> {
        match self.took_log(result)? {
            Some(is_read) => {
                self.state.renewals.log_read = is_read;
                self.state.renewals.retry_at = self.now;
            }
            None => self.state.renewals.retry_at = self.now.plus_millis(RETRY_MILLIS),
        }
        self.state.dirty.status = true;
        Ok(())
    }

    /// Whatever the answer was: the log tells what came of it.
    pub(crate) fn took_renewed(&mut self, result: Result<Reply, Failure>) -> Result<(), Error> {
        let done = sort(result, |reply| {
            matches!(reply, Reply::Done(_)).then_some(())
        });
        if !matches!(done, Got::Reply(())) {
            self.state.renewals.retry_at = self.now.plus_millis(RETRY_MILLIS);
        }
        self.state.renewals.log_read = false;
        Ok(())
    }

    /// The account has a new key: this device's, or that of another one on which the link was opened.
    fn is_renewed(&mut self, renewing: &Renewing) -> Result<(), Error> {
        let account = self.account()?;
        let roll = self.state.roll.clone();
        if roll.home.device(account.account, account.device).is_none() {
            return Ok(());
        }
        let organisation = roll.home.organisation();
        let organisation = organisation.ok_or(Error::Bug("an organisation without its entry"))?;
        let person = roll.home.person(account.account);
        let address = person.and_then(|person| person.address);
        self.set_account(Account {
            domain: organisation.domain.clone(),
            organisation_name: organisation.name.clone().unwrap_or_default(),
            name: roll.name(account.account),
            address: address.map_or_else(String::new, |address| address.as_str().to_owned()),
            joined: true,
            ..(*account).clone()
        })?;
        self.save_renewing(Some(Renewing {
            key: None,
            ..renewing.clone()
        }))?;
        self.state.line.retry_at = self.now;
        self.state.dirty = crate::view::Dirty::everything();
        self.advance_line()
    }

    /// Finds the account's rooms, and ends when all were come back into.
    pub(crate) fn advance_renewed(&mut self) -> Result<(), Error> {
        if !self.state.renewals.is_returning() {
            return Ok(());
        }
        let renewing = self.state.renewals.renewing.clone();
        let Some(rooms) = renewing.and_then(|renewing| renewing.rooms) else {
            let retry_at = self.state.renewals.retry_at;
            let asking = self.is_asking(|purpose| matches!(purpose, Purpose::Rooms));
            if !asking && self.is_due(retry_at) {
                return self.ask_home(Purpose::Rooms, GetRooms {});
            }
            return Ok(());
        };
        // A room of which nothing is known yet is in memory alone.
        if !std::mem::replace(&mut self.state.renewals.adopted, true) {
            self.adopt_rooms(&rooms);
        }
        let mut left = false;
        for id in rooms {
            let room = self.state.rooms.get(&id);
            left |= room.is_some_and(|room| room.is_member() && room.lost && !room.frozen);
        }
        if left {
            return Ok(());
        }
        self.save_renewing(None)
    }

    pub(crate) fn took_rooms(&mut self, result: Result<Reply, Failure>) -> Result<(), Error> {
        let picked = sort(result, |reply| match reply {
            Reply::Rooms(rooms) => Some(rooms.rooms),
            _ => None,
        });
        let Got::Reply(rooms) = picked else {
            self.state.renewals.retry_at = self.now.plus_millis(RETRY_MILLIS);
            return Ok(());
        };
        let Some(renewing) = self.state.renewals.renewing.clone() else {
            return Ok(());
        };
        self.save_renewing(Some(Renewing {
            rooms: Some(rooms),
            ..renewing
        }))
    }

    /// Lets the device come back into rooms of which it knows nothing but that its account is in them.
    pub(super) fn adopt_rooms(&mut self, rooms: &[RoomId]) {
        for id in rooms {
            let blank = || {
                let mut room = RoomState::new(group_key(*id), RoomKind::Group, Stage::Member);
                (room.lost, room.accepted, room.blank) = (true, true, true);
                room.retry_at = Timestamp(0);
                room
            };
            self.state.rooms.entry(*id).or_insert_with(blank);
        }
    }

    /// Makes the chat of a room of which nothing was known, now that its rules are.
    pub(crate) fn name_room(&mut self, id: RoomId, policy: &RoomPolicy) -> Result<(), Error> {
        let me = self.account()?.account;
        let peer = policy.owners.iter().find(|owner| **owner != me).copied();
        let peer = peer.filter(|_| policy.kind == RoomKind::Direct);
        let key = peer.map_or_else(|| group_key(id), direct_key);
        self.add_chat(&key, policy.kind, peer, "")?;
        let room = self.room(id)?;
        (room.chat, room.kind, room.blank) = (key, policy.kind, false);
        Ok(())
    }

    /// Returns the renewal that this device waits for.
    pub(crate) fn awaited_renewal(&self) -> Option<Renewal> {
        let renewing = self.state.renewals.renewing.as_ref()?;
        renewing.key.as_ref()?;
        let Some(entry) = self.state.roll.home.renewal(renewing.renewal) else {
            return Some(Renewal {
                person: String::new(),
                organisation: String::new(),
                asked_by: String::new(),
                asked_at: 0,
                is_mine: false,
                confirmed_by: None,
                takes_effect_at: None,
                state: valise_views::RenewalState::Reading,
                link: None,
            });
        };
        Some(self.shown_renewal(entry))
    }
}
