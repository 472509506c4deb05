//! Asking another organisation: whom, what, by when, and a look at what they will see.

mod fields;
mod form;
mod kept;
mod many;
mod preview;
mod table;
mod templates;

use super::recipient::{self, Recipient};
use crate::{
    app::App,
    browser::{self, intl},
    id,
    logic::{
        countries::codes,
        requests::{
            draft::{
                Asker, Fault, PROPOSED_DAYS, Typed, asks_for, due, ends as read_ends, fault,
                one_line, said,
            },
            table::Table,
            template::filled,
        },
    },
    paper::Pile,
    parts::{made_for, modal, problem, sentence},
    people::{watch_offices, watch_people},
    requests::pile::ready,
    words::t,
};
use fields::Blank;
use kept::Keeping;
use leptos::prelude::*;
use valise_views::request::{Due, Ends, NewRequest, RequestTo};
use valise_views::{Command, KeptTemplate, Office, OfficeId, Outcome, Shown, View};

/// What is asked at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Whom,
    /// What became of the lines of a table.
    Table,
    What,
    Look,
}

/// How a deadline is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Days,
    Day,
}

/// A request while it is written. It stays when the dialog or Valise is closed, until it is sent.
#[derive(Clone, Copy)]
pub struct Draft {
    app: App,
    /// The offices of all organisations that are known.
    offices: Memo<Vec<Office>>,
    to: RwSignal<Option<Recipient>>,
    /// Who else is asked the same, each apart.
    also: RwSignal<Vec<Recipient>>,
    /// Whether one more is being chosen.
    adding: RwSignal<bool>,
    /// A table whose lines are looked at, one after the other.
    table: RwSignal<Option<Table>>,
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
    /// How many days after its deadline it ends by itself, as it is typed; 0 with it; empty if it does not.
    ends: RwSignal<String>,
    /// Codes of the countries under whose law organisations have to stand whose people are in its room, as they are typed.
    residency: RwSignal<String>,
    pile: Pile,
    /// Fields of a form.
    fields: RwSignal<Vec<Blank>>,
    /// By which the last field that was added is found.
    last_field: StoredValue<u64>,
    /// What one keeps to ask the same again.
    templates: Memo<Vec<KeptTemplate>>,
    /// The template that was chosen, as it was then.
    chosen: RwSignal<Option<KeptTemplate>>,
    /// Whether it is asked under which name to keep a template.
    keeping: RwSignal<bool>,
    /// The deadline as it was read, while one looks at all of it before it goes out.
    due: RwSignal<Option<Due>>,
    trouble: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
    /// How far it is with what was begun before Valise was closed.
    kept: RwSignal<Keeping>,
    /// Whether what stands in the form is kept on this device.
    is_kept: RwSignal<bool>,
}

impl Draft {
    /// An empty one, which lives as long as the calling owner.
    pub fn new(app: App) -> Self {
        let empty = || RwSignal::new(String::new());
        let offices = watch_offices(app);
        let draft = Self {
            app,
            offices: Memo::new(move |_| offices.get().unwrap_or_default()),
            to: RwSignal::new(None),
            also: RwSignal::new(Vec::new()),
            adding: RwSignal::new(false),
            table: RwSignal::new(None),
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
            ends: empty(),
            residency: empty(),
            pile: Pile::new(app),
            fields: RwSignal::new(Vec::new()),
            last_field: StoredValue::new(0),
            templates: watch_templates(app),
            chosen: RwSignal::new(None),
            keeping: RwSignal::new(false),
            due: RwSignal::new(None),
            trouble: RwSignal::new(None),
            busy: RwSignal::new(false),
            kept: RwSignal::new(Keeping::Unread),
            is_kept: RwSignal::new(false),
        };
        draft.stays();
        draft
    }

    /// The shared state.
    pub fn app(self) -> App {
        self.app
    }

    /// What one keeps to ask the same again.
    pub fn templates(self) -> Memo<Vec<KeptTemplate>> {
        self.templates
    }

    /// One field of the form.
    fn field(self, id: u64) -> Option<Blank> {
        self.fields
            .with(|fields| fields.iter().find(|field| field.id == id).cloned())
    }

    fn set_field(self, id: u64, set: impl FnOnce(&mut Blank)) {
        self.fields.update(|fields| {
            if let Some(field) = fields.iter_mut().find(|field| field.id == id) {
                set(field);
            }
        });
    }

    /// Adds a field; returns by which it is found.
    fn add_field(self, name: String, value: String, is_own: bool) -> u64 {
        let id = self.last_field.get_value() + 1;
        self.last_field.set_value(id);
        let field = Blank {
            id,
            name,
            value,
            is_own,
        };
        self.fields.update(|fields| fields.push(field));
        id
    }

    /// The names and values of the form, as they are typed.
    fn typed_fields(self) -> Vec<(String, String)> {
        let pair = |field: &Blank| (field.name.clone(), field.value.clone());
        self.fields
            .with_untracked(|fields| fields.iter().map(pair).collect())
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
        let has_table = self.table.with(Option::is_some);
        let is_choosing = self.to.with(Option::is_none) || self.adding.get();
        let is_ready = self.due.with(Option::is_some);
        match () {
            () if has_table => Step::Table,
            () if is_choosing => Step::Whom,
            () if is_ready => Step::Look,
            () => Step::What,
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

    fn typed_ends(self) -> Result<Ends, Fault> {
        self.ends.with_untracked(|ends| read_ends(ends))
    }

    /// Goes on to the look at it, if nothing is missing.
    fn look(self) {
        let has_files = !self.pile.files.with_untracked(Vec::is_empty);
        let missing = fault(
            &self.subject.get_untracked(),
            &self.text.get_untracked(),
            has_files,
        );
        let due = match (missing, filled(&self.typed_fields())) {
            (Some(fault), _) => Err(words(fault)),
            (None, Err(fault)) => Err(fields::words(fault)),
            (None, Ok(_)) => self
                .typed_due()
                .and_then(|due| self.typed_ends().map(|_| due))
                .map_err(words),
        };
        self.keeping.set(false);
        self.trouble.set(due.clone().err());
        self.due.set(due.ok());
    }

    fn send(self) {
        let (Some(due), false) = (self.due.get_untracked(), self.busy.get_untracked()) else {
            return;
        };
        self.busy.set(true);
        self.trouble.set(None);
        leptos::task::spawn_local(async move {
            if let Err(why) = self.ask(due).await {
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
            self.ends,
            self.residency,
        ] {
            typed.set(String::new());
        }
        self.days.set(PROPOSED_DAYS.to_string());
        self.by.set(By::Days);
        self.confidential.set(false);
        self.pile.files.set(Vec::new());
        self.fields.set(Vec::new());
        self.chosen.set(None);
        self.keeping.set(false);
        self.due.set(None);
        self.asker.set(None);
        self.to.set(None);
        self.also.set(Vec::new());
    }

    async fn ask(self, due: Due) -> Result<(), String> {
        let to: Vec<RequestTo> = self.all().into_iter().map(|one| one.to).collect();
        let is_one = to.len() == 1;
        let is_confidential = self.confidential.get_untracked();
        let line = |typed: RwSignal<String>| said(&one_line(&typed.get_untracked()));
        let now = browser::now();
        let request = NewRequest {
            to,
            from_office: self.asks_for(),
            number: line(self.number).filter(|_| is_one),
            subject: one_line(&self.subject.get_untracked()),
            text: self.text.get_untracked().trim().to_owned(),
            files: ready(self.pile, is_confidential).await?,
            legal_basis: said(&self.legal_basis.get_untracked()),
            classification: line(self.classification),
            is_confidential,
            fields: filled(&self.typed_fields()).map_err(fields::words)?,
            due,
            ends: self.typed_ends().map_err(words)?,
            residency: codes(&self.residency.get_untracked()),
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

fn watch_templates(app: App) -> Memo<Vec<KeptTemplate>> {
    let kept = app.core.watch(
        || View::Templates,
        |shown| match shown {
            Shown::Templates(kept) => Some(kept),
            _ => None,
        },
    );
    Memo::new(move |_| kept.get().unwrap_or_default())
}

fn words(fault: Fault) -> String {
    t(match fault {
        Fault::NoSubject => id!("request-no-subject"),
        Fault::NoText => id!("request-no-text"),
        Fault::NoDays => id!("request-no-days"),
        Fault::NoDay => id!("request-no-day"),
        Fault::NoEnd => id!("request-no-end"),
    })
}

/// The dialog, one step after the other; what was typed stays when one goes back.
pub fn dialog() -> impl IntoView {
    let draft = expect_context::<Draft>();
    let step = Memo::new(move |_| draft.step());
    let people = watch_people(RwSignal::new(String::new()));
    let known = table::Knowing::of(draft.app, draft, people);
    draft.addresses(people);
    on_cleanup(move || {
        draft.adding.try_set(false);
        draft.table.try_set(None);
    });
    modal(
        t("request-new"),
        "compose",
        move || draft.close(),
        view! {
            {made_for(move || matches!(step.get(), Step::Whom | Step::What), move |shows| shows.then(|| templates::chips(draft, people)))}
            {made_for(
                move || step.get(),
                move |step| match step {
                    Step::Whom => whom(draft, known).into_any(),
                    Step::Table => table::table(draft, known).into_any(),
                    Step::What => form::form(draft, known).into_any(),
                    Step::Look => preview::preview(draft).into_any(),
                },
            )}
        },
    )
}

fn whom(draft: Draft, known: table::Knowing) -> impl IntoView {
    browser::soon(|| browser::focus(".compose input[type=search]"));
    view! {
        <div class="modal-body flush">
            <p class="hint padded">{t("request-whom-hint")}</p>
            <div class="letter-ways padded">{table::from_table(draft, known)}</div>
            {problem(move || draft.trouble.get())}
            {recipient::choose(draft.offices, move |one| draft.add_recipient(one))}
        </div>
    }
}
