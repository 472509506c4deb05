//! `cargo xtask test`: everything that must be true.

use crate::{
    npm, paths,
    process::{cargo, run as run_command, step, succeeds},
    setup, space, web,
};
use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use std::{fs, path::PathBuf, process::Command};

/// Which tests to run.
#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
pub enum Suite {
    /// Rust tests and doc tests
    Unit,
    /// The product in a real browser
    Browser,
    /// Both
    All,
}

/// The packages whose tests are not worth building its heavy dependencies a second time.
const APART: &str = "xtask-bundle";

/// Mebibytes that the stories in browsers need at once: two of them, one of which carries a large file from one person to another.
const STORIES_MIB: u64 = 1_024;

/// Runs the suites, each to its end, and fails if one failed.
pub fn run(suite: Suite) -> Result<()> {
    setup::run(if suite == Suite::Unit {
        setup::Scope::Native
    } else {
        setup::Scope::Browser
    })?;
    let mut failed = Vec::new();
    let mut note = |name: &'static str, result: Result<()>| {
        if let Err(error) = result {
            eprintln!("{name}: {error:#}");
            failed.push(name);
        }
    };
    if suite != Suite::Browser {
        note("Rust tests", step("Rust tests", unit));
        note("doc tests", step("doc tests", doc));
    }
    if suite != Suite::Unit {
        note("browser tests", browser());
    }
    if failed.is_empty() {
        return Ok(());
    }
    bail!("failed: {}", failed.join(", "))
}

fn unit() -> Result<()> {
    let scope = ["--workspace", "--exclude", APART];
    let runner: &[&str] = if succeeds("cargo", &["nextest", "--version"]) {
        &["nextest", "run", "--no-fail-fast", "--status-level", "fail"]
    } else {
        &["test", "--no-fail-fast", "--lib", "--bins", "--tests"]
    };
    run_command(cargo(runner).args(scope))?;
    run_command(&mut cargo(&["test", "--package", APART]))
}

fn doc() -> Result<()> {
    run_command(&mut cargo(&[
        "test",
        "--doc",
        "--workspace",
        "--exclude",
        APART,
    ]))
}

fn browser() -> Result<()> {
    let suites = suites()?;
    web::build(web::Mode::Dev)?;
    step("build the server", build_valise)?;
    npm::install(&paths::e2e())?;
    let chromium = setup::chromium().context("no chromium")?;
    space::require(STORIES_MIB)?;
    step("browser tests", || {
        run_command(
            Command::new("node")
                // Two at once: more only take the processors from one another. Each wait gets more patience for it.
                .args(["--test", "--test-concurrency=2", "--test-reporter=spec"])
                .env("VALISE_PATIENCE_MS", "120000")
                .args(&suites)
                .current_dir(paths::root())
                .stdin(std::process::Stdio::null())
                .env("VALISE_BIN", paths::built("debug", "valise"))
                .env(
                    "VALISE_ATTACHMENTS",
                    paths::built("debug/examples", "attachments"),
                )
                .env("VALISE_SQUARES", paths::built("debug/examples", "squares"))
                .env("VALISE_CHROMIUM", chromium),
        )
    })
}

/// Builds what the browser meets, the binary, the attachments' server and the reader of letters, just as the Rust tests do: with other features it would all be built twice.
fn build_valise() -> Result<()> {
    run_command(
        cargo(&[
            "build",
            "--workspace",
            "--exclude",
            APART,
            "--bins",
            "--tests",
            "--example",
            "attachments",
            "--example",
            "squares",
        ])
        .env(web::DIST_VARIABLE, paths::web_dist()),
    )
}

fn suites() -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(paths::e2e()).context("reading tests/e2e")? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
    files.sort();
    // A run of no test must not pass for a run of passing tests.
    if files.is_empty() {
        bail!("tests/e2e holds no *.test.mjs");
    }
    Ok(files)
}
