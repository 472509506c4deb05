//! The interface in the browser: what a person sees and touches.
//!
//! It holds no secret and knows no protocol. It shows what the core says through [`driver::Driver`] and asks for what
//! the person wants. [`logic`] decides what can be decided without a browser; everything else is components.
//!
//! Whatever somebody else wrote reaches the page through text nodes and properties only, never as markup.

mod app;
pub mod bridge;
mod browser;
mod chats;
mod conversation;
mod details;
pub mod driver;
mod gate;
mod guest;
pub mod logic;
mod paper;
mod parts;
mod people;
mod reach;
mod requests;
mod settings;
mod shell;
mod viewer;
pub mod words;

use std::rc::Rc;

use words::Language;

/// Shows the interface in the page's body, over a driver, when its words are here; in English where those of the person's language
/// cannot be had.
pub fn start(driver: Rc<dyn driver::Driver>) {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(async move {
        let wanted = browser::language();
        let language = match browser::catalogue::learn(wanted).await {
            true => wanted,
            false => Language::English,
        };
        if !browser::is_first_visit() {
            browser::end_first_screen();
        }
        leptos::mount::mount_to_body(move || app::root(driver, language));
    });
}
