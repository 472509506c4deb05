//! Sounds and films, with the browser's own controls. Nothing plays by itself.

use crate::{parts::icon, words::t};
use leptos::{attr::custom::custom_attribute, prelude::*};

/// A sound.
pub fn sound(url: String) -> impl IntoView {
    let broken = RwSignal::new(false);
    view! {
        <div class="viewer-stage">
            <audio src=url controls=true {..custom_attribute("controlslist", controls(false))} preload="metadata" hidden=move || broken.get() on:error=move |_| broken.set(true)></audio>
            {unplayable(broken)}
        </div>
    }
}

/// A film.
pub fn film(url: String, confidential: bool) -> impl IntoView {
    let broken = RwSignal::new(false);
    view! {
        <div class="viewer-stage">
            <video src=url controls=true {..custom_attribute("controlslist", controls(confidential))} {..custom_attribute("disablepictureinpicture", "")} playsinline=true preload="metadata"
                hidden=move || broken.get() on:error=move |_| broken.set(true)></video>
            {unplayable(broken)}
        </div>
    }
}

/// What the browser's controls lack: it is saved by our own button, which asks first where that matters. The whole screen would
/// have nobody's name across it.
fn controls(confidential: bool) -> &'static str {
    if confidential {
        "nodownload noremoteplayback nofullscreen"
    } else {
        "nodownload noremoteplayback"
    }
}

/// Said when the browser cannot play it: it can still be saved.
fn unplayable(broken: RwSignal<bool>) -> impl IntoView {
    move || {
        broken.get().then(|| view! { <p class="viewer-wait" role="alert">{icon("triangle-alert")} " " {t("unplayable")}</p> })
    }
}
