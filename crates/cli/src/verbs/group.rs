//! `valise group`: makes a group.

use super::law::codes;
use super::members::until_confirmed;
use crate::arguments::ClientOptions;
use crate::find;
use crate::session::Session;
use anyhow::{Result, bail};
use serde_json::json;
use valise_views::{Command, Outcome};

pub async fn run(
    options: &ClientOptions,
    name: &str,
    people: &[String],
    announcement: bool,
    law: &[String],
) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let people = find::several(&mut session, people).await?;
    let command = Command::CreateGroup {
        residency: codes(law),
        title: name.to_owned(),
        people,
        announcement,
    };
    let Outcome::Chat(chat) = session.ask(command).await? else {
        bail!("no group was made")
    };
    until_confirmed(&mut session, &chat).await?;
    session.printer.done(
        "the group is there",
        "группа создана",
        &json!({ "chat": chat.0 }),
    )
}
