//! What registrars do for somebody who lost every device.

use crate::asked::{Got, Purpose, sort};
use crate::io::Failure;
use crate::state::Cx;
use crate::{Error, ServerMisbehaved};
use valise_directory::renewal::{confirm, offer, withdraw};
use valise_directory::statement::MIN_RENEWAL_DELAY_MILLIS;
use valise_views::{Outcome, PersonId, Trouble};
use valise_wire::request::{GetRenewalDelay, Reply};
use valise_wire::{AccountId, RenewalId};

impl Cx<'_> {
    /// Offers somebody's account a new key.
    pub(crate) fn offer_renewal(&mut self, number: u64, person: &PersonId) -> Result<(), Error> {
        if let Some(trouble) = self.registrar_trouble(true) {
            return self.fail(number, trouble);
        }
        let account = self.account()?;
        let roll = self.state.roll.clone();
        let Some(who) = AccountId::from_hex(&person.0).filter(|who| roll.is_active(*who)) else {
            return self.fail(number, Trouble::NotFound);
        };
        let mut others = roll.home.people().map(|person| person.account);
        let second =
            others.any(|id| id != who && id != account.account && roll.home.is_registrar(id));
        if who == account.account || !second {
            return self.fail(number, Trouble::NeedsTwoRegistrars);
        }
        if roll.home.renewal_of(who, self.now).is_some() {
            return self.fail(number, Trouble::NotAllowed);
        }
        let (now, rng) = (self.now, &mut self.state.rng);
        let (statement, link) =
            account.as_issuer(|issuer| offer(issuer, who, &account.origin, now, rng));
        let url = link.to_url();
        self.db.execute(
            "INSERT INTO link (invitation, url) VALUES (?1, ?2)",
            (link.renewal.0, &url),
        )?;
        self.publish(Some(number), Outcome::Link(url), statement)
    }

    /// Agrees to what another registrar offered, once it is known how long it has to wait.
    pub(crate) fn confirm_renewal(&mut self, number: u64, person: &PersonId) -> Result<(), Error> {
        if let Some(trouble) = self.registrar_trouble(true) {
            return self.fail(number, trouble);
        }
        let me = self.account()?.account;
        let roll = self.state.roll.clone();
        let who = AccountId::from_hex(&person.0);
        let Some(entry) = who.and_then(|who| roll.home.renewal_of(who, self.now)) else {
            return self.fail(number, Trouble::NotFound);
        };
        if entry.offer.by == me || entry.offer.account == me {
            return self.fail(number, Trouble::NeedsTwoRegistrars);
        }
        if entry.confirmation.is_some() {
            return self.fail(number, Trouble::NotAllowed);
        }
        let renewal = entry.offer.id;
        self.ask_home(
            Purpose::RenewalDelay { number, renewal },
            GetRenewalDelay {},
        )
    }

    pub(crate) fn took_renewal_delay(
        &mut self,
        number: u64,
        renewal: RenewalId,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let picked = sort(result, |reply| match reply {
            Reply::RenewalDelay(delay) => Some(delay),
            _ => None,
        });
        let delay = match picked {
            Got::Reply(delay) => delay,
            Got::Wrong => {
                self.server_misbehaved(ServerMisbehaved::WrongReply)?;
                return self.fail(number, Trouble::ServerMisbehaved);
            }
            Got::Refused(_) | Got::Offline => return self.fail(number, Trouble::Offline),
        };
        let roll = self.state.roll.clone();
        let Some(entry) = roll.home.renewal(renewal) else {
            return self.fail(number, Trouble::NotFound);
        };
        // By the later of both clocks: whichever is behind, nobody waits less than is said.
        let (now, from) = (self.now, self.now.max(delay.now));
        let not_before = from.plus_millis(delay.millis.max(MIN_RENEWAL_DELAY_MILLIS));
        let statement = self
            .account()?
            .as_issuer(|issuer| confirm(issuer, entry, not_before, now));
        self.publish(Some(number), Outcome::Done, statement)
    }

    /// Takes back what was offered, or does not agree to it.
    pub(crate) fn withdraw_renewal(&mut self, number: u64, person: &PersonId) -> Result<(), Error> {
        if let Some(trouble) = self.registrar_trouble(true) {
            return self.fail(number, trouble);
        }
        let roll = self.state.roll.clone();
        let who = AccountId::from_hex(&person.0);
        let Some(entry) = who.and_then(|who| roll.home.renewal_of(who, self.now)) else {
            return self.fail(number, Trouble::NotFound);
        };
        let now = self.now;
        let statement = self
            .account()?
            .as_issuer(|issuer| withdraw(issuer, entry.offer.id, now));
        self.publish(Some(number), Outcome::Done, statement)
    }
}
