//! Work on pages, and printing, in a browser worker of its own, which is started when it is needed and ended afterwards.
//!
//! The worker's script (`static/paper-worker.js`) has the browser decode and encode; what lies between is `valise-paper`. What is printed, `valise-print` draws.

#[cfg(target_arch = "wasm32")]
mod exports;
#[cfg(target_arch = "wasm32")]
mod printing;
