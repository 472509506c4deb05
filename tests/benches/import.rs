//! A hundred thousand messages out of an export of WhatsApp and out of one of Telegram Desktop, by a terminal.
//!
//! The clock runs over the whole command: reading the export twice, sealing every message into the store, and making it
//! ready to be found. Afterwards every message is counted, and one is searched for.

use anyhow::{Context, Result, ensure};
use std::path::Path;
use valise_tests::export;
use valise_tests::measure::report::progress;
use valise_tests::measure::{Folder, Options, Report, Run, Server, Target, Terminal};

fn main() -> Result<()> {
    let options = Options::from_arguments()?;
    let mut report = Report::begin("import", &options);
    let count = options.size(100_000, 2_000);
    let folder = Folder::new("import")?;
    let server = Server::start(options.valise()?, &folder, "")?;
    let person = Terminal {
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
    let first = bring(&person, &whatsapp, count)?;
    progress("Telegram");
    let second = bring(&person, &telegram, count)?;
    progress("the same export again");
    let again = bring(&person, &whatsapp, count)?;
    ensure!(
        again.said["known"] == count,
        "the same export again is not known: {}",
        again.said
    );
    find(&person, &format!("{} in:Shift", count - 1))?;
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

/// Brings an export over, and sees that all of it came.
fn bring(person: &Terminal, export: &Path, count: usize) -> Result<Run> {
    let path = export.to_str().context("a path that is no text")?;
    let run = person.run(&["import", path, "--me", "Anna Berg"])?;
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

fn find(person: &Terminal, typed: &str) -> Result<()> {
    let found = person.run(&["find", typed])?;
    ensure!(!found.said.is_null(), "nothing is found for {typed}");
    Ok(())
}
