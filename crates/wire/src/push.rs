//! What a server says unasked, after a connection's first `Sync`.

use crate::{Octets, RoomId, Timestamp, choice, code, record};

code! {
    /// What an event's body is.
    pub enum EventKind {
        /// MLS PrivateMessage with content in it.
        Message = 0,
        /// MLS PublicMessage with a commit.
        Commit = 1,
        /// MLS PublicMessage with a proposal: of a member who leaves, or of the hub for an account that ended.
        Proposal = 2,
    }
}

record! {
    /// One place in a room's log.
    ///
    /// It names no sender: who it was, MLS says.
    pub struct Event {
        /// Counts from 1 without gaps.
        pub seq: u64,
        /// What the body is.
        pub kind: EventKind,
        /// The hub's clock, which nobody vouches for.
        pub at: Timestamp,
        /// MLS message.
        pub body: Octets,
    }
}

record! {
    /// A new event, whole.
    pub struct RoomEvent {
        /// Where.
        pub room: RoomId,
        /// What.
        pub event: Event,
    }
}
record! {
    /// A room has events up to a number; they are to be read.
    pub struct RoomMoved {
        /// Where.
        pub room: RoomId,
        /// Last number.
        pub head: u64,
    }
}
record! {
    /// The device's inbox has items up to a position.
    pub struct InboxMoved {
        /// Last position.
        pub head: u64,
    }
}
record! {
    /// The organisation's log has entries up to a position.
    pub struct DirectoryMoved {
        /// Last position; 0 to a guest, who is told to look and not how far it reaches.
        pub head: u64,
    }
}
record! {
    /// What this server was shown of other organisations reaches up to a position.
    pub struct ForeignMoved {
        /// Last position.
        pub head: u64,
    }
}
record! {
    /// Another organisation introduced itself: whoever is registrar looks.
    pub struct Introduced {}
}
record! {
    /// What another member signals.
    pub struct Signalled {
        /// Where.
        pub room: RoomId,
        /// Sealed under the room's epoch.
        pub sealed: Octets,
    }
}
code! {
    /// Why a server ends a connection.
    pub enum Reason {
        /// The server restarts.
        Restart = 0,
        /// The session's time is over: sign in again.
        SessionExpired = 1,
        /// The account or device was revoked.
        Revoked = 2,
        /// The connection was too slow to take what was waiting: come back and read.
        TooSlow = 3,
        /// The client broke the protocol.
        Misbehaved = 4,
        /// More came in than the limits allow.
        RateLimited = 5,
    }
}
record! {
    /// The last thing that a server says.
    pub struct Bye {
        /// Why.
        pub reason: Reason,
        /// Milliseconds to wait before coming back.
        pub retry_after_ms: u64,
    }
}

choice! {
    /// Everything that a server says unasked.
    pub enum Push {
        /// A new event.
        0 => Event(RoomEvent),
        /// New events that are too large or too many to push.
        1 => RoomMoved(RoomMoved),
        /// New welcomes.
        2 => InboxMoved(InboxMoved),
        /// New statements.
        3 => DirectoryMoved(DirectoryMoved),
        /// Typing.
        4 => Signalled(Signalled),
        /// The end.
        5 => Bye(Bye),
        /// New statements of other organisations.
        6 => ForeignMoved(ForeignMoved),
        /// Another organisation introduced itself.
        7 => Introduced(Introduced),
    }
}
