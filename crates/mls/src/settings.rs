//! The one set of MLS settings that all rooms use.

use crate::identity;
use openmls::prelude::{
    Capabilities, Ciphersuite, CredentialType, Extension, ExtensionType, Extensions,
    ExternalSender, GroupContext, Lifetime, MIXED_PLAINTEXT_WIRE_FORMAT_POLICY, MlsGroupJoinConfig,
    ProposalType, ProtocolVersion, RequiredCapabilitiesExtension, SenderRatchetConfiguration,
    UnknownExtension,
};
use valise_wire::policy::{ROOM_POLICY_EXTENSION, RoomPolicy};

/// Ciphersuite of a room; it never changes, so it is chosen when the room is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Suite {
    /// `MLS_128_MLKEM768X25519_AES128GCM_SHA256_Ed25519` (0x004F): post-quantum and classic key agreement together.
    Hybrid,
    /// `MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519` (0x0001), for rooms that start large.
    Classic,
}

/// Devices up to which a new room is [`Suite::Hybrid`]: beyond, its commits would weigh megabytes.
pub const MAX_HYBRID_DEVICES: usize = 150;

/// Bytes to whose multiple every application message is padded.
pub const PADDING_BYTES: usize = 256;

/// Seconds for which a key package is valid.
pub const KEY_PACKAGE_SECONDS: u64 = 90 * 24 * 60 * 60;

/// Seconds by which clocks may differ.
pub const CLOCK_MARGIN_SECONDS: u64 = 60 * 60;

/// Links that a room may have at once.
pub const MAX_LINKS: usize = 8;

/// Most bytes of what a link shows of the room.
pub const MAX_CARD_BYTES: usize = 1024;

/// Number of the key package extension in which its time stands (RFC 9420 §17.3, private use).
pub const KEY_PACKAGE_TIME_EXTENSION: u16 = 0xF0A1;

impl Suite {
    /// Returns the suite of a room that starts with so many devices.
    pub fn for_devices(devices: usize) -> Self {
        if devices > MAX_HYBRID_DEVICES {
            Self::Classic
        } else {
            Self::Hybrid
        }
    }

    /// Returns the name that stands wherever a suite is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hybrid => "MLS_128_MLKEM768X25519_AES128GCM_SHA256_Ed25519",
            Self::Classic => "MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519",
        }
    }

    /// Reads a stored name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Hybrid, Self::Classic]
            .into_iter()
            .find(|suite| suite.name() == name)
    }
}

impl From<Suite> for Ciphersuite {
    fn from(suite: Suite) -> Self {
        match suite {
            Suite::Hybrid => Self::MLS_128_MLKEM768X25519_AES128GCM_SHA256_Ed25519,
            Suite::Classic => Self::MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519,
        }
    }
}

impl Suite {
    pub(crate) fn from_mls(suite: Ciphersuite) -> Option<Self> {
        [Self::Hybrid, Self::Classic]
            .into_iter()
            .find(|known| Ciphersuite::from(*known) == suite)
    }
}

/// Identity under which the hub stands among the external senders; its key is what counts.
pub(crate) const HUB_IDENTITY: &[u8] = b"hub";

/// What every device says it can do.
pub(crate) fn capabilities() -> Capabilities {
    Capabilities::new(
        Some(&[ProtocolVersion::Mls10]),
        Some(&[Suite::Hybrid.into(), Suite::Classic.into()]),
        Some(&[
            ExtensionType::Unknown(ROOM_POLICY_EXTENSION),
            ExtensionType::Unknown(KEY_PACKAGE_TIME_EXTENSION),
            ExtensionType::LastResort,
        ]),
        Some(&[ProposalType::SelfRemove]),
        Some(&[CredentialType::Basic]),
    )
}

/// The lifetime in every leaf: none.
///
/// The library compares it with the system's clock, also when a device follows old commits or comes back, where an
/// expired package would lock it out. The time of a key package stands in an extension of the package instead, and is
/// judged where it matters: when somebody is added ([`crate::Rule::KeyPackageTime`]).
pub(crate) fn leaf_lifetime() -> Lifetime {
    Lifetime::init(0, u64::MAX)
}

/// Writes the time of a key package: two big-endian numbers of seconds.
pub(crate) fn key_package_time(not_before: u64, not_after: u64) -> Extension {
    let mut bytes = not_before.to_be_bytes().to_vec();
    bytes.extend(not_after.to_be_bytes());
    Extension::Unknown(KEY_PACKAGE_TIME_EXTENSION, UnknownExtension(bytes))
}

/// Reads the time of a key package.
pub(crate) fn read_key_package_time(bytes: &[u8]) -> Option<(u64, u64)> {
    let (not_before, not_after) = bytes.split_first_chunk::<8>()?;
    Some((
        u64::from_be_bytes(*not_before),
        u64::from_be_bytes(not_after.try_into().ok()?),
    ))
}

/// Settings of a member's group.
///
/// No past epochs: with them, the cost of every message grows with the room. Handshakes are public messages, so that the
/// hub can follow. The tree travels inside a welcome.
pub(crate) fn join_config() -> MlsGroupJoinConfig {
    MlsGroupJoinConfig::builder()
        .wire_format_policy(MIXED_PLAINTEXT_WIRE_FORMAT_POLICY)
        .padding_size(PADDING_BYTES)
        .max_past_epochs(0)
        .number_of_resumption_psks(0)
        .use_ratchet_tree_extension(true)
        .sender_ratchet_configuration(sender_ratchet())
        .build()
}

/// How far out of order messages of one sender may come: 64 back, 2000 ahead.
pub(crate) fn sender_ratchet() -> SenderRatchetConfiguration {
    SenderRatchetConfiguration::new(64, 2000)
}

/// What every member must be able to do.
pub(crate) fn required_capabilities() -> Extension {
    Extension::RequiredCapabilities(RequiredCapabilitiesExtension::new(
        &[ExtensionType::Unknown(ROOM_POLICY_EXTENSION)],
        &[ProposalType::SelfRemove],
        &[CredentialType::Basic],
    ))
}

/// The hub, as the only external sender.
pub(crate) fn external_sender(hub_key: &[u8]) -> ExternalSender {
    let credential = openmls::prelude::BasicCredential::new(HUB_IDENTITY.to_vec());
    ExternalSender::new(hub_key.to_vec().into(), credential.into())
}

/// The extension that carries a policy.
pub(crate) fn policy_extension(policy: &RoomPolicy) -> Extension {
    Extension::Unknown(
        ROOM_POLICY_EXTENSION,
        UnknownExtension(valise_wire::to_bytes(policy)),
    )
}

/// The extensions of a new room.
pub(crate) fn group_extensions(
    policy: &RoomPolicy,
    hub_key: &[u8; 32],
) -> Option<Extensions<GroupContext>> {
    let senders = Extension::ExternalSenders(vec![external_sender(hub_key)]);
    Extensions::from_vec(vec![
        required_capabilities(),
        senders,
        policy_extension(policy),
    ])
    .ok()
}

/// The extensions of a room with another policy, all else as it is.
pub(crate) fn with_policy(
    extensions: &Extensions<GroupContext>,
    policy: &RoomPolicy,
) -> Option<Extensions<GroupContext>> {
    let others = extensions.iter().filter(|extension| {
        extension.extension_type() != ExtensionType::Unknown(ROOM_POLICY_EXTENSION)
    });
    let mut all: Vec<Extension> = others.cloned().collect();
    all.push(policy_extension(policy));
    Extensions::from_vec(all).ok()
}

/// Tells which extensions of a group are not those of a room: numbers of types. `before` is what must not change.
pub(crate) fn foreign_extensions(
    extensions: &Extensions<GroupContext>,
    before: Option<&Extensions<GroupContext>>,
) -> Vec<u16> {
    let required = required_capabilities();
    let mut foreign: Vec<u16> = extensions
        .iter()
        .filter(|extension| match extension {
            Extension::RequiredCapabilities(_) => **extension != required,
            Extension::ExternalSenders(senders) => {
                match before.and_then(|before| before.external_senders()) {
                    Some(known) => senders != known,
                    None => senders.len() != 1,
                }
            }
            Extension::Unknown(number, _) => *number != ROOM_POLICY_EXTENSION,
            _ => true,
        })
        .map(|extension| extension.extension_type().into())
        .collect();
    for needed in [
        ExtensionType::RequiredCapabilities,
        ExtensionType::ExternalSenders,
    ] {
        if !extensions.contains(needed) {
            foreign.push(needed.into());
        }
    }
    foreign
}

/// Reads the policy of a group, where it can be read.
pub(crate) fn policy_of(extensions: &Extensions<GroupContext>) -> Result<RoomPolicy, &'static str> {
    identity::policy(extensions).ok_or("the room's policy cannot be read")
}
