//! What a room is, as its members agreed: the content of the room's group context extension.

use crate::{AccountId, Octets, OrganisationId, Timestamp, code, record};

/// Number of the MLS extension in which a [`RoomPolicy`] lies (RFC 9420 §17.3, private use).
pub const ROOM_POLICY_EXTENSION: u16 = 0xF0A0;

/// Most jurisdictions of a room's rule: more than there are codes.
pub const MAX_RESIDENCY: usize = 300;

/// Tells whether a text has the form of a code of ISO 3166-1: two capital letters.
pub fn is_jurisdiction(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|letter| letter.is_ascii_uppercase())
}

code! {
    /// What kind of conversation a room holds.
    pub enum RoomKind {
        /// Two accounts, or one with its own devices alone; nobody else can ever be added, and nobody of them can be removed.
        Direct = 0,
        /// Members talk, owners decide who is in.
        Group = 1,
        /// Owners talk and decide who is in, members read.
        Announcement = 2,
        /// A request of one organisation to another: those of both sides who have to do with it.
        Request = 3,
    }
}

record! {
    /// Roles and rules of a room. Visible to the hub, and the same for all members.
    ///
    /// It holds ids alone: a room's name and picture travel sealed, as content or in the card of a link.
    pub struct RoomPolicy {
        /// What kind of conversation this is; only group and announcement can become one another.
        pub kind: RoomKind,
        /// The organisation whose directory decides who a leaf is.
        pub organisation: OrganisationId,
        /// Accounts with the owner role, ascending, each once, never empty.
        pub owners: Vec<AccountId>,
        /// Lowest protocol version a member may speak; it only rises.
        pub protocol_floor: u16,
    } and perhaps {
        /// Links by which people of the organisation come in by themselves, ascending by key, each once. Without any the field is not
        /// written: rooms from before there were links keep their bytes.
        pub links: Vec<RoomLink>,
        /// Under whose law organisations other than the room's have to stand whose people are in it: codes of ISO 3166-1
        /// ([`is_jurisdiction`]), ascending, each once, at most [`MAX_RESIDENCY`]. Empty if there is no rule; then it is not written.
        pub residency: Vec<String>,
    }
}

code! {
    /// What somebody becomes who comes in by a link.
    pub enum LinkRole {
        /// A member without ownership.
        Member = 0,
    }
}

record! {
    /// A link into a room, as its members agreed: what is needed to tell who holds it, and nothing that lets anybody in.
    pub struct RoomLink {
        /// Ed25519 public key; its private half is made of what stands in the link.
        pub key: [u8; 32],
        /// Random. The devices of the account that made the link make its secret again of this.
        pub id: [u8; 16],
        /// Until when it lets people in, by the hub's clock.
        pub not_after: Option<Timestamp>,
        /// What it makes of them.
        pub role: LinkRole,
        /// What somebody sees before he comes in, sealed under a key in the link.
        pub card: Octets,
    }
}

record! {
    /// What a newcomer adds to the authenticated data of the commit by which he comes in.
    pub struct ShownLink {
        /// The link's public key.
        pub key: [u8; 32],
        /// By it over room, epoch, device and leaf key.
        pub signature: [u8; 64],
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
