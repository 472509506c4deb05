//! A finger that rests on something, which opens its menu.

use crate::logic::menu::Area;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, MouseEvent, PointerEvent};

/// How long a finger rests until the menu opens.
const LONG: Duration = Duration::from_millis(450);
/// Pixels that a resting finger may move.
const STILL: i32 = 10;

/// A finger that rests.
#[derive(Clone)]
struct Rest {
    timer: Option<TimeoutHandle>,
    x: i32,
    y: i32,
}

/// The finger on one list.
#[derive(Clone, Copy)]
pub struct Hold {
    rest: StoredValue<Option<Rest>>,
    /// Whether the finger that is down has opened a menu: lifting it is no press.
    is_done: StoredValue<bool>,
}

impl Hold {
    /// No finger yet.
    pub fn new() -> Self {
        let this = Self {
            rest: StoredValue::new(None),
            is_done: StoredValue::new(false),
        };
        on_cleanup(move || this.stop());
        this
    }

    /// A pointer comes down. If it is a finger that stays, `open` is called, and says whether it opened something.
    pub fn down(self, event: &PointerEvent, open: impl Fn() -> bool + 'static) {
        self.stop();
        self.is_done.set_value(false);
        if event.pointer_type() == "mouse" || !event.is_primary() {
            return;
        }
        let wait = move || {
            if open() {
                self.is_done.try_update_value(|done| *done = true);
            }
        };
        let rest = Rest {
            timer: set_timeout_with_handle(wait, LONG).ok(),
            x: event.client_x(),
            y: event.client_y(),
        };
        self.rest.set_value(Some(rest));
    }

    /// A finger moves: then it does not rest.
    pub fn moved(self, event: &PointerEvent) {
        let has_moved = self.rest.with_value(|rest| {
            rest.as_ref().is_some_and(|rest| {
                let (x, y) = (event.client_x() - rest.x, event.client_y() - rest.y);
                x.abs() > STILL || y.abs() > STILL
            })
        });
        if has_moved {
            self.stop();
        }
    }

    /// The finger was lifted, or the browser scrolls with it.
    pub fn stop(self) {
        let rest = self.rest.try_update_value(Option::take).flatten();
        if let Some(timer) = rest.and_then(|rest| rest.timer) {
            timer.clear();
        }
    }

    /// A press: swallowed if it is the end of a long one. Says whether it was.
    pub fn click(self, event: &MouseEvent) -> bool {
        let is_end = self.is_done.get_value();
        if is_end {
            self.is_done.set_value(false);
            event.prevent_default();
            event.stop_propagation();
        }
        is_end
    }
}

/// Whether a finger or a pen makes a menu appear by itself: then [`Hold`] opens ours.
pub fn is_by_finger(event: &MouseEvent) -> bool {
    let pointer = event.dyn_ref::<PointerEvent>();
    pointer.is_some_and(|event| matches!(event.pointer_type().as_str(), "touch" | "pen"))
}

/// Whether a key asks for the menu of what has the focus.
pub fn is_menu_key(event: &KeyboardEvent) -> bool {
    event.key() == "ContextMenu" || event.key() == "F10" && event.shift_key()
}

/// What an event is about.
pub fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()
}

/// The nearest element around what an event is about that fits.
pub fn closest(event: &Event, selector: &str) -> Option<Element> {
    target(event)?.closest(selector).ok().flatten()
}

/// Where a mouse points.
pub fn pointed_at(event: &MouseEvent) -> Area {
    Area::point(f64::from(event.client_x()), f64::from(event.client_y()))
}

/// Where an element stands on the screen.
pub fn area(element: &Element) -> Area {
    let rect = element.get_bounding_client_rect();
    Area {
        left: rect.left(),
        top: rect.top(),
        right: rect.right(),
        bottom: rect.bottom(),
    }
}
