//! Why a request was not done.

use crate::{code, record};

code! {
    /// Stable numbers of everything that can be wrong with a request.
    ///
    /// "There is no such thing" and "it is not yours" are the same code, so that nobody learns what exists.
    pub enum ProblemCode {
        /// The bytes are not a request of this protocol, or a field is out of range.
        Malformed = 1,
        /// The other side speaks no common protocol version.
        UnsupportedVersion = 2,
        /// No session, or one that ended.
        Unauthenticated = 3,
        /// Not found or not allowed.
        Refused = 4,
        /// The room moved on to another epoch: read its events, then try again.
        StaleEpoch = 5,
        /// Something of that name exists already and is another.
        Conflict = 6,
        /// Too many requests; try again after `retry_after_ms`.
        RateLimited = 7,
        /// Larger than the server takes.
        TooLarge = 8,
        /// The quota is used up, or the disk is full.
        StorageFull = 9,
        /// An invitation that was used up, has expired or was revoked.
        Gone = 10,
        /// The server cannot do it now; nothing was done. Try again.
        Unavailable = 11,
        /// A proposal waits in the room and must be committed first.
        CommitPending = 12,
        /// A signature, chain or policy check failed.
        Invalid = 13,
        /// Two organisations that are no partners of one another would meet in a room of a third one.
        Strangers = 14,
    }
}

record! {
    /// A refusal. It says nothing that the asker did not know.
    pub struct Problem {
        /// What is wrong.
        pub code: ProblemCode,
        /// Milliseconds after which another try makes sense.
        pub retry_after_ms: Option<u64>,
    }
}

impl Problem {
    /// Makes a refusal without a time to wait.
    pub fn new(code: ProblemCode) -> Self {
        Self {
            code,
            retry_after_ms: None,
        }
    }

    /// Tells whether the same request can succeed later without any change.
    pub fn is_transient(&self) -> bool {
        matches!(
            self.code,
            ProblemCode::RateLimited | ProblemCode::Unavailable | ProblemCode::StorageFull
        )
    }

    /// Returns the HTTP status that carries this problem (RFC 9457).
    pub fn http_status(&self) -> u16 {
        match self.code {
            ProblemCode::Malformed | ProblemCode::UnsupportedVersion | ProblemCode::Invalid => 400,
            ProblemCode::Unauthenticated => 401,
            ProblemCode::Refused => 404,
            ProblemCode::Strangers => 403,
            ProblemCode::StaleEpoch | ProblemCode::Conflict | ProblemCode::CommitPending => 409,
            ProblemCode::RateLimited => 429,
            ProblemCode::TooLarge => 413,
            ProblemCode::StorageFull => 507,
            ProblemCode::Gone => 410,
            ProblemCode::Unavailable => 503,
        }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "the server refused: {:?}", self.code)
    }
}

impl std::error::Error for Problem {}
