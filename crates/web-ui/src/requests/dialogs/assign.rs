//! Giving a request to a colleague, or to another office of one's own.

use super::{Doing, long_field, seen};
use crate::{
    logic::{requests::draft::said, text::harmless},
    parts::{icon, modal, problem},
    people::{picker, watch_offices},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::request::{ForwardTo, NewAct};
use valise_views::{Office, PersonId};

/// Most letters of a note.
const MAX_NOTE: u32 = 500;

/// Asks to whom: one press gives it.
pub fn dialog(doing: Doing) -> impl IntoView {
    let note = RwSignal::new(String::new());
    let give = move |to: ForwardTo| {
        let note = said(&note.get_untracked());
        doing.begin(NewAct::Forward { to, note });
    };
    let pick = move |person: PersonId| give(ForwardTo::Person(person));
    modal(
        t("request-do-assign"),
        "tall",
        move || doing.close(),
        view! {
            <div class="modal-body flush">
                <div class="padded form">{long_field(t("forward-note"), Some(t("forward-note-hint")), "forward-note", note, 2, Some(MAX_NOTE))}</div>
                {offices(doing, give)}
                <h3 class="block-title padded">{t("forward-people")}</h3>
                {picker::one_inside(pick)}
            </div>
            <footer class="modal-foot">{problem(move || doing.trouble.get())}{seen(tw("sees-assignee", [("organisation", doing.other().into())]))}</footer>
        },
    )
}

/// The offices of one's own that somebody holds, but for the one that has it.
fn offices(doing: Doing, give: impl Fn(ForwardTo) + Copy + Send + Sync + 'static) -> impl IntoView {
    let all = watch_offices(doing.opened.app);
    let has_it = doing.opened.row().and_then(|row| row.office);
    let wanted = move |office: &Office| {
        office.outside.is_none()
            && !office.holders.is_empty()
            && Some(&office.name) != has_it.as_ref()
    };
    let row = move |office: Office| {
        let (name, id) = (harmless(&office.name), office.id);
        view! {
            <li><button type="button" class="entry" on:click=move |_| give(ForwardTo::Office(id.clone()))>
                {icon("stamp")}<span class="grow clip"><span class="strong"><bdi>{name}</bdi></span><span class="hint" dir="auto">{harmless(&office.address)}</span></span>
            </button></li>
        }
    };
    move || {
        let found: Vec<Office> = all.get().unwrap_or_default();
        let found: Vec<Office> = found.into_iter().filter(|office| wanted(office)).collect();
        (!found.is_empty()).then(|| view! {
            <h3 class="block-title padded">{t("offices")}</h3>
            <ul class="list" aria-label=t("offices")>{found.into_iter().map(row).collect_view()}</ul>
        })
    }
}
