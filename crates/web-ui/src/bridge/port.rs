//! The worker and the messages to and from it.

use js_sys::{Array, Uint8Array};
use valise_views::bridge::{FromCore, ToCore};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Blob, MessageEvent, Worker, WorkerOptions, WorkerType};

/// Script that starts the core; the page's policy for script addresses lets it through.
const WORKER_SCRIPT: &str = "/worker.js";

/// First element of every message.
mod tag {
    /// Bytes of `ToCore` or `FromCore`.
    pub const CORE: f64 = 0.0;
    /// To the worker: a handle and a file. From it: a number and a file.
    pub const FILE: f64 = 1.0;
    /// The passkey's id.
    pub const CREDENTIAL: f64 = 2.0;
    /// The page is about to be frozen (true) or goes on (false).
    pub const FROZEN: f64 = 3.0;
}

/// What the worker says.
pub enum FromWorker {
    /// The core's word.
    Core(FromCore),
    /// The answer to a question for a file.
    File {
        /// The question's number.
        number: u64,
        /// The file.
        blob: Blob,
    },
    /// Which passkey opens the store.
    Credential(Vec<u8>),
}

/// A running worker. Dropping it ends the worker.
pub struct Port {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut()>,
    _on_freeze: [Closure<dyn FnMut()>; 2],
}

impl Port {
    /// Starts a worker; none if the browser has no module workers.
    pub fn open(
        incoming: impl Fn(FromWorker) + 'static,
        failed: impl Fn() + 'static,
    ) -> Option<Self> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(WORKER_SCRIPT, &options).ok()?;
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(message) = read(&event.data()) {
                incoming(message);
            }
        });
        let on_error = Closure::<dyn FnMut()>::new(failed);
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let on_freeze = [("freeze", true), ("resume", false)]
            .map(|(event, frozen)| tell_worker(&worker, event, frozen));
        Some(Self {
            worker,
            _on_message: on_message,
            _on_error: on_error,
            _on_freeze: on_freeze,
        })
    }

    /// Says something to the core. The bytes are moved, so that no copy of a secret stays on this side.
    pub fn send(&self, message: &ToCore) -> bool {
        let Ok(mut bytes) = postcard::to_stdvec(message) else {
            return false;
        };
        let moved = Uint8Array::from(bytes.as_slice());
        bytes.fill(0);
        let message = Array::of2(&tag::CORE.into(), &moved);
        self.worker
            .post_message_with_transfer(&message, &Array::of1(&moved.buffer()))
            .is_ok()
    }

    /// Hands a file over.
    pub fn give_file(&self, handle: u64, file: &Blob) {
        self.post(&Array::of3(
            &tag::FILE.into(),
            &JsValue::from_f64(handle as f64),
            file,
        ));
    }

    /// Says which passkey opens the store that is about to be made.
    pub fn give_credential(&self, id: &[u8]) {
        self.post(&Array::of2(&tag::CREDENTIAL.into(), &Uint8Array::from(id)));
    }

    fn post(&self, message: &Array) {
        let _ = self.worker.post_message(message);
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// A frozen page must not keep the store from the other tabs.
fn tell_worker(worker: &Worker, event: &str, frozen: bool) -> Closure<dyn FnMut()> {
    let worker = worker.clone();
    let closure = Closure::<dyn FnMut()>::new(move || {
        let _ = worker.post_message(&Array::of2(&tag::FROZEN.into(), &frozen.into()));
    });
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        let _ = document.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    }
    closure
}

fn read(data: &JsValue) -> Option<FromWorker> {
    let parts = data.dyn_ref::<Array>()?;
    let which = parts.get(0).as_f64()?;
    if which == tag::CORE {
        let bytes = parts.get(1).dyn_into::<Uint8Array>().ok()?.to_vec();
        postcard::from_bytes(&bytes).ok().map(FromWorker::Core)
    } else if which == tag::FILE {
        let number = parts.get(1).as_f64()? as u64;
        Some(FromWorker::File {
            number,
            blob: parts.get(2).dyn_into().ok()?,
        })
    } else if which == tag::CREDENTIAL {
        Some(FromWorker::Credential(
            parts.get(1).dyn_into::<Uint8Array>().ok()?.to_vec(),
        ))
    } else {
        None
    }
}
