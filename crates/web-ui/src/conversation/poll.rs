//! A poll in a bubble: what can be chosen, how many chose it, and who.

mod ask;
mod votes;

pub use ask::dialog as ask;
pub use votes::{close, dialog as votes};

use super::{
    signs::people,
    talk::{Dialog, Talk},
};
use crate::{
    logic::{acts::acts, rows::Row, text::harmless},
    parts::icon,
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::poll::Choice;
use valise_views::{Body, Command, Message, MessageId, Poll};

/// One poll on the page, which follows its votes.
#[derive(Clone, Copy)]
struct Here {
    talk: Talk,
    message: StoredValue<MessageId>,
    poll: Memo<Option<Poll>>,
    may_vote: Memo<bool>,
    /// Whether the keyboard is on the message.
    stop: Memo<bool>,
}

impl Here {
    fn with<T>(self, of: impl FnOnce(&Poll) -> T) -> Option<T> {
        self.poll.with(|poll| poll.as_ref().map(of))
    }

    fn choice<T>(self, at: usize, of: impl FnOnce(&Choice) -> T) -> Option<T> {
        self.with(|poll| poll.options.get(at).map(of)).flatten()
    }

    fn vote(self, at: usize) {
        let Ok(at) = u32::try_from(at) else { return };
        let after = self
            .poll
            .with_untracked(|poll| poll.as_ref().map(|poll| poll.after(at)));
        if let Some(options) = after.filter(|_| self.may_vote.get_untracked()) {
            self.talk.ask(Command::Vote {
                message: self.message.get_value(),
                options,
            });
        }
    }
}

/// The poll that a message is.
pub fn of(message: &Message) -> Option<&Poll> {
    match &message.body {
        Body::Poll(poll) => Some(poll),
        _ => None,
    }
}

/// The poll of a row. What is asked never changes: only counts, names and the end do.
pub fn poll(talk: Talk, row: ArcRwSignal<Row>, stop: Memo<bool>) -> AnyView {
    let message = row.with_untracked(|row| row.message.id.clone());
    let may_send = Memo::new(move |_| {
        talk.head
            .with(|head| head.as_ref().is_some_and(|head| head.may_send))
    });
    let of_vote = row.clone();
    let here = Here {
        talk,
        message: StoredValue::new(message),
        poll: Memo::new(move |_| row.with(|row| of(&row.message).cloned())),
        may_vote: Memo::new(move |_| of_vote.with(|row| acts(&row.message, may_send.get()).vote)),
        stop,
    };
    let Some(first) = here.poll.get_untracked() else {
        return ().into_any();
    };
    let question = harmless(&first.question);
    let several = first.several;
    let label = tw("poll-line", [("question", (&question).into())]);
    let options = first.options.into_iter().map(|choice| choice.text);
    view! {
        <div class="poll" class:several=several role="group" aria-label=label>
            <p class="poll-question" dir="auto">{question}</p>
            <p class="poll-kind">{icon("chart-bar")}<span>{move || here.with(kind)}</span></p>
            {options.enumerate().map(|(at, text)| option(here, at, text)).collect_view()}
            {foot(here)}
        </div>
    }
    .into_any()
}

/// How one votes in it, or that one does no more.
fn kind(poll: &Poll) -> String {
    match poll {
        Poll { closed: true, .. } => t("poll-closed"),
        Poll { several: true, .. } => t("poll-choose-several"),
        _ => t("poll-choose-one"),
    }
}

fn option(here: Here, at: usize, text: String) -> impl IntoView {
    let text = harmless(&text);
    let count = Memo::new(move |_| here.choice(at, |choice| choice.people.len()).unwrap_or(0));
    let mine = Memo::new(move |_| here.choice(at, |choice| choice.mine) == Some(true));
    let share = Memo::new(move |_| {
        here.with(|poll| {
            poll.options
                .get(at)
                .map_or(0, |choice| poll.percent(choice))
        })
        .unwrap_or(0)
    });
    let names = Memo::new(move |_| {
        here.choice(at, |choice| people(here.talk, &choice.people, choice.mine))
            .unwrap_or_default()
    });
    let spoken = text.clone();
    let label = move || {
        let arguments = [("text", (&spoken).into()), ("count", count.get().into())];
        match names.get() {
            names if names.is_empty() => tw("poll-choice", arguments),
            names => format!("{}: {names}", tw("poll-choice", arguments)),
        }
    };
    view! {
        <button type="button" class="poll-option" aria-pressed=move || mine.get().to_string() aria-disabled=move || (!here.may_vote.get()).to_string()
            tabindex=move || if here.stop.get() { "0" } else { "-1" } title=move || names.get() on:click=move |_| here.vote(at)>
            <span class="unseen">{label}</span>
            <span class="poll-mark" aria-hidden="true">{move || mine.get().then(|| icon("check"))}</span>
            <span class="poll-text" dir="auto" aria-hidden="true">{text}</span>
            <span class="poll-count" aria-hidden="true">{count}</span>
            <progress class="poll-bar" aria-hidden="true" max="100" prop:value=move || f64::from(share.get())></progress>
        </button>
    }
}

/// How many voted, and the way to who did.
fn foot(here: Here) -> impl IntoView {
    let voters = Memo::new(move |_| here.with(|poll| poll.voters).unwrap_or(0));
    let open = move |_| {
        let message = here.message.get_value();
        here.talk.dialog.set(Some(Dialog::Votes(message)));
    };
    let any = Memo::new(move |_| voters.get() > 0);
    view! {
        <p class="poll-foot">
            <span>{move || tw("poll-voters", [("count", voters.get().into())])}</span>
            {move || any.get().then(|| view! {
                <button type="button" class="poll-who" tabindex=move || if here.stop.get() { "0" } else { "-1" } on:click=open>{t("poll-who")}</button>
            })}
        </p>
    }
}
