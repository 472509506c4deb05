//! `valise guest`: comes as the guest of a request, by its link and the code that came another way.

use crate::arguments::{ClientOptions, ComeAsGuest};
use crate::print::harmless;
use crate::session::Session;
use anyhow::{Result, bail};
use serde_json::json;
use valise_views::{Command, Outcome};

pub async fn run(options: &ClientOptions, how: &ComeAsGuest) -> Result<()> {
    let mut session = Session::open(options)?;
    let link = how.link.clone();
    let inspect = Command::InspectGuest { link: link.clone() };
    let Outcome::Guest(preview) = session.ask(inspect).await? else {
        bail!("the link says nothing")
    };
    let organisation = harmless(&preview.organisation);
    let (asks, guest) = (harmless(&preview.asks), harmless(&preview.guest));
    let Some(code) = how.code.clone() else {
        let human = match session.printer.words("en", "ru") {
            "en" => format!("{asks} of {organisation} asks {guest}; come in with --code"),
            _ => format!("{asks} ({organisation}) спрашивает: {guest}; войдите с --code"),
        };
        let machine = json!({
            "organisation": preview.organisation, "domain": preview.domain, "fingerprint": preview.fingerprint,
            "asks": preview.asks, "office": preview.office, "guest": preview.guest, "until": preview.until,
            "held": preview.held,
        });
        return session.printer.line(&human, &machine);
    };
    session.ask(Command::ComeAsGuest { link, code }).await?;
    let ready = session.catch_up().await?;
    let digits = ready.guest.map(|own| own.digits).unwrap_or_default();
    let human = match session.printer.words("en", "ru") {
        "en" => format!(
            "You are {guest}, a guest of {organisation}. Your digits: {digits}. The request is under `valise requests` once you were let in."
        ),
        _ => format!(
            "Вы — {guest}, гость: {organisation}. Ваши цифры: {digits}. Запрос появится в `valise requests`, когда вас впустят."
        ),
    };
    let machine = json!({ "guest": preview.guest, "digits": digits, "person": ready.me.0 });
    session.printer.line(&human, &machine)
}
