//! Offices: who says them, who holds them, and what a partner sees of them.

mod world;

use valise_directory::fold::{Check, Checks};
use valise_directory::foreign::Foreign;
use valise_directory::office::{self, OfficeDetails, Plan};
use valise_directory::partner::{self, PartnerKey};
use valise_directory::{Address, Breach, Directory, Name, Note, update};
use valise_wire::statement::{LogEntry, SignedStatement};
use valise_wire::{AccountId, OfficeId, OrganisationId, from_bytes, to_bytes};
use world::{DOMAIN, NOW, World, nobody, plan};

const PARTNER: OrganisationId = OrganisationId([77; 32]);

fn key() -> PartnerKey {
    PartnerKey::from_bytes(&[5; 32])
}

fn details(local: &str) -> OfficeDetails {
    OfficeDetails {
        name: Name::parse("Registry").unwrap(),
        address: Address::parse(&format!("{local}@{DOMAIN}")).unwrap(),
        note: None,
        numbers: None,
    }
}

fn said(
    world: &mut World,
    former: Option<(OfficeId, u64)>,
    holders: Vec<AccountId>,
    local: &str,
) -> (OfficeId, SignedStatement) {
    let plan = Plan {
        former,
        holders,
        details: details(local),
        now: NOW,
    };
    let mut rng = world.rng.clone();
    let made = office::office(&world.issuer(), plan, &mut rng);
    world.rng = rng;
    made
}

/// An office that Anna and the founder hold, and that shows itself to a partner.
fn registry() -> (World, OfficeId) {
    let mut world = World::new();
    let holders = vec![world.founded.account, world.member_id()];
    let (id, statement) = said(&mut world, None, holders, "registry");
    world.say(statement);
    let mut rng = world.rng.clone();
    let issuer = world.issuer();
    let theirs = "https://bank.example";
    let partnership = partner::partner(&issuer, PARTNER, 1, theirs, &key(), NOW, &mut rng);
    let card = office::card(
        &issuer,
        (id, 1),
        PARTNER,
        &details("registry"),
        &key(),
        &mut rng,
    );
    world.say(partnership);
    world.say(card);
    (world, id)
}

fn next(directory: &mut Directory, statement: &SignedStatement) -> Result<(), Breach> {
    let position = directory.head().position + 1;
    directory.apply(position, statement).map(|_| ())
}

#[test]
fn an_office_has_a_name_for_members_and_holders_for_everybody() {
    let (world, id) = registry();
    let (client, server) = (world.client(), world.server());
    let name = |directory: &Directory| {
        let office = directory.office(id).unwrap();
        office
            .details
            .as_ref()
            .map(|details| details.name.as_str().to_owned())
    };
    assert_eq!(name(&client).as_deref(), Some("Registry"));
    assert_eq!(name(&server), None);
    assert_eq!(server.holders(id).count(), 2);
}

#[test]
fn who_left_the_organisation_holds_nothing() {
    let (mut world, id) = registry();
    let ended = update::end_account(&world.issuer(), world.member_id(), NOW);
    world.say(ended);
    let holders: Vec<_> = world.server().holders(id).collect();
    assert_eq!(holders, [world.founded.account]);
}

#[test]
fn an_address_is_of_one_office_or_one_person() {
    let (mut world, id) = registry();
    for local in ["registry", "anna"] {
        let (_, other) = said(&mut world, None, Vec::new(), local);
        let mut directory = world.server();
        assert_eq!(
            next(&mut directory, &other),
            Err(Breach::AddressTaken),
            "{local}"
        );
        let mut blind = world.folded(Checks::ALL.without(Check::AddressTaken), false);
        assert!(next(&mut blind, &other).is_ok());
    }
    // A person cannot take an office's, and when it is closed, he can.
    let link = world.invite(plan(nobody()));
    let joined = world.try_join(&link, "registry", 9);
    assert_eq!(
        next(&mut world.server(), &joined.statements[0]),
        Err(Breach::AddressTaken)
    );
    let closed = office::close(&world.issuer(), id, 1, NOW);
    world.say(closed);
    assert!(next(&mut world.server(), &joined.statements[0]).is_ok());
    assert_eq!(world.server().offices().count(), 0);
}

#[test]
fn versions_rise_and_registrars_alone_say_them() {
    let (mut world, id) = registry();
    let (_, again) = said(&mut world, Some((id, 0)), Vec::new(), "registry");
    assert!(matches!(
        next(&mut world.server(), &again),
        Err(Breach::Version { .. })
    ));
    let (_, renamed) = said(&mut world, Some((id, 1)), Vec::new(), "records");
    assert!(next(&mut world.server(), &renamed).is_ok());
    let mut forged = renamed;
    forged.signature[0] ^= 1;
    assert_eq!(next(&mut world.server(), &forged), Err(Breach::Forged));
}

#[test]
fn a_partner_sees_the_office_and_whoever_holds_it() {
    let (world, id) = registry();
    let server = world.server();
    let tag = key().address_tag(&details("registry").address);
    assert_eq!(server.office_shown_as(PARTNER, tag), Some(id));
    let positions = server.excerpt_of_office(id, Some(PARTNER)).unwrap();
    let entries = positions.iter().map(|position| LogEntry {
        position: *position,
        statement: world.log[*position as usize - 1].clone(),
    });
    let mut theirs = Foreign::new(world.founded.organisation, PARTNER, Some(key()));
    theirs.take(entries.collect()).unwrap();
    let office = theirs.directory().office(id).unwrap();
    assert_eq!(
        office.details.as_ref().unwrap().address.as_str(),
        "registry@ministry.example"
    );
    let holders: Vec<_> = theirs.directory().holders(id).collect();
    assert_eq!(holders.len(), 2);
    for holder in holders {
        assert!(
            theirs
                .directory()
                .account(holder)
                .is_some_and(|entry| !entry.devices.is_empty())
        );
    }
}

/// Some of a log, as a server shows it.
fn entries(world: &World, positions: impl IntoIterator<Item = u64>) -> Vec<LogEntry> {
    let entry = |position: u64| LogEntry {
        position,
        statement: world.log[position as usize - 1].clone(),
    };
    positions.into_iter().map(entry).collect()
}

/// What the partner knows that was shown the office.
fn theirs(world: &World, id: OfficeId, checks: Checks) -> Foreign {
    let theirs = Foreign::new(world.founded.organisation, PARTNER, Some(key()));
    let mut theirs = theirs.with_checks(checks);
    let positions = world.server().excerpt_of_office(id, Some(PARTNER)).unwrap();
    theirs.take(entries(world, positions)).unwrap();
    theirs
}

fn shown(world: &World, theirs: &mut Foreign, statement: &SignedStatement) -> Result<(), Breach> {
    let entry = LogEntry {
        position: world.log.len() as u64 + 1,
        statement: statement.clone(),
    };
    theirs.take(vec![entry]).map(|_| ())
}

fn name_at(theirs: &Foreign, id: OfficeId) -> Option<String> {
    let office = theirs.directory().office(id)?;
    let details = office.details.as_ref()?;
    Some(details.address.as_str().to_owned())
}

#[test]
fn an_excerpt_holds_though_the_office_changed_behind_its_card_and_addresses_wandered() {
    let (mut world, id) = registry();
    let (_, renamed) = said(&mut world, Some((id, 1)), Vec::new(), "records");
    world.say(renamed);
    let (second, statement) = said(&mut world, None, Vec::new(), "registry");
    world.say(statement);
    let mut rng = world.rng.clone();
    let named = details("registry");
    let card = office::card(
        &world.issuer(),
        (second, 1),
        PARTNER,
        &named,
        &key(),
        &mut rng,
    );
    world.say(card);
    let (_, again) = said(&mut world, Some((id, 2)), Vec::new(), "archive");
    world.say(again);
    let mut theirs = theirs(&world, second, Checks::ALL);
    let first = world.server().excerpt_of_office(id, Some(PARTNER)).unwrap();
    theirs.take(entries(&world, first)).unwrap();
    assert_eq!(
        name_at(&theirs, second).unwrap(),
        "registry@ministry.example"
    );
    assert_eq!(theirs.directory().holders(id).count(), 0);
}

#[test]
fn news_of_a_registrar_whom_nobody_there_knows_come_with_what_proves_him() {
    let (mut world, id) = registry();
    let second = world.second_registrar();
    let mut there = theirs(&world, id, Checks::ALL);
    let told = world.log.len() as u64;
    let registrar_key = second.account_key.registrar_key();
    let issuer = valise_directory::invite::Issuer {
        account: second.account,
        registrar_key: &registrar_key,
        ..world.issuer()
    };
    let ended = update::end_account(&issuer, world.member_id(), NOW);
    world.say(ended);
    let known = [world.member_id()];
    let news = world.server().excerpt_since(PARTNER, &known, told);
    assert!(there.take(entries(&world, [told + 1])).is_err());
    there.take(entries(&world, news)).unwrap();
    let member = there.directory().account(world.member_id()).unwrap();
    assert!(!member.is_active());
    assert_eq!(there.directory().holders(id).count(), 1);
    let all = world.log.len() as u64;
    assert!(
        world
            .server()
            .excerpt_since(PARTNER, &known, all)
            .is_empty()
    );
}

#[test]
fn who_comes_to_hold_an_office_comes_with_what_proves_him() {
    let (mut world, id) = registry();
    let link = world.invite(plan(nobody()));
    let carl = world.join(&link, "carl", 20).account;
    let mut there = theirs(&world, id, Checks::ALL);
    let told = world.log.len() as u64;
    let (_, changed) = said(&mut world, Some((id, 1)), vec![carl], "registry");
    world.say(changed);
    let news = world.server().excerpt_since(PARTNER, &[], told);
    there.take(entries(&world, news)).unwrap();
    let holders: Vec<_> = there.directory().holders(id).collect();
    assert_eq!(holders, [carl]);
    let nobody = OrganisationId([78; 32]);
    assert!(world.server().excerpt_since(nobody, &[], told).is_empty());
}

#[test]
fn a_server_invents_no_office_and_no_holder() {
    let (mut world, id) = registry();
    let stranger = valise_directory::keys::AccountKey::from_seed(&[99; 32]).registrar_key();
    let forger = valise_directory::invite::Issuer {
        registrar_key: &stranger,
        ..world.issuer()
    };
    let plan = |former, holders| Plan {
        former,
        holders,
        details: details("registry"),
        now: NOW,
    };
    let mut rng = world.rng.clone();
    let of_nobody = office::office(&forger, plan(None, Vec::new()), &mut rng).1;
    let held = plan(Some((id, 1)), vec![AccountId([5; 16])]);
    let with_a_holder = office::office(&forger, held, &mut rng).1;
    for forged in [of_nobody, with_a_holder] {
        let mut there = theirs(&world, id, Checks::ALL);
        assert_eq!(shown(&world, &mut there, &forged), Err(Breach::Forged));
        assert_eq!(there.directory().holders(id).count(), 2);
        let checks = Checks::ALL.without(Check::Signature);
        let mut blind = theirs(&world, id, checks.without(Check::AddressTaken));
        assert!(shown(&world, &mut blind, &forged).is_ok());
    }
    // A member's word makes no office either.
    let as_member = valise_directory::invite::Issuer {
        account: world.member_id(),
        ..world.issuer()
    };
    let statement = office::office(&as_member, plan(None, Vec::new()), &mut rng).1;
    let mut there = theirs(&world, id, Checks::ALL);
    assert_eq!(
        shown(&world, &mut there, &statement),
        Err(Breach::NotRegistrar)
    );
    world.rng = rng;
}

#[test]
fn who_has_ended_holds_nothing_though_no_registrar_said_it_of_the_office() {
    let (mut world, id) = registry();
    let ended = update::end_account(&world.issuer(), world.member_id(), NOW);
    let mut there = theirs(&world, id, Checks::ALL);
    let mut blind = theirs(&world, id, Checks::ALL.without(Check::HolderEnded));
    shown(&world, &mut there, &ended).unwrap();
    shown(&world, &mut blind, &ended).unwrap();
    world.say(ended);
    let holders: Vec<_> = there.directory().holders(id).collect();
    assert_eq!(holders, [world.founded.account]);
    assert_eq!(there.directory().offices_of(world.member_id()).count(), 0);
    assert_eq!(blind.directory().holders(id).count(), 2);
}

#[test]
fn a_card_for_one_partner_says_nothing_to_another() {
    let (world, id) = registry();
    let other = OrganisationId([78; 32]);
    let mut rng = world.rng.clone();
    // Two who were handed the same link have one key.
    let named = details("of-others");
    let card = office::card(&world.issuer(), (id, 1), other, &named, &key(), &mut rng);
    let mut there = theirs(&world, id, Checks::ALL);
    shown(&world, &mut there, &card).unwrap();
    assert_eq!(name_at(&there, id).unwrap(), "registry@ministry.example");
    let mut blind = theirs(&world, id, Checks::ALL.without(Check::CardReader));
    shown(&world, &mut blind, &card).unwrap();
    assert_eq!(name_at(&blind, id).unwrap(), "of-others@ministry.example");
}

#[test]
fn what_an_office_was_before_is_not_shown_again() {
    let (mut world, id) = registry();
    let former = world.log[world.log.len() - 3].clone();
    let card = world.log[world.log.len() - 1].clone();
    let mut there = theirs(&world, id, Checks::ALL);
    let mut blind = theirs(&world, id, Checks::ALL.without(Check::Version));
    let holders = vec![world.founded.account];
    let (_, changed) = said(&mut world, Some((id, 1)), holders, "records");
    shown(&world, &mut there, &changed).unwrap();
    shown(&world, &mut blind, &changed).unwrap();
    world.say(changed);
    for again in [&former, &card] {
        assert!(matches!(
            shown(&world, &mut there, again),
            Err(Breach::Version { .. })
        ));
        assert_eq!(there.directory().holders(id).count(), 1);
    }
    shown(&world, &mut blind, &former).unwrap();
    assert_eq!(blind.directory().holders(id).count(), 2);
}

#[test]
fn how_an_office_counts_is_said_at_home_and_shown_to_nobody_else() {
    let mut world = World::new();
    let counting = OfficeDetails {
        numbers: Some(Note::parse("{n:3}/{year}").unwrap()),
        ..details("registry")
    };
    let plan = Plan {
        former: None,
        holders: Vec::new(),
        details: counting.clone(),
        now: NOW,
    };
    let mut rng = world.rng.clone();
    let (id, statement) = office::office(&world.issuer(), plan, &mut rng);
    let card = office::card(
        &world.issuer(),
        (id, 1),
        PARTNER,
        &counting,
        &key(),
        &mut rng,
    );
    world.say(statement);
    let said = world.client().office(id).unwrap().details.clone();
    assert_eq!(said, Some(counting.clone()));
    let card: office::OfficeCard = from_bytes(&card.payload).unwrap();
    assert_eq!(key().open_office(&card).unwrap(), details("registry"));
    // Without anything it is written as before there was such a thing, and in no other way.
    let short = to_bytes(&details("registry"));
    assert_eq!(short[0], 0x83);
    let mut null = short.to_vec();
    null[0] = 0x84;
    null.push(0xf6);
    from_bytes::<OfficeDetails>(&null).unwrap_err();
    let whole = to_bytes(&counting);
    assert_eq!(from_bytes::<OfficeDetails>(&whole).unwrap(), counting);
}
