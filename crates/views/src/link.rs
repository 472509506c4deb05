//! What a link invites to, to show before anything is done.

use serde::{Deserialize, Serialize};

/// Whose device moves in a link, as its archive says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchivePreview {
    /// The organisation's public name.
    pub organisation: String,
    /// The person's name.
    pub name: String,
    /// The person's address.
    pub address: String,
    /// When the device left.
    pub made_at: crate::Millis,
}

/// What an invitation link says, checked against the link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationPreview {
    /// The organisation's public name.
    pub organisation: String,
    /// The organisation's domain.
    pub domain: String,
    /// Who invites.
    pub inviter: String,
    /// As whom; empty when one may choose.
    pub name: String,
    /// Which address; empty when one may choose.
    pub address: String,
    /// Whether one becomes registrar.
    pub is_registrar: bool,
}
