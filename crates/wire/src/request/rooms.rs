//! Rooms: commits, messages, logs, and where they stand.

use crate::push::Event;
use crate::{Octets, RoomId, Timestamp, TransactionId, record};

/// Most events that one [`ReadEvents`] may ask for.
pub const MAX_EVENTS_PER_READ: u32 = 500;

/// Most bytes of events in one [`EventPage`]; at least one event is always returned.
pub const MAX_EVENT_PAGE_BYTES: usize = 2 << 20;

/// Most bytes of one application message, as it is sent.
pub const MAX_MESSAGE_BYTES: usize = 96 << 10;

/// Most bytes of one commit, group information or welcome.
pub const MAX_HANDSHAKE_BYTES: usize = 6 << 20;

record! {
    /// Makes a room with its creator alone in it. The same request again changes nothing.
    pub struct CreateRoom {
        /// Chosen at random by the creator.
        pub room: RoomId,
        /// MLS GroupInfo message of epoch 0, without the tree.
        pub group_info: Octets,
        /// Ratchet tree of epoch 0.
        pub tree: Octets,
    }
}
record! {
    /// Changes a room's group: who is in it, its policy, or keys. Accepted at one epoch once.
    pub struct Commit {
        /// Where.
        pub room: RoomId,
        /// Names this commit: a repetition gets the first answer.
        pub transaction: TransactionId,
        /// Epoch that the commit ends.
        pub epoch: u64,
        /// MLS PublicMessage.
        pub commit: Octets,
        /// MLS GroupInfo message of the new epoch, without the tree, for those who have to come back.
        pub group_info: Octets,
        /// MLS Welcome message with the tree in it, when somebody was added.
        pub welcome: Option<Octets>,
    }
}
record! {
    /// Proposes to leave (SelfRemove). Somebody else commits it.
    pub struct Propose {
        /// Where.
        pub room: RoomId,
        /// Names this proposal.
        pub transaction: TransactionId,
        /// Epoch in which it is meant.
        pub epoch: u64,
        /// MLS PublicMessage.
        pub proposal: Octets,
    }
}
record! {
    /// Sends an application message.
    pub struct Send {
        /// Where.
        pub room: RoomId,
        /// Names this message: a repetition gets the first answer.
        pub transaction: TransactionId,
        /// Epoch in which it was encrypted.
        pub epoch: u64,
        /// Whether it is worth waking somebody for: a receipt is not.
        pub wakes: bool,
        /// MLS PrivateMessage.
        pub message: Octets,
    }
}
record! {
    /// A place in a room's log, durable on the server.
    pub struct Accepted {
        /// Where.
        pub room: RoomId,
        /// Counts from 1 without gaps.
        pub seq: u64,
        /// SHA-256 of the event's body: an answer to another request is noticed by it.
        pub digest: [u8; 32],
        /// The hub's clock.
        pub at: Timestamp,
    }
}

record! {
    /// Reads a room's log.
    pub struct ReadEvents {
        /// Where.
        pub room: RoomId,
        /// Number after which to begin.
        pub after: u64,
        /// How many, at most [`MAX_EVENTS_PER_READ`].
        pub limit: u32,
    }
}
record! {
    /// A part of a room's log.
    pub struct EventPage {
        /// Where.
        pub room: RoomId,
        /// In order, without gaps.
        pub events: Vec<Event>,
        /// Last number of what this device may read.
        pub head: u64,
    }
}
record! {
    /// Asks for what is needed to come back into a room by an external commit.
    pub struct GetGroupInfo {
        /// Where.
        pub room: RoomId,
    }
}
record! {
    /// Asks for the same before the account is in the room: shows that the device holds a link into it.
    pub struct GetGroupByLink {
        /// Where.
        pub room: RoomId,
        /// Public key of the link.
        pub link: [u8; 32],
        /// By it over room, account and device.
        pub signature: [u8; 64],
    }
}
record! {
    /// Comes into a room by a link. Beside the commit, which everybody judges, it shows the hub what [`GetGroupByLink`] does, so that
    /// nobody else makes it judge one.
    pub struct JoinByLink {
        /// The link.
        pub shown: GetGroupByLink,
        /// An external commit of this device, without a welcome.
        pub commit: Commit,
    }
}
record! {
    /// The public state of a room's group.
    pub struct GroupState {
        /// Where.
        pub room: RoomId,
        /// Number of the event that made this state.
        pub seq: u64,
        /// Chain hash of the log up to and including `seq`.
        pub chain: [u8; 32],
        /// MLS GroupInfo message without the tree.
        pub group_info: Octets,
        /// Ratchet tree.
        pub tree: Octets,
        /// Proposals of this epoch that nobody has committed.
        pub proposals: Vec<Octets>,
    }
}
record! {
    /// Tells the others in a room something that is worth nothing in a minute (typing). Never stored.
    pub struct Signal {
        /// Where.
        pub room: RoomId,
        /// Sealed under the room's epoch.
        pub sealed: Octets,
    }
}

record! {
    /// Asks where everything stands and subscribes this connection to all that follows.
    pub struct Sync {}
}
record! {
    /// Where one room stands.
    pub struct RoomHead {
        /// Which.
        pub room: RoomId,
        /// Last number that this device may read.
        pub head: u64,
        /// Whether the device is still a member.
        pub active: bool,
    }
}
record! {
    /// Where everything stands for this device.
    pub struct SyncState {
        /// Names the state of the server's store, as in the record of the organisation.
        pub generation: [u8; 16],
        /// Rooms of the device.
        pub rooms: Vec<RoomHead>,
        /// Last position of the device's inbox.
        pub inbox_head: u64,
        /// Last position of the organisation's log.
        pub directory_head: u64,
        /// Last position of what was shown of other organisations.
        pub foreign_head: u64,
        /// One-time key packages that are left.
        pub key_packages: u32,
        /// The server's clock.
        pub now: Timestamp,
    }
}
record! {
    /// Reads the device's inbox: welcomes, which belong to no room it is in.
    pub struct ReadInbox {
        /// Position after which to begin.
        pub after: u64,
    }
}
record! {
    /// An invitation into a room's group.
    pub struct InboxItem {
        /// Counts up.
        pub position: u64,
        /// Which room.
        pub room: RoomId,
        /// Number of the commit that added the device.
        pub seq: u64,
        /// Chain hash of the log up to and including `seq`.
        pub chain: [u8; 32],
        /// MLS Welcome message.
        pub welcome: Octets,
    }
}
record! {
    /// A part of the inbox.
    pub struct InboxPage {
        /// In order.
        pub items: Vec<InboxItem>,
        /// Last position of the inbox.
        pub head: u64,
    }
}
record! {
    /// Says that everything up to a position was taken and may be forgotten.
    pub struct ClearInbox {
        /// Last position that was taken.
        pub up_to: u64,
    }
}
