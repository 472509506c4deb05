//! Where the browser comes in.

use crate::worker::Worker;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

/// Starts the worker as soon as the module is loaded.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
    spawn_local(async {
        if let Err(error) = Worker::start().await {
            crate::browser::complain(&error);
        }
    });
}
