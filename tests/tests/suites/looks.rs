//! What a device hears of a room that lives elsewhere while it looks into it, or just behind: its own server brings it no events, and says only
//! that the room moved.

use std::cell::RefCell;
use std::rc::Rc;
use valise_tests::sim::{Saboteur, Who, World};
use valise_views::ChatId;
use valise_wire::push::Push;
use valise_wire::request::{Reply, Request};
use valise_wire::{Problem, Timestamp};

/// When somebody was told that a room moved, looked into one, and was shown nothing.
#[derive(Default)]
struct Seen {
    told: Vec<Timestamp>,
    looked: Vec<Timestamp>,
    in_vain: Vec<Timestamp>,
}

/// A server whose copy of a room was a moment behind when the first look came, and who says so later than that the room moved.
struct Behind {
    of: Who,
    seen: Rc<RefCell<Seen>>,
}

impl Saboteur for Behind {
    fn reply(
        &mut self,
        to: Who,
        request: &Request,
        reply: Result<Reply, Problem>,
        now: Timestamp,
    ) -> Result<Reply, Problem> {
        let (Request::ReadEvents(asked), Ok(Reply::Events(page))) = (request, &reply) else {
            return reply;
        };
        if to != self.of {
            return reply;
        }
        let mut seen = self.seen.borrow_mut();
        seen.looked.push(now);
        if !seen.in_vain.is_empty() {
            return reply;
        }
        seen.in_vain.push(now);
        let mut before = page.clone();
        before.events.clear();
        before.head = asked.after;
        Ok(before.into())
    }

    fn push(&mut self, to: Who, push: Push, now: Timestamp) -> Vec<Push> {
        if to == self.of && matches!(push, Push::RoomMoved(_)) {
            self.seen.borrow_mut().told.push(now);
        }
        vec![push]
    }
}

struct Scene {
    world: World,
    anna: Who,
    clara: Who,
    here: ChatId,
    there: ChatId,
    seen: Rc<RefCell<Seen>>,
}

/// Anna of the office and Clara of the bank in a chat that lives at the office's server.
fn scene(seed: u64) -> Scene {
    let mut world = World::new(seed);
    let bank = world.add_server("bank.example");
    let [anna, _] = world.team(["Anna", "Boris"]);
    let clara = world.found_at(bank, "Harbour Bank", "Clara");
    world.make_partners(anna, clara);
    let here = world.direct_with(anna, "clara@bank.example");
    world.says(anna, &here, "hello");
    world.settle();
    let there = world.chats(clara)[0].chat.clone();
    let seen = Rc::new(RefCell::new(Seen::default()));
    let saboteur = Behind {
        of: clara,
        seen: seen.clone(),
    };
    world.saboteur = Box::new(saboteur);
    Scene {
        world,
        anna,
        clara,
        here,
        there,
        seen,
    }
}

/// A room moves while a device looks into it, and the answer to that look says what was before.
#[test]
fn what_was_said_during_a_look_is_not_taken_back_by_its_answer() {
    for seed in 1..=3 {
        let mut scene = scene(seed);
        scene.world.network.pages_later_ms = 2_000;
        scene.world.says(scene.anna, &scene.here, "one");
        scene.world.advance(1_000);
        scene.world.says(scene.anna, &scene.here, "two");
        scene.world.advance(1_000);
        {
            let seen = scene.seen.borrow();
            let answered = seen.in_vain[0].plus_millis(2_000);
            assert!(seen.told.iter().any(|told| *told > seen.in_vain[0]));
            assert!(seen.told.iter().all(|told| *told < answered));
            assert_eq!(seen.looked.len(), 1, "one look at a time");
        }
        // The answer, the next look, and its answer. Nothing else is said, so that nothing else tells.
        scene.world.advance(3_500);
        let texts = scene.world.texts(scene.clara, &scene.there);
        assert_eq!(texts, ["hello", "one", "two"], "{seed}");
    }
}

/// A room moves just behind a look that saw nothing: it is looked into at once, and not after a second.
#[test]
fn who_looked_in_vain_looks_again_when_he_hears_of_the_next() {
    for seed in 1..=3 {
        let mut scene = scene(seed);
        scene.world.says(scene.anna, &scene.here, "one");
        scene.world.advance(400);
        scene.world.says(scene.anna, &scene.here, "two");
        scene.world.advance(5_000);
        let seen = scene.seen.borrow();
        let in_vain = seen.in_vain[0];
        let told = seen.told.iter().find(|told| **told > in_vain).unwrap();
        assert!(told.millis_since(in_vain) < 800, "{seed}: soon behind it");
        let again = seen.looked.iter().find(|looked| **looked > in_vain);
        // There and back, as long as the line takes.
        assert!(again.unwrap().millis_since(*told) <= 60, "{seed}");
        let texts = scene.world.texts(scene.clara, &scene.there);
        assert_eq!(texts, ["hello", "one", "two"]);
    }
}
