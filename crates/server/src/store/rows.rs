//! What reads return.

use std::fmt;
use valise_evidence::Event;
use valise_wire::{AccountId, DeviceId, OrganisationId, RequestId, RoomId, Timestamp};

/// A value of which there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// Names this state of the store; another one after a restore from a backup.
    Generation,
    /// SHA-256 of the code in the set-up link, until the organisation was founded.
    SetupCode,
    /// P-256 secret by which push services know this server.
    PushKey,
    /// The timestamp authority with its secrets, as [`valise_timestamp::Authority::keep`] writes it.
    TimestampAuthority,
    /// How often this store was opened to give timestamps, four bytes big-endian: no two runs give the same numbers.
    TimestampRuns,
}

impl Setting {
    /// Returns the name under which it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Generation => "generation",
            Self::SetupCode => "setup_code",
            Self::PushKey => "push_key",
            Self::TimestampAuthority => "timestamp_authority",
            Self::TimestampRuns => "timestamp_runs",
        }
    }
}

/// Where a room stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomRow {
    /// Last number of its log.
    pub head: u64,
    /// Epoch of its group.
    pub epoch: u64,
    /// Chain hash up to `head`.
    pub chain: [u8; 32],
    /// Removals that the hub proposed in this epoch; while there are any, nothing may be sent.
    pub pending_removals: u32,
}

/// One device in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberRow {
    /// Which device.
    pub device: DeviceId,
    /// Whose.
    pub account: AccountId,
}

/// The public state of a room's group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupRow {
    /// Number of the event that made it; 0 for the beginning.
    pub seq: u64,
    /// Chain hash up to that event.
    pub chain: [u8; 32],
    /// State of the hub, as `valise-mls` wrote it.
    pub state: Vec<u8>,
    /// MLS GroupInfo message without the tree.
    pub group_info: Vec<u8>,
}

/// A room of this server that a partner follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FollowerRow {
    /// Which.
    pub room: RoomId,
    /// Last number that it has.
    pub has: u64,
    /// Last number that it is to get.
    pub head: u64,
    /// Number after which it began.
    pub since: u64,
    /// Chain hash up to there.
    pub chain: [u8; 32],
}

/// An archive in which a device moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArchiveRow {
    /// Whose.
    pub device: DeviceId,
    /// How many parts it has.
    pub parts: u32,
    /// How many of them are here.
    pub kept: u32,
    /// Who took it first.
    pub claim: Option<[u8; 16]>,
}

/// How much an account has in lockers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockerUse {
    /// Bytes of all parts.
    pub bytes: u64,
    /// Number of parts.
    pub parts: u32,
}

/// How a device is woken that is not connected.
#[derive(Clone, PartialEq, Eq)]
pub struct SubscriptionRow {
    /// Whose device it is.
    pub account: AccountId,
    /// Where its push service takes messages.
    pub endpoint: String,
    /// P-256 point of the browser, uncompressed.
    pub key: Vec<u8>,
    /// Secret of the browser.
    pub auth: [u8; 16],
    /// Rooms for which it is not woken.
    pub silent: Vec<RoomId>,
}

/// Where it leads is nobody's business.
impl fmt::Debug for SubscriptionRow {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("SubscriptionRow").finish_non_exhaustive()
    }
}

/// What this server saw of a signed thing, which it cannot read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Observed {
    /// Digest of the thing, as it stood beside the message.
    pub object: [u8; 32],
    /// To which request it belongs, as it stood there.
    pub request: RequestId,
    /// What happened.
    pub event: Event,
    /// Number of the message in the room.
    pub seq: u64,
    /// Epoch in which it was encrypted.
    pub epoch: u64,
    /// SHA-256 of the message.
    pub transmitted: [u8; 32],
    /// When it happened, by this server's clock.
    pub at: Timestamp,
    /// How far the organisation's log reached then.
    pub directory: u64,
    /// To which device something was handed over.
    pub device: Option<DeviceId>,
    /// When the request ends by itself, as it stood there.
    pub ends: Option<Timestamp>,
}

/// A place in a room's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// Number.
    pub seq: u64,
    /// SHA-256 of the body.
    pub digest: [u8; 32],
    /// The hub's clock.
    pub at: Timestamp,
}

/// A time of membership, in numbers of the room's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The event that added the device; 0 for the creator.
    pub from: u64,
    /// The event that removed it, which it may still read.
    pub to: Option<u64>,
}

/// Where a device stands outside of rooms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DeviceHeads {
    /// Last position of its inbox.
    pub inbox_head: u64,
    /// One-time key packages that are left.
    pub key_packages: u32,
}

/// Something of this server that a partner uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Share {
    /// New rooms that live there, in a day.
    RoomsToday,
    /// Rooms that live there in which somebody of here is.
    Rooms,
    /// Bytes of events and welcomes that are kept of them.
    Bytes,
    /// Key packages that it asks for, in a day.
    PackagesToday,
}

/// What a partner may have of a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// Who.
    pub partner: OrganisationId,
    /// Of what.
    pub share: Share,
    /// Today, in days since 1970.
    pub day: u64,
    /// How much comes to it now.
    pub more: u64,
    /// How much it may be then.
    pub most: u64,
}

/// How much of this server a partner uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PartnerUse {
    /// See [`Share::Rooms`].
    pub rooms: u64,
    /// See [`Share::Bytes`].
    pub bytes: u64,
    /// Day since 1970 of which the others are.
    pub day: u64,
    /// See [`Share::RoomsToday`].
    pub begun: u64,
    /// See [`Share::PackagesToday`].
    pub claimed: u64,
}
