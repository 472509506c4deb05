//! Templates in the dialog: one is chosen at the top, and what was written is kept as one.

use super::{By, Draft};
use crate::{
    app::Dialog,
    browser,
    logic::{requests::template::Sheet, text::harmless},
    parts::{field, icon, icon_button, problem, sentence},
    requests::recipient::Recipient,
    words::t,
};
use leptos::prelude::*;
use valise_views::request::{RequestDetails, RequestTo};
use valise_views::template::MOST;
use valise_views::{Command, KeptTemplate, Office, Outcome, Person, Template, TemplateId, Trouble};

const DAY_MILLIS: u64 = 24 * 3_600_000;

/// Most letters of a name.
const MAX_NAME: u32 = 80;

/// The templates to choose from; nothing where there are none.
pub fn chips(draft: Draft, people: ReadSignal<Option<Vec<Person>>>) -> impl IntoView {
    let has_some = Memo::new(move |_| draft.templates.with(|all| !all.is_empty()));
    let chip = move |kept: KeptTemplate| {
        let (id, name) = (kept.id, harmless(&kept.template.name));
        let is_chosen = move || draft.chosen.with(|chosen| is(chosen.as_ref(), id));
        let press = move |_| {
            let next = (!is_chosen()).then(|| kept.clone());
            draft.choose(next, &people.get_untracked().unwrap_or_default());
        };
        view! { <button type="button" class="chip" aria-pressed=move || is_chosen().to_string() on:click=press><bdi>{name}</bdi></button> }
    };
    move || {
        has_some.get().then(|| view! {
            <div class="template-bar">
                <div class="chips" role="group" aria-label=t("templates")>
                    {move || draft.templates.get().into_iter().map(chip).collect_view()}
                </div>
                {icon_button("pencil", t("templates-edit"), move || draft.app.dialog.set(Some(Dialog::Templates)))}
            </div>
        })
    }
}

fn is(chosen: Option<&KeptTemplate>, id: TemplateId) -> bool {
    chosen.is_some_and(|chosen| chosen.id == id)
}

impl Draft {
    /// Puts a template in the place of the one that was chosen, or takes that away.
    pub(super) fn choose(self, next: Option<KeptTemplate>, people: &[Person]) {
        let former = self.chosen.get_untracked();
        let template = |kept: &Option<KeptTemplate>| kept.as_ref().map(|it| it.template.clone());
        let sheet = self.sheet();
        let sheet = sheet.with(template(&former).as_ref(), template(&next).as_ref());
        self.lay_out(sheet);
        let to = next.as_ref().and_then(|kept| kept.template.to.as_ref());
        if self.to.with_untracked(Option::is_none)
            && let Some(found) = to.and_then(|to| self.recipient(to, people))
        {
            self.to.set(Some(found));
        }
        self.chosen.set(next);
        self.trouble.set(None);
    }

    pub(super) fn recipient(self, to: &RequestTo, people: &[Person]) -> Option<Recipient> {
        match to {
            RequestTo::Office(id) => self.offices.with_untracked(|offices| {
                let found = offices.iter().find(|office| office.id == *id);
                found.and_then(Recipient::office)
            }),
            RequestTo::Person(id) => {
                let mut living = people.iter().filter(|person| !person.revoked);
                living
                    .find(|person| person.id == *id)
                    .and_then(Recipient::person)
            }
            RequestTo::Guest { name, held } => Some(Recipient::guest(name, *held)),
        }
    }

    /// Begins with what a request of before says, unless another one was begun.
    pub fn ask_again(self, details: &RequestDetails) {
        let chosen = self.chosen.get_untracked();
        let chosen = chosen.as_ref().map(|kept| &kept.template);
        if self.sheet().is_untouched(chosen) {
            let row = &details.row;
            let same = Template {
                name: String::new(),
                subject: row.subject.clone(),
                text: details.letter.text.clone(),
                legal_basis: details.legal_basis.clone(),
                classification: details.classification.clone(),
                is_confidential: row.is_confidential,
                working_days: details.working_days,
                to: None,
                fields: details.fields.clone(),
            };
            self.clear();
            let sheet = self.sheet().with(None, Some(&same));
            self.lay_out(sheet);
            self.residency.set(details.residency.join(" "));
            let ends = row
                .ends
                .map(|ends| ends.saturating_sub(row.due).div_ceil(DAY_MILLIS));
            self.ends
                .set(ends.map(|days| days.to_string()).unwrap_or_default());
            if row.other.is_guest {
                let guest = Recipient::guest(&row.other.organisation, false);
                self.to.set(Some(guest));
                return self.app.dialog.set(Some(Dialog::NewRequest));
            }
            self.to.set(self.offices.with_untracked(|offices| {
                let is_same = |office: &&Office| {
                    office.outside.as_ref() == Some(&row.other)
                        && row.office.as_ref() == Some(&office.name)
                };
                offices.iter().find(is_same).and_then(Recipient::office)
            }));
        } else {
            self.app.say(t("request-begun"));
        }
        self.app.dialog.set(Some(Dialog::NewRequest));
    }

    /// What stands in the form.
    pub(super) fn sheet(self) -> Sheet {
        Sheet {
            subject: self.subject.get_untracked(),
            text: self.text.get_untracked(),
            legal_basis: self.legal_basis.get_untracked(),
            classification: self.classification.get_untracked(),
            is_confidential: self.confidential.get_untracked(),
            days: self.days.get_untracked(),
            fields: self.typed_fields(),
        }
    }

    pub(super) fn lay_out(self, sheet: Sheet) {
        let texts = [
            (self.subject, sheet.subject),
            (self.text, sheet.text),
            (self.legal_basis, sheet.legal_basis),
            (self.classification, sheet.classification),
            (self.days, sheet.days),
        ];
        for (signal, text) in texts {
            signal.set(text);
        }
        self.confidential.set(sheet.is_confidential);
        self.fields.set(Vec::new());
        for (name, value) in sheet.fields {
            let is_own = name.trim().is_empty();
            self.add_field(name, value, is_own);
        }
    }
}

/// Keeping what was written, under the name that is typed.
#[derive(Clone, Copy)]
struct Keeping {
    draft: Draft,
    name: RwSignal<String>,
    trouble: RwSignal<Option<String>>,
}

impl Keeping {
    /// The template that has the name already.
    fn replaced(self) -> Option<TemplateId> {
        let name = self.name.with(|name| name.trim().to_lowercase());
        self.draft.templates.with(|all| {
            let mut all = all.iter();
            let found = all.find(|kept| kept.template.name.to_lowercase() == name);
            found.map(|kept| kept.id)
        })
    }

    fn go(self) {
        let draft = self.draft;
        let id = untrack(|| self.replaced());
        let former = draft.chosen.get_untracked();
        let to = draft
            .to
            .with_untracked(|to| to.as_ref().map(|to| to.to.clone()))
            // A guest is asked once.
            .filter(|to| !matches!(to, RequestTo::Guest { .. }));
        let mut template = draft.sheet().kept(
            &self.name.get_untracked(),
            former.as_ref().map(|kept| &kept.template),
            to,
        );
        if draft.by.get_untracked() == By::Day {
            template.working_days = None;
        }
        let command = Command::KeepTemplate {
            id,
            template: Box::new(template),
        };
        leptos::task::spawn_local(async move {
            let why = match draft.app.core.ask(command).await {
                Outcome::Template(_) => {
                    draft.keeping.try_set(false);
                    draft.app.say(t("template-kept"));
                    browser::soon(|| browser::focus(".compose .modal-foot .primary"));
                    return;
                }
                Outcome::Failed(Trouble::NotAllowed) => t("templates-full"),
                Outcome::Failed(why) => sentence(why),
                _ => return,
            };
            self.trouble.try_set(Some(why));
        });
    }
}

/// The way to keep what was written.
pub fn offer(draft: Draft) -> impl IntoView {
    view! {
        <div class="letter-ways">
            <button type="button" class="button small" on:click=move |_| draft.keeping.set(true)>{icon("bookmark")}<span>{t("template-keep")}</span></button>
        </div>
    }
}

/// Asks under which name it is to be kept.
pub fn keep(draft: Draft) -> impl IntoView {
    browser::soon(|| browser::focus("#template-name"));
    let chosen = draft.chosen.with_untracked(|chosen| {
        let name = chosen.as_ref().map(|kept| kept.template.name.clone());
        name.unwrap_or_default()
    });
    let keeping = Keeping {
        draft,
        name: RwSignal::new(chosen),
        trouble: RwSignal::new(None),
    };
    let replaces = Memo::new(move |_| keeping.replaced().is_some());
    let hint = format!("{} {}", t("template-keep-hint"), most());
    view! {
        <form class="keep-template" on:submit=move |event| { event.prevent_default(); keeping.go() }>
            {field(t("template-name"), Some(hint), "template-name", keeping.name, MAX_NAME)}
            <p class="hint warn" role="status">{move || replaces.get().then(|| t("template-replaces"))}</p>
            {problem(move || keeping.trouble.get())}
            <div class="letter-ways">
                <button type="submit" class="button small primary">{icon("check")}<span>{move || if replaces.get() { t("template-replace") } else { t("template-keep-it") }}</span></button>
                <button type="button" class="button small" on:click=move |_| draft.keeping.set(false)>{t("cancel")}</button>
            </div>
        </form>
    }
}

fn most() -> String {
    crate::words::tw("templates-most", [("count", MOST.into())])
}
