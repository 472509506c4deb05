//! Offices: who says them, who holds them, and what a partner sees of them.

mod world;

use valise_directory::fold::{Check, Checks};
use valise_directory::foreign::Foreign;
use valise_directory::office::{self, OfficeDetails, Plan};
use valise_directory::partner::{self, PartnerKey};
use valise_directory::{Address, Breach, Directory, Name, update};
use valise_wire::statement::{LogEntry, SignedStatement};
use valise_wire::{AccountId, OfficeId, OrganisationId};
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
