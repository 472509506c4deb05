//! `valise link`: becomes another device of somebody who has one already.

use crate::arguments::{ClientOptions, Link};
use crate::print::harmless;
use crate::session::Session;
use anyhow::{Result, bail};
use serde_json::json;
use valise_views::{Command, Linking, Shown, Status, View};

pub async fn run(options: &ClientOptions, how: &Link) -> Result<()> {
    let mut session = Session::open(options)?;
    let command = Command::BeginLink {
        origin: how.server.trim_end_matches('/').to_owned(),
        name: how.name.clone(),
    };
    session.ask(command).await?;
    let mut shown = None;
    loop {
        let last = shown.clone();
        let watched = session.watch(View::Status, move |shown| match shown {
            Shown::Status(Status::Linking(linking)) if Some(&linking) != last.as_ref() => {
                Some(Some(linking))
            }
            Shown::Status(Status::Ready(_)) => Some(None),
            _ => None,
        });
        match watched.await? {
            Some(Some(linking)) => {
                say(&session, &linking)?;
                shown = Some(linking);
            }
            Some(None) => break,
            // The other device takes its time; the code changes when it gets old.
            None => {}
        }
    }
    until_past_is_here(&mut session).await?;
    let ready = session.catch_up().await?;
    let human = format!(
        "{} {} <{}>",
        session
            .printer
            .words("This is now a device of", "Теперь это устройство:"),
        harmless(&ready.name),
        harmless(&ready.address),
    );
    session.printer.line(
        &human,
        &json!({ "address": ready.address, "person": ready.me.0 }),
    )
}

fn say(session: &Session, linking: &Linking) -> Result<()> {
    let human = match &linking.digits {
        None => format!(
            "{} valise approve {}\n{}\n",
            session.printer.words(
                "On a device that you use already, type the code there or do:",
                "На устройстве, которым вы уже пользуетесь, введите код или выполните:",
            ),
            linking.code,
            linking.link,
        ),
        Some(digits) => format!(
            "{} {digits}",
            session.printer.words(
                "Your other device shows these digits, or something is wrong:",
                "На другом устройстве должны быть эти цифры:",
            ),
        ),
    };
    session.printer.line(
        &human,
        &json!({ "code": linking.code, "link": linking.link, "digits": linking.digits }),
    )
}

/// Waits for what was said before; a person can stop, and go on later.
async fn until_past_is_here(session: &mut Session) -> Result<()> {
    loop {
        let here = session.watch(View::Status, |shown| match shown {
            Shown::Status(Status::Ready(ready)) if ready.removed => Some(false),
            Shown::Status(Status::Ready(ready)) if ready.past.is_none() => Some(true),
            _ => None,
        });
        match here.await? {
            Some(true) => return Ok(()),
            Some(false) => bail!("this device was removed from its account"),
            None => session.printer.warn(
                "the other device has not brought the earlier messages yet: leave it on",
                "другое устройство ещё не передало прежние сообщения: не выключайте его",
            ),
        }
    }
}
