//! A link to hand over to somebody, or to another device of one's own.

use super::{copy_button, qr};
use crate::words::t;
use leptos::prelude::*;

/// Link, copy button and QR code, with a word of caution.
pub fn handed(link: String, label: String, caution: String) -> impl IntoView {
    view! {
        <div class="handed">
            {qr(&link, t("qr-label"))}
            <p class="hint centre">{caution}</p>
            <div class="link-line"><input type="text" readonly autocomplete="off" dir="ltr" aria-label=label prop:value=link.clone()
                on:focus:target=move |event| event.target().select()/></div>
            {copy_button(link, t("copy-link"))}
        </div>
    }
}
