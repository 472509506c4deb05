//! The page of a guest: one request, its answer, the receipt, and nothing else.

use crate::{
    app::{App, app},
    gate::sure_text,
    logic::text::harmless,
    parts::{confirm, icon, made_for, sign},
    requests::{opened, watch_request_of_guest},
    shell,
    words::{Language, t},
};
use leptos::prelude::*;
use valise_views::state::{AsGuest, Connection};
use valise_views::{ChatId, Command};

/// The whole page.
pub fn page() -> impl IntoView {
    let app = app();
    let request = watch_request_of_guest(app);
    let chat = Memo::new(move |_| request.get().map(|row| row.chat));
    let is_over = Memo::new(move |_| app.know(|ready| ready.revoked));
    view! {
        <div class="guest-page">
            {head(app)}
            {move || (is_over.get() && chat.with(Option::is_some)).then(|| over(app))}
            {made_for(move || (chat.get(), is_over.get() && chat.with(Option::is_none)), move |(chat, is_refused): (Option<ChatId>, bool)| match chat {
                Some(chat) => view! { <main class="guest-main"><h1 class="unseen">{t("request-document")}</h1>{opened(chat)}</main> }.into_any(),
                None if is_refused => refused(app).into_any(),
                None => waiting(app).into_any(),
            })}
            {foot(app)}
        </div>
        {shell::over_all(app)}
    }
}

fn head(app: App) -> impl IntoView {
    let organisation = move || harmless(&app.know(|ready| ready.organisation.clone()));
    // Who was shut out has no line, and waits for none.
    let line =
        Memo::new(move |_| app.know(|ready| Some(ready.connection).filter(|_| !ready.revoked)));
    view! {
        <header class="guest-head">
            <div class="mark">{sign()}<span>"Valise"</span></div>
            <p class="guest-of">{icon("building")}<bdi>{organisation}</bdi></p>
            <p class="guest-line" role="status">{move || line.get().filter(|line| *line != Connection::Online).map(|line| match line {
                Connection::Offline => t("guest-offline"),
                _ => t("guest-connecting"),
            })}</p>
        </header>
    }
}

/// Nobody has let the guest in yet.
fn waiting(app: App) -> impl IntoView {
    let digits = move || own(app).map(|own| own.digits);
    let text = move || match own(app).is_some_and(|own| own.held) {
        true => t("guest-wait-held"),
        false => t("guest-wait-text"),
    };
    view! {
        <main class="guest-main wait">
            <div class="guest-wait">
                <div class="spinner" aria-hidden="true"></div>
                <h1 tabindex="-1">{t("guest-wait-title")}</h1>
                <p class="lead">{text}</p>
                {move || digits().map(|digits| view! {
                    <p class="hint">{t("guest-wait-digits")}</p>
                    <p class="fingerprint" dir="ltr">{digits}</p>
                })}
            </div>
        </main>
    }
}

/// The link was ended, or the request came to its end, before the guest was let in: nobody waits for him any more.
fn refused(app: App) -> impl IntoView {
    view! {
        <main class="guest-main wait">
            <div class="guest-wait" role="status">
                <span class="guest-wait-sign">{icon("ban")}</span>
                <h1 tabindex="-1">{t("guest-refused-title")}</h1>
                <p class="lead">{t("guest-refused-text")}</p>
                <button type="button" class="button" on:click=move |_| wipe(app)>{t("guest-clear")}</button>
            </div>
        </main>
    }
}

/// The link was ended by those who ask.
pub fn over(app: App) -> impl IntoView {
    view! {
        <div class="guest-over" role="status">
            {icon("info")}<span>{t("guest-over")}</span>
            {clear(app)}
        </div>
    }
}

/// Takes everything off the device.
fn clear(app: App) -> impl IntoView {
    let asks = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    view! {
        <button type="button" class="button small" on:click=move |_| asks.set(true)>{t("guest-clear")}</button>
        {move || asks.get().then(|| confirm(t("guest-clear"), t("guest-clear-text"), t("guest-clear"), trouble, move || asks.set(false), move || wipe(app)))}
    }
}

fn wipe(app: App) {
    leptos::task::spawn_local(async move {
        app.core.ask(Command::Wipe).await;
    });
}

fn own(app: App) -> Option<AsGuest> {
    app.know(|ready| ready.guest.clone())
}

/// How sure all of this is, and the language: one line, until somebody wants to know.
fn foot(app: App) -> impl IntoView {
    let domain = window().location().host().unwrap_or_default();
    view! {
        <footer class="guest-foot">
            <p class="guest-honest">{t("guest-honest")}</p>
            <details class="sureness">
                <summary>{icon("lock")}<span>{t("guest-sure")}</span></summary>
                <div class="prose">
                    {move || own(app).map(|own| view! {
                        <p>{t("guest-wait-digits")} " " <span class="digits" dir="ltr">{own.digits}</span></p>
                        {sure_text(&own.fingerprint, &domain)}
                    })}
                    <nav aria-label=t("language")>
                        {Language::ALL.map(|language| view! {
                            <button type="button" class="plain" lang=language.tag() aria-pressed=(app.language.get_untracked() == language).to_string()
                                on:click=move |_| crate::settings::choose_language(app, language)>{language.own_name()}</button>
                        }).collect_view()}
                    </nav>
                </div>
            </details>
        </footer>
    }
}
