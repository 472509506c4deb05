//! What Valise prints: the letter to an addressee who lives on paper, the sheet with its code, the report of evidence.
//!
//! Plain data goes in, a PDF of A4 pages comes out, with text that can be searched, copied and read aloud, in the one typeface of the
//! interface. Equal data gives equal bytes: there is no date, no program and no person in a document but what stands on its
//! pages. Nothing here asks a clock, opens a file or draws a random number.
//!
//! The typeface writes Latin and Cyrillic. What it cannot write is printed as an empty box and said in [`Printed::missing`], so
//! that nobody sends a letter with a hole in it unknowingly.
#![forbid(unsafe_code)]

mod breaking;
mod canvas;
mod code;
mod document;
mod flow;
mod font;
mod letter;
mod pdf;
mod report;
mod sheet;
mod table;
mod words;

pub use document::document;
pub use letter::{Letter, letter};
pub use report::{Item, Report, report};
pub use sheet::{CodeSheet, code_sheet};
pub use valise_views::print::{Language, Verdict};

use thiserror::Error;

/// Why something was not printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Error {
    /// The link is longer than a camera reads off paper: more than some eight hundred characters.
    #[error("the link is too long for a code on paper")]
    LinkTooLong,
    /// It would have more pages than anybody prints.
    #[error("too long to print")]
    TooLong,
    /// The addressee has more lines than an envelope's window shows.
    #[error("the address has more lines than a window shows")]
    Address,
}

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// Its pages.
    pub pages: usize,
    /// Characters that the typeface does not have, each once: a box stands in their places.
    pub missing: Vec<char>,
}
