//! `valise request export`: puts all that proves a request into one file.

use super::super::save::own_name;
use super::stand;
use crate::arguments::ClientOptions;
use crate::print::harmless;
use crate::session::Session;
use crate::stop::Stop;
use crate::words::Language;
use anyhow::{Context, Result, bail};
use serde_json::json;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;
use valise_verdict::report_of;
use valise_views::print::{Document, Report};
use valise_views::request::{Letter, RequestDetails};
use valise_views::{ChatId, Command, File, FileId, FileState, Lacking, Outcome, Trouble};

pub async fn run(
    options: &ClientOptions,
    request: &str,
    file: Option<&Path>,
    without: &[String],
) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let chat = stand::find(&mut session, request).await?;
    let without = called(&mut session, &chat, without).await?;
    let Outcome::Unreported {
        export,
        bundle,
        known,
    } = told(&mut session, &chat, without).await?
    else {
        bail!("no evidence was made")
    };
    let report = report_of(Language::of_documents(), &bundle, known);
    let report = printed(&session, report);
    let command = Command::FinishEvidence { export, report };
    let Outcome::Evidence {
        stamped,
        lacking,
        name,
        bytes,
    } = session.ask(command).await?
    else {
        bail!("no evidence was made")
    };
    if !stamped {
        session.printer.warn(
            "it has no time stamp over all of it: nobody could be asked for one",
            "метки времени на всё вместе нет: взять её было не у кого",
        );
    }
    warn_of(&session, lacking);
    let to = match file {
        Some(file) => file.to_owned(),
        None => own_name(&name)?,
    };
    let about = || to.display().to_string();
    let mut new = OpenOptions::new();
    let opened = new.write(true).create_new(true).open(&to);
    opened
        .and_then(|mut out| out.write_all(&bytes))
        .with_context(about)?;
    let human = format!(
        "{} {}",
        session.printer.words("saved", "сохранено:"),
        to.display()
    );
    session.printer.line(
        &human,
        &json!({
            "chat": chat.0,
            "path": to,
            "stamped": stamped,
            "lacking": {
                "left_out": lacking.left_out,
                "not_had": lacking.not_had,
                "too_large": lacking.too_large,
                "another_came": lacking.another_came,
            },
        }),
    )
}

/// Says what is not in it, and why.
fn warn_of(session: &Session, lacking: Lacking) {
    let counts = [
        (
            lacking.another_came,
            "not the files that were signed; the evidence says so",
            "файлы не те, что были подписаны, это сказано в пакете",
        ),
        (
            lacking.not_had,
            "files that could not be had from their server; the evidence says so",
            "файлы, которые не удалось получить с их сервера, это сказано в пакете",
        ),
        (
            lacking.too_large,
            "files that did not fit in: more than 256 MiB do not go along; the evidence says so",
            "файлы, которые не поместились: больше 256 МиБ не прикладывается, это сказано в пакете",
        ),
        (
            lacking.left_out,
            "files left out on purpose",
            "файлы намеренно не приложены",
        ),
    ];
    for (count, english, russian) in counts {
        if count > 0 {
            let (english, russian) = (format!("{english}: {count}"), format!("{russian}: {count}"));
            session.printer.warn(&english, &russian);
        }
    }
}

/// Returns the files of a request and of its answers that are called so.
async fn called(session: &mut Session, chat: &ChatId, names: &[String]) -> Result<Vec<FileId>> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let details = stand::until(session, chat, |_| true).await?;
    let mut found = Vec::new();
    for name in names {
        let before = found.len();
        let all = files(&details).filter(|file| file.name == *name);
        found.extend(all.map(|file| file.id.clone()));
        if found.len() == before {
            let words = session
                .printer
                .words("no file is called", "нет файла с именем");
            bail!("{words} {}", harmless(name));
        }
    }
    Ok(found)
}

/// Draws the report of a bundle. What is too long to print is left out: the bundle proves the same without.
fn printed(session: &Session, report: Report) -> Option<serde_bytes::ByteBuf> {
    let printed = valise_print::document(&Document::Report(report));
    if printed.is_err() {
        session.printer.warn(
            "the report is too long to print; the evidence has none",
            "отчёт слишком длинный; пакет доказательств будет без него",
        );
    }
    Some(printed.ok()?.pdf.into())
}

/// Asks for the evidence; files that are not here come first.
async fn told(session: &mut Session, chat: &ChatId, without: Vec<FileId>) -> Result<Outcome> {
    let command = || Command::ExportEvidence {
        chat: chat.clone(),
        without: without.clone(),
    };
    let away = match session.ask(command()).await {
        Err(error) if is_away(&error) => error,
        other => return other,
    };
    session.printer.warn(
        "files of it are fetched first",
        "сначала скачиваются вложения",
    );
    // What never comes is said in the evidence.
    let is_coming = |details: &RequestDetails| {
        let mut wanted = files(details).filter(|file| !without.contains(&file.id));
        wanted.any(|file| matches!(file.state, FileState::Remote | FileState::Moving(_)))
    };
    let known = stand::until(session, chat, |details| !is_coming(details)).await;
    known.map_err(|error| match error.downcast_ref() {
        Some(Stop::Queued) => away,
        _ => error,
    })?;
    session.ask(command()).await
}

fn is_away(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(Stop::Trouble(Trouble::FileAway)))
}

/// Returns the files of a request and of its answers.
fn files(details: &RequestDetails) -> impl Iterator<Item = &File> {
    let answers = details.acts.iter().filter_map(|act| act.letter.as_ref());
    let letters: Vec<&Letter> = std::iter::once(&details.letter).chain(answers).collect();
    letters.into_iter().flat_map(|letter| &letter.files)
}
