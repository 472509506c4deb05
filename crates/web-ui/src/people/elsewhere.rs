//! Somebody of another organisation, found there by the whole address.

use super::partners::watch_partners;
use crate::{
    app::app,
    logic::outside::{Wanted, wanted},
    parts::{icon, sentence},
    words::tw,
};
use leptos::prelude::*;
use valise_views::{Command, Outcome, Person, Trouble};

/// How looking for somebody stands.
#[derive(Clone, PartialEq)]
enum Seeking {
    Looking(Wanted),
    Nobody(Wanted),
    Trouble(Trouble),
}

/// Looks at a partner for whoever is typed by the whole address, and says how that stands. Who is found comes into `people`.
pub fn elsewhere(
    search: RwSignal<String>,
    people: ReadSignal<Option<Vec<Person>>>,
) -> impl IntoView {
    let app = app();
    let partners = watch_partners(app);
    let asked = Memo::new(move |_| {
        partners.with(|partners| {
            people.with(|people| {
                let (partners, people) = (partners.as_ref()?, people.as_ref()?);
                wanted(&search.get(), &partners.partners, people)
            })
        })
    });
    let state = RwSignal::new(None::<Seeking>);
    Effect::new(move |_| {
        let Some(wanted) = asked.get() else {
            state.set(None);
            return;
        };
        state.set(Some(Seeking::Looking(wanted.clone())));
        leptos::task::spawn_local(async move {
            let address = wanted.address.clone();
            let outcome = app.core.ask(Command::FindPerson { address }).await;
            // Something else may stand there by now.
            if asked.try_get_untracked().flatten().as_ref() != Some(&wanted) {
                return;
            }
            state.try_set(match outcome {
                Outcome::Failed(Trouble::NotFound) => Some(Seeking::Nobody(wanted)),
                Outcome::Failed(why) => Some(Seeking::Trouble(why)),
                _ => None,
            });
        });
    });
    view! { <div role="status">{move || state.get().map(line)}</div> }
}

fn line(seeking: Seeking) -> impl IntoView {
    let (sign, text) = match seeking {
        Seeking::Looking(wanted) => (
            "search",
            tw(
                "elsewhere-looking",
                [("organisation", wanted.organisation.into())],
            ),
        ),
        Seeking::Nobody(wanted) => (
            "circle-alert",
            tw(
                "elsewhere-nobody",
                [("organisation", wanted.organisation.into())],
            ),
        ),
        Seeking::Trouble(why) => ("cloud-off", sentence(why)),
    };
    view! { <p class="elsewhere">{icon(sign)}<span>{text}</span></p> }
}
