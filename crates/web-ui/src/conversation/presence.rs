//! Whether the other one is here: said while one looks, shown under the name.

use super::talk::Talk;
use crate::{
    browser::{self, intl},
    words::{t, tw},
};
use leptos::prelude::*;
use std::time::Duration;
use valise_views::conversation::Presence;
use valise_views::{ChatKind, Command};

/// Time between two words that one looks.
const EVERY: Duration = Duration::from_secs(30);

/// Says that one looks, as long as a chat of two is open; the core decides what becomes of it.
pub fn look(talk: Talk) {
    let say = move || {
        let kind = talk
            .head
            .try_with_untracked(|head| head.as_ref().map(|head| head.kind));
        if kind.flatten() == Some(ChatKind::Direct) && browser::is_looked_at() {
            talk.app.core.tell(Command::LookAt(talk.chat()));
        }
    };
    let is_there = Memo::new(move |_| talk.head.with(Option::is_some));
    let shares = Memo::new(move |_| talk.app.know(|ready| ready.shares_presence));
    Effect::new(move |_| {
        if is_there.get() && shares.get() {
            say();
        }
    });
    if let Ok(interval) = set_interval_with_handle(say, EVERY) {
        on_cleanup(move || interval.clear());
    }
    for event in ["visibilitychange", "focus"] {
        let handle = window_event_listener_untyped(event, move |_| say());
        on_cleanup(move || handle.remove());
    }
}

/// What is said of somebody's being here.
pub fn presence_text(presence: Presence) -> String {
    match presence {
        Presence::Here => t("here-now"),
        Presence::Last(at) => tw("here-last", [("when", intl::stamp(at).into())]),
    }
}
