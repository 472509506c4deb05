//! Putting Valise among the device's own programs, where the browser offers it.

use crate::{app::App, browser::object::call};
use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::JsValue;

thread_local! {
    /// The browser's offer. It can be taken once.
    static OFFER: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

/// Keeps the browser's offer for when the person asks for it.
pub fn start(app: App) {
    let offered = window_event_listener_untyped("beforeinstallprompt", move |event| {
        event.prevent_default();
        OFFER.set(Some(event.into()));
        app.reach.may_install.set(true);
    });
    let done = window_event_listener_untyped("appinstalled", move |_| {
        OFFER.take();
        app.reach.may_install.set(false);
    });
    on_cleanup(move || {
        offered.remove();
        done.remove();
    });
}

/// Takes the offer: the browser asks the person.
pub fn install(app: App) {
    let Some(offer) = OFFER.take() else {
        return;
    };
    app.reach.may_install.set(false);
    call(&offer, "prompt", &JsValue::UNDEFINED);
}
