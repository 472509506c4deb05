//! The people of the organisation.

use crate::{ChatId, InvitationId, Millis, PersonId};
use serde::{Deserialize, Serialize};

/// What somebody is in the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PersonRole {
    /// Invites and removes people.
    Registrar,
    /// Everybody else.
    Member,
}

/// One person, as the directory's signatures say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Office, may be empty.
    pub office: String,
    /// Role.
    pub role: PersonRole,
    /// Picture.
    #[serde(with = "serde_bytes")]
    pub picture: Option<Vec<u8>>,
    /// Oneself.
    pub is_me: bool,
    /// Whether the account has ended.
    pub revoked: bool,
    /// The new key that the account is to get, if a registrar asked for one.
    pub renewal: Option<crate::Renewal>,
    /// The direct chat with them, if there is one.
    pub chat: Option<ChatId>,
    /// The organisation that they are of, if it is not one's own.
    pub outside: Option<crate::Outside>,
    /// How they are away, if they are.
    pub away: Option<crate::Away>,
}

/// Where an invitation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum InvitationState {
    /// Can be used.
    Open,
    /// Was used as often as it may be.
    Used,
    /// Its time is over.
    Expired,
    /// Was taken back.
    Revoked,
}

/// One invitation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Invitation {
    /// Which.
    pub id: InvitationId,
    /// Name that it suggests; may be empty.
    pub name: String,
    /// Address that it gives; may be empty when the person chooses.
    pub address: String,
    /// Role that it gives.
    pub role: PersonRole,
    /// End.
    pub expires_at: Millis,
    /// How often it may be used.
    pub uses: u32,
    /// How often it was.
    pub used: u32,
    /// Where it stands.
    pub state: InvitationState,
    /// The link, on the device that made it.
    pub link: Option<String>,
}
