//! `cargo xtask bench NAME`.

use crate::{
    metadata,
    process::{cargo, run as run_command},
};
use anyhow::{Context, Result, bail};

/// Every benchmark: its name, which is its file in tests/benches, and what it measures.
const BENCHES: &[(&str, &str)] = &[
    (
        "deliver",
        "messages a second from 16 senders to 50 devices, and their delay",
    ),
    ("idle", "memory of a connection that waits"),
    (
        "group",
        "the cost of rooms of 10 to 1,000 devices beside the bare MLS library",
    ),
    (
        "browser",
        "start, scrolling, memory and size of the web client",
    ),
    ("file", "a gigabyte up and down"),
];

/// Runs the named benchmark in release mode and passes the arguments on.
pub fn run(name: &str, args: &[String]) -> Result<()> {
    if !BENCHES.iter().any(|(known, _)| *known == name) {
        for (known, what) in BENCHES {
            println!("{known:<10}{what}");
        }
        if name == "list" {
            return Ok(());
        }
        bail!("there is no benchmark {name:?}");
    }
    let package = metadata::packages(false)?
        .into_iter()
        .find(|package| package.manifest.ends_with("/tests/Cargo.toml"))
        .context("the workspace has no package in tests/")?;
    run_command(cargo(&["bench", "--package", &package.name, "--bench", name, "--"]).args(args))
}
