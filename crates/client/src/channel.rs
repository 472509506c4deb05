//! Whether whoever answers at the server's address is the server.
//!
//! An authority for certificates, or whoever made one give way, can put somebody in between. So before each sign-in the hub says,
//! signed over a number of this device's, which certificates are the server's own ([`valise_directory::channel`]), and the driver
//! tells which were shown. While one is not among them nobody signs in: what waits, waits.

use crate::asked::{Got, Purpose, sort};
use crate::guard::Guard;
use crate::io::{Failure, Output, Sight};
use crate::line::LONGEST_PAUSE_MILLIS;
use crate::state::Cx;
use crate::{Error, alarm};
use std::collections::BTreeSet;
use valise_directory::Directory;
use valise_directory::channel::verify;
use valise_directory::keys::HubPublicKey;
use valise_wire::request::{self, GetChallenge, GetChannel, GetOrganisation, Reply};

/// Certificates that are remembered until the server was asked about them.
const MOST_SHOWN: usize = 16;

/// What is known of the channel to one's own server.
pub(crate) struct Channel {
    /// What the driver sees of it.
    pub(crate) sight: Sight,
    /// The hub's key, where the directory was not read yet.
    hub: Option<HubPublicKey>,
    /// What the server called its own last: some certificates, or whatever authorities vouch for.
    own: Option<Option<Vec<[u8; 32]>>>,
    /// What was shown since the server answered that last.
    shown: BTreeSet<[u8; 32]>,
    /// Whether one was shown that the server did not call its own.
    is_doubted: bool,
}

impl Channel {
    /// Begins without knowing anything.
    pub(crate) fn seen(sight: Sight) -> Self {
        Self {
            sight,
            hub: None,
            own: None,
            shown: BTreeSet::new(),
            is_doubted: false,
        }
    }

    /// Tells whether the server has to be asked before anything else is.
    pub(crate) fn is_doubted(&self) -> bool {
        self.is_doubted
    }

    fn is_own(&self, certificate: &[u8; 32]) -> bool {
        match &self.own {
            Some(Some(own)) => own.contains(certificate),
            Some(None) => true,
            None => false,
        }
    }
}

impl Cx<'_> {
    /// Takes note of a certificate that whoever answers at the server's address showed.
    pub(crate) fn was_shown(&mut self, certificate: [u8; 32]) {
        let channel = &mut self.state.channel;
        if channel.shown.len() < MOST_SHOWN {
            channel.shown.insert(certificate);
        }
        channel.is_doubted |= !channel.is_own(&certificate);
    }

    /// Makes sure that the channel is the server's, and then begins to sign in if there is no session. Without a channel to see
    /// there is nothing to make sure of: in a browser, and where nothing is encrypted.
    pub(crate) fn make_sure(&mut self) -> Result<(), Error> {
        let account = self.account()?;
        let is_plain = account.origin.starts_with("http://");
        if is_plain || self.state.channel.sight == Sight::Nothing {
            return self.go_on();
        }
        if !self.keeps(Guard::Channel) {
            return self.bind(None);
        }
        if self.hub().is_none() {
            return self.ask_home(Purpose::Hub, GetOrganisation {});
        }
        let nonce = self.random();
        self.ask_home(Purpose::Channel { nonce }, GetChannel { nonce })
    }

    /// Returns the hub's key as the organisation's statement has it, which this device has verified.
    fn hub(&self) -> Option<HubPublicKey> {
        let organisation = self.state.roll.home.organisation();
        let known = organisation.map(|organisation| HubPublicKey(organisation.hub_key));
        known.or(self.state.channel.hub)
    }

    /// Takes the organisation's own statement: who has just joined has read nothing yet.
    pub(crate) fn took_hub(&mut self, result: Result<Reply, Failure>) -> Result<(), Error> {
        let picked = sort(result, |reply| match reply {
            Reply::Organisation(record) => record.statement,
            _ => None,
        });
        let Some(statement) = self.answer_of(picked)? else {
            return Ok(());
        };
        let organisation = self.account()?.organisation;
        let mut directory = Directory::new(organisation).with_checks(self.state.guards.checks);
        let taken = directory.apply(1, &statement);
        match directory.organisation().filter(|_| taken.is_ok()) {
            Some(organisation) => {
                self.state.channel.hub = Some(HubPublicKey(organisation.hub_key));
                self.make_sure()
            }
            None => self.relayed(),
        }
    }

    pub(crate) fn took_channel(
        &mut self,
        nonce: [u8; 32],
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let picked = sort(result, |reply| match reply {
            Reply::Channel(channel) => Some(channel),
            _ => None,
        });
        let Some(channel) = self.answer_of(picked)? else {
            return Ok(());
        };
        if self.is_ours(nonce, &channel)? {
            self.bind(channel.certificates)
        } else {
            self.relayed()
        }
    }

    /// Tells whether the hub said this, and whether all that was shown is among it.
    fn is_ours(&self, nonce: [u8; 32], channel: &request::Channel) -> Result<bool, Error> {
        let (account, hub) = (self.account()?, self.hub());
        let said = hub.is_some_and(|hub| {
            let (organisation, domain) = (account.organisation, &account.domain);
            verify(organisation, domain, nonce, channel, hub).is_ok()
        });
        let shown = &self.state.channel.shown;
        let own = channel.certificates.as_ref();
        Ok(said && own.is_none_or(|own| shown.iter().all(|shown| own.contains(shown))))
    }

    /// Returns what was asked for. No answer, or that of a server that has no time, says nothing; any other one is none of this
    /// server: one that knows no such question might be anybody's.
    fn answer_of<T>(&mut self, got: Got<T>) -> Result<Option<T>, Error> {
        match got {
            Got::Reply(reply) => return Ok(Some(reply)),
            Got::Offline => self.shelve(0)?,
            Got::Refused(problem) if problem.is_transient() => {
                self.shelve(problem.retry_after_ms.unwrap_or(0))?;
            }
            Got::Refused(_) | Got::Wrong => self.relayed()?,
        }
        Ok(None)
    }

    /// What was shown so far is shown again with the next try, or was another line's.
    fn shelve(&mut self, at_least: u64) -> Result<(), Error> {
        self.state.channel.shown.clear();
        self.line_failed(at_least.min(LONGEST_PAUSE_MILLIS))
    }

    /// Keeps the driver to these certificates, and goes on.
    fn bind(&mut self, certificates: Option<Vec<[u8; 32]>>) -> Result<(), Error> {
        let channel = &mut self.state.channel;
        channel.shown.clear();
        channel.is_doubted = false;
        channel.own = Some(certificates.clone());
        let origin = self.account()?.origin.clone();
        self.put(Output::Bind {
            origin,
            certificates,
        });
        self.go_on()
    }

    fn go_on(&mut self) -> Result<(), Error> {
        if self.state.line.needs_session(self.now) {
            self.ask_home(Purpose::Challenge, GetChallenge {})?;
        }
        Ok(())
    }

    /// Somebody stands in between: says so, ends what there is, and tries again later.
    fn relayed(&mut self) -> Result<(), Error> {
        self.alarm_again(alarm::Kind::Relayed)?;
        self.state.channel.is_doubted = false;
        self.put(Output::CloseSocket);
        self.hang_up()?;
        self.shelve(0)
    }
}
