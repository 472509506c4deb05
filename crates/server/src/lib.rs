//! The server: orders, stores, forwards, refuses, and can read nothing.
//!
//! A request comes in through [`http`] (or, in tests, straight into [`service`]), is decided purely in `delivery`,
//! `directory`, `session` or `key_packages`, becomes one atomic batch of the [`store`], and is told to the others by
//! [`fanout`] in the order in which it became durable.

mod archives;
mod clock;
mod delivery;
mod directory;
mod key_packages;
pub mod partners;
mod receipts;
mod rooms;
mod session;

pub mod accept;
pub mod admin;
pub mod assets;
pub mod blobs;
pub mod config;
pub mod fanout;
mod guests;
pub mod http;
pub mod limits;
mod lockers;
pub mod meetings;
mod metrics;
mod outward;
pub mod run;
#[cfg(test)]
mod scratch;
pub mod service;
pub mod store;
pub mod timestamps;
pub mod tls;
pub mod waking;

pub use clock::{Clock, SystemClock};
pub use service::{Caller, Patience, Service, Settings};
