//! What each device signs with that has to be proven later, and from where to where in the log that counts.

use super::{Change, Check, Directory, Proof};
use crate::Breach;
use crate::keys::EvidencePublicKey;
use crate::statement::{Device, EvidenceKey};
use valise_wire::statement::SignedStatement;
use valise_wire::{AccountId, DeviceId, Timestamp};

/// A device's evidence key. It stays known after its end: what it signed before is proven by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EvidenceEntry {
    /// Whose.
    pub account: AccountId,
    /// Of which device.
    pub device: DeviceId,
    /// The key.
    pub key: EvidencePublicKey,
    /// When it was made, by the device's clock.
    pub created_at: Timestamp,
    /// Where it stands in the log.
    pub position: u64,
    /// How it ended, if it has.
    pub ended: Option<EvidenceEnd>,
}

/// The end of an evidence key: of its device, of its account, or by the account's new key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EvidenceEnd {
    /// Where that stands in the log.
    pub position: u64,
    /// When, if the statement says so: a device list does not.
    pub at: Option<Timestamp>,
}

impl Directory {
    /// Returns the evidence key of a device, whether it has ended or not.
    pub fn evidence_key_of(&self, device: DeviceId) -> Option<&EvidenceEntry> {
        self.evidence.get(&device)
    }

    /// Returns the evidence key of this name ([`EvidencePublicKey::id`]).
    pub fn evidence_key(&self, id: &[u8; 32]) -> Option<&EvidenceEntry> {
        self.evidence.values().find(|entry| entry.key.id() == *id)
    }

    pub(super) fn take_evidence_key(
        &mut self,
        position: u64,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let said: EvidenceKey = self.read(signed)?;
        let account = self.accounts.get(&said.account).ok_or(Breach::NoAccount)?;
        self.verify::<EvidenceKey>(signed, account.key, proof)?;
        self.check_active(account)?;
        let listed = account.devices.iter().any(|known| known.id == said.device);
        if self.checks.on(Check::EvidenceDevice) && !listed {
            return Err(Breach::NoDevice);
        }
        let mut all = self.evidence.values();
        let has = self.evidence.contains_key(&said.device);
        let used = all.any(|entry| entry.key == said.key);
        if self.checks.on(Check::EvidenceKeyNew) && (has || used) {
            return Err(Breach::EvidenceKeyExists);
        }
        let entry = EvidenceEntry {
            account: said.account,
            device: said.device,
            key: said.key,
            created_at: said.created_at,
            position,
            ended: None,
        };
        self.evidence.insert(said.device, entry);
        Ok(Change::EvidenceKey {
            account: said.account,
            device: said.device,
        })
    }

    /// Ends the keys of devices that are gone.
    pub(super) fn end_evidence_keys(
        &mut self,
        removed: &[Device],
        position: u64,
        at: Option<Timestamp>,
    ) {
        for device in removed {
            if let Some(entry) = self.evidence.get_mut(&device.id) {
                entry.ended = Some(EvidenceEnd { position, at });
            }
        }
    }
}
