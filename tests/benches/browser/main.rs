//! A hundred thousand messages and five hundred chats in a browser's store: how long somebody waits for the last message, how
//! scrolling back, going into another chat and typing go, and what the page needs for it.
//!
//! `drive.mjs` drives Chromium and measures; here its figures become a report like the others.

use anyhow::{Result, ensure};
use serde::Deserialize;
use std::collections::BTreeMap;
use valise_tests::measure::browser::{drive, median, slowest};
use valise_tests::measure::{Folder, Options, Report, Target};

/// What `drive.mjs` says.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Said {
    /// Files of the web client by their address.
    first_visit: BTreeMap<String, Sent>,
    filled: Filled,
    started: Vec<Start>,
    scrolled: Scrolled,
    switched: Switched,
    /// Milliseconds from each key to the frame that shows what it did.
    typed: Vec<f64>,
    memory: Memory,
}

/// A file as it is on the way.
#[derive(Deserialize)]
struct Sent {
    bytes: u64,
    encoding: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Filled {
    sent_ms: f64,
    caught_up_ms: f64,
}

/// Milliseconds from the navigation on until the door, the chat in the list and the last message were there.
#[derive(Deserialize)]
struct Start {
    unlock: f64,
    chat: f64,
    shown: f64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Scrolled {
    /// Milliseconds between frames.
    gaps: Vec<f64>,
    /// Milliseconds of the frames that the browser itself calls long.
    long: Vec<f64>,
    notches: u32,
    took_ms: f64,
    place: u64,
}

/// Milliseconds from pressing a chat until its last message was on the screen.
#[derive(Deserialize)]
struct Switched {
    /// Into a group with one message.
    group: Vec<f64>,
    /// Back into the long chat.
    long: Vec<f64>,
}

/// Bytes.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Memory {
    at_rest: u64,
    after_scroll: u64,
    own: Option<u64>,
}

fn main() -> Result<()> {
    let options = Options::from_arguments()?;
    let mut report = Report::begin("browser", &options);
    let folder = Folder::new("browser")?;
    let messages = options.size(100_000, 1_000);
    let said: Said = drive(
        "browser/drive.mjs",
        options.valise()?,
        &folder,
        &[
            messages,
            options.size(7, 2),
            options.size(200, 10),
            options.size(499, 5),
            options.size(20, 3),
        ],
    )?;
    ensure!(!said.scrolled.gaps.is_empty(), "there was no frame");
    let shown = said.started.iter().map(|start| start.shown);
    report.figure(
        "cold_start_ms",
        median(shown),
        "ms",
        Target::AtMost(1_500.0),
    );
    let worst = slowest(&said.scrolled.gaps);
    report.figure("scroll_worst_frame_ms", worst, "ms", Target::AtMost(50.0));
    let switched = [&said.switched.group[..], &said.switched.long].concat();
    report.figure(
        "switch_chat_ms",
        median(switched),
        "ms",
        Target::AtMost(100.0),
    );
    report.figure(
        "typing_ms",
        median(said.typed.iter().copied()),
        "ms",
        Target::AtMost(16.0),
    );
    let bundle = said
        .first_visit
        .values()
        .map(|file| file.bytes)
        .sum::<u64>();
    report.figure(
        "bundle_brotli_bytes",
        bundle as f64,
        "B",
        Target::AtMost(2.5e6),
    );
    let memory = said.memory.at_rest.max(said.memory.after_scroll) as f64 / 1e6;
    report.figure("memory_mb", memory, "MB", Target::AtMost(300.0));
    for note in notes(messages, &said) {
        report.note(note);
    }
    report.print()
}

fn notes(messages: u32, said: &Said) -> Vec<String> {
    let Said {
        first_visit,
        filled,
        started,
        scrolled,
        switched,
        typed,
        memory,
    } = said;
    let of = |pick: fn(&Start) -> f64| median(started.iter().map(pick));
    let slow = scrolled.gaps.iter().filter(|gap| **gap > 25.0).count();
    let long = scrolled.long.iter().copied().fold(0.0, f64::max);
    let mb = |bytes: u64| bytes as f64 / 1e6;
    let mut notes = vec![
        format!(
            "{messages} messages were sent in {:.0} s; the page had them {:.0} s after it was unlocked",
            filled.sent_ms / 1e3,
            filled.caught_up_ms / 1e3
        ),
        format!(
            "starts: the door after {:.0} ms, the chats after {:.0} ms; the last message after {}",
            of(|start| start.unlock),
            of(|start| start.chat),
            all(started.iter().map(|start| start.shown)),
        ),
        format!(
            "{} notches in {:.1} s, to message {}: {} frames, {slow} of them over 25 ms, median {:.1} ms; {} long ones, the longest {long:.0} ms",
            scrolled.notches,
            scrolled.took_ms / 1e3,
            scrolled.place,
            scrolled.gaps.len(),
            median(scrolled.gaps.iter().copied()),
            scrolled.long.len(),
        ),
        format!(
            "into a group {:.0} ms, the slowest {:.0} ms; back into the long chat {:.0} ms, the slowest {:.0} ms",
            median(switched.group.iter().copied()),
            slowest(&switched.group),
            median(switched.long.iter().copied()),
            slowest(&switched.long),
        ),
        format!(
            "{} letters: the slowest stood after {:.0} ms",
            typed.len(),
            slowest(typed),
        ),
        format!(
            "private memory of the renderer before scrolling {:.0} MB, after it {:.0} MB; the page's own count {}",
            mb(memory.at_rest),
            mb(memory.after_scroll),
            memory.own.map_or("is not to be had".into(), |own| format!(
                "{:.0} MB",
                mb(own)
            )),
        ),
        format!("a first visit loads {} files:", first_visit.len()),
    ];
    notes.extend(
        first_visit.iter().map(|(address, file)| {
            format!("  {address:<44} {:>9} B {}", file.bytes, file.encoding)
        }),
    );
    notes
}

fn all(values: impl Iterator<Item = f64>) -> String {
    let words: Vec<String> = values.map(|value| format!("{value:.0}")).collect();
    format!("{} ms", words.join(", "))
}
