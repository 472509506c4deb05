//! Who is away, and who stands in: a line that says it, and the dialog in which it is said.

use super::watch_people;
use crate::{
    app::{App, app},
    browser::{self, intl},
    logic::text::harmless,
    parts::{field, icon, made_for, modal, problem, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::{Away, Command, NewAway, Outcome, Person, PersonId};

/// Days by which the proposed return is later than today.
const PROPOSED_DAYS: u64 = 7;
const DAY: u64 = 24 * 60 * 60 * 1_000;

/// Says in one line until when somebody is away, and who stands in.
pub fn away_text(away: &Away) -> String {
    // The last day on which he is away.
    let day = intl::short_day(away.until.saturating_sub(1));
    match &away.cover {
        Some((_, name)) => tw(
            "away-until-cover",
            [("day", day.into()), ("name", harmless(name).into())],
        ),
        None => tw("away-until", [("day", day.into())]),
    }
}

/// All that is said of somebody's being away.
pub fn away_note(away: &Away) -> impl IntoView + use<> {
    let note = harmless(&away.note);
    let by = away.said_by.as_deref().map(harmless);
    view! {
        <div class="away-note">
            <p class="strong">{icon("calendar-clock")} " " <bdi>{away_text(away)}</bdi></p>
            {(!note.is_empty()).then(|| view! { <p class="prose" dir="auto">{note}</p> })}
            {by.map(|name| view! { <p class="hint">{tw("away-said-by", [("name", name.into())])}</p> })}
        </div>
    }
}

/// The dialog: until when, who stands in, and a few words; or that somebody is here again.
pub fn dialog(person: PersonId) -> impl IntoView {
    let app = app();
    let people = watch_people(RwSignal::new(String::new()));
    let shown = Memo::new(move |_| {
        people.with(|people| {
            let mut people = people.as_ref()?.iter();
            people.find(|known| known.id == person).cloned()
        })
    });
    let opened = Memo::new(move |before: Option<&Option<Person>>| {
        let before = before.and_then(Option::clone);
        before.or_else(|| shown.get())
    });
    made_for(
        move || opened.get(),
        move |person| person.map(|person| form(app, person, people)),
    )
}

/// What is typed of one person.
#[derive(Clone, Copy)]
struct Form {
    app: App,
    person: StoredValue<PersonId>,
    /// The last day away.
    until: RwSignal<String>,
    /// Whoever stands in, by id; empty for nobody.
    cover: RwSignal<String>,
    note: RwSignal<String>,
    trouble: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

impl Form {
    /// Begins with what is said already.
    fn of(app: App, person: &Person) -> Self {
        let away = person.away.as_ref();
        let until = away.map_or_else(
            || browser::now() + PROPOSED_DAYS * DAY,
            // The day on which he is here again is the one after.
            |away| away.until.saturating_sub(1),
        );
        let cover = away.and_then(|away| away.cover.as_ref());
        let note = away.map_or_else(String::new, |away| away.note.clone());
        Self {
            app,
            person: StoredValue::new(person.id.clone()),
            until: RwSignal::new(intl::typed_day(until)),
            cover: RwSignal::new(cover.map_or_else(String::new, |(id, _)| id.0.clone())),
            note: RwSignal::new(note),
            trouble: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    /// Says that he is away as it is typed.
    fn go(self) {
        let last = self.until.with_untracked(|typed| intl::day_end(typed));
        let Some(last) = last.filter(|last| *last > browser::now()) else {
            self.trouble.set(Some(t("away-day-wrong")));
            return;
        };
        let cover = self.cover.get_untracked();
        self.say(Some(NewAway {
            until: last + 1,
            cover: (!cover.is_empty()).then_some(PersonId(cover)),
            note: self.note.get_untracked(),
        }));
    }

    fn say(self, away: Option<NewAway>) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.trouble.set(None);
        let done = match away {
            Some(_) => t("away-said"),
            None => t("away-back-said"),
        };
        let person = self.person.get_value();
        leptos::task::spawn_local(async move {
            match self.app.core.ask(Command::SetAway { person, away }).await {
                Outcome::Failed(why) => {
                    self.trouble.try_set(Some(sentence(why)));
                }
                _ => {
                    self.app.say(done);
                    self.app.dialog.set(None);
                }
            }
            self.busy.try_set(false);
        });
    }
}

fn form(app: App, person: Person, people: ReadSignal<Option<Vec<Person>>>) -> impl IntoView {
    let form = Form::of(app, &person);
    let title = match person.is_me {
        true => t("away-title"),
        false => tw("away-title-of", [("name", harmless(&person.name).into())]),
    };
    let is_away = person.away.is_some();
    modal(
        title,
        "small",
        move || app.dialog.set(None),
        view! {
            <form class="modal-form" on:submit=move |event| { event.prevent_default(); form.go() }>
                <div class="modal-body form">
                    <div class="field">
                        <label for="away-until">{t("away-last-day")}</label>
                        <input id="away-until" type="date" autofocus=true min=intl::typed_day(browser::now()) bind:value=form.until/>
                    </div>
                    <div class="field">
                        <label for="away-cover">{t("away-cover")}</label>
                        <select id="away-cover" aria-describedby="away-cover-hint" prop:value=move || form.cover.get() on:change=move |event| form.cover.set(event_target_value(&event))>
                            <option value="">{t("away-cover-nobody")}</option>
                            {move || colleagues(people, &form.person.get_value(), &form.cover.get_untracked())}
                        </select>
                        <p class="hint" id="away-cover-hint">{t("away-cover-hint")}</p>
                    </div>
                    {field(t("away-words"), None, "away-words", form.note, 300)}
                    {problem(move || form.trouble.get())}
                </div>
                <footer class="modal-foot">
                    {is_away.then(|| view! { <button type="button" class="button" on:click=move |_| form.say(None)>{t("away-back")}</button> })}
                    <button type="submit" class="button primary" aria-disabled=move || form.busy.get().to_string()>{t("save")}</button>
                </footer>
            </form>
        },
    )
}

/// Those who can stand in.
fn colleagues(
    people: ReadSignal<Option<Vec<Person>>>,
    person: &PersonId,
    chosen: &str,
) -> impl IntoView + use<> {
    let can = |it: &&Person| it.outside.is_none() && !it.revoked && it.id != *person;
    let found = people.with(|people| {
        let people = people.iter().flatten();
        people.filter(can).cloned().collect::<Vec<_>>()
    });
    let option = |it: Person| {
        let is_chosen = it.id.0 == chosen;
        view! { <option value=it.id.0 selected=is_chosen>{harmless(&it.name)}</option> }
    };
    found.into_iter().map(option).collect_view()
}
