//! The port between this worker and its page. The other end is `bridge/port.rs` of the interface.

use crate::browser::scope;
use js_sys::{Array, Uint8Array};
use valise_views::bridge::{FromCore, ToCore};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Blob, MessageEvent};
use zeroize::Zeroize;

/// First element of every message.
mod tag {
    /// Bytes of `ToCore` or `FromCore`.
    pub const CORE: f64 = 0.0;
    /// From the page: a handle and a file. To it: a number and a file.
    pub const FILE: f64 = 1.0;
    /// The passkey's id.
    pub const CREDENTIAL: f64 = 2.0;
    /// The page is about to be frozen (true) or goes on (false).
    pub const FROZEN: f64 = 3.0;
}

/// What the page says.
pub enum FromPage {
    /// A word to the core.
    Core(ToCore),
    /// A file to send.
    File {
        /// The page's name for it.
        handle: u64,
        /// The file.
        blob: Blob,
    },
    /// Which passkey opens the store that is about to be made.
    Credential(Vec<u8>),
    /// The page is about to be frozen, or goes on.
    Frozen(bool),
}

/// Listens to the page as long as the worker lives, beginning with what came before the core was loaded.
pub fn listen(incoming: impl Fn(FromPage) + 'static) {
    let closure = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(message) = read(&event.data()) {
            incoming(message);
        }
    });
    let function: &js_sys::Function = closure.as_ref().unchecked_ref();
    scope().set_onmessage(Some(function));
    // `worker.js` keeps what comes while the module is loading.
    let early = crate::browser::get(&scope(), "early");
    if let Ok(early) = early.dyn_into::<Array>() {
        for event in early
            .splice(0, early.length(), &JsValue::UNDEFINED)
            .iter()
            .filter(|event| !event.is_undefined())
        {
            let _ = function.call1(&JsValue::UNDEFINED, &event);
        }
    }
    closure.forget();
}

/// Says something to the page.
pub fn say(message: &FromCore) {
    if let Ok(bytes) = postcard::to_stdvec(message) {
        let moved = Uint8Array::from(bytes.as_slice());
        let message = Array::of2(&tag::CORE.into(), &moved);
        let _ = scope().post_message_with_transfer(&message, &Array::of1(&moved.buffer()));
    }
}

/// Gives the page a file that it asked for.
pub fn give_file(number: u64, blob: &Blob) {
    let _ = scope().post_message(&Array::of3(
        &tag::FILE.into(),
        &JsValue::from_f64(number as f64),
        blob,
    ));
}

/// Tells the page which passkey opens the store.
pub fn give_credential(id: &[u8]) {
    let _ = scope().post_message(&Array::of2(&tag::CREDENTIAL.into(), &Uint8Array::from(id)));
}

fn read(data: &JsValue) -> Option<FromPage> {
    let parts = data.dyn_ref::<Array>()?;
    let which = parts.get(0).as_f64()?;
    if which == tag::CORE {
        let array = parts.get(1).dyn_into::<Uint8Array>().ok()?;
        let mut bytes = array.to_vec();
        // The secret that opens the store may be in it.
        array.fill(0, 0, array.length());
        let message = postcard::from_bytes(&bytes).ok();
        bytes.zeroize();
        message.map(FromPage::Core)
    } else if which == tag::FILE {
        let handle = parts.get(1).as_f64()? as u64;
        Some(FromPage::File {
            handle,
            blob: parts.get(2).dyn_into().ok()?,
        })
    } else if which == tag::CREDENTIAL {
        Some(FromPage::Credential(
            parts.get(1).dyn_into::<Uint8Array>().ok()?.to_vec(),
        ))
    } else if which == tag::FROZEN {
        Some(FromPage::Frozen(parts.get(1).is_truthy()))
    } else {
        None
    }
}
