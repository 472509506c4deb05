//! What servers are told of signed things, which they cannot read, and how receipts and time tokens are asked for.

use crate::{Octets, OrganisationId, RequestId, RoomId, Timestamp, record};

/// Most things of which one may be asked at once.
pub const MAX_MARKED: usize = 64;

record! {
    /// What stands in clear beside the encrypted message that holds a signed thing, authenticated by MLS: servers note when they took it.
    pub struct Mark {
        /// Organisation of whoever signed it.
        pub by: OrganisationId,
        /// To which request it belongs.
        pub request: RequestId,
        /// Its SHA-256.
        pub object: [u8; 32],
    } and perhaps {
        /// When the request ends by itself that is signed in it; none of everything else, and of what does not.
        pub ends: Option<Timestamp>,
    }
}
record! {
    /// Asks for the receipts of signed things: this server's own, and those of the other organisation's.
    pub struct GetReceipts {
        /// Where they were sent.
        pub room: RoomId,
        /// Their digests, at most [`MAX_MARKED`].
        pub objects: Vec<[u8; 32]>,
    }
}
record! {
    /// Asks for a token of the authority that the server has, or names, over a digest.
    pub struct GetTimeToken {
        /// SHA-256 of what is stamped.
        pub digest: [u8; 32],
    }
}
record! {
    /// When the authority saw the digest.
    pub struct TimeToken {
        /// RFC 3161, in DER; none where nobody gives any.
        pub token: Option<Octets>,
    }
}
record! {
    /// The receipts that there are.
    pub struct Receipts {
        /// Each signed by its server.
        pub receipts: Vec<Octets>,
        /// Things of which there will be more.
        pub missing: Vec<[u8; 32]>,
    }
}
