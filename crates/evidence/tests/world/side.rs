//! One of the two organisations.

use super::NOW;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use std::collections::BTreeSet;
use valise_directory::found::{Founding, found};
use valise_directory::keys::{AccountKey, DeviceKey, EvidenceKey, Signer as _};
use valise_directory::{Address, Device, Directory, Name, Note, ProfileDetails, excerpt, update};
use valise_evidence::request::Party;
use valise_evidence::seal::SealSecret;
use valise_wire::statement::{LogEntry, SignedStatement};
use valise_wire::{AccountId, DeviceId, OrganisationId, to_bytes};

/// One organisation with one person on one device, and its log.
pub struct Side {
    pub id: OrganisationId,
    pub account: AccountId,
    pub account_key: AccountKey,
    pub device: DeviceId,
    pub key: EvidenceKey,
    pub hub: EvidenceKey,
    pub seal: SealSecret,
    pub log: Vec<LogEntry>,
    pub name: Name,
}

pub fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

pub fn note(text: &str) -> Note {
    Note::parse(text).unwrap()
}

pub fn device(number: u8) -> Device {
    Device {
        id: DeviceId([number; 16]),
        device_key: DeviceKey::from_seed(&[number; 32]).public(),
        leaf_key: [number.wrapping_add(100); 32],
        added_at: NOW,
    }
}

impl Side {
    pub fn new(number: u8, domain: &str, person: &str) -> Self {
        let mut rng = ChaCha20Rng::seed_from_u64(number.into());
        let hub = EvidenceKey::from_seed(&[number + 50; 32]);
        let founding = Founding {
            domain: domain.into(),
            name: Some(domain.replace(".example", "")),
            hub_key: hub.public().0,
            founder: ProfileDetails {
                display_name: name(person),
                address: Address::parse(&format!("office@{domain}")).unwrap(),
                office: None,
                avatar: None,
            },
            device: device(number),
            now: NOW,
        };
        let founded = found(founding, &mut rng);
        let mut side = Self {
            id: founded.organisation,
            account: founded.account,
            account_key: founded.account_key,
            device: device(number).id,
            key: EvidenceKey::from_seed(&[number + 70; 32]),
            hub,
            seal: SealSecret::from_seeds([number; 32], [number + 1; 32]),
            log: Vec::new(),
            name: name(person),
        };
        for statement in founded.statements {
            side.say(statement);
        }
        let key = side.key.public();
        side.say(side.key_statement(key, side.device));
        side
    }

    pub fn key_statement(
        &self,
        key: valise_directory::keys::EvidencePublicKey,
        device: DeviceId,
    ) -> SignedStatement {
        update::evidence_key(self.id, self.account, device, key, NOW, &self.account_key)
    }

    pub fn say(&mut self, statement: SignedStatement) {
        let position = self.log.len() as u64 + 1;
        self.log.push(LogEntry {
            position,
            statement,
        });
    }

    pub fn directory(&self) -> Directory {
        let mut directory = Directory::new(self.id);
        for entry in &self.log {
            directory.apply(entry.position, &entry.statement).unwrap();
        }
        directory
    }

    /// Takes the device off the list; another is on it instead.
    pub fn lose_device(&mut self) {
        let directory = self.directory();
        let entry = directory.account(self.account).unwrap();
        let list = update::devices(self.id, entry, vec![device(99)], &self.account_key);
        self.say(list);
    }

    pub fn party(&self) -> Party {
        Party {
            organisation: self.id,
            account: self.account,
            device: self.device,
            directory: self.log.len() as u64,
            name: self.name.clone(),
            capacity: None,
        }
    }

    pub fn trust(&self) -> Vec<u8> {
        let picked = excerpt::gather(&self.log, &BTreeSet::from([self.account])).unwrap();
        to_bytes(&picked)
    }
}
