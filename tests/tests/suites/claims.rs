//! Whoever has no key packages yet is waited for, and not asked for without a pause.

use crate::devices::{approves, meets, shows, talk, waits};
use std::cell::Cell;
use std::rc::Rc;
use valise_tests::sim::{Saboteur, Verdict, Who};
use valise_views::{Outcome, Status};
use valise_wire::Timestamp;
use valise_wire::request::Request;

/// Counts how often somebody asks for key packages.
struct Counts(Rc<Cell<u32>>);

impl Saboteur for Counts {
    fn request(&mut self, _from: Who, request: Request, _now: Timestamp) -> Verdict {
        if matches!(request, Request::ClaimKeyPackages(_)) {
            self.0.set(self.0.get() + 1);
        }
        Verdict::Pass(request)
    }
}

#[test]
fn a_new_device_that_is_slow_is_asked_for_every_few_seconds_and_comes_in_when_it_is_there() {
    let (mut world, ada, _, _) = talk(31);
    let asked = Rc::new(Cell::new(0));
    world.saboteur = Box::new(Counts(Rc::clone(&asked)));
    let phone = waits(&mut world);
    let code = shows(&mut world, phone).code;
    meets(&mut world, ada, code).expect("it waits");
    world.advance(2_000);
    world.set_online(phone, false);
    assert_eq!(approves(&mut world, ada), Outcome::Done);
    world.advance(30_000);
    assert!(
        (1..10).contains(&asked.get()),
        "asked {} times",
        asked.get()
    );

    world.set_online(phone, true);
    world.advance(30_000);
    let Status::Ready(ready) = world.status(phone) else {
        panic!("it is not linked");
    };
    assert_eq!(ready.past, None, "it is not in the rooms yet");
}
