//! Tables of office software: addressees from one, one's register into one.

use crate::find;
use crate::print::harmless;
use crate::session::Session;
use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;
use valise_views::addressee::{LineFault, Named, address, named};
use valise_views::csv::{self, Fault};
use valise_views::request::RequestTo;
use valise_views::{Millis, Office, Partner, RequestRow, Shown, View};

/// Returns whom the lines of a file name; says all lines that name nobody, and then asks nobody.
pub async fn addressees(
    session: &mut Session,
    offices: &[Office],
    file: &Path,
) -> Result<Vec<RequestTo>> {
    let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
    let lines = csv::read(&bytes).map_err(|fault| match fault {
        Fault::NotText => anyhow::anyhow!("the table is not text in UTF-8"),
        Fault::TooLarge => anyhow::anyhow!("the table is too large"),
        Fault::Unclosed => anyhow::anyhow!("a quotation mark in the table is not closed"),
        Fault::Empty => anyhow::anyhow!("the table is empty"),
    })?;
    let partners = partners(session).await?;
    let known = find::people(session, "").await?;
    let so_far = named(&lines, offices, &known, &partners);
    let unknown = so_far.iter().zip(&lines);
    let unknown = unknown.filter(|(named, _)| named.found == Err(LineFault::Nobody));
    for address in unknown.filter_map(|(_, line)| address(line)) {
        // Somebody of a partner is known once he was looked for by the whole address; whoever is nobody is said below.
        let _ = find::person(session, &address).await;
    }
    let people = find::people(session, "").await?;
    let named = named(&lines, offices, &people, &partners);
    let wrong: Vec<String> = named
        .iter()
        .filter_map(|line| wrong(session, line))
        .collect();
    if !wrong.is_empty() {
        bail!("{}", wrong.join("\n"))
    }
    let all = named.into_iter().filter_map(|line| line.found.ok());
    Ok(all.map(|addressee| addressee.to).collect())
}

async fn partners(session: &mut Session) -> Result<Vec<Partner>> {
    let known = session.show(View::Partners, |shown| match shown {
        Shown::Partners(partners) => Some(partners.partners),
        _ => None,
    });
    known.await
}

fn wrong(session: &Session, line: &Named) -> Option<String> {
    let (english, russian) = match line.found.as_ref().err()? {
        LineFault::Nobody => (
            "no office and nobody of a partner is called so",
            "у партнёров нет службы или человека с таким именем",
        ),
        LineFault::NoPartner => (
            "no partner has that name or domain",
            "нет партнёра с таким названием или доменом",
        ),
        LineFault::Several => (
            "several are called so: write the address",
            "таких несколько: укажите адрес",
        ),
        LineFault::Again => ("stands there twice", "указано дважды"),
    };
    let word = session.printer.words("line", "строка");
    let why = session.printer.words(english, russian);
    Some(format!(
        "{word} {}: {}: {why}",
        line.line,
        harmless(&line.words)
    ))
}

/// Writes requests as a table into a new file.
pub fn write(session: &Session, rows: &[RequestRow], file: &Path) -> Result<()> {
    let printer = &session.printer;
    let separator = printer.words(",", ";").chars().next().unwrap_or(',');
    let head = printer.words(
        "Number,Their number,Direction,Subject,Organisation,Office,State,Due,Signed,Works on it,Ends by itself",
        "Номер,Их номер,Направление,Тема,Организация,Служба,Состояние,Срок,Подписан,Исполнитель,Закончится сам",
    );
    let mut table = vec![head.split(',').map(str::to_owned).collect()];
    table.extend(rows.iter().map(|row| {
        let way = if row.is_incoming {
            printer.words("asked of us", "нам")
        } else {
            printer.words("we ask", "от нас")
        };
        vec![
            row.number.clone(),
            row.their_number.clone().unwrap_or_default(),
            way.to_owned(),
            row.subject.clone(),
            row.other.organisation.clone(),
            row.office.clone().unwrap_or_default(),
            printer.standing(row),
            time(row.due),
            time(row.issued_at),
            row.assignee.clone().unwrap_or_default(),
            row.ends.map(time).unwrap_or_default(),
        ]
    }));
    let about = || file.display().to_string();
    let opened = OpenOptions::new().write(true).create_new(true).open(file);
    opened
        .and_then(|mut out| out.write_all(&csv::write(&table, separator)))
        .with_context(about)
}

/// A time as office software reads it, by this place's clock.
fn time(at: Millis) -> String {
    let at = i64::try_from(at)
        .ok()
        .and_then(|at| Timestamp::from_millisecond(at).ok());
    at.map_or_else(String::new, |at| {
        let at = at.to_zoned(TimeZone::system());
        at.strftime("%Y-%m-%d %H:%M").to_string()
    })
}
