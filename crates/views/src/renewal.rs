//! A new key for an account whose person lost every device.

use crate::Millis;
use serde::{Deserialize, Serialize};

/// Where a renewal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RenewalState {
    /// It is not known yet: the list of the organisation is being read.
    Reading,
    /// It waits for a second registrar, or for its time.
    Open,
    /// A device of the account stopped it.
    Stopped,
    /// A registrar took it back, or its time is over.
    Over,
}

/// A renewal: as the person sees it who waits for it, as the account's other devices do, and as registrars do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewal {
    /// Whose account it is.
    pub person: String,
    /// The organisation's public name.
    pub organisation: String,
    /// The registrar who asked for it.
    pub asked_by: String,
    /// When.
    pub asked_at: Millis,
    /// Whether that was oneself.
    pub is_mine: bool,
    /// The second registrar, once there is one.
    pub confirmed_by: Option<String>,
    /// From when on it takes effect, once a second registrar confirmed it.
    pub takes_effect_at: Option<Millis>,
    /// Where it stands.
    pub state: RenewalState,
    /// The link for the person, on the device that made it.
    pub link: Option<String>,
}
