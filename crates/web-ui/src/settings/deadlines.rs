//! Which days the organisation works, and when it reminds of deadlines: for everybody to see, for registrars to say.

mod days;
mod form;

use crate::{
    app::app,
    browser::intl,
    logic::text::harmless,
    parts::{icon, made_for, modal},
    words::{t, tw},
};
use form::Form;
use leptos::prelude::*;
use valise_views::{Date, Deadlines, Shown, View};

/// The dialog.
pub fn deadlines() -> impl IntoView {
    let app = app();
    let shown = app.core.watch(
        || View::Deadlines,
        |shown| match shown {
            Shown::Deadlines(deadlines) => Some(*deadlines),
            _ => None,
        },
    );
    let known = Memo::new(move |_| shown.get());
    modal(
        t("deadlines"),
        "tall",
        move || app.dialog.set(None),
        view! {
            {made_for(move || known.get(), move |known| known.map(|known| match known.may_change {
                true => form::form(Form::of(app, &known)).into_any(),
                false => page(&known).into_any(),
            }))}
        },
    )
}

/// What everybody sees.
fn page(known: &Deadlines) -> impl IntoView + use<> {
    let said = known.calendar.as_ref().map(|calendar| {
        let by = known.by.as_deref().map(|name| tw("deadlines-by", [("name", harmless(name).into())]));
        let weekend: Vec<String> = calendar.weekend.iter().map(|day| intl::weekday(*day)).collect();
        view! {
            <p class="strong"><bdi>{harmless(&calendar.name)}</bdi></p>
            {by.map(|by| view! { <p class="hint">{by}</p> })}
            <p>{tw("deadlines-weekend-is", [("days", weekend.join(", ").into())])}</p>
            {list("deadlines-holidays", &calendar.holidays)}
            {list("deadlines-worked", &calendar.made_up)}
            <p class="hint">{tw("deadlines-until-is", [("day", day(calendar.known_until).into())])}</p>
        }
    });
    let is_plain = said.is_none();
    view! {
        <div class="modal-body">
            {said}
            {is_plain.then(|| view! { <p>{t("deadlines-plain")}</p> })}
            {ends(known)}
        </div>
    }
}

fn list(title: &'static str, days: &[Date]) -> impl IntoView + use<> {
    let items: Vec<String> = days.iter().map(|it| day(*it)).collect();
    (!items.is_empty()).then(|| view! {
        <h3 class="block-title">{t(title)}</h3>
        <ul class="day-list" aria-label=t(title)>{items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view()}</ul>
    })
}

/// The warning that the calendar has to be continued.
fn ends(known: &Deadlines) -> impl IntoView + use<> {
    let until = known.calendar.as_ref().map(|calendar| calendar.known_until);
    until.filter(|_| known.ends_soon).map(|until| {
        let text = tw("deadlines-ends", [("day", day(until).into())]);
        view! { <p class="hint warn" role="status">{icon("triangle-alert")} " " {text}</p> }
    })
}

/// A day as people read it.
fn day(date: Date) -> String {
    intl::day_end(&date.to_string()).map_or_else(|| date.to_string(), intl::dated_day)
}
