//! One person, large.

use super::away::away_note;
use super::letter::link_to;
use super::offices::watch_offices;
use super::renewal;
use crate::{
    app::{App, Dialog},
    browser,
    details::open_direct,
    logic::text::harmless,
    parts::{Face, avatar, icon, modal, outside, problem, sentence},
    words::{Argument, names as names_of, t, tw},
};
use leptos::prelude::*;
use valise_views::{Command, Outcome, Person, PersonRole};

/// Name, address, and what can be done.
pub fn dialog(
    app: App,
    person: Option<ArcRwSignal<Person>>,
    close: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let signal = person?;
    let person = signal.get_untracked();
    let face = Face {
        id: person.id.0.clone(),
        name: person.name.clone(),
        picture: person.picture.clone(),
        outside: person.outside.is_some(),
    };
    let ending = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let may_end = app.know(|ready| ready.is_registrar)
        && !person.is_me
        && !person.revoked
        && person.outside.is_none();
    let offices = may_end.then(|| watch_offices(app));
    let holder = person.id.clone();
    let held_alone = move || {
        let offices = offices
            .and_then(|offices| offices.get())
            .unwrap_or_default();
        let alone = offices.into_iter().filter(|office| {
            let mut holders = office.holders.iter();
            office.outside.is_none() && holders.len() == 1 && holders.any(|it| it.id == holder)
        });
        let names: Vec<String> = alone.map(|office| office.name).collect();
        (!names.is_empty()).then(|| {
            tw(
                "person-end-alone",
                [("offices", Argument::Text(names_of(&names)))],
            )
        })
    };
    let may_say_away = may_end || person.is_me;
    let (written, ended, away_of) = (person.id.clone(), person.id.clone(), person.id.clone());
    let end = move || {
        let person = ended.clone();
        leptos::task::spawn_local(async move {
            match app.core.ask(Command::RevokePerson(person)).await {
                Outcome::Failed(why) => {
                    trouble.try_set(Some(sentence(why)));
                }
                _ => {
                    app.say(t("person-ended"));
                    close();
                }
            }
        });
    };
    let title = person.name.clone();
    let link = link_to(&person);
    let copy = move |_| {
        let link = link.clone();
        leptos::task::spawn_local(async move {
            if browser::copy(&link).await {
                app.say(t("copied"));
            }
        });
    };
    Some(modal(
        harmless(&person.name),
        "small",
        close,
        view! {
            <div class="modal-body centre-column">
                {avatar(face, "huge")}
                {outside(person.outside.as_ref())}
                <p class="under"><bdi>{harmless(&person.address)}</bdi></p>
                {(!person.office.is_empty()).then(|| view! { <p class="under"><bdi>{harmless(&person.office)}</bdi></p> })}
                <p class="chips-line">
                    {(person.role == PersonRole::Registrar).then(|| view! { <span class="chip still">{t("registrar")}</span> })}
                    {person.revoked.then(|| view! { <span class="chip still red">{t("ended")}</span> })}
                </p>
                {person.away.as_ref().map(away_note)}
                <p class="hint">{icon("shield-check")} " " {if person.outside.is_some() { t("person-verified-outside") } else { t("person-verified") }}</p>
                {move || ending.get().then(|| view! { <p class="problem">{icon("triangle-alert")}<span>{tw("person-end-text", [("name", title.clone().into())])}</span></p> })}
                {move || ending.get().then(|| held_alone().map(|alone| view! { <p class="problem">{icon("users")}<span>{alone}</span></p> }))}
                {renewal::part(app, signal, trouble)}
                {problem(move || trouble.get())}
            </div>
            <footer class="modal-foot">
                {(!person.revoked && person.outside.is_none()).then(|| view! { <button type="button" class="button" title=t("person-link-hint") on:click=copy>{icon("link")}<span>{t("copy-link")}</span></button> })}
                {may_say_away.then(|| view! { <button type="button" class="button" on:click=move |_| { close(); app.dialog.set(Some(Dialog::Away(away_of.clone()))) }>{icon("calendar-clock")}<span>{t("away-short")}</span></button> })}
                {may_end.then(|| view! {
                    <button type="button" class="button danger" on:click=move |_| if ending.get_untracked() { end() } else { ending.set(true) }>
                        {move || if ending.get() { t("person-end-sure") } else { t("person-end") }}</button>
                })}
                {(!person.is_me && !person.revoked).then(|| view! {
                    <button type="button" class="button primary" on:click=move |_| { close(); open_direct(app, written.clone()) }>{icon("message-circle")}<span>{t("write-to")}</span></button>
                })}
            </footer>
        },
    ))
}
