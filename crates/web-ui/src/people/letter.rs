//! A link that leads to somebody: it opens the chat and puts its text into the field. Nothing is sent by it.

use super::watch_people;
use crate::{
    app::App,
    details::open_direct,
    logic::link::{Letter, Opening},
    reach::Shared,
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::Person;

/// Follows the link with which the page was opened, if it leads to somebody.
pub fn open_letter(app: App) {
    let Opening::Write(letter) = app.opening.get_untracked() else {
        return;
    };
    app.opening.set(Opening::Plain);
    let people = watch_people(RwSignal::new(letter.address.clone()));
    Effect::new(move |done: Option<bool>| {
        if done == Some(true) {
            return true;
        }
        people.with(|people| match people {
            Some(people) => {
                follow(app, &letter, people);
                true
            }
            None => false,
        })
    });
}

fn follow(app: App, letter: &Letter, people: &[Person]) {
    // The search finds parts of names and addresses, too.
    let found = people
        .iter()
        .find(|person| person.address == letter.address);
    match found {
        Some(person) if person.is_me => app.say(t("letter-to-me")),
        Some(person) if !person.revoked => {
            if !letter.text.is_empty() {
                app.reach.shared.set(Some(Shared {
                    text: letter.text.clone(),
                    files: Vec::new(),
                }));
            }
            open_direct(app, person.id.clone());
        }
        _ => app.say(tw(
            "letter-to-nobody",
            [("address", letter.address.clone().into())],
        )),
    }
}

/// The link that leads to somebody.
pub fn link_to(person: &Person) -> String {
    let origin = window().location().origin().unwrap_or_default();
    format!("{origin}/to#{}", person.address)
}
