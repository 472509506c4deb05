//! `valise attach`: sends a file.

use super::members::until_confirmed;
use crate::arguments::ClientOptions;
use crate::find;
use crate::session::Session;
use crate::stop::Stop;
use anyhow::{Result, bail};
use serde_json::json;
use std::path::Path;
use valise_client::io::{Event, Input};
use valise_views::file::NewFile;
use valise_views::{
    Body, ChatId, Command, ConversationWindow, FileState, MessageId, Outcome, Shown, Tick, Trouble,
    View,
};

pub async fn run(
    options: &ClientOptions,
    room: &str,
    file: &Path,
    text: &str,
    confidential: bool,
) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let chat = find::chat(&mut session, room).await?;
    let file = NewFile {
        confidential,
        ..session.driver.lend(file)?
    };
    let command = Command::SendFile {
        chat: chat.clone(),
        file,
        text: text.to_owned(),
        reply_to: None,
    };
    let Outcome::Sent(message) = session.ask(command).await? else {
        bail!("nothing was sent")
    };
    until_sent(&mut session, &chat, &message).await?;
    until_confirmed(&mut session, &chat).await?;
    session.printer.done(
        "sent",
        "отправлено",
        &json!({ "chat": chat.0, "message": message.0 }),
    )
}

/// Waits for as long as the file takes; the core goes on when the line comes back.
async fn until_sent(session: &mut Session, chat: &ChatId, sent: &MessageId) -> Result<()> {
    let window = ConversationWindow::Newest { count: 50 };
    let watched = session.follow(View::Conversation {
        chat: chat.clone(),
        window,
    })?;
    let mut told = 0;
    loop {
        let event = tokio::select! {
            event = session.driver.next() => event?,
            _ = tokio::signal::ctrl_c() => return Err(Stop::Queued.into()),
        };
        let Event::Shown {
            number,
            shown: Shown::Conversation(Some(conversation)),
        } = event
        else {
            continue;
        };
        if number != watched {
            continue;
        }
        let Some(message) = conversation
            .messages
            .into_iter()
            .find(|message| message.id == *sent)
        else {
            continue;
        };
        match message.tick {
            Some(Tick::Failed) => return Err(Stop::Trouble(Trouble::FileTooLarge).into()),
            Some(Tick::Waiting) | None => told = progress(&message.body, told),
            Some(_) => return session.driver.handle(Input::Unwatch { number: watched }),
        }
    }
}

/// Says every tenth of the way on standard error.
fn progress(body: &Body, told: u64) -> u64 {
    let Body::Files { files, .. } = body else {
        return told;
    };
    let Some(FileState::Moving(transfer)) = files.first().map(|file| file.state) else {
        return told;
    };
    let tenths = transfer.done_bytes * 10 / transfer.total_bytes.max(1);
    if tenths > told {
        eprintln!("{} %", tenths * 10);
    }
    tenths.max(told)
}
