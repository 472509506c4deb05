//! Timestamps by RFC 3161: an authority that gives them, a question to another one, and the verifier.
//!
//! A timestamp says that somebody showed a digest to an authority before an instant; it says nothing of what was digested and
//! nothing of who asked. An authority is believed for its clock and for nothing else. Nothing here asks a clock, draws a random number or
//! opens a socket: time, secrets and serial numbers are handed in, so that the same input gives the same bytes everywhere.
//!
//! [`verify()`] is strict where RFC 3161 lets a reader choose: DER alone, one signature, a certificate that may do this and
//! nothing else, named in what is signed (RFC 5816), and a chain to a certificate that the caller trusts, all of it valid at the instant that
//! is said. Whether a certificate was revoked is not looked up: there is no network where evidence is read.
#![forbid(unsafe_code)]

pub mod authority;
mod breach;
mod certificate;
pub mod imprint;
mod names;
mod oid;
mod request;
mod structure;
mod time;
pub mod verify;

pub use authority::{Authority, Failure, Secret, Serial, refusal};
pub use breach::Breach;
pub use certificate::Certificate;
pub use imprint::{Digest, Imprint};
pub use oid::Oid;
pub use request::{Answer, Request, read_response, read_untrusted};
pub use verify::{Verified, verify, verify_alone};

/// Media type of a question to an authority.
pub const QUERY_TYPE: &str = "application/timestamp-query";
/// Media type of an authority's answer.
pub const REPLY_TYPE: &str = "application/timestamp-reply";
/// Longest question that is read.
pub const MOST_QUERY_BYTES: usize = 4 << 10;
/// Longest answer, and longest token, that is read.
pub const MOST_REPLY_BYTES: usize = 64 << 10;
