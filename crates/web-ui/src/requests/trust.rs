//! Whose word a request is: in whose name it was released, why it may be nobody's, and what keeps one's own here.

use super::opened::Opened;
use crate::{
    browser::intl,
    id,
    logic::text::{body, harmless},
    parts::{icon, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::request::{ActRow, AnswerSeal, Doubt, Held, SealShown};
use valise_views::{Command, MessageId, Outcome};

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
    stamped(name, by)
}

fn stamped(name: String, by: String) -> impl IntoView {
    view! { <p class="sheet-seal">{icon("stamp")}<span><span class="strong">{name}</span>" "<span class="sheet-seal-by">{by}</span></span></p> }
}

/// In whose name an answer is said: the organisation's, or only that of whoever signed it, and then who may change that does it here.
pub fn answer_seal(opened: Opened, act: &ActRow) -> Option<impl IntoView + use<>> {
    Some(match act.seal.clone()? {
        AnswerSeal::Sealed(seal) => {
            let organisation = harmless(&seal.organisation).into();
            let (name, when) = (harmless(&seal.by).into(), intl::full(seal.at).into());
            stamped(
                tw("request-sealed", [("organisation", organisation)]),
                tw("answer-sealed-by", [("name", name), ("when", when)]),
            )
            .into_any()
        }
        AnswerSeal::Unsealed { may_seal } => {
            let organisation = harmless(&act.signer.organisation);
            let said = tw(
                "answer-unsealed",
                [
                    ("name", harmless(&act.signer.name).into()),
                    ("organisation", organisation.clone().into()),
                ],
            );
            view! {
                <div class="answer-unsealed">
                    <p class="hint" dir="auto">{said}</p>
                    {may_seal.map(|answer| seal_button(opened, answer, organisation))}
                </div>
            }
            .into_any()
        }
    })
}

fn seal_button(opened: Opened, answer: MessageId, organisation: String) -> impl IntoView {
    let app = opened.app;
    let is_busy = RwSignal::new(false);
    let press = move |_| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        let command = Command::SealAnswer(answer.clone());
        leptos::task::spawn_local(async move {
            app.say(match app.core.ask(command).await {
                Outcome::Failed(why) => sentence(why),
                _ => t("answer-seal-done"),
            });
            is_busy.try_set(false);
        });
    };
    view! {
        <button type="button" class="button small" aria-disabled=move || is_busy.get().to_string() on:click=press>
            {icon("stamp")}<span>{tw("answer-seal", [("organisation", organisation.into())])}</span>
        </button>
        <p class="hint">{t("answer-seal-hint")}</p>
    }
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
        Held::Stopped | Held::LeftOut => "pause",
        Held::Over => "calendar-x",
    }
}

fn held_text(held: &Held) -> String {
    match held {
        Held::Waits => t("held-waits"),
        Held::Nobody => t("held-nobody"),
        Held::Stopped => t("held-stopped"),
        Held::LeftOut => t("held-left-out"),
        Held::Over => t("held-over"),
        Held::SentBack { by, note } => {
            let (name, note) = (harmless(by).into(), body(note).into());
            tw("held-back", [("name", name), ("note", note)])
        }
    }
}
