//! Asking for a PDF: plain data goes to the worker in which pages are worked on, which is started for it and ended after it.

use super::desk::{Desk, Why};
use crate::browser::object::get;
use js_sys::{Array, Uint8Array};
use std::{rc::Rc, time::Duration};
use valise_views::print::{Document, Language};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

/// How long the worker may be silent: it is fetched first, over any line.
const PATIENCE: Duration = Duration::from_secs(60);

/// A document.
pub struct Printed {
    /// The PDF.
    pub pdf: Blob,
    /// Characters that the typeface does not have, each once: a box stands in their places, which whoever sends it should know.
    #[allow(dead_code, reason = "a report is sent to nobody; a letter is")]
    pub missing: String,
}

/// Prints a document. Refused as too large is one with more pages than anybody prints, with a link that no camera reads off paper, or with more
/// lines of an address than a window shows.
pub async fn print(document: &Document) -> Result<Printed, Why> {
    let bytes = postcard::to_stdvec(document).map_err(|_| Why::Unreadable)?;
    let document = Uint8Array::from(bytes.as_slice());
    drawn("print", &[("document", document.into())]).await
}

/// Verifies a bundle of evidence and prints what was found, for somebody who knows the organisations of these fingerprints.
pub async fn print_report(
    bundle: &[u8],
    language: Language,
    known: &[String],
) -> Result<Printed, Why> {
    let known: Array = known.iter().map(JsValue::from).collect();
    let fields = [
        ("bundle", Uint8Array::from(bundle).into()),
        ("language", language.tag().into()),
        ("known", known.into()),
    ];
    drawn("report", &fields).await
}

async fn drawn(what: &'static str, fields: &[(&str, JsValue)]) -> Result<Printed, Why> {
    let desk = Rc::new(Desk::default());
    let answer = Rc::clone(&desk).ask(what, fields, PATIENCE).await?;
    let pdf = get(&answer, "file").dyn_into();
    Ok(Printed {
        pdf: pdf.map_err(|_| Why::Unreadable)?,
        missing: get(&answer, "missing").as_string().unwrap_or_default(),
    })
}
