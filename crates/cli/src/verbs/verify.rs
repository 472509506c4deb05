//! `valise verify`: says what a bundle of evidence proves, what a server only asserts, and what is wrong. It asks nobody.

mod authority;

use crate::print::{Printer, harmless};
use crate::stop::Stop;
use crate::words::Language;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use valise_directory::fold::fingerprint;
use valise_evidence::bundle::{END_BYTES, may_be};
use valise_evidence::verify::{Clock, Fault, Remark, Row, Subject, Verdict};
use valise_verdict::{
    Conclusion, clock, conclude, fault, judge, lacking, remark, standing, subject, summary,
};

/// Most bytes of a file that is looked at.
const MAX_BYTES: u64 = 1 << 30;
/// Width of the first column.
const WIDTH: usize = 14;
/// Digits of a fingerprint.
const DIGITS: usize = 30;

pub fn run(
    file: &Path,
    fingerprints: &[String],
    authorities: &[PathBuf],
    json: bool,
) -> Result<()> {
    let printer = Printer::new(json);
    let language = Language::of_person();
    for text in fingerprints {
        if text.chars().filter(char::is_ascii_digit).count() != DIGITS {
            bail!(
                "{}: {text}",
                language.of(
                    "a fingerprint has thirty digits",
                    "в отпечатке тридцать цифр"
                )
            );
        }
    }
    let name = || file.display().to_string();
    let length = std::fs::metadata(file).with_context(name)?.len();
    if length > MAX_BYTES {
        bail!(
            "{}",
            language.of("the file is too large", "файл слишком большой")
        );
    }
    let bytes = contents(file, length).with_context(name)?;
    let trusted = authority::certificates(language, authorities)?;
    let verdict = judge(&bytes, fingerprints.to_vec(), &trusted);
    show(&printer, language, &verdict)?;
    tell(&printer, &verdict)
}

/// Reads a file; of one that does not end as a bundle does no more than that end, which is enough to see that it is none.
fn contents(file: &Path, length: u64) -> std::io::Result<Vec<u8>> {
    let mut opened = File::open(file)?;
    let mut tail = [0; END_BYTES];
    if length > tail.len() as u64 {
        opened.seek(SeekFrom::End(-(tail.len() as i64)))?;
        opened.read_exact(&mut tail)?;
        if !may_be(&tail, length) {
            return Ok(tail.to_vec());
        }
        opened.rewind()?;
    }
    let mut bytes = Vec::with_capacity(length as usize);
    opened.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn show(printer: &Printer, language: Language, verdict: &Verdict) -> Result<()> {
    printer.note(
        "How sure it is, what it is, who says so in his own words, and when (and how sure that is):\n",
        "Насколько это достоверно, что это, кто это говорит (имена — со слов подписавших) и когда (и насколько достоверно время):\n",
    )?;
    for row in &verdict.rows {
        let human = line(printer, language, row);
        printer.line(&human, &machine(row))?;
    }
    Ok(())
}

/// Writes one row: how sure, what, by whom, when; below it what is wrong and what should be known.
fn line(printer: &Printer, language: Language, row: &Row) -> String {
    let spoken = Language::of_documents();
    let mut said = subject(spoken, &row.subject);
    if let Subject::Attachment(Some(name)) = &row.subject {
        let name = harmless(name);
        said = match language {
            Language::English => format!("{said} “{name}”"),
            Language::Russian => format!("{said} «{name}»"),
        };
    }
    if let Some(by) = &row.by {
        said = format!("{said}, {}", harmless(by));
    }
    if let Subject::Organisation(id) = row.subject {
        said = format!("{said}, {}", fingerprint(id));
    }
    if let Some(at) = row.at {
        let when = standing(spoken, row.when);
        let clock = harmless(&clock(spoken, row.clock.as_ref()));
        said = format!("{said}, {} ({when}; {clock})", printer.time(at.0));
    }
    let what = if row.faults.is_empty() {
        standing(spoken, row.what)
    } else {
        language.of("WRONG", "ОШИБКА")
    };
    let mut lines = vec![format!("{what:<WIDTH$} {said}")];
    let place = |text: String| format!("{:<WIDTH$} {}: {text}", "", place(language, row));
    lines.extend(row.faults.iter().map(|it| place(fault(spoken, *it))));
    let remarks = row.remarks.iter().map(|it| remark(spoken, *it));
    lines.extend(remarks.map(|text| format!("{:<WIDTH$} {text}", "")));
    lines.join("\n")
}

fn place(language: Language, row: &Row) -> String {
    if row.path.is_empty() {
        language.of("the file", "файл").to_owned()
    } else {
        harmless(&row.path)
    }
}

fn machine(row: &Row) -> Value {
    let faults: Vec<String> = row.faults.iter().map(ToString::to_string).collect();
    let remarks: Vec<String> = row.remarks.iter().map(|it| format!("{it:?}")).collect();
    json!({
        "subject": format!("{:?}", row.subject),
        "path": row.path,
        "by": row.by,
        "organisation": row.organisation.map(|id| id.to_string()),
        "at": row.at.map(|at| at.0),
        "what": format!("{:?}", row.what),
        "when": format!("{:?}", row.when),
        "clock": machine_clock(row.clock.as_ref()),
        "faults": faults,
        "remarks": remarks,
    })
}

/// Counts what is named and not there, by the reason that the bundle gives.
fn machine_lacking(verdict: &Verdict) -> Value {
    let with = |wanted| {
        let rows = verdict.rows.iter();
        rows.filter(|row| row.remarks.contains(&wanted)).count()
    };
    let faults = verdict.faults();
    json!({ "lacking": {
        "left_out": with(Remark::Withheld),
        "not_had": with(Remark::NotHad),
        "too_large": with(Remark::TooLarge),
        "another_came": faults.filter(|(_, fault)| *fault == Fault::AnotherCame).count(),
    } })
}

fn machine_clock(clock: Option<&Clock>) -> Value {
    match clock {
        None => Value::Null,
        Some(Clock::Server(organisation)) => json!({ "server": organisation.to_string() }),
        Some(Clock::Authority(organisation, name, certificate)) => json!({
            "server": organisation.to_string(),
            "authority": name,
            "certificate": authority::digits(certificate),
        }),
        Some(Clock::Stamp(name, certificate)) => json!({
            "authority": name,
            "certificate": authority::digits(certificate),
        }),
    }
}

fn tell(printer: &Printer, verdict: &Verdict) -> Result<()> {
    if let (Some(said), Some(course)) =
        (summary(Language::of_documents(), verdict), &verdict.course)
    {
        let state = format!("{:?}", course.state);
        let machine = json!({ "state": state, "acts": course.acts, "late": course.was_late });
        printer.line(&format!("\n{said}"), &machine)?;
    }
    if let Some(said) = lacking(Language::of_documents(), verdict) {
        printer.line(&said, &machine_lacking(verdict))?;
    }
    match conclude(verdict) {
        Conclusion::Unsound => Err(Stop::Unsound.into()),
        Conclusion::Open => Err(Stop::Unproven.into()),
        Conclusion::Proven => printer.done(
            Conclusion::Proven.said(valise_verdict::Language::English),
            Conclusion::Proven.said(valise_verdict::Language::Russian),
            &json!({ "verified": true }),
        ),
    }
}
