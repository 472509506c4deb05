//! A world in one thread: a virtual clock, a seeded network, the real service, and people with real clients.
//!
//! The same seed gives the same run, to the last byte. Nothing here waits: time passes when [`World::advance`] says so.

mod asking;
mod blobs;
mod channel;
mod clock;
mod copy;
mod driver;
mod happening;
mod insider;
mod lines;
mod neighbours;
mod network;
mod people;
mod person;
mod saboteur;
mod server;
mod traffic;
mod world;

pub use channel::OWN;
pub use clock::SimClock;
pub use copy::StoreCopy;
pub use insider::{Insider, Nobody};
pub use lines::Lines;
pub use network::Network;
pub use person::{Person, Who};
pub use saboteur::{Answers, Counted, Counts, Honest, Saboteur, Shows, Verdict};
pub use world::World;
