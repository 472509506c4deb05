//! A server that drops, repeats, reorders, changes or denies. `docs/threat-model.md` says which attack each proves.

use valise_tests::sim::{Network, Saboteur, Verdict, Who, World};
use valise_views::{Alarm, ChatId, Tick};
use valise_wire::push::{EventKind, Push};
use valise_wire::request::{Reply, Request};
use valise_wire::{Problem, Timestamp};

/// Two people with a chat in which both have written.
fn pair(seed: u64) -> (World, Who, ChatId, Who, ChatId) {
    let mut world = World::new(seed);
    let [ada, boris] = world.team(["Ada", "Boris"]);
    let at_ada = world.direct(ada, boris);
    world.says(ada, &at_ada, "first");
    world.advance(20_000);
    let at_boris = world.chat(boris, "Ada").expect("Boris sees the chat");
    world.says(boris, &at_boris, "second");
    world.advance(60_000);
    (world, ada, at_ada, boris, at_boris)
}

/// Hides one event from one person, for good.
struct Hides {
    from: Who,
    seq: Option<u64>,
}

impl Hides {
    fn hidden(&mut self, kind: EventKind, seq: u64) -> bool {
        if kind == EventKind::Message && self.seq.is_none() {
            self.seq = Some(seq);
        }
        self.seq == Some(seq)
    }
}

impl Saboteur for Hides {
    fn push(&mut self, to: Who, push: Push, _now: Timestamp) -> Vec<Push> {
        match &push {
            Push::Event(event)
                if to == self.from && self.hidden(event.event.kind, event.event.seq) =>
            {
                Vec::new()
            }
            _ => vec![push],
        }
    }

    fn reply(
        &mut self,
        to: Who,
        _request: &Request,
        reply: Result<Reply, Problem>,
        _now: Timestamp,
    ) -> Result<Reply, Problem> {
        let Ok(Reply::Events(mut page)) = reply else {
            return reply;
        };
        if to == self.from {
            page.events.retain(|event| Some(event.seq) != self.seq);
        }
        Ok(Reply::Events(page))
    }
}

fn warns_of_missing(alarms: &[Alarm]) -> bool {
    alarms.iter().any(|alarm| {
        matches!(
            alarm,
            Alarm::MessagesMissing { .. } | Alarm::ServerMisbehaved { .. }
        )
    })
}

#[test]
fn hs_01_a_dropped_message_is_noticed() {
    let (mut world, ada, at_ada, boris, at_boris) = pair(101);
    world.saboteur = Box::new(Hides {
        from: boris,
        seq: None,
    });
    world.says(ada, &at_ada, "hidden");
    world.says(ada, &at_ada, "shown after it");
    world.settle();
    let alarms = world.alarms(boris);
    assert!(warns_of_missing(&alarms), "{alarms:?}");
    assert_eq!(
        world.texts(boris, &at_boris),
        ["first", "second"],
        "nothing is shown over a gap in the log"
    );
    let ticks: Vec<_> = world
        .messages(ada, &at_ada)
        .into_iter()
        .filter(|row| row.is_mine)
        .map(|row| row.tick)
        .collect();
    assert!(
        ticks[1..].iter().all(|tick| *tick < Some(Tick::Delivered)),
        "no tick for what did not arrive: {ticks:?}"
    );

    world.saboteur = Box::new(valise_tests::sim::Honest);
    world.advance(600_000);
    assert_eq!(
        world.texts(boris, &at_boris),
        ["first", "second", "hidden", "shown after it"]
    );
}

/// Hides everything from a number on from one person, and says that there is nothing.
struct HidesTheEnd {
    from: Who,
}

impl Saboteur for HidesTheEnd {
    fn push(&mut self, to: Who, push: Push, _now: Timestamp) -> Vec<Push> {
        match &push {
            Push::Event(event) if to == self.from && event.event.kind == EventKind::Message => {
                Vec::new()
            }
            Push::RoomMoved(_) if to == self.from => Vec::new(),
            _ => vec![push],
        }
    }
}

#[test]
fn hs_03_a_hidden_last_message_comes_by_itself() {
    let (mut world, ada, at_ada, boris, at_boris) = pair(103);
    world.saboteur = Box::new(HidesTheEnd { from: boris });
    let message = world.says(ada, &at_ada, "the last");
    world.advance(10_000);
    assert_eq!(world.texts(boris, &at_boris), ["first", "second"]);
    assert_eq!(
        world.tick(ada, &at_ada, &message),
        Some(Tick::Accepted),
        "the writer sees that it did not arrive"
    );
    world.advance(1_200_000);
    assert_eq!(
        world.texts(boris, &at_boris),
        ["first", "second", "the last"],
        "asking where the room stands finds it"
    );
}

/// Says everything that is pushed five times.
struct Repeats;

impl Saboteur for Repeats {
    fn push(&mut self, _to: Who, push: Push, _now: Timestamp) -> Vec<Push> {
        vec![push; 5]
    }
}

#[test]
fn hs_05_what_is_repeated_is_shown_once() {
    let (mut world, ada, at_ada, boris, at_boris) = pair(105);
    world.saboteur = Box::new(Repeats);
    world.says(ada, &at_ada, "once");
    world.settle();
    assert_eq!(world.texts(boris, &at_boris), ["first", "second", "once"]);
    assert_eq!(world.chats(boris)[0].unread, 2);
}

/// Puts the body of an old message under every new number.
struct Replays {
    old: Option<valise_wire::push::Event>,
    victim: Who,
}

impl Saboteur for Replays {
    fn push(&mut self, to: Who, push: Push, _now: Timestamp) -> Vec<Push> {
        let Push::Event(mut event) = push else {
            return vec![push];
        };
        if to != self.victim || event.event.kind != EventKind::Message {
            return vec![event.into()];
        }
        match &self.old {
            None => self.old = Some(event.event.clone()),
            Some(old) => event.event.body = old.body.clone(),
        }
        vec![event.into()]
    }

    fn reply(
        &mut self,
        to: Who,
        _request: &Request,
        reply: Result<Reply, Problem>,
        _now: Timestamp,
    ) -> Result<Reply, Problem> {
        let Ok(Reply::Events(mut page)) = reply else {
            return reply;
        };
        if let Some(old) = self.old.as_ref().filter(|_| to == self.victim) {
            page.events
                .iter_mut()
                .filter(|event| event.seq > old.seq)
                .for_each(|event| event.body = old.body.clone());
        }
        Ok(Reply::Events(page))
    }
}

#[test]
fn hs_06_an_old_message_under_a_new_number_is_refused() {
    let (mut world, ada, at_ada, boris, at_boris) = pair(106);
    world.saboteur = Box::new(Replays {
        old: None,
        victim: boris,
    });
    world.says(ada, &at_ada, "third");
    world.advance(20_000);
    world.says(ada, &at_ada, "fourth");
    world.settle();
    let texts = world.texts(boris, &at_boris);
    assert_eq!(
        texts.iter().filter(|text| *text == "third").count(),
        1,
        "{texts:?}"
    );
}

/// Turns the order of pushed events around, in pairs.
#[derive(Default)]
struct Swaps {
    held: Option<Push>,
}

impl Saboteur for Swaps {
    fn push(&mut self, _to: Who, push: Push, _now: Timestamp) -> Vec<Push> {
        if !matches!(push, Push::Event(_)) {
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
    let (mut world, ada, at_ada, boris, at_boris) = pair(107);
    world.saboteur = Box::new(Swaps::default());
    for text in ["a", "b", "c", "d", "e"] {
        world.says(ada, &at_ada, text);
        world.advance(500);
    }
    world.saboteur = Box::new(valise_tests::sim::Honest);
    world.advance(600_000);
    assert_eq!(
        world.texts(boris, &at_boris),
        ["first", "second", "a", "b", "c", "d", "e"]
    );
}

/// Accepts messages and keeps none: `Accepted` without a log.
struct Forgets;

impl Saboteur for Forgets {
    fn request(&mut self, _from: Who, request: Request, now: Timestamp) -> Verdict {
        let Request::Send(send) = &request else {
            return Verdict::Pass(request);
        };
        use sha2::Digest as _;
        let accepted = valise_wire::request::Accepted {
            room: send.room,
            seq: 1_000,
            digest: sha2::Sha256::digest(&*send.message).into(),
            at: now,
        };
        Verdict::Answer(Ok(Reply::Accepted(accepted)))
    }
}

#[test]
fn hs_09_an_acknowledgement_without_the_message_in_the_log_is_no_tick() {
    let (mut world, ada, at_ada, boris, at_boris) = pair(109);
    world.saboteur = Box::new(Forgets);
    let message = world.says(ada, &at_ada, "kept by nobody");
    world.settle();
    assert_eq!(world.tick(ada, &at_ada, &message), Some(Tick::Waiting));
    world.saboteur = Box::new(valise_tests::sim::Honest);
    world.advance(600_000);
    assert_eq!(
        world.texts(boris, &at_boris),
        ["first", "second", "kept by nobody"],
        "it was sent again, once"
    );
}

/// Acknowledges with another message's digest.
struct WrongAnswer;

impl Saboteur for WrongAnswer {
    fn reply(
        &mut self,
        _to: Who,
        _request: &Request,
        reply: Result<Reply, Problem>,
        _now: Timestamp,
    ) -> Result<Reply, Problem> {
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
    let (mut world, ada, at_ada, boris, at_boris) = pair(110);
    world.saboteur = Box::new(WrongAnswer);
    let message = world.says(ada, &at_ada, "acknowledged wrongly");
    world.advance(5_000);
    assert_eq!(world.tick(ada, &at_ada, &message), Some(Tick::Waiting));
    world.saboteur = Box::new(valise_tests::sim::Honest);
    world.advance(600_000);
    assert_eq!(
        world.texts(boris, &at_boris),
        ["first", "second", "acknowledged wrongly"]
    );
    assert!(
        world
            .alarms(ada)
            .iter()
            .any(|alarm| matches!(alarm, Alarm::ServerMisbehaved { .. }))
    );
}

/// Claims that every room is shorter than it was, and that the store is another one.
struct RollsBack;

impl Saboteur for RollsBack {
    fn reply(
        &mut self,
        _to: Who,
        _request: &Request,
        reply: Result<Reply, Problem>,
        _now: Timestamp,
    ) -> Result<Reply, Problem> {
        let Ok(Reply::Sync(mut state)) = reply else {
            return reply;
        };
        state
            .rooms
            .iter_mut()
            .for_each(|room| room.head = room.head.min(1));
        Ok(Reply::Sync(state))
    }
}

#[test]
fn hs_11_a_log_that_got_shorter_is_said_and_nothing_is_lost() {
    let (mut world, ada, _, boris, at_boris) = pair(111);
    let honest = world.alarms(boris);
    assert!(
        !honest
            .iter()
            .any(|alarm| matches!(alarm, Alarm::ServerRolledBack { .. })),
        "{honest:?}"
    );
    world.saboteur = Box::new(RollsBack);
    world.restart_server();
    world.settle();
    let alarms = world.alarms(boris);
    assert!(
        alarms
            .iter()
            .any(|alarm| matches!(alarm, Alarm::ServerRolledBack { .. })),
        "{alarms:?}"
    );
    assert_eq!(world.texts(boris, &at_boris), ["first", "second"]);
    let _ = ada;
}

/// Changes one bit of every message to one person.
struct Flips {
    victim: Who,
}

impl Flips {
    fn flip(event: &mut valise_wire::push::Event) {
        if event.kind == EventKind::Message {
            let middle = event.body.0.len() / 2;
            event.body.0[middle] ^= 1;
        }
    }
}

impl Saboteur for Flips {
    fn push(&mut self, to: Who, push: Push, _now: Timestamp) -> Vec<Push> {
        let Push::Event(mut event) = push else {
            return vec![push];
        };
        if to == self.victim {
            Self::flip(&mut event.event);
        }
        vec![event.into()]
    }

    fn reply(
        &mut self,
        to: Who,
        _request: &Request,
        reply: Result<Reply, Problem>,
        _now: Timestamp,
    ) -> Result<Reply, Problem> {
        let Ok(Reply::Events(mut page)) = reply else {
            return reply;
        };
        if to == self.victim {
            page.events.iter_mut().for_each(Self::flip);
        }
        Ok(Reply::Events(page))
    }
}

#[test]
fn hs_15_a_changed_message_is_refused_and_never_acknowledged() {
    let (mut world, ada, at_ada, boris, at_boris) = pair(115);
    world.saboteur = Box::new(Flips { victim: boris });
    let message = world.says(ada, &at_ada, "changed on the way");
    world.settle();
    assert_eq!(world.texts(boris, &at_boris), ["first", "second"]);
    assert!(world.tick(ada, &at_ada, &message) < Some(Tick::Delivered));
    assert!(!world.alarms(boris).is_empty(), "it is said");
}

#[test]
fn a_bad_line_loses_nothing() {
    let (mut world, ada, at_ada, boris, at_boris) = pair(199);
    world.network = Network::BAD;
    for number in 0..20 {
        let (who, chat) = if number % 2 == 0 {
            (ada, &at_ada)
        } else {
            (boris, &at_boris)
        };
        world.says(who, chat, &format!("message {number}"));
        world.advance(700);
    }
    world.network = Network::GOOD;
    world.advance(900_000);
    let texts = world.texts(ada, &at_ada);
    assert_eq!(texts.len(), 22, "{texts:?}");
    assert_eq!(texts, world.texts(boris, &at_boris));
}
