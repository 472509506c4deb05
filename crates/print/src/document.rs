//! Whatever is asked for as plain data.

use crate::{CodeSheet, Error, Item, Letter, Printed, Report, code_sheet, letter, report};
use valise_views::print::{self as asked, Document};

/// Prints a document.
pub fn document(document: &Document) -> Result<Printed, Error> {
    match document {
        Document::Letter(asked) => of_letter(asked),
        Document::CodeSheet(asked) => of_code_sheet(asked),
        Document::Report(asked) => of_report(asked),
    }
}

fn of_letter(asked: &asked::Letter) -> Result<Printed, Error> {
    letter(&Letter {
        language: asked.language,
        organisation: &asked.organisation,
        office: asked.office.as_deref(),
        sender: &asked.sender,
        addressee: &texts(&asked.addressee),
        number: &asked.number,
        date: &asked.date,
        due: asked.due.as_deref(),
        subject: &asked.subject,
        text: &asked.text,
        link: &asked.link,
        fingerprint: &texts(&asked.fingerprint),
    })
}

fn of_code_sheet(asked: &asked::CodeSheet) -> Result<Printed, Error> {
    code_sheet(&CodeSheet {
        language: asked.language,
        organisation: &asked.organisation,
        office: asked.office.as_deref(),
        sender: &asked.sender,
        addressee: &texts(&asked.addressee),
        number: &asked.number,
        code: &asked.code,
    })
}

fn of_report(asked: &asked::Report) -> Result<Printed, Error> {
    let facts = asked.facts.iter();
    let facts: Vec<(&str, &str)> = facts.map(|(name, value)| (&**name, &**value)).collect();
    let items = asked.items.iter().map(|item| Item {
        time: &item.time,
        who: &item.who,
        what: &item.what,
        digest: item.digest.as_deref(),
        verdict: item.verdict,
    });
    report(&Report {
        language: asked.language,
        title: &asked.title,
        facts: &facts,
        items: &items.collect::<Vec<_>>(),
    })
}

fn texts(lines: &[String]) -> Vec<&str> {
    lines.iter().map(String::as_str).collect()
}
