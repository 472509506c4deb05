//! Choosing people.

use super::{elsewhere, line, watch_people};
use crate::{browser::rove, parts::icon, words::t};
use leptos::{html, prelude::*};
use std::collections::BTreeSet;
use valise_views::{Person, PersonId};

/// Several people, except some who are in already.
pub fn several(except: BTreeSet<PersonId>, chosen: RwSignal<Vec<PersonId>>) -> impl IntoView {
    let wanted = move |person: &Person| !person.is_me && !except.contains(&person.id);
    chosen_among(Among::Everybody, wanted, chosen)
}

/// Several people of one's own organisation, oneself among them.
pub fn colleagues(chosen: RwSignal<Vec<PersonId>>) -> impl IntoView {
    let wanted = |person: &Person| person.outside.is_none();
    chosen_among(Among::Colleagues, wanted, chosen)
}

/// Where people are looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Among {
    Colleagues,
    Everybody,
}

fn chosen_among(
    among: Among,
    wanted: impl Fn(&Person) -> bool + Send + Sync + 'static,
    chosen: RwSignal<Vec<PersonId>>,
) -> impl IntoView {
    let toggle = move |id: &PersonId| {
        chosen.update(|chosen| {
            if let Some(at) = chosen.iter().position(|known| known == id) {
                chosen.remove(at);
            } else {
                chosen.push(id.clone());
            }
        })
    };
    list(
        among,
        move |person| !person.revoked && wanted(person),
        move |person| {
            let (id, toggled) = (person.id.clone(), person.id.clone());
            view! {
                <label class="entry person">
                    {line(&person)}
                    <input type="checkbox" class="tickbox" prop:checked=move || chosen.with(|chosen| chosen.contains(&id)) on:change=move |_| toggle(&toggled)/>
                </label>
            }
            .into_any()
        },
    )
}

/// One person.
pub fn one(pick: impl Fn(PersonId) + Copy + Send + Sync + 'static) -> impl IntoView {
    list(
        Among::Everybody,
        |person| !person.is_me && !person.revoked,
        move |person| {
            let id = person.id.clone();
            view! { <button type="button" class="entry person" on:click=move |_| pick(id.clone())>{line(&person)}</button> }.into_any()
        },
    )
}

/// One person of one's own organisation, oneself being first.
pub fn one_inside(pick: impl Fn(PersonId) + Copy + Send + Sync + 'static) -> impl IntoView {
    list(
        Among::Colleagues,
        |person| person.outside.is_none() && !person.revoked,
        move |person| {
            let id = person.id.clone();
            view! { <button type="button" class="entry person" on:click=move |_| pick(id.clone())>{line(&person)}</button> }.into_any()
        },
    )
}

fn list(
    among: Among,
    wanted: impl Fn(&Person) -> bool + Send + Sync + 'static,
    row: impl Fn(Person) -> AnyView + Send + Sync + 'static,
) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let people = watch_people(search);
    let list = NodeRef::<html::Ul>::new();
    let go = move |event: &web_sys::KeyboardEvent| {
        if let Some(list) = list.get_untracked() {
            rove(event, &list, ".entry, .entry .tickbox")
        }
    };
    view! {
        <div class="search">{icon("search")}
            <input type="search" autocomplete="off" spellcheck="false" autofocus=true placeholder=t("search-people") aria-label=t("search-people") bind:value=search
                on:keydown=move |event| if event.key() == "ArrowDown" { go(&event) }/></div>
        {(among == Among::Everybody).then(|| elsewhere(search, people))}
        <ul class="list picker" node_ref=list aria-label=t("people") on:keydown=move |event| go(&event)>
            {move || people.get().map(|people| {
                let mut rows: Vec<Person> = people.into_iter().filter(|person| wanted(person)).collect();
                // Oneself and one's own people first, then organisation by organisation.
                rows.sort_by_key(|person| (person.outside.clone(), !person.is_me));
                if rows.is_empty() {
                    return view! { <li class="empty"><p>{t("nothing-found")}</p></li> }.into_any();
                }
                rows.into_iter().map(|person| view! { <li>{row(person)}</li> }).collect_view().into_any()
            })}
        </ul>
    }
}
