//! What is refused of what registrars say: partners, offices, laws and deadlines.

use super::refused::{Case, case};
use super::story::{PARTNER, Story};
use super::world::NOW;
use valise_directory::calendar::{Day, Offset, Weekday};
use valise_directory::deadlines::Deadlines;
use valise_directory::keys::RegistrarKey;
use valise_directory::office::{Office, OfficeCard};
use valise_directory::partner::Partner;
use valise_directory::residency::{Document, Exception, Residency};
use valise_directory::statement::read;
use valise_wire::{AccountId, Octets, OfficeId, OrganisationId};

pub fn all(story: &Story) -> Vec<Case> {
    let mut cases = partners(story);
    cases.extend(offices(story));
    cases.extend(laws(story));
    cases.extend(deadlines(story));
    cases
}

fn registrar(story: &Story) -> &RegistrarKey {
    &story.world.founder_key
}

fn partners(story: &Story) -> Vec<Case> {
    let place = story.place_of("partner");
    let own = story.world.founded.organisation;
    let said =
        |change: &dyn Fn(&mut Partner)| story.changed(place, registrar(story), |said| change(said));
    let origin = |origin: &str| said(&|said| said.origin = Some(origin.into()));
    let before = place - 1;
    vec![
        case(
            before,
            "The organisation as its own partner.",
            said(&|said| said.partner = own),
        ),
        case(before, "Version 0.", said(&|said| said.version = 0)),
        case(
            before,
            "An origin without a scheme.",
            origin("bank.example"),
        ),
        case(
            before,
            "An origin with a path.",
            origin("https://bank.example/x"),
        ),
        case(
            before,
            "An origin in capitals.",
            origin("https://Bank.example"),
        ),
        case(
            before,
            "An origin of 256 bytes.",
            origin(&format!("https://{}.example", "a".repeat(240))),
        ),
        case(
            before,
            "A sealed part beside no origin.",
            said(&|said| said.origin = None),
        ),
        case(
            before,
            "By an account that is no registrar.",
            story.changed::<Partner>(
                place,
                &story.world.member.account_key.registrar_key(),
                |said| {
                    said.by = story.world.member_id();
                },
            ),
        ),
    ]
}

fn offices(story: &Story) -> Vec<Case> {
    let (place, card) = (story.place_of("office"), story.place_of("office-card"));
    let said =
        |change: &dyn Fn(&mut Office)| story.changed(place, registrar(story), |said| change(said));
    let shown = |change: &dyn Fn(&mut OfficeCard)| {
        story.changed(card, registrar(story), |said| change(said))
    };
    let (before, then) = (place - 1, card - 1);
    let many = |count: u8| {
        (0..count)
            .map(|number| AccountId([number; 16]))
            .collect::<Vec<_>>()
    };
    let anna = story.place_of("card");
    let tag = read::<valise_directory::statement::Account>(story.at(8))
        .unwrap()
        .address_tag;
    let over = story.place_of("partner");
    let last = story.world.log.len() as u64;
    vec![
        case(before, "Version 0.", said(&|said| said.version = 0)),
        case(
            before,
            "Holders in another order.",
            said(&|said| said.holders.reverse()),
        ),
        case(
            before,
            "A holder twice.",
            said(&|said| said.holders[1] = said.holders[0]),
        ),
        case(
            before,
            "201 holders.",
            said(&|said| said.holders = many(201)),
        ),
        case(
            before,
            "A closed one with holders.",
            said(&|said| {
                said.address_tag = None;
                said.sealed = Octets::default();
            }),
        ),
        case(
            before,
            "A closed one with a sealed part.",
            said(&|said| {
                said.address_tag = None;
                said.holders.clear();
            }),
        ),
        case(
            anna,
            "The address of an account.",
            said(&|said| said.address_tag = Some(tag)),
        ),
        case(
            place,
            "The address of another office.",
            said(&|said| said.id = OfficeId([9; 16])),
        ),
        case(
            then,
            "A card of an office that there is not.",
            shown(&|said| said.office = OfficeId([9; 16])),
        ),
        case(
            then,
            "A card for who is no partner.",
            shown(&|said| said.partner = OrganisationId([9; 32])),
        ),
        case(
            last,
            "A card for who is a partner no longer.",
            shown(&|said| said.version = 2),
        ),
        case(over, "A card before its office.", story.at(card).clone()),
    ]
}

fn laws(story: &Story) -> Vec<Case> {
    let (document, rule) = (
        story.place_of("organisation-document"),
        story.place_of("residency"),
    );
    let codes = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let said = |change: &dyn Fn(&mut Document)| {
        story.changed(document, registrar(story), |said| change(said))
    };
    let ruled = |change: &dyn Fn(&mut Residency)| {
        story.changed(rule, registrar(story), |said| change(said))
    };
    let under = |text: &str| said(&|said| said.jurisdictions = codes(text));
    let (before, then) = (document - 1, rule - 1);
    let exception = |number: u8| Exception {
        partner: OrganisationId([number; 32]),
        allowed: true,
    };
    vec![
        case(
            before,
            "Under no law.",
            said(&|said| said.jurisdictions.clear()),
        ),
        case(before, "A code in small letters.", under("de")),
        case(before, "A code of three letters.", under("DEU")),
        case(before, "Codes in another order.", under("FR DE")),
        case(before, "A code twice.", under("DE DE")),
        case(before, "Nine codes.", under("AA BB CC DD EE FF GG HH II")),
        case(
            before,
            "What is taken in another order.",
            said(&|said| said.accepts.reverse()),
        ),
        case(
            then,
            "A code in small letters in a rule.",
            ruled(&|said| said.allowed = codes("de")),
        ),
        case(
            then,
            "Codes of a rule in another order.",
            ruled(&|said| said.allowed.reverse()),
        ),
        case(
            then,
            "Exceptions in another order.",
            ruled(&|said| said.exceptions = vec![exception(2), exception(1)]),
        ),
        case(
            then,
            "Two exceptions for one partner.",
            ruled(&|said| said.exceptions = vec![exception(1), exception(1)]),
        ),
    ]
}

fn deadlines(story: &Story) -> Vec<Case> {
    let place = story.place_of("deadlines");
    let said = |change: &dyn Fn(&mut Deadlines)| {
        story.changed(place, registrar(story), |said| change(said))
    };
    let before = place - 1;
    vec![
        case(before, "Version 0.", said(&|said| said.version = 0)),
        case(
            before,
            "A week of seven days off.",
            said(&|said| said.calendar.weekend = (0..7).map(Weekday).collect()),
        ),
        case(
            before,
            "A weekend in another order.",
            said(&|said| said.calendar.weekend.reverse()),
        ),
        case(
            before,
            "Holidays in another order.",
            said(&|said| said.calendar.holidays.push(Day(0))),
        ),
        case(
            before,
            "A day made up for twice.",
            said(&|said| said.calendar.made_up = vec![Day(5), Day(5)]),
        ),
        case(
            before,
            "No clocks.",
            said(&|said| said.calendar.clocks.clear()),
        ),
        case(
            before,
            "Two rows of clocks for one instant.",
            said(&|said| {
                let row = said.calendar.clocks[0].clone();
                said.calendar.clocks.push(row);
            }),
        ),
        case(
            before,
            "Clocks 18 hours and a minute ahead.",
            said(&|said| said.calendar.clocks[0].offset = Offset(1_081)),
        ),
        case(
            before,
            "Six reminders.",
            said(&|said| said.remind = (1..=6).collect()),
        ),
        case(
            before,
            "Reminders in another order.",
            said(&|said| said.remind.reverse()),
        ),
        case(
            before,
            "A reminder on the day itself.",
            said(&|said| said.remind = vec![0]),
        ),
        case(
            before,
            "A reminder 61 days before.",
            said(&|said| said.remind = vec![61]),
        ),
        case(
            before,
            "Everybody told 61 days after.",
            said(&|said| said.escalate = Some(61)),
        ),
        case(
            before,
            "By an account that is no registrar.",
            story.changed::<Deadlines>(
                place,
                &story.world.member.account_key.registrar_key(),
                |said| {
                    said.by = story.world.member_id();
                    said.at = NOW;
                },
            ),
        ),
        case(
            story.place_of("partner") - 1,
            "A card before its partner.",
            {
                assert_eq!(
                    read::<OfficeCard>(story.at(story.place_of("office-card")))
                        .unwrap()
                        .partner,
                    PARTNER
                );
                story.at(story.place_of("card")).clone()
            },
        ),
    ]
}
