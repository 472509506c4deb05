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

/// What a link into a group says, as the group's members agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupPreview {
    /// What the group is called.
    pub title: String,
    /// Who made the link.
    pub by: String,
    /// How many people are in it.
    pub people: u32,
    /// Whether only owners write in it.
    pub announcement: bool,
    /// Seconds after which messages disappear; 0 for as long as there is room.
    pub disappears_after: u32,
    /// Until when the link lets people in, if there is an end.
    pub until: Option<crate::Millis>,
    /// The chat, if one is in it.
    pub chat: Option<crate::ChatId>,
}

/// Where a guest's link leads, checked against the link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuestPreview {
    /// The public name of the organisation that asks.
    pub organisation: String,
    /// Its domain.
    pub domain: String,
    /// Groups of digits by which it can be compared.
    pub fingerprint: String,
    /// Who asks.
    pub asks: String,
    /// For which office.
    pub office: Option<String>,
    /// What the guest is called there.
    pub guest: String,
    /// Until when one can come by it.
    pub until: crate::Millis,
    /// Whether somebody has to let the guest in.
    pub held: bool,
    /// The request, for whoever has an account here and is in it.
    pub chat: Option<crate::ChatId>,
}

/// The link into a group, for its owners.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupLink {
    /// The link; none where it was made by another owner.
    pub url: Option<String>,
    /// Until when it lets people in, if there is an end.
    pub until: Option<crate::Millis>,
    /// Whether that is over.
    pub over: bool,
    /// Whether the group has it: before that it lets nobody in.
    pub works: bool,
}
