//! What is refused of devices, their evidence keys, cards, and whoever is away.

use super::refused::{Case, case};
use super::refused_people::{anna, last};
use super::story::{PARTNER, Story};
use super::world::{NOW, device};
use valise_directory::availability::Availability;
use valise_directory::keys::{AccountKey, EvidenceKey, Signer as _};
use valise_directory::partner::Card;
use valise_directory::statement::{self, DeviceList, EvidenceKey as EvidenceSaid, read, sign};
use valise_directory::update;
use valise_wire::statement::{SignedStatement, StatementKind};
use valise_wire::{AccountId, OrganisationId};

pub fn all(story: &Story) -> Vec<Case> {
    let mut cases = devices(story);
    cases.extend(evidence_keys(story));
    cases.extend(cards(story));
    cases.extend(away(story));
    cases
}

fn devices(story: &Story) -> Vec<Case> {
    let first = read::<DeviceList>(story.at(9)).unwrap();
    let next = DeviceList {
        version: 2,
        previous: Some(statement::digest(story.at(9))),
        devices: vec![device(2).1, device(12).1],
        ..first
    };
    let said = |change: &dyn Fn(&mut DeviceList)| {
        let mut list = next.clone();
        change(&mut list);
        sign(&list, anna(story))
    };
    let many = (1..=17).map(|number| device(100 + number).1);
    vec![
        case(
            10,
            "A list that skips a version.",
            said(&|list| list.version = 3),
        ),
        case(
            10,
            "A list that names another one as the former.",
            said(&|list| list.previous = Some([9; 32])),
        ),
        case(
            10,
            "A list that names none.",
            said(&|list| list.previous = None),
        ),
        case(
            10,
            "A list without a device.",
            said(&|list| list.devices.clear()),
        ),
        case(
            10,
            "Seventeen devices.",
            said(&|list| list.devices = many.clone().collect()),
        ),
        case(
            10,
            "Devices in another order.",
            said(&|list| list.devices.reverse()),
        ),
        case(
            10,
            "A device of another account.",
            said(&|list| list.devices[0] = device(1).1),
        ),
        case(
            10,
            "A device that came at another time.",
            said(&|list| list.devices[0].added_at = NOW.plus_millis(1)),
        ),
    ]
}

fn evidence_keys(story: &Story) -> Vec<Case> {
    let place = story
        .world
        .log
        .iter()
        .rposition(|said| said.kind == StatementKind::EvidenceKey);
    let place = place.unwrap() as u64 + 1;
    let key = EvidenceKey::from_seed(&[52; 32]).public();
    let said =
        |change: &dyn Fn(&mut EvidenceSaid)| story.changed(place, anna(story), |said| change(said));
    let guests = EvidenceKey::from_seed(&[41; 32]).public();
    vec![
        case(
            place - 1,
            "An evidence key of a device that is not listed.",
            said(&|said| said.device = device(12).1.id),
        ),
        case(
            place,
            "A second evidence key of a device.",
            said(&|said| said.key = key),
        ),
        case(
            place - 1,
            "An evidence key that another device has.",
            said(&|said| said.key = guests),
        ),
    ]
}

fn cards(story: &Story) -> Vec<Case> {
    let place = story.place_of("card");
    let said = |change: &dyn Fn(&mut Card)| story.changed(place, anna(story), |said| change(said));
    assert_eq!(read::<Card>(story.at(place)).unwrap().partner, PARTNER);
    let newest = AccountKey::from_seed(&[42; 32]);
    let late = story.changed::<Card>(place, &newest, |said| said.version = 2);
    vec![
        case(
            place - 1,
            "A card for who is no partner.",
            said(&|said| said.partner = OrganisationId([9; 32])),
        ),
        case(
            place - 1,
            "Version 0 of a card.",
            said(&|said| said.version = 0),
        ),
        case(last(story), "A card of an account that has ended.", late),
        case(
            last(story) - 1,
            "A card for who is a partner no longer.",
            story.changed::<Card>(place, &newest, |said| said.version = 3),
        ),
    ]
}

fn away(story: &Story) -> Vec<Case> {
    let place = story.place_of("availability");
    let said = |by: &AccountKey, change: &dyn Fn(&mut Availability)| -> SignedStatement {
        story.changed(place, by, |said| change(said))
    };
    let founder = story.world.founded.account;
    let newest = AccountKey::from_seed(&[42; 32]);
    let ended = update::end_account(&story.issuer(), AccountId([9; 16]), NOW);
    vec![
        case(
            place - 1,
            "Version 0.",
            said(anna(story), &|said| said.version = 0),
        ),
        case(
            place - 1,
            "Of somebody else, by no registrar.",
            said(anna(story), &|said| said.account = founder),
        ),
        case(
            place - 1,
            "Of nobody, by a registrar.",
            said(&story.world.founded.account_key, &|said| {
                (said.account, said.by) = (AccountId([9; 16]), founder);
            }),
        ),
        case(
            place - 1,
            "By nobody.",
            said(anna(story), &|said| said.by = AccountId([9; 16])),
        ),
        case(
            last(story),
            "Of an account that has ended, by itself.",
            said(&newest, &|said| said.version = 2),
        ),
        case(
            last(story),
            "The end of an account that there is not.",
            ended,
        ),
    ]
}
