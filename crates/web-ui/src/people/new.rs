//! Beginning a chat or a group.

use super::picker;
use crate::{
    app::{Dialog, app},
    details::{open_direct, rule_field},
    logic::countries::codes,
    parts::{field, icon, modal, problem, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use std::collections::BTreeSet;
use valise_views::{Command, Outcome, PersonId};

/// Whom to write to.
pub fn new_chat() -> impl IntoView {
    let app = app();
    let is_registrar = app.know(|ready| ready.is_registrar);
    modal(
        t("new-chat"),
        "tall",
        move || app.dialog.set(None),
        view! {
            <div class="modal-body flush">
                <div class="entries">
                    <button type="button" class="entry accent" on:click=move |_| open_direct(app, app.me())>{icon("bookmark")}<span>{t("saved-messages")}<span class="hint">{t("saved-hint")}</span></span></button>
                    <button type="button" class="entry accent" on:click=move |_| app.dialog.set(Some(Dialog::NewGroup))>{icon("users")}<span>{t("new-group")}</span></button>
                    {is_registrar.then(|| view! { <button type="button" class="entry accent" on:click=move |_| app.dialog.set(Some(Dialog::Invite))>{icon("user-plus")}<span>{t("invite")}</span></button> })}
                </div>
                {picker::one(move |person| open_direct(app, person))}
            </div>
        },
    )
}

/// Name and people of a group.
pub fn new_group() -> impl IntoView {
    let app = app();
    let title = RwSignal::new(String::new());
    let chosen = RwSignal::new(Vec::<PersonId>::new());
    let announcement = RwSignal::new(false);
    let rule = RwSignal::new(String::new());
    let trouble = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let make = move || {
        let name = title.get_untracked().trim().to_owned();
        if busy.get_untracked() {
            return;
        }
        if name.is_empty() {
            trouble.set(Some(t("group-name-missing")));
            return;
        }
        busy.set(true);
        let command = Command::CreateGroup {
            residency: codes(&rule.get_untracked()),
            title: name,
            people: chosen.get_untracked(),
            announcement: announcement.get_untracked(),
        };
        leptos::task::spawn_local(async move {
            match app.core.ask(command).await {
                Outcome::Chat(chat) => app.open_chat(chat),
                Outcome::Failed(why) => {
                    trouble.try_set(Some(sentence(why)));
                }
                _ => {}
            }
            busy.try_set(false);
        });
    };
    modal(
        t("new-group"),
        "tall",
        move || app.dialog.set(None),
        view! {
            <form class="modal-form" on:submit=move |event| { event.prevent_default(); make() }>
                <div class="modal-body flush">
                    <div class="padded">
                        {field(t("group-name"), None, "group-title", title, 80)}
                        <label class="check"><input type="checkbox" class="tickbox" prop:checked=move || announcement.get()
                            on:change:target=move |event| announcement.set(event.target().checked())/><span>{t("announcement")}<span class="hint">{t("announcement-hint")}</span></span></label>
                        <details class="compose-more">
                            <summary>{icon("chevron-down")}<span>{t("room-rule")}</span></summary>
                            <div class="form">{rule_field("group-rule", rule)}</div>
                        </details>
                    </div>
                    {picker::several(BTreeSet::new(), chosen)}
                </div>
                <footer class="modal-foot">
                    {problem(move || trouble.get())}
                    <button type="submit" class="button primary" aria-disabled=move || busy.get().to_string()>{move || tw("group-make", [("count", chosen.with(Vec::len).into())])}</button>
                </footer>
            </form>
        },
    )
}
