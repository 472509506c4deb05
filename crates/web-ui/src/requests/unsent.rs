//! What one writes to a request, or words otherwise in it. It stays when its dialog or Valise is closed, until it is sent: it is kept on this device
//! while one types, but for its files.

use crate::{app::App, paper::Pile};
use leptos::prelude::*;
use std::time::Duration;
use valise_views::{ActKind, AnswerDraft, ChatId, Command, Outcome};

/// Time after the last letter in which what was typed is kept.
const REST: Duration = Duration::from_millis(700);

/// Another wording of a request while it is written, as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewording {
    /// What it is about.
    pub subject: String,
    /// What is asked.
    pub text: String,
    /// In how many working days an answer is due; empty if that is not chosen.
    pub days: String,
    /// By which day it is due; empty if that is not chosen.
    pub day: String,
}

/// What one writes to a request.
#[derive(Clone, Copy)]
pub struct Unsent {
    app: App,
    chat: StoredValue<ChatId>,
    /// The text.
    pub text: RwSignal<String>,
    /// On what grounds it is refused.
    pub ground: RwSignal<String>,
    /// How the request is worded otherwise; none if nothing of it is other.
    pub rewording: RwSignal<Option<Rewording>>,
    /// Whether there is more to come.
    pub is_part: RwSignal<bool>,
    /// Whether no one is to hand its files on.
    pub confidential: RwSignal<bool>,
    /// Files.
    pub pile: Pile,
    /// How many files were chosen before Valise was closed: they have to be chosen again.
    pub lost: RwSignal<u32>,
    /// Whether what is written is kept on this device.
    pub is_kept: RwSignal<bool>,
    /// As what it was begun; none if nothing was.
    kind: RwSignal<Option<ActKind>>,
    /// Whether what was kept is here, or there is none.
    is_read: StoredValue<bool>,
    /// Whether it is being sent: then there is nothing more to keep.
    is_going: StoredValue<bool>,
    /// Runs while one types.
    rest: StoredValue<Option<TimeoutHandle>>,
}

impl Unsent {
    /// Nothing yet. What was kept is read as soon as it is known that the chat is that of a request.
    pub fn new(app: App, chat: ChatId, is_request: impl Fn() -> bool + 'static) -> Self {
        let this = Self {
            app,
            chat: StoredValue::new(chat),
            text: RwSignal::new(String::new()),
            ground: RwSignal::new(String::new()),
            rewording: RwSignal::new(None),
            is_part: RwSignal::new(false),
            confidential: RwSignal::new(false),
            pile: Pile::new(app),
            lost: RwSignal::new(0),
            is_kept: RwSignal::new(false),
            kind: RwSignal::new(None),
            is_read: StoredValue::new(false),
            is_going: StoredValue::new(false),
            rest: StoredValue::new(None),
        };
        Effect::new(move |asked: Option<bool>| {
            let asked = asked.unwrap_or_default();
            let is_now = !asked && is_request();
            if is_now {
                this.read();
            }
            asked || is_now
        });
        this.stays();
        this
    }

    /// One goes on writing it, as an answer, a refusal, or whatever it is to be.
    pub fn go_on(self, kind: ActKind) {
        if kind == ActKind::PartlyAnswered {
            self.is_part.set(true);
        }
        self.kind.set(Some(kind));
    }

    /// As what it was begun; none if nothing is written. Follows what is typed.
    pub fn begun(self) -> Option<ActKind> {
        self.written().map(|written| written.kind)
    }

    /// It is being sent. What did not rest yet is kept before it goes, and forgotten with the rest once it is sent.
    pub fn goes(self) {
        if self.stop_waiting() {
            self.keep(untrack(|| self.written()));
        }
        self.is_going.set_value(true);
    }

    /// It could not be sent: what was typed meanwhile is kept, too.
    pub fn stays_here(self) {
        if self.is_going.try_set_value(false).is_none() {
            self.keep(untrack(|| self.written()));
        }
    }

    /// It was sent.
    pub fn clear(self) {
        self.text.try_set(String::new());
        self.ground.try_set(String::new());
        self.rewording.try_set(None);
        self.is_part.try_set(false);
        self.confidential.try_set(false);
        self.pile.files.try_set(Vec::new());
        self.lost.try_set(0);
        self.is_going.try_set_value(false);
    }

    /// Lays out what was kept, unless something is written by now.
    fn read(self) {
        let command = Command::ReadAnswerDraft(self.chat.get_value());
        leptos::task::spawn_local(async move {
            let kept = self.app.core.ask(command).await;
            if self.is_read.try_set_value(true).is_some() {
                return;
            }
            let Outcome::AnswerDraft(Some(kept)) = kept else {
                return;
            };
            if untrack(|| self.written()).is_none() {
                self.lay_out(*kept);
            }
        });
    }

    fn lay_out(self, kept: AnswerDraft) {
        let kind = kept.kind;
        if kind == ActKind::Amended {
            self.rewording.set(Some(Rewording {
                subject: kept.subject,
                text: kept.text,
                days: kept.days,
                day: kept.day,
            }));
        } else {
            self.text.set(kept.text);
            self.ground.set(kept.ground);
            self.confidential.set(kept.is_confidential);
            self.is_part.set(kind == ActKind::PartlyAnswered);
        }
        self.lost.set(kept.files);
        if self.kind.with_untracked(Option::is_none) {
            self.go_on(kind);
        }
    }

    /// Keeps what is written when writing rests, and when the request is left.
    fn stays(self) {
        let written = Memo::new(move |_| self.written());
        Effect::new(move |before: Option<Option<AnswerDraft>>| {
            let now = written.get();
            let is_other = before.is_some_and(|before| before != now);
            if is_other && self.is_read.get_value() {
                self.is_kept.set(false);
                self.stop_waiting();
                let keep = move || self.keep(written.get_untracked());
                self.rest
                    .set_value(set_timeout_with_handle(keep, REST).ok());
            }
            now
        });
        on_cleanup(move || {
            if self.stop_waiting() {
                self.keep(written.get_untracked());
            }
        });
    }

    /// Says whether writing did not rest yet.
    fn stop_waiting(self) -> bool {
        let waiting = self.rest.try_update_value(Option::take).flatten();
        waiting.inspect(TimeoutHandle::clear).is_some()
    }

    fn keep(self, written: Option<AnswerDraft>) {
        self.rest.set_value(None);
        if self.is_going.get_value() {
            return;
        }
        let (app, is_kept, is_some) = (self.app, self.is_kept, written.is_some());
        let command = Command::KeepAnswerDraft {
            chat: self.chat.get_value(),
            draft: written.map(Box::new),
        };
        leptos::task::spawn_local(async move {
            let kept = app.core.ask(command).await;
            is_kept.try_set(is_some && kept == Outcome::Done);
        });
    }

    /// What stands in the dialog.
    fn written(self) -> Option<AnswerDraft> {
        let kind = match self.kind.get()? {
            ActKind::Answered if self.is_part.get() => ActKind::PartlyAnswered,
            kind => kind,
        };
        let chosen = self.pile.files.with(Vec::len) as u32;
        let files = if chosen == 0 { self.lost.get() } else { chosen };
        if kind == ActKind::Amended {
            let it = self.rewording.get()?;
            return Some(AnswerDraft {
                kind,
                subject: it.subject,
                text: it.text,
                ground: String::new(),
                days: it.days,
                day: it.day,
                is_confidential: false,
                files,
            });
        }
        let draft = AnswerDraft {
            kind,
            subject: String::new(),
            text: self.text.get(),
            ground: self.ground.get(),
            days: String::new(),
            day: String::new(),
            is_confidential: self.confidential.get(),
            files,
        };
        let is_empty = draft.text.is_empty() && draft.ground.is_empty() && draft.files == 0;
        (!is_empty).then_some(draft)
    }
}
