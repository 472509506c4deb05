//! `valise edit`, `delete`, `react`: changes a message that stands in a chat.

use crate::arguments::ClientOptions;
use crate::session::Session;
use crate::stop::Stop;
use anyhow::Result;
use serde_json::json;
use valise_views::{Command, MessageId, Shown, Status, View};

pub async fn edit(options: &ClientOptions, message: &str, text: &str) -> Result<()> {
    let text = text.to_owned();
    let command = |message| Command::Edit { message, text };
    change(options, message, command, "changed", "изменено").await
}

pub async fn delete(options: &ClientOptions, message: &str) -> Result<()> {
    change(options, message, Command::Delete, "taken back", "удалено").await
}

pub async fn react(options: &ClientOptions, message: &str, emoji: Option<&str>) -> Result<()> {
    let emoji = emoji.map(ToOwned::to_owned);
    let command = |message| Command::React { message, emoji };
    change(options, message, command, "done", "готово").await
}

pub async fn pin(options: &ClientOptions, message: &str, on: bool) -> Result<()> {
    let command = |message| Command::PinMessage { message, on };
    change(options, message, command, "done", "готово").await
}

pub(super) async fn change(
    options: &ClientOptions,
    message: &str,
    command: impl FnOnce(MessageId) -> Command,
    english: &str,
    russian: &str,
) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    session.ask(command(MessageId(message.to_owned()))).await?;
    until_sent(&mut session).await?;
    let machine = json!({ "message": message });
    session.printer.done(english, russian, &machine)
}

/// Waits until the server has all that was to be sent.
pub(super) async fn until_sent(session: &mut Session) -> Result<()> {
    let sent = session.watch(View::Status, |shown| match shown {
        Shown::Status(Status::Ready(ready)) if ready.waiting_to_send > 0 => None,
        _ => Some(()),
    });
    if sent.await?.is_none() {
        return Err(Stop::Queued.into());
    }
    session.settle().await
}
