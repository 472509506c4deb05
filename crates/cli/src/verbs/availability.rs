//! `valise away` and `valise duty`: who is here, and who hears of what comes in.

use super::offices;
use super::request::instant;
use crate::arguments::{ClientOptions, SetAway, SetDuty};
use crate::find;
use crate::session::Session;
use crate::stop::Stop;
use anyhow::Result;
use serde_json::json;
use valise_views::{Command, NewAway, PersonId};

/// Says that somebody is away, or here again.
pub async fn away(options: &ClientOptions, how: &SetAway) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let person = whom(&mut session, how.of.as_deref()).await?;
    let cover = match &how.cover {
        Some(words) => Some(find::person(&mut session, words).await?),
        None => None,
    };
    // From the instant after the last day on he is here again.
    let until = how.until.map(instant).transpose()?;
    let away = until.map(|last| NewAway {
        until: last + 1,
        cover,
        note: how.note.clone(),
    });
    let is_away = away.is_some();
    session.ask(Command::SetAway { person, away }).await?;
    session.settle().await?;
    let (english, russian) = match is_away {
        true => ("colleagues see it now", "коллеги это видят"),
        false => ("here again", "снова на месте"),
    };
    let machine = json!({ "away": is_away });
    session.printer.done(english, russian, &machine)
}

/// Says that somebody is on duty for an office, or is not.
pub async fn duty(options: &ClientOptions, how: &SetDuty) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let all = offices::all(&mut session).await?;
    let office = offices::own(&all, &how.office);
    let office = office.ok_or_else(|| Stop::NotFound(how.office.clone()))?;
    let person = whom(&mut session, how.of.as_deref()).await?;
    let on = !how.off;
    let command = Command::SetDuty {
        office: office.id.clone(),
        person,
        on,
    };
    session.ask(command).await?;
    session.settle().await?;
    let (english, russian) = match on {
        true => ("on duty", "дежурит"),
        false => ("off duty", "не дежурит"),
    };
    let machine = json!({ "duty": on });
    session.printer.done(english, russian, &machine)
}

/// Finds of whom something is said: oneself if nobody is named.
async fn whom(session: &mut Session, words: Option<&str>) -> Result<PersonId> {
    if let Some(words) = words {
        return find::person(session, words).await;
    }
    let people = find::people(session, "").await?;
    Ok(find::me(&people).ok_or_else(|| Stop::NotFound("me".to_owned()))?)
}
