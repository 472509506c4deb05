//! Requests in another wording than before.

use crate::Millis;
use crate::NewFile;
use crate::request::{Due, Ends, Signer};
use serde::{Deserialize, Serialize};

/// A request in another wording than before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Revision {
    /// Counts from 2.
    pub number: u32,
    /// Who wrote it.
    pub signer: Signer,
    /// When, as the server saw it.
    pub at: Millis,
    /// What is other than in the wording before.
    pub changes: Changes,
}

/// What is other in a wording than in the one before.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Changes {
    /// What it was about before, if that is other.
    pub subject: Option<String>,
    /// What was asked before, if that is other.
    pub text: Option<String>,
    /// When it was due before by the wording, and is now, if that is other.
    pub due: Option<(Millis, Millis)>,
    /// When it ended by itself before by the wording, and does now, if that is other.
    pub ends: Option<(Option<Millis>, Option<Millis>)>,
    /// What files are called that came with it.
    pub added: Vec<String>,
}

/// Another wording of a request. What is not named stays as it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewRevision {
    /// What it is about.
    pub subject: String,
    /// What is asked.
    pub text: String,
    /// Files that come to those that were sent before.
    pub files: Vec<NewFile>,
    /// By when an answer is due, if that is to be other than it is.
    pub due: Option<Due>,
    /// Whether it ends by itself, and when, if that is to be other than it is.
    pub ends: Option<Ends>,
    /// As [`crate::request::NewRequest::offset_minutes`].
    pub offset_minutes: i32,
}
