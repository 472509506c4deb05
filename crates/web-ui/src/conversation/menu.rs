//! The menu of a message: signs in a row, and what can be done.

use super::talk::{Dialog, Menu, Talk};
use crate::{
    browser::matches,
    logic::{
        acts::own_sign,
        menu::{Area, Key, beside, step},
    },
    parts::{icon, open_over},
    words::t,
};
use leptos::{html, prelude::*};
use valise_views::Message;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement, KeyboardEvent};

/// The signs that are one press away.
const QUICK: [&str; 6] = ["👍", "❤️", "😂", "😮", "😢", "🙏"];
/// On a screen that narrow the menu is a sheet at its lower edge, as the stylesheet has it.
const SHEET: &str = "(max-width: 480px)";

/// The menu that is open, if one is.
pub fn layer(talk: Talk) -> impl IntoView {
    move || talk.menu.get().map(|menu| shown(talk, menu))
}

#[derive(Clone, Copy)]
struct Open {
    talk: Talk,
    message: StoredValue<Message>,
    dialog: NodeRef<html::Dialog>,
}

impl Open {
    /// Closes the menu, which gives the focus back, and then does something with the message.
    fn then(self, act: impl FnOnce(Talk, &Message)) {
        let message = self.message.get_value();
        let talk = self.talk;
        if let Some(dialog) = self.dialog.get_untracked() {
            dialog.close();
        }
        talk.menu.set(None);
        act(talk, &message);
    }
}

fn shown(talk: Talk, menu: Menu) -> impl IntoView {
    let can = talk.acts(&menu.message);
    let open = Open {
        talk,
        message: StoredValue::new(menu.message),
        dialog: NodeRef::new(),
    };
    let at = menu.at;
    open_over(open.dialog, move |dialog| {
        put(dialog, at);
        // The first item, not the first sign: an Enter too many must not send anything.
        let find = |selector| dialog.query_selector(selector).ok().flatten();
        focus(find(".menu-item").or_else(|| find(".menu-sign")));
    });
    let items = (!menu.only_signs).then(|| {
        view! {
            {can.answer.then(|| item("reply", t("reply"), move || open.then(|talk, message| talk.answer(message))))}
            {can.forward.then(|| item("forward", t("forward"), move || open.then(|talk, message| talk.dialog.set(Some(Dialog::Forward(vec![message.id.clone()]))))))}
            {can.copy.then(|| item("copy", t("copy-text"), move || open.then(|talk, message| talk.copy(message))))}
            {can.select().then(|| item("circle-check", t("select"), move || open.then(|talk, message| talk.select(&message.id))))}
            {can.edit.then(|| item("pencil", t("edit"), move || open.then(|talk, message| talk.edit(message))))}
            {can.versions.then(|| item("history", t("versions"), move || open.then(|talk, message| talk.dialog.set(Some(Dialog::Versions(message.id.clone()))))))}
            {can.delete.then(|| item("trash-2", t("delete-for-all"), move || open.then(|talk, message| talk.dialog.set(Some(Dialog::Delete(vec![message.id.clone()]))))))}
        }
    });
    let close = move || open.then(|_, _| {});
    view! {
        <dialog node_ref=open.dialog class="menu" aria-label=t("message-actions")
            on:cancel=move |event: web_sys::Event| { event.prevent_default(); close() }
            on:pointerdown=move |event: web_sys::PointerEvent| if event.target() == event.current_target() { close() }
            on:contextmenu=move |event: web_sys::MouseEvent| event.prevent_default()
            on:keydown=move |event| if let Some(dialog) = open.dialog.get_untracked() { key(&event, &dialog) }>
            <div class="menu-box" role="menu" aria-label=t("message-actions")>
                {can.answer.then(|| signs(open))}
                {items}
            </div>
        </dialog>
    }
}

fn signs(open: Open) -> impl IntoView {
    let own = open
        .message
        .with_value(|message| own_sign(message).map(str::to_owned));
    let sign = move |emoji: &'static str| {
        let is_own = own.as_deref() == Some(emoji);
        view! {
            <button type="button" class="menu-sign" role="menuitemradio" aria-checked=is_own.to_string() tabindex="-1"
                on:click=move |_| open.then(|talk, message| talk.react(message, emoji))>{emoji}</button>
        }
    };
    let all = move |_| {
        open.then(|talk, message| talk.dialog.set(Some(Dialog::Sign(message.id.clone()))));
    };
    view! {
        <div class="menu-signs" role="group" aria-label=t("react")>
            {QUICK.map(sign).collect_view()}
            <button type="button" class="menu-sign other" role="menuitem" tabindex="-1" aria-label=t("react-other") title=t("react-other") on:click=all>{icon("plus")}</button>
        </div>
    }
}

fn item(name: &'static str, label: String, press: impl Fn() + 'static) -> impl IntoView {
    let class = if name == "trash-2" {
        "menu-item danger"
    } else {
        "menu-item"
    };
    view! {
        <button type="button" class=class role="menuitem" tabindex="-1" on:click=move |_| press()>{icon(name)}<span>{label}</span></button>
    }
}

/// Puts the menu beside its message; on a narrow screen the stylesheet does.
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
