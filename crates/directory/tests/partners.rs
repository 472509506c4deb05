//! What organisations say of each other, and what each gets to see of the other's log.

mod world;

use valise_directory::fold::{Check, Checks};
use valise_directory::foreign::Foreign;
use valise_directory::keys::{AccountKey, IntroductionKey};
use valise_directory::link::PartnerLink;
use valise_directory::partner::{self, Card, PartnerKey};
use valise_directory::{AddressTag, Breach, update};
use valise_wire::statement::{LogEntry, SignedStatement};
use valise_wire::{AccountId, Octets, OrganisationId};
use world::{NOW, ORIGIN, World, device, profile};

const PARTNER: OrganisationId = OrganisationId([77; 32]);
const THEIRS: &str = "https://bank.example";

fn key() -> PartnerKey {
    PartnerKey::from_bytes(&[5; 32])
}

fn partnership(world: &mut World, version: u64) -> SignedStatement {
    let mut rng = world.rng.clone();
    partner::partner(
        &world.issuer(),
        PARTNER,
        version,
        THEIRS,
        &key(),
        NOW,
        &mut rng,
    )
}

fn card_of(
    world: &mut World,
    account: AccountId,
    version: u64,
    by: &AccountKey,
) -> SignedStatement {
    let card = Card {
        organisation: world.founded.organisation,
        account,
        partner: PARTNER,
        version,
        address_tag: AddressTag([0; 32]),
        sealed: Octets::default(),
    };
    let details = profile("anna", "Anna Novak");
    partner::card(card, &details, &key(), by, &mut world.rng)
}

/// Anna shows herself to a partner.
fn with_card() -> World {
    let mut world = World::new();
    let partnership = partnership(&mut world, 1);
    world.say(partnership);
    let (account, key) = (world.member_id(), world.member.account_key.clone());
    let card = card_of(&mut world, account, 1, &key);
    world.say(card);
    world
}

fn excerpt(world: &World, account: AccountId) -> Vec<LogEntry> {
    let positions = world.server().excerpt_of(account, Some(PARTNER)).unwrap();
    let entry = |position: &u64| LogEntry {
        position: *position,
        statement: world.log[*position as usize - 1].clone(),
    };
    positions.iter().map(entry).collect()
}

fn foreign(world: &World) -> Foreign {
    Foreign::new(world.founded.organisation, PARTNER, Some(key()))
}

#[test]
fn a_partner_sees_who_shows_himself_and_nobody_else() {
    let world = with_card();
    let server = world.server();
    assert_eq!(server.partners().count(), 1);
    let tag = key().address_tag(&profile("anna", "Anna").address);
    assert_eq!(server.shown_as(PARTNER, tag), Some(world.member_id()));
    assert_eq!(server.shown_as(OrganisationId([1; 32]), tag), None);
    assert_eq!(server.shown_as(PARTNER, AddressTag([0; 32])), None);

    let mut theirs = foreign(&world);
    theirs.take(excerpt(&world, world.member_id())).unwrap();
    let person = theirs.directory().person(world.member_id()).unwrap();
    assert_eq!(person.display_name.unwrap().as_str(), "Anna Novak");
    assert_eq!(person.address.unwrap().as_str(), "anna@ministry.example");
    let founder = theirs.directory().person(world.founded.account).unwrap();
    assert_eq!(founder.display_name, None);
    assert!(
        theirs
            .directory()
            .device(world.member_id(), world.member_device.id)
            .is_some()
    );
}

#[test]
fn what_comes_later_and_what_stood_before_find_their_places() {
    let mut world = with_card();
    let mut theirs = foreign(&world);
    theirs.take(excerpt(&world, world.member_id())).unwrap();
    let before = theirs.directory().clone();
    let second = world.second_registrar();
    let ended = update::end_account(&world.issuer(), world.member_id(), NOW);
    world.say(ended);
    // The registrar first, who stands further back than the end of what is known.
    theirs.take(excerpt(&world, second.account)).unwrap();
    theirs.take(excerpt(&world, world.member_id())).unwrap();
    let member = theirs.directory().account(world.member_id()).unwrap();
    assert!(!member.is_active());
    let changed = theirs.changed_since(&before);
    assert!(changed.contains(&world.member_id()));
    assert!(!changed.contains(&world.founded.account));
    // The same in one.
    let mut anew = foreign(&world);
    anew.take_trusted(excerpt(&world, world.member_id()))
        .unwrap();
    assert!(
        !anew
            .directory()
            .account(world.member_id())
            .unwrap()
            .is_active()
    );
}

#[test]
fn a_missing_link_of_the_chain_is_refused() {
    let world = with_card();
    let whole = excerpt(&world, world.member_id());
    // All but the card and what the founder says of his own devices: those prove nothing of Anna.
    for missing in 0..whole.len() - 1 {
        let mut part = whole.clone();
        part.remove(missing);
        let mut theirs = foreign(&world);
        let taken = theirs.take(part);
        let known = theirs
            .directory()
            .device(world.member_id(), world.member_device.id);
        assert!(
            taken.is_err() || known.is_none() || whole[missing].position > 3,
            "without {missing}"
        );
    }
}

#[test]
fn another_statement_at_the_same_place_is_a_contradiction() {
    let mut world = with_card();
    let excerpt = excerpt(&world, world.member_id());
    // Signed as it has to be, and said where something else was said before.
    let key = world.member.account_key.clone();
    let account = world.member_id();
    let mut other = excerpt.clone();
    other.last_mut().unwrap().statement = card_of(&mut world, account, 2, &key);
    let says = |checks| {
        let mut theirs = foreign(&world).with_checks(checks);
        theirs.take(excerpt.clone()).unwrap();
        theirs.take(other.clone()).map(drop)
    };
    assert_eq!(says(Checks::ALL), Err(Breach::Contradicted));
    assert_eq!(says(Checks::ALL.without(Check::SamePlace)), Ok(()));
}

#[test]
fn an_account_with_a_made_up_id_is_refused() {
    let mut world = with_card();
    let link = world.invite(world::plan(world::nobody()));
    let account_key = AccountKey::from_seed(&[9; 32]);
    let statements = made_up(&link, &account_key);
    world.log.extend(statements);
    let entries = excerpt(&world, AccountId([1; 16]));
    assert_eq!(
        foreign(&world).take(entries.clone()),
        Err(Breach::AccountId)
    );
    let mut blind = foreign(&world).with_checks(Checks::ALL.without(Check::AccountId));
    assert!(blind.take(entries).is_ok());
}

/// An account that took another one's id.
fn made_up(
    link: &valise_directory::link::InvitationLink,
    key: &AccountKey,
) -> Vec<SignedStatement> {
    use valise_directory::keys::Signer;
    use valise_directory::statement::{Account, DeviceList, sign};
    let (organisation, id) = (link.organisation, AccountId([1; 16]));
    let account = Account {
        organisation,
        id,
        key: key.public(),
        registrar_key: key.registrar_key().public(),
        invitation: link.invitation,
        address_tag: link
            .directory_key
            .address_tag(&profile("olga", "Olga").address),
        created_at: NOW,
    };
    let devices = DeviceList {
        organisation,
        account: id,
        version: 1,
        previous: None,
        devices: vec![device(9).1],
    };
    vec![sign(&account, &link.key), sign(&devices, key)]
}

#[test]
fn partners_are_made_by_registrars_in_order() {
    let mut world = with_card();
    let head = world.log.len() as u64;
    let again = partnership(&mut world, 1);
    let mut directory = world.client();
    assert!(matches!(
        directory.apply(head + 1, &again),
        Err(Breach::Version { .. })
    ));
    let ended = partner::end(&world.issuer(), PARTNER, 2, NOW);
    directory.apply(head + 1, &ended).unwrap();
    assert_eq!(directory.partners().count(), 0);
    // Nobody shows himself to who is no partner.
    let (account, by) = (world.member_id(), world.member.account_key.clone());
    let card = card_of(&mut world, account, 2, &by);
    assert_eq!(directory.apply(head + 2, &card), Err(Breach::NoPartner));
    let mut blind = world.folded(Checks::ALL.without(Check::PartnerKnown), true);
    blind.apply(head + 1, &ended).unwrap();
    assert!(blind.apply(head + 2, &card).is_ok());
}

#[test]
fn the_key_of_a_partnership_comes_back_for_members_alone() {
    let world = with_card();
    let seen = |directory: &valise_directory::Directory| {
        let entry = directory.partner(PARTNER).unwrap();
        assert_eq!(entry.origin.as_deref(), Some(THEIRS));
        entry.key.as_ref().map(|key| *key.to_bytes())
    };
    assert_eq!(seen(&world.client()), Some([5; 32]));
    assert_eq!(seen(&world.server()), None);
}

#[test]
fn an_introduction_is_bound_to_both_organisations_and_the_place() {
    let world = World::new();
    let own = world.founded.organisation;
    let key = IntroductionKey::from_seed(&[3; 32]);
    let link = PartnerLink {
        origin: THEIRS.into(),
        organisation: PARTNER,
        partner_key: self::key(),
        key: key.clone(),
    };
    let link = PartnerLink::parse(&link.to_url()).unwrap();
    assert_eq!(link.organisation, PARTNER);
    let said = partner::introduce(world.log[0].clone(), own, ORIGIN, PARTNER, &link.key);
    let (id, organisation) = partner::check_introduction(&said, PARTNER).unwrap();
    assert_eq!((id, organisation.domain.as_str()), (own, world::DOMAIN));
    assert!(partner::check_introduction(&said, OrganisationId([1; 32])).is_err());
    assert!(partner::check_introduction(&said, own).is_err());
    let mut elsewhere = said.clone();
    elsewhere.origin = "https://evil.example".into();
    assert_eq!(
        partner::check_introduction(&elsewhere, PARTNER),
        Err(Breach::Forged)
    );
}
