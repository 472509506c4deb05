//! The client core: a state machine over one encrypted store.
//!
//! A driver feeds [`Input`]s and takes [`Output`]s; the core itself touches no clock, socket, file or thread. Everything
//! that one input changes is one transaction, and what leaves the device was stored before, with the id under which
//! it is repeated. A crash at any point therefore repeats, and never forks.
//!
//! Start with [`Client`], then [`io`] for what goes in and comes out.

mod account;
mod alarm;
mod archive;
mod asked;
mod availability;
mod backup;
mod bring;
mod changes;
mod channel;
mod chats;
mod checkpoint;
mod client;
mod command;
mod common_order;
mod deadlines;
mod directory;
mod disappear;
mod ending;
mod error;
mod evidence;
mod foreign;
mod found;
mod guard;
mod guest;
mod heads;
mod heard;
mod held;
mod inbound;
mod invite;
mod join;
mod keys;
mod line;
mod linking;
mod mention;
mod office;
mod outbox;
mod own_room;
mod partner;
mod preference;
mod presence;
mod renewal;
mod reply;
mod requests;
mod residency;
mod roll;
mod rooms;
mod search;
mod signal;
mod state;
mod status;
mod sync;
#[cfg(test)]
mod tests;
mod typing;
mod unsent;
mod view;
mod waking;

pub mod content;
pub mod file;
pub mod io;
pub mod store;

pub use client::Client;
pub use error::{Error, MemberMisbehaved, ServerMisbehaved};
#[doc(hidden)]
pub use guard::{Guard, Guards};
pub use io::{
    CacheReply, Event, Failure, HttpReply, HttpRequest, Input, Method, Output, RequestId, Sight,
};
