//! A store that is older than what its device has done: writes that were lost, a copy that was put back, a copy beside which the
//! device lives on. It is noticed before a key is used twice. Each case is run honestly, attacked, and attacked without what holds it.

use valise_client::Guard;
use valise_tests::case::{Pair, Way};
use valise_tests::says;
use valise_views::{Alarm, ChatId, Command, Outcome};

fn is_said(alarms: &[Alarm]) -> bool {
    says!(alarms, Alarm::SetBack { .. })
}

#[test]
fn ft_45_a_store_that_was_set_back_uses_no_key_twice_and_says_so() {
    let run = |way: Way| {
        let mut pair = Pair::new(45, way, |pair| pair.ada);
        let copy = pair.world.copy(pair.ada);
        pair.ada_says("lost here");
        pair.ada_says("and this");
        pair.world.settle();
        if way.attacked {
            pair.world.put_back(pair.ada, copy);
            pair.world.advance(10_000);
        }
        // More messages than were lost: the first ones would go out under the keys of those.
        for text in ["third", "fourth", "fifth", "sixth"] {
            pair.ada_says(text);
        }
        pair.world.settle();
        (pair.boris_reads(), pair.ada_hears(), pair.boris_hears())
    };
    let all = [
        "first",
        "second",
        "lost here",
        "and this",
        "third",
        "fourth",
        "fifth",
        "sixth",
    ];
    let (read, at_ada, at_boris) = run(Way::HONEST);
    assert_eq!(
        (&read[..], at_ada, at_boris),
        (&all.map(String::from)[..], vec![], vec![])
    );

    let (read, at_ada, at_boris) = run(Way::ATTACKED);
    assert_eq!(read, all, "everything that is said arrives");
    assert!(is_said(&at_ada), "{at_ada:?}");
    assert_eq!(at_boris, []);

    // What is encrypted under a key that was used is taken for a repetition, and gone.
    let (read, at_ada, _) = run(Way::without(Guard::SetBack));
    assert_eq!(read, ["first", "second", "lost here", "and this", "sixth"]);
    assert_eq!(at_ada, [], "and nobody knows");
}

#[test]
fn ft_45_what_waited_in_the_copy_and_was_sent_since_is_sent_once() {
    let mut pair = Pair::new(145, Way::ATTACKED, |pair| pair.ada);
    pair.world.set_online(pair.ada, false);
    let message = pair.ada_says("once");
    let copy = pair.world.copy(pair.ada);
    pair.world.set_online(pair.ada, true);
    pair.world.settle();
    pair.ada_says("since then");
    pair.world.settle();
    pair.world.put_back(pair.ada, copy);
    pair.world.advance(600_000);
    pair.ada_says("afterwards");
    pair.world.settle();
    assert_eq!(
        pair.boris_reads(),
        ["first", "second", "once", "since then", "afterwards"]
    );
    let tick = pair.tick(&message);
    assert_eq!(tick, Some(valise_views::Tick::Accepted));
    let alarms = pair.ada_hears();
    assert!(is_said(&alarms), "{alarms:?}");
    assert!(!says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");
    let own = pair.world.texts(pair.ada, &pair.at_ada.clone());
    assert_eq!(own, ["first", "second", "once", "afterwards"]);
}

#[test]
fn ft_45_a_commit_that_the_store_forgot_shows_it_too() {
    let run = |way: Way| {
        let mut pair = Pair::new(245, way, |pair| pair.ada);
        let chat = pair.world.group(pair.ada, "Registry", &[pair.boris]);
        pair.world.settle();
        let copy = pair.world.copy(pair.ada);
        let on = Command::SetAnnouncement {
            chat: chat.clone(),
            on: true,
        };
        assert_eq!(pair.world.tell(pair.ada, on), Outcome::Done);
        pair.world.settle();
        if way.attacked {
            pair.world.put_back(pair.ada, copy);
            pair.world.settle();
        }
        let closed = is_closed(&mut pair, &chat);
        if closed {
            let reopen = Command::Reopen(chat.clone());
            assert_eq!(pair.world.tell(pair.ada, reopen), Outcome::Done);
            pair.world.settle();
        }
        pair.world.says(pair.ada, &chat, "to the room as it is");
        pair.world.settle();
        let read = pair.world.texts(pair.boris, &chat).len();
        (closed, read, pair.ada_hears())
    };
    assert_eq!(run(Way::HONEST), (false, 1, vec![]));
    // The room has other terms than she knows: it is closed until she says that they are right.
    let (closed, read, alarms) = run(Way::ATTACKED);
    assert_eq!((closed, read), (true, 1));
    assert!(is_said(&alarms), "{alarms:?}");
    assert!(!says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");
    // Without it, she suspects the server.
    let (_, _, alarms) = run(Way::without(Guard::SetBack));
    assert!(says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");
    assert!(!is_said(&alarms), "{alarms:?}");
}

fn is_closed(pair: &mut Pair, chat: &ChatId) -> bool {
    let shown = pair.world.conversation(pair.ada, chat);
    shown.is_some_and(|shown| shown.blocked == Some(valise_views::conversation::Blocked::Frozen))
}

#[test]
fn ft_45_of_a_device_and_its_copy_one_goes_on_when_a_person_says_which() {
    let mut pair = Pair::new(345, Way::ATTACKED, |pair| pair.ada);
    let copy = pair.world.copy(pair.ada);
    let other = pair.world.take_up(copy, "Ada's copy");
    pair.world.settle();
    let (at_ada, ada) = (pair.at_ada.clone(), pair.ada);
    let mut said = vec!["first".to_owned(), "second".to_owned()];
    // Both go on talking; each learns of the other by what stands in the log.
    for number in 0..4 {
        for who in [ada, other] {
            let may = pair.world.conversation(who, &at_ada).unwrap().may_send;
            if may {
                let text = format!("{number} of {}", pair.world.of(who).name);
                pair.world.says(who, &at_ada, &text);
                said.push(text);
            }
            pair.world.settle();
        }
    }
    for who in [ada, other] {
        let alarms = pair.world.alarms(who);
        assert!(is_said(&alarms), "{alarms:?}");
    }
    // It does not go on for ever: one of the two is closed until a person decides.
    let open = [ada, other].map(|who| pair.world.conversation(who, &at_ada).unwrap().may_send);
    assert_eq!(open.iter().filter(|open| **open).count(), 1, "{open:?}");
    let closed = if open[0] { other } else { ada };
    assert_eq!(
        pair.world.tell(closed, Command::Reopen(at_ada.clone())),
        Outcome::Done
    );
    pair.world.settle();
    pair.world.says(closed, &at_ada, "this one");
    said.push("this one".into());
    pair.world.settle();
    assert_eq!(pair.boris_reads(), said, "and nothing was lost meanwhile");
}

#[test]
fn what_a_server_repeats_or_has_lost_is_not_taken_for_that() {
    let mut pair = Pair::new(445, Way::HONEST, |pair| pair.ada);
    // The log got shorter, says the server: what was read is read again.
    let ada = pair.ada;
    let shorten = move |to, _: &valise_wire::request::Request, mut reply| {
        if let (true, valise_wire::request::Reply::Sync(state)) = (to == ada, &mut reply) {
            state
                .rooms
                .iter_mut()
                .for_each(|room| room.head = room.head.min(1));
        }
        reply
    };
    pair.attack(Way::ATTACKED, valise_tests::sim::Answers(shorten));
    pair.world.restart_server();
    pair.world.settle();
    pair.relent();
    let alarms = pair.ada_hears();
    assert!(says!(alarms, Alarm::ServerRolledBack { .. }), "{alarms:?}");
    assert!(!is_said(&alarms), "{alarms:?}");
}
