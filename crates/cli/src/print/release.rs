//! What waits to be released, as a terminal shows it.

use super::{Printer, harmless};
use crate::print::request::machine_letter;
use anyhow::Result;
use serde_json::{Value, json};
use valise_views::request::{AnswerSeal, Doubt, Held, ReleaseDetails, ReleaseRow};

/// One line.
pub fn line(printer: &Printer, row: &ReleaseRow) -> Result<()> {
    let human = format!(
        "{:<24} → {:<28} {}: {}",
        harmless(&row.number),
        to(row),
        harmless(&row.by.name),
        harmless(&row.subject),
    );
    printer.line(&human, &machine(row))
}

/// All of it.
pub fn whole(printer: &Printer, details: &ReleaseDetails) -> Result<()> {
    let row = &details.row;
    let mut lines = vec![
        format!("{}  {}", harmless(&row.number), harmless(&row.subject)),
        format!(
            "{} {}",
            printer.words("from", "от кого:"),
            harmless(&row.by.name)
        ),
        format!("{} {}", printer.words("to", "кому:"), to(row)),
        format!(
            "{} {}",
            printer.words("due", "срок:"),
            printer.time(row.due)
        ),
    ];
    lines.extend(row.ends.map(|ends| {
        let name = printer.words("ends by itself", "закончится сам:");
        format!("{name} {}", printer.time(ends))
    }));
    let notes = [&details.legal_basis, &details.classification];
    lines.extend(notes.into_iter().flatten().map(|note| harmless(note)));
    let fields = details.fields.iter();
    lines.extend(fields.map(|(name, value)| format!("{}: {}", harmless(name), harmless(value))));
    lines.push(String::new());
    lines.extend(details.letter.text.lines().map(harmless));
    let files = details.letter.files.iter();
    lines.extend(files.map(|file| format!("[{}]", harmless(&file.name))));
    let mut all = machine(row);
    all["letter"] = machine_letter(None, &details.letter);
    all["legal_basis"] = json!(details.legal_basis);
    all["classification"] = json!(details.classification);
    all["fields"] = json!(details.fields);
    printer.line(&lines.join("\n"), &all)
}

/// Why a request may be none of the organisation that it names, in words.
pub fn doubt(printer: &Printer, doubt: Doubt) -> &'static str {
    let (english, russian) = match doubt {
        Doubt::Unsealed => (
            "[IN DOUBT: without the organisation's seal]",
            "[СОМНИТЕЛЬНО: без печати организации]",
        ),
        Doubt::BadSeal => (
            "[IN DOUBT: its seal is not valid]",
            "[СОМНИТЕЛЬНО: печать недействительна]",
        ),
        Doubt::Stopped => (
            "[IN DOUBT: that organisation had stopped all requests]",
            "[СОМНИТЕЛЬНО: организация остановила все запросы]",
        ),
        Doubt::NoPartner => (
            "[IN DOUBT: that organisation is no partner]",
            "[СОМНИТЕЛЬНО: организация не партнёр]",
        ),
    };
    printer.words(english, russian)
}

/// What keeps a request here, in words.
pub fn held(printer: &Printer, held: &Held) -> String {
    let said = match held {
        Held::Waits => printer.words("waits for a release", "ждёт разрешения"),
        Held::Nobody => printer.words(
            "waits for a release, and nobody may give it",
            "ждёт разрешения, а дать его некому",
        ),
        Held::Stopped => printer.words("all requests are stopped", "все запросы остановлены"),
        Held::LeftOut => printer.words(
            "the rule of its room leaves out whom it is for",
            "правило его чата не допускает того, кому он адресован",
        ),
        Held::Over => printer.words(
            "ended before it went, and does not go any more",
            "срок кончился до отправки, запрос уже не уйдёт",
        ),
        Held::SentBack { by, note } => {
            let said = printer.words("sent back by", "возвращён:");
            return format!("{said} {}: {}", harmless(by), harmless(note));
        }
    };
    said.to_owned()
}

/// In whose name an answer is said, in words.
pub fn answer(printer: &Printer, seal: &AnswerSeal) -> String {
    let said = match seal {
        AnswerSeal::Sealed(seal) => {
            let (name, by) = (harmless(&seal.organisation), harmless(&seal.by));
            let [in_name, sealed] = [
                printer.words("in the name of", "от имени:"),
                printer.words("sealed by", "заверено:"),
            ];
            format!("{in_name} {name}, {sealed} {by}, {}", printer.time(seal.at))
        }
        AnswerSeal::Unsealed { may_seal } => {
            let mut said = printer
                .words(
                    "signed, not sealed in the organisation's name",
                    "подписано, от имени организации не заверено",
                )
                .to_owned();
            if may_seal.is_some() {
                said += printer.words(" (you may)", " (вы вправе)");
            }
            said
        }
    };
    format!("    {said}")
}

/// The name of a doubt for programs.
pub fn machine_doubt(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::Unsealed => "unsealed",
        Doubt::BadSeal => "bad-seal",
        Doubt::Stopped => "stopped",
        Doubt::NoPartner => "no-partner",
    }
}

/// What keeps a request here, for programs.
pub fn machine_held(held: &Held) -> Value {
    match held {
        Held::Waits => json!({ "why": "waits" }),
        Held::Nobody => json!({ "why": "nobody" }),
        Held::Stopped => json!({ "why": "stopped" }),
        Held::LeftOut => json!({ "why": "left-out" }),
        Held::Over => json!({ "why": "over" }),
        Held::SentBack { by, note } => json!({ "why": "sent-back", "by": by, "note": note }),
    }
}

fn to(row: &ReleaseRow) -> String {
    let office = row.office.as_deref().map(harmless);
    let organisation = harmless(&row.addressee);
    office.map_or(organisation.clone(), |office| {
        format!("{office}, {organisation}")
    })
}

fn machine(row: &ReleaseRow) -> Value {
    json!({
        "number": row.number,
        "subject": row.subject,
        "by": row.by.person.0,
        "name": row.by.name,
        "to": row.addressee,
        "office": row.office,
        "due": row.due,
        "ends": row.ends,
        "confidential": row.is_confidential,
    })
}
