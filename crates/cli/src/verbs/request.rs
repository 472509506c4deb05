//! `valise requests` and `valise request`: what one organisation formally asks of another.

mod act;
mod amend;
mod ask;
mod export;
mod guest;
mod rules;
mod show;
mod stand;
mod table;
mod template;

pub use show::list;

use super::send::typed;
use crate::arguments::{ClientOptions, Letter, RequestVerb};
use crate::session::Session;
use anyhow::{Context, Result};
use jiff::Zoned;
use jiff::tz::TimeZone;
use serde_json::json;
use valise_views::file::NewFile;
use valise_views::request::NewAct;
use valise_views::{ActKind, Command, Millis};

/// Does what was typed of one request.
pub async fn run(options: &ClientOptions, what: &RequestVerb) -> Result<()> {
    match what {
        RequestVerb::Ask(how) => ask::run(options, how).await,
        RequestVerb::Templates => template::list(options).await,
        RequestVerb::Guest { request, deed } => guest::run(options, request, deed).await,
        RequestVerb::Show { request } => show::one(options, request).await,
        RequestVerb::Export {
            request,
            file,
            without,
        } => export::run(options, request, file.as_deref(), without).await,
        RequestVerb::Rules(how) => rules::rules(options, how).await,
        RequestVerb::Waiting => rules::waiting(options).await,
        RequestVerb::Look { number } => rules::look(options, number).await,
        RequestVerb::Release { number } => rules::release(options, number).await,
        RequestVerb::Seal { request } => rules::seal(options, request).await,
        RequestVerb::SendBack { number, note } => rules::send_back(options, number, note).await,
        RequestVerb::Question { request, letter } => {
            say(options, request, ActKind::Questioned, letter, None).await
        }
        RequestVerb::Explain { request, letter } => {
            say(options, request, ActKind::Clarified, letter, None).await
        }
        RequestVerb::Answer { request, letter } => {
            say(options, request, ActKind::Answered, letter, None).await
        }
        RequestVerb::AnswerPart { request, letter } => {
            say(options, request, ActKind::PartlyAnswered, letter, None).await
        }
        RequestVerb::Refuse {
            request,
            ground,
            letter,
        } => say(options, request, ActKind::Refused, letter, Some(ground)).await,
        RequestVerb::Amend(how) => amend::run(options, how).await,
        RequestVerb::Forward {
            request,
            person,
            office,
            note,
        } => {
            let to = (person.as_deref(), office.as_deref());
            act::forward(options, request, to, note.clone()).await
        }
        RequestVerb::Remind { request, text } => remind(options, request, text.as_deref()).await,
        RequestVerb::Assign { request, person } => act::assign(options, request, person).await,
        plain => do_plainly(options, plain).await,
    }
}

/// What the clock here is ahead of UTC, in minutes.
fn offset_minutes() -> i32 {
    Zoned::now().offset().seconds() / 60
}

/// Does what needs nothing but what was typed.
async fn do_plainly(options: &ClientOptions, what: &RequestVerb) -> Result<()> {
    let (request, kind, act) = match what {
        RequestVerb::Register { request, number } => {
            let act = NewAct::Register {
                number: number.clone(),
                offset_minutes: offset_minutes(),
            };
            (request, ActKind::Registered, act)
        }
        RequestVerb::MoreTime {
            request,
            until,
            note,
        } => {
            let until = instant(*until)?;
            let note = note.clone();
            let act = NewAct::AskTime { until, note };
            (request, ActKind::ExtensionAsked, act)
        }
        RequestVerb::GiveTime { request } => (request, ActKind::ExtensionGranted, NewAct::GiveTime),
        RequestVerb::DenyTime { request, note } => {
            let note = note.clone();
            (request, ActKind::ExtensionDenied, NewAct::DenyTime { note })
        }
        RequestVerb::Confirm { request } => (request, ActKind::Confirmed, NewAct::Confirm),
        RequestVerb::Dispute { request, note } => {
            let note = note.clone();
            (request, ActKind::Disputed, NewAct::Dispute { note })
        }
        RequestVerb::Withdraw { request, note } => {
            let note = note.clone();
            (request, ActKind::Withdrawn, NewAct::Withdraw { note })
        }
        RequestVerb::Close { request, note } => {
            let note = note.clone();
            (request, ActKind::Closed, NewAct::Close { note })
        }
        RequestVerb::Vouch { request, note } => {
            let note = note.clone();
            (request, ActKind::Vouched, NewAct::Vouch { note })
        }
        _ => anyhow::bail!("an act that needs more than was typed"),
    };
    let (mut session, ready) = Session::ready(options).await?;
    let chat = stand::find(&mut session, request).await?;
    act::run(&mut session, &ready, &chat, kind, act).await
}

/// Says something with text and files.
async fn say(
    options: &ClientOptions,
    request: &str,
    kind: ActKind,
    letter: &Letter,
    ground: Option<&String>,
) -> Result<()> {
    let text = typed(&letter.text)?;
    let (mut session, ready) = Session::ready(options).await?;
    let chat = stand::find(&mut session, request).await?;
    let act = NewAct::Say {
        kind,
        text,
        files: lend(&mut session, letter)?,
        ground: ground.cloned(),
    };
    act::run(&mut session, &ready, &chat, kind, act).await
}

/// Asks the other side not to forget a request.
async fn remind(options: &ClientOptions, request: &str, text: Option<&str>) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let chat = stand::find(&mut session, request).await?;
    let usual = session.printer.words(
        "Please remember this request: an answer is due.",
        "Напоминаем об этом запросе: пора ответить.",
    );
    let text = text.unwrap_or(usual).to_owned();
    session.ask(Command::Remind { chat, text }).await?;
    session.settle().await?;
    let printer = &session.printer;
    printer.done("reminded", "напоминание отправлено", &json!({}))
}

/// Lends the core the files of a letter.
fn lend(session: &mut Session, letter: &Letter) -> Result<Vec<NewFile>> {
    let files = letter.files.iter();
    files.map(|file| session.driver.lend(file)).collect()
}

/// Returns the instant that was typed, by this place's clock.
pub(super) fn instant(until: crate::until::Until) -> Result<Millis> {
    until
        .millis(&TimeZone::system())
        .context("the clock of this place has no such time")
}
