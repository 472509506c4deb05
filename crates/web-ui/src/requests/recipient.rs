//! Whom a request is for.

use crate::{
    logic::text::harmless,
    parts::{icon, outside},
    people::picker,
    words::t,
};
use leptos::prelude::*;
use valise_views::request::RequestTo;
use valise_views::{Outside, Person};

/// Somebody who can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// As the core has it.
    pub to: RequestTo,
    /// The name.
    pub name: String,
    /// The organisation.
    pub outside: Outside,
}

impl Recipient {
    fn person(person: &Person) -> Option<Self> {
        Some(Self {
            to: RequestTo::Person(person.id.clone()),
            name: harmless(&person.name),
            outside: person.outside.clone()?,
        })
    }
}

/// Asks for whom: who is known of partners, and whoever is found there by the address.
pub fn choose(chosen: RwSignal<Option<Recipient>>) -> impl IntoView {
    picker::one_outside(move |person| chosen.set(Recipient::person(person)))
}

/// Who was chosen, and the way to another one.
pub fn line(recipient: &Recipient, chosen: RwSignal<Option<Recipient>>) -> impl IntoView + use<> {
    let name = recipient.name.clone();
    let mark = outside(Some(&recipient.outside));
    view! {
        <div class="recipient">
            {icon("building")}
            <span class="grow clip"><span class="label">{t("request-to")}</span><span class="strong"><bdi>{name}</bdi>{mark}</span></span>
            <button type="button" class="button small" on:click=move |_| chosen.set(None)>{t("request-other-recipient")}</button>
        </div>
    }
}
