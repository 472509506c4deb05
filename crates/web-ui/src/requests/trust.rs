//! Whose word a request is: in whose name it was released, why it may be nobody's, and what keeps one's own here.

use super::opened::Opened;
use crate::{
    id,
    logic::text::{body, harmless},
    parts::icon,
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::request::{Doubt, Held, SealShown};

/// What stands over a request that nothing proves to be its organisation's: why, and what to do first.
pub fn doubt(opened: Opened) -> impl IntoView {
    opened.part(
        |details| (details.row.doubt, details.row.other.organisation.clone()),
        |(doubt, organisation)| doubt.map(|doubt| banner(doubt, &organisation)),
    )
}

fn banner(doubt: Doubt, organisation: &str) -> impl IntoView + use<> {
    let organisation = harmless(organisation);
    let said = move |id: &'static str| tw(id, [("organisation", organisation.clone().into())]);
    let why = match doubt {
        Doubt::Unsealed => id!("doubt-unsealed"),
        Doubt::BadSeal => id!("doubt-bad-seal"),
        Doubt::Stopped => id!("doubt-stopped"),
        Doubt::NoPartner => id!("doubt-no-partner"),
    };
    view! {
        <div class="sheet-doubt" role="alert">
            {icon("shield-alert")}
            <div><p class="strong">{said(id!("request-doubt-title"))}</p><p>{said(why)}</p><p>{said(id!("doubt-advice"))}</p></div>
        </div>
    }
}

/// In whose name it was sealed, and who released it.
pub fn seal(opened: Opened) -> impl IntoView {
    opened.part(|details| details.seal.clone(), |seal| seal.map(sealed))
}

fn sealed(seal: SealShown) -> impl IntoView {
    let name = tw(
        "request-sealed",
        [("organisation", harmless(&seal.organisation).into())],
    );
    let by = tw("request-sealed-by", [("name", harmless(&seal.by).into())]);
    view! { <p class="sheet-seal">{icon("stamp")}<span><span class="strong">{name}</span>" "<span class="sheet-seal-by">{by}</span></span></p> }
}

/// What keeps a request of one's own from going.
pub fn held(opened: Opened) -> impl IntoView {
    opened.part(
        |details| details.row.held.clone(),
        |held| {
            held.map(|held| {
                view! { <p class="sheet-label" role="status">{icon(held_icon(&held))}<span>{held_text(&held)}</span></p> }
            })
        },
    )
}

fn held_icon(held: &Held) -> &'static str {
    match held {
        Held::Waits | Held::Nobody => "clock-3",
        Held::SentBack { .. } => "undo-2",
        Held::Stopped => "pause",
    }
}

fn held_text(held: &Held) -> String {
    match held {
        Held::Waits => t("held-waits"),
        Held::Nobody => t("held-nobody"),
        Held::Stopped => t("held-stopped"),
        Held::SentBack { by, note } => {
            let (name, note) = (harmless(by).into(), body(note).into());
            tw("held-back", [("name", name), ("note", note)])
        }
    }
}
