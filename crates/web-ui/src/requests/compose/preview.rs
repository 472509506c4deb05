//! Exactly what the other side will see, before it goes out.

use super::Draft;
use crate::{
    browser::{self, intl},
    conversation::file_icon,
    details::rule_text,
    logic::{
        countries::codes,
        requests::{
            draft::{one_line, said},
            template::filled,
        },
        text::harmless,
    },
    parts::{icon, made_for, problem},
    requests::{
        compose::{many, templates},
        ends::ends_text,
        facts::{self, Facts, Side},
        recipient::Recipient,
    },
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::request::Due;

/// The page as it will stand there, and the two ways from here.
pub fn preview(draft: Draft) -> impl IntoView {
    browser::soon(|| browser::focus(".compose .modal-foot .primary"));
    let due = draft.due.get_untracked()?;
    let organisation = draft.to.with_untracked(|to| {
        let name = to.as_ref().map(|to| harmless(&to.outside.organisation));
        name.unwrap_or_default()
    });
    // Of somebody who is asked the request itself says nothing but the organisation.
    let goes_to = draft.to.with_untracked(|to| {
        let is_one = draft.also.with_untracked(Vec::is_empty);
        let to = to.as_ref().filter(|to| to.name_on_it().is_none() && is_one);
        to.map(|to| to.name.clone())
    });
    let text = draft.text.get_untracked();
    let sees = match draft.all().len() {
        1 => tw("sees-request", [("organisation", organisation.into())]),
        _ => t("sees-request-each"),
    };
    Some(view! {
        <div class="modal-body compose-look" tabindex="0">
            <p class="seen">{icon("building")}<span>{sees}{goes_to.map(|name| format!(" {}", tw("request-goes-to", [("name", name.into())])))}</span></p>
            {many::each(draft)}
            <article class="sheet">
                {facts::page(facts_of(draft, due))}
                {facts::asked(text.trim())}
                {papers(draft)}
            </article>
            {rule(draft)}
            {made_for(move || draft.keeping.get(), move |keeping| if keeping { templates::keep(draft).into_any() } else { templates::offer(draft).into_any() })}
        </div>
        <footer class="modal-foot">
            {problem(move || draft.trouble.get())}
            <button type="button" class="button" on:click=move |_| draft.due.set(None)>{icon("pencil")}<span>{t("request-change")}</span></button>
            <button type="button" class="button primary" aria-disabled=move || draft.busy.get().to_string() on:click=move |_| draft.send()>
                {icon("send")}<span>{move || if draft.busy.get() { t("preparing") } else { t("request-send") }}</span></button>
        </footer>
    })
}

fn facts_of(draft: Draft, due: Due) -> Facts {
    let line = |typed: RwSignal<String>| said(&one_line(&typed.get_untracked()));
    let count = draft.all().len();
    let to = draft.to.get_untracked().filter(|_| count == 1);
    let many = (count > 1).then(|| tw("request-to-many", [("count", count.into())]));
    Facts {
        from: Side {
            name: draft.app.know(|ready| ready.name.clone()),
            capacity: None,
            organisation: draft.app.know(|ready| ready.organisation.clone()),
            outside: None,
        },
        to: Side {
            name: to
                .as_ref()
                .and_then(Recipient::name_on_it)
                .or(many)
                .unwrap_or_default(),
            capacity: None,
            organisation: to
                .as_ref()
                .map(|to| to.outside.organisation.clone())
                .unwrap_or_default(),
            outside: to.map(|to| to.outside),
        },
        subject: one_line(&draft.subject.get_untracked()),
        number: line(draft.number).filter(|_| count == 1),
        their_number: None,
        legal_basis: said(&draft.legal_basis.get_untracked()),
        classification: line(draft.classification),
        is_confidential: draft.confidential.get_untracked(),
        fields: filled(&draft.typed_fields()).unwrap_or_default(),
        term: due.into(),
        ends: draft.typed_ends().ok().and_then(ends_text),
        asked_until: None,
        issued_at: None,
    }
}

/// Whose people may be in its room; that stands beside the letter, not in it.
fn rule(draft: Draft) -> Option<impl IntoView> {
    let rule = codes(&draft.residency.get_untracked());
    (!rule.is_empty()).then(|| {
        view! { <p class="sheet-label">{icon("stamp")}<span>{rule_text(&rule)}</span></p> }
    })
}

fn papers(draft: Draft) -> Option<impl IntoView> {
    let files = draft.pile.files.get_untracked();
    let item = |file: &web_sys::File| {
        view! {
            <li class="card still">
                <span class="card-icon">{icon(file_icon(&file.type_()))}</span>
                <span class="card-text"><span class="card-name"><bdi>{harmless(&file.name())}</bdi></span><span class="card-size">{intl::size(file.size() as u64)}</span></span>
            </li>
        }
    };
    (!files.is_empty()).then(|| {
        view! {
            <section class="sheet-files" aria-label=t("request-files")>
                <h3 class="sheet-title">{icon("paperclip")}<span>{t("request-files")}</span></h3>
                <ul>{files.iter().map(item).collect_view()}</ul>
            </section>
        }
    })
}
