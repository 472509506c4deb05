//! Asking for more time, and giving it.

use super::{Doing, long_field, note::form};
use crate::{
    browser::{self, intl},
    id,
    logic::requests::draft::said,
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::ActKind;
use valise_views::request::NewAct;

/// Days by which the proposed day is later than the deadline.
const LATER: u64 = 7;
const DAY: u64 = 24 * 60 * 60 * 1_000;

/// Asks until when, and why.
pub fn ask(doing: Doing) -> impl IntoView {
    let due = doing.opened.row().map(|row| row.due).unwrap_or_default();
    let from = due.max(browser::now());
    let typed = RwSignal::new(intl::typed_day(from + LATER * DAY));
    let note = RwSignal::new(String::new());
    let go = move || {
        let until = typed.with_untracked(|typed| intl::day_end(typed));
        match until.filter(|until| *until > from) {
            Some(until) => doing.begin(NewAct::AskTime {
                until,
                note: said(&note.get_untracked()),
            }),
            None => doing.trouble.set(Some(t("request-time-later"))),
        }
    };
    let asked = view! {
        <div class="field">
            <label for="time-until">{t("request-until")}</label>
            <input id="time-until" type="date" autofocus=true min=intl::typed_day(from) bind:value=typed/>
            <p class="hint">{tw("request-due-by", [("time", intl::full(due).into())])}</p>
        </div>
        {long_field(t("request-why-optional"), None, "act-note", note, 3, Some(500))}
    };
    form(
        doing,
        ActKind::ExtensionAsked,
        asked,
        id!("sees-time-asked"),
        go,
    )
}

/// Asks whether to give the time that was asked for.
pub fn give(doing: Doing) -> impl IntoView {
    let until = doing
        .opened
        .details
        .with_untracked(|details| details.as_ref().and_then(|details| details.asked_until));
    let asked = until.map(|until| {
        view! { <p class="prose">{tw("request-time-until", [("time", intl::full(until).into())])}</p> }
    });
    form(
        doing,
        ActKind::ExtensionGranted,
        asked,
        id!("sees-time-given"),
        move || doing.begin(NewAct::GiveTime),
    )
}
