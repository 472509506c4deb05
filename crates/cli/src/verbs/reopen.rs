//! `valise reopen`: goes on in a chat that was closed.

use super::members::until_confirmed;
use crate::arguments::ClientOptions;
use crate::find;
use crate::session::Session;
use anyhow::Result;
use serde_json::json;
use valise_views::Command;

pub async fn run(options: &ClientOptions, room: &str) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let chat = find::chat(&mut session, room).await?;
    session.ask(Command::Reopen(chat.clone())).await?;
    until_confirmed(&mut session, &chat).await?;
    session.printer.done(
        "it goes on with what the server has now",
        "чат продолжается с тем, что есть на сервере",
        &json!({ "chat": chat.0 }),
    )
}
