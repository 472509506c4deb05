//! Being on duty for an office: who is, hears of what comes in.

use crate::{
    app::App,
    logic::text::harmless,
    parts::sentence,
    words::{t, tw},
};
use leptos::prelude::*;
use std::collections::BTreeSet;
use valise_views::{Command, Holder, Office, Outcome, PersonId};

/// Lets whoever holds it go on duty or off it, and registrars everybody.
pub fn part(app: App, office: &Office, trouble: RwSignal<Option<String>>) -> impl IntoView + use<> {
    let me = app.me();
    let is_registrar = app.know(|ready| ready.is_registrar);
    let may = |holder: &&Holder| holder.id == me || is_registrar;
    let is_own = office.outside.is_none();
    let holders: Vec<Holder> = office.holders.iter().filter(may).cloned().collect();
    let id = office.id.clone();
    let busy = RwSignal::new(BTreeSet::<PersonId>::new());
    let switch = move |holder: Holder| {
        let (office, person, on) = (id.clone(), holder.id.clone(), !holder.on_duty);
        let is_me = person == me;
        let shown = person.clone();
        let press = move |_| {
            if busy.with_untracked(|busy| busy.contains(&person)) {
                return;
            }
            busy.update(|busy| {
                busy.insert(person.clone());
            });
            let command = Command::SetDuty {
                office: office.clone(),
                person: person.clone(),
                on,
            };
            let person = person.clone();
            leptos::task::spawn_local(async move {
                if let Outcome::Failed(why) = app.core.ask(command).await {
                    trouble.try_set(Some(sentence(why)));
                }
                busy.try_update(|busy| busy.remove(&person));
            });
        };
        let label = match is_me {
            true => t("duty-mine"),
            false => tw("duty-of", [("name", harmless(&holder.name).into())]),
        };
        view! {
            <label class="option"><input type="checkbox" prop:checked=holder.on_duty aria-disabled=move || busy.with(|busy| busy.contains(&shown)).to_string() on:change=press/><span>{label}</span></label>
        }
    };
    (is_own && !holders.is_empty()).then(|| {
        view! {
            <section class="office-duty" aria-label=t("duty")>
                <h3 class="block-title">{t("duty")}</h3>
                {holders.into_iter().map(switch).collect_view()}
                <p class="hint">{t("duty-hint")}</p>
            </section>
        }
    })
}
