//! Photographs of paper become pages, and pages a PDF.
//!
//! Pixels go in, pixels or bytes come out; nothing here opens a file, asks a clock or draws a random number, so that the
//! same input gives the same output in a browser's worker and in a test. Pictures are not decoded here: a browser does
//! that well and in a process of its own. What is decided here is *whether* it may ([`look`]), where the sheet lies
//! ([`corners`]), how it looks from above ([`straighten`]), without the shadows on it ([`clean`]), what nobody is to see
//! ([`cover`]), and how the pages stand in one document ([`pdf`]).
#![forbid(unsafe_code)]

pub mod clean;
pub mod corners;
pub mod cover;
mod jpeg;
pub mod look;
pub mod page;
pub mod pdf;
pub mod straighten;

pub use clean::Finish;
pub use corners::Quad;
pub use page::Picture;

/// Why something was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The bytes are no picture of a type that is read here, or its head is cut off.
    #[error("not a picture that is read here")]
    Unknown,
    /// The picture is larger than any camera makes, or has more frames than anybody watches.
    #[error("too large")]
    TooLarge,
    /// Width, height and number of bytes do not belong together.
    #[error("a picture whose size lies")]
    Misuse,
}
