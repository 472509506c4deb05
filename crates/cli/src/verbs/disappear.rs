//! `valise disappear`: gives what is said in a chat a time to live.

use super::change::until_sent;
use crate::arguments::ClientOptions;
use crate::find;
use crate::lasting::Lasting;
use crate::session::Session;
use anyhow::Result;
use serde_json::json;
use valise_views::Command;

pub async fn run(options: &ClientOptions, room: &str, after: Lasting) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let chat = find::chat(&mut session, room).await?;
    let command = Command::SetTimer {
        chat: chat.clone(),
        seconds: after.0,
    };
    session.ask(command).await?;
    until_sent(&mut session).await?;
    let machine = json!({ "chat": chat.0, "disappears_after_seconds": after.0 });
    session.printer.done("done", "готово", &machine)
}
