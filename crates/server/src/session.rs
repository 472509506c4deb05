//! Sign-in by a device key, and what follows from it.

mod challenge;
mod channel;
mod sign_in;
mod tokens;

pub(crate) use challenge::{Challenges, challenge};
pub(crate) use channel::channel;
pub(crate) use sign_in::sign_in;
pub(crate) use tokens::Sessions;
