//! `cargo xtask ci`: the checks that a reviewer should not have to make.

mod arrows;
mod licences;
mod names;
mod purity;
mod sizes;

use crate::{
    metadata, paths,
    process::{cargo, output, run as run_command, step},
};
use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use std::{fs, process::Command};

/// One check.
#[derive(Clone, Copy, ValueEnum, PartialEq, Eq, Debug)]
pub enum Check {
    /// Formatting
    Fmt,
    /// Which crate may use which
    Arrows,
    /// Crates that stay free of clocks, files, sockets and threads
    Purity,
    /// Lengths of files
    Sizes,
    /// No drawers called common or utils
    Names,
    /// Licences of what we use
    Licences,
    /// Clippy, warnings denied
    Clippy,
    /// Documentation, warnings denied
    Docs,
}

/// Runs the checks, each to its end, and fails if one failed.
pub fn run(only: &[Check]) -> Result<()> {
    let checks = if only.is_empty() {
        Check::value_variants()
    } else {
        only
    };
    let mut failed = Vec::new();
    for check in checks {
        let name = format!("{check:?}").to_lowercase();
        if let Err(error) = step(&name, || run_one(*check)) {
            eprintln!("{name}: {error:#}");
            failed.push(name);
        }
    }
    println!(
        "{} passed, {} failed",
        checks.len() - failed.len(),
        failed.len()
    );
    if failed.is_empty() {
        return Ok(());
    }
    bail!("failed: {}", failed.join(", "))
}

fn run_one(check: Check) -> Result<()> {
    match check {
        Check::Fmt => run_command(&mut cargo(&["fmt", "--all", "--check"])),
        Check::Arrows => report(arrows::breaches(&metadata::packages(false)?)),
        Check::Purity => purity::check(&tracked()?),
        Check::Sizes => {
            let (breaches, warnings) = sizes::check(&measured(&tracked()?)?);
            warnings
                .iter()
                .for_each(|warning| eprintln!("warning: {warning}"));
            report(breaches)
        }
        Check::Names => report(names::breaches(&tracked()?)),
        Check::Licences => licences(),
        Check::Clippy => run_command(
            cargo(&["clippy", "--workspace", "--all-targets"]).args(["--", "-D", "warnings"]),
        ),
        Check::Docs => run_command(
            cargo(&["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"),
        ),
    }
}

fn licences() -> Result<()> {
    let policy =
        fs::read_to_string(paths::root().join("deny.toml")).context("reading deny.toml")?;
    let policy = licences::Policy::read(&policy)?;
    report(licences::breaches(&policy, &metadata::packages(true)?))
}

fn report(breaches: Vec<String>) -> Result<()> {
    for breach in &breaches {
        eprintln!("{breach}");
    }
    match breaches.len() {
        0 => Ok(()),
        count => bail!("{count} found"),
    }
}

/// Paths of all files that git tracks and that are there.
fn tracked() -> Result<Vec<String>> {
    let list = output(
        Command::new("git")
            .args(["ls-files", "-z"])
            .current_dir(paths::root()),
    )?;
    let there = |path: &&str| !path.is_empty() && paths::root().join(path).is_file();
    Ok(list.split('\0').filter(there).map(str::to_owned).collect())
}

fn measured(tracked: &[String]) -> Result<Vec<sizes::File>> {
    tracked
        .iter()
        .map(|path| {
            let bytes = fs::read(paths::root().join(path)).with_context(|| path.clone())?;
            let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
            Ok(sizes::File {
                path: path.clone(),
                bytes: bytes.len(),
                lines,
            })
        })
        .collect()
}
