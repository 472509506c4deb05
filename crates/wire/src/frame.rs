//! What travels in one WebSocket message.

use crate::push::Push;
use crate::request::{Reply, Request};
use crate::{Problem, choice, record};

/// Largest WebSocket message of either side, in bytes; larger things go over HTTP.
pub const MAX_FRAME_BYTES: usize = 64 << 10;

/// Largest event, in bytes, that is pushed whole; of a larger one only its number is told.
pub const MAX_PUSHED_EVENT_BYTES: usize = 16 << 10;

record! {
    /// First frame of a client: within ten seconds, or the connection is closed.
    pub struct Hello {
        /// Protocol version of the client.
        pub version: u16,
        /// Token of a [`crate::request::Session`]. It stands here and not in the URL, which ends up in logs.
        pub token: [u8; 32],
    }
}
record! {
    /// A numbered request.
    pub struct Ask {
        /// Chosen by the client; the answer carries it back.
        pub number: u64,
        /// What is asked.
        pub request: Request,
    }
}
record! {
    /// The answer to a numbered request.
    pub struct Answer {
        /// Number of the request.
        pub number: u64,
        /// What was asked for.
        pub reply: Reply,
    }
}
record! {
    /// The refusal of a numbered request.
    pub struct Refusal {
        /// Number of the request.
        pub number: u64,
        /// Why.
        pub problem: Problem,
    }
}
record! {
    /// First frame of a server: the session holds.
    pub struct Welcome {
        /// Protocol version of the server.
        pub version: u16,
    }
}

choice! {
    /// What a client sends.
    #[allow(clippy::large_enum_variant, reason = "a hello is said once a connection, and all else is a request")]
    pub enum ClientFrame {
        /// First of all.
        0 => Hello(Hello),
        /// A request.
        1 => Ask(Ask),
    }
}
choice! {
    /// What a server sends.
    pub enum ServerFrame {
        /// First of all.
        0 => Welcome(Welcome),
        /// The answer to a request.
        1 => Answer(Answer),
        /// A refusal.
        2 => Refusal(Refusal),
        /// Something unasked.
        3 => Push(Push),
    }
}
