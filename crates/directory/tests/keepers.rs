//! Who may seal and what requests need: what is taken, what a partner is shown of it, and each attack with its twin.

mod world;

use std::collections::BTreeSet;
use valise_directory::fold::{Check, EvidenceEnd};
use valise_directory::invite::Issuer;
use valise_directory::keeper::{self, Asks, ML_DSA_65_BYTES, SealKeys};
use valise_directory::keys::AccountKey;
use valise_directory::{Breach, Change, Directory, excerpt, update};
use valise_wire::statement::{LogEntry, SignedStatement};
use valise_wire::{AccountId, Octets};
use world::{DAY, NOW, World};

fn keys(world: &World, account: AccountId, seed: u8, by: &AccountKey) -> SignedStatement {
    let said = SealKeys {
        organisation: world.founded.organisation,
        account,
        ed25519: [seed; 32],
        ml_dsa_65: Octets(vec![seed; ML_DSA_65_BYTES]),
        created_at: NOW,
    };
    keeper::keys(&said, by)
}

/// Anna may seal, and said with what.
fn with_keeper() -> World {
    let mut world = World::new();
    let anna = world.member_id();
    let mandate = keeper::mandate(&world.issuer(), anna, NOW);
    world.say(mandate);
    let said = keys(&world, anna, 5, &world.member.account_key);
    world.say(said);
    world
}

#[test]
fn a_mandate_and_keys_count_until_their_end() {
    let mut world = with_keeper();
    let anna = world.member_id();
    let directory = world.client();
    assert_eq!(directory.keepers().collect::<Vec<_>>(), [anna]);
    let position = directory.head().position;
    let entry = directory.keeper(anna).unwrap().clone();
    assert!(entry.counts_at(position) && !entry.counts_at(position - 1));
    let end = keeper::end(&world.issuer(), anna, NOW.plus_millis(9));
    world.say(end.clone());
    let directory = world.client();
    assert_eq!(directory.keepers().count(), 0);
    let entry = directory.seals_of(anna)[0].clone();
    assert!(entry.counts_at(position) && !entry.counts_at(position + 1));
    let at = Some(NOW.plus_millis(9));
    let position = position + 1;
    assert_eq!(entry.ended, Some(EvidenceEnd { position, at }));
    world.refuses(Check::Keeper, Breach::NoKeeper, &end);
    // With another mandate the same keys are said again.
    let mandate = keeper::mandate(&world.issuer(), anna, NOW);
    world.say(mandate);
    let said = keys(&world, anna, 5, &world.member.account_key);
    world.say(said);
    assert_eq!(world.client().seals_of(anna).len(), 2);
}

#[test]
fn a_mandate_ends_with_the_account_and_with_its_old_key() {
    let mut world = with_keeper();
    let ended = update::end_account(&world.issuer(), world.member_id(), NOW);
    world.say(ended);
    assert_eq!(world.server().keepers().count(), 0);

    let mut world = with_keeper();
    let second = world.second_registrar();
    let link = world.offer_renewal();
    world.confirm_renewal(&second, &link, NOW);
    let renewed = world.renew(&link, NOW.plus_millis(DAY));
    world.say(renewed);
    assert_eq!(world.server().keepers().count(), 0);
}

#[test]
fn what_must_not_be_said_of_seals_is_refused() {
    let world = with_keeper();
    let anna = world.member_id();
    let again = keeper::mandate(&world.issuer(), anna, NOW);
    world.refuses(Check::KeeperNew, Breach::KeeperExists, &again);
    let others = keys(&world, anna, 6, &world.member.account_key);
    world.refuses(Check::KeeperNew, Breach::KeeperExists, &others);

    let fresh = World::new();
    let unasked = keys(&fresh, anna, 5, &fresh.member.account_key);
    fresh.refuses(Check::Keeper, Breach::NoKeeper, &unasked);
    let key = fresh.member.account_key.registrar_key();
    let as_anna = Issuer {
        account: anna,
        registrar_key: &key,
        ..fresh.issuer()
    };
    let mut directory = fresh.server();
    let next = directory.head().position + 1;
    let taken = directory.apply(next, &keeper::mandate(&as_anna, anna, NOW));
    assert_eq!(taken, Err(Breach::NotRegistrar));
    let forged = keeper::policy(&as_anna, 0, Asks::Freely, false, NOW);
    assert_eq!(directory.apply(next, &forged), Err(Breach::NotRegistrar));
}

#[test]
fn keys_are_of_their_length_and_of_one_account() {
    let mut world = with_keeper();
    let founder = world.founded.account;
    let mandate = keeper::mandate(&world.issuer(), founder, NOW);
    world.say(mandate);
    let by = world.founded.account_key.clone();
    let same = keys(&world, founder, 5, &by);
    world.refuses(Check::KeeperNew, Breach::KeeperExists, &same);
    let short = SealKeys {
        organisation: world.founded.organisation,
        account: founder,
        ed25519: [7; 32],
        ml_dsa_65: Octets(vec![7; ML_DSA_65_BYTES - 1]),
        created_at: NOW,
    };
    let short = keeper::keys(&short, &by);
    world.refuses(Check::Fields, Breach::Field("ml_dsa_65"), &short);
}

#[test]
fn the_newest_policy_counts_and_none_goes_back() {
    let mut world = World::new();
    let first = keeper::policy(&world.issuer(), 0, Asks::FourEyes, false, NOW);
    let mut directory = world.server();
    let next = directory.head().position + 1;
    assert_eq!(directory.apply(next, &first), Ok(Change::RequestPolicy));
    world.say(first.clone());
    world.refuses(
        Check::Version,
        Breach::Version {
            former: 1,
            found: 1,
        },
        &first,
    );
    let stop = keeper::policy(&world.issuer(), 1, Asks::FourEyes, true, NOW);
    world.say(stop);
    let directory = world.client();
    let policy = directory.request_policy().unwrap();
    assert!(policy.stopped && policy.asks == Asks::FourEyes);
    assert_eq!(directory.request_policies().len(), 2);
}

#[test]
fn whoever_is_shown_an_account_is_shown_who_seals_and_what_is_needed() {
    let mut world = with_keeper();
    let policy = keeper::policy(&world.issuer(), 0, Asks::FourEyes, false, NOW);
    world.say(policy);
    let log: Vec<LogEntry> = (1..)
        .zip(&world.log)
        .map(|(position, statement)| LogEntry {
            position,
            statement: statement.clone(),
        })
        .collect();
    let founder = world.founded.account;
    let shown = excerpt::gather(&log, &BTreeSet::from([founder])).unwrap();
    let directory = excerpt::fold(world.founded.organisation, &shown).unwrap();
    let keepers = |directory: &Directory| directory.keepers().collect::<Vec<_>>();
    assert_eq!(keepers(&directory), [world.member_id()]);
    assert_eq!(directory.request_policy().unwrap().asks, Asks::FourEyes);

    let whole = world.server();
    let told = whole.head().position - 1;
    let partner = valise_wire::OrganisationId([8; 32]);
    let news = whole.excerpt_since(partner, &[founder], told);
    assert!(news.contains(&(told + 1)), "a new policy is told");
}
