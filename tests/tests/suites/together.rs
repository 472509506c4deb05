//! One request to many: each gets one of his own, exactly once, and only the asking side sees that they belong together.

use super::offices::Pair;
use crate::devices::linked;
use std::collections::BTreeSet;
use valise_tests::sim::{Who, World};
use valise_views::request::{
    ActKind, MOST_ADDRESSEES, NewRequest, Reached, RequestState, RequestTo, Together,
};
use valise_views::{Command, Office, Outcome, RequestFilter, RequestRow, Shown, Trouble, View};

/// The same two of either side, and so many offices of the bank, which Dora holds alone.
fn pair(seed: u64, offices: usize) -> Pair {
    let mut pair = super::offices::pair(seed);
    let world = &mut pair.world;
    let dora = world.id_of(pair.clara, pair.dora);
    for number in 1..=offices {
        let made = Command::SetOffice {
            office: None,
            name: format!("Branch {number}"),
            local_part: format!("branch{number}"),
            note: String::new(),
            numbers: String::new(),
            holders: vec![dora.clone()],
        };
        assert_eq!(world.tell(pair.clara, made), Outcome::Done);
    }
    world.advance(60_000);
    shown(world, pair.boris);
    world.advance(120_000);
    pair
}

fn shown(world: &mut World, who: Who) -> Vec<Office> {
    match world.look(who, View::Offices) {
        Shown::Offices(mut offices) => {
            offices.retain(|office| office.outside.is_some());
            offices
        }
        other => panic!("no offices but {other:?}"),
    }
}

/// What Boris asks all offices.
fn to_all(pair: &mut Pair) -> NewRequest {
    let boris = pair.world.id_of(pair.boris, pair.boris);
    let offices = shown(&mut pair.world, pair.boris).into_iter();
    NewRequest {
        to: offices.map(|it| RequestTo::Office(it.id)).collect(),
        ..World::request_to(boris, "the accounts of Mr. Petrov")
    }
}

fn ask(new: NewRequest) -> Command {
    Command::Request(Box::new(new))
}

fn all(rows: &[RequestRow], pick: impl Fn(&RequestRow) -> String) -> BTreeSet<String> {
    rows.iter().map(pick).collect()
}

/// The one thing that all of them belong to.
fn together(rows: &[RequestRow]) -> Together {
    let first = rows[0].together.expect("they belong together");
    assert!(rows.iter().all(|row| row.together == Some(first)));
    first
}

#[test]
fn fifty_are_asked_each_exactly_once_whatever_dies_in_between() {
    let mut pair = pair(840, MOST_ADDRESSEES);
    let new = to_all(&mut pair);
    assert_eq!(new.to.len(), MOST_ADDRESSEES);
    assert!(matches!(
        pair.world.tell(pair.boris, ask(new)),
        Outcome::Chat(_)
    ));
    // How many waited when it died, each time a little later.
    let (mut moments, mut step) = (Vec::new(), 100);
    while moments.last() != Some(&0) {
        pair.world.advance(step);
        step += 100;
        pair.world.crash(pair.boris);
        pair.world.start(pair.boris);
        let rows = pair.world.requests(pair.boris, RequestFilter::Open);
        assert_eq!(rows.len(), MOST_ADDRESSEES, "all or none of them");
        let waits = |row: &&RequestRow| row.reached == Reached::Waiting;
        moments.push(rows.iter().filter(waits).count());
    }
    assert!(
        moments
            .iter()
            .any(|waits| (1..MOST_ADDRESSEES).contains(waits)),
        "it died in the middle: {moments:?}"
    );
    pair.world.advance(60_000);
    let sent = pair.world.requests(pair.boris, RequestFilter::Open);
    let came = pair.world.requests(pair.dora, RequestFilter::Open);
    for rows in [&sent, &came] {
        assert_eq!(rows.len(), MOST_ADDRESSEES);
        for texts in [
            all(rows, |row| row.number.clone()),
            all(rows, |row| row.office.clone().unwrap_or_default()),
            all(rows, |row| row.chat.0.clone()),
        ] {
            assert_eq!(texts.len(), MOST_ADDRESSEES);
        }
    }
    assert!(sent.iter().all(|row| row.reached == Reached::Delivered));
    assert_eq!(together(&sent).count as usize, MOST_ADDRESSEES);
    assert!(came.iter().all(|row| row.together.is_none()));
    for who in pair.world.everybody() {
        assert_eq!(pair.world.of(who).errors, Vec::<String>::new());
    }
}

#[test]
fn the_asking_side_sees_on_all_devices_how_many_were_answered() {
    let mut pair = pair(841, 3);
    let phone = linked(&mut pair.world, pair.boris);
    let new = to_all(&mut pair);
    pair.world.asks(pair.boris, new);
    // Another one of the same words is none of them.
    let dora = pair.world.find_person(pair.boris, "dora@bank.example");
    let alone = World::request_to(dora, "the accounts of Mr. Petrov");
    pair.world.asks(pair.boris, alone);
    let came = pair.world.requests(pair.dora, RequestFilter::Open);
    for row in came.iter().filter(|row| row.office.is_some()).take(2) {
        pair.world.opens(pair.dora, &row.chat);
        pair.world.settle();
        pair.world
            .replies(pair.dora, &row.chat, ActKind::Answered, "Two.", vec![]);
    }
    pair.world.advance(60_000);
    for who in [pair.boris, phone] {
        let rows = pair.world.requests(who, RequestFilter::Open);
        assert_eq!(rows.len(), 4);
        let rows: Vec<RequestRow> = rows
            .into_iter()
            .filter(|row| row.office.is_some())
            .collect();
        let one = together(&rows);
        assert_eq!((one.count, one.answered), (3, 2));
        let answered = rows
            .iter()
            .filter(|row| row.state == RequestState::Answered);
        assert_eq!(answered.count(), 2);
        let of_them = pair.world.requests(who, RequestFilter::Together(one.id));
        assert_eq!(of_them.len(), 3);
        assert_eq!(pair.world.opens(who, &rows[0].chat).row.together, Some(one));
    }
}

#[test]
fn more_than_can_be_asked_is_refused_and_nothing_goes_out() {
    let mut pair = pair(842, 2);
    let new = to_all(&mut pair);
    let crowd = NewRequest {
        to: new.to.iter().cycle().take(10_000).cloned().collect(),
        ..new.clone()
    };
    let heavy = NewRequest {
        fields: vec![("Account".into(), "7".repeat(10 << 20))],
        ..new.clone()
    };
    let numbered = NewRequest {
        number: Some("2026/7".into()),
        ..new.clone()
    };
    let stranger = NewRequest {
        to: [
            &new.to[..],
            &[RequestTo::Person(pair.world.id_of(pair.boris, pair.anna))],
        ]
        .concat(),
        ..new.clone()
    };
    for (bad, why) in [
        (crowd, Trouble::TooManyAddressees),
        (heavy, Trouble::BadText),
        (numbered, Trouble::BadText),
        (stranger, Trouble::NotFound),
    ] {
        let outcome = pair.world.tell(pair.boris, ask(bad));
        assert_eq!(outcome, Outcome::Failed(why));
    }
    assert_eq!(pair.world.requests(pair.boris, RequestFilter::Open), []);
    // Who is named twice is asked once.
    let twice = NewRequest {
        to: new.to.iter().cycle().take(5).cloned().collect(),
        ..new
    };
    pair.world.asks(pair.boris, twice);
    assert_eq!(pair.world.requests(pair.dora, RequestFilter::Open).len(), 2);
}
