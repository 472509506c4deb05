//! Who is away, who stands in, who is on duty: what is taken, who looks after an office, and each attack with its twin.

mod world;

use valise_directory::availability::{
    About, Availability, AvailabilityDetails, Away, availability,
};
use valise_directory::fold::Check;
use valise_directory::keys::AccountKey;
use valise_directory::office::{self, OfficeDetails, Plan};
use valise_directory::statement::{read, sign};
use valise_directory::{Address, Breach, Change, Name, Note, update};
use valise_wire::statement::SignedStatement;
use valise_wire::{AccountId, OfficeId};
use world::{DAY, DOMAIN, NOW, World, nobody, plan};

fn here(duty: &[OfficeId]) -> AvailabilityDetails {
    AvailabilityDetails {
        away: None,
        duty: duty.to_vec(),
    }
}

/// Away for a week.
fn away(cover: Option<AccountId>, duty: &[OfficeId]) -> AvailabilityDetails {
    let away = Away {
        until: NOW.plus_millis(7 * DAY),
        cover,
        note: Some(Note::parse("At the sea.").unwrap()),
    };
    AvailabilityDetails {
        away: Some(away),
        ..here(duty)
    }
}

/// What is said of an account for the `former + 1`st time, by another or by itself.
fn said(
    world: &World,
    account: AccountId,
    former: u64,
    by: (AccountId, &AccountKey),
    details: AvailabilityDetails,
) -> SignedStatement {
    let about = About {
        organisation: world.founded.organisation,
        account,
        former,
        by: by.0,
        now: NOW,
    };
    let key = &world.founded.directory_key;
    availability(&about, details, key, by.1, &mut world.rng.clone())
}

/// The same, by Anna of herself.
fn by_anna(world: &World, former: u64, details: AvailabilityDetails) -> SignedStatement {
    let anna = world.member_id();
    said(
        world,
        anna,
        former,
        (anna, &world.member.account_key),
        details,
    )
}

/// An office that some hold.
fn registry(world: &mut World, holders: Vec<AccountId>) -> OfficeId {
    let details = OfficeDetails {
        name: Name::parse("Registry").unwrap(),
        address: Address::parse(&format!("registry@{DOMAIN}")).unwrap(),
        note: None,
        numbers: None,
    };
    let plan = Plan {
        former: None,
        holders,
        details,
        now: NOW,
    };
    let mut rng = world.rng.clone();
    let (id, statement) = office::office(&world.issuer(), plan, &mut rng);
    world.rng = rng;
    world.say(statement);
    id
}

#[test]
fn somebody_is_away_until_the_time_that_he_said_and_only_his_people_read_it() {
    let mut world = World::new();
    let (anna, founder) = (world.member_id(), world.founded.account);
    let statement = by_anna(&world, 0, away(Some(founder), &[]));
    world.say(statement);
    let directory = world.client();
    let found = directory.away(anna, NOW).unwrap();
    assert_eq!(found.note.as_ref().unwrap().as_str(), "At the sea.");
    assert_eq!(directory.cover(anna, NOW), Some(founder));
    assert!(directory.away(anna, NOW.plus_millis(7 * DAY)).is_none());
    assert!(directory.cover(anna, NOW.plus_millis(7 * DAY)).is_none());
    assert!(directory.away(founder, NOW).is_none());
    let server = world.server();
    assert_eq!(server.availability(anna).unwrap().version, 1);
    assert!(server.away(anna, NOW).is_none() && server.cover(anna, NOW).is_none());
    // Here again.
    let back = by_anna(&world, 1, here(&[]));
    world.say(back);
    assert!(world.client().away(anna, NOW).is_none());
}

#[test]
fn who_is_on_duty_looks_after_an_office_or_who_stands_in_or_all_of_it() {
    let mut world = World::new();
    let (anna, founder) = (world.member_id(), world.founded.account);
    let boris = world.second_registrar();
    let everybody = vec![founder, anna, boris.account];
    let office = registry(&mut world, everybody.clone());
    let sorted = |mut people: Vec<AccountId>| {
        people.sort();
        people
    };
    let looks = |world: &World| world.client().looks_after(office, NOW);
    assert_eq!(
        looks(&world),
        sorted(everybody.clone()),
        "nobody said anything"
    );
    let on_duty = by_anna(&world, 0, here(&[office]));
    world.say(on_duty);
    assert_eq!(looks(&world), [anna]);
    assert!(world.client().is_on_duty(anna, office));
    // She goes, and Boris stands in; on her return it is she again.
    let gone = by_anna(&world, 1, away(Some(boris.account), &[office]));
    world.say(gone);
    assert_eq!(looks(&world), [boris.account]);
    let later = world.client().looks_after(office, NOW.plus_millis(8 * DAY));
    assert_eq!(later, [anna]);
    // He is away, too: then all who are here.
    let by = (boris.account, &boris.account_key);
    let both = said(&world, boris.account, 0, by, away(None, &[]));
    world.say(both);
    assert_eq!(looks(&world), [founder]);
    // Nobody is here: then all of them, so that nothing is left lying.
    let by = (founder, &world.founded.account_key);
    let all = said(&world, founder, 0, by, away(Some(anna), &[]));
    world.say(all);
    assert_eq!(looks(&world), sorted(everybody));
}

#[test]
fn whoever_holds_an_office_no_longer_is_not_on_duty_for_it() {
    let mut world = World::new();
    let (anna, founder) = (world.member_id(), world.founded.account);
    let office = registry(&mut world, vec![founder]);
    let on_duty = by_anna(&world, 0, here(&[office]));
    world.say(on_duty);
    let directory = world.client();
    assert!(!directory.is_on_duty(anna, office));
    assert_eq!(directory.looks_after(office, NOW), [founder]);
}

#[test]
fn t225_only_oneself_or_a_registrar_says_that_somebody_is_away() {
    let mut world = World::new();
    let (anna, founder) = (world.member_id(), world.founded.account);
    let link = world.invite(plan(nobody()));
    let carl = world.join(&link, "carl", 5);
    let by = (carl.account, &carl.account_key);
    let attack = said(&world, anna, 0, by, away(Some(carl.account), &[]));
    world.refuses(Check::Mandated, Breach::NotRegistrar, &attack);
    // In her name it would need her key.
    let forged = said(&world, anna, 0, (anna, &carl.account_key), away(None, &[]));
    world.refuses(Check::Signature, Breach::Forged, &forged);
    let ill = said(
        &world,
        anna,
        0,
        (founder, &world.founded.account_key),
        away(None, &[]),
    );
    let mut directory = world.client();
    let next = directory.head().position + 1;
    assert_eq!(directory.apply(next, &ill), Ok(Change::Availability(anna)));
    assert_eq!(directory.availability(anna).unwrap().by, founder);
}

#[test]
fn t226_what_was_said_before_is_not_said_again() {
    let mut world = World::new();
    let first = by_anna(&world, 0, away(None, &[]));
    let second = by_anna(&world, 1, here(&[]));
    world.say(first.clone());
    world.say(second);
    let breach = Breach::Version {
        former: 2,
        found: 1,
    };
    world.refuses(Check::Version, breach, &first);
}

#[test]
fn t226_what_is_sealed_for_somebody_else_or_another_time_is_not_read() {
    let mut world = World::new();
    let (anna, founder) = (world.member_id(), world.founded.account);
    let first = by_anna(&world, 0, away(Some(founder), &[]));
    world.say(first.clone());
    // The words of before under a new number; a registrar's under her name.
    let mut moved: Availability = read(&first).unwrap();
    moved.version = 2;
    let again = sign(&moved, &world.member.account_key);
    let key = &world.founded.account_key;
    let of_founder = said(&world, founder, 0, (founder, key), here(&[]));
    let mut taken: Availability = read(&of_founder).unwrap();
    (taken.account, taken.version) = (anna, 3);
    let taken = sign(&taken, key);
    let mut directory = world.client();
    for statement in [&again, &taken] {
        let next = directory.head().position + 1;
        directory.apply(next, statement).unwrap();
        let kept = directory.cover(anna, NOW);
        assert_eq!(kept, Some(founder), "what could be read before stays");
    }
}

#[test]
fn t225_whoever_left_says_nothing_and_stands_in_for_nobody() {
    let mut world = World::new();
    let (anna, founder) = (world.member_id(), world.founded.account);
    let key = world.founded.account_key.clone();
    let statement = said(&world, founder, 0, (founder, &key), away(Some(anna), &[]));
    world.say(statement);
    assert_eq!(world.client().cover(founder, NOW), Some(anna));
    let end = update::end_account(&world.issuer(), anna, NOW);
    world.say(end);
    assert_eq!(world.client().cover(founder, NOW), None);
    let late = by_anna(&world, 0, here(&[]));
    world.refuses(Check::Ended, Breach::AccountEnded, &late);
    assert!(world.client().away(anna, NOW).is_none());
}
