//! The people of the organisation, offices, partners and invitations.

mod away;
mod card;
mod elsewhere;
mod enter;
mod guest_link;
mod invitations;
mod letter;
mod new;
mod offices;
mod partners;
pub mod picker;
mod renewal;

pub use away::{away_note, away_text, dialog as away};
pub use elsewhere::elsewhere;
pub use enter::{enter_group, open_group_link};
pub use guest_link::{guest_link, open_guest_link};
pub use invitations::{invitation, invite};
pub use letter::open_letter;
pub use new::{new_chat, new_group};
pub use offices::{card as office, change as change_office, watch_offices};
pub use partners::{
    known as partner, laws, meet as meet_partner, offer as offer_partner, open_partner_link,
    waiting as waiting_partner, watch_partners,
};

use crate::{
    app::{Dialog, app},
    browser::rove,
    logic::text::harmless,
    parts::{Face, Keyed, avatar, icon, icon_button, made_for, outside},
    words::t,
};
use leptos::{html, prelude::*};
use std::collections::BTreeSet;
use valise_views::{Outside, Person, PersonId, PersonRole, Shown, View};

/// Directory and, for registrars, invitations.
pub fn pane() -> impl IntoView {
    let app = app();
    let search = RwSignal::new(String::new());
    let people = watch_people(search);
    let rows = Keyed::<PersonId, Person>::new();
    Effect::new(move |_| {
        people.with(|people| {
            if let Some(people) = people {
                rows.show(
                    people
                        .iter()
                        .map(|person| (person.id.clone(), person.clone()))
                        .collect(),
                );
            }
        })
    });
    let is_registrar = Memo::new(move |_| app.know(|ready| ready.is_registrar));
    let open = RwSignal::new(None::<PersonId>);
    let list = NodeRef::<html::Div>::new();
    let others = Memo::new(move |_| {
        let of = |id: &PersonId| rows.get(id)?.with(|person| person.outside.clone());
        let found: BTreeSet<Outside> = rows
            .order
            .with(|order| order.iter().filter_map(of).collect());
        found.into_iter().collect::<Vec<_>>()
    });
    view! {
        <div class="pane">
            <header class="pane-head">
                <div class="titles"><h2>{t("people")}</h2></div>
                {move || is_registrar.get().then(|| icon_button("user-plus", t("invite"), move || app.dialog.set(Some(Dialog::Invite))))}
            </header>
            <div class="search">{icon("search")}<input type="search" autocomplete="off" spellcheck="false" placeholder=t("search-people") aria-label=t("search-people") bind:value=search/></div>
            {elsewhere(search, people)}
            <div class="scroll">
                <div node_ref=list on:keydown=move |event| if let Some(list) = list.get_untracked() { rove(&event, &list, ".entry") }>
                    {entries(rows, None, open)}
                    <For each=move || others.get() key=Outside::clone children=move |organisation| entries(rows, Some(organisation), open)/>
                </div>
                {offices::list(search)}
                {partners::list()}
                {move || is_registrar.get().then(|| view! {
                    <section class="block">
                        <button type="button" class="entry" on:click=move |_| app.dialog.set(Some(Dialog::RequestRules))>{icon("stamp")}<span class="grow">{t("rules")}<span class="hint">{t("rules-hint")}</span></span></button>
                    </section>
                })}
                {move || is_registrar.get().then(invitations::list)}
            </div>
            {made_for(move || open.get(), move |id| id.map(|id| card::dialog(app, rows.get(&id), move || open.set(None))))}
        </div>
    }
}

/// The people of one organisation, one's own having no heading.
fn entries(
    rows: Keyed<PersonId, Person>,
    organisation: Option<Outside>,
    open: RwSignal<Option<PersonId>>,
) -> impl IntoView {
    let label = organisation
        .as_ref()
        .map_or_else(|| t("people"), |other| harmless(&other.organisation));
    let heading = organisation.as_ref().map(|other| {
        view! { <h3 class="block-title">{outside(Some(other))}</h3> }
    });
    let of_it = move || {
        let is_of = |id: &PersonId| {
            let person = rows.get(id);
            person.is_some_and(|person| person.with(|person| person.outside == organisation))
        };
        let all = rows.order.get();
        all.into_iter().filter(is_of).collect::<Vec<_>>()
    };
    view! {
        {heading}
        <ul class="list" aria-label=label>
            <For each=of_it key=PersonId::clone children=move |id| {
                let opened = id.clone();
                rows.get(&id).map(|person| view! {
                    <li><button type="button" class="entry person" on:click=move |_| open.set(Some(opened.clone()))>{move || person.with(line)}</button></li>
                })
            }/>
        </ul>
    }
}

/// Watches the people whose name or address has the search in it.
pub fn watch_people(search: RwSignal<String>) -> ReadSignal<Option<Vec<Person>>> {
    app().core.watch(
        move || View::People {
            search: search.get().trim().to_owned(),
        },
        |shown| match shown {
            Shown::People(people) => Some(people),
            _ => None,
        },
    )
}

/// One person's line: picture, name, what they are, address.
pub fn line(person: &Person) -> impl IntoView + use<> {
    let face = Face {
        id: person.id.0.clone(),
        name: person.name.clone(),
        picture: person.picture.clone(),
        outside: person.outside.is_some(),
    };
    let of = outside(person.outside.as_ref());
    let under = if let Some(away) = &person.away {
        away_text(away)
    } else if person.office.is_empty() {
        harmless(&person.address)
    } else {
        format!(
            "{} · {}",
            harmless(&person.office),
            harmless(&person.address)
        )
    };
    let (name, is_me, revoked, registrar) = (
        harmless(&person.name),
        person.is_me,
        person.revoked,
        // What somebody is in another organisation is nothing to this one.
        person.role == PersonRole::Registrar && person.outside.is_none(),
    );
    view! {
        {avatar(face, "medium")}
        <span class="grow clip">
            <span class="strong"><bdi>{name}</bdi>{is_me.then(|| format!(" ({})", t("you")))}{of}</span>
            <span class="hint" dir="auto">{under}</span>
        </span>
        {registrar.then(|| view! { <span class="chip still">{t("registrar")}</span> })}
        {revoked.then(|| view! { <span class="chip still red">{t("ended")}</span> })}
    }
}
