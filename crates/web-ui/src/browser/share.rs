//! Handing a link to another program by the system's own dialog, where it has one.

use js_sys::{Function, Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};

/// Whether there is such a dialog.
pub fn can_share() -> bool {
    dialog().is_some()
}

/// Opens it. What becomes of it is between the person and the system.
pub fn share(link: &str) {
    let (Some(dialog), what) = (dialog(), Object::new()) else {
        return;
    };
    let _ = Reflect::set(&what, &"url".into(), &JsValue::from_str(link));
    let Ok(promise) = dialog.call1(&window().navigator(), &what) else {
        return;
    };
    // To close the dialog is a refusal, and no news.
    if let Ok(promise) = promise.dyn_into::<js_sys::Promise>() {
        leptos::task::spawn_local(async move {
            let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
        });
    }
}

fn dialog() -> Option<Function> {
    let share = Reflect::get(&window().navigator(), &"share".into()).ok()?;
    share.dyn_into().ok()
}
