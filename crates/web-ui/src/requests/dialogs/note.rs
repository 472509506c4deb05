//! What needs no more than a few words, or none: a number, why one does not take an answer, that one ends it.

use super::{Doing, long_field, seen};
use crate::{
    browser, id,
    logic::requests::{
        Deed, deed,
        draft::{one_line, said},
    },
    parts::{field, icon, modal, problem},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::ActKind;
use valise_views::request::NewAct;

/// Most letters of a number.
const MAX_NUMBER: u32 = 80;
/// Most letters of a few words.
const MAX_NOTE: u32 = 500;

/// Asks for the number in one's own register.
pub fn number(doing: Doing) -> impl IntoView {
    let number = RwSignal::new(String::new());
    let go = move || {
        let number = said(&one_line(&number.get_untracked()));
        let offset_minutes = -browser::offset_minutes(browser::now());
        doing.begin(NewAct::Register {
            number,
            offset_minutes,
        });
    };
    form(
        doing,
        ActKind::Registered,
        field(
            t("request-number-own"),
            Some(t("request-number-hint")),
            "register-number",
            number,
            MAX_NUMBER,
        ),
        id!("sees-number"),
        go,
    )
}

/// Asks why, where somebody may want to know.
pub fn dialog(doing: Doing, kind: ActKind) -> impl IntoView {
    let note = RwSignal::new(String::new());
    let go = move || {
        let note = said(&note.get_untracked());
        let act = match (kind, note) {
            (ActKind::Disputed, None) => return doing.trouble.set(Some(t("request-why-missing"))),
            (ActKind::Disputed, Some(note)) => NewAct::Dispute { note },
            (ActKind::ExtensionDenied, note) => NewAct::DenyTime { note },
            (ActKind::Withdrawn, note) => NewAct::Withdraw { note },
            (ActKind::Closed, note) => NewAct::Close { note },
            (ActKind::Vouched, note) => NewAct::Vouch { note },
            _ => NewAct::Confirm,
        };
        doing.begin(act);
    };
    let label = match kind {
        ActKind::Disputed => t("request-why"),
        ActKind::Vouched => t("request-vouch-how"),
        _ => t("request-why-optional"),
    };
    let asks = kind != ActKind::Confirmed;
    form(
        doing,
        kind,
        asks.then(|| long_field(label, None, "act-note", note, 3, Some(MAX_NOTE))),
        sees(kind),
        go,
    )
}

/// A small dialog around what is asked.
pub fn form(
    doing: Doing,
    kind: ActKind,
    asked: impl IntoView + 'static,
    sees: &'static str,
    go: impl Fn() + 'static,
) -> impl IntoView {
    let (name, word) = deed(Deed::Act(kind));
    let vouches = kind == ActKind::Vouched;
    let ends = matches!(kind, ActKind::Withdrawn | ActKind::Closed);
    modal(
        t(word),
        "small",
        move || doing.close(),
        view! {
            <form class="modal-form" on:submit=move |event| { event.prevent_default(); go() }>
                <div class="modal-body">
                    {asked}
                    {ends.then(|| view! { <p class="hint warn">{icon("triangle-alert")} " " {t("request-ends")}</p> })}
                    {vouches.then(|| view! { <p class="hint warn">{icon("triangle-alert")} " " {t("request-vouch-warning")}</p> })}
                    {seen(tw(sees, [("organisation", doing.other().into())]))}
                    {problem(move || doing.trouble.get())}
                </div>
                <footer class="modal-foot">
                    <button type="button" class="button" on:click=move |_| doing.close()>{t("cancel")}</button>
                    <button type="submit" class="button" class:primary=!ends class:danger=ends aria-disabled=move || doing.busy.get().to_string()>{icon(name)}<span>{t(word)}</span></button>
                </footer>
            </form>
        },
    )
}

/// The id of what the other side will see.
fn sees(kind: ActKind) -> &'static str {
    match kind {
        ActKind::Confirmed => id!("sees-confirmed"),
        ActKind::Disputed => id!("sees-disputed"),
        ActKind::ExtensionDenied => id!("sees-time-denied"),
        ActKind::Withdrawn => id!("sees-withdrawn"),
        ActKind::Vouched => id!("sees-vouched"),
        _ => id!("sees-closed"),
    }
}
