//! What is handed to the person who is invited: a link and a square to photograph.

use super::door;
use crate::{
    app::app,
    browser::now,
    parts::{field, icon, problem, sentence},
    people::invitation,
    words::t,
};
use leptos::prelude::*;
use valise_views::{Command, Outcome, PersonRole};

const WEEK_MILLIS: u64 = 7 * 24 * 3_600_000;

/// The first screen of a fresh organisation: a colleague.
pub fn first_invitation() -> impl IntoView {
    let app = app();
    let name = RwSignal::new(String::new());
    let link = RwSignal::new(None::<String>);
    let trouble = RwSignal::new(None::<String>);
    let make = move || {
        trouble.set(None);
        leptos::task::spawn_local(async move {
            let command = Command::Invite {
                name: name.get_untracked().trim().to_owned(),
                local_part: crate::logic::address::suggest(&name.get_untracked()),
                office: String::new(),
                role: PersonRole::Member,
                expires_at: now() + WEEK_MILLIS,
                uses: 1,
            };
            match app.core.ask(command).await {
                Outcome::Link(made) => {
                    link.try_set(Some(made));
                }
                Outcome::Failed(why) => {
                    trouble.try_set(Some(sentence(why)));
                }
                _ => {}
            }
        });
    };
    door(
        t("first-title"),
        view! {
            {move || match link.get() {
                None => view! {
                    <p class="lead">{t("first-text")}</p>
                    <form class="form" on:submit=move |event| { event.prevent_default(); make() }>
                        {field(t("colleague-name"), Some(t("invite-name-hint")), "colleague", name, 80)}
                        {problem(move || trouble.get())}
                        <button type="submit" class="button primary wide">{icon("user-plus")}<span>{t("invite-make")}</span></button>
                    </form>
                }.into_any(),
                Some(link) => invitation(link).into_any(),
            }}
            <button type="button" class="plain wide" on:click=move |_| app.just_founded.set(false)>
                {move || if link.get().is_some() { t("first-done") } else { t("first-later") }}
            </button>
        },
    )
}
