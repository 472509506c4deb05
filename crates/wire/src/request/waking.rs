//! Waking a device that is not connected, by Web Push (RFC 8030, RFC 8291, RFC 8292).

use crate::{Octets, RoomId, record};

/// Most bytes of a push service's address.
pub const MAX_ENDPOINT_BYTES: usize = 1_024;
/// Most rooms that a device can ask not to be woken for.
pub const MAX_SILENT_ROOMS: usize = 2_048;

record! {
    /// Asks for the key by which push services know this server.
    pub struct GetPushKey {}
}
record! {
    /// The key by which push services know this server.
    pub struct PushKey {
        /// P-256 point, uncompressed, 65 bytes; none if this server wakes nobody.
        pub key: Option<Octets>,
    }
}
record! {
    /// Keeps the push subscription of the device that asks, in place of a former one. What is sent there says nothing but that
    /// there is something.
    pub struct KeepSubscription {
        /// Where the push service takes messages for the device; at most [`MAX_ENDPOINT_BYTES`].
        pub endpoint: String,
        /// `p256dh`: P-256 point of the browser, uncompressed, 65 bytes.
        pub key: Octets,
        /// `auth`: secret of the browser.
        pub auth: [u8; 16],
        /// Rooms for which the device is not to be woken; at most [`MAX_SILENT_ROOMS`].
        pub silent: Vec<RoomId>,
    }
}
record! {
    /// Forgets the push subscription of the device that asks.
    pub struct ForgetSubscription {}
}
