//! What people do, as the product promises it: join, ask, answer, scan, link a device, come back, start, search; with clicks and seconds.
//!
//! `drive.mjs` drives Chromium and measures; here its figures become a report like the others.

use anyhow::Result;
use serde::Deserialize;
use valise_tests::measure::browser::{drive, median, slowest};
use valise_tests::measure::{Folder, Options, Report, Target};

/// What `drive.mjs` says.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Said {
    u1: Vec<Flow>,
    u2: Vec<Flow>,
    u3: Vec<Flow>,
    u4: Vec<Flow>,
    u5: Vec<Flow>,
    /// Milliseconds each time.
    u6: Vec<f64>,
    u7: Flow,
    u7_history: Flow,
    u8: Flow,
    /// Milliseconds of each start.
    u11: Vec<f64>,
    /// Milliseconds of each search.
    u12: Vec<f64>,
    u16: Flow,
}

/// A way that somebody went.
#[derive(Deserialize)]
struct Flow {
    /// Until the person can go on.
    seconds: f64,
    /// Until everything of the past is there, where there is a past.
    all: Option<f64>,
    clicks: u32,
}

fn main() -> Result<()> {
    let options = Options::from_arguments()?;
    let mut report = Report::begin("flows", &options);
    let folder = Folder::new("flows")?;
    let messages = [options.size(50_000, 500), options.size(100_000, 1_000)];
    let said: Said = drive(
        "flows/drive.mjs",
        options.valise()?,
        &folder,
        &[options.size(3, 1), messages[0], messages[1]],
    )?;
    tell(&mut report, &said);
    for note in notes(messages, &said) {
        report.note(note);
    }
    report.print()
}

fn tell(report: &mut Report, said: &Said) {
    let seconds = |flows: &[Flow]| median(flows.iter().map(|flow| flow.seconds));
    let clicks = |flows: &[Flow]| flows.iter().map(|flow| flow.clicks).max().unwrap_or(0);
    let mut figure = |name, value: f64, unit, most: Option<f64>| {
        report.figure(
            name,
            value,
            unit,
            most.map_or(Target::Nothing, Target::AtMost),
        );
    };
    figure("u1_seconds", seconds(&said.u1), "s", Some(30.0));
    figure("u1_clicks", clicks(&said.u1).into(), "clicks", Some(4.0));
    figure("u2_seconds", seconds(&said.u2), "s", Some(10.0));
    figure("u3_seconds", seconds(&said.u3), "s", Some(60.0));
    figure("u3_clicks", clicks(&said.u3).into(), "clicks", Some(5.0));
    figure("u4_clicks", clicks(&said.u4).into(), "clicks", Some(5.0));
    figure("u4_seconds", seconds(&said.u4), "s", None);
    figure("u5_seconds", seconds(&said.u5), "s", Some(60.0));
    let interactions = clicks(&said.u5).into();
    figure("u5_interactions", interactions, "clicks", Some(8.0));
    figure("u6_ms", slowest(&said.u6), "ms", Some(2_000.0));
    figure("u7_seconds", said.u7.seconds, "s", Some(20.0));
    let history = said.u7_history.all.unwrap_or(f64::NAN);
    figure("u7_history_50000_s", history, "s", Some(60.0));
    figure("u8_seconds", said.u8.seconds, "s", Some(300.0));
    figure(
        "u11_ms",
        median(said.u11.iter().copied()),
        "ms",
        Some(1_500.0),
    );
    figure(
        "u12_ms",
        median(said.u12.iter().copied()),
        "ms",
        Some(100.0),
    );
    figure("u16_seconds", said.u16.seconds, "s", Some(300.0));
}

fn notes([history, messages]: [u32; 2], said: &Said) -> Vec<String> {
    let all = |flow: &Flow| flow.all.unwrap_or(f64::NAN);
    vec![
        format!(
            "u7: with {history} messages the chat stands after {:.1} s, {} clicks on both devices",
            said.u7_history.seconds, said.u7_history.clicks
        ),
        format!(
            "u8: with {messages} messages; all of them are there after {:.1} s, {} clicks",
            all(&said.u8),
            said.u8.clicks
        ),
        format!(
            "u12: {} searches in {messages} messages, the slowest {:.0} ms",
            said.u12.len(),
            slowest(&said.u12)
        ),
        format!("u16: {} clicks of both registrars", said.u16.clicks),
    ]
}
