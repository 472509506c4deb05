//! `valise poll`, `vote` and `close`: asks everybody in a chat, votes, and ends it.

use super::change::change;
use super::send::say;
use crate::arguments::{ClientOptions, Poll};
use crate::find;
use crate::session::Session;
use anyhow::{Result, bail};
use valise_views::Command;

pub async fn ask(options: &ClientOptions, how: &Poll) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let chat = find::chat(&mut session, &how.room).await?;
    let command = Command::SendPoll {
        chat: chat.clone(),
        question: how.question.clone(),
        options: how.options.clone(),
        several: how.several,
    };
    say(&mut session, &chat, command).await
}

/// Votes for options by their numbers, which begin with 1 as `read` shows them.
pub async fn vote(options: &ClientOptions, message: &str, chosen: &[u32]) -> Result<()> {
    let places: Option<Vec<u32>> = chosen.iter().map(|number| number.checked_sub(1)).collect();
    let Some(options_chosen) = places else {
        bail!("options are numbered from 1")
    };
    let command = |message| Command::Vote {
        message,
        options: options_chosen,
    };
    change(options, message, command, "done", "готово").await
}

pub async fn close(options: &ClientOptions, message: &str) -> Result<()> {
    change(options, message, Command::ClosePoll, "closed", "закрыто").await
}
