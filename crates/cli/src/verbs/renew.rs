//! `valise registrar`, `valise renew` and `valise stop-renewal`: a new identity for somebody who lost every device.

use crate::arguments::{ClientOptions, Registrar};
use crate::find;
use crate::print::harmless;
use crate::session::Session;
use anyhow::{Result, bail};
use serde_json::json;
use valise_views::{Command, Outcome, Renewal, RenewalState, Shown, Status, Trouble, View};

/// Does what a registrar asks for.
pub async fn registrar(options: &ClientOptions, what: &Registrar) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    match what {
        Registrar::Renew { person } => offer(&mut session, person).await,
        Registrar::Confirm { person } => {
            let person = find::person(&mut session, person).await?;
            session.ask(Command::ConfirmRenewal(person.clone())).await?;
            session.settle().await?;
            session.printer.done(
                "confirmed; it takes effect when its time has come, if nobody stops it",
                "подтверждено; вступит в силу в назначенное время, если никто не остановит",
                &json!({ "person": person.0 }),
            )
        }
        Registrar::Withdraw { person } => {
            let person = find::person(&mut session, person).await?;
            session
                .ask(Command::WithdrawRenewal(person.clone()))
                .await?;
            session.settle().await?;
            session.printer.done(
                "it is taken back",
                "отозвано",
                &json!({ "person": person.0 }),
            )
        }
        Registrar::Renewals => list(&mut session).await,
    }
}

async fn offer(session: &mut Session, person: &str) -> Result<()> {
    let person = find::person(session, person).await?;
    let Outcome::Link(link) = session.ask(Command::OfferRenewal(person.clone())).await? else {
        bail!("no link was made")
    };
    session.settle().await?;
    session
        .printer
        .line(&link, &json!({ "link": link, "person": person.0 }))
}

async fn list(session: &mut Session) -> Result<()> {
    let people = find::people(session, "").await?;
    let mut renewals = people.iter().filter_map(|person| person.renewal.as_ref());
    renewals.try_for_each(|renewal| print(session, renewal))
}

/// Waits for the new identity; when the time to wait is over, it is gone on with by calling it again.
pub async fn open(options: &ClientOptions, link: &str, name: &str) -> Result<()> {
    let mut session = Session::open(options)?;
    let waiting = session.show(View::Status, |shown| match shown {
        Shown::Status(status) => Some(matches!(status, Status::Renewing(_))),
        _ => None,
    });
    if !waiting.await? {
        let (link, name) = (link.to_owned(), name.to_owned());
        session.ask(Command::OpenRenewal { link, name }).await?;
    }
    let mut last = None;
    let ended = session.watch(View::Status, |shown| match shown {
        Shown::Status(Status::Ready(ready)) => Some(Ok(ready)),
        Shown::Status(Status::Renewing(renewal)) => {
            let over = matches!(renewal.state, RenewalState::Stopped | RenewalState::Over);
            last = Some(renewal);
            over.then_some(Err(()))
        }
        _ => None,
    });
    match (ended.await?, last) {
        (Some(Ok(_)), _) => {
            let ready = session.catch_up().await?;
            let human = format!(
                "{} {} <{}>",
                session.printer.words("Welcome back,", "С возвращением,"),
                harmless(&ready.name),
                harmless(&ready.address),
            );
            let machine = json!({ "address": ready.address, "person": ready.me.0 });
            session.printer.line(&human, &machine)
        }
        (Some(Err(())), Some(renewal)) => {
            print(&session, &renewal)?;
            Err(crate::stop::Stop::Trouble(Trouble::LinkGone).into())
        }
        (_, Some(renewal)) => print(&session, &renewal),
        _ => Err(crate::stop::Stop::Unreachable.into()),
    }
}

/// Stops the renewal of one's own account.
pub async fn stop(options: &ClientOptions) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    session.ask(Command::StopRenewal).await?;
    session.settle().await?;
    session.printer.done(
        "stopped: your identity stays as it is",
        "остановлено: ваша личность остаётся прежней",
        &json!({}),
    )
}

fn print(session: &Session, renewal: &Renewal) -> Result<()> {
    let words = |english, russian| session.printer.words(english, russian);
    let stands = match (renewal.state, renewal.takes_effect_at) {
        (RenewalState::Reading, _) => words("is being read", "загружается").to_owned(),
        (RenewalState::Stopped, _) => words(
            "stopped by a device of this person",
            "остановлено с устройства этого человека",
        )
        .to_owned(),
        (RenewalState::Over, _) => {
            words("taken back, or too late", "отозвано или просрочено").to_owned()
        }
        (RenewalState::Open, None) => {
            words("waits for a second registrar", "ждёт второго регистратора").to_owned()
        }
        (RenewalState::Open, Some(at)) => format!(
            "{} {}",
            words("takes effect at", "вступит в силу"),
            session.printer.time(at)
        ),
    };
    let registrars = [Some(&renewal.asked_by), renewal.confirmed_by.as_ref()];
    let registrars: Vec<_> = registrars
        .into_iter()
        .flatten()
        .map(|name| harmless(name))
        .collect();
    let human = format!(
        "{}: {} ({})",
        harmless(&renewal.person),
        stands,
        registrars.join(", ")
    );
    let machine = json!({
        "person": renewal.person,
        "asked_by": renewal.asked_by,
        "asked_at": renewal.asked_at,
        "confirmed_by": renewal.confirmed_by,
        "takes_effect_at": renewal.takes_effect_at,
        "is_open": renewal.state == RenewalState::Open,
    });
    session.printer.line(&human, &machine)
}
