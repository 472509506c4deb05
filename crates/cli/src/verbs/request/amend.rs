//! `valise request amend`: asks for something else.

use super::super::send::typed;
use super::{act, instant, lend, offset_minutes, stand};
use crate::arguments::{AmendRequest, ClientOptions, Letter};
use crate::session::Session;
use anyhow::Result;
use valise_views::ActKind;
use valise_views::request::{Due, NewAct, NewRevision};

pub async fn run(options: &ClientOptions, how: &AmendRequest) -> Result<()> {
    let text = how.text.as_deref().map(typed).transpose()?;
    let due = match (how.until, how.days) {
        (Some(until), _) => Some(Due::At(instant(until)?)),
        (None, days) => days.map(Due::WorkingDays),
    };
    let (mut session, ready) = Session::ready(options).await?;
    let chat = stand::find(&mut session, &how.request).await?;
    let now = stand::until(&mut session, &chat, |_| true).await?;
    let files = Letter {
        text: String::new(),
        files: how.files.clone(),
    };
    let new = NewRevision {
        subject: how.subject.clone().unwrap_or(now.row.subject),
        text: text.unwrap_or(now.letter.text),
        files: lend(&mut session, &files)?,
        due,
        ends: how.ends,
        offset_minutes: offset_minutes(),
    };
    let amended = NewAct::Amend(Box::new(new));
    act::run(&mut session, &ready, &chat, ActKind::Amended, amended).await
}
