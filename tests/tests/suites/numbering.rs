//! Numbers of requests, as each office writes them.

use super::offices::{Pair, pair, registry_of_the_bank, set};
use valise_tests::sim::{Who, World};
use valise_views::request::{Due, NewAct, RequestTo};
use valise_views::{Command, Office, Outcome, Shown, Trouble, View};

/// Anna makes an office that Boris holds and that writes numbers so.
fn counting(pair: &mut Pair, local_part: &str, scheme: &str) -> Outcome {
    let boris = pair.world.id_of(pair.anna, pair.boris);
    let mut made = set(None, local_part, vec![boris]);
    if let Command::SetOffice { numbers, .. } = &mut made {
        *numbers = scheme.into();
    }
    let told = pair.world.tell(pair.anna, made);
    pair.world.advance(120_000);
    told
}

fn own_office(world: &mut World, who: Who, local_part: &str) -> Office {
    let Shown::Offices(offices) = world.look(who, View::Offices) else {
        panic!("no offices");
    };
    let mut all = offices.into_iter();
    all.find(|office| office.outside.is_none() && office.address.starts_with(local_part))
        .expect("there is none")
}

/// Boris asks somebody of the bank for an office; returns the number.
fn asks(pair: &mut Pair, local_part: Option<&str>, number: Option<&str>) -> String {
    let world = &mut pair.world;
    let office = local_part.map(|local_part| own_office(world, pair.boris, local_part).id);
    let clara = world.find_person(pair.boris, "clara@bank.example");
    let mut request = World::request_to(clara, "the boat");
    request.from_office = office;
    request.number = number.map(str::to_owned);
    let chat = world.asks(pair.boris, request);
    world.opens(pair.boris, &chat).row.number
}

#[test]
fn each_office_writes_numbers_in_its_own_way() {
    let mut pair = pair(31);
    let made = counting(&mut pair, "chancery", "{office} {n:3}/{year}");
    assert_eq!(made, Outcome::Done);
    assert_eq!(counting(&mut pair, "desk", ""), Outcome::Done);
    assert_eq!(counting(&mut pair, "post", "Исх-{n}"), Outcome::Done);

    let chancery = Some("chancery");
    assert_eq!(asks(&mut pair, chancery, None), "CHANCERY 001/2026");
    assert_eq!(asks(&mut pair, Some("desk"), None), "2026/DESK-00001");
    assert_eq!(asks(&mut pair, None, None), "2026/BORIS-00001");
    assert_eq!(asks(&mut pair, chancery, None), "CHANCERY 002/2026");
    for count in 1..=11 {
        assert_eq!(asks(&mut pair, Some("post"), None), format!("Исх-{count}"));
    }
    // What a person typed in the same way is counted on, and what he made up is not.
    let typed = asks(&mut pair, chancery, Some("CHANCERY 041/2026"));
    assert_eq!(typed, "CHANCERY 041/2026");
    asks(&mut pair, chancery, Some("CHANCERY 9999999/2025"));
    assert_eq!(asks(&mut pair, chancery, None), "CHANCERY 042/2026");
}

#[test]
fn a_way_to_write_numbers_is_kept_and_is_no_partners_business() {
    let mut pair = pair(32);
    let scheme = "{year}-{n:4}";
    assert_eq!(counting(&mut pair, "chancery", scheme), Outcome::Done);
    let here = own_office(&mut pair.world, pair.boris, "chancery");
    assert_eq!(here.numbers, scheme);
    let Shown::Offices(seen) = pair.world.look(pair.clara, View::Offices) else {
        panic!("no offices");
    };
    let theirs = seen.iter().find(|office| office.id == here.id);
    assert_eq!(theirs.map(|office| office.numbers.as_str()), Some(""));
    // Written in the usual way it is not said.
    let world = &mut pair.world;
    let mut usual = set(Some(&here), "chancery", Vec::new());
    if let Command::SetOffice { numbers, .. } = &mut usual {
        *numbers = "{year}/{office}-{n:5}".into();
    }
    assert_eq!(world.tell(pair.anna, usual), Outcome::Done);
    world.advance(60_000);
    assert_eq!(own_office(world, pair.boris, "chancery").numbers, "");
}

#[test]
fn what_makes_no_numbers_is_refused() {
    let mut pair = pair(33);
    for scheme in [
        "{year}",
        "{n}{n}",
        "{month}-{n}",
        "№{n}",
        "Исх{office}-{n}", // two scripts in one word
        " - {n",
    ] {
        let told = counting(&mut pair, "chancery", scheme);
        assert_eq!(told, Outcome::Failed(Trouble::BadNumbers), "{scheme}");
    }
}

/// Where it is next year already, both registers count in that one.
#[test]
fn the_year_of_a_number_is_that_of_the_place() {
    let mut pair = pair(35);
    let next_year = 400 * 24 * 60;
    let world = &mut pair.world;
    let dora = world.find_person(pair.boris, "dora@bank.example");
    let mut request = World::request_to(dora, "the boat");
    request.offset_minutes = next_year;
    request.due = Due::At(world.now.0 + 20 * 24 * 60 * 60 * 1000);
    let there = world.asks(pair.boris, request);
    let number = world.opens(pair.boris, &there).row.number;
    assert_eq!(number, "2027/BORIS-00001");
    let here = world.requests(pair.dora, valise_views::RequestFilter::ForUs);
    let here = here[0].chat.clone();
    world.opens(pair.dora, &here);
    world.settle();
    let registers = NewAct::Register {
        number: None,
        offset_minutes: next_year,
    };
    assert_eq!(world.acts(pair.dora, &here, registers), Outcome::Done);
    let registered = world.opens(pair.dora, &here).row.their_number;
    assert_eq!(registered.as_deref(), Some("2027/DORA-00001"));
}

/// The register of whoever is asked counts in the same way.
#[test]
fn what_comes_in_is_registered_in_the_offices_way() {
    let mut pair = pair(34);
    registry_of_the_bank(&mut pair);
    let registry = own_office(&mut pair.world, pair.clara, "registry");
    let world = &mut pair.world;
    let holders = [pair.clara, pair.dora].map(|who| world.id_of(pair.clara, who));
    let mut said = set(Some(&registry), "registry", holders.to_vec());
    if let Command::SetOffice { numbers, .. } = &mut said {
        *numbers = "In {n:2}".into();
    }
    assert_eq!(world.tell(pair.clara, said.clone()), Outcome::Done);
    world.advance(120_000);
    for count in 1..=3 {
        let mut request = World::request_to(world.id_of(pair.boris, pair.boris), "the boat");
        request.to = vec![RequestTo::Office(registry.id.clone())];
        let subject = format!("the boat, {count}");
        request.subject = subject.clone();
        world.asks(pair.boris, request);
        let rows = world.requests(pair.dora, valise_views::RequestFilter::ForUs);
        let row = rows.into_iter().find(|row| row.subject == subject).unwrap();
        world.opens(pair.dora, &row.chat);
        world.settle();
        if count == 3 {
            // It is the same office, whatever it is called by now.
            let mut renamed = said.clone();
            if let Command::SetOffice { name, .. } = &mut renamed {
                *name = "Front Desk".into();
            }
            assert_eq!(world.tell(pair.clara, renamed), Outcome::Done);
            world.advance(60_000);
        }
        let registers = World::registers();
        assert_eq!(world.acts(pair.dora, &row.chat, registers), Outcome::Done);
        let registered = world.opens(pair.dora, &row.chat).row.their_number;
        assert_eq!(registered, Some(format!("In {count:02}")));
    }
}
