//! `valise card`: sends the card of somebody of the organisation.

use super::send::say;
use crate::arguments::ClientOptions;
use crate::find;
use crate::session::Session;
use anyhow::Result;
use valise_views::Command;

pub async fn run(options: &ClientOptions, room: &str, person: &str) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let chat = find::chat(&mut session, room).await?;
    let person = find::person(&mut session, person).await?;
    let command = Command::SendCard {
        chat: chat.clone(),
        person,
    };
    say(&mut session, &chat, command).await
}
