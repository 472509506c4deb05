//! `valise request guest`: the link and the code of a request's guest, and what is done about him.

use super::stand;
use crate::arguments::{ClientOptions, GuestDeed};
use crate::print::harmless;
use crate::session::Session;
use crate::stop::Stop;
use anyhow::Result;
use serde_json::{Value, json};
use valise_views::request::{Guest, GuestStands, NotYet};
use valise_views::{ChatId, Command, Trouble};

pub async fn run(options: &ClientOptions, request: &str, deed: &GuestDeed) -> Result<()> {
    let (mut session, _) = Session::ready(options).await?;
    let chat = stand::find(&mut session, request).await?;
    let command = match () {
        () if deed.let_in => Some(Command::LetGuestIn(chat.clone())),
        () if deed.renew => Some(Command::RenewGuest(chat.clone())),
        () if deed.end => Some(Command::EndGuest(chat.clone())),
        () => None,
    };
    let before = look(&mut session, &chat, |_| true).await?;
    if let Some(command) = command {
        session.ask(command).await?;
    }
    let is_done = |guest: &Guest| match () {
        () if deed.let_in => guest.stands == GuestStands::In,
        () if deed.renew => is_made(guest) && guest.until != before.until,
        () if deed.end => guest.stands == GuestStands::Over,
        () => is_made(guest),
    };
    let guest = look(&mut session, &chat, is_done).await?;
    session.settle().await?;
    show(&mut session, &guest)
}

/// Tells whether the server has the link and what it leads to.
fn is_made(guest: &Guest) -> bool {
    guest.stands != GuestStands::Making && guest.not_yet != Some(NotYet::Sending)
}

async fn look(
    session: &mut Session,
    chat: &ChatId,
    fits: impl Fn(&Guest) -> bool,
) -> Result<Guest> {
    let details = stand::until(session, chat, |details| {
        details.guest.as_ref().is_none_or(&fits)
    });
    let guest = details.await?.guest;
    guest.ok_or_else(|| Stop::Trouble(Trouble::NotFound).into())
}

fn show(session: &mut Session, guest: &Guest) -> Result<()> {
    let printer = &session.printer;
    let (stands, word) = match guest.stands {
        GuestStands::Making => ("making", ("the link is being made", "ссылка создаётся")),
        GuestStands::Awaited => ("awaited", ("nobody came yet", "ещё никто не пришёл")),
        GuestStands::Waits => ("waits", ("waits to be let in", "ждёт, пока впустят")),
        GuestStands::Comes => ("comes", ("is coming in", "входит")),
        GuestStands::In => ("in", ("is in", "вошёл")),
        GuestStands::Over => ("over", ("the link is over", "ссылка закрыта")),
    };
    let mut lines = vec![format!(
        "{}: {}",
        harmless(&guest.name),
        printer.words(word.0, word.1)
    )];
    lines.extend(guest.not_yet.map(|why| {
        let (_, english, russian) = kept(why);
        printer.words(english, russian).to_owned()
    }));
    let of = |label: (&'static str, &'static str), said: &Option<String>| {
        let said = said.as_deref()?;
        Some(format!("{} {said}", printer.words(label.0, label.1)))
    };
    lines.extend(of(("link:", "ссылка:"), &guest.link));
    lines.extend(of(
        (
            "code, to go another way than the link:",
            "код, не тем путём, что ссылка:",
        ),
        &guest.code,
    ));
    lines.extend(of(
        (
            "digits to compare by telephone:",
            "цифры для сверки по телефону:",
        ),
        &guest.digits,
    ));
    let machine: Value = json!({
        "name": guest.name, "stands": stands, "link": guest.link, "code": guest.code,
        "until": guest.until, "digits": guest.digits, "not_yet": guest.not_yet.map(|why| kept(why).0),
    });
    printer.line(&lines.join("\n"), &machine)
}

/// Why nothing is handed over yet: for machines, in English and in Russian.
fn kept(why: NotYet) -> (&'static str, &'static str, &'static str) {
    match why {
        NotYet::Sending => (
            "sending",
            "the request is on its way; link and code are shown once it has gone",
            "запрос ещё в пути; ссылка и код появятся, когда он уйдёт",
        ),
        NotYet::Release => (
            "release",
            "the request waits to be released; link and code are shown once it has gone",
            "запрос ждёт разрешения; ссылка и код появятся, когда он уйдёт",
        ),
        NotYet::SentBack => (
            "sent-back",
            "the request was sent back; link and code are shown once it has gone",
            "запрос вернули; ссылка и код появятся, когда он уйдёт",
        ),
        NotYet::Stopped => (
            "stopped",
            "all requests are stopped; until they go on, nothing is handed over and nobody is let in",
            "все запросы остановлены; пока это так, ничего не передаётся и никого не впускают",
        ),
        NotYet::Over => (
            "over",
            "the request ended before it went; there is nothing to hand over",
            "срок запроса кончился до отправки; передавать нечего",
        ),
    }
}
