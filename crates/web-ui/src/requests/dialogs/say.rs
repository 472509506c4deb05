//! Answering, asking back, saying what was meant, and refusing: a text with files.

use super::{Doing, kept, long_field, seen};
use crate::{
    id,
    logic::requests::{
        Deed, deed,
        draft::{one_line, said},
    },
    paper::label_box,
    parts::{icon, modal, problem},
    requests::{
        pile::{files, ready, take},
        unsent::Unsent,
    },
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::ActKind;
use valise_views::request::NewAct;

/// A letter while it is written.
#[derive(Clone, Copy)]
struct Draft {
    doing: Doing,
    kind: ActKind,
    unsent: Unsent,
    /// Whether there may be more to come.
    may_be_part: bool,
}

impl Draft {
    fn kind(self) -> ActKind {
        match self.kind {
            ActKind::Answered if self.may_be_part && self.unsent.is_part.get_untracked() => {
                ActKind::PartlyAnswered
            }
            kind => kind,
        }
    }

    fn send(self) {
        let (doing, text) = (
            self.doing,
            self.unsent.text.get_untracked().trim().to_owned(),
        );
        if text.is_empty() && self.unsent.pile.files.with_untracked(Vec::is_empty) {
            return doing.trouble.set(Some(t("letter-empty")));
        }
        if doing.busy.get_untracked() {
            return;
        }
        doing.busy.set(true);
        doing.trouble.set(None);
        self.unsent.goes();
        leptos::task::spawn_local(async move {
            let is_confidential = self.unsent.confidential.get_untracked();
            let files = match ready(self.unsent.pile, is_confidential).await {
                Ok(files) => files,
                Err(why) => {
                    doing.trouble.try_set(Some(why));
                    doing.busy.try_set(false);
                    self.unsent.stays_here();
                    return;
                }
            };
            let ground = said(&self.unsent.ground.get_untracked()).map(|ground| one_line(&ground));
            let kind = self.kind();
            let act = NewAct::Say {
                kind,
                text,
                files,
                ground: ground.filter(|_| kind == ActKind::Refused),
            };
            match doing.go(act).await {
                true => self.unsent.clear(),
                false => self.unsent.stays_here(),
            }
        });
    }
}

/// Asks for the text and the files.
pub fn dialog(doing: Doing, kind: ActKind) -> impl IntoView {
    let may_be_part = kind == ActKind::Answered
        && doing.opened.details.with_untracked(|details| {
            let may = details.as_ref().map(|details| &details.may);
            may.is_some_and(|may| may.contains(&ActKind::PartlyAnswered))
        });
    let unsent = doing.opened.unsent;
    let draft = Draft {
        doing,
        kind,
        unsent,
        may_be_part,
    };
    unsent.go_on(kind);
    if unsent.lost.get_untracked() > 0 && unsent.pile.files.with_untracked(Vec::is_empty) {
        doing.trouble.set(Some(t("request-files-again")));
    }
    let (name, title) = deed(Deed::Act(kind));
    modal(
        t(title),
        "letter",
        move || doing.close(),
        view! {
            <form class="modal-form" on:submit=move |event| { event.prevent_default(); draft.send() }
                on:dragover=move |event| event.prevent_default()
                on:drop=move |event| { event.prevent_default(); take(unsent.pile, event.data_transfer()); }
                on:paste=move |event| if take(unsent.pile, event.clipboard_data()) { event.prevent_default() }>
                <div class="modal-body">
                    {long_field(t("letter-text"), None, "letter-text", unsent.text, 6, None)}
                    {(kind == ActKind::Refused).then(|| long_field(t("request-ground"), Some(t("request-ground-hint")), "letter-ground", unsent.ground, 2, Some(500)))}
                    {files(unsent.pile)}
                    {may_be_part.then(|| part_box(unsent.is_part))}
                    {label_box(unsent.confidential)}
                </div>
                <footer class="modal-foot">
                    {problem(move || doing.trouble.get())}
                    {kept(unsent)}
                    {seen(tw(sees(kind), [("organisation", doing.other().into())]))}
                    <button type="submit" class="button primary" aria-disabled=move || doing.busy.get().to_string()>
                        {icon(name)}<span>{move || if doing.busy.get() { t("preparing") } else { t("send") }}</span></button>
                </footer>
            </form>
        },
    )
}

/// Asks whether there is more to come.
fn part_box(is_part: RwSignal<bool>) -> impl IntoView {
    view! {
        <label class="check"><input type="checkbox" class="tickbox" prop:checked=move || is_part.get()
            on:change:target=move |event| is_part.set(event.target().checked())/><span>{t("letter-is-part")}<span class="hint">{t("letter-is-part-hint")}</span></span></label>
    }
}

/// The id of what the other side will see.
fn sees(kind: ActKind) -> &'static str {
    match kind {
        ActKind::Questioned => id!("sees-question"),
        ActKind::Clarified => id!("sees-clarification"),
        ActKind::Refused => id!("sees-refusal"),
        _ => id!("sees-answer"),
    }
}
