//! Pages of a PDF as pictures. The document's own programs and forms are never run.

use super::scale;
use crate::{
    browser::object::get,
    words::{t, tw},
};
use leptos::{html, prelude::*};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "/pdf-pages.js")]
extern "C" {
    /// Draws all pages below an element, each when it comes near the screen; gives how many are `shown`, and how many there are in `all`.
    #[wasm_bindgen(js_name = showPages, catch)]
    async fn show_pages(url: &str, element: &web_sys::Element) -> Result<JsValue, JsValue>;

    /// Draws the pages again, larger or smaller.
    #[wasm_bindgen(js_name = zoomPages)]
    fn zoom_pages(element: &web_sys::Element, scale: f64);

    /// Lets the document go.
    #[wasm_bindgen(js_name = closePages)]
    fn close_pages(element: &web_sys::Element);
}

/// The pages, one below the other.
pub fn pages(url: String, zoom: RwSignal<usize>) -> impl IntoView {
    let stage = NodeRef::<html::Div>::new();
    let state = RwSignal::new(None::<Option<(u32, u32)>>);
    stage.on_load(move |element| {
        let (drawn, closed) = (element.clone(), StoredValue::new_local(element));
        leptos::task::spawn_local(async move {
            let pages = show_pages(&url, &drawn).await.ok().map(|pages| {
                let number = |name| get(&pages, name).as_f64().unwrap_or_default() as u32;
                (number("shown"), number("all"))
            });
            state.try_set(Some(pages));
        });
        on_cleanup(move || {
            closed.try_with_value(|element| close_pages(element));
        });
    });
    Effect::new(move |_| {
        let scale = scale(zoom);
        if let Some(stage) = stage.get() {
            zoom_pages(&stage, scale);
        }
    });
    view! {
        <div class="viewer-pages" node_ref=stage tabindex="0" role="document" aria-label=t("pdf-pages")></div>
        <p class="viewer-note" role="status">{move || match state.get() {
            None => t("pdf-loading"),
            Some(None) => t("pdf-broken"),
            Some(Some((shown, all))) if shown < all => t("text-cut"),
            Some(Some((_, all))) => tw("pdf-count", [("count", all.into())]),
        }}</p>
    }
}
