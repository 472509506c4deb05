//! The few things that are asked of the browser outside Leptos.

pub mod capture;
pub mod catalogue;
pub mod intl;
pub mod media;
pub mod object;
pub mod observe;
pub mod recorder;
pub mod share;

use crate::words::{self, Language};
use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use valise_paper::look::{Kind, look};
use valise_views::organisation::origin_of;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

/// Milliseconds since the beginning of 1970, by this device's clock.
pub fn now() -> u64 {
    js_sys::Date::now() as u64
}

/// Minutes by which local time was behind UTC at a moment.
pub fn offset_minutes(at: u64) -> i32 {
    js_sys::Date::new(&JsValue::from_f64(at as f64)).get_timezone_offset() as i32
}

/// From when on local clocks are how many minutes ahead of UTC: from a year ago until a moment.
pub fn clocks(until: u64) -> Vec<(u64, i32)> {
    const DAY: u64 = 24 * 60 * 60 * 1_000;
    const MINUTE: u64 = 60 * 1_000;
    let ahead = |at: u64| -offset_minutes(at);
    let mut at = now().saturating_sub(365 * DAY) / MINUTE * MINUTE;
    let mut clocks = vec![(0, ahead(at))];
    while at < until {
        let next = at + DAY;
        if ahead(next) != ahead(at) {
            let (mut before, mut after) = (at, next);
            while after - before > MINUTE {
                let middle = before + (after - before) / 2 / MINUTE * MINUTE;
                match ahead(middle) == ahead(at) {
                    true => before = middle,
                    false => after = middle,
                }
            }
            clocks.push((after, ahead(next)));
        }
        at = next;
    }
    clocks
}

/// Whether the person looks at this page.
pub fn is_looked_at() -> bool {
    !document().hidden() && document().has_focus().unwrap_or(true)
}

/// What kind of device this is, in words that a person knows it by; may be empty.
pub fn device_name() -> String {
    let agent = window().navigator().user_agent().unwrap_or_default();
    crate::logic::device::name(&agent)
}

/// The server that the page came from: scheme, host and port.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Where an address leads that a person typed: its name in the letters that a browser sends, which are shown.
pub fn origin_in(typed: &str) -> Option<String> {
    let typed = typed.trim();
    if typed.is_ascii() {
        return origin_of(typed);
    }
    // Only the name may be in other letters: a name for somebody at a server would hide the server.
    let is_plain = !typed.contains(['@', '\\', ' ']);
    let whole = match typed.contains("://") {
        true => typed.to_owned(),
        false => format!("https://{typed}"),
    };
    let read = web_sys::Url::new(&whole).ok().filter(|_| is_plain)?;
    origin_of(&read.origin())
}

/// Whether the page came over the line: nothing that was kept brought it.
pub fn is_first_visit() -> bool {
    has_worker() && window().navigator().service_worker().controller().is_none()
}

fn has_worker() -> bool {
    js_sys::Reflect::has(&window().navigator(), &"serviceWorker".into()).unwrap_or(false)
}

/// Lets what the page shows by itself, until there is something else, say this; tells whether it still stands there.
pub fn first_screen_says(sentence: &str) -> bool {
    let line = first_screen().and_then(|screen| screen.query_selector("p:not([hidden])").ok()?);
    if let Some(line) = &line
        && line.text_content().as_deref() != Some(sentence)
    {
        line.set_text_content(Some(sentence));
    }
    line.is_some()
}

/// Takes it away.
pub fn end_first_screen() {
    if let Some(screen) = first_screen() {
        screen.remove();
    }
}

fn first_screen() -> Option<web_sys::Element> {
    document().query_selector("main.first").ok().flatten()
}

/// Lets the person print what is shown.
pub fn print() {
    let _ = window().print();
}

/// Minutes since midnight, by this device's clock and place.
pub fn minute_of_day() -> u16 {
    let now = js_sys::Date::new_0();
    (now.get_hours() * 60 + now.get_minutes()) as u16
}

/// Whether the browser has something by this name.
pub fn has(name: &str) -> bool {
    js_sys::Reflect::has(&window(), &name.into()).unwrap_or(false)
}

/// Shows a number on the program's icon, where the device has such.
pub fn badge(count: u32) {
    let name = if count == 0 {
        "clearAppBadge"
    } else {
        "setAppBadge"
    };
    // Not every system shows one; that it does not is no matter.
    leptos::task::spawn_local(async move {
        object::ask(&window().navigator(), name, &count.into()).await;
    });
}

/// Whether one points here with something finer than a finger.
pub fn has_mouse() -> bool {
    matches("(pointer: fine)")
}

/// Whether a media query is true now.
pub fn matches(query: &str) -> bool {
    let media = window().match_media(query).ok().flatten();
    media.is_some_and(|media| media.matches())
}

/// Puts a text on the clipboard; says whether it is there.
pub async fn copy(text: &str) -> bool {
    let promise = window().navigator().clipboard().write_text(text);
    wasm_bindgen_futures::JsFuture::from(promise).await.is_ok()
}

/// Reads a choice that was kept on this device. Choices only: nothing that anybody wrote.
pub fn choice(name: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(name).ok()?
}

/// Keeps a choice on this device.
pub fn keep_choice(name: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // A full or closed storage only means that the choice is made again.
        let _ = storage.set_item(name, value);
    }
}

/// The language that was chosen, or the first of the browser's that there is.
pub fn language() -> Language {
    choice("language")
        .and_then(|tag| Language::from_tag(&tag))
        .or_else(|| {
            let tags = window().navigator().languages();
            tags.iter()
                .filter_map(|tag| Language::from_tag(&tag.as_string()?))
                .next()
        })
        .unwrap_or(Language::English)
}

/// The spoken language as the person's own place writes it: `en-GB` where the browser asks for British English.
pub fn locale() -> String {
    let spoken = words::spoken();
    let tags = window().navigator().languages();
    let own = tags
        .iter()
        .filter_map(|tag| tag.as_string())
        .find(|tag| Language::from_tag(tag) == Some(spoken));
    own.unwrap_or_else(|| spoken.tag().to_owned())
}

/// Makes a `blob:` URL of bytes.
pub fn blob_url(bytes: &[u8], media_type: &str) -> Option<String> {
    let blob = blob(bytes, media_type)?;
    web_sys::Url::create_object_url_with_blob(&blob).ok()
}

/// Makes a blob of bytes.
pub fn blob(bytes: &[u8], media_type: &str) -> Option<web_sys::Blob> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(&Uint8Array::from(bytes));
    web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()
}

/// Longest side of a small picture, in pixels: what others send for a face or a bubble is never larger.
const SMALL_SIDE: u32 = 2_048;

/// A `blob:` URL of a small picture, freed with the owner; none if it is neither JPEG, PNG nor WebP, or not small.
pub fn picture_url(bytes: &[u8]) -> Option<String> {
    let looked = look(bytes).ok()?;
    let media_type = match looked.kind {
        Kind::Jpeg => "image/jpeg",
        Kind::Png => "image/png",
        Kind::WebP => "image/webp",
        Kind::Gif | Kind::Avif => return None,
    };
    if looked.width.max(looked.height) > SMALL_SIDE {
        return None;
    }
    let url = blob_url(bytes, media_type)?;
    let freed = url.clone();
    on_cleanup(move || {
        let _ = web_sys::Url::revoke_object_url(&freed);
    });
    Some(url)
}

/// The bytes behind a `blob:` URL of this page, as the browser's own object; none if it is gone.
pub async fn blob_at(url: &str) -> Option<web_sys::Blob> {
    let answer = object::ask(&window(), "fetch", &url.into()).await?;
    let blob = object::ask(&answer, "blob", &JsValue::UNDEFINED).await?;
    blob.dyn_into().ok()
}

/// Saves what stands behind a URL under a name, where the browser saves files.
pub fn save(url: &str, name: &str) {
    let Ok(anchor) = document()
        .create_element("a")
        .map(|element| element.unchecked_into::<web_sys::HtmlAnchorElement>())
    else {
        return;
    };
    anchor.set_href(url);
    anchor.set_download(name);
    anchor.click();
}

/// Puts the focus on the first element that a selector finds.
pub fn focus(selector: &str) {
    if let Ok(Some(element)) = document().query_selector(selector) {
        let _ = element.unchecked_into::<HtmlElement>().focus();
    }
}

/// Does something when what was just rendered is in the document.
pub fn soon(action: impl FnOnce() + 'static) {
    request_animation_frame(action);
}

/// Moves the focus among the elements that a selector finds below `list`, by arrow keys, Home and End.
pub fn rove(event: &web_sys::KeyboardEvent, list: &web_sys::Element, selector: &str) {
    let Ok(found) = list.query_selector_all(selector) else {
        return;
    };
    let items: Vec<HtmlElement> = (0..found.length())
        .filter_map(|at| found.get(at))
        .map(JsCast::unchecked_into)
        .collect();
    let active = document().active_element();
    let here = items.iter().position(|item| {
        active
            .as_ref()
            .is_some_and(|active| item.contains(Some(active)))
    });
    let Some(last) = items.len().checked_sub(1) else {
        return;
    };
    let next = match (event.key().as_str(), here) {
        ("ArrowDown", Some(at)) => (at + 1).min(last),
        ("ArrowDown", None) | ("Home", _) => 0,
        ("ArrowUp", Some(at)) => at.saturating_sub(1),
        ("ArrowUp", None) | ("End", _) => last,
        _ => return,
    };
    event.prevent_default();
    let _ = items[next].focus();
}
