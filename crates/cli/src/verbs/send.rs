//! `valise send`: sends a text.

use super::lines;
use super::members::until_confirmed;
use crate::arguments::{ClientOptions, Send};
use crate::find;
use crate::session::Session;
use anyhow::{Result, bail};
use serde_json::json;
use std::io::Read;
use valise_views::mention::{Chosen, written};
use valise_views::{ChatId, Command, MessageId, Outcome, Shown, View};

pub async fn run(options: &ClientOptions, how: &Send) -> Result<()> {
    if how.each_line {
        if how.text != "-" {
            bail!("--each-line reads standard input: write - for the text");
        }
        return lines::run(options, &how.room).await;
    }
    let text = typed(&how.text)?;
    let (mut session, _) = Session::ready(options).await?;
    let chat = find::chat(&mut session, &how.room).await?;
    let command = Command::SendText {
        chat: chat.clone(),
        text: written(&text, &members(&mut session, &chat).await?),
        reply_to: how.reply_to.clone().map(MessageId),
    };
    say(&mut session, &chat, command).await
}

/// Returns a text; "-" reads it from standard input.
pub(super) fn typed(text: &str) -> Result<String> {
    if text != "-" {
        return Ok(text.to_owned());
    }
    let mut input = String::new();
    std::io::stdin().take(1 << 20).read_to_string(&mut input)?;
    Ok(input.trim_end_matches('\n').to_owned())
}

/// Says something in a chat, and waits until the server has it.
pub(super) async fn say(session: &mut Session, chat: &ChatId, command: Command) -> Result<()> {
    let Outcome::Sent(message) = session.ask(command).await? else {
        bail!("nothing was sent")
    };
    session.until_accepted(chat.clone(), &message).await?;
    until_confirmed(session, chat).await?;
    session.printer.done(
        "sent",
        "отправлено",
        &json!({ "chat": chat.0, "message": message.0 }),
    )
}

/// The members of a chat, as they are mentioned: `@` and the part of the address before its own.
async fn members(session: &mut Session, chat: &ChatId) -> Result<Vec<Chosen>> {
    let members = session.show(View::Details { chat: chat.clone() }, |shown| match shown {
        Shown::Details(details) => Some(details.map_or_else(Vec::new, |details| details.members)),
        _ => None,
    });
    let others = members.await?.into_iter().filter(|member| !member.is_me);
    let chosen = others.map(|member| Chosen {
        name: member
            .address
            .split('@')
            .next()
            .unwrap_or_default()
            .to_owned(),
        address: member.mention,
    });
    Ok(chosen.collect())
}
