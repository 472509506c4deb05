//! Coming back when every device is lost: with the passkey, or with a printed code.

use super::{door, linking::progress, open_new_store, unlock_sentence};
use crate::{
    app::{App, app},
    browser,
    parts::{field, icon, problem, sentence},
    words::t,
};
use leptos::prelude::*;
use valise_views::{Command, Outcome, Recovery, Status};

/// What was typed and said on the way back. It outlives the screen, which is drawn anew when there is a store.
#[derive(Clone, Copy)]
pub struct WayBack {
    is_open: RwSignal<bool>,
    code: RwSignal<String>,
    trouble: RwSignal<Option<String>>,
}

impl WayBack {
    /// Makes an empty one.
    pub fn new() -> Self {
        Self {
            is_open: RwSignal::new(false),
            code: RwSignal::new(String::new()),
            trouble: RwSignal::new(None),
        }
    }
}

/// The ways back, below what a newcomer does.
pub fn ways_back() -> impl IntoView {
    let app = app();
    let WayBack {
        is_open,
        code,
        trouble,
    } = app.way_back;
    let busy = RwSignal::new(false);
    let by_passkey = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        trouble.set(None);
        leptos::task::spawn_local(async move {
            match app.core.driver().find_passkey().await {
                Ok(Some(secret)) => come(app, Recovery::Passkey(secret), trouble).await,
                Ok(None) => {
                    trouble.try_set(Some(t("back-no-secret")));
                }
                Err(why) => {
                    trouble.try_set(Some(t(unlock_sentence(why))));
                }
            }
            busy.try_set(false);
        });
    };
    let by_code = move || {
        let typed = code.get_untracked().trim().to_owned();
        if busy.get_untracked() || typed.is_empty() {
            return;
        }
        busy.set(true);
        trouble.set(None);
        leptos::task::spawn_local(async move {
            if open_new_store(app, &t("device-passkey"), trouble).await {
                come(app, Recovery::Code(typed), trouble).await;
            }
            busy.try_set(false);
        });
    };
    view! {
        <details class="more" prop:open=move || is_open.get()>
            <summary on:click=move |event| { event.prevent_default(); is_open.update(|open| *open = !*open) }>{t("lost")}</summary>
            <p class="hint">{t("lost-text")}</p>
            {problem(move || trouble.get())}
            <button type="button" class="button wide" aria-disabled=move || busy.get().to_string() on:click=by_passkey>
                {icon("key-round")}<span>{t("back-passkey")}</span>
            </button>
            <form class="form" on:submit=move |event| { event.prevent_default(); by_code() }>
                {field(t("back-code"), Some(t("back-code-hint")), "back-code", code, 60)}
                <button type="submit" class="button wide" aria-disabled=move || busy.get().to_string()>{icon("file-text")}<span>{t("back-by-code")}</span></button>
            </form>
        </details>
    }
}

async fn come(app: App, with: Recovery, trouble: RwSignal<Option<String>>) {
    let recover = Command::Recover {
        origin: browser::origin(),
        with,
        name: browser::device_name(),
    };
    if let Outcome::Failed(why) = app.core.ask(recover).await {
        trouble.try_set(Some(sentence(why)));
        // The screen was another one meanwhile: what went wrong is brought back into sight.
        browser::soon(|| browser::focus(".more summary"));
    }
}

/// While the backup comes.
pub fn coming_back() -> impl IntoView {
    let app = app();
    let past = Memo::new(move |_| {
        app.status.with(|status| match status {
            Some(Status::Recovering(past)) => Some(*past),
            _ => None,
        })
    });
    door(
        t("back-title"),
        view! {
            <p class="lead">{t("back-coming")}</p>
            <div role="status" class="coming">{move || past.get().map(|past| progress(past, t("back-title"), None))}</div>
        },
    )
}
