//! What a registrar says of the organisation's requests: who may seal them, what they need, and that there are none.

use crate::Error;
use crate::asked::Purpose;
use crate::guard::Guard;
use crate::state::Cx;
use valise_directory::invite::Issuer;
use valise_directory::keeper::{self, Asks, SealKeys as Said};
use valise_evidence::seal::SealSecret;
use valise_views::request::{Asks as ShownAsks, Keeper, RequestRules};
use valise_views::{Outcome, PersonId, Trouble};
use valise_wire::request::Publish;
use valise_wire::statement::SignedStatement;
use valise_wire::{AccountId, Timestamp};

impl Cx<'_> {
    /// Says who may seal.
    pub(crate) fn set_keeper(
        &mut self,
        number: u64,
        person: &PersonId,
        may: bool,
    ) -> Result<(), Error> {
        let home = &self.state.roll.home;
        let account = AccountId::from_hex(&person.0);
        let account = account.filter(|account| {
            let entry = home.account(*account);
            entry.is_some_and(|entry| entry.is_active() && entry.guest_of.is_none())
        });
        let Some(account) = account else {
            return self.fail(number, Trouble::NotFound);
        };
        if home.keeper(account).is_some() == may {
            return self.done(number);
        }
        let now = self.now;
        self.say_rule(number, |by| {
            if may {
                keeper::mandate(by, account, now)
            } else {
                keeper::end(by, account, now)
            }
        })
    }

    /// Says what requests need.
    pub(crate) fn set_asks(&mut self, number: u64, asks: ShownAsks) -> Result<(), Error> {
        let asks = match asks {
            ShownAsks::Freely => Asks::Freely,
            ShownAsks::Sealed => Asks::Sealed,
            ShownAsks::FourEyes => Asks::FourEyes,
        };
        let stopped = self.are_requests_stopped();
        self.say_policy(number, asks, stopped)
    }

    /// Stops all requests, or lets them go again.
    pub(crate) fn stop_requests(&mut self, number: u64, stopped: bool) -> Result<(), Error> {
        let asks = self.wanted_asks();
        self.say_policy(number, asks, stopped)
    }

    fn say_policy(&mut self, number: u64, asks: Asks, stopped: bool) -> Result<(), Error> {
        let known = self.state.roll.home.request_policy();
        let former = known.map_or(0, |policy| policy.version);
        let now = self.now;
        self.say_rule(number, |by| keeper::policy(by, former, asks, stopped, now))
    }

    fn say_rule(
        &mut self,
        number: u64,
        work: impl FnOnce(&Issuer<'_>) -> SignedStatement,
    ) -> Result<(), Error> {
        if let Some(trouble) = self.registrar_trouble(true) {
            return self.fail(number, trouble);
        }
        let statement = self.account()?.as_issuer(work);
        self.publish(Some(number), Outcome::Done, statement)
    }

    /// Returns what the organisation's requests need.
    pub(super) fn wanted_asks(&self) -> Asks {
        let policy = self.state.roll.home.request_policy();
        policy.map_or(Asks::Freely, |policy| policy.asks)
    }

    /// Tells whether the organisation has stopped all its requests.
    pub(crate) fn are_requests_stopped(&self) -> bool {
        let policy = self.state.roll.home.request_policy();
        policy.is_some_and(|policy| policy.stopped) && self.keeps(Guard::Waits)
    }

    /// Looks again at what waits for the organisation's word on its requests.
    pub(crate) fn request_policy_changed(&mut self) {
        self.state.dirty.requests = true;
        // What may be handed over stands in the requests themselves.
        self.state.dirty.every_chat = true;
        self.state.requests.guests_changed = true;
    }

    /// Says what this account seals with, when it may and did not say it yet. Another device of it says the very same.
    pub(crate) fn say_seal_keys(&mut self, retry_millis: u64) -> Result<(), Error> {
        let account = self.account()?;
        let keeper = self.state.roll.home.keeper(account.account);
        if keeper.is_none_or(|keeper| keeper.keys.is_some()) {
            // With the next mandate at once.
            self.state.line.seal_retry_at = Timestamp(0);
            return Ok(());
        }
        let retry_at = self.state.line.seal_retry_at;
        if !self.is_due(retry_at) {
            return Ok(());
        }
        self.state.line.seal_retry_at = self.now.plus_millis(retry_millis);
        let key = account.account_key();
        let public = own_secret(&key).public();
        let said = Said {
            organisation: account.organisation,
            account: account.account,
            ed25519: public.ed25519,
            ml_dsa_65: public.ml_dsa_65,
            created_at: self.now,
        };
        let statement = keeper::keys(&said, &key);
        self.ask_home(Purpose::EvidenceKey, Publish { statement })
    }

    pub(crate) fn request_rules(&self) -> RequestRules {
        let roll = &self.state.roll;
        let home = &roll.home;
        let mut keepers: Vec<Keeper> = home
            .keepers()
            .map(|account| Keeper {
                person: PersonId(account.to_string()),
                name: roll.name(account),
                is_ready: home.keeper(account).is_some_and(|it| it.keys.is_some()),
            })
            .collect();
        keepers.sort_by_key(|keeper| keeper.name.to_lowercase());
        RequestRules {
            asks: match self.wanted_asks() {
                Asks::Freely => ShownAsks::Freely,
                Asks::Sealed => ShownAsks::Sealed,
                Asks::FourEyes => ShownAsks::FourEyes,
            },
            is_stopped: self.are_requests_stopped(),
            keepers,
        }
    }
}

/// Returns what an account seals with, made of its key on each of its devices.
pub(super) fn own_secret(key: &valise_directory::keys::AccountKey) -> SealSecret {
    let [first, second] = key.seal_seeds();
    SealSecret::from_seeds(*first, *second)
}
