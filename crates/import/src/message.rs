//! What comes out of an export.

use crate::time::Moment;

/// Where an export comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// WhatsApp's export of one chat.
    WhatsApp,
    /// Telegram Desktop's export, of one chat or of all.
    Telegram,
}

/// One step through an export.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A chat begins; what follows belongs to it.
    Opens,
    /// A message.
    Message(Box<Message>),
    /// Something that makes no sense, and is left out.
    Skipped(Skipped),
    /// The chat ends; only here is it certain what it is called.
    Closes(ChatInfo),
}

/// What an export says about a chat.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChatInfo {
    /// Its name, if the export gives one.
    pub title: Option<String>,
    /// Its number in the old messenger.
    pub id: Option<i64>,
}

/// One message, or one line that the old messenger put into the chat itself.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Message {
    /// Line of the file in which it begins, from 1.
    pub line: u64,
    /// When it was written.
    pub at: Moment,
    /// Who wrote it; none for what the messenger itself says.
    pub writer: Option<Writer>,
    /// What it says; may be empty with media.
    pub text: String,
    /// What came with it.
    pub media: Option<Media>,
    /// Whether it said something else before.
    pub edited: bool,
    /// Whether its author took it back.
    pub deleted: bool,
    /// Its number in the old messenger.
    pub id: Option<i64>,
    /// Number of the message that it answers.
    pub reply: Option<i64>,
    /// Who wrote it first, if it was handed on.
    pub forwarded: Option<String>,
}

/// Somebody in an export. Nobody vouches for a name in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Writer {
    /// What tells them apart from others in the same chat.
    pub key: String,
    /// Name, as the export has it.
    pub name: String,
}

/// A photo or file of a message.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Media {
    /// Path inside the export; none if the export was made without it.
    pub path: Option<String>,
    /// What it was called where it was sent, if that is known.
    pub name: Option<String>,
    /// Width and height of a picture, as the export says.
    pub dimensions: Option<(u32, u32)>,
}

/// Something that was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Skipped {
    /// Line of the file, from 1.
    pub line: u64,
    /// Why.
    pub why: Why,
}

/// Why something was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// It is not UTF-8.
    NotUtf8,
    /// It is longer than a message can be.
    TooLong,
    /// It stands before the first message.
    NoMessage,
    /// There is no such day or hour.
    BadDate,
    /// It lacks what a message must have.
    BadMessage,
    /// The file is broken from here on.
    Broken,
    /// The file ends in the middle.
    CutOff,
}
