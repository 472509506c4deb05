//! `cargo xtask bench NAME`.

use crate::{
    metadata, npm, paths,
    process::{cargo, run as run_command, step},
    run as serve, setup, wasm, web,
};
use anyhow::{Context, Result, bail};
use std::process::Command;

/// Those that need the web client, and a browser.
const IN_BROWSERS: [&str; 2] = ["browser", "flows"];
/// The one that needs no server: a program of its own, for this machine and for WebAssembly.
const GROUP: &str = "group";
/// WebAssembly with a clock, arguments and output, which a browser's has not.
const WASI: &str = "wasm32-wasip1";

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
    (
        "import",
        "100,000 messages out of an export of WhatsApp and of Telegram",
    ),
    (
        "request",
        "1,000 requests between two servers, and the evidence of one",
    ),
    (
        "guests",
        "what the time of an answer tells whoever tries the links and codes of guests",
    ),
    (
        "browser",
        "100,000 messages in a browser: start, scrolling, chats, typing, memory, size",
    ),
    (
        "flows",
        "joining, scanning, linking, coming back, searching: seconds and clicks",
    ),
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
    let in_browser = IN_BROWSERS.contains(&name);
    if in_browser {
        setup::run(setup::Scope::Browser)?;
        web::build(web::Mode::Shipped)?;
        npm::install(&paths::e2e())?;
    }
    step("build what is measured", || build_valise(in_browser))?;
    let mut bench = cargo(&["bench", "--package", &package.name, "--bench", name, "--"]);
    bench
        .arg("--valise")
        .arg(paths::built("release", "valise"))
        .args(args);
    if let Some(chromium) = setup::chromium() {
        bench.env("VALISE_CHROMIUM", chromium);
    }
    run_command(&mut bench)
}

fn build_valise(with_web: bool) -> Result<()> {
    if with_web {
        return serve::build_valise("release");
    }
    run_command(&mut cargo(&["build", "--release", "--package", "valise"]))
}

/// Measures on this machine and then, optimised as the web client is, in node's WebAssembly.
fn group(args: &[String]) -> Result<()> {
    let build = ["build", "--package", "valise-group"];
    step("build what is measured", || {
        run_command(cargo(&build).arg("--release"))
    })?;
    run_command(Command::new(paths::built("release", "valise-group")).args(args))?;
    if paths::which("node").is_none() || !wasm::active_can(WASI) {
        eprintln!("not measured in WebAssembly: that needs node and `rustup target add {WASI}`");
        return Ok(());
    }
    step("build it for WebAssembly", || {
        let target = ["--profile", "web", "--target", WASI, "--target-dir"];
        run_command(cargo(&build).args(target).arg(paths::wasm_target()))
    })?;
    let module = paths::wasm_target().join(format!("{WASI}/web/valise-group.wasm"));
    run_command(
        Command::new("node")
            .arg("--no-warnings")
            .arg(paths::root().join("tests/group/wasi.mjs"))
            .arg(module)
            .args(args),
    )
}
