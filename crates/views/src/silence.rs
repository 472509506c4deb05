//! What servers say did not happen to what was signed with a request.

use crate::Millis;
use crate::request::ActKind;
use serde::{Deserialize, Serialize};

/// That a server says that something did not happen: its word, and no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerSays {
    /// What.
    pub what: NotDone,
    /// Name of the organisation whose server says so.
    pub by: String,
    /// Whether that is one's own.
    pub is_own: bool,
    /// By when it had not happened, by that server's clock.
    pub at: Millis,
    /// Of which act; none of a request or an answer.
    pub about: Option<ActKind>,
    /// When it did happen, later, if that is known.
    pub done_at: Option<Millis>,
}

/// What did not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum NotDone {
    /// It was not carried to the other side's server.
    Carried,
    /// No device of the other side fetched it.
    Fetched,
    /// Nothing of the other side was there when the request ran out.
    Answered,
}
