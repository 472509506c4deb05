//! What verifying a bundle of evidence found, in words.
//!
//! Whoever reads a verdict gets the same sentences everywhere: in the terminal, on the page that verifies without a network, and in
//! the report that lies in the bundle. Plain data in, sentences out.
#![forbid(unsafe_code)]

mod judge;
mod lines;
mod report;
mod time;
mod words;

pub use judge::judge;
pub use lines::{Conclusion, Line, conclude, lacking, lines, summary};
pub use report::{report, report_of};
pub use time::time;
pub use valise_evidence::verify::Standing;
pub use valise_timestamp::Certificate;
pub use valise_views::print::Language;
pub use words::{clock, fault, remark, standing, state, subject};
