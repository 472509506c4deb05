//! Whole processes on one machine: `valise serve`, one `valise` for every device, and a line between them.
//!
//! Here are what only a real process can show: that it may be killed at any instant, that a disk may fail or fill up under
//! it, and what lies in its memory. `VALISE_KILLS=300` kills the server so often, `VALISE_FAULTS=all` tries every system
//! call instead of some.

mod bad_line;
mod canary;
mod catch_up;
mod certificates;
mod client_kill;
mod deadlines;
mod disk;
mod full_disk;
mod guests;
mod line;
mod needles;
mod order;
mod others;
mod partners;
mod recording;
mod relay;
mod relayed;
mod requests;
mod server_kill;
mod stage;
mod stop;
mod terminals;
mod trace;
mod writers;

/// The oracle of the simulations, which knows nothing of where its people live.
#[path = "../../../../tests/src/journal.rs"]
mod journal;

/// Reads what was printed.
#[path = "../../../print/tests/read/mod.rs"]
mod read;
