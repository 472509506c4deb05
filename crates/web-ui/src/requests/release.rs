//! What colleagues want to ask and oneself may release: the list of it, and one of them as the other side will see it.

use super::{
    acts::signer_name,
    facts::{self, Facts, Side, Term},
};
use crate::{
    app::{App, Dialog, app},
    browser::intl,
    conversation::{Smalls, attached, broken},
    logic::{requests::draft::said, text::harmless},
    parts::{icon, made_for, modal, problem, sentence},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::request::{ReleaseDetails, ReleaseId, ReleaseRow};
use valise_views::{Command, File, Outcome, Shown, View};

/// Most letters of a reason.
const MAX_NOTE: &str = "500";

/// Those that wait for oneself; nothing where there are none.
pub fn block(
    app: App,
    rows: impl Fn() -> Vec<ReleaseRow> + Send + Sync + 'static,
) -> impl IntoView {
    let rows = Memo::new(move |_| rows());
    made_for(
        move || rows.get(),
        move |rows| {
            (!rows.is_empty()).then(|| view! {
                <section class="releases" aria-label=t("releases")>
                    <h3 class="block-title">{t("releases")}</h3>
                    <ul class="list">{rows.into_iter().map(|row| line(app, row)).collect_view()}</ul>
                </section>
            })
        },
    )
}

fn line(app: App, row: ReleaseRow) -> impl IntoView {
    let id = row.id.clone();
    let under = format!("{} · {}", to(&row), written(&row));
    view! {
        <li><button type="button" class="entry" on:click=move |_| app.dialog.set(Some(Dialog::Release(id.clone())))>
            {icon("stamp")}
            <span class="grow clip"><span class="strong"><bdi>{harmless(&row.subject)}</bdi></span><span class="hint" dir="auto">{under}</span></span>
            {icon("chevron-right")}
        </button></li>
    }
}

fn to(row: &ReleaseRow) -> String {
    harmless(row.office.as_deref().unwrap_or(&row.addressee))
}

fn written(row: &ReleaseRow) -> String {
    tw("release-from", [("name", signer_name(&row.by).into())])
}

/// One of them: exactly what the other side will see, and what can be done.
pub fn dialog(id: ReleaseId) -> impl IntoView {
    let app = app();
    let watched = id.clone();
    let shown = app.core.watch(
        move || View::Release {
            id: watched.clone(),
        },
        |shown| match shown {
            Shown::Release(details) => Some(details.map(|details| *details)),
            _ => None,
        },
    );
    // What was shown stays while it is released.
    let details = Memo::new(move |former: Option<&Option<ReleaseDetails>>| {
        let now = shown.get().flatten();
        now.or_else(|| former.cloned().flatten())
    });
    let is_gone = Memo::new(move |_| shown.with(|shown| matches!(shown, Some(None))));
    let (trouble, busy) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let deed = Deed {
        app,
        id: StoredValue::new(id),
        trouble,
        busy,
    };
    let back = RwSignal::new(false);
    let note = RwSignal::new(String::new());
    view! {
        {modal(t("release-title"), "letter", move || app.dialog.set(None), view! {
            <div class="modal-body compose-look" tabindex="0">
                {move || (is_gone.get() && !busy.get()).then(|| view! { <p class="hint padded" role="status">{t("release-gone")}</p> })}
                {made_for(move || details.with(|it| it.as_ref().map(page_of)), move |page| page.map(|page| sheet(app, details, page)))}
            </div>
            <footer class="modal-foot release-foot">
                {problem(move || trouble.get())}
                {made_for(move || (is_gone.get(), back.get()), move |(is_gone, is_back)| match (is_gone, is_back) {
                    (true, _) => ().into_any(),
                    (false, true) => why(deed, note, back).into_any(),
                    (false, false) => choice(deed, details, back).into_any(),
                })}
            </footer>
        })}
    }
}

/// What is done with it.
#[derive(Clone, Copy)]
struct Deed {
    app: App,
    id: StoredValue<ReleaseId>,
    trouble: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

impl Deed {
    fn go(self, command: Command, done: String) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.trouble.set(None);
        leptos::task::spawn_local(async move {
            match self.app.core.ask(command).await {
                Outcome::Failed(why) => {
                    self.trouble.try_set(Some(sentence(why)));
                }
                _ => {
                    self.app.say(done);
                    self.app.dialog.set(None);
                }
            }
            self.busy.try_set(false);
        });
    }
}

fn choice(
    deed: Deed,
    details: Memo<Option<ReleaseDetails>>,
    back: RwSignal<bool>,
) -> impl IntoView {
    let release = move |_| {
        if details.with_untracked(Option::is_some) {
            deed.go(Command::Release(deed.id.get_value()), t("release-done"));
        }
    };
    view! {
        <p class="hint grow">{t("release-text")}</p>
        <button type="button" class="button" on:click=move |_| back.set(true)>{icon("undo-2")}<span>{t("release-back")}</span></button>
        <button type="button" class="button primary" aria-disabled=move || deed.busy.get().to_string() on:click=release>{icon("stamp")}<span>{t("release-do")}</span></button>
    }
}

/// Asks why it is sent back.
fn why(deed: Deed, note: RwSignal<String>, back: RwSignal<bool>) -> impl IntoView {
    let go = move || match said(&note.get_untracked()) {
        None => deed.trouble.set(Some(t("release-back-missing"))),
        Some(note) => {
            let id = deed.id.get_value();
            deed.go(Command::SendBack { id, note }, t("release-sent-back"));
        }
    };
    view! {
        <form class="grow release-back" on:submit=move |event| { event.prevent_default(); go() }>
            <div class="field">
                <label for="release-note">{t("release-back-why")}</label>
                <textarea id="release-note" autocomplete="off" dir="auto" rows="2" maxlength=MAX_NOTE autofocus=true bind:value=note></textarea>
            </div>
            <button type="button" class="button" on:click=move |_| back.set(false)>{t("cancel")}</button>
            <button type="submit" class="button primary" aria-disabled=move || deed.busy.get().to_string()>{icon("undo-2")}<span>{t("release-back")}</span></button>
        </form>
    }
}

/// What of it does not change while its files come.
fn page_of(details: &ReleaseDetails) -> (Facts, String, usize) {
    let row = &details.row;
    let facts = Facts {
        from: Side {
            name: signer_name(&row.by),
            capacity: row.by.capacity.clone(),
            organisation: row.by.organisation.clone(),
            outside: None,
        },
        to: Side {
            name: row.office.clone().unwrap_or_default(),
            capacity: None,
            organisation: row.addressee.clone(),
            outside: None,
        },
        subject: row.subject.clone(),
        number: said(&row.number),
        their_number: None,
        legal_basis: details.legal_basis.clone(),
        classification: details.classification.clone(),
        is_confidential: row.is_confidential,
        fields: details.fields.clone(),
        term: Term::At(row.due, None),
        ends: row.ends.map(intl::full),
        asked_until: None,
        issued_at: Some(row.at),
    };
    let letter = &details.letter;
    (facts, letter.text.clone(), letter.files.len())
}

fn sheet(
    app: App,
    details: Memo<Option<ReleaseDetails>>,
    (facts, text, files): (Facts, String, usize),
) -> impl IntoView {
    let smalls = Smalls::new();
    let file = move |at: usize| {
        let found = move || -> Option<File> {
            details.with(|details| details.as_ref()?.letter.files.get(at).cloned())
        };
        view! { <li>{attached(app, smalls, Memo::new(move |_| found()))}</li> }
    };
    let is_whole = details.with_untracked(|it| it.as_ref().is_none_or(|it| it.letter.is_whole));
    view! {
        <article class="sheet">
            {facts::page(facts)}
            {facts::asked(&text)}
            {(files > 0).then(|| view! {
                <section class="sheet-files" aria-label=t("request-files")>
                    <h3 class="sheet-title">{icon("paperclip")}<span>{t("request-files")}</span></h3>
                    <ul>{(0..files).map(file).collect_view()}</ul>
                </section>
            })}
            {broken(is_whole)}
        </article>
    }
}
