//! When a guest's link may be handed over, when he is let in, who hears of him, and when there is nothing to come to any more.

use super::seals::{Scene as Sealed, scene as sealed};
use valise_client::{Guard, Guards};
use valise_tests::sim::{Who, World};
use valise_views::request::{ActKind, Asks, Guest, GuestStands, NewAct, NotYet, RequestTo};
use valise_views::{
    ChatId, Command, MessageId, Outcome, Reminder, RequestFilter, Shown, Status, Trouble, View,
};

const MINUTE: u64 = 60_000;

/// Boris asks a guest; returns the chat as he has it.
fn asks_guest(world: &mut World, boris: Who, held: bool) -> ChatId {
    world.advance(MINUTE);
    let mut request = World::request_to(world.id_of(boris, boris), "the accident in May");
    let name = "Ivan Petrenko".into();
    request.to = vec![RequestTo::Guest { name, held }];
    let there = world.asks(boris, request);
    world.advance(MINUTE);
    there
}

fn seen(world: &mut World, who: Who, chat: &ChatId) -> Guest {
    world.opens(who, chat).guest.expect("a guest is asked")
}

fn handed(guest: Guest) -> (String, String) {
    let both = guest.link.zip(guest.code);
    both.expect("link and code are handed over")
}

/// Somebody new comes by link and code.
fn comes(world: &mut World, (link, code): &(String, String)) -> (Who, Outcome) {
    let guest = world.person("Ivan");
    let (link, code) = (link.clone(), code.clone());
    let outcome = world.tell(guest, Command::ComeAsGuest { link, code });
    world.advance(MINUTE);
    (guest, outcome)
}

fn reads(world: &mut World, guest: Who) -> bool {
    let mut rows = world.requests(guest, RequestFilter::Open);
    rows.extend(world.requests(guest, RequestFilter::Ended));
    !rows.is_empty()
}

fn is_put_out(world: &mut World, guest: Who) -> bool {
    match world.look(guest, View::Status) {
        Shown::Status(Status::Ready(ready)) => ready.revoked,
        other => panic!("he is nobody but {other:?}"),
    }
}

/// The request of Boris's that waits, as a message.
fn letter(world: &mut World, who: Who, chat: &ChatId) -> MessageId {
    let messages = world.messages(who, chat);
    messages.last().expect("the request").id.clone()
}

fn told(world: &World, who: Who) -> usize {
    let all = world.of(who).notified.iter();
    all.filter(|it| it.reminds == Some(Reminder::GuestWaits))
        .count()
}

/// Boris asks a guest where a second person has to release it, with a device that keeps to so much.
fn unreleased(seed: u64, guards: Guards) -> (Sealed, Who, ChatId) {
    let mut scene = sealed(seed, Asks::FourEyes);
    let boris = scene.pair.boris;
    scene.world().guard(boris, guards);
    let there = asks_guest(scene.world(), boris, false);
    (scene, boris, there)
}

#[test]
fn t240_nothing_is_handed_over_before_a_request_is_released_and_while_all_are_stopped() {
    let (mut scene, boris, there) = unreleased(301, Guards::ALL.without(Guard::Handed));
    let guest = seen(scene.world(), boris, &there);
    assert!(guest.link.is_some(), "the twin hands over what waits");

    let (mut scene, boris, there) = unreleased(301, Guards::ALL);
    let emil = scene.emil;
    let is_kept = |scene: &mut Sealed, why: NotYet| {
        let guest = seen(scene.world(), boris, &there);
        assert_eq!(guest.stands, GuestStands::Awaited);
        assert_eq!((guest.link, guest.code), (None, None));
        assert_eq!(guest.not_yet, Some(why));
    };
    is_kept(&mut scene, NotYet::Release);
    let id = scene.waits_for(emil)[0].id.clone();
    let note = "Say which one.".to_owned();
    let back = Command::SendBack { id, note };
    assert_eq!(scene.world().tell(emil, back), Outcome::Done);
    scene.world().advance(MINUTE);
    is_kept(&mut scene, NotYet::SentBack);
    let message = letter(scene.world(), boris, &there);
    let again = scene.world().tell(boris, Command::Retry(message));
    assert_eq!(again, Outcome::Done);
    scene.world().advance(MINUTE);
    is_kept(&mut scene, NotYet::Release);
    scene.anna_says(Command::StopRequests(true));
    is_kept(&mut scene, NotYet::Stopped);
    scene.anna_says(Command::StopRequests(false));
    scene.releases(emil);
    let guest = seen(scene.world(), boris, &there);
    assert_eq!(guest.not_yet, None);
    let link = handed(guest);
    scene.anna_says(Command::StopRequests(true));
    is_kept(&mut scene, NotYet::Stopped);
    scene.anna_says(Command::StopRequests(false));
    let guest = seen(scene.world(), boris, &there);
    assert_eq!(handed(guest), link);
    let (ivan, outcome) = comes(scene.world(), &link);
    assert_eq!(outcome, Outcome::Done);
    assert!(reads(scene.world(), ivan));
    scene.is_calm();
}

#[test]
fn t240_a_guest_who_has_the_link_of_what_was_not_released_waits_for_that() {
    let early = Guards::ALL.without(Guard::Handed);
    for (guards, waits) in [(early, true), (early.without(Guard::LetIn), false)] {
        let (mut scene, boris, there) = unreleased(302, guards);
        let link = handed(seen(scene.world(), boris, &there));
        let (ivan, outcome) = comes(scene.world(), &link);
        assert_eq!(outcome, Outcome::Done);
        let stands = seen(scene.world(), boris, &there).stands;
        assert_eq!(stands == GuestStands::Waits, waits, "{stands:?}");
        if waits {
            assert!(!reads(scene.world(), ivan));
            let now = scene.world().tell(boris, Command::LetGuestIn(there));
            assert_eq!(now, Outcome::Failed(Trouble::NotAllowed));
            let emil = scene.emil;
            scene.releases(emil);
            scene.world().advance(MINUTE);
            assert!(reads(scene.world(), ivan));
            scene.is_calm();
        } else {
            assert_eq!(stands, GuestStands::In);
        }
    }
}

#[test]
fn t240_whoever_comes_while_all_requests_are_stopped_is_let_in_when_they_are_not() {
    for (guards, waits) in [
        (Guards::ALL, true),
        (Guards::ALL.without(Guard::LetIn), false),
    ] {
        let mut scene = sealed(303, Asks::Freely);
        let boris = scene.pair.boris;
        scene.world().guard(boris, guards);
        let there = asks_guest(scene.world(), boris, false);
        let link = handed(seen(scene.world(), boris, &there));
        scene.anna_says(Command::StopRequests(true));
        let (ivan, outcome) = comes(scene.world(), &link);
        assert_eq!(outcome, Outcome::Done);
        assert_eq!(!reads(scene.world(), ivan), waits);
        scene.anna_says(Command::StopRequests(false));
        scene.world().advance(MINUTE);
        assert!(reads(scene.world(), ivan));
        scene.is_calm();
    }
}

#[test]
fn t241_by_the_link_of_a_request_that_has_come_to_its_end_nobody_comes() {
    let open = Guards::ALL.without(Guard::LinkEnds);
    let ends = [
        NewAct::Withdraw { note: None },
        NewAct::Close { note: None },
    ];
    for end in ends {
        for guards in [Guards::ALL, open, open.without(Guard::LetIn)] {
            let mut world = World::new(304);
            let [_, boris] = world.team(["Anna", "Boris"]);
            world.guard(boris, guards);
            let there = asks_guest(&mut world, boris, false);
            let link = handed(seen(&mut world, boris, &there));
            assert_eq!(world.acts(boris, &there, end.clone()), Outcome::Done);
            world.advance(MINUTE);
            let (ivan, outcome) = comes(&mut world, &link);
            if guards == Guards::ALL {
                assert_eq!(outcome, Outcome::Failed(Trouble::LinkGone));
                let guest = seen(&mut world, boris, &there);
                assert_eq!((guest.stands, guest.link), (GuestStands::Over, None));
                let renewed = world.tell(boris, Command::RenewGuest(there));
                assert_eq!(renewed, Outcome::Failed(Trouble::OutOfPlace));
            } else {
                assert_eq!(outcome, Outcome::Done);
                // Without the one he has an account for nothing, without the other he reads what was withdrawn.
                assert_eq!(reads(&mut world, ivan), guards != open);
            }
        }
    }
}

#[test]
fn t241_by_the_link_of_a_request_that_was_taken_back_nobody_comes() {
    let early = Guards::ALL.without(Guard::Handed);
    for (guards, is_gone) in [(early, true), (early.without(Guard::LinkEnds), false)] {
        let (mut scene, boris, there) = unreleased(305, guards);
        let link = handed(seen(scene.world(), boris, &there));
        let message = letter(scene.world(), boris, &there);
        let back = scene.world().tell(boris, Command::Discard(message));
        assert_eq!(back, Outcome::Done);
        scene.world().advance(MINUTE);
        let (_, outcome) = comes(scene.world(), &link);
        assert_eq!(outcome == Outcome::Failed(Trouble::LinkGone), is_gone);
    }
}

#[test]
fn a_guest_who_is_in_stays_to_the_end_and_one_who_waits_is_told_that_it_is_over() {
    for held in [false, true] {
        let mut world = World::new(306);
        let [_, boris] = world.team(["Anna", "Boris"]);
        let there = asks_guest(&mut world, boris, held);
        let link = handed(seen(&mut world, boris, &there));
        let (ivan, _) = comes(&mut world, &link);
        let withdraw = NewAct::Withdraw { note: None };
        assert_eq!(world.acts(boris, &there, withdraw), Outcome::Done);
        world.advance(MINUTE);
        assert_eq!(is_put_out(&mut world, ivan), held);
        let rows = world.requests(ivan, RequestFilter::Ended);
        if let [row] = &rows[..] {
            assert!(world.exports(ivan, &row.chat).is_ok(), "his receipt");
        }
        assert_eq!(rows.is_empty(), held);
        for who in [boris, ivan] {
            assert_eq!(world.of(who).errors, Vec::<String>::new());
        }
    }
}

/// A device that was asleep when it ended, and one that was away when the guest came.
#[test]
fn what_ended_while_who_asked_was_away_ends_when_he_is_back() {
    let mut world = World::new(307);
    let [_, boris] = world.team(["Anna", "Boris"]);
    let there = asks_guest(&mut world, boris, false);
    let link = handed(seen(&mut world, boris, &there));
    let withdraw = NewAct::Withdraw { note: None };
    assert_eq!(world.acts(boris, &there, withdraw), Outcome::Done);
    world.crash(boris);
    let (ivan, outcome) = comes(&mut world, &link);
    world.start(boris);
    world.advance(MINUTE);
    match outcome {
        // The end was said before he slept.
        Outcome::Failed(Trouble::LinkGone) => {}
        Outcome::Done => assert!(is_put_out(&mut world, ivan)),
        other => panic!("{other:?}"),
    }
    let guest = seen(&mut world, boris, &there);
    assert_eq!(guest.stands, GuestStands::Over);
}

/// Anna and Boris hold an office that asks; its guest has to be looked at.
#[test]
fn those_who_can_let_a_guest_in_are_told_once_that_he_waits() {
    let mut world = World::new(308);
    let [anna, boris, olga] = world.team(["Anna", "Boris", "Olga"]);
    let holders = [anna, boris].map(|who| world.id_of(anna, who));
    let made = super::offices::set(None, "registry", holders.to_vec());
    assert_eq!(world.tell(anna, made), Outcome::Done);
    world.advance(2 * MINUTE);
    let mut request = World::request_to(world.id_of(boris, boris), "the accident in May");
    let Shown::Offices(offices) = world.look(boris, View::Offices) else {
        panic!("no offices");
    };
    request.from_office = Some(offices[0].id.clone());
    let name = "Ivan Petrenko".into();
    request.to = vec![RequestTo::Guest { name, held: true }];
    let there = world.asks(boris, request);
    world.advance(MINUTE);
    let link = handed(seen(&mut world, boris, &there));
    assert!(world.requests(boris, RequestFilter::ForUs).is_empty());
    let (ivan, _) = comes(&mut world, &link);
    for who in [anna, boris] {
        assert_eq!(told(&world, who), 1);
        let rows = world.requests(who, RequestFilter::ForUs);
        assert!(rows.len() == 1 && rows[0].guest_waits);
    }
    assert_eq!(told(&world, olga), 0, "who has nothing to do with it");
    world.crash(boris);
    world.start(boris);
    world.advance(MINUTE);
    assert_eq!(told(&world, boris), 1);
    let chat = world.requests(anna, RequestFilter::ForUs)[0].chat.clone();
    assert_eq!(world.tell(anna, Command::LetGuestIn(chat)), Outcome::Done);
    world.advance(MINUTE);
    assert!(reads(&mut world, ivan));
    for who in [anna, boris] {
        assert_eq!(told(&world, who), 1);
        assert!(world.requests(who, RequestFilter::ForUs).is_empty());
    }
    let here = world.requests(ivan, RequestFilter::Open)[0].chat.clone();
    world.replies(ivan, &here, ActKind::Answered, "A red lorry.", vec![]);
    assert_eq!(world.requests(anna, RequestFilter::ForUs).len(), 1);
}

/// Nobody is told of one whom a colleague let in before one heard of him.
#[test]
fn who_was_away_is_not_told_of_a_guest_whom_a_colleague_let_in() {
    let mut world = World::new(309);
    let [anna, boris] = world.team(["Anna", "Boris"]);
    let there = asks_guest(&mut world, boris, true);
    let link = handed(seen(&mut world, boris, &there));
    let (_, second) = (anna, super::devices::linked(&mut world, boris));
    world.advance(MINUTE);
    world.set_online(boris, false);
    comes(&mut world, &link);
    assert_eq!(told(&world, second), 1);
    let let_in = Command::LetGuestIn(there.clone());
    assert_eq!(world.tell(second, let_in), Outcome::Done);
    world.advance(MINUTE);
    world.set_online(boris, true);
    world.advance(2 * MINUTE);
    assert_eq!(seen(&mut world, boris, &there).stands, GuestStands::In);
    assert_eq!(told(&world, boris), 0);
}

/// Who was put out of the room is not brought back by what changes later, and nobody is asked to.
#[test]
fn a_guest_who_was_put_out_of_the_room_stays_out() {
    for held in [false, true] {
        let mut scene = sealed(310, Asks::Freely);
        let boris = scene.pair.boris;
        let there = asks_guest(scene.world(), boris, held);
        let link = handed(seen(scene.world(), boris, &there));
        let (ivan, _) = comes(scene.world(), &link);
        if held {
            let let_in = Command::LetGuestIn(there.clone());
            assert_eq!(scene.world().tell(boris, let_in), Outcome::Done);
            scene.world().advance(MINUTE);
        }
        let here = scene.world().requests(ivan, RequestFilter::Open)[0]
            .chat
            .clone();
        scene.world().opens(ivan, &here);
        scene.world().advance(MINUTE);
        let members = scene.world().details(boris, &there).unwrap().members;
        let person = members.into_iter().find(|it| it.name == "Ivan Petrenko");
        let person = person.expect("he is in").person;
        let chat = there.clone();
        let out = Command::RemoveMember { chat, person };
        assert_eq!(scene.world().tell(boris, out), Outcome::Done);
        scene.world().advance(MINUTE);
        scene.anna_says(Command::StopRequests(true));
        scene.anna_says(Command::StopRequests(false));
        scene.world().crash(boris);
        scene.world().start(boris);
        scene.world().advance(MINUTE);
        assert_eq!(
            scene.world().details(boris, &there).unwrap().members.len(),
            1
        );
        let rows = scene.world().requests(boris, RequestFilter::Open);
        assert!(!rows[0].guest_waits);
    }
}
