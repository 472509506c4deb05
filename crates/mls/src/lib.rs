//! MLS sessions for members and public validation for the hub.
//!
//! This crate hides the MLS library (RFC 9420; the choice is ADR 0001) and adds what MLS leaves to the application: who
//! a leaf is, and who may change what. What a room is on the wire stands in `spec/rooms.md`.
//!
//! - [`member::Member`] is a device at work: everything that an operation needs from outside, for one input. It makes,
//!   loads and joins a [`room::Room`], which encrypts, commits and processes.
//! - [`hub::HubRoom`] is the server's view of a room: the public half, with which it refuses what breaks the rules.
//! - [`rules::check_change`] is the one function that both ask about every change, on every path.
//! - [`store::KeyValue`] is where everything lies. The transaction around it is the caller's: after an error the caller
//!   rolls back and drops the [`room::Room`] it used.
//!
//! No clock, no socket, no file, no thread: time and the seed of all randomness are arguments.

pub mod chain;
pub mod device;
pub mod envelope;
pub mod error;
pub mod hub;
pub mod link;
pub mod member;
pub mod random;
pub mod room;
pub mod rules;
pub mod settings;
pub mod store;

mod extract;
mod group_info;
mod identity;
mod point;
mod storage;

pub use chain::Chain;
pub use device::Device;
pub use envelope::EnvelopeKey;
pub use error::{Error, Refusal};
pub use hub::{CommitIn, HubKey, HubRoom, Refused};
pub use link::LinkKey;
pub use member::{Invitation, KeyPackageInfo, Member, Rejoined};
pub use random::Random;
pub use room::{Change, Changed, PendingCommit, Processed, Room, bound_aad};
pub use rules::{Breach, Directory, Leaf, RoomView, Rule, Rules, Standing};
pub use settings::Suite;
pub use store::{KeyValue, Memory, StoreError};

#[cfg(test)]
mod tests;
