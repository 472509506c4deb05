//! What can go wrong, by whose fault it is.

use thiserror::Error;

/// Why an input was not taken. The store is as it was before.
#[derive(Debug, Error)]
pub enum Error {
    /// The server did what no server of ours does.
    #[error("the server misbehaved: {0}")]
    ServerMisbehaved(ServerMisbehaved),
    /// A member did what he has no right to.
    #[error("a member misbehaved: {0}")]
    MemberMisbehaved(MemberMisbehaved),
    /// The store is of a newer version of this program.
    #[error("the store belongs to a newer version")]
    Incompatible,
    /// The store cannot be read or written: a wrong key, a full or broken disk.
    #[error("the store failed: {0}")]
    Storage(#[from] rusqlite::Error),
    /// The driver called something in a state in which it means nothing.
    #[error("misuse: {0}")]
    Misuse(&'static str),
    /// Something that cannot be has been.
    #[error("bug: {0}")]
    Bug(&'static str),
}

/// What the server did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ServerMisbehaved {
    /// An answer to another question than was asked.
    #[error("an answer belongs to another question")]
    WrongReply,
    /// Events out of order, twice or of another room.
    #[error("a page of events has gaps")]
    BrokenPage,
    /// The acknowledgement of another message.
    #[error("an acknowledgement belongs to another message")]
    WrongAcknowledgement,
    /// A message, commit or proposal that no member can have made.
    #[error("a message was forged")]
    Forged,
    /// A log that is shorter than it was, or another one.
    #[error("a log was rolled back")]
    RolledBack,
    /// Different logs for different members.
    #[error("a room has two logs")]
    Forked,
    /// A statement of the directory whose signature or place is wrong.
    #[error("the directory is not what its signatures say")]
    BadDirectory,
    /// A key package, welcome or group state that does not belong to who it is said to.
    #[error("keys belong to somebody else")]
    BadKeys,
    /// A file that is not the one that was sent.
    #[error("a file is another one than was sent")]
    BadFile,
    /// A receipt that is none of what was asked for.
    #[error("a receipt is of something else")]
    BadReceipt,
    /// A time token that does not hold over what it was asked for.
    #[error("a time token does not hold")]
    BadTimeToken,
}

/// What a member did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MemberMisbehaved {
    /// A change that he has no right to.
    #[error("a change without the right to it")]
    NotAllowed,
    /// Content that says it is somebody else's, or of another room.
    #[error("content that belongs to somebody else")]
    BadContent,
}
