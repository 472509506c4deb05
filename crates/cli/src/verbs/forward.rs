//! `valise forward`: hands messages on to other chats.

use super::change::until_sent;
use super::members::until_confirmed;
use crate::arguments::ClientOptions;
use crate::find;
use crate::session::Session;
use anyhow::Result;
use serde_json::json;
use valise_views::{Command, MessageId};

pub async fn run(options: &ClientOptions, messages: &[String], to: &[String]) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let mut chats = Vec::new();
    for words in to {
        let chat = find::chat(&mut session, words).await?;
        if !chats.contains(&chat) {
            chats.push(chat);
        }
    }
    let command = Command::Forward {
        messages: messages.iter().cloned().map(MessageId).collect(),
        chats: chats.clone(),
    };
    session.ask(command).await?;
    until_sent(&mut session).await?;
    for chat in &chats {
        until_confirmed(&mut session, chat).await?;
    }
    let names: Vec<&String> = chats.iter().map(|chat| &chat.0).collect();
    let machine = json!({ "messages": messages, "chats": names });
    session.printer.done("handed on", "переслано", &machine)
}
