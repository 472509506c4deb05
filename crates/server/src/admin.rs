//! What an operator does with the data of a stopped or running server: backup, restore, check.
//!
//! All three read and write files and wait for disks: call them from a thread that may wait.

mod backup;
mod check;
mod manifest;
mod restore;

pub use backup::backup;
pub use check::{Report, check};
pub use manifest::Manifest;
pub use restore::restore;

use std::io;
use std::path::PathBuf;
use thiserror::Error;

/// File of the main database in the data folder.
pub const DATABASE: &str = "valise.sqlite";
/// File of the hub's signing key in the data folder. Without it no client takes what the hub proposes.
pub const HUB_KEY: &str = "hub.key";

/// Why something was not done.
#[derive(Debug, Error)]
pub enum AdminError {
    /// A folder that must be empty holds something.
    #[error("{} is not empty: nothing is ever overwritten", .0.display())]
    NotEmpty(PathBuf),
    /// That is no backup, or one that was not finished.
    #[error("{} holds no finished backup", .0.display())]
    NoBackup(PathBuf),
    /// A file of a backup is not what was backed up.
    #[error("{0} is damaged: nothing was restored")]
    Damaged(String),
    /// A newer program wrote it.
    #[error("the backup is of format {0}: use the newer program")]
    Newer(u32),
    /// A file cannot be read or written.
    #[error("{}: {error}", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A database cannot be read or written.
    #[error("{}: {error}", .path.display())]
    Database {
        /// Which.
        path: PathBuf,
        /// Why.
        error: rusqlite::Error,
    },
    /// A database cannot be opened.
    #[error(transparent)]
    Open(#[from] crate::store::OpenError),
}

/// How far it is: what is being done, how much of it is done, and how much there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// For people.
    pub doing: &'static str,
    /// Steps that are done.
    pub done: u64,
    /// All steps.
    pub total: u64,
}

/// Is told how far it is, now and then.
pub type Watcher<'a> = &'a mut dyn FnMut(Progress);

/// Names the file in an error.
fn at<T>(path: impl Into<PathBuf>, result: io::Result<T>) -> Result<T, AdminError> {
    result.map_err(|error| AdminError::File {
        path: path.into(),
        error,
    })
}

/// Names the database in an error.
fn of<T>(path: impl Into<PathBuf>, result: rusqlite::Result<T>) -> Result<T, AdminError> {
    result.map_err(|error| AdminError::Database {
        path: path.into(),
        error,
    })
}

#[cfg(test)]
mod tests;
