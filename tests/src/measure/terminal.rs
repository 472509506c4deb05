//! A person at a terminal: every command is a process of its own.

use super::process;
use anyhow::{Result, bail};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Time between two looks at a process's memory.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// A person at a terminal.
pub struct Terminal {
    /// The program.
    pub valise: PathBuf,
    /// Where the person's store lies.
    pub home: PathBuf,
}

/// A command that succeeded.
pub struct Run {
    /// From its start to its end.
    pub took: Duration,
    /// The most memory that it had.
    pub peak_bytes: u64,
    /// The first line that it printed; null if it printed none.
    pub said: serde_json::Value,
}

impl Terminal {
    /// Runs a command to its end; one that fails is an error.
    pub fn run(&self, arguments: &[&str]) -> Result<Run> {
        let begin = Instant::now();
        let mut child = Command::new(&self.valise)
            .env("LANG", "C")
            .env("TZ", "UTC")
            .env("VALISE_HOME", &self.home)
            .args(["--json", "--wait", "60"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (took, peak_bytes) = watch(&mut child, begin)?;
        let output = child.wait_with_output()?;
        if !output.status.success() {
            bail!("`valise {}` ended with {}", arguments[0], output.status);
        }
        let line = String::from_utf8(output.stdout)?;
        let said = line.lines().next().unwrap_or("null");
        Ok(Run {
            took,
            peak_bytes,
            said: serde_json::from_str(said)?,
        })
    }
}

/// Waits for the end of a process, and returns how long it took and the most memory that it had.
fn watch(child: &mut Child, begin: Instant) -> Result<(Duration, u64)> {
    let mut peak = 0;
    loop {
        // A process that has just ended has no memory any more.
        peak = process::peak_bytes(child.id()).unwrap_or(peak);
        if child.try_wait()?.is_some() {
            return Ok((begin.elapsed(), peak));
        }
        std::thread::sleep(LOOK_EVERY);
    }
}
