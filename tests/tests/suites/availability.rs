//! Who is away, who stands in for whom, who is on duty for an office: who sees it, and who hears of what.

use super::offices::{Pair, pair, registry_of_the_bank};
use valise_tests::sim::{Who, World};
use valise_views::request::{NewAct, NewRequest, RequestTo};
use valise_views::{
    ChatId, Command, Nearness, NewAway, Office, Outcome, Person, Reminder, RequestFilter, Shown,
    Trouble, View,
};
use valise_wire::Timestamp;

const DAY: u64 = 24 * 60 * 60 * 1_000;

/// Clara and Dora hold the registry of the bank.
fn registry(seed: u64) -> Pair {
    let mut pair = pair(seed);
    registry_of_the_bank(&mut pair);
    pair.world.advance(120_000);
    pair
}

fn office(world: &mut World, who: Who) -> Office {
    world.offices_of(who)[0].clone()
}

/// Boris asks the registry, and everybody has it; returns the chat as those of the bank have it.
fn asked(pair: &mut Pair) -> ChatId {
    let world = &mut pair.world;
    let to = office(world, pair.boris).id;
    let boris = world.id_of(pair.boris, pair.boris);
    let request = NewRequest {
        to: vec![RequestTo::Office(to)],
        ..World::request_to(boris, "the account of Mr. Petrov")
    };
    world.asks(pair.boris, request);
    world.advance(1_000);
    world.requests(pair.dora, RequestFilter::Open)[0]
        .chat
        .clone()
}

fn away(world: &World, days: u64, cover: Option<&valise_views::PersonId>) -> Option<NewAway> {
    Some(NewAway {
        until: world.now.0 + days * DAY,
        cover: cover.cloned(),
        note: "At the sea.".into(),
    })
}

fn seen(world: &mut World, who: Who, name: &str) -> Person {
    let people = world.directory(who);
    people.into_iter().find(|it| it.name == name).unwrap()
}

/// How often somebody was told of a message that is no reminder.
fn told(world: &World, who: Who) -> usize {
    let all = world.of(who).notified.iter();
    all.filter(|message| message.reminds.is_none()).count()
}

#[test]
fn colleagues_see_who_is_away_and_who_stands_in_until_he_is_here_again() {
    let mut pair = registry(1);
    let world = &mut pair.world;
    let [clara, dora] = [pair.clara, pair.dora].map(|who| world.id_of(pair.dora, who));
    let gone = Command::SetAway {
        person: dora,
        away: away(world, 7, Some(&clara)),
    };
    assert_eq!(world.tell(pair.dora, gone), Outcome::Done);
    let chat = world.direct(pair.clara, pair.dora);
    world.settle();
    let shown = seen(world, pair.clara, "Dora").away.unwrap();
    assert_eq!(shown.cover.unwrap().1, "Clara");
    assert_eq!((shown.note.as_str(), shown.said_by), ("At the sea.", None));
    let talk = world.conversation(pair.clara, &chat).unwrap();
    assert!(talk.away.is_some());
    let holders = office(world, pair.clara).holders;
    assert_eq!(holders.iter().filter(|it| it.away.is_some()).count(), 1);
    // Neither partners nor the server read a word of it.
    let outside = office(world, pair.boris).holders;
    assert!(outside.iter().all(|it| it.away.is_none() && !it.on_duty));
    // It ends by itself, on a screen that stays open.
    world.now = Timestamp(world.now.0 + 7 * DAY);
    world.advance(60_000);
    assert!(seen(world, pair.clara, "Dora").away.is_none());
    assert!(
        world
            .conversation(pair.clara, &chat)
            .unwrap()
            .away
            .is_none()
    );
}

#[test]
fn a_registrar_says_it_for_who_is_ill_and_nobody_else_does() {
    let mut pair = registry(2);
    let world = &mut pair.world;
    let [clara, dora] = [pair.clara, pair.dora].map(|who| world.id_of(pair.clara, who));
    let of = |world: &World, person: &valise_views::PersonId| Command::SetAway {
        person: person.clone(),
        away: away(world, 2, None),
    };
    let refused = Outcome::Failed(Trouble::NotAllowed);
    let attack = of(world, &clara);
    assert_eq!(
        world.tell(pair.dora, attack),
        refused,
        "Dora is no registrar"
    );
    let ill = of(world, &dora);
    assert_eq!(world.tell(pair.clara, ill), Outcome::Done);
    world.settle();
    let shown = seen(world, pair.dora, "Dora").away.unwrap();
    assert_eq!(shown.said_by.as_deref(), Some("Clara"));
    let back = Command::SetAway {
        person: dora.clone(),
        away: None,
    };
    assert_eq!(world.tell(pair.dora, back), Outcome::Done);
    world.settle();
    assert!(seen(world, pair.clara, "Dora").away.is_none());
    // What cannot be so.
    for (days, cover, trouble) in [
        (0, None, Trouble::BadTime),
        (1_000, None, Trouble::BadTime),
        (2, Some(&dora), Trouble::NotFound),
    ] {
        let wrong = Command::SetAway {
            person: dora.clone(),
            away: away(world, days, cover),
        };
        assert_eq!(world.tell(pair.dora, wrong), Outcome::Failed(trouble));
    }
}

#[test]
fn who_is_on_duty_hears_of_a_request_and_the_others_find_it() {
    let mut pair = registry(3);
    let world = &mut pair.world;
    let dora = world.id_of(pair.dora, pair.dora);
    let on = |office: &Office, on| Command::SetDuty {
        office: office.id.clone(),
        person: dora.clone(),
        on,
    };
    let held = office(world, pair.dora);
    assert_eq!(world.tell(pair.dora, on(&held, true)), Outcome::Done);
    world.settle();
    let holders = office(world, pair.clara).holders;
    let on_duty: Vec<&str> = holders
        .iter()
        .filter(|it| it.on_duty)
        .map(|it| &*it.name)
        .collect();
    assert_eq!(on_duty, ["Dora"]);
    let before = (told(world, pair.clara), told(world, pair.dora));
    let chat = asked(&mut pair);
    let world = &mut pair.world;
    assert_eq!(told(world, pair.clara), before.0, "Clara is not on duty");
    assert!(told(world, pair.dora) > before.1);
    let row = &world.requests(pair.clara, RequestFilter::ForUs)[0];
    assert!(row.unread > 0, "she finds it nevertheless");
    // What she works on herself she hears of, whoever is on duty.
    let clara = world.id_of(pair.dora, pair.clara);
    world.opens(pair.dora, &chat);
    world.acts(pair.dora, &chat, NewAct::Assign(clara));
    world.settle();
    let before = told(world, pair.clara);
    let there = world_chat(world, pair.boris);
    world.says(pair.boris, &there, "Any news?");
    world.settle();
    assert!(told(world, pair.clara) > before);
    // Off duty again, everybody hears.
    assert_eq!(world.tell(pair.dora, on(&held, false)), Outcome::Done);
    world.settle();
    let before = (told(world, pair.clara), told(world, pair.dora));
    let there = world_chat(world, pair.boris);
    world.says(pair.boris, &there, "And now?");
    world.settle();
    assert!(told(world, pair.clara) > before.0 && told(world, pair.dora) > before.1);
}

/// The chat of the only request.
fn world_chat(world: &mut World, who: Who) -> ChatId {
    world.requests(who, RequestFilter::Open)[0].chat.clone()
}

#[test]
fn who_stands_in_has_the_work_among_his_own_and_is_reminded() {
    let mut pair = registry(4);
    let chat = asked(&mut pair);
    let world = &mut pair.world;
    let [clara, dora] = [pair.clara, pair.dora].map(|who| world.id_of(pair.dora, who));
    world.opens(pair.dora, &chat);
    assert_eq!(
        world.acts(pair.dora, &chat, NewAct::Assign(dora.clone())),
        Outcome::Done
    );
    let gone = Command::SetAway {
        person: dora,
        away: away(world, 60, Some(&clara)),
    };
    assert_eq!(world.tell(pair.dora, gone), Outcome::Done);
    world.settle();
    let mine = world.requests(pair.clara, RequestFilter::Mine);
    assert_eq!(mine.len(), 1);
    assert_eq!(mine[0].assignee.as_deref(), Some("Dora"));
    assert!(mine[0].assignee_away.is_some() && mine[0].is_mine);
    assert_eq!(world.requests(pair.dora, RequestFilter::Mine).len(), 1);
    // Who asks learns nothing of it.
    assert!(
        world.requests(pair.boris, RequestFilter::Open)[0]
            .assignee_away
            .is_none()
    );
    let due = mine[0].due;
    world.now = Timestamp(due + 60_000);
    world.advance(60_000);
    let reminded = |world: &World, who: Who| {
        let all = world.of(who).notified.iter();
        all.filter(|it| it.reminds == Some(Reminder::Due(Nearness::Overdue)))
            .count()
    };
    assert_eq!(reminded(world, pair.clara), 1);
    for who in world.everybody() {
        assert_eq!(world.of(who).errors, Vec::<String>::new());
    }
}

#[test]
fn a_guest_and_a_partner_are_told_nothing_of_who_is_here() {
    let mut pair = registry(5);
    let world = &mut pair.world;
    let dora = world.id_of(pair.dora, pair.dora);
    let gone = Command::SetAway {
        person: dora.clone(),
        away: away(world, 7, None),
    };
    assert_eq!(world.tell(pair.dora, gone), Outcome::Done);
    world.advance(120_000);
    let found = world.find_person(pair.boris, "dora@bank.example");
    assert_eq!(found, dora);
    let Shown::People(people) = world.look(
        pair.boris,
        View::People {
            search: "dora".into(),
        },
    ) else {
        panic!("no people");
    };
    assert!(people.iter().all(|person| person.away.is_none()));
}
