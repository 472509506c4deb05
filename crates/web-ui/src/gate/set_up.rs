//! Founding the organisation.

use super::{door, main_button, open_new_store};
use crate::{
    app::app,
    logic::{address::suggest, link::Opening},
    parts::{field, problem, sentence},
    words::t,
};
use leptos::prelude::*;
use valise_views::{Command, Outcome};

/// Name, address, passkey: one form.
pub fn set_up() -> impl IntoView {
    let app = app();
    let organisation = RwSignal::new(String::new());
    let name = RwSignal::new(String::new());
    let (typed, suggested) = (
        RwSignal::new(String::new()),
        Memo::new(move |_| suggest(&name.get())),
    );
    let trouble = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let found = move || {
        let Opening::SetUp(link) = app.opening.get_untracked() else {
            return;
        };
        if busy.get_untracked() {
            return;
        }
        let (title, own) = (
            organisation.get_untracked().trim().to_owned(),
            name.get_untracked().trim().to_owned(),
        );
        let typed = typed.get_untracked().trim().to_owned();
        let local_part = if typed.is_empty() {
            suggested.get_untracked()
        } else {
            typed
        };
        if title.is_empty() || own.is_empty() || local_part.is_empty() {
            trouble.set(Some(t("set-up-incomplete")));
            return;
        }
        busy.set(true);
        trouble.set(None);
        leptos::task::spawn_local(async move {
            if open_new_store(app, &own, trouble).await {
                app.just_founded.set(true);
                let command = Command::Found {
                    link,
                    organisation: title,
                    name: own,
                    local_part,
                };
                if let Outcome::Failed(why) = app.core.ask(command).await {
                    app.just_founded.set(false);
                    trouble.try_set(Some(sentence(why)));
                }
            }
            busy.try_set(false);
        });
    };
    door(
        t("set-up-title"),
        view! {
            <p class="lead">{t("set-up-text")}</p>
            <form class="form" novalidate on:submit=move |event| { event.prevent_default(); found() }>
                {field(t("organisation-name"), None, "organisation", organisation, 80)}
                {field(t("your-name"), None, "own-name", name, 80)}
                <div class="field">
                    <label for="local-part">{t("your-address")}</label>
                    <div class="with-suffix" dir="ltr">
                        <input id="local-part" type="text" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="40"
                            aria-describedby="local-part-hint" placeholder=move || suggested.get() bind:value=typed/>
                        <span aria-hidden="true">"@" {window().location().hostname().unwrap_or_default()}</span>
                    </div>
                    <p class="hint" id="local-part-hint">{t("your-address-hint")}</p>
                </div>
                {problem(move || trouble.get())}
                {main_button(t("set-up-go"), t("set-up-busy"), busy, "key-round")}
                <p class="hint centre">{t("passkey-hint")}</p>
            </form>
        },
    )
}
