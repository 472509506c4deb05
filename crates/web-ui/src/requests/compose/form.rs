//! What is asked, on what grounds, and by when.

use super::{By, Draft, fields::fields, many, table::Knowing};
use crate::{
    browser::{self, intl},
    details::rule_field,
    logic::{
        requests::draft::{Asker, MOST_DAYS},
        text::harmless,
    },
    parts::{field, icon, problem},
    requests::{
        counted,
        ends::ends,
        pile::{files, take},
        recipient,
    },
    words::t,
};
use leptos::prelude::*;
use valise_views::OfficeId;

/// Most letters of what is read as one line.
pub const MAX_LINE: u32 = 80;
/// Most letters of a subject, and of grounds.
const MAX_NOTE: u32 = 500;

/// All fields, and the way on.
pub fn form(draft: Draft, known: Knowing) -> impl IntoView {
    browser::soon(|| browser::focus("#request-subject"));
    view! {
        <form class="modal-form" on:submit=move |event| { event.prevent_default(); draft.look() }
            on:dragover=move |event| event.prevent_default()
            on:drop=move |event| { event.prevent_default(); take(draft.pile, event.data_transfer()); }
            on:paste=move |event| if take(draft.pile, event.clipboard_data()) { event.prevent_default() }>
            <div class="modal-body">
                {draft.to.with_untracked(|to| to.as_ref().map(|to| recipient::chosen_line(to, draft.to)))}
                {many::others(draft, known)}
                {asker(draft)}
                {field(t("request-subject"), None, "request-subject", draft.subject, MAX_NOTE)}
                <div class="field">
                    <label for="request-text">{t("request-text")}</label>
                    <textarea id="request-text" autocomplete="off" dir="auto" rows="7" bind:value=draft.text></textarea>
                </div>
                {fields(draft)}
                {field(t("request-basis"), Some(t("request-basis-hint")), "request-basis", draft.legal_basis, MAX_NOTE)}
                {deadline(draft)}
                {ends(draft.ends, "request")}
                {files(draft.pile)}
                <label class="check"><input type="checkbox" class="tickbox" prop:checked=move || draft.confidential.get()
                    on:change:target=move |event| draft.confidential.set(event.target().checked())/><span>{t("request-confidential")}<span class="hint">{t("request-confidential-hint")}</span></span></label>
                <details class="compose-more">
                    <summary>{icon("chevron-down")}<span>{t("request-further")}</span></summary>
                    <div class="form">
                        {field(t("request-class"), Some(t("request-class-hint")), "request-class", draft.classification, MAX_LINE)}
                        {move || draft.also.with(Vec::is_empty).then(|| field(t("request-number"), Some(t("request-number-hint")), "request-number", draft.number, MAX_LINE))}
                        {rule_field("request-rule", draft.residency)}
                    </div>
                </details>
            </div>
            <footer class="modal-foot">
                {problem(move || draft.trouble.get())}
                <p class="hint grow draft-kept" role="status">{move || draft.is_kept.get().then(|| view! { {icon("check")} " " {t("request-kept")} })}</p>
                <button type="submit" class="button primary"><span>{t("request-look")}</span>{icon("chevron-right")}</button>
            </footer>
        </form>
    }
}

/// For which office of one's own one asks; nothing for who holds none.
fn asker(draft: Draft) -> impl IntoView {
    let is_chosen = move |id: &OfficeId| draft.asks_for().as_ref() == Some(id);
    let choose = move |value: String| {
        let asker = match value.is_empty() {
            true => Asker::Oneself,
            false => Asker::Office(OfficeId(value)),
        };
        draft.asker.set(Some(asker));
    };
    move || {
        let held = draft.held();
        (!held.is_empty()).then(|| {
            let options = held.iter().map(|office| view! {
                <option value=office.id.0.clone() selected=is_chosen(&office.id)>{harmless(&office.name)}</option>
            });
            view! {
                <div class="field">
                    <label for="request-asker">{t("request-asker")}</label>
                    <select id="request-asker" on:change:target=move |event| choose(event.target().value())>
                        {options.collect_view()}<option value="" selected=draft.asks_for().is_none()>{t("request-asker-me")}</option>
                    </select>
                </div>
            }
        })
    }
}

/// In so many working days, or on a day.
fn deadline(draft: Draft) -> impl IntoView {
    let choice = move |which: By, label: String| {
        view! {
            <label><input type="radio" name="request-by" prop:checked=move || draft.by.get() == which on:change=move |_| draft.by.set(which)/><span>{label}</span></label>
        }
    };
    view! {
        <div class="deadline">
            <fieldset class="segments"><legend>{t("request-due")}</legend>{choice(By::Days, t("request-by-days"))}{choice(By::Day, t("request-by-day"))}</fieldset>
            {move || match draft.by.get() {
                By::Days => view! {
                    <input type="number" id="request-days" inputmode="numeric" min="1" max=MOST_DAYS.to_string() aria-label=t("request-by-days") bind:value=draft.days/>
                    {counted(draft.app(), draft.days)}
                }.into_any(),
                By::Day => view! {
                    <input type="date" id="request-day" min=intl::typed_day(browser::now()) aria-label=t("request-by-day") bind:value=draft.day/>
                }.into_any(),
            }}
        </div>
    }
}
