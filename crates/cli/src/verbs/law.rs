//! `valise law`: under whose law other organisations have to stand whose people are in a room.

use super::members::until_confirmed;
use crate::arguments::ClientOptions;
use crate::find;
use crate::print::harmless;
use crate::session::Session;
use anyhow::{Result, bail};
use serde_json::json;
use valise_views::{ChatDetails, ChatId, Command, Shown, View};

pub async fn run(
    options: &ClientOptions,
    room: &str,
    countries: &[String],
    any: bool,
) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let chat = find::chat(&mut session, room).await?;
    if any || !countries.is_empty() {
        let residency = codes(countries);
        let command = Command::RuleRoom {
            chat: chat.clone(),
            residency,
        };
        session.ask(command).await?;
        until_confirmed(&mut session, &chat).await?;
    }
    let details = details(&mut session, &chat).await?;
    print(&session, &chat, &details)
}

/// Codes as a rule has them, however they were typed.
pub fn codes(countries: &[String]) -> Vec<String> {
    let mut codes: Vec<String> = countries.iter().map(|it| it.to_uppercase()).collect();
    codes.sort();
    codes.dedup();
    codes
}

async fn details(session: &mut Session, chat: &ChatId) -> Result<ChatDetails> {
    let view = View::Details { chat: chat.clone() };
    let found = session.watch(view, |shown| match shown {
        Shown::Details(details) => details,
        _ => None,
    });
    match found.await? {
        Some(details) => Ok(details),
        None => bail!("nothing is known of it"),
    }
}

fn print(session: &Session, chat: &ChatId, details: &ChatDetails) -> Result<()> {
    let printer = &session.printer;
    let codes = details.residency.join(", ");
    let rule = match details.residency[..] {
        [] => printer
            .words("any law, and guests", "любое право; гости тоже")
            .to_owned(),
        _ => format!(
            "{} {codes}",
            printer.words(
                "only organisations under the law of:",
                "только организации, действующие по праву:"
            )
        ),
    };
    let left_out: Vec<&str> = details.left_out.iter().map(|it| &*it.name).collect();
    let machine = json!({ "chat": chat.0, "law": details.residency, "left_out": left_out });
    printer.line(&rule, &machine)?;
    details.left_out.iter().try_for_each(|one| {
        let name = harmless(&one.name);
        let said = one.jurisdictions.join(", ");
        printer.note(
            &format!("left out, so that nothing is sent: {name} {said}"),
            &format!("не допускается, поэтому ничего не отправляется: {name} {said}"),
        )
    })
}
