//! A hundred thousand messages out of an export of WhatsApp and out of one of Telegram Desktop, by a terminal.
//!
//! The clock runs over the whole command: reading the export twice, sealing every message into the store, and making it
//! ready to be found. Afterwards every message is counted, and one is searched for.

use anyhow::{Context, Result, bail, ensure};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use valise_tests::export;
use valise_tests::measure::report::progress;
use valise_tests::measure::{Folder, Options, Report, Server, Target, process};

/// Time between two looks at a process's memory.
const LOOK_EVERY: Duration = Duration::from_millis(20);

fn main() -> Result<()> {
    let options = Options::from_arguments()?;
    let mut report = Report::begin("import", &options);
    let count = options.size(100_000, 2_000);
    let folder = Folder::new("import")?;
    let server = Server::start(options.valise()?, &folder, "")?;
    let person = Person {
        valise: options.valise()?.to_owned(),
        home: folder.join("ivan"),
    };
    let link = server.setup_link()?;
    person.run(&["setup", link, "--name", "Ivan", "--organisation", "Office"])?;

    let whatsapp = folder.join("WhatsApp Chat with Shift.zip");
    let text = export::whatsapp(count);
    std::fs::write(&whatsapp, export::zip(&[("_chat.txt", text.as_bytes())]))?;
    let telegram = folder.join("telegram.json");
    std::fs::write(&telegram, export::telegram(count))?;

    progress("WhatsApp");
    let first = person.bring(&whatsapp, count)?;
    progress("Telegram");
    let second = person.bring(&telegram, count)?;
    progress("the same export again");
    let again = person.bring(&whatsapp, count)?;
    ensure!(
        again.said["known"] == count,
        "the same export again is not known: {}",
        again.said
    );
    person.find(&format!("{} in:Shift", count - 1))?;
    server.stop()?;

    let seconds = |run: &Run| run.took.as_secs_f64();
    report.figure(
        "whatsapp_100k_lines_s",
        seconds(&first),
        "s",
        Target::AtMost(60.0),
    );
    report.figure(
        "telegram_100k_messages_s",
        seconds(&second),
        "s",
        Target::AtMost(60.0),
    );
    report.figure(
        "whatsapp_again_s",
        seconds(&again),
        "s",
        Target::AtMost(60.0),
    );
    let peak = first.peak_bytes.max(second.peak_bytes) as f64 / 1e6;
    report.figure("client_peak_mb", peak, "MB", Target::AtMost(128.0));
    report.note(format!(
        "{count} messages each; {} MB of text in the first export",
        text.len() / 1_000_000
    ));
    report.print()
}

/// A person at a terminal.
struct Person {
    valise: PathBuf,
    home: PathBuf,
}

/// A command that succeeded.
struct Run {
    took: Duration,
    peak_bytes: u64,
    said: serde_json::Value,
}

impl Person {
    fn run(&self, arguments: &[&str]) -> Result<Run> {
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
        let mut peak_bytes = 0;
        let took = loop {
            // A process that has just ended has no memory any more.
            peak_bytes = process::peak_bytes(child.id()).unwrap_or(peak_bytes);
            if child.try_wait()?.is_some() {
                break begin.elapsed();
            }
            std::thread::sleep(LOOK_EVERY);
        };
        let output = child.wait_with_output()?;
        if !output.status.success() {
            bail!("`valise {}` ended with {}", arguments[0], output.status);
        }
        let line = String::from_utf8(output.stdout)?;
        let said = serde_json::from_str(line.lines().next().unwrap_or("null"))?;
        Ok(Run {
            took,
            peak_bytes,
            said,
        })
    }

    fn bring(&self, export: &Path, count: usize) -> Result<Run> {
        let path = export.to_str().context("a path that is no text")?;
        let run = self.run(&["import", path, "--me", "Anna Berg"])?;
        ensure!(
            run.said["messages"] == count,
            "not all came over: {}",
            run.said
        );
        ensure!(
            run.said["left_out_count"] == 0,
            "something was left out: {}",
            run.said
        );
        Ok(run)
    }

    fn find(&self, typed: &str) -> Result<()> {
        let found = self.run(&["find", typed])?;
        ensure!(!found.said.is_null(), "nothing is found for {typed}");
        Ok(())
    }
}
