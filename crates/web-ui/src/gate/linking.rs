//! The side of a new device that is to become another one of somebody's: what it shows, what is to be done with it, and how the
//! past comes.

use super::{door, open_new_store};
use crate::{
    app::app,
    browser,
    parts::{confirm, handed, icon, made_for, problem, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::{Command, Linking, Outcome, Past, Status};

/// Begins to wait: makes the store, then the code.
pub fn begin_button() -> impl IntoView {
    let app = app();
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let go = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        trouble.set(None);
        leptos::task::spawn_local(async move {
            if open_new_store(app, &t("device-passkey"), trouble).await
                && let Outcome::Failed(why) = app.core.ask(begin()).await
            {
                trouble.try_set(Some(sentence(why)));
            }
            busy.try_set(false);
        });
    };
    view! {
        <div class="form">
            <button type="button" class="button wide" aria-disabled=move || busy.get().to_string() on:click=go>
                {icon("monitor-smartphone")}<span>{t("device-have")}</span>
            </button>
            {problem(move || trouble.get())}
        </div>
    }
}

fn begin() -> Command {
    Command::BeginLink {
        origin: browser::origin(),
        name: browser::device_name(),
    }
}

/// Shows the code, and the digits once the other device is there.
pub fn linking() -> impl IntoView {
    let app = app();
    let shown = Memo::new(move |_| {
        app.status.with(|status| match status {
            Some(Status::Linking(linking)) => Some(linking.clone()),
            _ => None,
        })
    });
    let cancel = move |_| app.core.tell(Command::CancelLink);
    door(
        t("link-title"),
        view! {
            {move || shown.get().map(|linking| match linking.digits.clone() {
                Some(digits) => compare(&digits).into_any(),
                None => code(linking).into_any(),
            })}
            <button type="button" class="plain" on:click=cancel>{t("cancel")}</button>
        },
    )
}

fn code(linking: Linking) -> impl IntoView {
    view! {
        <ol class="steps">
            <li>{t("link-step-open")}</li>
            <li>{t("link-step-devices")}</li>
            <li>{t("link-step-code")}</li>
        </ol>
        <p class="code" dir="ltr">{linking.code}</p>
        {handed(linking.link, t("link-label"), t("link-or"))}
        <p class="hint centre" role="status"><span class="spinner small" aria-hidden="true"></span>" "{t("link-waiting")}</p>
    }
}

fn compare(digits: &str) -> impl IntoView + use<> {
    let digits = digits.to_owned();
    view! {
        <div role="status" class="compare">
            <p class="lead">{t("link-compare-here")}</p>
            <p class="code large" dir="ltr">{digits}</p>
            <p class="hint centre">{t("link-compare-hint")}</p>
        </div>
    }
}

/// While what was said before comes from the other device: how far it is, and the way to begin without it.
pub fn past() -> impl IntoView {
    let app = app();
    let past = Memo::new(move |_| app.know(|ready| ready.past));
    let skipping = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    door(
        t("past-title"),
        view! {
            <p class="lead">{t("past-text")}</p>
            <div role="status" class="coming">
                {move || past.get().map(|past| progress(past, t("past-title"), Some(t("past-waiting"))))}
            </div>
            <button type="button" class="plain" on:click=move |_| skipping.set(true)>{t("past-skip")}</button>
            {made_for(move || skipping.get(), move |it| it.then(|| confirm(t("past-skip-title"), t("past-skip-text"), t("past-skip"), trouble,
                move || skipping.set(false), move || app.core.tell(Command::SkipPast))))}
        },
    )
}

/// How much of what was said before is here; before that is known, what is waited for.
pub(super) fn progress(past: Past, label: String, waiting: Option<String>) -> impl IntoView {
    match past.of {
        Some(of) => view! {
            <progress max=of.to_string() value=past.parts.to_string() aria-label=label></progress>
            <p class="hint centre">{tw("past-coming", [("parts", past.parts.into()), ("of", of.into())])}</p>
        }
        .into_any(),
        None => view! {
            <progress aria-label=label></progress>
            {waiting.map(|waiting| view! { <p class="hint centre">{waiting}</p> })}
        }
        .into_any(),
    }
}
