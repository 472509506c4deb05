//! Measures how long a device takes to read the whole log of an organisation: `cargo run --release --example replay`.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use std::time::Instant;
use valise_directory::found::{Founding, found};
use valise_directory::invite::{Issuer, Plan, invite};
use valise_directory::join::join;
use valise_directory::keys::{DeviceKey, Signer};
use valise_directory::{
    Address, Breach, Device, Directory, InvitationDetails, Name, ProfileDetails, Role, TextError,
};
use valise_wire::{DeviceId, Timestamp};

const ACCOUNTS: u32 = 1_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let now = Timestamp(1_790_000_000_000);
    let founding = Founding {
        domain: "ministry.example".into(),
        name: None,
        hub_key: [7; 32],
        founder: person(0)?,
        device: device(0),
        now,
    };
    let founded = found(founding, &mut rng);
    let registrar_key = founded.account_key.registrar_key();
    let issuer = Issuer {
        organisation: founded.organisation,
        account: founded.account,
        registrar_key: &registrar_key,
        directory_key: &founded.directory_key,
    };
    let mut log = founded.statements.clone();
    for number in 1..ACCOUNTS {
        let person = person(number)?;
        let details = InvitationDetails {
            address: Some(person.address.clone()),
            display_name: Some(person.display_name.clone()),
            office: None,
            note: None,
        };
        let plan = Plan {
            role: Role::Member,
            not_after: now,
            uses: 1,
            details,
            now,
        };
        let (invitation, link) = invite(&issuer, plan, "", &mut rng);
        log.push(invitation);
        log.extend(join(&link, &person, device(number), now, &mut rng).statements);
    }
    let empty = || Directory::new(founded.organisation).with_key(founded.directory_key.clone());
    let replay = |name: &str,
                  apply: fn(&mut Directory, u64, &_) -> Result<_, Breach>|
     -> Result<(), Breach> {
        let start = Instant::now();
        let mut directory = empty();
        for (position, statement) in (1..).zip(&log) {
            apply(&mut directory, position, statement)?;
        }
        println!(
            "{name}: {} statements in {} ms",
            log.len(),
            start.elapsed().as_millis()
        );
        Ok(())
    };
    replay("verified", Directory::apply)?;
    replay("trusted", Directory::apply_trusted)?;
    Ok(())
}

fn person(number: u32) -> Result<ProfileDetails, TextError> {
    Ok(ProfileDetails {
        display_name: Name::parse(&format!("Person {number}"))?,
        address: Address::parse(&format!("p{number}x@ministry.example"))?,
        office: None,
        avatar: None,
    })
}

fn device(number: u32) -> Device {
    let mut seed = [0; 32];
    seed[..4].copy_from_slice(&number.to_be_bytes());
    let mut id = DeviceId([0; 16]);
    id.0[..4].copy_from_slice(&number.to_be_bytes());
    Device {
        id,
        device_key: DeviceKey::from_seed(&seed).public(),
        leaf_key: seed,
        added_at: Timestamp(0),
    }
}
