//! Opening the store again: one button.

use super::{door, main_button, unlock_sentence};
use crate::{app::app, logic::link::Opening, parts::problem, words::t};
use leptos::prelude::*;
use valise_views::Command;
use valise_views::bridge::Gate;

/// Asks for the passkey.
pub fn unlock() -> impl IntoView {
    let app = app();
    let trouble = RwSignal::new(
        (app.gate.get_untracked() == Some(Gate::WrongSecret)).then(|| t("unlock-wrong")),
    );
    let busy = RwSignal::new(false);
    let erasing = RwSignal::new(false);
    let open = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        trouble.set(None);
        leptos::task::spawn_local(async move {
            if let Err(why) = app.core.driver().unlock().await {
                trouble.try_set(Some(t(unlock_sentence(why))));
            }
            busy.try_set(false);
        });
    };
    crate::browser::soon(|| crate::browser::focus(".door .button.primary"));
    door(
        t("unlock-title"),
        view! {
            <p class="lead">{t("unlock-text")}</p>
            {app.opening.with_untracked(of_link).map(|said| view! { <p class="hint">{said}</p> })}
            <form class="form" on:submit=move |event| { event.prevent_default(); open() }>
                {problem(move || trouble.get())}
                {main_button(t("unlock-go"), t("unlock-busy"), busy, "key-round")}
            </form>
            <details class="more">
                <summary>{t("unlock-lost")}</summary>
                <p class="hint">{t("unlock-lost-text")}</p>
                <button type="button" class="button danger" on:click=move |_| erasing.set(true)>{t("wipe")}</button>
            </details>
            <Show when=move || erasing.get()>
                {crate::parts::confirm(t("wipe-title"), t("wipe-text"), t("wipe"), trouble, move || erasing.set(false), move || app.core.tell(Command::Wipe))}
            </Show>
        },
    )
}

/// What is said of the link that was opened here.
fn of_link(opening: &Opening) -> Option<String> {
    match opening {
        Opening::Device(_) => None,
        Opening::Guest(_) => Some(t("unlock-guest-link")),
        opening => opening.is_for_the_door().then(|| t("unlock-link")),
    }
}
