//! The screens before the chats: set up, join, open a link, unlock, and what stands in the way.

mod guest;
mod invited;
mod join;
mod linking;
mod open;
mod other_guest;
mod partner;
mod recover;
mod renewal;
mod set_up;
mod unlock;

pub use guest::{guest, guest_again, sure_text};
pub use invited::first_invitation;
pub use join::join;
pub use linking::{linking, past};
pub use open::{moved, open};
pub use other_guest::other_guest;
pub use partner::partner;
pub use recover::{WayBack, coming_back};
pub use renewal::{renewal, renewing};
pub use set_up::set_up;
pub use unlock::unlock;

use crate::{
    app::{App, app},
    browser,
    driver::UnlockTrouble,
    id,
    parts::{icon, sign},
    shell,
    words::{Language, t},
};
use leptos::prelude::*;
use valise_views::bridge::Gate;

/// A screen of one column: mark, heading, what belongs to it, and the choice of language below.
fn door(title: String, body: impl IntoView) -> impl IntoView {
    let app = app();
    view! {
        <main class="door">
            <div class="door-card">
                <div class="mark">{sign()}<span>"Valise"</span></div>
                <h1 tabindex="-1" dir="auto">{title}</h1>
                {body}
            </div>
            <nav class="door-foot" aria-label=t("language")>
                {Language::ALL.map(|language| view! {
                    <button type="button" class="plain" lang=language.tag() aria-pressed=(app.language.get_untracked() == language).to_string()
                        on:click=move |_| crate::settings::choose_language(app, language)>{language.own_name()}</button>
                }).collect_view()}
            </nav>
            {shell::toast(app)}
        </main>
    }
}

/// Before anything is known. Words come only if it takes long, by the style sheet.
pub fn starting() -> impl IntoView {
    // The page itself said why it takes long; painted anew it would count as come later.
    if browser::first_screen_says(&t("starting-first")) {
        return ().into_any();
    }
    view! { <main class="starting" aria-busy="true"><div class="spinner" aria-hidden="true"></div><p>{t("starting")}</p></main> }.into_any()
}

/// While joining goes on after a reload.
pub fn joining() -> impl IntoView {
    door(
        t("joining-title"),
        view! { <p class="lead">{t("joining-text")}</p><div class="spinner" aria-hidden="true"></div> },
    )
}

/// Nothing is on this device and no link was opened.
pub fn landing() -> impl IntoView {
    door(
        t("landing-title"),
        view! {
            <p class="lead">{t("landing-text")}</p>
            <ul class="points">
                <li>{icon("link")}<span>{t("landing-invited")}</span></li>
                <li>{icon("qr-code")}<span>{t("landing-qr")}</span></li>
                <li>{icon("key-round")}<span>{t("landing-operator")}</span></li>
            </ul>
            {linking::begin_button()}
            {recover::ways_back()}
        },
    )
}

/// Nothing is on this device, and a link into a group was opened: only people of its organisation can use it.
pub fn group_door() -> impl IntoView {
    door(
        t("enter-door-title"),
        view! {
            <p class="lead">{t("enter-door-text")}</p>
            <ul class="points">
                <li>{icon("link")}<span>{t("enter-door-invited")}</span></li>
                <li>{icon("users")}<span>{t("enter-door-again")}</span></li>
            </ul>
            {linking::begin_button()}
            {recover::ways_back()}
        },
    )
}

/// The browser cannot keep anything.
pub fn unsupported() -> impl IntoView {
    door(
        t("unsupported-title"),
        view! {
            <p class="lead">{t("unsupported-text")}</p>
            <ul class="points">
                <li>{icon("circle-alert")}<span>{t("unsupported-private")}</span></li>
                <li>{icon("rotate-cw")}<span>{t("unsupported-old")}</span></li>
            </ul>
        },
    )
}

/// Something went wrong that trying again may mend.
pub fn broken() -> impl IntoView {
    door(
        t("broken-title"),
        view! {
            <p class="lead">{t("broken-text")}</p>
            <button type="button" class="button primary wide" on:click=move |_| { let _ = window().location().reload(); }>{t("try-again")}</button>
        },
    )
}

/// Makes store and passkey if there are none; true if the store is open then.
async fn open_new_store(app: App, name: &str, trouble: RwSignal<Option<String>>) -> bool {
    if app.gate.get_untracked() == Some(Gate::Open) {
        return true;
    }
    match app.core.driver().create(name).await {
        Ok(()) => true,
        Err(why) => {
            trouble.try_set(Some(t(unlock_sentence(why))));
            false
        }
    }
}

/// What is said when a store was not opened.
pub fn unlock_sentence(trouble: UnlockTrouble) -> &'static str {
    match trouble {
        UnlockTrouble::Cancelled => id!("unlock-cancelled"),
        UnlockTrouble::NoPasskeys => id!("unlock-no-passkeys"),
        UnlockTrouble::WrongSecret => id!("unlock-wrong"),
        UnlockTrouble::Failed => id!("unlock-failed"),
    }
}

/// A button that says when its work is under way and cannot be pressed twice.
fn main_button(
    label: String,
    busy_label: String,
    busy: RwSignal<bool>,
    icon_name: &'static str,
) -> impl IntoView {
    view! {
        <button type="submit" class="button primary wide" aria-disabled=move || busy.get().to_string()>
            {move || if busy.get() { view! { <span class="spinner small" aria-hidden="true"></span> }.into_any() } else { icon(icon_name).into_any() }}
            <span>{move || if busy.get() { busy_label.clone() } else { label.clone() }}</span>
        </button>
    }
}
