//! What can go wrong, and whose fault it is.

use crate::rules::Breach;
use crate::store::StoreError;
use thiserror::Error;

/// Everything that can go wrong for a member. Nothing in its text names a room, an account or content.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Error {
    /// A member did what the rules of the room forbid, or made something malformed.
    #[error("a member misbehaved: {0}")]
    MemberMisbehaved(Misdeed),
    /// The server delivered what no member can have made, or to the wrong place.
    #[error("the server misbehaved: {0}")]
    ServerMisbehaved(Misdelivery),
    /// This very message was processed before, or is older than what the ratchet remembers. Nothing was changed.
    #[error("a message came twice, or too late to be told from that")]
    Replay,
    /// A commit that this very device made and knows nothing of: its store is older than what it has done. Nothing was changed.
    #[error("a commit of this device that it does not know")]
    Forgotten,
    /// The message belongs to another epoch than the room is in. Nothing was changed.
    #[error("the message is of epoch {theirs}, the room is in epoch {ours}")]
    WrongEpoch {
        /// Epoch of the message.
        theirs: u64,
        /// Epoch of the room.
        ours: u64,
    },
    /// What this device wanted to do is not allowed, or not now.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// The store failed.
    #[error(transparent)]
    Storage(#[from] StoreError),
    /// The caller asked for what makes no sense.
    #[error("misuse: {0}")]
    Misuse(&'static str),
    /// A promise of this crate or of the MLS library was broken.
    #[error("bug: {0}")]
    Bug(&'static str),
}

impl Error {
    /// Returns the broken rule, whoever broke it.
    pub fn breach(&self) -> Option<&Breach> {
        match self {
            Self::MemberMisbehaved(Misdeed::Breach(breach))
            | Self::ServerMisbehaved(Misdelivery::Breach(breach))
            | Self::Refused(Refusal::Breach(breach)) => Some(breach),
            _ => None,
        }
    }
}

/// What a member did.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Misdeed {
    /// It broke a rule of the room.
    #[error(transparent)]
    Breach(#[from] Breach),
    /// MLS itself refuses what it made.
    #[error("MLS refuses it: {0}")]
    Invalid(&'static str),
    /// The authenticated data does not name this room.
    #[error("the message was made for another room")]
    ForeignRoom,
}

/// What a server delivered.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Misdelivery {
    /// Bytes that are no MLS message, or of another kind than was said.
    #[error("malformed bytes")]
    Malformed,
    /// A message of another room.
    #[error("a message of another room")]
    ForeignRoom,
    /// A signature, a tag or a ciphertext that no member made for this epoch.
    #[error("a forged message")]
    Forged,
    /// A welcome for a room that this device is in already.
    #[error("a welcome for a room that is active")]
    AlreadyActive,
    /// A welcome for a key package that this device never made or used already.
    #[error("a welcome for nobody here")]
    UnknownKeyPackage,
    /// A state for coming back that does not fit the room asked for, or goes back behind what was known.
    #[error("a state that does not continue the known one")]
    StaleState,
    /// A commit refers to a proposal that was not delivered.
    #[error("a proposal was withheld")]
    Withheld,
    /// It proposed, or offers as a room's state, what breaks a rule.
    #[error(transparent)]
    Breach(#[from] Breach),
}

/// Why this device may not do something.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// It would break a rule of the room.
    #[error(transparent)]
    Breach(#[from] Breach),
    /// A proposal waits, or somebody in the room was revoked: a commit has to come first.
    #[error("a commit has to come first")]
    CommitFirst,
    /// An own commit waits for the hub's answer.
    #[error("a commit of this device waits")]
    CommitPending,
    /// This device is not a member (any more).
    #[error("this device is not in the room")]
    NotMember,
    /// MLS itself does not allow it: a key twice, a leaf that does not exist.
    #[error("MLS does not allow it")]
    Invalid,
    /// A key package that cannot be used.
    #[error("a key package is not valid: {0}")]
    KeyPackage(&'static str),
}
