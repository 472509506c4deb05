//! A device at work: makes key packages, makes and joins rooms.

use crate::device::Device;
use crate::error::{Error, Misdeed, Misdelivery, Refusal};
use crate::random::Random;
use crate::room::Room;
use crate::rules::{Directory, ProposedChange, RoomView, Rules, When, check_change};
use crate::settings::{self, Suite};
use crate::storage::Provider;
use crate::store::KeyValue;
use crate::{extract, identity};
use openmls::prelude::{
    CredentialWithKey, Extensions, GroupId, KeyPackage, KeyPackageIn, MlsGroup, MlsMessageBodyIn,
    MlsMessageIn, MlsMessageOut, OpenMlsProvider as _, ProtocolVersion,
};
use openmls_traits::storage::StorageProvider as _;
use tls_codec::{DeserializeBytes as _, Serialize as _};
use valise_wire::policy::{LeafIdentity, RoomPolicy};
use valise_wire::{RoomId, Timestamp};

mod rejoin;
mod welcome;

pub use rejoin::Rejoined;
#[cfg(test)]
pub(crate) use rejoin::State;
pub use welcome::Invitation;

/// Everything that an operation of a device needs from outside, for the length of one input.
#[derive(Clone, Copy)]
pub struct Member<'a> {
    /// Its keys.
    pub device: &'a Device,
    /// Where its state lies, within the caller's transaction.
    pub store: &'a dyn KeyValue,
    /// Its randomness.
    pub random: &'a Random,
    /// Who is who, as this device could verify it.
    pub directory: &'a dyn Directory,
    /// The time of the input.
    pub now: Timestamp,
    /// Which rules it keeps.
    #[doc(hidden)]
    pub rules: Rules,
}

impl<'a> Member<'a> {
    /// Joins the parts. All rules are kept.
    pub fn new(
        device: &'a Device,
        store: &'a dyn KeyValue,
        random: &'a Random,
        directory: &'a dyn Directory,
        now: Timestamp,
    ) -> Self {
        Self {
            device,
            store,
            random,
            directory,
            now,
            rules: Rules::ALL,
        }
    }

    /// Leaves rules out, for tests.
    #[doc(hidden)]
    pub fn with_rules(self, rules: Rules) -> Self {
        Self { rules, ..self }
    }

    /// Makes a key package with which others add this device (an MLS key package message); its secrets go to the store.
    ///
    /// It may be used for [`settings::KEY_PACKAGE_SECONDS`], and once; one that is a last resort more than once.
    pub fn key_package(&self, suite: Suite, last_resort: bool) -> Result<Vec<u8>, Error> {
        let now = self.now.as_seconds();
        let time = settings::key_package_time(
            now.saturating_sub(settings::CLOCK_MARGIN_SECONDS),
            now.saturating_add(settings::KEY_PACKAGE_SECONDS),
        );
        let extensions = Extensions::single(time)
            .map_err(|_| Error::Bug("the time of a key package is no extension"))?;
        let mut builder = KeyPackage::builder()
            .leaf_node_capabilities(settings::capabilities())
            .key_package_lifetime(settings::leaf_lifetime())
            .key_package_extensions(extensions);
        if last_resort {
            builder = builder.mark_as_last_resort();
        }
        let bundle = builder
            .build(
                suite.into(),
                &self.provider(),
                self.device,
                self.credential(),
            )
            .map_err(|_| Error::Bug("a key package cannot be made"))?;
        to_bytes(&MlsMessageOut::from(bundle.into_key_package()))
    }

    /// Forgets the secrets of a key package that nobody will use any more.
    pub fn retire_key_package(&self, key_package: &[u8]) -> Result<(), Error> {
        let provider = self.provider();
        let package = read_key_package(provider.crypto(), key_package).map_err(Error::Misuse)?;
        let reference = package
            .hash_ref(provider.crypto())
            .map_err(|_| Error::Bug("a key package has no reference"))?;
        Ok(provider.storage().delete_key_package(&reference)?)
    }

    /// Makes a room with this device alone in it, at epoch 0. [`Room::group_info`] and [`Room::tree`] are for the hub.
    ///
    /// For a direct room, `policy.owners` names the two accounts.
    pub fn create(
        &self,
        room: RoomId,
        policy: &RoomPolicy,
        hub_key: &[u8; 32],
        suite: Suite,
    ) -> Result<Room<'a>, Error> {
        if self.load(room)?.is_some() {
            return Err(Error::Misuse("the room exists"));
        }
        let extensions = settings::group_extensions(policy, hub_key)
            .ok_or(Error::Bug("a new room has no extensions"))?;
        let config = settings::join_config();
        let group = MlsGroup::builder()
            .with_group_id(group_id(room))
            .with_wire_format_policy(config.wire_format_policy())
            .padding_size(settings::PADDING_BYTES)
            .max_past_epochs(0)
            .number_of_resumption_psks(0)
            .use_ratchet_tree_extension(true)
            .sender_ratchet_configuration(settings::sender_ratchet())
            .lifetime(settings::leaf_lifetime())
            .ciphersuite(suite.into())
            .with_group_context_extensions(extensions)
            .with_capabilities(settings::capabilities())
            .build(&self.provider(), self.device, self.credential())
            .map_err(|_| Error::Bug("a room cannot be made"))?;
        let room = Room::of(*self, room, group)?;
        let leaves = room.roster()?;
        let change = extract::state(&leaves, room.group.public_group().group_context(), 0, None)
            .map_err(Error::Bug)?;
        self.check(None, &change, When::Now(self.now))
            .map_err(|breach| Error::Refused(Refusal::Breach(breach)))?;
        Ok(room)
    }

    /// Loads a room, if it is in the store.
    pub fn load(&self, room: RoomId) -> Result<Option<Room<'a>>, Error> {
        let group = MlsGroup::load(self.provider().storage(), &group_id(room))?;
        group.map(|group| Room::of(*self, room, group)).transpose()
    }

    /// Deletes everything that the store holds of a room.
    pub fn forget(&self, room: RoomId) -> Result<(), Error> {
        let provider = self.provider();
        if let Some(mut group) = MlsGroup::load(provider.storage(), &group_id(room))? {
            group.delete(provider.storage())?;
        }
        Ok(())
    }

    pub(crate) fn provider(&self) -> Provider<'a> {
        Provider::new(self.store, self.random)
    }

    pub(crate) fn credential(&self) -> CredentialWithKey {
        identity::credential_with_key(self.device.identity(), &self.device.leaf_key())
    }

    pub(crate) fn check(
        &self,
        before: Option<&RoomView>,
        change: &ProposedChange,
        when: When,
    ) -> Result<(), crate::Breach> {
        check_change(self.rules, before, change, self.directory, when)
    }
}

/// Tells who a key package would add, and how: for those who hand them out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPackageInfo {
    /// Who.
    pub identity: LeafIdentity,
    /// Its leaf key.
    pub leaf_key: [u8; 32],
    /// For rooms of which suite.
    pub suite: Suite,
    /// Seconds since 1970 between which it may be used.
    pub lifetime: (u64, u64),
    /// Whether it may be used more than once.
    pub last_resort: bool,
}

impl KeyPackageInfo {
    /// Reads a key package message and checks its signatures. Whether the device exists is for the directory to say.
    pub fn read(key_package: &[u8]) -> Result<Self, Error> {
        let crypto = openmls_rust_crypto::RustCrypto::default();
        let refused = |why| Error::Refused(Refusal::KeyPackage(why));
        let package = read_key_package(&crypto, key_package).map_err(refused)?;
        let node = package.leaf_node();
        let leaf = identity::leaf(0, node.credential(), node.signature_key().as_slice())
            .ok_or(refused("it names nobody"))?;
        let time = package
            .extensions()
            .unknown(settings::KEY_PACKAGE_TIME_EXTENSION)
            .and_then(|time| settings::read_key_package_time(&time.0));
        Ok(Self {
            identity: leaf.identity,
            leaf_key: leaf.key,
            suite: Suite::from_mls(package.ciphersuite()).ok_or(refused("of an unknown suite"))?,
            lifetime: time.ok_or(refused("without a time"))?,
            last_resort: package.last_resort(),
        })
    }
}

pub(crate) fn read_key_package(
    crypto: &openmls_rust_crypto::RustCrypto,
    message: &[u8],
) -> Result<KeyPackage, &'static str> {
    let message = MlsMessageIn::tls_deserialize_exact_bytes(message).map_err(|_| "malformed")?;
    let MlsMessageBodyIn::KeyPackage(package) = message.extract() else {
        return Err("of another kind");
    };
    let package: KeyPackageIn = package;
    package
        .validate(crypto, ProtocolVersion::Mls10)
        .map_err(|_| "not valid")
}

pub(crate) fn group_id(room: RoomId) -> GroupId {
    GroupId::from_slice(&room.0)
}

pub(crate) fn to_bytes(message: &MlsMessageOut) -> Result<Vec<u8>, Error> {
    message
        .tls_serialize_detached()
        .map_err(|_| Error::Bug("a message cannot be written"))
}

/// What a member made that MLS accepts and the rules cannot even read.
pub(crate) fn unreadable(why: &'static str) -> Error {
    Error::MemberMisbehaved(Misdeed::Invalid(why))
}

pub(crate) fn malformed() -> Error {
    Error::ServerMisbehaved(Misdelivery::Malformed)
}
