//! The bar with the pinned messages of a chat: it leads to one after the other.

use super::{Sort, line_of, talk::Talk};
use crate::{
    logic::acts::one_line,
    parts::{icon, icon_button},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::Command;
use valise_views::conversation::Pinned;

/// The bar; none while nothing is pinned.
pub fn bar(talk: Talk) -> impl IntoView {
    let pinned = Memo::new(move |_| {
        talk.shown.with(|shown| {
            shown
                .as_ref()
                .map(|shown| shown.pinned.clone())
                .unwrap_or_default()
        })
    });
    let may_pin = Memo::new(move |_| {
        talk.head
            .with(|head| head.as_ref().is_some_and(|head| head.may_pin))
    });
    // The one that is shown: a press leads to it, and the next press to the one before.
    let at = RwSignal::new(0_usize);
    let shown = Memo::new(move |_| {
        pinned.with(|pinned| {
            let at = at.get().checked_rem(pinned.len())?;
            Some((at, pinned.len(), pinned[at].clone()))
        })
    });
    move || {
        shown.get().map(|(place, count, pin)| {
            let message = pin.message.clone();
            let author = author(&pin);
            let line = line_of(&one_line(&pin.text), Sort::of(pin.is_poll, pin.is_card));
            let title = if count == 1 {
                t("pinned-message")
            } else {
                tw("pinned-of", [("number", (place + 1).into()), ("count", count.into())])
            };
            let go = move |_| {
                talk.go_to(message.clone());
                at.set(place + 1);
            };
            let message = pin.message.clone();
            let off = move || talk.pin(message.clone(), false);
            view! {
                <div class="pins" role="group" aria-label=t("pinned-messages")>
                    <button type="button" class="pins-what" title=t("show-message") on:click=go>
                        <span class="aim-sign">{icon("pin")}</span>
                        <span class="quote-lines">
                            <span class="quote-who">{title}<span class="unseen">" " {author}</span></span>
                            <span class="quote-text" dir="auto">{line}</span>
                        </span>
                    </button>
                    {may_pin.get().then(|| icon_button("pin-off", t("message-unpin"), off))}
                </div>
            }
        })
    }
}

fn author(pin: &Pinned) -> String {
    let name = if pin.is_mine {
        t("you")
    } else {
        pin.sender_name.clone()
    };
    tw("preview-sender", [("name", name.into())])
}

impl Talk {
    /// Pins a message for everybody, or takes it off.
    pub fn pin(self, message: valise_views::MessageId, on: bool) {
        self.ask(Command::PinMessage { message, on });
    }
}
