//! What two servers say to each other: the body of `POST /v1/partner`, signed as `spec/federation.md` says.
//!
//! The server on which a room lives is its *hub*; a partner's server with members in it *follows* it.

use crate::push::Event;
use crate::request::{
    ClaimKeyPackages, ClaimedKeyPackages, Done, GetReceipts, InboxItem, Receipts,
};
use crate::statement::{LogEntry, SignedStatement};
use crate::{
    AccountId, BlobId, DeviceId, Octets, OfficeId, OrganisationId, RoomId, choice, record,
};

/// Most accounts of one [`ReadAccounts`].
pub const MAX_ACCOUNTS: usize = 256;
/// Most bytes of one [`BlobPart`].
pub const MAX_BLOB_PART_BYTES: u32 = 1 << 20;
/// Most statements of one [`ShowStatements`].
pub const MAX_STATEMENTS: usize = 500;

record! {
    /// An organisation says to another one that it would be its partner, by a link of that one.
    pub struct Introduction {
        /// Its organisation statement.
        pub organisation: SignedStatement,
        /// Where its server is: scheme, host and port.
        pub origin: String,
        /// Public half of the secret in the link.
        pub key: [u8; 32],
        /// Ed25519 by that key over its label, both organisations' ids and the origin.
        pub signature: [u8; 64],
    }
}

record! {
    /// Asks for what proves some accounts.
    pub struct ReadAccounts {
        /// Which.
        pub accounts: Vec<AccountId>,
    }
}
record! {
    /// Asks who shows himself under a tag.
    pub struct FindAccount {
        /// Tag of the address under the partner key.
        pub address_tag: [u8; 32],
    }
}
record! {
    /// A part of the sender's own log, with gaps.
    pub struct Excerpt {
        /// Who was asked for, if it was one.
        pub account: Option<AccountId>,
        /// In the order of the log.
        pub entries: Vec<LogEntry>,
    }
}
record! {
    /// Asks for the offices that show themselves to the asking organisation, and for what proves who holds them.
    pub struct ReadOffices {
        /// Office after which to begin; none for the first part.
        pub after: Option<OfficeId>,
    }
}
record! {
    /// A part of these offices.
    pub struct OfficePage {
        /// In the order of the log, with gaps.
        pub entries: Vec<LogEntry>,
        /// Office after which there are more; none if this is the last part.
        pub next: Option<OfficeId>,
    }
}
record! {
    /// Shows what became of accounts and offices that the other organisation knows.
    pub struct ShowStatements {
        /// Whose log this is a part of: the sender's, or that of another one with members in the same room.
        pub organisation: OrganisationId,
        /// In the order of the log.
        pub entries: Vec<LogEntry>,
    }
}

record! {
    /// Carries what a device asks of the hub of a room: to send, commit, propose, signal, or come back.
    pub struct OnBehalf {
        /// Whose device.
        pub account: AccountId,
        /// Which device.
        pub device: DeviceId,
        /// What it asks; the request's bytes.
        pub request: Octets,
    }
}
record! {
    /// What the hub answered.
    pub struct Answered {
        /// The answer's bytes.
        pub reply: Octets,
    }
}

record! {
    /// A device of the follower that came into a room or left it.
    pub struct Moved {
        /// Number of the event by which.
        pub seq: u64,
        /// Which device.
        pub device: DeviceId,
        /// Whose, if it came.
        pub account: Option<AccountId>,
    }
}
record! {
    /// Tells a follower what a room's log says.
    pub struct FollowRoom {
        /// Where.
        pub room: RoomId,
        /// Number after which the follower began to follow.
        pub since: u64,
        /// Chain hash of the log up to there.
        pub chain: [u8; 32],
        /// Number after which this begins.
        pub after: u64,
        /// In order, without gaps.
        pub events: Vec<Event>,
        /// Which devices of the follower came and left by these events, in their order.
        pub moved: Vec<Moved>,
        /// Whether the last event is worth waking somebody for.
        pub wakes: bool,
    }
}
record! {
    /// How far a follower has a room's log.
    pub struct Followed {
        /// Last number.
        pub head: u64,
    }
}
record! {
    /// A welcome for a device of the other organisation.
    pub struct Welcome {
        /// For whom.
        pub device: DeviceId,
        /// What it may join; the position is the hub's.
        pub item: InboxItem,
    }
}
record! {
    /// A signal for devices of the other organisation.
    pub struct Carry {
        /// Where.
        pub room: RoomId,
        /// For whom.
        pub devices: Vec<DeviceId>,
        /// Sealed under the room's epoch.
        pub sealed: Octets,
    }
}

record! {
    /// Asks for a part of a file that lies at the other server.
    pub struct ReadBlob {
        /// Which.
        pub blob: BlobId,
        /// Where the part begins.
        pub offset: u64,
        /// Its length, at most [`MAX_BLOB_PART_BYTES`].
        pub length: u32,
    }
}
record! {
    /// A part of a file; shorter than it was asked for where the file ends.
    pub struct BlobPart {
        /// Length of the whole.
        pub total: u64,
        /// The part.
        pub bytes: Octets,
    }
}

choice! {
    /// Everything that one server can ask of another.
    pub enum PartnerRequest {
        /// → [`Done`]. The only one that needs no partnership.
        0 => Introduction(Introduction),
        /// → [`Excerpt`]
        1 => ReadAccounts(ReadAccounts),
        /// → [`Excerpt`]
        2 => FindAccount(FindAccount),
        /// → [`Done`]
        3 => ShowStatements(ShowStatements),
        /// → [`ClaimedKeyPackages`]
        4 => ClaimKeyPackages(ClaimKeyPackages),
        /// → [`Answered`]
        5 => OnBehalf(OnBehalf),
        /// → [`Followed`]
        6 => FollowRoom(FollowRoom),
        /// → [`Done`]
        7 => Welcome(Welcome),
        /// → [`Done`]
        8 => Carry(Carry),
        /// → [`BlobPart`]
        9 => ReadBlob(ReadBlob),
        /// → [`OfficePage`]
        10 => ReadOffices(ReadOffices),
        /// → [`Receipts`]
        11 => GetReceipts(GetReceipts),
    }
}

choice! {
    /// Every answer of one server to another.
    pub enum PartnerReply {
        /// It was done.
        0 => Done(Done),
        /// To [`ReadAccounts`] and [`FindAccount`].
        1 => Excerpt(Excerpt),
        /// To [`ClaimKeyPackages`].
        2 => KeyPackages(ClaimedKeyPackages),
        /// To [`OnBehalf`].
        3 => Answered(Answered),
        /// To [`FollowRoom`].
        4 => Followed(Followed),
        /// To [`ReadBlob`].
        5 => Blob(BlobPart),
        /// To [`ReadOffices`].
        6 => Offices(OfficePage),
        /// To [`GetReceipts`].
        7 => Receipts(Receipts),
    }
}
