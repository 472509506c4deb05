//! `valise rooms`: the list of chats.

use crate::arguments::ClientOptions;
use crate::find;
use crate::session::Session;
use anyhow::{Result, bail};

pub async fn run(options: &ClientOptions, label: Option<&str>) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let mut list = find::list(&mut session, None).await?;
    if let Some(name) = label {
        let Some(found) = find::label(&list.labels, name)? else {
            bail!("there is no label '{name}'")
        };
        list = find::list(&mut session, Some(found.id)).await?;
    }
    if list.rows.is_empty() {
        session.printer.warn("no chats yet", "чатов пока нет");
    }
    let labels = &list.labels;
    list.rows
        .iter()
        .try_for_each(|row| session.printer.chat(row, labels))
}
