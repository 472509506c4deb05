//! Guests in the log: who lets them in, what they may say, and each rule with the attack that it stops.

mod world;

use valise_directory::availability::{About, AvailabilityDetails, Away, availability};
use valise_directory::fold::{Check, Checks};
use valise_directory::guest::{
    self, Arrived, GuestCard, GuestCode, GuestLink, GuestSecret, Host, Plan, guest_side,
};
use valise_directory::keys::{AccountKey, EvidenceKey, Signer};
use valise_directory::partner::{self, Card, PartnerKey};
use valise_directory::statement::{Profile, sign};
use valise_directory::{AddressTag, Breach, Name, update};
use valise_wire::statement::SignedStatement;
use valise_wire::{InvitationId, Octets, OrganisationId, RoomId, Timestamp};
use world::{DAY, NOW, ORIGIN, World, device, profile};

const ROOM: RoomId = RoomId([5; 16]);
const PASS: InvitationId = InvitationId([6; 16]);

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

fn host<'a>(world: &'a World, key: &'a AccountKey) -> Host<'a> {
    Host {
        organisation: world.founded.organisation,
        account: world.member_id(),
        account_key: key,
        directory_key: &world.founded.directory_key,
    }
}

fn plan() -> Plan {
    Plan {
        room: ROOM,
        not_after: NOW.plus_millis(DAY),
        held: false,
        name: name("Taras"),
        card: GuestCard {
            asks: name("Anna"),
            office: None,
            guest: name("Taras"),
        },
        now: NOW,
    }
}

fn pass(world: &World, plan: &Plan) -> SignedStatement {
    let key = world.member.account_key.clone();
    guest::pass(&host(world, &key), PASS, plan, &mut world.rng.clone())
}

fn link(world: &World, secret: GuestSecret) -> GuestLink {
    GuestLink {
        origin: ORIGIN.into(),
        pass: PASS,
        secret,
        organisation: world.founded.organisation,
    }
}

fn secret(world: &World) -> GuestSecret {
    GuestSecret::derive(&world.member.account_key, PASS)
}

fn code(world: &World) -> GuestCode {
    GuestCode::derive(&world.member.account_key, PASS)
}

fn arrive(world: &World, code: &GuestCode, number: u8, now: Timestamp) -> Arrived {
    let key = EvidenceKey::from_seed(&[number; 32]).public();
    let mut rng = world.rng.clone();
    for _ in 0..number {
        AccountKey::generate(&mut rng);
    }
    let link = link(world, secret(world));
    guest::arrive(&link, code, device(number).1, key, now, &mut rng)
}

/// A world in which Anna made a pass and a guest came by it.
fn visited() -> (World, Arrived) {
    let mut world = World::new();
    world.say(pass(&world, &plan()));
    let arrived = arrive(&world, &code(&world), 40, NOW);
    world.log.extend(arrived.statements.clone());
    (world, arrived)
}

/// Asserts that the next statement is refused, and taken without the check.
#[test]
fn a_guest_comes_by_link_and_code_and_speaks_for_himself_alone() {
    let (world, arrived) = visited();
    let organisation = world.founded.organisation;
    for directory in [world.client(), world.server()] {
        let entry = directory.account(arrived.account).unwrap();
        assert_eq!(entry.guest_of, Some(ROOM));
        let side = guest_side(organisation, ROOM);
        assert_eq!(directory.side_of(arrived.account), side);
        assert_eq!(directory.side_of(world.member_id()), organisation);
        assert_eq!(directory.room_of_side(side), Some(ROOM));
        assert!(directory.people().all(|who| who.account != arrived.account));
        let excerpt = directory.excerpt_of(arrived.account, None).unwrap();
        let log: Vec<_> = (1..).zip(&world.log).collect();
        let mut shown = valise_directory::Directory::excerpt(organisation, organisation, None);
        for (position, statement) in log.into_iter().filter(|(at, _)| excerpt.contains(at)) {
            shown.apply(position, statement).unwrap();
        }
        assert_eq!(shown.guest_room(arrived.account), Some(ROOM));
    }
    let directory = world.client();
    let person = directory.person(arrived.account).unwrap();
    assert_eq!(person.display_name, Some(&name("Taras")));
}

#[test]
fn a_link_shows_who_asks_to_whoever_has_it_and_the_pass_to_nobody() {
    let mut world = World::new();
    world.say(pass(&world, &plan()));
    let directory = world.server();
    let card = directory.pass(PASS).unwrap().statement.card.clone();
    let seen = guest::check(&link(&world, secret(&world)), &world.log[0], &card).unwrap();
    assert_eq!(seen.card, plan().card);
    let other = GuestSecret::from_bytes(&[9; 32]);
    let seen = guest::check(&link(&world, other), &world.log[0], &card);
    assert_eq!(seen, Err(Breach::Unreadable));
    let mut elsewhere = link(&world, secret(&world));
    elsewhere.organisation.0[0] ^= 1;
    let seen = guest::check(&elsewhere, &world.log[0], &card);
    assert_eq!(seen, Err(Breach::AnotherOrganisation));
    let url = link(&world, secret(&world)).to_url();
    let read = GuestLink::parse(&url).unwrap();
    assert_eq!(
        (read.pass, read.organisation),
        (PASS, world.founded.organisation)
    );
    assert_eq!(*read.secret.to_bytes(), *secret(&world).to_bytes());
}

#[test]
fn hs_68_neither_the_server_nor_a_wrong_code_makes_a_guest() {
    let mut world = World::new();
    world.say(pass(&world, &plan()));
    let other = GuestCode::derive(&AccountKey::from_seed(&[1; 32]), PASS);
    let wrong = arrive(&world, &other, 40, NOW);
    world.refuses(Check::Signature, Breach::Forged, &wrong.statements[0]);
    let directory = world.server();
    let admitted = directory.admit_guest(PASS, &wrong.statements, NOW);
    assert_eq!(admitted, Err(Breach::Forged));
}

#[test]
fn a_pass_is_for_one_guest_within_its_time() {
    let (world, _) = visited();
    let second = arrive(&world, &code(&world), 41, NOW);
    world.refuses(
        Check::InvitationUses,
        Breach::InvitationUsedUp,
        &second.statements[0],
    );
    let mut world = World::new();
    world.say(pass(&world, &plan()));
    let late = arrive(&world, &code(&world), 40, NOW.plus_millis(DAY + 1));
    world.refuses(
        Check::InvitationExpiry,
        Breach::InvitationExpired,
        &late.statements[0],
    );
    let timely = arrive(&world, &code(&world), 40, NOW);
    let directory = world.server();
    let admit = |now| directory.admit_guest(PASS, &timely.statements, now);
    assert_eq!(admit(NOW), Ok(()));
    let over = admit(NOW.plus_millis(DAY + 1));
    assert_eq!(
        over,
        Err(Breach::InvitationExpired),
        "whatever he says himself"
    );
}

#[test]
fn who_was_put_out_is_out_and_his_pass_lets_nobody_in() {
    let (mut world, arrived) = visited();
    let key = world.member.account_key.clone();
    let end = guest::end(&host(&world, &key), PASS, NOW);
    world.say(end);
    let directory = world.client();
    assert!(!directory.account(arrived.account).unwrap().is_active());
    assert!(
        directory
            .account(arrived.account)
            .unwrap()
            .devices
            .is_empty()
    );

    let mut world = World::new();
    world.say(pass(&world, &plan()));
    let end = guest::end(&host(&world, &key), PASS, NOW);
    world.say(end);
    let arrived = arrive(&world, &code(&world), 40, NOW);
    world.refuses(
        Check::InvitationRevoked,
        Breach::InvitationRevoked,
        &arrived.statements[0],
    );
}

#[test]
fn a_guest_says_nothing_but_who_he_is() {
    let (world, arrived) = visited();
    let organisation = world.founded.organisation;
    let directory = world.client();
    let entry = directory.account(arrived.account).unwrap();
    let mut devices = entry.devices.clone();
    devices.push(device(50).1);
    let key = &arrived.account_key;
    let second = update::devices(organisation, entry, devices, key);
    world.refuses(Check::GuestSaysLittle, Breach::Guest, &second);

    let sealed = world.founded.directory_key.seal_profile(
        organisation,
        arrived.account,
        1,
        &profile("taras", "Registrar"),
        &mut world.rng.clone(),
    );
    let claims = Profile {
        organisation,
        account: arrived.account,
        version: 1,
        sealed,
    };
    world.refuses(Check::GuestSaysLittle, Breach::Guest, &sign(&claims, key));

    // Partners are shown nothing of him, whatever he would seal for them.
    let mut world = world;
    let partner = OrganisationId([77; 32]);
    let shared = PartnerKey::from_bytes(&[5; 32]);
    let mut rng = world.rng.clone();
    let theirs = "https://bank.example";
    let said = partner::partner(&world.issuer(), partner, 1, theirs, &shared, NOW, &mut rng);
    world.say(said);
    let card = Card {
        organisation,
        account: arrived.account,
        partner,
        version: 1,
        address_tag: AddressTag([0; 32]),
        sealed: Octets::default(),
    };
    let card = partner::card(card, &profile("taras", "Taras"), &shared, key, &mut rng);
    world.refuses(Check::GuestSaysLittle, Breach::Guest, &card);

    let own = Host {
        organisation,
        account: arrived.account,
        account_key: key,
        directory_key: &world.founded.directory_key,
    };
    let another = guest::pass(&own, InvitationId([7; 16]), &plan(), &mut rng);
    world.refuses(Check::GuestSaysLittle, Breach::Guest, &another);
    assert!(update::mandate(organisation, entry, NOW, &world.founded.organisation_key).is_none());
}

/// T225.
#[test]
fn t225_a_guest_stands_in_for_nobody_and_says_nothing_of_being_away() {
    let (mut world, arrived) = visited();
    let (anna, guest) = (world.member_id(), arrived.account);
    let said = |world: &World, account, key: &AccountKey, cover| {
        let about = About {
            organisation: world.founded.organisation,
            account,
            former: 0,
            by: account,
            now: NOW,
        };
        let away = Away {
            until: NOW.plus_millis(DAY),
            cover,
            note: None,
        };
        let details = AvailabilityDetails {
            away: Some(away),
            duty: Vec::new(),
        };
        let sealed_with = &world.founded.directory_key;
        availability(&about, details, sealed_with, key, &mut world.rng.clone())
    };
    let own = said(&world, guest, &arrived.account_key, None);
    world.refuses(Check::GuestSaysLittle, Breach::Guest, &own);
    // Whoever is away names him: a careless client, or one that wants his work to be seen outside.
    let key = world.member.account_key.clone();
    let covered = said(&world, anna, &key, Some(guest));
    world.say(covered);
    let directory = world.client();
    assert!(directory.away(anna, NOW).is_some());
    assert_eq!(directory.cover(anna, NOW), None);
    let blind = world.folded(Checks::ALL.without(Check::GuestSaysLittle), true);
    assert_eq!(blind.cover(anna, NOW), Some(guest), "the twin");
}

#[test]
fn only_people_of_the_organisation_make_passes_and_no_id_is_used_twice() {
    let mut world = World::new();
    let forged = {
        let key = AccountKey::from_seed(&[66; 32]);
        guest::pass(&host(&world, &key), PASS, &plan(), &mut world.rng.clone())
    };
    world.refuses(Check::Signature, Breach::Forged, &forged);
    let first = pass(&world, &plan());
    world.say(first);
    let mut later = plan();
    later.now = NOW.plus_millis(1);
    world.refuses(
        Check::NewInvitation,
        Breach::InvitationExists,
        &pass(&world, &later),
    );
    let mut long = plan();
    long.not_after = NOW.plus_millis(400 * DAY);
    let world = World::new();
    let long = pass(&world, &long);
    world.refuses(Check::Fields, Breach::Field("not_after"), &long);
}

#[test]
fn the_open_passes_of_a_leaver_are_over() {
    let mut world = World::new();
    world.say(pass(&world, &plan()));
    let end = update::end_account(&world.issuer(), world.member_id(), NOW);
    world.say(end);
    assert!(!world.server().pass(PASS).unwrap().is_open(NOW));
}
