//! `valise group-link` and `enter`: the link into a group, and the way in by it.

use super::members::until_confirmed;
use crate::arguments::{ClientOptions, GroupLink};
use crate::driver::now;
use crate::find;
use crate::print::harmless;
use crate::session::Session;
use crate::stop::Stop;
use anyhow::{Result, bail};
use serde_json::json;
use valise_views::link::{self, GroupPreview};
use valise_views::{ChatDetails, ChatId, Command, Outcome, Shown, Trouble, View};

const DAY_MILLIS: u64 = 24 * 60 * 60 * 1000;

pub async fn link(options: &ClientOptions, how: &GroupLink) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let chat = find::chat(&mut session, &how.room).await?;
    let details = details(&mut session, &chat).await?;
    if !details.may_manage {
        return Err(Stop::Trouble(Trouble::NotAllowed).into());
    }
    if how.off {
        session.ask(Command::EndGroupLink(chat.clone())).await?;
        until_confirmed(&mut session, &chat).await?;
        let machine = json!({ "chat": chat.0, "link": null });
        return session.printer.done("switched off", "выключена", &machine);
    }
    let wanted = how.new || how.days.is_some();
    let found = match details.link.filter(|link| !wanted && !link.over) {
        Some(found) => found,
        None => {
            let until = how
                .days
                .map(|days| now().plus_millis(u64::from(days) * DAY_MILLIS).0);
            let command = Command::MakeGroupLink {
                chat: chat.clone(),
                until,
            };
            session.ask(command).await?;
            until_it_works(&mut session, &chat).await?
        }
    };
    print(&session, &chat, &found)
}

fn print(session: &Session, chat: &ChatId, found: &link::GroupLink) -> Result<()> {
    let Some(url) = &found.url else {
        bail!(
            "{}",
            session.printer.words(
                "another owner made the link and has it; --new makes one of yours, and ends that",
                "ссылка у другого владельца, который её создал; --new создаст вашу, а та перестанет действовать",
            )
        )
    };
    let machine = json!({ "chat": chat.0, "link": url, "expires_at": found.until });
    session.printer.line(url, &machine)
}

async fn details(session: &mut Session, chat: &ChatId) -> Result<ChatDetails> {
    let view = View::Details { chat: chat.clone() };
    let shown = session.show(view, |shown| match shown {
        Shown::Details(details) => Some(details),
        _ => None,
    });
    match shown.await? {
        Some(details) => Ok(details),
        None => Err(Stop::Trouble(Trouble::NotFound).into()),
    }
}

/// Waits until the group has the new link.
async fn until_it_works(session: &mut Session, chat: &ChatId) -> Result<link::GroupLink> {
    let view = View::Details { chat: chat.clone() };
    let made = session.watch(view, |shown| match shown {
        Shown::Details(Some(details)) if !details.changing => details.link,
        _ => None,
    });
    let Some(made) = made.await? else {
        return Err(Stop::Queued.into());
    };
    session.settle().await?;
    Ok(made)
}

pub async fn enter(options: &ClientOptions, link: &str, look: bool) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let link = link.to_owned();
    let command = Command::InspectGroup { link: link.clone() };
    let Outcome::Group(preview) = session.ask(command).await? else {
        bail!("the link says nothing")
    };
    if look {
        let title = harmless(&preview.title);
        let by = harmless(&preview.by);
        let human = match session.printer.words("en", "ru") {
            "en" => format!("{title}: {} in it; the link is {by}'s", preview.people),
            _ => format!("{title}: участников {}; ссылка от: {by}", preview.people),
        };
        return session.printer.line(&human, &machine(&preview, None));
    }
    let Outcome::Chat(chat) = session.ask(Command::JoinGroup { link }).await? else {
        bail!("the link leads nowhere")
    };
    session.settle().await?;
    let human = match session.printer.words("en", "ru") {
        "en" => format!("you are in {}", harmless(&preview.title)),
        _ => format!("вы в группе: {}", harmless(&preview.title)),
    };
    session
        .printer
        .line(&human, &machine(&preview, Some(&chat)))
}

fn machine(preview: &GroupPreview, chat: Option<&ChatId>) -> serde_json::Value {
    json!({
        "chat": chat.or(preview.chat.as_ref()).map(|chat| &chat.0),
        "title": preview.title,
        "by": preview.by,
        "people": preview.people,
        "announcement": preview.announcement,
        "expires_at": preview.until,
    })
}
