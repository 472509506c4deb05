//! The key with which this device signs what has to be proven later: each device makes its own, and says in the directory which it is.

use crate::account::Secret;
use crate::asked::{Got, Purpose};
use crate::io::Failure;
use crate::state::{Cx, State};
use crate::store::Setting;
use crate::{Error, ServerMisbehaved};
use rusqlite::Connection;
use valise_directory::keys::{EvidenceKey, Signer as _};
use valise_directory::update;
use valise_wire::request::{Publish, Reply};
use valise_wire::{DeviceId, record};

/// Time after which a key is offered again that the server did not take.
const RETRY_MILLIS: u64 = 10 * 60 * 1000;

record! {
    /// This device's evidence key. A store may become another device's, which then makes one of its own.
    pub struct Evidence {
        /// Which device made it.
        pub device: DeviceId,
        /// The key's seed.
        pub key: Secret,
    }
}

/// Returns what this device signs with that has to be proven later: none before the directory says that the key is this device's,
/// and none when it ended.
pub(crate) fn signer(store: &Connection, state: &State) -> Result<Option<EvidenceKey>, Error> {
    let Some(account) = state.account.as_ref() else {
        return Ok(None);
    };
    let Some(entry) = state.roll.home.evidence_key_of(account.device) else {
        return Ok(None);
    };
    let key = stored(store, account.device)?;
    // Whoever has the account's key can say another one in this device's name: with that one nothing is signed here.
    let is_ours = |key: &EvidenceKey| key.public() == entry.key;
    let counts = entry.account == account.account && entry.ended.is_none();
    Ok(key.filter(is_ours).filter(|_| counts))
}

fn stored(store: &Connection, device: DeviceId) -> Result<Option<EvidenceKey>, Error> {
    let evidence: Option<Evidence> = Setting::Evidence.get(store)?;
    let own = evidence.filter(|evidence| evidence.device == device);
    Ok(own.map(|evidence| EvidenceKey::from_seed(&evidence.key.0)))
}

impl Cx<'_> {
    /// Says which key is this device's, once the device is on the account's list and for as long as the directory lacks it: after
    /// founding, joining, linking, coming back and a renewal alike, and for devices that were there before there were such keys.
    pub(crate) fn advance_evidence(&mut self) -> Result<(), Error> {
        let account = self.account()?;
        let (who, device) = (account.account, account.device);
        let roll = self.state.roll.clone();
        let is_said = roll.home.evidence_key_of(device).is_some();
        let is_told = roll.home.head().position >= self.state.line.directory_head;
        let asking = self.is_asking(|purpose| matches!(purpose, Purpose::EvidenceKey));
        if asking || !is_told || roll.home.device(who, device).is_none() {
            return Ok(());
        }
        if is_said {
            return self.say_seal_keys(RETRY_MILLIS);
        }
        let retry_at = self.state.line.evidence_retry_at;
        if !self.is_due(retry_at) {
            return Ok(());
        }
        let key = self.make_evidence_key(device)?.public();
        let organisation = account.organisation;
        let now = self.now;
        let statement =
            update::evidence_key(organisation, who, device, key, now, &account.account_key());
        self.ask_home(Purpose::EvidenceKey, Publish { statement })
    }

    fn make_evidence_key(&mut self, device: DeviceId) -> Result<EvidenceKey, Error> {
        if let Some(key) = stored(self.db, device)? {
            return Ok(key);
        }
        let key = Secret(self.state.random.array());
        let made = EvidenceKey::from_seed(&key.0);
        Setting::Evidence.set(self.db, &Evidence { device, key })?;
        Ok(made)
    }

    /// Whatever the answer was: the log tells what came of it.
    pub(crate) fn took_evidence_key(
        &mut self,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let picked = self.sort_published(result);
        match picked {
            Got::Reply(()) => {
                self.offer_evidence_later();
                Ok(())
            }
            Got::Wrong => {
                self.offer_evidence_later();
                self.server_misbehaved(ServerMisbehaved::WrongReply)
            }
            Got::Refused(_) => {
                self.offer_evidence_later();
                Ok(())
            }
            // With the next line.
            Got::Offline => Ok(()),
        }
    }

    fn offer_evidence_later(&mut self) {
        self.state.line.evidence_retry_at = self.now.plus_millis(RETRY_MILLIS);
    }
}
