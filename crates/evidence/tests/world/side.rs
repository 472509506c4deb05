//! One of the two organisations.

use super::NOW;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use std::collections::BTreeSet;
use valise_directory::found::{Founding, found};
use valise_directory::invite::{Issuer, Plan, invite};
use valise_directory::join::join;
use valise_directory::keeper::{self, SealKeys as SealKeysSaid};
use valise_directory::keys::{AccountKey, DeviceKey, EvidenceKey, Signer as _};
use valise_directory::{
    Address, Device, Directory, DirectoryKey, InvitationDetails, Name, Note, ProfileDetails, Role,
    excerpt, update,
};
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
    number: u8,
    olga: Option<AccountId>,
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
            number,
            olga: None,
            log: Vec::new(),
            name: name(person),
        };
        for statement in founded.statements {
            side.say(statement);
        }
        let key = side.key.public();
        side.say(side.key_statement(key, side.device));
        let mandate = side.as_registrar(|by| keeper::mandate(by, side.account, NOW));
        side.say(mandate);
        side.say(side.seal_statement());
        side
    }

    pub fn key_statement(
        &self,
        key: valise_directory::keys::EvidencePublicKey,
        device: DeviceId,
    ) -> SignedStatement {
        update::evidence_key(self.id, self.account, device, key, NOW, &self.account_key)
    }

    /// What the person says as registrar.
    pub fn as_registrar(
        &self,
        work: impl FnOnce(&Issuer<'_>) -> SignedStatement,
    ) -> SignedStatement {
        let directory_key = DirectoryKey::from_bytes(&[1; 32]);
        work(&Issuer {
            organisation: self.id,
            account: self.account,
            registrar_key: &self.account_key.registrar_key(),
            directory_key: &directory_key,
        })
    }

    /// What the person seals with.
    pub fn seal(&self) -> SealSecret {
        SealSecret::from_seeds([self.number; 32], [self.number + 1; 32])
    }

    /// Lets Olga join and seal.
    pub fn let_olga_seal(&mut self) {
        let mut rng = ChaCha20Rng::seed_from_u64(77);
        let plan = Plan {
            role: Role::Member,
            not_after: NOW.plus_millis(1000),
            uses: 1,
            details: InvitationDetails {
                address: None,
                display_name: None,
                office: None,
                note: None,
            },
            now: NOW,
        };
        let mut link = None;
        let invitation = self.as_registrar(|by| {
            let (statement, made) = invite(by, plan, "https://north.example", &mut rng);
            link = Some(made);
            statement
        });
        self.say(invitation);
        let profile = ProfileDetails {
            display_name: name("Olga"),
            address: Address::parse("olga@north.example").unwrap(),
            office: None,
            avatar: None,
        };
        let joined = join(&link.unwrap(), &profile, device(30), NOW, &mut rng);
        for statement in joined.statements {
            self.say(statement);
        }
        let mandate = self.as_registrar(|by| keeper::mandate(by, joined.account, NOW));
        self.say(mandate);
        let keys = seal_keys(self.id, joined.account, &olgas_seal());
        self.say(keeper::keys(&keys, &joined.account_key));
        self.olga = Some(joined.account);
    }

    /// Olga as a party.
    pub fn olga(&self) -> Party {
        Party {
            account: self.olga.expect("she joined"),
            device: device(30).id,
            name: name("Olga"),
            ..self.party()
        }
    }

    /// The keys that the person seals with.
    fn seal_statement(&self) -> SignedStatement {
        keeper::keys(
            &seal_keys(self.id, self.account, &self.seal()),
            &self.account_key,
        )
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

/// What Olga seals with.
pub fn olgas_seal() -> SealSecret {
    SealSecret::from_seeds([31; 32], [32; 32])
}

fn seal_keys(organisation: OrganisationId, account: AccountId, seal: &SealSecret) -> SealKeysSaid {
    let keys = seal.public();
    SealKeysSaid {
        organisation,
        account,
        ed25519: keys.ed25519,
        ml_dsa_65: keys.ml_dsa_65,
        created_at: NOW,
    }
}
