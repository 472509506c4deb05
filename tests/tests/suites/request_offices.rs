//! Requests to offices: who comes to hold an office sees its open requests, who holds it no longer sees nothing any more.

use super::offices::{Pair, pair, registry_of_the_bank, set};
use valise_tests::sim::{Who, World};
use valise_views::request::{ActKind, NewAct, NewRequest, Reached, RequestState, RequestTo};
use valise_views::{ChatId, Command, Office, Outcome, RequestFilter, Shown, Trouble, View};

fn offices(world: &mut World, who: Who) -> Vec<Office> {
    match world.look(who, View::Offices) {
        Shown::Offices(offices) => offices,
        other => panic!("no offices but {other:?}"),
    }
}

/// Boris asks the registry of the bank; returns the chat as he has it.
fn asked(pair: &mut Pair) -> ChatId {
    let world = &mut pair.world;
    world.advance(120_000);
    let shown = offices(world, pair.boris);
    let office = &shown[0];
    let boris = world.id_of(pair.boris, pair.boris);
    let request = NewRequest {
        to: vec![RequestTo::Office(office.id.clone())],
        ..World::request_to(boris, "the account of Mr. Petrov")
    };
    world.asks(pair.boris, request)
}

fn seen(world: &mut World, who: Who) -> Vec<(ChatId, RequestState)> {
    let rows = world.requests(who, RequestFilter::Open);
    rows.into_iter().map(|row| (row.chat, row.state)).collect()
}

#[test]
fn whoever_holds_the_office_sees_it_and_one_of_them_answers() {
    let mut pair = pair(1);
    registry_of_the_bank(&mut pair);
    let there = asked(&mut pair);
    let world = &mut pair.world;
    for who in [pair.clara, pair.dora] {
        let rows = world.requests(who, RequestFilter::ForUs);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].office.as_deref(), Some("Registry"));
    }
    assert!(
        seen(world, pair.anna).is_empty(),
        "who has nothing to do with it"
    );
    let (here, _) = seen(world, pair.dora)[0].clone();
    world.opens(pair.dora, &here);
    world.settle();
    let dora = world.id_of(pair.dora, pair.dora);
    assert_eq!(
        world.acts(pair.dora, &here, NewAct::Assign(dora)),
        Outcome::Done
    );
    let clara_sees = &world.requests(pair.clara, RequestFilter::Open)[0];
    assert_eq!(clara_sees.assignee.as_deref(), Some("Dora"));
    assert_eq!(clara_sees.their_number, None);
    world.replies(pair.dora, &here, ActKind::Refused, "", vec![]);
    assert_eq!(
        world.opens(pair.boris, &there).row.state,
        RequestState::Refused
    );
}

/// Anna and Boris ask together: how far it got is seen by her, who did not write it, as by him.
#[test]
fn whoever_holds_the_asking_office_sees_how_far_it_got() {
    let mut pair = pair(6);
    let (anna, boris) = (pair.anna, pair.boris);
    let world = &mut pair.world;
    let holders = [anna, boris].map(|who| world.id_of(anna, who));
    let made = set(None, "desk", holders.to_vec());
    assert_eq!(world.tell(anna, made), Outcome::Done);
    world.advance(120_000);
    let office = offices(world, boris).into_iter().find(|office| office.mine);
    let dora = world.find_person(boris, "dora@bank.example");
    let request = NewRequest {
        from_office: office.map(|office| office.id),
        ..World::request_to(dora, "the boat")
    };
    world.asks(boris, request);
    world.advance(10_000);
    let reached = |world: &mut World| {
        [anna, boris].map(|who| world.requests(who, RequestFilter::Open)[0].reached)
    };
    assert_eq!(reached(world), [Reached::Delivered; 2]);
    let here = world.requests(pair.dora, RequestFilter::Open)[0]
        .chat
        .clone();
    world.opens(pair.dora, &here);
    world.settle();
    assert_eq!(reached(world), [Reached::Opened; 2]);
}

#[test]
fn who_comes_to_hold_it_sees_what_was_said_and_who_goes_sees_nothing_more() {
    let mut pair = pair(2);
    registry_of_the_bank(&mut pair);
    let there = asked(&mut pair);
    let emil = pair.world.join(pair.clara, "Emil");
    let world = &mut pair.world;
    let (here, _) = seen(world, pair.dora)[0].clone();
    world.opens(pair.dora, &here);
    world.settle();
    world.replies(
        pair.dora,
        &here,
        ActKind::Questioned,
        "Which account?",
        vec![],
    );
    world.replies(
        pair.boris,
        &there,
        ActKind::Clarified,
        "All of them.",
        vec![],
    );
    let scan = world.new_file(pair.dora, "part.pdf", "application/pdf", vec![9; 50_000]);
    world.replies(
        pair.dora,
        &here,
        ActKind::PartlyAnswered,
        "The first of them.",
        vec![scan],
    );
    assert!(seen(world, emil).is_empty());

    // Emil takes the place of Dora, and the office is called something else.
    let office = offices(world, pair.clara)[0].clone();
    let holders = [pair.clara, emil].map(|who| world.id_of(pair.clara, who));
    let mut changed = set(Some(&office), "registry", holders.to_vec());
    if let Command::SetOffice { name, .. } = &mut changed {
        *name = "Front Desk".into();
    }
    assert_eq!(world.tell(pair.clara, changed), Outcome::Done);
    world.advance(300_000);

    let (at_emil, state) = seen(world, emil)[0].clone();
    assert_eq!(state, RequestState::PartlyAnswered);
    let details = world.opens(emil, &at_emil);
    assert_eq!(
        details.letter.text,
        "Please tell us all about the account of Mr. Petrov."
    );
    let last = details.acts.last().expect("the answer in part");
    assert_eq!(
        last.letter.as_ref().map(|letter| letter.files.len()),
        Some(1)
    );
    world.replies(emil, &at_emil, ActKind::Answered, "And the others.", vec![]);
    assert_eq!(
        world.opens(pair.boris, &there).row.state,
        RequestState::Answered
    );
    assert_eq!(
        world.acts(pair.boris, &there, NewAct::Confirm),
        Outcome::Done
    );
    let details = world.opens(emil, &at_emil);
    assert_eq!(details.row.state, RequestState::Confirmed);
    let at_dora = world.opens(pair.dora, &here);
    assert_eq!(
        at_dora.row.state,
        RequestState::PartlyAnswered,
        "she heard nothing more"
    );
    assert!(at_dora.may.is_empty());
    for who in world.everybody() {
        assert_eq!(world.of(who).errors, Vec::<String>::new());
        let alarms = world.alarms(who);
        assert!(alarms.is_empty(), "{}: {alarms:?}", world.of(who).name);
    }
}

/// Two requests lie before the registry, and Clara and Dora register one each. Returns the number that each has, and whether it is there twice,
/// as both of them see it.
fn registered(seed: u64, apart: impl Fn(&mut World, Who, Who)) -> [[(String, bool); 2]; 2] {
    let mut pair = pair(seed);
    registry_of_the_bank(&mut pair);
    asked(&mut pair);
    asked(&mut pair);
    let world = &mut pair.world;
    let (clara, dora) = (pair.clara, pair.dora);
    let rooms: Vec<ChatId> = seen(world, clara)
        .into_iter()
        .map(|(chat, _)| chat)
        .collect();
    for who in [clara, dora] {
        for chat in &rooms {
            world.opens(who, chat);
        }
    }
    world.settle();
    let registers = |world: &mut World, who: Who, chat: &ChatId| {
        let act = Box::new(World::registers());
        let chat = chat.clone();
        world.ask(who, Command::Act { chat, act });
    };
    apart(world, clara, dora);
    registers(world, clara, &rooms[0]);
    registers(world, dora, &rooms[1]);
    world.advance(30_000);
    for who in [clara, dora] {
        world.set_online(who, true);
    }
    world.advance(300_000);
    [clara, dora].map(|who| {
        [0, 1].map(|at| {
            let row = world.opens(who, &rooms[at]).row;
            (row.their_number.unwrap(), row.is_number_double)
        })
    })
}

/// Who comes back to a number that somebody else took meanwhile takes the next one.
#[test]
fn who_registers_while_he_is_away_takes_the_number_that_is_free_when_it_counts() {
    let seen = registered(21, |world, clara, _| world.set_online(clara, false));
    assert_eq!(seen[0], seen[1]);
    let [first, second] = &seen[0];
    assert_ne!(first.0, second.0);
    assert!(second.0.ends_with("-00001") && first.0.ends_with("-00002"));
    assert!(!first.1 && !second.1);
}

/// Of two who register in the same moment neither can know of the other: both see it.
#[test]
fn a_number_that_two_took_in_the_same_moment_is_seen_by_both() {
    let seen = registered(22, |_, _, _| {});
    assert_eq!(seen[0], seen[1]);
    let [first, second] = &seen[0];
    assert_eq!(first.0, second.0);
    assert!(first.1 && second.1);
}

/// Clara says who holds the registry now.
fn held_by(pair: &mut Pair, holders: &[Who]) {
    let world = &mut pair.world;
    let office = offices(world, pair.clara)[0].clone();
    let holders = holders.iter().map(|who| world.id_of(pair.clara, *who));
    let said = set(Some(&office), "registry", holders.collect());
    assert_eq!(world.tell(pair.clara, said), Outcome::Done);
    world.advance(300_000);
}

/// Tells who of the bank is in the room of Boris's request, as he sees it.
fn inside(pair: &mut Pair, there: &ChatId) -> Vec<String> {
    let members = pair.world.details(pair.boris, there).unwrap().members;
    let mut names: Vec<String> = members.into_iter().map(|it| it.name).collect();
    names.retain(|name| name != "Boris");
    names.sort();
    names
}

#[test]
fn who_held_it_alone_hands_it_over_and_is_out() {
    let mut pair = pair(11);
    registry_of_the_bank(&mut pair);
    let dora = pair.dora;
    held_by(&mut pair, &[dora]);
    let emil = pair.world.join(pair.clara, "Emil");
    let there = asked(&mut pair);
    assert_eq!(inside(&mut pair, &there), ["Dora"]);
    held_by(&mut pair, &[emil]);
    assert_eq!(inside(&mut pair, &there), ["Emil"]);
    let (at_emil, _) = seen(&mut pair.world, emil)[0].clone();
    let read = pair.world.opens(emil, &at_emil).letter.text;
    assert_eq!(read, "Please tell us all about the account of Mr. Petrov.");
    // And so on, by whoever holds it then.
    let fritz = pair.world.join(pair.clara, "Fritz");
    held_by(&mut pair, &[fritz]);
    assert_eq!(inside(&mut pair, &there), ["Fritz"]);
    let (at_fritz, _) = seen(&mut pair.world, fritz)[0].clone();
    pair.world.settle();
    pair.world
        .replies(fritz, &at_fritz, ActKind::Answered, "It is empty.", vec![]);
    let row = pair.world.opens(pair.boris, &there).row;
    assert_eq!(row.state, RequestState::Answered);
}

#[test]
fn who_is_away_when_it_is_handed_over_is_out_as_soon_as_he_is_back() {
    let mut pair = pair(12);
    registry_of_the_bank(&mut pair);
    let (clara, dora) = (pair.clara, pair.dora);
    let emil = pair.world.join(clara, "Emil");
    let fritz = pair.world.join(clara, "Fritz");
    let there = asked(&mut pair);
    assert_eq!(inside(&mut pair, &there), ["Clara", "Dora"]);
    pair.world.set_online(dora, false);
    held_by(&mut pair, &[emil, fritz]);
    pair.world.set_online(dora, true);
    pair.world.advance(300_000);
    assert_eq!(inside(&mut pair, &there), ["Emil", "Fritz"]);
    for who in [emil, fritz] {
        let (here, _) = seen(&mut pair.world, who)[0].clone();
        assert!(!pair.world.opens(who, &here).letter.text.is_empty());
    }
}

/// Nothing else was said by the registrar between the request and the change.
#[test]
fn who_goes_in_a_quiet_hour_is_put_out() {
    let mut pair = pair(13);
    registry_of_the_bank(&mut pair);
    let clara = pair.clara;
    let emil = pair.world.join(clara, "Emil");
    let there = asked(&mut pair);
    // Her device does nothing about it.
    pair.world.set_online(pair.dora, false);
    held_by(&mut pair, &[clara, emil]);
    assert_eq!(inside(&mut pair, &there), ["Clara", "Emil"]);
}

#[test]
fn what_is_open_stays_with_who_has_it_when_the_office_is_closed() {
    let mut pair = pair(14);
    registry_of_the_bank(&mut pair);
    let there = asked(&mut pair);
    let office = offices(&mut pair.world, pair.clara)[0].clone();
    let close = Command::CloseOffice(office.id);
    assert_eq!(pair.world.tell(pair.clara, close), Outcome::Done);
    pair.world.advance(300_000);
    assert_eq!(inside(&mut pair, &there), ["Clara", "Dora"]);
    let (here, _) = seen(&mut pair.world, pair.dora)[0].clone();
    pair.world.opens(pair.dora, &here);
    pair.world.settle();
    pair.world
        .replies(pair.dora, &here, ActKind::Answered, "All of it.", vec![]);
    let row = pair.world.opens(pair.boris, &there).row;
    assert_eq!(row.state, RequestState::Answered);
}

#[test]
fn nobody_leaves_an_open_request_as_the_last_of_his_side() {
    let mut pair = pair(15);
    registry_of_the_bank(&mut pair);
    let there = asked(&mut pair);
    let (clara, dora) = (pair.clara, pair.dora);
    let (here, _) = seen(&mut pair.world, dora)[0].clone();
    let leave = Command::Leave(here.clone());
    assert_eq!(pair.world.tell(clara, leave.clone()), Outcome::Done);
    pair.world.advance(60_000);
    assert_eq!(inside(&mut pair, &there), ["Dora"]);
    let last = Outcome::Failed(Trouble::LastOfRequest);
    assert_eq!(pair.world.tell(dora, leave.clone()), last);
    // What is over needs nobody.
    let withdrawn = pair
        .world
        .acts(pair.boris, &there, NewAct::Withdraw { note: None });
    assert_eq!(withdrawn, Outcome::Done);
    assert_eq!(pair.world.tell(dora, leave), Outcome::Done);
    pair.world.advance(60_000);
    assert!(inside(&mut pair, &there).is_empty());
}

#[test]
fn who_asks_for_himself_brings_in_no_office_though_his_profile_says_its_name() {
    let mut pair = pair(16);
    let (anna, clara) = (pair.anna, pair.clara);
    let gleb = pair.world.join_of(anna, "Gleb", "Registry");
    let holders = [anna, pair.boris].map(|who| pair.world.id_of(anna, who));
    let made = set(None, "registry", holders.to_vec());
    assert_eq!(pair.world.tell(anna, made), Outcome::Done);
    pair.world.advance(60_000);
    let to = pair.world.find_person(gleb, "dora@bank.example");
    let there = pair.world.asks(gleb, World::request_to(to, "the boat"));
    pair.world.advance(120_000);
    let members = pair.world.details(gleb, &there).unwrap().members;
    assert_eq!(members.len(), 2, "{members:?}");
    assert!(seen(&mut pair.world, anna).is_empty());
    // Two offices of one organisation are not called the same.
    let again = set(None, "registry", vec![pair.world.id_of(clara, clara)]);
    let Command::SetOffice { name, .. } = &again else {
        unreachable!("it is one");
    };
    let mut second = set(None, "second", vec![pair.world.id_of(anna, anna)]);
    if let Command::SetOffice { name: called, .. } = &mut second {
        called.clone_from(name);
    }
    let taken = Outcome::Failed(Trouble::OfficeNameTaken);
    assert_eq!(pair.world.tell(anna, second), taken);
    assert_eq!(pair.world.tell(clara, again), Outcome::Done, "another's");
}
