//! What stands in the chat of a request and is no talk: what was done with it, and the letters.

use crate::{
    browser::intl,
    id,
    logic::{
        requests::{letter_word, why_not},
        rows::Row,
        text::harmless,
    },
    parts::icon,
    requests::{act_sentence, act_sign},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::request::{ActRow, SealShown, Standing};
use valise_views::{ActKind, Body};

/// What somebody did, on a line of its own; struck through if it does not count.
pub fn act(row: ArcRwSignal<Row>) -> impl IntoView {
    let done = Memo::new(move |_| {
        row.with(|row| match &row.message.body {
            Body::Act(act) => Some((**act).clone()),
            _ => None,
        })
    });
    move || done.get().map(|act| line(&act))
}

fn line(act: &ActRow) -> impl IntoView + use<> {
    let why = why_not(act.standing);
    let sentence = match why {
        Some(_) => view! { <s>{act_sentence(act)}</s> }.into_any(),
        None => act_sentence(act).into_any(),
    };
    view! {
        <p class="notice act" class:void=why.is_some() dir="auto">
            {act_sign(act)}
            <span>{sentence}{marks(act)}</span>
        </p>
    }
}

/// That an act is on its way, that it came late, and why it does not count.
pub fn marks(act: &ActRow) -> impl IntoView + use<> {
    let under_way = act.standing == Standing::UnderWay;
    let (is_late, why) = (act.is_late, why_not(act.standing));
    view! {
        {under_way.then(|| view! { <span class="act-mark" title=t("request-under-way")>{icon("clock-3")}<span class="unseen">{t("request-under-way")}</span></span> })}
        {is_late.then(|| view! { <span class="act-mark red">{icon("circle-alert")}<span>{t("request-late")}</span></span> })}
        {why.map(|why| view! { <span class="act-why">{t(why)}</span> })}
    }
}

/// What kind of letter stands in a bubble.
pub fn heading(kind: Option<ActKind>) -> impl IntoView {
    let sign = kind.map_or("file-check", crate::logic::requests::act_icon);
    view! { <p class="letter-head">{icon(sign)}<span>{t(letter_word(kind))}</span></p> }
}

/// In whose name a letter is said: as the request's page has it, and who saw to it on demand.
pub fn seal(seal: &SealShown, is_answer: bool) -> impl IntoView + use<> {
    let organisation = harmless(&seal.organisation).into();
    let (name, when) = (harmless(&seal.by).into(), intl::full(seal.at).into());
    let by = match is_answer {
        true => tw("answer-sealed-by", [("name", name), ("when", when)]),
        false => tw("request-sealed-by", [("name", name)]),
    };
    view! { <p class="letter-seal" title=by>{icon("stamp")}<span>{tw("request-sealed", [("organisation", organisation)])}</span></p> }
}

/// That a letter is a wording that was changed since, or says something to one.
pub fn former(is_former: bool, is_answer: bool) -> impl IntoView {
    let word = match is_answer {
        true => id!("letter-to-former"),
        false => id!("letter-former"),
    };
    is_former
        .then(|| view! { <p class="letter-former">{icon("history")}<span>{t(word)}</span></p> })
}

/// That something of a letter is not what was signed.
pub fn broken(is_whole: bool) -> impl IntoView {
    let word = id!("letter-broken");
    (!is_whole).then(|| view! { <p class="file-trouble" role="alert">{icon("triangle-alert")}<span>{t(word)}</span></p> })
}
