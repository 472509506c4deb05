//! What the worker's script calls.

use wasm_bindgen::prelude::*;

/// Verifies a bundle; returns as JSON what the page shows.
#[wasm_bindgen]
pub fn verify(
    bytes: &[u8],
    fingerprints: Vec<String>,
    authorities: Vec<String>,
    language: &str,
) -> String {
    crate::told(bytes, fingerprints, &authorities, language)
}
