//! A server whose answers are not true: acknowledgements, heads, changed bytes, and the word that an account has ended.

use sha2::{Digest as _, Sha256};
use std::cell::Cell;
use std::rc::Rc;
use valise_client::{Guard, Guards};
use valise_tests::case::{Pair, Way, swaps_two};
use valise_tests::says;
use valise_tests::sim::{Answers, Saboteur, Shows, Verdict, Who};
use valise_views::{Alarm, Tick};
use valise_wire::Timestamp;
use valise_wire::push::{Event, EventKind, Push};
use valise_wire::request::{Accepted, Reply, Request};

/// Accepts messages and keeps none.
struct Forgets;

impl Saboteur for Forgets {
    fn request(&mut self, _from: Who, request: Request, now: Timestamp) -> Verdict {
        let Request::Send(send) = &request else {
            return Verdict::Pass(request);
        };
        let accepted = Accepted {
            room: send.room,
            seq: 1_000,
            digest: Sha256::digest(&*send.message).into(),
            at: now,
        };
        Verdict::Answer(Ok(Reply::Accepted(accepted)))
    }
}

#[test]
fn hs_09_an_acknowledgement_without_the_message_in_the_log_is_no_tick() {
    let run = |way| {
        let mut pair = Pair::new(109, way, |pair| pair.ada);
        pair.attack(way, Forgets);
        let message = pair.ada_says("kept by nobody");
        pair.world.settle();
        let tick = pair.tick(&message);
        pair.relent();
        (tick, pair.boris_reads())
    };
    let all = ["first", "second", "kept by nobody"];
    let (tick, read) = run(Way::HONEST);
    assert_eq!(
        (tick, &read[..]),
        (Some(Tick::Delivered), &all.map(String::from)[..])
    );

    let (tick, read) = run(Way::ATTACKED);
    assert_eq!(tick, Some(Tick::Waiting));
    assert_eq!(read, all, "it was sent again, once");

    let (tick, read) = run(Way::without(Guard::Echo));
    assert_eq!(tick, Some(Tick::Accepted));
    assert_eq!(read, ["first", "second"], "and nobody ever gets it");
}

/// Acknowledges with another message's digest, and shows the log to nobody.
struct WrongAnswer;

impl Saboteur for WrongAnswer {
    fn reply(
        &mut self,
        _to: Who,
        _request: &Request,
        reply: Result<Reply, valise_wire::Problem>,
        _now: Timestamp,
    ) -> Result<Reply, valise_wire::Problem> {
        let Ok(Reply::Accepted(mut accepted)) = reply else {
            return reply;
        };
        accepted.digest[0] ^= 1;
        Ok(Reply::Accepted(accepted))
    }

    fn push(&mut self, _to: Who, _push: Push, _now: Timestamp) -> Vec<Push> {
        Vec::new()
    }
}

#[test]
fn hs_10_anothers_acknowledgement_is_no_tick() {
    let run = |way| {
        let mut pair = Pair::new(110, way, |pair| pair.ada);
        pair.attack(way, WrongAnswer);
        let message = pair.ada_says("acknowledged wrongly");
        pair.world.advance(5_000);
        let (tick, alarms) = (pair.tick(&message), pair.ada_hears());
        pair.relent();
        (tick, alarms, pair.boris_reads())
    };
    let all = ["first", "second", "acknowledged wrongly"];
    let (_, alarms, read) = run(Way::HONEST);
    assert_eq!((alarms, &read[..]), (vec![], &all.map(String::from)[..]));

    let (tick, alarms, read) = run(Way::ATTACKED);
    assert_eq!(tick, Some(Tick::Waiting));
    assert!(says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");
    assert_eq!(read, all);

    // Even a client that believes acknowledgements sees that this one is another's; without looking, it believes it.
    let hasty = Guards::ALL.without(Guard::Echo);
    assert_eq!(run(Way::with(hasty)).0, Some(Tick::Waiting));
    let blind = hasty.without(Guard::Digest);
    let (tick, alarms, _) = run(Way::with(blind));
    assert_eq!((tick, alarms), (Some(Tick::Accepted), vec![]));
}

#[test]
fn hs_11_a_log_that_got_shorter_is_said_and_nothing_is_lost() {
    let run = |way: Way| {
        let mut pair = Pair::new(111, way, |pair| pair.boris);
        pair.attack(
            way,
            Answers(|_, _: &Request, mut reply| {
                if let Reply::Sync(state) = &mut reply {
                    let shorten = |room: &mut valise_wire::request::RoomHead| {
                        room.head = room.head.min(1);
                    };
                    state.rooms.iter_mut().for_each(shorten);
                }
                reply
            }),
        );
        if way.attacked {
            pair.world.restart_server();
        }
        pair.world.settle();
        let alarms = pair.boris_hears();
        pair.relent();
        (pair, alarms)
    };
    let (_, alarms) = run(Way::HONEST);
    assert_eq!(alarms, []);

    let (mut attacked, alarms) = run(Way::ATTACKED);
    assert!(says!(alarms, Alarm::ServerRolledBack { .. }), "{alarms:?}");
    assert_eq!(attacked.boris_reads(), ["first", "second"]);

    // Logs are still compared afterwards, once what was there before is read again.
    attacked.ada_says("third");
    attacked.relent();
    assert_eq!(attacked.boris_reads(), ["first", "second", "third"]);
    let (to, change) = (attacked.boris, swaps_two());
    attacked.attack(Way::ATTACKED, Shows { to, change });
    attacked.ada_says("no");
    attacked.ada_says("yes");
    attacked.world.settle();
    let alarms = [attacked.ada_hears(), attacked.boris_hears()].concat();
    assert!(says!(alarms, Alarm::ServerForked { .. }), "{alarms:?}");

    let (_, alarms) = run(Way::without(Guard::Rollback));
    assert!(!says!(alarms, Alarm::ServerRolledBack { .. }), "{alarms:?}");
}

#[test]
fn hs_15_a_changed_message_is_refused_and_never_acknowledged() {
    let run = |way| {
        let mut pair = Pair::new(115, way, |pair| pair.boris);
        let to = pair.boris;
        let change = |_, mut events: Vec<Event>| {
            for event in &mut events {
                let middle = event.body.0.len() / 2;
                if event.kind == EventKind::Message {
                    event.body.0[middle] ^= 1;
                }
            }
            events
        };
        pair.attack(way, Shows { to, change });
        let message = pair.ada_says("changed on the way");
        pair.world.advance(20_000);
        (pair.boris_reads(), pair.tick(&message), pair.boris_hears())
    };
    let (read, tick, alarms) = run(Way::HONEST);
    assert_eq!(read.last().unwrap(), "changed on the way");
    assert_eq!((tick, alarms), (Some(Tick::Delivered), vec![]));

    let (read, tick, alarms) = run(Way::ATTACKED);
    assert_eq!(read, ["first", "second"]);
    assert_eq!(tick, Some(Tick::Accepted));
    assert!(says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");

    // MLS refuses it either way; unless it is said, a message is gone and nobody knows.
    let (read, _, alarms) = run(Way::without(Guard::Blame));
    assert_eq!((read.len(), alarms), (2, vec![]));
}

#[test]
fn hs_33_nothing_is_shown_under_another_name_whatever_is_changed_on_the_way() {
    let run = |way| {
        let mut pair = Pair::new(133, way, |pair| pair.boris);
        let to = pair.boris;
        // Each message is changed at another place of its head, where room, epoch and sender stand.
        let first = Rc::new(Cell::new(None));
        let change = move |_, mut events: Vec<Event>| {
            for event in &mut events {
                let first = first.get().unwrap_or(event.seq);
                let place = (event.seq - first) as usize * 9;
                if let (EventKind::Message, Some(byte)) = (event.kind, event.body.0.get_mut(place))
                {
                    *byte ^= 1;
                }
            }
            first.set(first.get().or(events.first().map(|event| event.seq)));
            events
        };
        pair.attack(way, Shows { to, change });
        for number in 0..12 {
            pair.ada_says(&format!("number {number}"));
            pair.world.advance(500);
        }
        pair.world.settle();
        let shown = pair.world.messages(to, &pair.at_boris.clone());
        let theirs = shown.into_iter().filter(|row| !row.is_mine);
        let names: Vec<String> = theirs.map(|row| row.sender_name).collect();
        (names, pair.boris_hears())
    };
    let (names, alarms) = run(Way::HONEST);
    assert_eq!((names.len(), alarms), (13, vec![]));
    let (names, alarms) = run(Way::ATTACKED);
    assert!(names.iter().all(|name| name == "Ada"), "{names:?}");
    assert!(names.len() < 13);
    assert!(says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");
    let (_, alarms) = run(Way::without(Guard::Blame));
    assert!(!says!(alarms, Alarm::ServerMisbehaved { .. }), "{alarms:?}");
}
