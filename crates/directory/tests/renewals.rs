//! A new key for somebody who lost every device: what is taken, and each attack with its twin.

mod world;

use valise_directory::fold::{Check, Checks, RenewalState};
use valise_directory::invite::Issuer;
use valise_directory::keys::{AccountKey, RenewalKey};
use valise_directory::link::{LinkError, RenewalLink};
use valise_directory::statement::{Renewal, read, sign};
use valise_directory::{Breach, Change, renewal, update};
use valise_wire::Timestamp;
use valise_wire::statement::SignedStatement;
use world::{DAY, NOW, World, device};

const HOUR: u64 = 60 * 60 * 1000;

fn later() -> Timestamp {
    NOW.plus_millis(DAY)
}

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

/// A world in which Anna's renewal is offered and confirmed.
fn confirmed() -> (World, RenewalLink) {
    let mut world = World::new();
    let second = world.second_registrar();
    let link = world.offer_renewal();
    world.confirm_renewal(&second, &link, NOW);
    (world, link)
}

#[test]
fn two_registrars_and_a_day_give_a_new_key_and_one_new_device() {
    let (mut world, link) = confirmed();
    let old = world.client().account(world.member_id()).unwrap().clone();
    let renewed = world.renew(&link, later());
    let mut directory = world.client();
    let change = directory.apply(directory.head().position + 1, &renewed);
    assert_eq!(
        change,
        Ok(Change::Renewed {
            account: old.id,
            renewal: link.renewal,
            added: vec![device(9).1],
            removed: vec![world.member_device.clone()],
        })
    );
    let new = directory.account(old.id).unwrap();
    assert_eq!(new.devices, [device(9).1]);
    assert_eq!(new.devices_version, old.devices_version + 1);
    assert!(new.former_devices.contains(&world.member_device.id));
    assert_eq!(
        (new.former_keys.as_slice(), new.profile.as_ref()),
        (&[old.key][..], old.profile.as_ref())
    );
    // Nothing goes on under the old key, and everything under the new one.
    let organisation = world.founded.organisation;
    let next = directory.head().position + 1;
    let by_old = update::devices(
        organisation,
        new,
        vec![device(8).1],
        &world.member.account_key,
    );
    assert_eq!(directory.clone().apply(next, &by_old), Err(Breach::Forged));
    let new_key = AccountKey::from_seed(&[42; 32]);
    let by_new = update::devices(organisation, new, vec![device(9).1, device(10).1], &new_key);
    assert!(directory.clone().apply(next, &by_new).is_ok());
    // It happens once.
    assert_eq!(directory.apply(next, &renewed), Err(Breach::RenewalOver));
    world.say(renewed);
    world.client();
}

#[test]
fn what_is_missing_or_too_early_is_refused() {
    let (world, link) = confirmed();
    let early = world.renew(&link, NOW.plus_millis(DAY - 1));
    refused(&world, Check::RenewalDelay, Breach::RenewalEarly, &early);
    let mut alone = World::new();
    alone.second_registrar();
    let link = alone.offer_renewal();
    let unconfirmed = alone.renew(&link, later());
    refused(
        &alone,
        Check::RenewalConfirmed,
        Breach::RenewalUnconfirmed,
        &unconfirmed,
    );
    let too_late = NOW.plus_millis(31 * DAY);
    let late = alone.renew(&link, too_late);
    let mut directory = alone.client();
    let next = directory.head().position + 1;
    assert_eq!(directory.apply(next, &late), Err(Breach::RenewalOver));
}

#[test]
fn one_registrar_is_not_two_and_nobody_gives_it_to_himself() {
    let mut world = World::new();
    let second = world.second_registrar();
    let link = world.offer_renewal();
    let founder = world.founded.account;
    let key = world.founded.account_key.clone();
    let twice = world.confirmation(founder, &key, &link, later(), NOW);
    refused(
        &world,
        Check::RenewalRegistrars,
        Breach::RenewalRegistrars,
        &twice,
    );
    let soon = NOW.plus_millis(HOUR - 1);
    let soon = world.confirmation(second.account, &second.account_key, &link, soon, NOW);
    refused(&world, Check::RenewalDelay, Breach::RenewalEarly, &soon);
    // Whoever is no registrar confirms nothing.
    let member = world.member.account_key.clone();
    let by_member = world.confirmation(world.member_id(), &member, &link, later(), NOW);
    let mut directory = world.client();
    let next = directory.head().position + 1;
    assert_eq!(directory.apply(next, &by_member), Err(Breach::NotRegistrar));
    let mut rng = world.rng.clone();
    let registrar_key = second.account_key.registrar_key();
    let issuer = Issuer {
        account: second.account,
        registrar_key: &registrar_key,
        ..world.issuer()
    };
    let (own, _) = renewal::offer(&issuer, second.account, world::ORIGIN, NOW, &mut rng);
    refused(
        &world,
        Check::RenewalRegistrars,
        Breach::RenewalRegistrars,
        &own,
    );
    let (again, _) = renewal::offer(&issuer, world.member_id(), world::ORIGIN, NOW, &mut rng);
    refused(&world, Check::RenewalOpen, Breach::RenewalExists, &again);
}

#[test]
fn what_was_stopped_or_taken_back_never_takes_effect() {
    let (world, link) = confirmed();
    let ends = [
        (world.veto(&link), RenewalState::Vetoed),
        (
            world.withdraw(&link),
            RenewalState::Withdrawn(Some(world.founded.account)),
        ),
    ];
    let renewed = world.renew(&link, later());
    for (end, state) in ends {
        let (mut world, _) = confirmed();
        world.say(end.clone());
        assert_eq!(world.client().renewal(link.renewal).unwrap().state, state);
        refused(&world, Check::RenewalOpen, Breach::RenewalOver, &renewed);
        refused(&world, Check::RenewalOpen, Breach::RenewalOver, &end);
    }
}

#[test]
fn a_veto_is_the_accounts_own() {
    let (world, link) = confirmed();
    let directory = world.client();
    let entry = directory.renewal(link.renewal).unwrap();
    let forged = renewal::veto(&entry.offer, &AccountKey::from_seed(&[5; 32]), NOW);
    refused(&world, Check::Signature, Breach::Forged, &forged);
}

#[test]
fn the_new_key_is_of_the_link_and_new_and_its_device_is_new() {
    let (world, link) = confirmed();
    let old_key = world.member.account_key.clone();
    let same = world.renew_with(&link, &old_key, device(9).1, later());
    refused(&world, Check::RenewedKey, Breach::KeyReused, &same);
    let new_key = AccountKey::from_seed(&[42; 32]);
    let old_device = world.member_device.clone();
    let kept = world.renew_with(&link, &new_key, old_device, later());
    refused(&world, Check::DeviceReused, Breach::DeviceReused, &kept);
    let stranger = RenewalLink {
        key: RenewalKey::from_seed(&[6; 32]),
        ..link.clone()
    };
    let forged = world.renew(&stranger, later());
    refused(&world, Check::Signature, Breach::Forged, &forged);
    // Without the new key nobody signs its list.
    let mut claimed: Renewal = read(&world.renew(&link, later())).unwrap();
    claimed.devices.signature = [0; 64];
    let claimed = sign(&claimed, &link.key);
    refused(&world, Check::Signature, Breach::Forged, &claimed);
}

#[test]
fn who_is_no_registrar_any_more_gave_nothing() {
    let (mut world, link) = confirmed();
    let directory = world.client();
    let second = directory.renewal(link.renewal).unwrap();
    let second = second.confirmation.as_ref().unwrap().by;
    world.say(update::end_account(&world.issuer(), second, NOW));
    let renewed = world.renew(&link, later());
    refused(&world, Check::RenewalOpen, Breach::RenewalOver, &renewed);
    // And an account that ended gets no new key.
    let (mut world, link) = confirmed();
    let renewed = world.renew(&link, later());
    world.say(update::end_account(&world.issuer(), world.member_id(), NOW));
    let mut directory = world.client();
    let next = directory.head().position + 1;
    assert_eq!(directory.apply(next, &renewed), Err(Breach::AccountEnded));
}

#[test]
fn a_mandate_does_not_come_along() {
    let mut world = World::new();
    let boris = world.second_registrar();
    let third = world.registrar("carla", 4);
    let mut rng = world.rng.clone();
    let (offer, link) =
        renewal::offer(&world.issuer(), third.account, world::ORIGIN, NOW, &mut rng);
    world.say(offer);
    let statement = world.confirmation(boris.account, &boris.account_key, &link, later(), NOW);
    world.say(statement);
    let directory = world.client();
    let entry = directory.renewal(link.renewal).unwrap();
    let account = directory.account(third.account).unwrap();
    let new_key = AccountKey::from_seed(&[42; 32]);
    let device = device(9).1;
    world.say(renewal::renew(
        &entry.offer,
        &link.key,
        account,
        &new_key,
        device,
        later(),
    ));
    let after = world.client();
    assert!(!after.is_registrar(third.account));
    assert!(
        after
            .awaiting_mandate()
            .all(|entry| entry.id != third.account)
    );
}

#[test]
fn a_link_is_read_as_it_was_written() {
    let (_, link) = confirmed();
    let read = RenewalLink::parse(&link.to_url()).unwrap();
    assert_eq!((read.renewal, read.account), (link.renewal, link.account));
    let half = &link.to_url()[..120];
    assert_eq!(RenewalLink::parse(half).err(), Some(LinkError::Damaged));
    let request = renewal::read_renewal(link.organisation, link.renewal, 3, &link.key);
    let key = valise_directory::keys::Signer::public(&link.key);
    assert!(renewal::verify_reading(link.organisation, &key, &request).is_ok());
    let other = valise_wire::request::ReadRenewal {
        after: 4,
        ..request
    };
    assert!(renewal::verify_reading(link.organisation, &key, &other).is_err());
}
