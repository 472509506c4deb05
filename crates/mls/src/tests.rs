//! Rooms from end to end: people, a directory and a hub in memory.

mod bytes;
mod foreign;
mod golden;
mod hostile;
mod hub;
mod life;
mod links;
mod paths;
mod residency;
mod signals;
mod stage;
