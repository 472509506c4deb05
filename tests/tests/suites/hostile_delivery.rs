//! A server that drops, hides, repeats, replays and reorders. Each case is run honestly, attacked, and attacked without what
//! holds it; `docs/threat-model.md` says which attack each proves.

use std::collections::BTreeSet;
use valise_client::{Guard, Guards};
use valise_tests::case::{Pair, Way};
use valise_tests::says;
use valise_tests::sim::{Network, Saboteur, Shows, Verdict, Who};
use valise_views::{Alarm, Tick};
use valise_wire::push::{Event, EventKind, Push};
use valise_wire::request::Request;
use valise_wire::{RoomId, Timestamp, TransactionId};

fn is_message(event: &Event) -> bool {
    event.kind == EventKind::Message
}

/// Hides the first message that passes, for good.
fn hides_one(to: Who) -> Shows<impl FnMut(RoomId, Vec<Event>) -> Vec<Event>> {
    let mut hidden = None;
    let change = move |_, mut events: Vec<Event>| {
        if let (None, Some(first)) = (hidden, events.iter().find(|event| is_message(event))) {
            hidden = Some(first.seq);
        }
        events.retain(|event| Some(event.seq) != hidden);
        events
    };
    Shows { to, change }
}

#[test]
fn hs_01_a_dropped_message_is_noticed() {
    let run = |way| {
        let mut pair = Pair::new(101, way, |pair| pair.boris);
        pair.attack(way, hides_one(pair.boris));
        let messages = ["hidden", "shown after it"].map(|text| pair.ada_says(text));
        pair.world.settle();
        (pair, messages)
    };
    let (mut honest, _) = run(Way::HONEST);
    let all = ["first", "second", "hidden", "shown after it"];
    assert_eq!(honest.boris_reads(), all);
    assert_eq!(honest.boris_hears(), []);

    let (mut attacked, messages) = run(Way::ATTACKED);
    assert_eq!(attacked.boris_reads(), ["first", "second"]);
    let alarms = attacked.boris_hears();
    assert!(says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");
    for message in &messages {
        assert_eq!(attacked.tick(message), Some(Tick::Accepted), "no tick");
    }
    attacked.relent();
    assert_eq!(attacked.boris_reads(), all);

    let (mut twin, _) = run(Way::without(Guard::Numbers));
    assert_eq!(twin.boris_reads(), ["first", "second", "shown after it"]);
}

/// Hides a message and gives the events behind it the numbers before theirs.
fn hides_and_renumbers(to: Who) -> Shows<impl FnMut(RoomId, Vec<Event>) -> Vec<Event>> {
    let mut hidden = None;
    let change = move |_, events: Vec<Event>| {
        let mut shown = Vec::new();
        for mut event in events {
            let first = is_message(&event).then_some(event.seq);
            hidden = hidden.or(first);
            match hidden {
                Some(hidden) if event.seq == hidden => {}
                Some(hidden) if event.seq > hidden => {
                    event.seq -= 1;
                    shown.push(event);
                }
                _ => shown.push(event),
            }
        }
        shown
    };
    Shows { to, change }
}

#[test]
fn hs_02_a_message_that_was_hidden_by_renumbering_the_rest_is_noticed() {
    let run = |way| {
        let mut pair = Pair::new(102, way, |pair| pair.boris);
        pair.attack(way, hides_and_renumbers(pair.boris));
        pair.ada_says("hidden");
        pair.ada_says("shown after it");
        pair.world.advance(10_000);
        let alarms = pair.boris_hears();
        pair.world.settle();
        (pair, alarms)
    };
    let (mut honest, _) = run(Way::HONEST);
    assert_eq!(honest.boris_hears(), []);

    // At once, by the numbers that the sender gives inside the encryption; and by the chain hashes.
    let (mut attacked, at_once) = run(Way::ATTACKED);
    assert_eq!(attacked.boris_reads().last().unwrap(), "shown after it");
    assert!(says!(at_once, Alarm::MessagesMissing { .. }), "{at_once:?}");

    let (_, at_once) = run(Way::without(Guard::SenderNumbers));
    assert_eq!(at_once, []);
}

/// Pushes no message, nor that there is one.
struct PushesNothing {
    to: Who,
}

impl Saboteur for PushesNothing {
    fn push(&mut self, to: Who, push: Push, _now: Timestamp) -> Vec<Push> {
        let hidden = match &push {
            Push::Event(event) => is_message(&event.event),
            Push::RoomMoved(_) => true,
            _ => false,
        };
        if hidden && to == self.to {
            Vec::new()
        } else {
            vec![push]
        }
    }
}

#[test]
fn hs_03_a_hidden_last_message_comes_by_itself() {
    let run = |way| {
        let mut pair = Pair::new(103, way, |pair| pair.boris);
        pair.attack(way, PushesNothing { to: pair.boris });
        let message = pair.ada_says("the last");
        pair.world.advance(10_000);
        let (read, tick) = (pair.boris_reads(), pair.tick(&message));
        pair.world.advance(1_200_000);
        (pair, read, tick)
    };
    let all = ["first", "second", "the last"];
    let (_, read, _) = run(Way::HONEST);
    assert_eq!(read, all);

    let (mut attacked, read, tick) = run(Way::ATTACKED);
    assert_eq!(read, ["first", "second"]);
    assert_eq!(tick, Some(Tick::Accepted), "the writer sees it");
    assert_eq!(attacked.boris_reads(), all, "asking finds it");

    let (mut twin, ..) = run(Way::without(Guard::Heads));
    assert_eq!(twin.boris_reads(), ["first", "second"]);
}

#[test]
fn hs_05_what_is_repeated_is_shown_once() {
    let run = |way| {
        let mut pair = Pair::new(105, way, |pair| pair.boris);
        let change = |_, events: Vec<Event>| {
            let five = |event: Event| vec![event; 5];
            events.into_iter().flat_map(five).collect()
        };
        let to = pair.boris;
        pair.attack(way, Shows { to, change });
        pair.ada_says("once");
        pair.world.settle();
        pair
    };
    for way in [Way::HONEST, Way::ATTACKED] {
        let mut pair = run(way);
        assert_eq!(pair.boris_reads(), ["first", "second", "once"]);
        let unread = pair.world.chats(pair.boris)[0].unread;
        assert_eq!(unread, 2, "counted once");
        let alarms = pair.boris_hears();
        assert!(!says!(alarms, Alarm::ServerForked { .. }), "{alarms:?}");
    }
    // Taken five times, it makes another log out of the same one.
    let alarms = run(Way::without(Guard::Numbers)).boris_hears();
    assert!(says!(alarms, Alarm::ServerForked { .. }), "{alarms:?}");
}

/// Shows the first message that passes under the number of every later one.
fn replays(to: Who) -> Shows<impl FnMut(RoomId, Vec<Event>) -> Vec<Event>> {
    let mut old: Option<Event> = None;
    let change = move |_, mut events: Vec<Event>| {
        for event in events.iter_mut().filter(|event| is_message(event)) {
            let old = old.get_or_insert_with(|| event.clone());
            if event.seq > old.seq {
                event.body = old.body.clone();
            }
        }
        events
    };
    Shows { to, change }
}

#[test]
fn hs_06_an_old_message_under_a_new_number_is_refused() {
    let run = |way| {
        let mut pair = Pair::new(106, way, |pair| pair.boris);
        pair.attack(way, replays(pair.boris));
        pair.ada_says("third");
        pair.world.advance(20_000);
        pair.ada_says("fourth");
        pair.world.settle();
        pair
    };
    let mut honest = run(Way::HONEST);
    assert_eq!(honest.boris_reads().last().unwrap(), "fourth");

    let mut attacked = run(Way::ATTACKED);
    let read = attacked.boris_reads();
    let times = |text: &str| read.iter().filter(|shown| *shown == text).count();
    assert_eq!((times("third"), times("fourth")), (1, 0), "{read:?}");
    // What it covers is noticed: logs are compared, and Boris's own messages do not come back to him.
    let alarms = [attacked.ada_hears(), attacked.boris_hears()].concat();
    assert!(!alarms.is_empty());

    // MLS refuses the replay either way; without this nobody would learn that something was covered.
    let silent = Guards::ALL
        .without(Guard::Checkpoints)
        .without(Guard::Blame);
    let mut twin = run(Way::with(silent));
    assert_eq!([twin.ada_hears(), twin.boris_hears()].concat(), []);
}

/// Pushes events in pairs, the later one first.
struct Swaps {
    to: Who,
    held: Option<Push>,
}

impl Saboteur for Swaps {
    fn push(&mut self, to: Who, push: Push, _now: Timestamp) -> Vec<Push> {
        if !matches!(push, Push::Event(_)) || to != self.to {
            return vec![push];
        }
        match self.held.take() {
            Some(held) => vec![push, held],
            None => {
                self.held = Some(push);
                Vec::new()
            }
        }
    }
}

#[test]
fn hs_07_the_order_is_the_logs_whatever_is_pushed_first() {
    let run = |way| {
        let mut pair = Pair::new(107, way, |pair| pair.boris);
        let (to, held) = (pair.boris, None);
        pair.attack(way, Swaps { to, held });
        for text in ["a", "b", "c", "d"] {
            pair.ada_says(text);
            pair.world.advance(300);
        }
        pair.relent();
        pair.boris_reads()
    };
    let order = ["first", "second", "a", "b", "c", "d"];
    assert_eq!(run(Way::HONEST), order);
    assert_eq!(run(Way::ATTACKED), order);
    assert_ne!(run(Way::without(Guard::Numbers)), order);
}

/// Loses every message when it is sent for the first time.
struct LosesFirst(BTreeSet<TransactionId>);

impl Saboteur for LosesFirst {
    fn request(&mut self, _from: Who, request: Request, _now: Timestamp) -> Verdict {
        match &request {
            Request::Send(send) if self.0.insert(send.transaction) => Verdict::Swallow,
            _ => Verdict::Pass(request),
        }
    }
}

#[test]
fn a_bad_line_loses_nothing() {
    let run = |way: Way| {
        let mut pair = Pair::new(199, way, |pair| pair.ada);
        pair.attack(way, LosesFirst(BTreeSet::new()));
        if way.attacked {
            pair.world.network = Network::BAD;
        }
        for number in 0..12 {
            pair.ada_says(&format!("message {number}"));
            pair.world.advance(700);
        }
        pair.world.advance(600_000);
        pair.world.network = Network::GOOD;
        pair.relent();
        let own = pair.world.texts(pair.ada, &pair.at_ada.clone());
        (own.len(), own == pair.boris_reads())
    };
    assert_eq!(run(Way::HONEST), (14, true));
    assert_eq!(run(Way::ATTACKED), (14, true));
    assert_eq!(run(Way::without(Guard::SendAgain)), (14, false));
}
