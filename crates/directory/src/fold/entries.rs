//! What stands in the directory of people and what lets them in.

use super::CardEntry;
use crate::keys::{AccountPublicKey, RegistrarPublicKey};
use crate::seal::{AddressTag, InvitationDetails, ProfileDetails};
use crate::statement::{self, Device, Role};
use std::collections::{BTreeMap, BTreeSet};
use valise_wire::{AccountId, DeviceId, InvitationId, OrganisationId, RoomId, Timestamp};

/// A registrar's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MandateEntry {
    /// The key that counts.
    pub registrar_key: RegistrarPublicKey,
    /// Where the mandate stands in the log.
    pub position: u64,
    /// Whether it still counts.
    pub active: bool,
}

/// An invitation and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationEntry {
    /// What was signed.
    pub statement: statement::Invitation,
    /// Where it stands in the log.
    pub position: u64,
    /// The sealed part, opened; none on the server or if it cannot be read.
    pub details: Option<InvitationDetails>,
    /// How many accounts it made.
    pub used: u32,
    /// Whether it was revoked, by itself or with its issuer.
    pub revoked: bool,
}

impl InvitationEntry {
    /// Tells whether it could make an account at `now`.
    pub fn is_open(&self, now: Timestamp) -> bool {
        !self.revoked && self.used < self.statement.uses && now <= self.statement.not_after
    }
}

/// An account and what it says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountEntry {
    /// Its id.
    pub id: AccountId,
    /// Its key.
    pub key: AccountPublicKey,
    /// Keys that it had before it was renewed; none comes back.
    pub former_keys: Vec<AccountPublicKey>,
    /// When it was last renewed, by the new device's clock.
    pub renewed_at: Option<Timestamp>,
    /// What it acts as registrar with, if it is one; a guest has none.
    pub registrar_key: Option<RegistrarPublicKey>,
    /// What it was invited with: an invitation, or a guest's pass.
    pub invitation: InvitationId,
    /// What its invitation says it is meant to be.
    pub invited_as: Role,
    /// The only room in which it may be, if it is a guest.
    pub guest_of: Option<RoomId>,
    /// Tag of its address; a guest has none.
    pub address_tag: Option<AddressTag>,
    /// When it joined, by its own clock.
    pub created_at: Timestamp,
    /// Version of its device list; 0 before the first.
    pub devices_version: u64,
    /// Digest of its device list.
    pub devices_digest: Option<[u8; 32]>,
    /// Where that stands in the log; 0 before the first.
    pub devices_position: u64,
    /// Its devices; empty once it has ended.
    pub devices: Vec<Device>,
    /// Ids of devices that it had; none comes back.
    pub former_devices: BTreeSet<DeviceId>,
    /// What it shows to partners.
    pub cards: BTreeMap<OrganisationId, CardEntry>,
    /// Version of its profile; 0 before the first.
    pub profile_version: u64,
    /// Where its profile stands in the log; 0 before the first.
    pub profile_position: u64,
    /// Its profile, opened; none on the server or if none can be read.
    pub profile: Option<ProfileDetails>,
    /// When it ended, by the registrar's clock.
    pub ended_at: Option<Timestamp>,
    /// Where that stands in the log; 0 before.
    pub ended_position: u64,
}

impl AccountEntry {
    /// Begins the entry of a member without anything that it said of itself.
    pub(super) fn begin(
        id: AccountId,
        key: AccountPublicKey,
        invitation: InvitationId,
        created_at: Timestamp,
    ) -> Self {
        Self {
            id,
            key,
            former_keys: Vec::new(),
            renewed_at: None,
            registrar_key: None,
            invitation,
            invited_as: Role::Member,
            guest_of: None,
            address_tag: None,
            created_at,
            devices_version: 0,
            devices_digest: None,
            devices_position: 0,
            devices: Vec::new(),
            former_devices: BTreeSet::new(),
            cards: BTreeMap::new(),
            profile_version: 0,
            profile_position: 0,
            profile: None,
            ended_at: None,
            ended_position: 0,
        }
    }

    /// Tells whether the account has not ended.
    pub fn is_active(&self) -> bool {
        self.ended_at.is_none()
    }
}
