//! The guest of a request, for those who ask: the link and the code to hand over, who came, and what can be done about it.

use super::{letter::letter, mail::mail, opened::Opened};
use crate::{
    browser::intl,
    id,
    logic::text::harmless,
    parts::{confirm, copy_button, icon, made_for, modal, qr, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::request::{Guest, GuestStands, NotYet};
use valise_views::{Command, Outcome, RequestState};

/// What stands of him on the document; nothing where nobody is a guest.
pub fn panel(opened: Opened) -> impl IntoView {
    opened.part(
        |details| details.guest.clone(),
        move |guest| guest.map(|guest| shown(opened, guest)),
    )
}

fn shown(opened: Opened, guest: Guest) -> impl IntoView {
    let handing = RwSignal::new(false);
    let sure = RwSignal::new(None::<Ends>);
    // What is shown is about to change: a link that ends now is not handed over any more.
    let changes = RwSignal::new(false);
    let (name, word) = sign(guest.stands);
    let digits = guest.digits.clone().filter(|_| {
        matches!(
            guest.stands,
            GuestStands::Waits | GuestStands::Comes | GuestStands::In
        )
    });
    let not_yet = guest.not_yet.map(|why| t(why_not(why)));
    let is_kept = not_yet.is_some();
    let until = (guest.stands == GuestStands::Awaited && !is_kept).then(|| {
        tw(
            "guest-link-until",
            [("day", intl::full(guest.until).into())],
        )
    });
    let has_link = guest.link.is_some();
    let stands = guest.stands;
    // To what has come to its end nobody comes any more.
    let is_final = opened.details.with_untracked(|details| {
        let state = details.as_ref().map(|details| details.row.state);
        state.is_some_and(RequestState::is_final)
    });
    let renews = stands != GuestStands::Making && !is_final;
    let handed = guest.clone();
    view! {
        <section class="guest-panel" aria-label=t("guest-panel")>
            <p class="guest-panel-head">{icon(name)}<span class="strong"><bdi>{harmless(&guest.name)}</bdi></span><span class="chip still">{t(word)}</span></p>
            {not_yet.map(|why| view! { <p class="hint">{why}</p> })}
            {until.map(|until| view! { <p class="hint">{until}</p> })}
            {digits.map(|digits| view! { <p class="hint">{t("guest-panel-digits")} " " <span class="fingerprint" dir="ltr">{digits}</span></p> })}
            <div class="guest-panel-deeds">
                {has_link.then(|| view! { <button type="button" class="button primary" disabled=move || changes.get() on:click=move |_| handing.set(true)>{icon("send")}<span>{t("guest-hand-over")}</span></button> })}
                {(stands == GuestStands::Waits && !is_kept).then(|| deed("user-check", t("guest-let-in"), true, move || go(opened, changes, Command::LetGuestIn)))}
                {renews.then(|| deed("rotate-cw", t("guest-renew"), stands == GuestStands::Over, move || match stands {
                    GuestStands::Over => go(opened, changes, Command::RenewGuest),
                    _ => sure.set(Some(Ends::Renewed)),
                }))}
                {(!matches!(stands, GuestStands::Making | GuestStands::Over)).then(|| deed("ban", t("guest-end"), false, move || sure.set(Some(Ends::ForGood))))}
            </div>
            {made_for(move || sure.get(), move |ends| ends.map(|ends| asks(opened, changes, ends, sure)))}
            {move || handing.get().then(|| hand_over(opened, handed.clone(), handing))}
        </section>
    }
}

fn sign(stands: GuestStands) -> (&'static str, &'static str) {
    match stands {
        GuestStands::Making => ("clock-3", id!("guest-making")),
        GuestStands::Awaited => ("clock-3", id!("guest-awaited")),
        GuestStands::Waits => ("bell", id!("guest-waits")),
        GuestStands::Comes => ("user-check", id!("guest-comes")),
        GuestStands::In => ("user-check", id!("guest-in")),
        GuestStands::Over => ("ban", id!("guest-is-over")),
    }
}

/// What ends a link, and shuts out who came by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    /// There is another one instead.
    Renewed,
    /// There is none.
    ForGood,
}

/// Asks first: a link that was handed over cannot be made good again.
fn asks(
    opened: Opened,
    changes: RwSignal<bool>,
    ends: Ends,
    sure: RwSignal<Option<Ends>>,
) -> impl IntoView {
    let (title, text) = match ends {
        Ends::Renewed => (id!("guest-renew"), id!("guest-renew-text")),
        Ends::ForGood => (id!("guest-end"), id!("guest-end-text")),
    };
    let press = move || {
        sure.set(None);
        match ends {
            Ends::Renewed => go(opened, changes, Command::RenewGuest),
            Ends::ForGood => go(opened, changes, Command::EndGuest),
        }
    };
    let trouble = RwSignal::new(None);
    confirm(
        t(title),
        t(text),
        t(title),
        trouble,
        move || sure.set(None),
        press,
    )
}

/// Does something that changes how it stands with the guest.
fn go(opened: Opened, changes: RwSignal<bool>, command: impl Fn(valise_views::ChatId) -> Command) {
    let command = command(opened.chat());
    changes.set(true);
    leptos::task::spawn_local(async move {
        if let Outcome::Failed(why) = opened.app.core.ask(command).await {
            changes.try_set(false);
            opened.app.say(sentence(why));
        }
    });
}

/// The id of the sentence that says why nothing is handed over yet.
fn why_not(why: NotYet) -> &'static str {
    match why {
        NotYet::Sending => id!("guest-not-sending"),
        NotYet::Release => id!("guest-not-released"),
        NotYet::SentBack => id!("guest-not-sent-back"),
        NotYet::Stopped => id!("guest-not-stopped"),
        NotYet::Over => id!("held-over"),
    }
}

fn deed(
    name: &'static str,
    label: String,
    is_first: bool,
    press: impl Fn() + 'static,
) -> impl IntoView {
    view! { <button type="button" class="button" class:primary=is_first on:click=move |_| press()>{icon(name)}<span>{label}</span></button> }
}

/// The link one way, the code another one.
fn hand_over(opened: Opened, guest: Guest, open: RwSignal<bool>) -> impl IntoView {
    let (link, code) = guest.link.clone().zip(guest.code.clone())?;
    let (shown, spoken) = (link.clone(), code.clone());
    let details = opened.details.get_untracked();
    let written = details.map(|details| mail(&details, &link));
    let title = tw("guest-hand-title", [("name", harmless(&guest.name).into())]);
    Some(modal(
        title,
        "letter",
        move || open.set(false),
        view! {
            <div class="modal-body guest-hand">
                <section>
                    <h3 class="sheet-title">{icon("link")}<span>{t("guest-hand-link")}</span></h3>
                    <p class="hint">{t("guest-hand-link-hint")}</p>
                    {qr(&shown, t("qr-label"))}
                    <div class="link-line"><input type="text" readonly autocomplete="off" dir="ltr" aria-label=t("guest-hand-link") prop:value=shown.clone()
                        on:focus:target=move |event| event.target().select()/></div>
                    <div class="guest-panel-deeds">
                        {copy_button(link, t("copy-link"))}
                        {written.map(|written| copy_button(written, t("guest-mail-copy")))}
                    </div>
                </section>
                <section>
                    <h3 class="sheet-title">{icon("key-round")}<span>{t("guest-hand-code")}</span></h3>
                    <p class="hint">{t("guest-hand-code-hint")}</p>
                    <p class="guest-code" dir="ltr">{spoken}</p>
                    {copy_button(code, t("guest-copy-code"))}
                </section>
                {letter(opened, guest)}
            </div>
        },
    ))
}
