//! The keyboard.

use crate::{
    app::{App, Dialog, Tab},
    browser,
    parts::modal,
    words::t,
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Listens for the keys that work everywhere.
pub fn listen(app: App) {
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        if app.dialog.with_untracked(Option::is_some)
            || event.default_prevented()
            || event.is_composing()
        {
            return;
        }
        let command = event.ctrl_key() || event.meta_key();
        let done = match event.key().as_str() {
            "k" | "K" if command => open(app, Dialog::NewChat),
            "n" | "N" if (command || event.alt_key()) && event.shift_key() => {
                open(app, Dialog::NewRequest)
            }
            "n" | "N" if command || event.alt_key() => open(app, Dialog::NewChat),
            "o" | "O" if event.alt_key() => open(app, Dialog::Organisations),
            "f" | "F" if command && event.shift_key() => find(app),
            "ArrowDown" if event.alt_key() => next_chat(1),
            "ArrowUp" if event.alt_key() => next_chat(-1),
            "Escape" => escape(app),
            "?" if !is_typing(&event) => open(app, Dialog::Keys),
            _ => false,
        };
        if done {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

fn open(app: App, dialog: Dialog) -> bool {
    app.dialog.set(Some(dialog));
    true
}

fn find(app: App) -> bool {
    app.tab.set(Tab::Chats);
    browser::soon(|| browser::focus("#chat-search"));
    true
}

/// Back, but only from something that is not itself closed by Escape.
fn escape(app: App) -> bool {
    let in_modal = document()
        .query_selector("dialog[open]")
        .ok()
        .flatten()
        .is_some();
    if in_modal || app.chat.with_untracked(Option::is_none) {
        return false;
    }
    app.back();
    true
}

/// Opens the chat above or below by pressing its row: the list's order is what is on the screen.
fn next_chat(step: i32) -> bool {
    let Ok(rows) = document().query_selector_all(".chat-row, .request-row") else {
        return false;
    };
    let element = |at: u32| {
        rows.get(at)
            .map(|row| row.unchecked_into::<web_sys::HtmlElement>())
    };
    let here = (0..rows.length())
        .find(|at| element(*at).is_some_and(|row| row.get_attribute("aria-current").is_some()));
    let next = match here {
        Some(here) => here
            .saturating_add_signed(step)
            .min(rows.length().saturating_sub(1)),
        None => 0,
    };
    if let Some(row) = element(next) {
        row.click();
    }
    true
}

fn is_typing(event: &web_sys::KeyboardEvent) -> bool {
    let Some(target) = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
    else {
        return false;
    };
    matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
}

/// All keys on one sheet.
pub fn help(app: App) -> impl IntoView {
    let row = |keys: &'static [&'static str], text: String| {
        view! {
            <tr><th scope="row">{keys.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view()}</th><td>{text}</td></tr>
        }
    };
    modal(
        t("keys-title"),
        "small",
        move || app.dialog.set(None),
        view! {
            <div class="modal-body"><table class="keys"><tbody>
                {row(&["Ctrl", "K"], t("keys-go"))}
                {row(&["Alt", "N"], t("keys-new"))}
                {row(&["Alt", "Shift", "N"], t("keys-request"))}
                {row(&["Ctrl", "Shift", "F"], t("keys-find"))}
                {row(&["Alt", "O"], t("organisations"))}
                {row(&["Alt", "↑"], t("keys-previous"))}
                {row(&["Alt", "↓"], t("keys-next"))}
                {row(&["Enter"], t("keys-send"))}
                {row(&["Shift", "Enter"], t("keys-newline"))}
                {row(&["↑"], t("keys-edit"))}
                {row(&["↑", "↓"], t("keys-rows"))}
                {row(&["Enter"], t("keys-menu"))}
                {row(&["Esc"], t("keys-back"))}
                {row(&["?"], t("keys-help"))}
            </tbody></table></div>
        },
    )
}
