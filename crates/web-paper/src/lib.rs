//! Work on pages in a browser worker of its own, which is started when pages are worked on and ended afterwards.
//!
//! The worker's script (`static/paper-worker.js`) has the browser decode and encode; what lies between is `valise-paper`.

#[cfg(target_arch = "wasm32")]
mod exports;
