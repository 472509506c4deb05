//! `valise add` and `valise remove`: who is in a group.

use crate::arguments::ClientOptions;
use crate::find;
use crate::session::Session;
use anyhow::Result;
use serde_json::json;
use valise_views::{ChatId, Command, Shown, View};

pub async fn add(options: &ClientOptions, room: &str, people: &[String]) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let chat = find::chat(&mut session, room).await?;
    let people = find::several(&mut session, people).await?;
    session
        .ask(Command::AddMembers {
            chat: chat.clone(),
            people,
        })
        .await?;
    until_confirmed(&mut session, &chat).await?;
    session
        .printer
        .done("they are in it", "добавлено", &json!({ "chat": chat.0 }))
}

pub async fn remove(options: &ClientOptions, room: &str, person: &str) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let chat = find::chat(&mut session, room).await?;
    let person = find::person(&mut session, person).await?;
    session
        .ask(Command::RemoveMember {
            chat: chat.clone(),
            person,
        })
        .await?;
    until_confirmed(&mut session, &chat).await?;
    session
        .printer
        .done("no longer in it", "удалено", &json!({ "chat": chat.0 }))
}

/// Waits until the server took all changes of a chat.
pub async fn until_confirmed(session: &mut Session, chat: &ChatId) -> Result<()> {
    let confirmed = session.watch(View::Details { chat: chat.clone() }, |shown| match shown {
        Shown::Details(Some(details)) if details.changing => None,
        _ => Some(()),
    });
    if confirmed.await?.is_none() {
        return Err(crate::stop::Stop::Queued.into());
    }
    session.settle().await
}
