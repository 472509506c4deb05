//! `valise read`: shows a chat, and goes on with what comes in.

use crate::arguments::{ClientOptions, Read};
use crate::find;
use crate::session::Session;
use anyhow::Result;
use std::collections::BTreeSet;
use valise_client::io::Event;
use valise_views::{
    ChatId, Command, Conversation, ConversationWindow, Message, MessageId, Shown, View,
};

pub async fn run(options: &ClientOptions, how: &Read) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let chat = find::chat(&mut session, &how.room).await?;
    let view = View::Conversation {
        chat: chat.clone(),
        window: ConversationWindow::Newest {
            count: how.last.max(1),
        },
    };
    let mut printed = BTreeSet::new();
    if !how.follow {
        let messages = session
            .show(view, |shown| {
                conversation(shown).map(|conversation| conversation.messages)
            })
            .await?;
        show_new(&mut session, &messages, &mut printed, how.numbers)?;
        return mark_read(&mut session, how, &chat, messages.last()).await;
    }
    let watched = session.follow(view)?;
    loop {
        let event = tokio::select! {
            event = session.driver.next() => event?,
            _ = tokio::signal::ctrl_c() => return Ok(()),
        };
        let Event::Shown { number, shown } = event else {
            continue;
        };
        let Some(conversation) = conversation(shown).filter(|_| number == watched) else {
            continue;
        };
        if show_new(
            &mut session,
            &conversation.messages,
            &mut printed,
            how.numbers,
        )? {
            mark_read(&mut session, how, &chat, conversation.messages.last()).await?;
        }
    }
}

fn conversation(shown: Shown) -> Option<Conversation> {
    if let Shown::Conversation(conversation) = shown {
        conversation
    } else {
        None
    }
}

/// Writes what was not written yet and tells whether there was anything.
fn show_new(
    session: &mut Session,
    messages: &[Message],
    printed: &mut BTreeSet<MessageId>,
    numbers: bool,
) -> Result<bool> {
    let mut any = false;
    for message in messages {
        if printed.insert(message.id.clone()) {
            session.printer.message(message, numbers)?;
            any = true;
        }
    }
    Ok(any)
}

async fn mark_read(
    session: &mut Session,
    how: &Read,
    chat: &ChatId,
    last: Option<&Message>,
) -> Result<()> {
    let Some(last) = last.filter(|_| !how.quietly) else {
        return Ok(());
    };
    session
        .ask(Command::MarkRead {
            chat: chat.clone(),
            message: last.id.clone(),
        })
        .await?;
    // Whether the others learn of it today does not decide whether this was read.
    let _ = session.settle().await;
    Ok(())
}
