//! Who this device is, and its secrets.

use crate::state::Cx;
use crate::store::{Setting, Values};
use crate::{Error, roll::Roll};
use rusqlite::Connection;
use std::sync::Arc;
use valise_directory::DirectoryKey;
use valise_directory::invite::Issuer;
use valise_directory::keys::{AccountKey, DeviceKey, OrganisationKey, RegistrarKey, Signer as _};
use valise_directory::statement::Device;
use valise_mls::{Member, Random, Rules};
use valise_wire::cbor::{Decode, Decoder, Encode, Encoder};
use valise_wire::policy::LeafIdentity;
use valise_wire::{AccountId, DecodeError, DeviceId, OrganisationId, Timestamp, record};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// 32 secret bytes.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Secret(pub(crate) [u8; 32]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Secret")
    }
}

impl Encode for Secret {
    fn encode(&self, to: &mut Encoder) {
        to.bytes(&self.0);
    }
}

impl Decode for Secret {
    fn decode(from: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        <[u8; 32]>::decode(from).map(Self)
    }
}

record! {
    /// What is stored of this device.
    pub struct Account {
        /// Scheme, host and port of the server.
        pub origin: String,
        /// The organisation's domain.
        pub domain: String,
        /// The organisation's public name.
        pub organisation_name: String,
        /// The organisation, pinned by the link.
        pub organisation: OrganisationId,
        /// Whose device this is.
        pub account: AccountId,
        /// Which device this is.
        pub device: DeviceId,
        /// What it signs in with.
        pub device_key: Secret,
        /// What its leaves sign with.
        pub leaf_key: Secret,
        /// What the account signs with.
        pub account_key: Secret,
        /// The organisation's root, on its founder's device.
        pub organisation_key: Option<Secret>,
        /// What opens names and addresses.
        pub directory_key: Secret,
        /// The name that was chosen, until the directory says it.
        pub name: String,
        /// The address that was chosen, until the directory says it.
        pub address: String,
        /// Whether the server took it.
        pub joined: bool,
    }
}

impl Account {
    /// Returns the key that signs in.
    pub(crate) fn device_key(&self) -> DeviceKey {
        DeviceKey::from_seed(&self.device_key.0)
    }

    /// Returns the key that signs devices and profile.
    pub(crate) fn account_key(&self) -> AccountKey {
        AccountKey::from_seed(&self.account_key.0)
    }

    /// Returns the organisation's root key, where it is.
    pub(crate) fn organisation_key(&self) -> Option<OrganisationKey> {
        self.organisation_key
            .as_ref()
            .map(|key| OrganisationKey::from_seed(&key.0))
    }

    /// Returns the directory key.
    pub(crate) fn directory_key(&self) -> DirectoryKey {
        DirectoryKey::from_bytes(&self.directory_key.0)
    }

    /// Runs something that needs a registrar's keys.
    pub(crate) fn as_issuer<T>(&self, work: impl FnOnce(&Issuer<'_>) -> T) -> T {
        let registrar_key: RegistrarKey = self.account_key().registrar_key();
        let directory_key = self.directory_key();
        work(&Issuer {
            organisation: self.organisation,
            account: self.account,
            registrar_key: &registrar_key,
            directory_key: &directory_key,
        })
    }
}

/// Keys of a device that is not anybody's yet.
pub(crate) struct NewDevice {
    pub(crate) id: DeviceId,
    pub(crate) device_key: Secret,
    pub(crate) leaf_key: Secret,
}

impl NewDevice {
    /// Makes a device's keys.
    pub(crate) fn generate(random: &Random) -> Self {
        Self {
            id: DeviceId(random.array()),
            device_key: Secret(random.array()),
            leaf_key: Secret(random.array()),
        }
    }

    /// Returns what the device list says of it.
    pub(crate) fn statement(&self, now: Timestamp) -> Device {
        let nobody = LeafIdentity {
            account: AccountId([0; 16]),
            device: self.id,
        };
        Device {
            id: self.id,
            device_key: DeviceKey::from_seed(&self.device_key.0).public(),
            leaf_key: valise_mls::Device::from_secret(nobody, &self.leaf_key.0).leaf_key(),
            added_at: now,
        }
    }
}

/// Everything that MLS needs from outside, for the length of one input.
pub(crate) struct Desk<'a> {
    device: Arc<valise_mls::Device>,
    random: Arc<Random>,
    roll: Arc<Roll>,
    values: Values<'a>,
    now: Timestamp,
    rules: Rules,
}

impl Desk<'_> {
    /// Returns the device at work.
    pub(crate) fn member(&self) -> Member<'_> {
        Member::new(
            &self.device,
            &self.values,
            &self.random,
            &*self.roll,
            self.now,
        )
        .with_rules(self.rules)
    }
}

impl<'a> Cx<'a> {
    /// Returns what MLS needs. An input that reaches a room before anybody joined is a bug.
    pub(crate) fn desk(&self) -> Result<Desk<'a>, Error> {
        let device = self.state.device.clone().ok_or(Error::Bug("no device"))?;
        Ok(Desk {
            device,
            random: self.state.random.clone(),
            roll: self.state.roll.clone(),
            values: Values(self.db),
            now: self.now,
            rules: self.state.guards.rules,
        })
    }

    /// Returns who this device is.
    pub(crate) fn account(&self) -> Result<Arc<Account>, Error> {
        self.state
            .account
            .clone()
            .ok_or(Error::Misuse("nobody has joined yet"))
    }

    /// Stores who this device is.
    pub(crate) fn set_account(&mut self, account: Account) -> Result<(), Error> {
        Setting::Account.set(self.db, &account)?;
        self.state.adopt(Some(account));
        Ok(())
    }
}

/// Reads who this device is.
pub(crate) fn load(store: &Connection) -> Result<Option<Account>, Error> {
    Setting::Account.get(store)
}
