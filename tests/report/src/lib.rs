//! What a benchmark is told on its command line, and the figures that it says: apart from everything else, so that it can run
//! in WebAssembly.

mod options;
mod report;

pub use options::Options;
pub use report::{Report, Target, progress};
