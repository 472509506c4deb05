//! The signs that people put under a message.

use super::talk::Talk;
use crate::{
    logic::{rows::Row, text::within},
    words::t,
};
use leptos::prelude::*;
use valise_views::{MessageId, Reaction};

/// The signs, the most frequent first; a press puts one's own there or takes it away.
pub fn signs(talk: Talk, id: MessageId, row: ArcRwSignal<Row>, stop: Memo<bool>) -> impl IntoView {
    let all = Memo::new(move |_| row.with(|row| row.message.reactions.clone()));
    let order = Memo::new(move |_| {
        all.with(|all| {
            let signs = all.iter().map(|sign| sign.emoji.clone());
            signs.collect::<Vec<String>>()
        })
    });
    let any = Memo::new(move |_| all.with(|all| !all.is_empty()));
    move || {
        let id = id.clone();
        any.get().then(|| view! {
            <div class="signs" role="group" aria-label=t("signs")>
                // A sign's button stays while others come and go, and keeps the focus.
                <For each=move || order.get() key=String::clone children=move |emoji| sign(talk, id.clone(), all, emoji, stop)/>
            </div>
        })
    }
}

fn sign(
    talk: Talk,
    id: MessageId,
    all: Memo<Vec<Reaction>>,
    emoji: String,
    stop: Memo<bool>,
) -> impl IntoView {
    let wanted = emoji.clone();
    let this =
        Memo::new(move |_| all.with(|all| all.iter().find(|sign| sign.emoji == wanted).cloned()));
    let names = Memo::new(move |_| {
        this.with(|this| {
            this.as_ref()
                .map(|this| people(talk, &this.people, this.mine))
                .unwrap_or_default()
        })
    });
    let count = move || this.with(|this| this.as_ref().map_or(0, |this| this.people.len()));
    let mine = move || this.with(|this| this.as_ref().is_some_and(|this| this.mine));
    let (shown, spoken) = (emoji.clone(), emoji.clone());
    let press = move |event: web_sys::MouseEvent| {
        let Some(message) = talk.message(&id) else {
            return;
        };
        if talk.acts(&message).answer {
            // One's own last sign goes with its button: the focus stays with the message.
            let is_last = this.with_untracked(|this| {
                this.as_ref()
                    .is_some_and(|this| this.mine && this.people.len() == 1)
            });
            if is_last {
                super::gestures::focus_row(&event);
            }
            talk.react(&message, &emoji);
        }
    };
    view! {
        <button type="button" class="sign-chip" aria-pressed=move || mine().to_string() tabindex=move || if stop.get() { "0" } else { "-1" }
            title=move || names.get() on:click=press>
            <span class="unseen">{move || format!("{spoken} {}", names.get())}</span>
            <span class="sign-face" aria-hidden="true">{shown}</span>
            <span class="sign-count" aria-hidden="true">{count}</span>
        </button>
    }
}

/// Names of those who did something: oneself first.
pub fn people(talk: Talk, names: &[String], mine: bool) -> String {
    let me = talk.app.know(|ready| ready.name.clone());
    let mut others: Vec<&String> = names.iter().collect();
    let own = others.iter().position(|name| mine && **name == me);
    let you = own.map(|at| {
        others.remove(at);
        t("you")
    });
    let others = others.into_iter().map(|name| within(name));
    let all: Vec<String> = you.into_iter().chain(others).collect();
    all.join(", ")
}
