//! A menu over everything else, beside what it belongs to; on a narrow screen a sheet at its lower edge.

use super::{area, icon, open_over};
use crate::{
    browser::matches,
    logic::menu::{Area, Key, beside, step},
};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement, KeyboardEvent};

/// On a screen that narrow the menu is a sheet at its lower edge, as the stylesheet has it.
const SHEET: &str = "(max-width: 480px)";

/// A menu that is open as long as it is rendered. Its items are made by [`menu_item`]; signs have the class `menu-sign`.
pub fn menu(
    dialog: NodeRef<html::Dialog>,
    at: Area,
    label: String,
    close: impl Fn() + Copy + 'static,
    content: impl IntoView,
) -> impl IntoView {
    open_over(dialog, move |dialog| {
        put(dialog, at);
        // The first item, not the first sign: an Enter too many must not send anything.
        let find = |selector| dialog.query_selector(selector).ok().flatten();
        focus(find(".menu-item").or_else(|| find(".menu-sign")));
    });
    let named = label.clone();
    view! {
        <dialog node_ref=dialog class="menu" aria-label=named
            on:cancel=move |event: web_sys::Event| { event.prevent_default(); close() }
            on:pointerdown=move |event: web_sys::PointerEvent| if event.target() == event.current_target() { close() }
            on:contextmenu=move |event: web_sys::MouseEvent| event.prevent_default()
            on:keydown=move |event| if let Some(dialog) = dialog.get_untracked() { key(&event, &dialog) }>
            <div class="menu-box" role="menu" aria-label=label>{content}</div>
        </dialog>
    }
}

/// A menu that hangs at the button which opened it.
#[derive(Clone, Copy)]
pub struct Hanging {
    /// Its element.
    pub dialog: NodeRef<html::Dialog>,
    /// Where it hangs.
    pub at: Area,
    open: RwSignal<bool>,
}

impl Hanging {
    /// At a button, as long as `open` says so.
    pub fn at(button: NodeRef<html::Button>, open: RwSignal<bool>) -> Self {
        let button = button.get_untracked();
        Self {
            dialog: NodeRef::new(),
            at: button.map_or_else(|| Area::point(0.0, 0.0), |button| area(&button)),
            open,
        }
    }

    /// Takes it away.
    pub fn close(self) {
        if let Some(dialog) = self.dialog.get_untracked() {
            dialog.close();
        }
        self.open.set(false);
    }
}

/// One thing to do.
pub fn menu_item(name: &'static str, label: String, press: impl Fn() + 'static) -> impl IntoView {
    let class = if name == "trash-2" {
        "menu-item danger"
    } else {
        "menu-item"
    };
    view! {
        <button type="button" class=class role="menuitem" tabindex="-1" on:click=move |_| press()>{icon(name)}<span>{label}</span></button>
    }
}

/// Puts the menu beside what it belongs to; on a narrow screen the stylesheet does.
fn put(dialog: &HtmlDialogElement, at: Area) {
    if matches(SHEET) {
        return;
    }
    let side = |value: Result<wasm_bindgen::JsValue, _>| {
        value
            .ok()
            .and_then(|value| value.as_f64())
            .unwrap_or_default()
    };
    let screen = (side(window().inner_width()), side(window().inner_height()));
    let menu = (
        f64::from(dialog.offset_width()),
        f64::from(dialog.offset_height()),
    );
    let (left, top) = beside(at, menu, screen);
    let style = HtmlElement::style(dialog);
    // Setting a known property to a number of pixels does not fail.
    let _ = style.set_property("left", &format!("{left}px"));
    let _ = style.set_property("top", &format!("{top}px"));
}

/// Arrow keys, Home, End and Tab go from stop to stop; an Enter that is still held from opening does nothing.
fn key(event: &KeyboardEvent, dialog: &HtmlDialogElement) {
    let key = match event.key().as_str() {
        "ArrowDown" => Key::Down,
        "ArrowUp" => Key::Up,
        "ArrowLeft" => Key::Before,
        "ArrowRight" => Key::After,
        "Home" => Key::First,
        "End" => Key::Last,
        "Tab" if event.shift_key() => Key::Up,
        "Tab" => Key::Down,
        "Enter" if event.repeat() => return event.prevent_default(),
        _ => return,
    };
    event.prevent_default();
    let stops = |selector| {
        let found = dialog.query_selector_all(selector).ok();
        let all = found
            .into_iter()
            .flat_map(|found| (0..found.length()).filter_map(move |at| found.get(at)));
        all.filter_map(|node| node.dyn_into::<web_sys::Element>().ok())
            .collect::<Vec<_>>()
    };
    let (signs, items) = (stops(".menu-sign"), stops(".menu-item"));
    let active = document().active_element();
    let all: Vec<_> = signs.iter().chain(&items).cloned().collect();
    let here = all.iter().position(|stop| active.as_ref() == Some(stop));
    let next = step(key, here, signs.len(), items.len());
    focus(next.and_then(|next| all.get(next).cloned()));
}

fn focus(element: Option<web_sys::Element>) {
    if let Some(element) = element.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
