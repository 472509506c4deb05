//! A guest's own device.

use super::Guesthood;
use crate::account::{Account, NewDevice, Secret};
use crate::asked::{Got, Purpose, sort};
use crate::evidence::Evidence;
use crate::io::Failure;
use crate::state::Cx;
use crate::store::Setting;
use crate::{Error, directory};
use rusqlite::Connection;
use std::sync::Arc;
use valise_directory::fold::fingerprint;
use valise_directory::foreign::Foreign;
use valise_directory::guest::{self, GuestCode, GuestLink, GuestOffer};
use valise_directory::keys::{EvidenceKey, Signer as _};
use valise_directory::{Change, Directory};
use valise_views::link::GuestPreview;
use valise_views::{ChatId, Outcome, Trouble};
use valise_wire::request::{DirectoryPage, Join, LookAtPass, PassLook, Reply};
use valise_wire::statement::LogEntry;
use valise_wire::{AccountId, to_bytes};

/// Tells whether this device is a guest's.
pub(crate) fn is_one(store: &Connection) -> Result<bool, Error> {
    Ok(Setting::Guest.get::<Guesthood>(store)?.is_some())
}

impl Cx<'_> {
    /// Looks at a guest's link, or comes by it with a code. Whoever has an account here may look, and never comes. A guest
    /// is not asked about his own link, of which the server says only that it is used.
    pub(crate) fn look_at_pass(
        &mut self,
        number: u64,
        link: &str,
        code: Option<&str>,
    ) -> Result<(), Error> {
        if self.state.is_taken() && (code.is_some() || !self.state.is_joined()) {
            return self.fail(number, Trouble::AlreadyJoined);
        }
        let Ok(link) = GuestLink::parse(link) else {
            return self.fail(number, Trouble::BadLink);
        };
        let own = self.state.account.as_ref();
        if own.is_some_and(|own| own.organisation != link.organisation) {
            return self.fail(number, Trouble::LinkMismatch);
        }
        let came: Option<Guesthood> = Setting::Guest.get(self.db)?;
        if code.is_none() && came.is_some_and(|came| came.pass == link.pass) {
            return self.done(number);
        }
        let code = match code.map(GuestCode::parse) {
            Some(None) => return self.fail(number, Trouble::BadCode),
            code => code.flatten(),
        };
        let (origin, pass) = (link.origin.clone(), link.pass);
        let link = Box::new(link);
        let purpose = Purpose::LookAtPass { number, link, code };
        self.ask(purpose, &origin, LookAtPass { pass });
        Ok(())
    }

    pub(crate) fn took_pass(
        &mut self,
        number: u64,
        link: &GuestLink,
        code: Option<&GuestCode>,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let look = match sort(result, look) {
            Got::Reply(look) => look,
            Got::Refused(problem) if !problem.is_transient() => {
                return self.fail(number, Trouble::LinkGone);
            }
            Got::Refused(_) | Got::Offline => return self.fail(number, Trouble::Offline),
            Got::Wrong => return self.fail(number, Trouble::ServerMisbehaved),
        };
        let Ok(offer) = guest::check(link, &look.organisation, &look.card) else {
            return self.fail(number, Trouble::LinkMismatch);
        };
        match code {
            Some(_) if self.state.is_taken() => self.fail(number, Trouble::AlreadyJoined),
            Some(code) => self.come_as_guest(number, link, code, &offer),
            None => {
                let preview = GuestPreview {
                    chat: self.request_behind(link),
                    ..preview(link, &look, offer)
                };
                self.outcome(number, Outcome::Guest(Box::new(preview)));
                Ok(())
            }
        }
    }

    /// Returns the request that a link leads to, if this device is in it.
    fn request_behind(&self, link: &GuestLink) -> Option<ChatId> {
        let room = self.state.roll.home.pass(link.pass)?.statement.room;
        let state = self.state.rooms.get(&room)?;
        state.is_usable().then(|| ChatId(state.chat.clone()))
    }

    fn come_as_guest(
        &mut self,
        number: u64,
        link: &GuestLink,
        code: &GuestCode,
        offer: &GuestOffer,
    ) -> Result<(), Error> {
        let device = NewDevice::generate(&self.state.random);
        let evidence = Evidence {
            device: device.id,
            key: Secret(self.state.random.array()),
        };
        let evidence_key = EvidenceKey::from_seed(&evidence.key.0).public();
        let statement = device.statement(self.now);
        let arrived = guest::arrive(
            link,
            code,
            statement,
            evidence_key,
            self.now,
            &mut self.state.rng,
        );
        // A guest opens no names; the key is there so that a device is like any other.
        let directory_key = Secret(self.random());
        Setting::Evidence.set(self.db, &evidence)?;
        Setting::Guest.set(self.db, &Guesthood { pass: link.pass })?;
        self.set_account(Account {
            origin: link.origin.clone(),
            domain: offer.domain.clone(),
            organisation_name: offer.name.clone().unwrap_or_default(),
            organisation: link.organisation,
            account: arrived.account,
            device: device.id,
            device_key: device.device_key,
            leaf_key: device.leaf_key,
            account_key: Secret(*arrived.account_key.to_seed()),
            organisation_key: None,
            directory_key,
            name: offer.card.guest.as_str().to_owned(),
            address: String::new(),
            joined: false,
        })?;
        let request = Join {
            invitation: link.pass,
            statements: arrived.statements,
        };
        self.begin_joining(number, request.into())
    }

    /// Tells whether somebody looks first at who came by the pass of this guest.
    pub(crate) fn is_looked_at(&self) -> bool {
        let home = &self.state.roll.home;
        let own = self.state.roll.guest.and_then(|me| home.account(me));
        let pass = own.and_then(|entry| home.pass(entry.invitation));
        pass.is_some_and(|pass| pass.statement.held)
    }

    /// Forgets that this device was to be a guest's.
    pub(crate) fn forget_guest(&mut self) -> Result<(), Error> {
        if is_one(self.db)? {
            Setting::Guest.clear(self.db)?;
            Setting::Evidence.clear(self.db)?;
        }
        Ok(())
    }

    /// Takes what a guest is shown of the log: as much as proves himself and those in his room, which may be older than what he knows.
    pub(crate) fn fold_excerpt(&mut self, page: DirectoryPage) -> Result<(), Error> {
        let account = self.account()?;
        let checks = self.state.guards.checks;
        let organisation = account.organisation;
        let mut log = Foreign::new(organisation, organisation, None).with_checks(checks);
        let known = log.take_trusted(self.stored_statements()?);
        known.map_err(|_| Error::Bug("a stored statement is not taken"))?;
        let former = log.directory().clone();
        let Ok(fresh) = log.take(page.entries) else {
            return self.directory_is_wrong();
        };
        for entry in &fresh {
            self.db
                .prepare_cached("INSERT INTO statement (position, body) VALUES (?1, ?2)")?
                .execute((entry.position as i64, to_bytes(&entry.statement)))?;
        }
        let changed = log.changed_since(&former);
        Arc::make_mut(&mut self.state.roll).home = log.directory().clone();
        self.guest_read(page.head);
        self.people_changed(&former, changed)?;
        self.rooms_may_be_judged_anew(!fresh.is_empty());
        Ok(())
    }

    fn guest_read(&mut self, head: u64) {
        let line = &mut self.state.line;
        line.directory_head = head;
        line.directory_read = line.directory_readings;
    }

    fn people_changed(&mut self, former: &Directory, changed: Vec<AccountId>) -> Result<(), Error> {
        for account in changed {
            let devices = |directory: &Directory| {
                let entry = directory.account(account);
                entry.map_or_else(Vec::new, |entry| entry.devices.clone())
            };
            let (was, is) = (devices(former), devices(&self.state.roll.home));
            let gone = was.iter().filter(|device| !is.contains(device));
            let change = if self.state.roll.is_active(account) {
                Change::Devices {
                    account,
                    added: is.iter().filter(|it| !was.contains(it)).cloned().collect(),
                    removed: gone.cloned().collect(),
                }
            } else {
                let removed = gone.cloned().collect();
                Change::Ended { account, removed }
            };
            self.changed(change)?;
        }
        Ok(())
    }

    fn stored_statements(&self) -> Result<Vec<LogEntry>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT position, body FROM statement ORDER BY position")?;
        directory::entries(query.query([])?)
    }
}

fn look(reply: Reply) -> Option<PassLook> {
    match reply {
        Reply::PassLook(look) => Some(look),
        _ => None,
    }
}

fn preview(link: &GuestLink, look: &PassLook, offer: GuestOffer) -> GuestPreview {
    GuestPreview {
        organisation: offer.name.unwrap_or_else(|| offer.domain.clone()),
        domain: offer.domain,
        fingerprint: fingerprint(link.organisation),
        asks: offer.card.asks.as_str().to_owned(),
        office: offer.card.office.map(|office| office.as_str().to_owned()),
        guest: offer.card.guest.as_str().to_owned(),
        until: look.not_after.0,
        held: look.held,
        chat: None,
    }
}
