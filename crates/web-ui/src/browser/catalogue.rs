//! Catalogues of languages: files beside the module, asked for when somebody speaks one.

use super::object;
use crate::words::{self, Language};
use leptos::prelude::window;

/// Sees to it that a language can be spoken; tells whether it can.
///
/// The script that starts the module asks for the file (`static/boot.js`), the first one while the module is on its way, and
/// gives up after a while.
pub async fn learn(language: Language) -> bool {
    if words::knows(language) {
        return true;
    }
    let catalogue = object::ask(&window(), "catalogue", &language.tag().into()).await;
    let Some(catalogue) = catalogue.and_then(|text| text.as_string()) else {
        return false;
    };
    words::learn(language, &catalogue);
    true
}

/// Where the service worker finds the catalogue of a language; English is no file.
pub fn address(language: Language) -> Option<String> {
    (language != Language::English).then(|| format!("/words/{}.ftl", language.tag()))
}
