//! Several messages at once: the box beside each, and the bar with what can be done with all of them.

use super::talk::{Dialog, Talk};
use crate::{
    browser::{self, intl},
    logic::{
        selection::{MOST, Selection},
        text::harmless,
    },
    parts::{icon, icon_button},
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::{Message, MessageId};
use web_sys::KeyboardEvent;

impl Talk {
    /// Whether messages are being chosen.
    pub fn is_selecting(self) -> bool {
        self.selection.with(Option::is_some)
    }

    /// Whether a message is chosen.
    pub fn is_selected(self, id: &MessageId) -> bool {
        self.selection
            .with(|chosen| chosen.as_ref().is_some_and(|chosen| chosen.has(id)))
    }

    /// Begins to choose messages, with one of them.
    pub fn select(self, id: &MessageId) {
        self.selection.set(Some(Selection::default()));
        self.toggle(id);
        self.focus_row(id);
    }

    /// Chooses a message that is loaded, or no longer; says whether it can be chosen at all.
    pub fn toggle(self, id: &MessageId) -> bool {
        let place = self.shown.with_untracked(|shown| {
            let shown = shown.as_ref()?;
            let at = shown.messages.iter().position(|known| known.id == *id)?;
            Some(shown.start + at as u32)
        });
        let (Some(place), Some(message)) = (place, self.message(id)) else {
            return false;
        };
        if !self.acts(&message).select() {
            return false;
        }
        let mut has_room = true;
        self.selection.update(|chosen| {
            if let Some(chosen) = chosen {
                has_room = chosen.toggle(place, &message);
            }
        });
        if !has_room {
            self.app.say(tw("select-most", [("count", MOST.into())]));
        }
        true
    }

    /// Chooses no longer; the keyboard stays where it was.
    pub fn end_selection(self) {
        self.selection.set(None);
        if let Some(id) = self.marks.focused.get_untracked() {
            self.focus_row(&id);
        }
    }

    /// Something was done with what was chosen, if anything was; the chat may be gone meanwhile.
    pub fn has_acted(self) {
        if self.selection.try_with_untracked(Option::is_some) == Some(true) {
            self.end_selection();
        }
    }

    fn focus_row(self, id: &MessageId) {
        let selector = format!("article[data-message=\"{}\"]", id.0);
        self.marks.focused.set(Some(id.clone()));
        browser::soon(move || browser::focus(&selector));
    }
}

/// The box beside a message, while messages are chosen.
pub fn tick_box(talk: Talk, id: MessageId, label: String, stop: Memo<bool>) -> impl IntoView {
    let id = StoredValue::new(id);
    move || {
        talk.is_selecting().then(|| {
            let can = talk.message(&id.get_value()).is_some_and(|message| talk.acts(&message).select());
            can.then(|| view! {
                <input type="checkbox" class="tickbox choose" aria-label=label.clone() tabindex=move || if stop.get() { "0" } else { "-1" }
                    prop:checked=move || talk.is_selected(&id.get_value()) on:change=move |_| { talk.toggle(&id.get_value()); }/>
            })
        })
    }
}

/// The bar in the place of the one to write in.
pub fn bar(talk: Talk) -> impl IntoView {
    follow(talk);
    let is_on = Memo::new(move |_| talk.is_selecting());
    move || is_on.get().then(|| shown(talk))
}

fn shown(talk: Talk) -> impl IntoView {
    let count = Memo::new(move |_| {
        talk.selection
            .with(|chosen| chosen.as_ref().map_or(0, |chosen| chosen.len()))
    });
    let may_send = Memo::new(move |_| {
        talk.head
            .with(|head| head.as_ref().is_some_and(|head| head.may_send))
    });
    let can = Memo::new(move |_| {
        let may_send = may_send.get();
        talk.selection
            .with(|chosen| chosen.as_ref().map(|chosen| chosen.acts(may_send)))
            .unwrap_or_default()
    });
    let ids = move || {
        talk.selection.with_untracked(|chosen| {
            chosen
                .as_ref()
                .map(|chosen| chosen.ids())
                .unwrap_or_default()
        })
    };
    view! {
        <div class="select-bar" role="toolbar" aria-label=t("selection")>
            {icon_button("x", t("select-end"), move || talk.end_selection())}
            <p class="select-count" aria-live="polite">{move || tw("selected", [("count", count.get().into())])}</p>
            {move || can.get().copy.then(|| act("copy", t("copy-text"), move || copy(talk)))}
            {move || can.get().forward.then(|| act("forward", t("forward"), move || talk.dialog.set(Some(Dialog::Forward(ids())))))}
            {move || can.get().delete.then(|| act("trash-2", t("delete-for-all"), move || talk.dialog.set(Some(Dialog::Delete(ids())))))}
        </div>
    }
}

fn act(name: &'static str, label: String, press: impl Fn() + 'static) -> impl IntoView {
    let class = if name == "trash-2" {
        "button select-act danger"
    } else {
        "button select-act"
    };
    let (title, named) = (label.clone(), label.clone());
    view! {
        <button type="button" class=class title=title aria-label=named on:click=move |_| press()>{icon(name)}<span aria-hidden="true">{label}</span></button>
    }
}

fn copy(talk: Talk) {
    let label = |message: &Message| {
        let name = if message.is_mine {
            t("you")
        } else {
            message.sender_name.clone()
        };
        format!("[{}] {}", intl::full(message.at), harmless(&name))
    };
    let text = talk.selection.with_untracked(|chosen| {
        chosen
            .as_ref()
            .map(|chosen| chosen.text(label))
            .unwrap_or_default()
    });
    talk.copy_text(text);
    talk.end_selection();
}

/// What becomes of messages meanwhile is taken in.
fn follow(talk: Talk) {
    Effect::new(move |_| {
        talk.shown.with(|shown| {
            let Some(shown) = shown else { return };
            talk.selection.try_maybe_update(|chosen| {
                let Some(chosen) = chosen else {
                    return (false, ());
                };
                let before = chosen.clone();
                chosen.follow(shown);
                (*chosen != before, ())
            });
        });
    });
}

/// Escape ends it, before anything else that Escape does.
pub fn key(talk: Talk, event: &KeyboardEvent) {
    let is_over = talk.dialog.with_untracked(Option::is_some)
        || talk.menu.with_untracked(Option::is_some)
        || event.default_prevented();
    if event.key() == "Escape" && !is_over && talk.selection.with_untracked(Option::is_some) {
        event.prevent_default();
        talk.end_selection();
    }
}
