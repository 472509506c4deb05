//! `cargo xtask bench NAME`.

use crate::{
    metadata, paths,
    process::{cargo, run as run_command, step},
};
use anyhow::{Context, Result, bail};
use std::process::Command;

/// The one that needs no server: a program of its own.
const GROUP: &str = "group";

/// Every benchmark: its name and what it measures. They lie in tests/benches, and `group` in tests/group.
const BENCHES: &[(&str, &str)] = &[
    (
        "deliver",
        "messages a second from 16 senders to 50 devices, and their delay",
    ),
    ("idle", "memory of a connection that waits"),
    (
        GROUP,
        "the cost of rooms of 10 to 1,000 devices beside the bare MLS library",
    ),
    ("file", "a gigabyte up and down"),
];

/// Builds what is measured as it is shipped, runs the named benchmark and passes the arguments on.
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
    if name == GROUP {
        return group(args);
    }
    let package = metadata::packages(false)?
        .into_iter()
        .find(|package| package.manifest.ends_with("/tests/Cargo.toml"))
        .context("the workspace has no package in tests/")?;
    step("build what is measured", || {
        run_command(&mut cargo(&["build", "--release", "--package", "valise"]))
    })?;
    run_command(
        cargo(&["bench", "--package", &package.name, "--bench", name, "--"])
            .arg("--valise")
            .arg(paths::built("release", "valise"))
            .args(args),
    )
}

fn group(args: &[String]) -> Result<()> {
    step("build what is measured", || {
        run_command(&mut cargo(&[
            "build",
            "--package",
            "valise-group",
            "--release",
        ]))
    })?;
    run_command(Command::new(paths::built("release", "valise-group")).args(args))
}
