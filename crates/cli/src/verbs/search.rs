//! `valise find`: finds what was said on this device.

use crate::arguments::{ClientOptions, Find};
use crate::find;
use crate::session::Session;
use anyhow::Result;
use jiff::Zoned;
use valise_views::{Shown, View};

pub async fn run(options: &ClientOptions, how: &Find) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let chat = match &how.room {
        Some(room) => Some(find::chat(&mut session, room).await?),
        None => None,
    };
    let view = View::Search {
        typed: how.words.join(" "),
        chat,
        offset_minutes: Zoned::now().offset().seconds() / 60,
        count: how.most,
    };
    let found = session
        .watch(view, |shown| match shown {
            Shown::Found(found) if !found.preparing => Some(found),
            _ => None,
        })
        .await?;
    let Some(found) = found else {
        return session.printer.note(
            "older messages are still being made ready: try again in a moment",
            "старые сообщения ещё готовятся к поиску: попробуйте чуть позже",
        );
    };
    for hit in &found.hits {
        session.printer.hit(hit)?;
    }
    if found.hits.is_empty() {
        session.printer.note("nothing found", "ничего не найдено")?;
    }
    Ok(())
}
