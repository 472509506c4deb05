//! What another program shares to Valise: kept in memory until a chat was chosen for it.

use crate::{app::App, browser::object::get};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::File;

/// Where the service worker sends the browser after it took what is shared.
const PAGE: &str = "/share";

/// Texts and files that wait for a chat.
#[derive(Clone)]
pub struct Shared {
    /// Title, text and address, a line each; may be empty.
    pub text: String,
    /// Files.
    pub files: Vec<File>,
}

/// Asks the service worker for what was shared, if that is why the page was opened.
pub fn start() {
    let location = window().location();
    if location.pathname().ok().as_deref() != Some(PAGE) {
        return;
    }
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some("/"));
    }
    leptos::task::spawn_local(async {
        if let Some(registration) = super::worker::registration().await
            && let Some(active) = registration.active()
        {
            let _ = active.post_message(&super::worker::message("shared"));
        }
    });
}

/// Takes what the service worker has.
pub fn took(app: App, said: &JsValue) {
    let files: Vec<File> = match get(said, "files").dyn_into::<js_sys::Array>() {
        Ok(files) => files
            .iter()
            .filter_map(|file| file.dyn_into().ok())
            .collect(),
        Err(_) => Vec::new(),
    };
    let text = get(said, "text").as_string().unwrap_or_default();
    if !files.is_empty() || !text.is_empty() {
        app.reach.shared.set(Some(Shared { text, files }));
    }
}
