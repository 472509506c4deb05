//! A server that refuses a change that members have to make.

use std::cell::Cell;
use std::rc::Rc;
use valise_tests::says;
use valise_tests::sim::{Honest, Saboteur, Verdict, Who, World};
use valise_views::{Alarm, Command, Outcome, Tick};
use valise_wire::request::Request;
use valise_wire::{Problem, ProblemCode, Timestamp};

/// Calls every commit invalid, and counts them.
struct RefusesCommits(Rc<Cell<u32>>);

impl Saboteur for RefusesCommits {
    fn request(&mut self, _from: Who, request: Request, _now: Timestamp) -> Verdict {
        if matches!(request, Request::Commit(_)) {
            self.0.set(self.0.get() + 1);
            return Verdict::Answer(Err(Problem::new(ProblemCode::Invalid)));
        }
        Verdict::Pass(request)
    }
}

#[test]
fn what_the_server_refuses_is_given_up_and_said_and_can_be_tried_again() {
    let mut world = World::new(801);
    let [ada, boris, clara] = world.team(["Ada", "Boris", "Clara"]);
    let chat = world.group(ada, "Registry", &[boris, clara]);
    world.advance(20_000);
    let count = Rc::new(Cell::new(0));
    world.saboteur = Box::new(RefusesCommits(count.clone()));
    let leaver = world.id_of(ada, clara);
    world.tell(ada, Command::RevokePerson(leaver));
    world.advance(5_000);
    // Nothing can be sent before Clara is out of the room.
    let message = world.says(ada, &chat, "without Clara");
    world.advance(3_600_000);
    assert_eq!(world.tick(ada, &chat, &message), Some(Tick::Failed));
    let alarms = world.alarms(ada);
    assert!(says!(alarms, Alarm::ChangeRefused { .. }), "{alarms:?}");
    assert!(count.get() <= 16, "{} tries of two members", count.get());

    world.saboteur = Box::new(Honest);
    assert_eq!(world.tell(ada, Command::Retry(message)), Outcome::Done);
    world.settle();
    let at_boris = world.chat(boris, "Registry").expect("Boris is in it");
    assert_eq!(world.texts(boris, &at_boris), ["without Clara"]);
    assert_eq!(world.details(ada, &chat).unwrap().members.len(), 2);
}

/// Refuses commits, and takes messages of one person without a word.
struct HearsNothing(Who);

impl Saboteur for HearsNothing {
    fn request(&mut self, from: Who, request: Request, _now: Timestamp) -> Verdict {
        match request {
            Request::Commit(_) => Verdict::Answer(Err(Problem::new(ProblemCode::Invalid))),
            Request::Send(_) if from == self.0 => Verdict::Swallow,
            other => Verdict::Pass(other),
        }
    }
}

#[test]
fn what_was_said_anew_and_is_given_up_is_as_before_and_leaves_no_hole() {
    let mut world = World::new(802);
    let [ada, boris, clara] = world.team(["Ada", "Boris", "Clara"]);
    let chat = world.group(ada, "Registry", &[boris, clara]);
    world.settle();
    let message = world.says(ada, &chat, "meet at nine");
    world.settle();
    world.saboteur = Box::new(HearsNothing(ada));
    let text = "meet at ten".into();
    let edit = Command::Edit { message, text };
    assert_eq!(world.tell(ada, edit), Outcome::Done);
    world.advance(2_000);
    assert_eq!(world.texts(ada, &chat), ["meet at ten"]);
    let leaver = world.id_of(ada, clara);
    world.tell(ada, Command::RevokePerson(leaver));
    world.advance(3_600_000);
    assert_eq!(world.texts(ada, &chat), ["meet at nine"]);

    world.saboteur = Box::new(Honest);
    world.says(ada, &chat, "without Clara");
    world.settle();
    let at_boris = world.chat(boris, "Registry").expect("Boris is in it");
    assert_eq!(
        world.texts(boris, &at_boris),
        ["meet at nine", "without Clara"]
    );
    let alarms = world.alarms(boris);
    assert!(!says!(alarms, Alarm::MessagesMissing { .. }), "{alarms:?}");
}
