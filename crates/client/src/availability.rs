//! Who is away, who stands in for whom, and who is on duty for an office.

use crate::Error;
use crate::asked::Purpose;
use crate::guard::Guard;
use crate::state::Cx;
use valise_directory::Note;
use valise_directory::availability::{self, About, AvailabilityDetails, Away as Said, MAX_DUTIES};
use valise_views::{Away, NewAway, OfficeId, PersonId, Trouble};
use valise_wire::request::Publish;
use valise_wire::{AccountId, Timestamp};

/// Longest time for which somebody is away: two years.
const MAX_MILLIS: u64 = 2 * 366 * 24 * 60 * 60 * 1_000;

impl Cx<'_> {
    /// Says that somebody is away, or here again.
    pub(crate) fn set_away(
        &mut self,
        number: u64,
        person: &PersonId,
        away: Option<&NewAway>,
    ) -> Result<(), Error> {
        let account = match self.may_say_of(person) {
            Ok(account) => account,
            Err(trouble) => return self.fail(number, trouble),
        };
        let away = match away.map(|away| self.away_said(account, away)).transpose() {
            Ok(away) => away,
            Err(trouble) => return self.fail(number, trouble),
        };
        let duty = self.duties(account);
        self.say_availability(number, account, AvailabilityDetails { away, duty })
    }

    /// Says that somebody is on duty for an office, or is not.
    pub(crate) fn set_duty(
        &mut self,
        number: u64,
        office: &OfficeId,
        person: &PersonId,
        on: bool,
    ) -> Result<(), Error> {
        let account = match self.may_say_of(person) {
            Ok(account) => account,
            Err(trouble) => return self.fail(number, trouble),
        };
        let home = &self.state.roll.home;
        let named = self.own_office(office);
        let held = named.filter(|(office, _)| home.holders(*office).any(|it| it == account));
        let Some((office, _)) = held else {
            return self.fail(number, Trouble::NotFound);
        };
        let away = home.away(account, self.now).cloned();
        let mut duty = self.duties(account);
        duty.retain(|known| *known != office);
        if on {
            duty.push(office);
        }
        if duty.len() > MAX_DUTIES {
            return self.fail(number, Trouble::NotAllowed);
        }
        self.say_availability(number, account, AvailabilityDetails { away, duty })
    }

    /// Returns how somebody of one's own organisation is away now.
    pub(crate) fn away(&self, account: AccountId) -> Option<Away> {
        let roll = &self.state.roll;
        let away = roll.home.away(account, self.now)?;
        let by = roll.home.availability(account)?.by;
        let cover = roll.home.cover(account, self.now);
        Some(Away {
            until: away.until.0,
            cover: cover.map(|cover| (PersonId(cover.to_string()), roll.name(cover))),
            note: away
                .note
                .as_ref()
                .map_or_else(String::new, |note| note.as_str().to_owned()),
            said_by: (by != account).then(|| roll.name(by)),
        })
    }

    /// Notes that somebody is away or here again, or on duty for other offices.
    pub(crate) fn availability_changed(&mut self) {
        self.state.back_at = None;
        self.shows_availability();
    }

    /// Shows that somebody is here again while nothing else happens.
    pub(crate) fn advance_availability(&mut self) {
        let next = match self.state.back_at {
            Some(next) => next,
            None => self.look_for_return(),
        };
        if next != NEVER && self.is_due(next) {
            self.shows_availability();
            let after = self.look_for_return();
            if after != NEVER {
                self.wake_at(after);
            }
        }
    }

    fn shows_availability(&mut self) {
        let dirty = &mut self.state.dirty;
        dirty.people = true;
        dirty.offices = true;
        dirty.requests = true;
        dirty.every_chat = true;
    }

    fn look_for_return(&mut self) -> Timestamp {
        let home = &self.state.roll.home;
        let away = home
            .accounts()
            .filter_map(|entry| home.away(entry.id, self.now));
        let next = away.map(|away| away.until).min().unwrap_or(NEVER);
        self.state.back_at = Some(next);
        next
    }

    /// Finds of whom something is to be said: of oneself, or by a registrar of anybody of the organisation.
    fn may_say_of(&self, person: &PersonId) -> Result<AccountId, Trouble> {
        let account = AccountId::from_hex(&person.0).ok_or(Trouble::NotFound)?;
        let me = self.account().map_err(|_| Trouble::NotAllowed)?.account;
        if let Some(trouble) = self.registrar_trouble(account != me) {
            return Err(trouble);
        }
        self.colleague(person)
    }

    /// Finds somebody of one's own organisation who has not left it; a guest is none.
    fn colleague(&self, person: &PersonId) -> Result<AccountId, Trouble> {
        let account = AccountId::from_hex(&person.0).ok_or(Trouble::NotFound)?;
        let entry = self.state.roll.home.account(account);
        let is_ours = |guest: bool| !guest || !self.keeps(Guard::StandsIn);
        let is_one_of_us = entry.is_some_and(|it| it.is_active() && is_ours(it.guest_of.is_some()));
        is_one_of_us.then_some(account).ok_or(Trouble::NotFound)
    }

    fn away_said(&self, account: AccountId, new: &NewAway) -> Result<Said, Trouble> {
        let until = Timestamp(new.until);
        if until <= self.now || until.millis_since(self.now) > MAX_MILLIS {
            return Err(Trouble::BadTime);
        }
        let cover = new.cover.as_ref().map(|cover| self.colleague(cover));
        let cover = cover.transpose()?;
        if cover == Some(account) {
            return Err(Trouble::NotFound);
        }
        let note = Note::typed(&new.note).map_err(|_| Trouble::BadText)?;
        Ok(Said { until, cover, note })
    }

    /// Returns the offices for which somebody said that he is on duty, as far as he still holds them.
    fn duties(&self, account: AccountId) -> Vec<valise_wire::OfficeId> {
        let home = &self.state.roll.home;
        let held = home.offices_of(account);
        held.filter(|office| home.is_on_duty(account, *office))
            .collect()
    }

    fn say_availability(
        &mut self,
        number: u64,
        account: AccountId,
        details: AvailabilityDetails,
    ) -> Result<(), Error> {
        let former = self.state.roll.home.availability(account);
        let own = self.account()?;
        let about = About {
            organisation: own.organisation,
            account,
            former: former.map_or(0, |entry| entry.version),
            by: own.account,
            now: self.now,
        };
        let (directory_key, key) = (own.directory_key(), own.account_key());
        let rng = &mut self.state.rng;
        let statement = availability::availability(&about, details, &directory_key, &key, rng);
        self.ask_home(Purpose::Say { number }, Publish { statement })
    }
}

/// Nobody is away.
const NEVER: Timestamp = Timestamp(u64::MAX);
