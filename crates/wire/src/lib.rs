//! Protocol types and their bytes.
//!
//! Everything that a client and a server say to each other is defined here, together with the one way to write it
//! down: deterministic CBOR (RFC 8949 §4.2.1). There is no cryptography and no IO in this crate; what is signed or
//! sealed travels as opaque octets and is opened by `valise-directory` and `valise-mls`.
//!
//! Start with [`request`] (what a device asks), [`push`] (what a server says unasked) and [`cbor`] (how it is written).

pub mod record;

pub mod blob;
pub mod cbor;
pub mod frame;
pub mod id;
pub mod partner;
pub mod policy;
pub mod problem;
pub mod push;
pub mod request;
pub mod statement;

pub use cbor::{Decode, DecodeError, Encode, from_bytes, to_bytes};
pub use id::{
    AccountId, ArchiveId, BlobId, DeviceId, InvitationId, LockerId, MeetingId, MessageId, OfficeId,
    OrganisationId, RenewalId, RequestId, RoomId, Timestamp, TransactionId,
};
pub use problem::{Problem, ProblemCode};
pub use record::Octets;

/// Version of the protocol that this crate speaks; both sides say theirs in [`frame::Hello`].
pub const PROTOCOL_VERSION: u16 = 1;
