//! A list of days that is edited: one is typed, many are pasted or come from a file.

use super::day;
use crate::{
    app::App,
    browser,
    parts::{icon, icon_button, problem, sentence},
    words::{t, tw},
};
use leptos::{html, prelude::*};
use std::collections::BTreeSet;
use valise_views::{Command, Date, Outcome};
use wasm_bindgen::JsCast;

/// Days, and how some are added.
#[derive(Clone, Copy)]
pub struct Days {
    app: App,
    pub days: RwSignal<BTreeSet<Date>>,
    typed: RwSignal<String>,
    pasted: RwSignal<String>,
    trouble: RwSignal<Option<String>>,
}

impl Days {
    pub fn of(app: App, days: &[Date]) -> Self {
        Self {
            app,
            days: RwSignal::new(days.iter().copied().collect()),
            typed: RwSignal::new(String::new()),
            pasted: RwSignal::new(String::new()),
            trouble: RwSignal::new(None),
        }
    }

    fn add_typed(self) {
        if let Ok(date) = self.typed.get_untracked().parse() {
            self.days.update(|days| {
                days.insert(date);
            });
            self.typed.set(String::new());
        }
    }

    /// Takes the days out of a text; what the days are called is not kept.
    fn take(self, text: String) {
        self.trouble.set(None);
        leptos::task::spawn_local(async move {
            match self.app.core.ask(Command::ReadDays { text }).await {
                Outcome::Days { days, skipped } => {
                    self.pasted.try_set(String::new());
                    let words = tw("deadlines-read", [("count", days.len().into())]);
                    self.days.try_update(|all| all.extend(days));
                    self.app.say(words);
                    let left = tw("deadlines-skipped", [("count", skipped.into())]);
                    self.trouble.try_set((skipped > 0).then_some(left));
                }
                Outcome::Failed(why) => {
                    self.trouble.try_set(Some(sentence(why)));
                }
                _ => {}
            }
        });
    }

    fn take_file(self, file: web_sys::File) {
        leptos::task::spawn_local(async move {
            let text =
                wasm_bindgen_futures::JsFuture::from(file.unchecked_into::<web_sys::Blob>().text())
                    .await;
            if let Some(text) = text.ok().and_then(|text| text.as_string()) {
                self.take(text);
            }
        });
    }
}

/// The list under its title.
pub fn days(days: Days, name: &'static str, title: String, hint: String) -> impl IntoView {
    let typed_id = format!("{name}-day");
    let for_typed = typed_id.clone();
    let remove = move |date: Date| {
        days.days.update(|all| {
            all.remove(&date);
        });
        let back = typed_id_of(name);
        browser::soon(move || browser::focus(&back));
    };
    let item = move |date: Date| {
        let label = tw("deadlines-remove", [("day", day(date).into())]);
        view! { <li><span>{day(date)}</span>{icon_button("x", label, move || remove(date))}</li> }
    };
    view! {
        <fieldset class="days">
            <legend class="label">{title.clone()}</legend>
            <p class="hint">{hint}</p>
            {move || {
                let all = days.days.get();
                (!all.is_empty()).then(|| view! { <ul class="day-list edited" aria-label=title.clone()>{all.into_iter().map(item).collect_view()}</ul> })
            }}
            <div class="day-add">
                <label for=for_typed class="unseen">{t("deadlines-day")}</label>
                <input id=typed_id type="date" bind:value=days.typed/>
                <button type="button" class="button small" on:click=move |_| days.add_typed()>{icon("plus")}<span>{t("deadlines-add")}</span></button>
            </div>
            {many(days, name)}
            {problem(move || days.trouble.get())}
        </fieldset>
    }
}

/// Many days at once: pasted, or out of a file.
fn many(days: Days, name: &'static str) -> impl IntoView {
    let picker = NodeRef::<html::Input>::new();
    let pasted_id = format!("{name}-pasted");
    let for_pasted = pasted_id.clone();
    view! {
        <details>
            <summary>{t("deadlines-many")}</summary>
            <div class="form">
                <label for=for_pasted class="hint">{t("deadlines-many-hint")}</label>
                <textarea id=pasted_id autocomplete="off" rows="3" spellcheck="false" bind:value=days.pasted></textarea>
                <div class="letter-ways">
                    <button type="button" class="button small" on:click=move |_| days.take(days.pasted.get_untracked())>{icon("plus")}<span>{t("deadlines-take")}</span></button>
                    <input type="file" accept=".ics,text/calendar" node_ref=picker class="unseen" tabindex="-1" aria-hidden="true"
                        on:change:target=move |event| {
                            if let Some(file) = event.target().files().and_then(|files| files.get(0)) { days.take_file(file) }
                            event.target().set_value("");
                        }/>
                    <button type="button" class="button small" on:click=move |_| if let Some(picker) = picker.get_untracked() { picker.click() }>{icon("calendar-days")}<span>{t("deadlines-file")}</span></button>
                </div>
            </div>
        </details>
    }
}

fn typed_id_of(name: &str) -> String {
    format!("#{name}-day")
}
