//! What pointers and keys do to a message to open its menu: a long press, a right press, the menu key.

use super::talk::Talk;
use crate::{
    logic::menu::Area,
    parts::{Hold, area, closest, is_by_finger, is_menu_key, pointed_at, target},
};
use leptos::prelude::*;
use std::time::Duration;
use valise_views::MessageId;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, MouseEvent, PointerEvent};

/// After this time without a movement a list stands still.
const STANDS_STILL: Duration = Duration::from_millis(120);

/// The gestures on one list of messages.
#[derive(Clone, Copy)]
pub struct Gestures {
    talk: Talk,
    /// The finger on the list, which may move and be lifted.
    pub hold: Hold,
    /// What the mouse is on.
    under: StoredValue<Option<MessageId>>,
    /// Runs while the list moves under the mouse.
    rolling: StoredValue<Option<TimeoutHandle>>,
}

impl Gestures {
    /// Listens to nothing yet.
    pub fn new(talk: Talk) -> Self {
        let this = Self {
            talk,
            hold: Hold::new(),
            under: StoredValue::new(None),
            rolling: StoredValue::new(None),
        };
        on_cleanup(move || this.stop_rolling());
        this
    }

    /// The mouse goes over messages.
    pub fn over(self, event: &PointerEvent) {
        if event.pointer_type() != "mouse" {
            return;
        }
        let row = closest(event, ".row").and_then(|row| message_of(&row));
        self.points_at(row);
    }

    /// The mouse leaves the messages.
    pub fn leave(self) {
        self.points_at(None);
    }

    /// The list was scrolled. What passes under the mouse meanwhile is not what it points at.
    pub fn rolled(self) {
        self.stop_rolling();
        let rest = move || {
            if self.rolling.try_set_value(None).is_none() {
                self.set_hot(self.under.get_value());
            }
        };
        let timer = set_timeout_with_handle(rest, STANDS_STILL).ok();
        self.rolling.set_value(timer);
    }

    fn stop_rolling(self) {
        let timer = self.rolling.try_update_value(Option::take).flatten();
        if let Some(timer) = timer {
            timer.clear();
        }
    }

    fn points_at(self, row: Option<MessageId>) {
        self.under.set_value(row.clone());
        if self.rolling.with_value(Option::is_none) {
            self.set_hot(row);
        }
    }

    fn set_hot(self, row: Option<MessageId>) {
        let hot = self.talk.marks.hot;
        if hot.with_untracked(|known| *known != row) {
            hot.set(row);
        }
    }

    /// A finger comes down: if it rests, the menu opens.
    pub fn down(self, event: &PointerEvent) {
        let bubble = closest(event, ".bubble");
        let open = move || {
            let bubble = bubble.as_ref();
            bubble.is_some_and(|bubble| self.open_at(bubble, area(bubble)))
        };
        self.hold.down(event, open);
    }

    /// A press: swallowed if it is the end of a long one; while messages are chosen it chooses.
    pub fn click(self, event: &MouseEvent) {
        if !self.hold.click(event) && self.talk.selection.with_untracked(Option::is_some) {
            self.choose(event);
        }
    }

    /// While messages are chosen a press anywhere on one chooses it; its own box does that by itself.
    fn choose(self, event: &MouseEvent) {
        if closest(event, ".choose").is_some() {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        if let Some(row) = closest(event, ".row") {
            if let Some(message) = message_of(&row) {
                self.talk.toggle(&message);
            }
            focus(row);
        }
    }

    /// The right button, a browser's own long press, or the menu key.
    pub fn context(self, event: &MouseEvent) {
        let by_key = event.button() != 2;
        if is_by_finger(event) {
            // The finger's own timer opens the menu.
            if closest(event, ".bubble").is_some() {
                event.prevent_default();
            }
            return;
        }
        if by_key {
            if self.open_by_key(event) {
                event.prevent_default();
            }
            return;
        }
        // What was selected is copied by the browser's own menu, which Shift gives in any case.
        if event.shift_key() || has_selection() {
            return;
        }
        if let Some(bubble) = closest(event, ".bubble")
            && self.open_at(&bubble, pointed_at(event))
        {
            event.prevent_default();
        }
    }

    /// Enter or the menu key on a message; says whether it opened its menu or chose it.
    pub fn key(self, event: &KeyboardEvent) -> bool {
        if self.talk.selection.with_untracked(Option::is_some) {
            let is_press = matches!(event.key().as_str(), " " | "Enter") && !event.repeat();
            let row = target(event).filter(|target| target.class_list().contains("row"));
            let message = row.filter(|_| is_press).and_then(|row| message_of(&row));
            return message.is_some_and(|message| self.talk.toggle(&message));
        }
        let is_enter = event.key() == "Enter" && !event.repeat();
        (is_menu_key(event) || is_enter) && self.open_by_key(event)
    }

    /// Opens the menu of the message that has the focus itself; what stands in it has uses of its own for keys.
    fn open_by_key(self, event: &Event) -> bool {
        let Some(row) = target(event).filter(|target| target.class_list().contains("row")) else {
            return false;
        };
        let bubble = row.query_selector(".bubble").ok().flatten();
        bubble.is_some_and(|bubble| self.open_at(&bubble, area(&bubble)))
    }

    fn open_at(self, bubble: &Element, at: Area) -> bool {
        let row = bubble.closest(".row").ok().flatten();
        row.and_then(|row| message_of(&row))
            .is_some_and(|message| self.talk.open_menu(&message, at, false))
    }
}

/// Where the element stands that an event belongs to.
pub fn area_of(event: &Event) -> Option<Area> {
    let element = event.current_target()?.dyn_into::<Element>().ok()?;
    Some(area(&element))
}

/// Puts the focus on the message in which something happened.
pub fn focus_row(event: &Event) {
    if let Some(row) = closest(event, ".row") {
        focus(row);
    }
}

fn focus(row: Element) {
    if let Ok(row) = row.dyn_into::<HtmlElement>() {
        let _ = row.focus();
    }
}

/// The message whose row an element is.
pub fn message_of(row: &Element) -> Option<MessageId> {
    row.get_attribute("data-message").map(MessageId)
}

fn has_selection() -> bool {
    let selection = window().get_selection().ok().flatten();
    selection.is_some_and(|selection| !selection.is_collapsed())
}
