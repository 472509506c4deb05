//! Asking another organisation: whom, what, by when, and a look at what they will see.

mod form;
mod preview;

use super::recipient::{self, Recipient};
use crate::{
    app::App,
    browser::{self, intl},
    id,
    logic::requests::draft::{
        Asker, Fault, PROPOSED_DAYS, Typed, asks_for, due, fault, one_line, said,
    },
    paper::Pile,
    parts::{made_for, modal, sentence},
    requests::pile::ready,
    words::t,
};
use leptos::prelude::*;
use valise_views::request::{Due, NewRequest};
use valise_views::{Command, Office, OfficeId, Outcome, Shown, View};

/// What is asked at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Whom,
    What,
    Look,
}

/// How a deadline is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Days,
    Day,
}

/// A request while it is written. It stays when the dialog is closed, until it is sent.
#[derive(Clone, Copy)]
pub struct Draft {
    app: App,
    /// The offices of all organisations that are known.
    offices: Memo<Vec<Office>>,
    to: RwSignal<Option<Recipient>>,
    /// For whom one asks, if that was chosen.
    asker: RwSignal<Option<Asker>>,
    subject: RwSignal<String>,
    text: RwSignal<String>,
    legal_basis: RwSignal<String>,
    classification: RwSignal<String>,
    number: RwSignal<String>,
    confidential: RwSignal<bool>,
    by: RwSignal<By>,
    days: RwSignal<String>,
    day: RwSignal<String>,
    pile: Pile,
    /// The deadline as it was read, while one looks at all of it before it goes out.
    due: RwSignal<Option<Due>>,
    trouble: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

impl Draft {
    /// An empty one, which lives as long as the calling owner.
    pub fn new(app: App) -> Self {
        let empty = || RwSignal::new(String::new());
        let offices = app.core.watch(
            || View::Offices,
            |shown| match shown {
                Shown::Offices(offices) => Some(offices),
                _ => None,
            },
        );
        Self {
            app,
            offices: Memo::new(move |_| offices.get().unwrap_or_default()),
            to: RwSignal::new(None),
            asker: RwSignal::new(None),
            subject: empty(),
            text: empty(),
            legal_basis: empty(),
            classification: empty(),
            number: empty(),
            confidential: RwSignal::new(false),
            by: RwSignal::new(By::Days),
            days: RwSignal::new(PROPOSED_DAYS.to_string()),
            day: empty(),
            pile: Pile::new(app),
            due: RwSignal::new(None),
            trouble: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    /// The offices that one holds.
    fn held(self) -> Vec<Office> {
        let mut offices = self.offices.get();
        offices.retain(|office| office.mine && office.outside.is_none());
        offices
    }

    /// The office for which one asks; none for oneself alone.
    fn asks_for(self) -> Option<OfficeId> {
        let held = untrack(|| self.held());
        self.asker
            .with_untracked(|asker| asks_for(asker.as_ref(), &held))
    }

    fn step(self) -> Step {
        match (
            self.to.with(Option::is_some),
            self.due.with(Option::is_some),
        ) {
            (false, _) => Step::Whom,
            (true, false) => Step::What,
            (true, true) => Step::Look,
        }
    }

    fn close(self) {
        self.app.dialog.set(None);
    }

    fn typed_due(self) -> Result<Due, Fault> {
        let days = self.days.get_untracked();
        let typed = match self.by.get_untracked() {
            By::Days => Typed::Days(&days),
            By::Day => Typed::Until(intl::day_end(&self.day.get_untracked())),
        };
        due(typed, browser::now())
    }

    /// Goes on to the look at it, if nothing is missing.
    fn look(self) {
        let has_files = !self.pile.files.with_untracked(Vec::is_empty);
        let missing = fault(
            &self.subject.get_untracked(),
            &self.text.get_untracked(),
            has_files,
        );
        let due = match missing {
            Some(fault) => Err(fault),
            None => self.typed_due(),
        };
        self.trouble.set(due.err().map(words));
        self.due.set(due.ok());
    }

    fn send(self) {
        let (Some(recipient), Some(due), false) = (
            self.to.get_untracked(),
            self.due.get_untracked(),
            self.busy.get_untracked(),
        ) else {
            return;
        };
        self.busy.set(true);
        self.trouble.set(None);
        leptos::task::spawn_local(async move {
            if let Err(why) = self.ask(recipient, due).await {
                self.trouble.try_set(Some(why));
            }
            self.busy.try_set(false);
        });
    }

    fn clear(self) {
        for typed in [
            self.subject,
            self.text,
            self.legal_basis,
            self.classification,
            self.number,
            self.day,
        ] {
            typed.set(String::new());
        }
        self.days.set(PROPOSED_DAYS.to_string());
        self.by.set(By::Days);
        self.confidential.set(false);
        self.pile.files.set(Vec::new());
        self.due.set(None);
        self.asker.set(None);
        self.to.set(None);
    }

    async fn ask(self, recipient: Recipient, due: Due) -> Result<(), String> {
        let is_confidential = self.confidential.get_untracked();
        let line = |typed: RwSignal<String>| said(&one_line(&typed.get_untracked()));
        let now = browser::now();
        let request = NewRequest {
            to: recipient.to,
            from_office: self.asks_for(),
            number: line(self.number),
            subject: one_line(&self.subject.get_untracked()),
            text: self.text.get_untracked().trim().to_owned(),
            files: ready(self.pile, is_confidential).await?,
            legal_basis: said(&self.legal_basis.get_untracked()),
            classification: line(self.classification),
            is_confidential,
            fields: Vec::new(),
            due,
            offset_minutes: -browser::offset_minutes(now),
        };
        match self.app.core.ask(Command::Request(Box::new(request))).await {
            Outcome::Chat(chat) => {
                self.clear();
                self.app.open_request(chat);
            }
            Outcome::Failed(why) => return Err(sentence(why)),
            _ => {}
        }
        Ok(())
    }
}

fn words(fault: Fault) -> String {
    t(match fault {
        Fault::NoSubject => id!("request-no-subject"),
        Fault::NoText => id!("request-no-text"),
        Fault::NoDays => id!("request-no-days"),
        Fault::NoDay => id!("request-no-day"),
    })
}

/// The dialog, one step after the other; what was typed stays when one goes back.
pub fn dialog() -> impl IntoView {
    let draft = expect_context::<Draft>();
    let step = Memo::new(move |_| draft.step());
    modal(
        t("request-new"),
        "compose",
        move || draft.close(),
        made_for(
            move || step.get(),
            move |step| match step {
                Step::Whom => whom(draft).into_any(),
                Step::What => form::form(draft).into_any(),
                Step::Look => preview::preview(draft).into_any(),
            },
        ),
    )
}

fn whom(draft: Draft) -> impl IntoView {
    browser::soon(|| browser::focus(".compose input[type=search]"));
    view! {
        <div class="modal-body flush">
            <p class="hint padded">{t("request-whom-hint")}</p>
            {recipient::choose(draft.offices, draft.to)}
        </div>
    }
}
