//! What a room is, as its members agreed: the content of the room's group context extension.

use crate::{AccountId, OrganisationId, code, record};

/// Number of the MLS extension in which a [`RoomPolicy`] lies (RFC 9420 §17.3, private use).
pub const ROOM_POLICY_EXTENSION: u16 = 0xF0A0;

code! {
    /// What kind of conversation a room holds.
    pub enum RoomKind {
        /// Two accounts, or one with its own devices alone; nobody else can ever be added, and nobody of them can be removed.
        Direct = 0,
        /// Members talk, owners decide who is in.
        Group = 1,
        /// Owners talk and decide who is in, members read.
        Announcement = 2,
    }
}

record! {
    /// Roles and rules of a room. Visible to the hub, and the same for all members.
    ///
    /// It holds ids alone: a room's name and picture travel sealed, as content.
    pub struct RoomPolicy {
        /// What kind of conversation this is; only group and announcement can become one another.
        pub kind: RoomKind,
        /// The organisation whose directory decides who a leaf is.
        pub organisation: OrganisationId,
        /// Accounts with the owner role, ascending, each once, never empty.
        pub owners: Vec<AccountId>,
        /// Lowest protocol version a member may speak; it only rises.
        pub protocol_floor: u16,
    }
}

record! {
    /// The identity in a leaf's basic credential. The directory says which keys it may have.
    pub struct LeafIdentity {
        /// Whose device it is.
        pub account: AccountId,
        /// Which device it is.
        pub device: crate::DeviceId,
    }
}
