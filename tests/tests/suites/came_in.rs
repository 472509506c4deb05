//! Coming into a room, and what a crash at that moment leaves.

use std::cell::Cell;
use std::rc::Rc;
use valise_tests::sim::{Saboteur, Verdict, Who, World};
use valise_views::{ChatFilter, Shown, View};
use valise_wire::push::Push;
use valise_wire::request::Request;
use valise_wire::{Problem, ProblemCode, Timestamp};

/// Lets one person hear of nothing in any room, but of being invited into one.
struct WelcomesAlone {
    to: Who,
    on: Rc<Cell<bool>>,
}

impl Saboteur for WelcomesAlone {
    fn request(&mut self, from: Who, request: Request, _: Timestamp) -> Verdict {
        let reads = matches!(request, Request::ReadEvents(_));
        if self.on.get() && from == self.to && reads {
            return Verdict::Answer(Err(Problem::new(ProblemCode::Unavailable)));
        }
        Verdict::Pass(request)
    }

    fn push(&mut self, to: Who, push: Push, _: Timestamp) -> Vec<Push> {
        let is_event = matches!(push, Push::Event(_));
        if self.on.get() && to == self.to && is_event {
            return vec![];
        }
        vec![push]
    }
}

/// A room's size that stood in memory alone was lost by this, and the room was one person's for ever: nothing left it.
#[test]
fn who_crashes_on_coming_in_writes_afterwards() {
    let mut world = World::new(1);
    let [ada, boris] = world.team(["Ada", "Boris"]);
    world.settle();
    let on = Rc::new(Cell::new(true));
    world.saboteur = Box::new(WelcomesAlone {
        to: boris,
        on: Rc::clone(&on),
    });
    let chat = world.direct(ada, boris);
    world.says(ada, &chat, "are you in?");
    world.advance(10_000);
    let everything = View::Chats {
        filter: ChatFilter::All,
        search: String::new(),
    };
    let Shown::Chats(list) = world.look(boris, everything) else {
        panic!("no chats");
    };
    let [row] = &list.rows[..] else {
        panic!("he is in no chat but {:?}", list.rows);
    };
    let his = row.chat.clone();
    world.crash(boris);
    world.start(boris);
    on.set(false);
    world.settle();
    world.says(boris, &his, "I am in");
    world.settle();
    assert_eq!(world.texts(ada, &chat), ["are you in?", "I am in"]);
}
