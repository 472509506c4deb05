//! What makes a formal request between organisations provable years later, to somebody who trusts no server.
//!
//! A request, an answer and every act on the way are signed objects ([`sign1`]) of people's devices, sent inside an encrypted
//! room; servers add [`receipt`]s over digests alone; organisations may add a [`seal`]. [`course`] folds the chain of acts into
//! where a request stands, the same on all sides. [`bundle`] puts all of it into one file, and [`verify`] says of each thing in
//! it what is proven, what a server merely asserts, and what is not proven.
//!
//! Pure: randomness, time, and how a time token is verified are arguments. The bytes are described in `spec/requests.md` and
//! `spec/evidence.md`.

mod asic;
mod breach;
mod zip;

pub mod act;
pub mod bundle;
pub mod calendar;
pub mod course;
pub mod number;
pub mod receipt;
pub mod request;
pub mod response;
pub mod seal;
pub mod sign1;
pub mod verify;

pub use act::{Act, ActKind};
pub use breach::Breach;
pub use receipt::{Event, Receipt};
pub use request::{Part, Party, Request};
pub use response::{Response, ResponseKind};
pub use seal::{Seal, SealKeys};
pub use sign1::{Binding, Digest, Object, Signed, SignedIn};
