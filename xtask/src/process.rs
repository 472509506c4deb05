//! Running other programs, with their progress on the screen.

use crate::paths;
use anyhow::{Context, Result, bail};
use std::{
    env,
    process::{Command, Stdio},
    time::Instant,
};

/// Announces a step, runs it and says how long it took.
pub fn step<T>(title: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("\n==> {title}");
    let start = Instant::now();
    let result = work();
    let verdict = if result.is_ok() { "done" } else { "FAILED" };
    eprintln!(
        "<== {title}: {verdict} after {} s",
        start.elapsed().as_secs()
    );
    result
}

/// Makes a cargo command that works in the checkout.
pub fn cargo(args: &[&str]) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // `cargo run` points the loader at its own toolchain, which would mislead another compiler.
    cargo
        .args(args)
        .current_dir(paths::root())
        .env_remove("LD_LIBRARY_PATH");
    cargo
}

/// Runs a command to its end; an unsuccessful end is an error that shows the command.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("starting {}", shown(command)))?;
    if !status.success() {
        bail!("{} ended with {status}", shown(command));
    }
    Ok(())
}

/// Runs a command and returns what it printed to standard output.
pub fn output(command: &mut Command) -> Result<String> {
    let out = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("starting {}", shown(command)))?;
    if !out.status.success() {
        bail!("{} ended with {}", shown(command), out.status);
    }
    String::from_utf8(out.stdout).with_context(|| format!("{} printed no text", shown(command)))
}

/// Tells whether a command starts and succeeds, silently.
pub fn succeeds(program: &str, args: &[&str]) -> bool {
    Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(
        command
            .get_args()
            .take(12)
            .map(|a| a.to_string_lossy().into_owned()),
    );
    if command.get_args().len() > 12 {
        words.push("…".into());
    }
    format!("`{}`", words.join(" "))
}
