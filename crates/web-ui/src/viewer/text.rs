//! A plain text as text: nothing in it is followed, fetched or run.

use super::scale;
use crate::{
    browser::media::beginning,
    words::{self, Language, t},
};
use leptos::prelude::*;
use web_sys::Blob;

/// Bytes that are shown; more would make scrolling slow and be read by nobody here.
const MOST_BYTES: usize = 512 * 1_024;

/// What was read.
#[derive(Clone, PartialEq)]
pub struct Read {
    text: String,
    is_cut: bool,
}

/// Reads the beginning of a text. In no Unicode it is taken for what is usual where the reader's language is spoken.
pub async fn read(file: &Blob) -> Option<Read> {
    let bytes = beginning(file, MOST_BYTES as f64).await?;
    let is_cut = file.size() > MOST_BYTES as f64;
    let encoding = match (bytes.get(..2), std::str::from_utf8(&bytes)) {
        (Some([0xff, 0xfe]), _) => "utf-16le",
        (Some([0xfe, 0xff]), _) => "utf-16be",
        // A sign that was cut in two at the end.
        (_, Err(error)) if is_cut && error.error_len().is_none() => "utf-8",
        (_, Ok(_)) => "utf-8",
        _ if words::spoken() == Language::Russian => "windows-1251",
        _ => "windows-1252",
    };
    let decoder = web_sys::TextDecoder::new_with_label(encoding).ok()?;
    let text = decoder.decode_with_u8_array(&bytes).ok()?;
    Some(Read { text, is_cut })
}

/// The text as a page.
pub fn page(read: Read, zoom: RwSignal<usize>) -> impl IntoView {
    view! {
        <div class="viewer-pages" tabindex="0" role="document">
            <pre class="viewer-text" dir="auto" style:font-size=move || format!("{}px", 15.0 * scale(zoom))>{read.text}</pre>
        </div>
        {read.is_cut.then(|| view! { <p class="viewer-note" role="status">{t("text-cut")}</p> })}
    }
}
