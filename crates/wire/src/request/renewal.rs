//! A new key for an account whose person lost every device, given by two registrars.

use crate::statement::SignedStatement;
use crate::{RenewalId, RoomId, Timestamp, record};

record! {
    /// Asks how long a confirmed renewal has to wait before it takes effect.
    pub struct GetRenewalDelay {}
}
record! {
    /// How long a confirmed renewal has to wait.
    pub struct RenewalDelay {
        /// Milliseconds.
        pub millis: u64,
        /// The server's clock.
        pub now: Timestamp,
    }
}
record! {
    /// Reads the organisation's log for whoever holds the link of a renewal. Public.
    pub struct ReadRenewal {
        /// Which.
        pub renewal: RenewalId,
        /// Position after which to begin; 0 for all.
        pub after: u64,
        /// Ed25519 by the link's key over the label of such readings, organisation, renewal and `after`.
        pub signature: [u8; 64],
    }
}
record! {
    /// Gives an account its new key and its first new device. Public. The same again changes nothing.
    pub struct Renew {
        /// The renewal, signed by the link's key.
        pub statement: SignedStatement,
    }
}
record! {
    /// Asks in which rooms one's account is, for a device that was in none of them.
    pub struct GetRooms {}
}
record! {
    /// The rooms of an account.
    pub struct AccountRooms {
        /// In no order.
        pub rooms: Vec<RoomId>,
    }
}
