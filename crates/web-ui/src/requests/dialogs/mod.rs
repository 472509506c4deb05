//! What is asked before something is done with a request, and what the other side will see of it.

mod amend;
mod assign;
mod note;
mod say;
mod time;

use super::{opened::Opened, unsent::Unsent};
use crate::{
    logic::{requests::Deed, text::harmless},
    parts::{icon, sentence},
    words::t,
};
use leptos::prelude::*;
use valise_views::request::NewAct;
use valise_views::{ActKind, Command, Outcome};

/// The dialog of a deed.
pub fn dialog(opened: Opened, deed: Deed, doing: RwSignal<Option<Deed>>) -> AnyView {
    let doing = Doing::new(opened, doing);
    let Deed::Act(kind) = deed else {
        return ().into_any();
    };
    match kind {
        ActKind::Answered
        | ActKind::PartlyAnswered
        | ActKind::Questioned
        | ActKind::Clarified
        | ActKind::Refused => say::dialog(doing, kind).into_any(),
        ActKind::Assigned => assign::dialog(doing).into_any(),
        ActKind::Registered => note::number(doing).into_any(),
        ActKind::ExtensionAsked => time::ask(doing).into_any(),
        ActKind::ExtensionGranted => time::give(doing).into_any(),
        ActKind::ExtensionDenied
        | ActKind::Confirmed
        | ActKind::Disputed
        | ActKind::Withdrawn
        | ActKind::Closed
        | ActKind::Vouched => note::dialog(doing, kind).into_any(),
        ActKind::Amended => amend::dialog(doing).into_any(),
        ActKind::Received => ().into_any(),
    }
}

/// Something that is about to be done.
#[derive(Clone, Copy)]
struct Doing {
    opened: Opened,
    open: RwSignal<Option<Deed>>,
    trouble: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

impl Doing {
    fn new(opened: Opened, open: RwSignal<Option<Deed>>) -> Self {
        Self {
            opened,
            open,
            trouble: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    fn close(self) {
        self.open.try_set(None);
    }

    /// The name of the other organisation.
    fn other(self) -> String {
        let row = self.opened.row();
        row.map(|row| harmless(&row.other.organisation))
            .unwrap_or_default()
    }

    /// Does it, and closes; says why not. Tells whether it is done.
    async fn go(self, act: NewAct) -> bool {
        let command = Command::Act {
            chat: self.opened.chat(),
            act: Box::new(act),
        };
        let outcome = self.opened.app.core.ask(command).await;
        self.busy.try_set(false);
        if let Outcome::Failed(why) = outcome {
            self.trouble.try_set(Some(sentence(why)));
            return false;
        }
        self.close();
        true
    }

    /// Does it, if nothing else is being done.
    fn begin(self, act: NewAct) {
        if !self.busy.get_untracked() {
            self.busy.set(true);
            self.trouble.set(None);
            leptos::task::spawn_local(async move {
                self.go(act).await;
            });
        }
    }
}

/// What the other side will see.
fn seen(text: String) -> impl IntoView {
    view! { <p class="seen">{icon("building")}<span>{text}</span></p> }
}

/// Whether what is written stays on this device until it is sent.
fn kept(unsent: Unsent) -> impl IntoView {
    let is_kept = unsent.is_kept;
    view! { <p class="hint letter-kept" role="status">{move || is_kept.get().then(|| view! { {icon("check")} " " {t("request-kept")} })}</p> }
}

/// A text of several lines.
fn long_field(
    label: String,
    hint: Option<String>,
    name: &'static str,
    value: RwSignal<String>,
    rows: u32,
    most: Option<u32>,
) -> impl IntoView {
    let described = hint.as_ref().map(|_| format!("{name}-hint"));
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <textarea id=name autocomplete="off" dir="auto" rows=rows.to_string() maxlength=most.map(|most| most.to_string()) autofocus=true
                aria-describedby=described.clone() bind:value=value></textarea>
            {hint.map(|hint| view! { <p class="hint" id=described>{hint}</p> })}
        </div>
    }
}
