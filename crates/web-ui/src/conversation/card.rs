//! A contact card in a bubble: face, name and address as this device's directory has them; one press opens the chat with them.

use super::talk::Talk;
use crate::{
    details::open_direct,
    logic::text::harmless,
    parts::{Face, avatar, icon, modal, outside, sentence},
    people::picker,
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::{Command, Outcome, Person, PersonId};

/// Whom the card shows, or that nobody knows the account.
pub fn card(talk: Talk, person: Option<&Person>, stop: Memo<bool>) -> AnyView {
    let Some(person) = person else {
        return view! {
            <p class="contact-card unknown">
                <span class="avatar medium old" aria-hidden="true">{icon("user")}</span>
                <span class="grow clip"><span class="strong">{t("card-unknown")}</span><span class="hint">{t("card-unknown-hint")}</span></span>
            </p>
        }
        .into_any();
    };
    let face = Face {
        id: person.id.0.clone(),
        name: person.name.clone(),
        picture: person.picture.clone(),
        outside: person.outside.is_some(),
    };
    let (name, address) = (harmless(&person.name), harmless(&person.address));
    let label = tw("card-open", [("name", (&name).into())]);
    let ended = person
        .revoked
        .then(|| view! { <span class="chip still red">{t("ended")}</span> });
    let shown = view! {
        {avatar(face, "medium")}
        <span class="grow clip">
            <span class="strong"><bdi>{name}</bdi>{person.is_me.then(|| format!(" ({})", t("you")))}{outside(person.outside.as_ref())}</span>
            <span class="hint"><bdi>{address}</bdi></span>
        </span>
        {ended}
    };
    // Nobody reads what is written to who has left.
    if person.revoked {
        return view! { <p class="contact-card">{shown}</p> }.into_any();
    }
    let (app, id, title) = (talk.app, person.id.clone(), label.clone());
    view! {
        <button type="button" class="contact-card" title=title tabindex=move || if stop.get() { "0" } else { "-1" }
            on:click=move |_| open_direct(app, id.clone())>{shown}{icon("message-circle")}<span class="unseen">{label}</span></button>
    }
    .into_any()
}

/// Asks whose card to send: one press sends it.
pub fn ask(talk: Talk) -> impl IntoView {
    let send = move |person: PersonId| {
        let command = Command::SendCard {
            chat: talk.chat(),
            person,
        };
        leptos::task::spawn_local(async move {
            talk.dialog.try_set(None);
            match talk.app.core.ask(command).await {
                Outcome::Failed(why) => talk.app.say(sentence(why)),
                _ => talk.go_to_end(),
            }
        });
    };
    modal(
        t("card-whose"),
        "tall",
        move || talk.dialog.set(None),
        view! { <div class="modal-body flush">{picker::one(send)}</div> },
    )
}
