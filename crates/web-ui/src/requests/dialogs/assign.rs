//! Saying who works on a request.

use super::{Doing, seen};
use crate::{
    parts::{modal, problem},
    people::picker,
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::PersonId;
use valise_views::request::NewAct;

/// Asks who: one press says it.
pub fn dialog(doing: Doing) -> impl IntoView {
    let pick = move |person: PersonId| doing.begin(NewAct::Assign(person));
    modal(
        t("request-do-assign"),
        "tall",
        move || doing.close(),
        view! {
            <div class="modal-body flush">{picker::one_inside(pick)}</div>
            <footer class="modal-foot">{problem(move || doing.trouble.get())}{seen(tw("sees-assignee", [("organisation", doing.other().into())]))}</footer>
        },
    )
}
