//! What servers say did not happen to what was signed: their word, and no more.

use super::opened::Opened;
use crate::{
    browser::intl,
    id,
    logic::{requests::letter_word, text::harmless},
    parts::icon,
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::ActKind;
use valise_views::request::{NotDone, ServerSays};

/// One line for each; nothing where nobody says so.
pub fn said(opened: Opened) -> impl IntoView {
    opened.part(
        |details| details.not_done.clone(),
        |all| {
            (!all.is_empty()).then(|| {
                view! {
                    <section class="course" aria-label=t("silence")>
                        <h3 class="sheet-title"><span>{t("silence")}</span></h3>
                        <ul>{all.iter().map(line).collect_view()}</ul>
                        <p class="hint">{t("silence-hint")}</p>
                    </section>
                }
            })
        },
    )
}

fn line(says: &ServerSays) -> impl IntoView + use<> {
    let by = match says.is_own {
        true => t("silence-own"),
        false => tw(
            "silence-theirs",
            [("organisation", harmless(&says.by).into())],
        ),
    };
    let time = intl::full(says.at).into();
    let what = tw(word(says.what), [("time", time)]);
    let about = says.about.map(about);
    let later = says
        .done_at
        .map(|at| tw("silence-later", [("time", intl::full(at).into())]));
    view! {
        <li class="course-act">
            <span class="course-sign" aria-hidden="true">{icon("cloud-off")}</span>
            <div class="course-what">
                <p class="course-line">{about.map(|word| view! { <span class="strong">{word}": "</span> })}{what}{later.map(|later| view! { " "{later} })}</p>
                <p class="hint">{by}</p>
            </div>
        </li>
    }
}

fn about(kind: ActKind) -> String {
    match kind {
        ActKind::Withdrawn => t("request-withdrawn"),
        ActKind::Confirmed => t("request-confirmed"),
        ActKind::Closed => t("request-closed"),
        ActKind::Disputed => t("request-disputed"),
        kind => t(letter_word(Some(kind))),
    }
}

fn word(what: NotDone) -> &'static str {
    match what {
        NotDone::Carried => id!("silence-carried"),
        NotDone::Fetched => id!("silence-fetched"),
        NotDone::Answered => id!("silence-answered"),
    }
}
