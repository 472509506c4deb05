//! `valise request rules`, `waiting`, `release`, `seal` and `send-back`: what goes in the organisation's name, and by whom.

use super::stand;
use crate::arguments::{ClientOptions, Needs, SetRules};
use crate::find;
use crate::print::{harmless, release};
use crate::session::Session;
use crate::stop::Stop;
use anyhow::Result;
use serde_json::json;
use valise_views::request::{AnswerSeal, Asks, ReleaseId, ReleaseRow, RequestRules};
use valise_views::{Command, RequestFilter, Shown, View};

/// Shows what requests need and who may seal, after what was asked for was said.
pub async fn rules(options: &ClientOptions, how: &SetRules) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let mut commands = Vec::new();
    for (people, may) in [(&how.keeper, true), (&how.no_keeper, false)] {
        for words in people {
            let person = find::person(&mut session, words).await?;
            commands.push(Command::SetKeeper { person, may });
        }
    }
    commands.extend(how.asks.map(|asks| Command::SetAsks(asks.into())));
    let stops = how.stop || how.resume;
    commands.extend(stops.then_some(Command::StopRequests(how.stop)));
    for command in commands {
        session.ask(command).await?;
        session.settle().await?;
    }
    let rules = read(&mut session).await?;
    print(&session, &rules)
}

/// Lists what waits for oneself.
pub async fn waiting(options: &ClientOptions) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let rows = all_waiting(&mut session).await?;
    rows.iter()
        .try_for_each(|row| release::line(&session.printer, row))
}

/// Shows exactly what the other side would see.
pub async fn look(options: &ClientOptions, number: &str) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let id = called(&mut session, number).await?;
    let details = session
        .show(View::Release { id }, |shown| match shown {
            Shown::Release(Some(details)) => Some(*details),
            _ => None,
        })
        .await?;
    release::whole(&session.printer, &details)
}

/// Seals a request, in the organisation's name.
pub async fn release(options: &ClientOptions, number: &str) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let id = called(&mut session, number).await?;
    session.ask(Command::Release(id)).await?;
    session.settle().await?;
    let machine = json!({ "number": number });
    session
        .printer
        .done("released", "отправка разрешена", &machine)
}

/// Seals the last answer of one's own side that has no seal.
pub async fn seal(options: &ClientOptions, request: &str) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let chat = stand::find(&mut session, request).await?;
    let details = stand::until(&mut session, &chat, |_| true).await?;
    let mut answers = details.acts.iter().rev().filter_map(|act| match &act.seal {
        Some(AnswerSeal::Unsealed { may_seal }) => may_seal.clone(),
        _ => None,
    });
    let Some(answer) = answers.next() else {
        return Err(Stop::NotFound(request.to_owned()).into());
    };
    session.ask(Command::SealAnswer(answer)).await?;
    session.settle().await?;
    let machine = json!({ "chat": chat.0, "number": details.row.number });
    session.printer.done("sealed", "заверено", &machine)
}

/// Seals nothing, and says why.
pub async fn send_back(options: &ClientOptions, number: &str, note: &str) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let id = called(&mut session, number).await?;
    let note = note.to_owned();
    session.ask(Command::SendBack { id, note }).await?;
    session.settle().await?;
    let machine = json!({ "number": number });
    session.printer.done("sent back", "возвращено", &machine)
}

async fn all_waiting(session: &mut Session) -> Result<Vec<ReleaseRow>> {
    session.quiet().await?;
    let view = View::Requests {
        filter: RequestFilter::Open,
        search: String::new(),
    };
    session
        .show(view, |shown| match shown {
            Shown::Requests(list) => Some(list.releases),
            _ => None,
        })
        .await
}

async fn called(session: &mut Session, number: &str) -> Result<ReleaseId> {
    let rows = all_waiting(session).await?;
    let found = rows.into_iter().find(|row| row.number == number);
    Ok(found.ok_or_else(|| Stop::NotFound(number.to_owned()))?.id)
}

async fn read(session: &mut Session) -> Result<RequestRules> {
    session.quiet().await?;
    session
        .show(View::RequestRules, |shown| match shown {
            Shown::RequestRules(rules) => Some(rules),
            _ => None,
        })
        .await
}

fn print(session: &Session, rules: &RequestRules) -> Result<()> {
    let printer = &session.printer;
    let (needs, machine) = match rules.asks {
        Asks::Freely => (
            printer.words(
                "a request goes without a release",
                "запрос уходит без разрешения",
            ),
            "freely",
        ),
        Asks::Sealed => (
            printer.words(
                "a request goes when somebody who may has released it",
                "запрос уходит, когда его разрешил тот, кто вправе",
            ),
            "sealed",
        ),
        Asks::FourEyes => (
            printer.words(
                "a request goes when somebody else has released it",
                "запрос уходит, когда его разрешил кто-то другой",
            ),
            "four-eyes",
        ),
    };
    let names: Vec<String> = rules.keepers.iter().map(|it| harmless(&it.name)).collect();
    let stopped = match rules.is_stopped {
        true => printer.words("all requests are stopped\n", "все запросы остановлены\n"),
        false => "",
    };
    let may = printer.words("may release:", "могут разрешать:");
    let human = format!("{stopped}{needs}\n{may} {}", names.join(", "));
    let keeper = |keeper: &valise_views::request::Keeper| json!({ "id": keeper.person.0, "name": keeper.name, "ready": keeper.is_ready });
    let machine = json!({
        "asks": machine,
        "stopped": rules.is_stopped,
        "keepers": rules.keepers.iter().map(keeper).collect::<Vec<_>>(),
    });
    printer.line(&human, &machine)
}

impl From<Needs> for Asks {
    fn from(needs: Needs) -> Self {
        match needs {
            Needs::Freely => Self::Freely,
            Needs::Sealed => Self::Sealed,
            Needs::FourEyes => Self::FourEyes,
        }
    }
}
