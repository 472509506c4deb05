//! Who chose what; and the end of a poll.

use super::of;
use crate::{
    conversation::{signs::people, talk::Talk},
    logic::text::harmless,
    parts::{confirm, modal, sentence},
    words::t,
};
use leptos::prelude::*;
use valise_views::poll::Choice;
use valise_views::{Command, MessageId, Outcome};

/// Shows the names under each option, as they change.
pub fn dialog(talk: Talk, message: MessageId) -> impl IntoView {
    let poll = Memo::new(move |_| {
        talk.shown.with(|shown| {
            let messages = shown.as_ref().map(|shown| &shown.messages)?;
            let found = messages.iter().find(|known| known.id == message)?;
            of(found).cloned()
        })
    });
    let question = poll.with_untracked(|poll| {
        let question = poll.as_ref().map(|poll| harmless(&poll.question));
        question.unwrap_or_default()
    });
    let list = move || {
        let options = poll.get().map(|poll| poll.options).unwrap_or_default();
        options
            .into_iter()
            .map(|choice| entry(talk, &choice))
            .collect_view()
    };
    modal(
        question,
        "small",
        move || talk.dialog.set(None),
        view! {
            <div class="modal-body" tabindex="0" autofocus=true>
                <p class="hint">{t("poll-named")}</p>
                <dl class="poll-votes">{list}</dl>
            </div>
        },
    )
}

fn entry(talk: Talk, choice: &Choice) -> impl IntoView + use<> {
    let names = match choice.people.is_empty() {
        true => t("poll-nobody"),
        false => people(talk, &choice.people, choice.mine),
    };
    let count = choice.people.len();
    view! {
        <div class="poll-vote">
            <dt><bdi>{harmless(&choice.text)}</bdi><span class="poll-count">{count}</span></dt>
            <dd class:muted=count == 0>{names}</dd>
        </div>
    }
}

/// Asks before a poll is closed: that cannot be undone.
pub fn close(talk: Talk, message: MessageId) -> impl IntoView {
    let trouble = RwSignal::new(None::<String>);
    let shut = move || talk.dialog.set(None);
    let go = move || {
        let command = Command::ClosePoll(message.clone());
        leptos::task::spawn_local(async move {
            match talk.app.core.ask(command).await {
                Outcome::Failed(why) => {
                    trouble.try_set(Some(sentence(why)));
                }
                _ => shut(),
            }
        });
    };
    let (title, text) = (t("poll-close-title"), t("poll-close-text"));
    confirm(title, text, t("poll-close"), trouble, shut, go)
}
