//! Who is who in an organisation: signed statements, their chain, and the fold over the log.
//!
//! The chain is: organisation key → mandate (a registrar's key) → invitation (a key pair whose private half stands only
//! in the link) → account key → device list. A server stores the statements in one log and can neither make nor change
//! one. [`fold::Directory`] reads the log and says who is who; server and clients use the same one, the clients with the
//! [`seal::DirectoryKey`] that opens names and addresses, the server without.
//!
//! Pure: randomness and time are arguments. The bytes are described in `spec/directory.md`.

mod breach;
mod guest_secret;
mod letters;

pub mod address;
pub mod availability;
pub mod calendar;
pub mod channel;
pub mod deadlines;
pub mod ending;
pub mod excerpt;
pub mod fold;
pub mod foreign;
pub mod found;
pub mod guest;
pub mod invite;
pub mod join;
pub mod keeper;
pub mod keys;
pub mod link;
pub mod linking;
pub mod name;
pub mod office;
pub mod partner;
pub mod recovery;
pub mod renewal;
pub mod residency;
pub mod room_link;
pub mod seal;
pub mod sign_in;
pub mod statement;
pub mod update;

pub use address::Address;
pub use breach::{Breach, Fault};
pub use fold::{Change, Directory};
pub use name::{Name, Note, TextError};
pub use seal::{AddressTag, DirectoryKey, InvitationDetails, ProfileDetails};
pub use statement::{Device, Role};
