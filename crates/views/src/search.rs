//! What is found on this device.

use crate::{ChatId, MessageId, Millis};
use serde::{Deserialize, Serialize};

/// Messages that fit what was looked for, the newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// At most as many as were asked for.
    pub hits: Vec<Hit>,
    /// Whether there are more.
    pub more: bool,
    /// Whether older messages are still being made ready to be found.
    pub preparing: bool,
}

/// A message that was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// Which.
    pub message: MessageId,
    /// In which chat.
    pub chat: ChatId,
    /// What kind of chat that is.
    pub kind: crate::ChatKind,
    /// Name of the chat.
    pub title: String,
    /// Name of who wrote it.
    pub sender: String,
    /// Oneself.
    pub is_mine: bool,
    /// The organisation that its writer is of, if it is not one's own.
    pub outside: Option<crate::Outside>,
    /// When.
    pub at: Millis,
    /// What it says around what was looked for, on one line; of files their name.
    pub text: Vec<Piece>,
    /// Name of its first file.
    pub file: Option<String>,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// What stands there.
    pub text: String,
    /// Whether it is what was looked for.
    pub is_match: bool,
}
