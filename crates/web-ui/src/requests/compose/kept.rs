//! What was begun stays: it is kept on this device while one types, and laid out again when Valise was closed meanwhile.

use super::{By, Draft};
use crate::{logic::requests::template::Sheet, words::t};
use leptos::prelude::*;
use std::time::Duration;
use valise_views::request::RequestTo;
use valise_views::{Command, Outcome, Person, RequestDraft};

/// Time after the last letter in which what was typed is kept.
const REST: Duration = Duration::from_millis(700);

/// How far it is with what was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Keeping {
    /// Nobody has looked yet.
    Unread,
    /// For these, if they are still known.
    For(Vec<RequestTo>),
    /// All of it stands in the form.
    LaidOut,
}

impl Draft {
    /// Reads what was kept, and keeps what is typed from then on.
    pub(super) fn stays(self) {
        leptos::task::spawn_local(async move {
            let kept = self.app.core.ask(Command::ReadRequestDraft).await;
            if let Outcome::RequestDraft(Some(kept)) = kept
                && self.is_empty()
            {
                self.take_up(*kept);
            } else {
                self.kept.try_set(Keeping::LaidOut);
            }
        });
        let written = Memo::new(move |_| self.written());
        let timer = StoredValue::new(None::<TimeoutHandle>);
        Effect::new(move |before: Option<RequestDraft>| {
            let now = written.get();
            let is_other = before.is_some_and(|before| before != now);
            if is_other {
                self.is_kept.set(false);
            }
            if is_other && self.kept.with_untracked(|kept| *kept != Keeping::Unread) {
                timer.update_value(|timer| {
                    if let Some(timer) = timer.take() {
                        timer.clear();
                    }
                    let keep = move || self.keep(written.get_untracked());
                    *timer = set_timeout_with_handle(keep, REST).ok();
                });
            }
            now
        });
    }

    /// Puts those in their places for whom it was begun, as soon as it is known who they are.
    pub(super) fn addresses(self, people: ReadSignal<Option<Vec<Person>>>) {
        Effect::new(move |_| {
            let Keeping::For(to) = self.kept.get() else {
                return;
            };
            let Some(people) = people.get() else {
                return;
            };
            self.offices.track();
            let found = to.iter().filter_map(|to| self.recipient(to, &people));
            let mut found: Vec<_> = found.collect();
            if found.len() < to.len() && self.offices.with_untracked(Vec::is_empty) {
                return;
            }
            if !found.is_empty() && self.to.with_untracked(Option::is_none) {
                self.to.set(Some(found.remove(0)));
                self.also.set(found);
            }
            self.kept.set(Keeping::LaidOut);
        });
    }

    fn keep(self, written: RequestDraft) {
        let is_empty = written == Self::untouched();
        let draft = (!is_empty).then(|| Box::new(written));
        leptos::task::spawn_local(async move {
            let kept = self.app.core.ask(Command::KeepRequestDraft(draft)).await;
            self.is_kept.try_set(!is_empty && kept == Outcome::Done);
        });
    }

    fn take_up(self, kept: RequestDraft) {
        self.lay_out(Sheet {
            subject: kept.subject,
            text: kept.text,
            legal_basis: kept.legal_basis,
            classification: kept.classification,
            is_confidential: kept.is_confidential,
            days: kept.days,
            fields: kept.fields,
        });
        self.number.set(kept.number);
        self.ends.set(kept.ends);
        self.residency.set(kept.residency);
        if !kept.day.is_empty() {
            self.by.set(By::Day);
            self.day.set(kept.day);
        }
        if kept.files > 0 {
            self.trouble.set(Some(t("request-files-again")));
        }
        self.kept.set(Keeping::For(kept.to));
    }

    fn is_empty(self) -> bool {
        untrack(|| self.written()) == Self::untouched()
    }

    fn untouched() -> RequestDraft {
        RequestDraft {
            days: super::PROPOSED_DAYS.to_string(),
            ..RequestDraft::default()
        }
    }

    /// What stands in the form.
    fn written(self) -> RequestDraft {
        let fields = self.fields.get();
        let is_by_day = self.by.get() == By::Day;
        let to = match self.kept.get() {
            Keeping::For(to) => to,
            _ => self.all_tracked(),
        };
        RequestDraft {
            to,
            subject: self.subject.get(),
            text: self.text.get(),
            legal_basis: self.legal_basis.get(),
            classification: self.classification.get(),
            number: self.number.get(),
            is_confidential: self.confidential.get(),
            days: self.days.get(),
            day: if is_by_day {
                self.day.get()
            } else {
                String::new()
            },
            fields: fields
                .into_iter()
                .map(|field| (field.name, field.value))
                .collect(),
            files: self.pile.files.with(Vec::len) as u32,
            ends: self.ends.get(),
            residency: self.residency.get(),
        }
    }

    fn all_tracked(self) -> Vec<RequestTo> {
        let first = self.to.get();
        let all = first.into_iter().chain(self.also.get());
        all.map(|one| one.to).collect()
    }
}
