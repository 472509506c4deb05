//! What came of an import.

use super::number;
use crate::{
    app::{App, Dialog},
    id,
    parts::icon,
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::bringing::{Bringing, LeftOut, Stage, WhyLeftOut};

/// What is here, what is not and why, and the way into the chat.
pub(super) fn pane(
    app: App,
    bringing: Memo<Option<Box<Bringing>>>,
    again: RwSignal<bool>,
) -> impl IntoView {
    let told = bringing.get_untracked()?;
    let is_whole = told.stage == Stage::Done;
    let chats = told.chats.clone();
    let invites = untrack(|| app.know(|ready| ready.is_registrar));
    let open = move |_| match &*chats {
        [only] => app.open_chat(only.clone()),
        _ => {
            app.dialog.set(None);
            app.tab.set(crate::app::Tab::Chats);
        }
    };
    let is_any = !told.chats.is_empty();
    Some(view! {
        <div class="modal-body">
            <div class="bring-done" class:partly=!is_whole role="status">
                {icon(if is_whole { "circle-check" } else { "pause" })}
                <p class="strong">{if is_whole { t("bring-done") } else { t("bring-stopped") }}</p>
            </div>
            {figures(&told)}
            {(told.left_out_count > 0).then(|| left_out(&told))}
            {(!is_whole).then(|| view! { <p class="hint">{t("bring-stopped-text")}</p> })}
        </div>
        <footer class="modal-foot">
            <button type="button" class="button" on:click=move |_| again.set(true)>{icon("plus")}<span>{t("bring-another")}</span></button>
            {(invites && is_any).then(|| view! { <button type="button" class="button" on:click=move |_| app.dialog.set(Some(Dialog::AnswerHere))>{icon("reply")}<span>{t("answer-here")}</span></button> })}
            {is_any.then(|| view! { <button type="button" class="button primary" on:click=open>{t("bring-open")}</button> })}
        </footer>
    })
}

fn figures(told: &Bringing) -> impl IntoView + use<> {
    let line = |shown: bool, text: String| shown.then(|| view! { <li>{text}</li> });
    view! {
        <ul class="bring-lines">
            {line(true, tw("bring-count", [("count", number(told.messages))]))}
            {line(told.known > 0, tw("bring-known", [("count", number(told.known))]))}
            {line(told.files > 0, tw("bring-files-here", [("count", number(told.files))]))}
            {line(told.missing > 0, tw("bring-files-missing", [("count", number(told.missing))]))}
        </ul>
    }
}

fn left_out(told: &Bringing) -> impl IntoView + use<> {
    let rows = told
        .left_out
        .iter()
        .map(|place| view! { <li>{reason(*place)}</li> })
        .collect_view();
    let more = told
        .left_out_count
        .saturating_sub(told.left_out.len() as u64);
    view! {
        <details class="more bring-skipped">
            <summary>{tw("bring-left-out", [("count", number(told.left_out_count))])}</summary>
            <ul tabindex="0" aria-label=t("bring-left-out-list")>{rows}{(more > 0).then(|| view! { <li>{tw("bring-left-out-more", [("count", number(more))])}</li> })}</ul>
        </details>
    }
}

fn reason(place: LeftOut) -> String {
    let id = match place.why {
        WhyLeftOut::NotUtf8 => id!("left-out-not-utf8"),
        WhyLeftOut::TooLong => id!("left-out-too-long"),
        WhyLeftOut::NoMessage => id!("left-out-no-message"),
        WhyLeftOut::BadDate => id!("left-out-bad-date"),
        WhyLeftOut::BadMessage => id!("left-out-bad-message"),
        WhyLeftOut::Broken => id!("left-out-broken"),
        WhyLeftOut::CutOff => id!("left-out-cut-off"),
    };
    tw(
        "left-out-line",
        [("line", number(place.line)), ("why", t(id).into())],
    )
}
