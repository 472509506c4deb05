//! Choosing people.

use super::{elsewhere, line, watch_people};
use crate::{browser::rove, parts::icon, words::t};
use leptos::{html, prelude::*};
use std::collections::BTreeSet;
use valise_views::{Person, PersonId};

/// Several people, except some who are in already.
pub fn several(except: BTreeSet<PersonId>, chosen: RwSignal<Vec<PersonId>>) -> impl IntoView {
    let except = StoredValue::new(except);
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
        move |person| {
            !person.is_me
                && !person.revoked
                && except.with_value(|except| !except.contains(&person.id))
        },
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
        |person| person.outside.is_none() && !person.revoked,
        move |person| {
            let id = person.id.clone();
            view! { <button type="button" class="entry person" on:click=move |_| pick(id.clone())>{line(&person)}</button> }.into_any()
        },
    )
}

fn list(
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
        {elsewhere(search, people)}
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
