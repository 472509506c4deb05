//! `valise rooms`: the list of chats.

use crate::arguments::ClientOptions;
use crate::find;
use crate::session::Session;
use anyhow::Result;

pub async fn run(options: &ClientOptions) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let rows = find::chats(&mut session).await?;
    if rows.is_empty() {
        session.printer.warn("no chats yet", "чатов пока нет");
    }
    rows.iter().try_for_each(|row| session.printer.chat(row))
}
