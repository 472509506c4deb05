//! `valise request export`: puts all that proves a request into one file.

use super::super::save::own_name;
use super::stand;
use crate::arguments::ClientOptions;
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
use valise_views::{ChatId, Command, FileState, Outcome, Trouble};

pub async fn run(options: &ClientOptions, request: &str, file: Option<&Path>) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let chat = stand::find(&mut session, request).await?;
    let Outcome::Unreported {
        export,
        bundle,
        known,
    } = told(&mut session, &chat).await?
    else {
        bail!("no evidence was made")
    };
    let report = report_of(Language::of_documents(), &bundle, known);
    let report = printed(&session, report);
    let command = Command::FinishEvidence { export, report };
    let Outcome::Evidence {
        stamped,
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
        &json!({ "chat": chat.0, "path": to, "stamped": stamped }),
    )
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
async fn told(session: &mut Session, chat: &ChatId) -> Result<Outcome> {
    let command = || Command::ExportEvidence(chat.clone());
    let away = match session.ask(command()).await {
        Err(error) if is_away(&error) => error,
        other => return other,
    };
    session.printer.warn(
        "files of it are fetched first",
        "сначала скачиваются вложения",
    );
    let known = stand::until(session, chat, |details| !files(details).any(is_coming)).await;
    let known = known.map_err(|error| match error.downcast_ref() {
        Some(Stop::Queued) => away,
        _ => error,
    })?;
    for state in files(&known) {
        match state {
            FileState::Broken => bail!("what the server has is not what was sent"),
            FileState::Gone => bail!("the server has a file no longer"),
            _ => {}
        }
    }
    session.ask(command()).await
}

fn is_away(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(Stop::Trouble(Trouble::FileAway)))
}

/// Returns how the files of a request and of its answers stand.
fn files(details: &RequestDetails) -> impl Iterator<Item = FileState> {
    let answers = details.acts.iter().filter_map(|act| act.letter.as_ref());
    let letters: Vec<&Letter> = std::iter::once(&details.letter).chain(answers).collect();
    let states = letters.into_iter().flat_map(|letter| &letter.files);
    states.map(|file| file.state)
}

fn is_coming(state: FileState) -> bool {
    matches!(state, FileState::Remote | FileState::Moving(_))
}
