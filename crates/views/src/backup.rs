//! The backup of what was said, and how a person comes back with it.

use crate::Millis;
use serde::{Deserialize, Serialize};

/// The backup of what was said, sealed at the server.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    /// Whether there is to be one.
    pub is_on: bool,
    /// Whether somebody said that there is to be none.
    pub was_stopped: bool,
    /// When it was last brought up to date.
    pub kept_at: Option<Millis>,
    /// Since when a passkey opens it.
    pub passkey_since: Option<Millis>,
    /// Since when a printed code opens it.
    pub code_since: Option<Millis>,
    /// Whether another device of the account keeps it.
    pub is_elsewhere: bool,
}

/// What a passkey gives for the backup (WebAuthn's `prf`).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeySecret(pub [u8; 32]);

/// It opens everything.
impl std::fmt::Debug for PasskeySecret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("PasskeySecret")
    }
}

/// With what a person comes back.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Recovery {
    /// A passkey.
    Passkey(PasskeySecret),
    /// A printed code, as it was typed.
    Code(String),
}

/// It opens everything.
impl std::fmt::Debug for Recovery {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::Passkey(_) => "Recovery::Passkey",
            Self::Code(_) => "Recovery::Code",
        })
    }
}
