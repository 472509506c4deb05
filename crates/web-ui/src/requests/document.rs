//! The document: the page of a request, its files, what was done with it, and what can be done.

use super::{
    course, deeds, dialogs,
    facts::{self, Facts},
    guest,
    opened::Opened,
    row::{answered_text, due, reached, standing, way},
    silence, trust,
};
use crate::{
    browser::{self, intl},
    conversation::{Smalls, attached, broken},
    logic::requests::Deed,
    parts::{icon, made_for},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::request::RequestDetails;
use valise_views::{File, RequestState};

/// The whole document.
pub fn document(opened: Opened) -> impl IntoView {
    let doing = RwSignal::new(None::<Deed>);
    let smalls = Smalls::new();
    view! {
        <section class="document" aria-label=t("request-document")>
            <div class="scroll" tabindex="0">
                <article class="sheet">
                    {opened.part(|details| details.row.clone(), move |row| view! {
                        <p class="sheet-marks">
                            {way(row.is_incoming)}
                            <span class="sheet-kind">{kind(opened, row.is_incoming)}</span>
                            {standing(&row)}
                            {due(&row, intl::day_number(browser::now()))}
                            {reached(&row)}
                            {row.together.map(|together| view! { <span class="sheet-together">{icon("users")}<span>{t("request-asked-together")} " " {answered_text(together)}</span></span> })}
                        </p>
                    })}
                    {trust::doubt(opened)}
                    {trust::seal(opened)}
                    {trust::held(opened)}
                    {opened.part(ended, |ended| ended.map(|text| view! { <p class="sheet-label" role="status">{icon("calendar-x")}<span>{text}</span></p> }))}
                    {opened.part(Facts::of, facts::page)}
                    {opened.part(|details| details.row.is_number_double, |double| double.then(|| view! { <p class="sheet-label">{icon("info")}<span>{t("request-number-double")}</span></p> }))}
                    {opened.part(|details| details.letter.text.clone(), |text| facts::asked(&text))}
                    {files(opened, smalls)}
                    {opened.part(|details| details.letter.is_whole, broken)}
                </article>
                {guest::panel(opened)}
                {course::course(opened, smalls)}
                {silence::said(opened)}
            </div>
            {deeds::bar(opened, doing)}
            {made_for(move || doing.get(), move |deed| deed.map(|deed| dialogs::dialog(opened, deed, doing)))}
        </section>
    }
}

/// That it ended by itself, and when; nothing of any other.
fn ended(details: &RequestDetails) -> Option<String> {
    let row = &details.row;
    let ends = row.ends.filter(|_| row.state == RequestState::Expired)?;
    let time = intl::full(ends).into();
    Some(tw("request-expired-said", [("time", time)]))
}

fn kind(opened: Opened, is_incoming: bool) -> String {
    match is_incoming {
        true if opened.app.is_guest() => t("guest-you-are-asked"),
        true => t("request-incoming"),
        false => t("request-outgoing"),
    }
}

/// The files of the request. Each follows what becomes of it.
fn files(opened: Opened, smalls: Smalls) -> impl IntoView {
    let count = Memo::new(move |_| {
        opened.details.with(|details| {
            let shown = details.as_ref();
            // The files of what is in doubt stay closed.
            let shown = shown.filter(|details| details.row.doubt.is_none());
            shown.map_or(0, |details| details.letter.files.len())
        })
    });
    let file = move |at: usize| {
        let found = move || -> Option<File> {
            opened
                .details
                .with(|details| details.as_ref()?.letter.files.get(at).cloned())
        };
        view! { <li>{attached(opened.app, smalls, Memo::new(move |_| found()))}</li> }
    };
    move || {
        let count = count.get();
        (count > 0).then(|| {
            view! {
                <section class="sheet-files" aria-label=t("request-files")>
                    <h3 class="sheet-title">{icon("paperclip")}<span>{t("request-files")}</span></h3>
                    <ul>{(0..count).map(file).collect_view()}</ul>
                </section>
            }
        })
    }
}
