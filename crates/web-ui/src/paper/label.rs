//! The label *confidential*: chosen by whoever sends, seen by whoever reads, with the reader's name all over the page.
//!
//! It keeps an honest person from a careless moment. It keeps nobody from a photograph of the screen.

use crate::{app::App, logic::text::harmless, parts::icon, words::t};
use leptos::prelude::*;
use valise_views::Status;

/// How often the name stands on the screen: enough to leave no page without it.
const NAMES: usize = 160;

/// Asks whether what is sent is to bear the label.
pub fn label_box(confidential: RwSignal<bool>) -> impl IntoView {
    view! {
        <label class="check label-box">
            <input type="checkbox" class="tickbox" prop:checked=move || confidential.get() on:change:target=move |event| confidential.set(event.target().checked())/>
            <span>{t("confidential")}<span class="hint">{t("confidential-hint")}</span></span>
        </label>
    }
}

/// The label on a file.
pub fn label_chip() -> impl IntoView {
    view! { <span class="label-chip">{icon("stamp")}<span>{t("confidential")}</span></span> }
}

/// The reader's name across everything that is shown.
pub fn watermark(app: App) -> impl IntoView {
    let name = app.status.with_untracked(|status| match status {
        Some(Status::Ready(ready)) => harmless(&ready.name),
        _ => String::new(),
    });
    let line = format!("{name} · {}", t("confidential"));
    view! { <div class="watermark" aria-hidden="true">{(0..NAMES).map(|_| view! { <span>{line.clone()}</span> }).collect_view()}</div> }
}
