//! Whoever has no key packages yet is waited for, and not asked for without a pause.

use crate::devices::{approves, meets, shows, talk, waits};
use valise_tests::sim::{Counted, Counts};
use valise_views::{Outcome, Status};
use valise_wire::request::Request;

#[test]
fn a_new_device_that_is_slow_is_asked_for_every_few_seconds_and_comes_in_when_it_is_there() {
    let (mut world, ada, _, _) = talk(31);
    let counted = Counted::default();
    world.saboteur = Box::new(Counts {
        of: ada,
        counted: counted.clone(),
        change: |_: &Request, reply| reply,
    });
    let phone = waits(&mut world);
    let code = shows(&mut world, phone).code;
    meets(&mut world, ada, code).expect("it waits");
    world.advance(2_000);
    world.set_online(phone, false);
    assert_eq!(approves(&mut world, ada), Outcome::Done);
    world.advance(30_000);
    let asked = counted.of("ClaimKeyPackages");
    assert!((1..10).contains(&asked), "asked {asked} times");

    world.set_online(phone, true);
    world.advance(30_000);
    let Status::Ready(ready) = world.status(phone) else {
        panic!("it is not linked");
    };
    assert_eq!(ready.past, None, "it is not in the rooms yet");
}
