//! What devices sign with that has to be proven later: what is taken, and each attack with its twin.

mod world;

use valise_directory::fold::{Check, Checks, EvidenceEnd};
use valise_directory::keys::{AccountKey, EvidenceKey, Signer};
use valise_directory::statement::{self, read, sign};
use valise_directory::{Breach, Change, update};
use valise_wire::OrganisationId;
use valise_wire::statement::SignedStatement;
use world::{DAY, NOW, World, device};

/// Asserts that a statement is refused, and without `check` taken.
fn refused(world: &World, check: Check, breach: Breach, attack: &SignedStatement) {
    for with_key in [true, false] {
        let mut directory = world.folded(Checks::ALL, with_key);
        let next = directory.head().position + 1;
        assert_eq!(directory.apply(next, attack), Err(breach), "{check:?}");
        assert_eq!(directory.head().position + 1, next);
        let mut blind = world.folded(Checks::ALL.without(check), with_key);
        assert!(blind.apply(next, attack).is_ok(), "the twin of {check:?}");
    }
}

/// Anna's device with its key.
fn with_key() -> World {
    let mut world = World::new();
    let statement = world.evidence_key(51, 2);
    world.say(statement);
    world
}

#[test]
fn a_device_has_its_key_from_then_on() {
    let world = World::new();
    let mut directory = world.server();
    let position = directory.head().position + 1;
    let change = directory.apply(position, &world.evidence_key(51, 2));
    let (account, id) = (world.member_id(), world.member_device.id);
    assert_eq!(
        change,
        Ok(Change::EvidenceKey {
            account,
            device: id
        })
    );
    let key = EvidenceKey::from_seed(&[51; 32]).public();
    let entry = directory.evidence_key(&key.id()).unwrap();
    assert_eq!(Some(entry), directory.evidence_key_of(id));
    assert_eq!((entry.key, entry.position), (key, position));
    assert_eq!((entry.account, entry.ended), (account, None));
}

#[test]
fn it_ends_with_the_device_and_stays_known() {
    let mut world = with_key();
    let list = |world: &World, devices| {
        let directory = world.client();
        let entry = directory.account(world.member_id()).unwrap();
        let organisation = world.founded.organisation;
        update::devices(organisation, entry, devices, &world.member.account_key)
    };
    let without = list(&world, vec![device(3).1]);
    world.say(without);
    let directory = world.client();
    let entry = directory.evidence_key_of(device(2).1.id).unwrap();
    let position = directory.head().position;
    assert_eq!(entry.ended, Some(EvidenceEnd { position, at: None }));
    refused(
        &world,
        Check::EvidenceDevice,
        Breach::NoDevice,
        &world.evidence_key(52, 9),
    );
}

#[test]
fn it_ends_with_the_account_and_with_its_old_key() {
    let mut world = with_key();
    let ended = update::end_account(&world.issuer(), world.member_id(), NOW.plus_millis(5));
    world.say(ended);
    let end = |world: &World| {
        let directory = world.client();
        directory.evidence_key_of(device(2).1.id).unwrap().ended
    };
    assert_eq!(end(&world).unwrap().at, Some(NOW.plus_millis(5)));

    let mut world = with_key();
    let second = world.second_registrar();
    let link = world.offer_renewal();
    world.confirm_renewal(&second, &link, NOW);
    let renewed = world.renew(&link, NOW.plus_millis(DAY));
    world.say(renewed);
    assert_eq!(end(&world).unwrap().at, Some(NOW.plus_millis(DAY)));
    // The key that the account had says nothing of the new device.
    let statement = world.evidence_key(53, 9);
    refused(&world, Check::Signature, Breach::Forged, &statement);
}

#[test]
fn a_device_never_has_two_and_two_devices_never_have_one() {
    let mut world = with_key();
    let exists = Breach::EvidenceKeyExists;
    let second = world.evidence_key(52, 2);
    refused(&world, Check::EvidenceKeyNew, exists, &second);
    let directory = world.client();
    let entry = directory.account(world.member_id()).unwrap();
    let devices = vec![device(2).1, device(3).1];
    let organisation = world.founded.organisation;
    let list = update::devices(organisation, entry, devices, &world.member.account_key);
    world.say(list);
    let same = world.evidence_key(51, 3);
    refused(&world, Check::EvidenceKeyNew, exists, &same);
    let mut directory = world.client();
    let next = directory.head().position + 1;
    assert!(directory.apply(next, &world.evidence_key(54, 3)).is_ok());
}

#[test]
fn only_the_account_says_it_of_its_own_devices() {
    let mut world = World::new();
    let said: statement::EvidenceKey = read(&world.evidence_key(51, 2)).unwrap();
    let forged = sign(&said, &AccountKey::from_seed(&[66; 32]));
    refused(&world, Check::Signature, Breach::Forged, &forged);
    let elsewhere = statement::EvidenceKey {
        organisation: OrganisationId([9; 32]),
        ..said
    };
    let elsewhere = sign(&elsewhere, &world.member.account_key);
    refused(
        &world,
        Check::Bound,
        Breach::AnotherOrganisation,
        &elsewhere,
    );
    // The founder's device is not one of Anna's.
    let of_another = world.evidence_key(51, 1);
    refused(&world, Check::EvidenceDevice, Breach::NoDevice, &of_another);
    let ended = update::end_account(&world.issuer(), world.member_id(), NOW);
    let late = world.evidence_key(51, 2);
    world.say(ended);
    let mut directory = world.client();
    let next = directory.head().position + 1;
    assert_eq!(directory.apply(next, &late), Err(Breach::AccountEnded));
}
