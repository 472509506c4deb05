//! What the worker's script calls to print.

use valise_print::Error;
use valise_verdict::report_of;
use valise_views::print::{Document, Language};
use wasm_bindgen::prelude::*;

/// A printed document.
#[wasm_bindgen]
pub struct Printed(valise_print::Printed);

#[wasm_bindgen]
impl Printed {
    /// The PDF.
    #[wasm_bindgen(getter)]
    pub fn pdf(&self) -> Vec<u8> {
        self.0.pdf.clone()
    }

    /// Characters that the typeface does not have.
    #[wasm_bindgen(getter)]
    pub fn missing(&self) -> String {
        self.0.missing.iter().collect()
    }
}

/// Prints a document of `valise_views::print`. Throws `"too-large"` or `"unreadable"`.
#[wasm_bindgen]
pub fn print(document: &[u8]) -> Result<Printed, JsValue> {
    draw(&postcard::from_bytes(document).map_err(|_| "unreadable")?)
}

/// Verifies a bundle of evidence, and prints what was found: in the language of a tag, for somebody who knows the organisations of these
/// fingerprints. Throws `"too-large"`.
#[wasm_bindgen]
pub fn report(bundle: &[u8], language: &str, known: Vec<String>) -> Result<Printed, JsValue> {
    draw(&Document::Report(report_of(
        Language::of(language),
        bundle,
        known,
    )))
}

fn draw(document: &Document) -> Result<Printed, JsValue> {
    let printed = valise_print::document(document);
    printed.map(Printed).map_err(|error| {
        let why = match error {
            Error::LinkTooLong | Error::TooLong | Error::Address => "too-large",
        };
        why.into()
    })
}
