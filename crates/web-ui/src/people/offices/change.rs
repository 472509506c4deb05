//! Making an office, and saying anew what it is called and who holds it.

use super::watch_offices;
use crate::{
    app::app,
    logic::address::suggest,
    parts::{field, modal, problem, sentence},
    people::picker,
    words::t,
};
use leptos::prelude::*;
use valise_views::{Command, Office, Outcome, PersonId, Trouble};

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    name: RwSignal<String>,
    address: RwSignal<String>,
    note: RwSignal<String>,
    numbers: RwSignal<String>,
    holders: RwSignal<Vec<PersonId>>,
}

impl Typed {
    /// Begins with what the office is, if it is one.
    fn of(office: Option<&Office>) -> Self {
        let local = |address: &str| address.split('@').next().unwrap_or_default().to_owned();
        let text = |pick: fn(&Office) -> &String| office.map(pick).cloned().unwrap_or_default();
        let holders = office.map(|office| office.holders.iter());
        let holders = holders.into_iter().flatten();
        Self {
            name: RwSignal::new(text(|office| &office.name)),
            address: RwSignal::new(local(&text(|office| &office.address))),
            note: RwSignal::new(text(|office| &office.note)),
            numbers: RwSignal::new(text(|office| &office.numbers)),
            holders: RwSignal::new(holders.map(|holder| holder.id.clone()).collect()),
        }
    }

    fn command(self, office: Option<&Office>) -> Command {
        let (name, typed) = (self.name.get_untracked(), self.address.get_untracked());
        Command::SetOffice {
            office: office.map(|office| office.id.clone()),
            local_part: if typed.trim().is_empty() {
                suggest(&name)
            } else {
                typed
            },
            name,
            note: self.note.get_untracked(),
            numbers: self.numbers.get_untracked(),
            holders: self.holders.get_untracked(),
        }
    }
}

/// The dialog; none makes a new one.
pub fn change(office: Option<Box<Office>>) -> impl IntoView {
    let app = app();
    let offices = watch_offices(app);
    let typed = Typed::of(office.as_deref());
    let (trouble, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let (title, done) = match office {
        Some(_) => (t("office-change-title"), t("office-changed")),
        None => (t("office-new"), t("office-made")),
    };
    let press = match office {
        Some(_) => t("save"),
        None => t("office-make"),
    };
    let office = StoredValue::new(office);
    let go = move || {
        let former = office.get_value();
        // Somebody else may have said it anew while this was typed.
        let is_as_it_was = offices.with_untracked(|all| {
            let mut all = all.iter().flatten();
            former
                .as_deref()
                .is_none_or(|former| all.any(|office| office == former))
        });
        if busy.get_untracked() {
            return;
        }
        if !is_as_it_was {
            trouble.set(Some(sentence(Trouble::Overtaken)));
            return;
        }
        busy.set(true);
        trouble.set(None);
        let (command, done) = (typed.command(former.as_deref()), done.clone());
        leptos::task::spawn_local(async move {
            match app.core.ask(command).await {
                Outcome::Failed(why) => {
                    trouble.try_set(Some(sentence(why)));
                }
                _ => {
                    app.say(done);
                    app.dialog.set(None);
                }
            }
            busy.try_set(false);
        });
    };
    modal(
        title,
        "tall",
        move || app.dialog.set(None),
        view! {
            <form class="modal-form" on:submit=move |event| { event.prevent_default(); go() }>
                <div class="modal-body flush">
                    <div class="padded form">
                        {field(t("office-name"), Some(t("office-name-hint")), "office-name", typed.name, 80)}
                        {field(t("invite-address"), Some(t("invite-address-hint")), "office-address", typed.address, 40)}
                        {field(t("office-note"), None, "office-note", typed.note, 500)}
                        {field(t("office-numbers"), Some(t("office-numbers-hint")), "office-numbers", typed.numbers, 60)}
                    </div>
                    <h3 class="block-title padded">{t("office-holders")}</h3>
                    {picker::colleagues(typed.holders)}
                </div>
                <footer class="modal-foot">
                    {problem(move || trouble.get())}
                    <button type="submit" class="button primary" aria-disabled=move || busy.get().to_string()>{press}</button>
                </footer>
            </form>
        },
    )
}
