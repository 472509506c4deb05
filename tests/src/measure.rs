//! What the benchmarks in `benches/` stand on: a real server process, people who really joined, and a report.
//!
//! A benchmark returns an error as soon as anything that it measures turns out to be wrong, and then prints no figure.

pub mod browser;
pub mod folder;
pub mod http;
pub mod people;
pub mod process;
pub mod room;
pub mod server;
pub mod socket;
pub mod terminal;
pub mod websocket;

pub use folder::Folder;
pub use people::{Organisation, Person};
pub use server::Server;
pub use socket::Socket;
pub use terminal::{Run, Terminal};
pub use valise_report::{self as report, Options, Report, Target};

use anyhow::Result;
use std::future::Future;

/// Runs a benchmark's own part on one thread: it shares the processors with what it measures.
pub fn on_one_thread(work: impl Future<Output = Result<()>>) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    tokio::task::LocalSet::new().block_on(&runtime, work)
}
