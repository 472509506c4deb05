//! How a device says that it can be woken, and what for it is to be left alone.

use std::cell::RefCell;
use std::rc::Rc;
use valise_tests::sim::{Saboteur, Verdict, Who, World};
use valise_views::request::Asks;
use valise_views::{Command, Outcome, PushSubscription};
use valise_wire::Timestamp;
use valise_wire::request::{KeepSubscription, Request};

/// What was said about waking.
#[derive(Debug, Clone, PartialEq)]
enum Said {
    Wake { silent: usize },
    Leave,
    Message { wakes: bool },
}

/// Writes down what is said about waking; the rest passes.
struct Listening(Rc<RefCell<Vec<(Who, Said)>>>);

impl Saboteur for Listening {
    fn request(&mut self, from: Who, request: Request, _: Timestamp) -> Verdict {
        let said = match &request {
            Request::KeepSubscription(KeepSubscription { silent, .. }) => Some(Said::Wake {
                silent: silent.len(),
            }),
            Request::ForgetSubscription(_) => Some(Said::Leave),
            Request::Send(send) => Some(Said::Message { wakes: send.wakes }),
            _ => None,
        };
        self.0.borrow_mut().extend(said.map(|said| (from, said)));
        Verdict::Pass(request)
    }
}

fn listen(world: &mut World) -> Rc<RefCell<Vec<(Who, Said)>>> {
    let said = Rc::default();
    world.saboteur = Box::new(Listening(Rc::clone(&said)));
    said
}

fn subscription() -> Command {
    Command::WakeBy(Some(PushSubscription {
        endpoint: "https://push.example/1".into(),
        key: vec![4; 65],
        auth: [5; 16],
    }))
}

#[test]
fn the_server_hears_how_to_wake_a_device_and_where_it_wants_silence() {
    let mut world = World::new(1);
    let [ada, boris] = world.team(["Ada", "Boris"]);
    let chat = world.group(ada, "Team", &[boris]);
    world.settle();
    let heard = listen(&mut world);
    let of_ada = || -> Vec<Said> {
        let said = heard.borrow_mut().split_off(0);
        let own = said.into_iter().filter(|(who, _)| *who == ada);
        own.map(|(_, said)| said)
            .filter(|said| !matches!(said, Said::Message { .. }))
            .collect()
    };
    assert_eq!(world.tell(ada, subscription()), Outcome::Done);
    world.settle();
    assert_eq!(of_ada(), [Said::Wake { silent: 0 }]);
    let mute = |on| Command::Mute {
        chat: chat.clone(),
        on,
    };
    world.tell(ada, mute(true));
    world.settle();
    assert_eq!(of_ada(), [Said::Wake { silent: 1 }]);
    // The server may have been set up anew meanwhile: each connection says it again.
    world.set_online(ada, false);
    world.advance(5_000);
    world.set_online(ada, true);
    world.settle();
    assert_eq!(of_ada(), [Said::Wake { silent: 1 }]);
    world.tell(ada, Command::WakeBy(None));
    world.settle();
    assert_eq!(of_ada(), [Said::Leave]);
}

#[test]
fn a_text_wakes_and_a_receipt_does_not() {
    let mut world = World::new(2);
    let [ada, boris] = world.team(["Ada", "Boris"]);
    let chat = world.group(ada, "Team", &[boris]);
    world.settle();
    let heard = listen(&mut world);
    world.says(ada, &chat, "meet at nine");
    world.settle();
    let said = heard.borrow_mut().split_off(0);
    let count = |of: Who, wakes: bool| {
        let such = Said::Message { wakes };
        said.iter()
            .filter(|(who, said)| *who == of && *said == such)
            .count()
    };
    assert_eq!(count(ada, true), 1);
    assert_eq!(count(boris, true), 0);
    assert!(count(boris, false) > 0, "he has received it, and says so");
}

/// What somebody has to do something about wakes him though no chat shows it; what is only done does not.
#[test]
fn who_may_release_is_woken_by_what_waits_and_who_asked_by_what_comes_back() {
    let mut scene = super::seals::scene(3, Asks::FourEyes);
    let (boris, emil) = (scene.pair.boris, scene.emil);
    let heard = listen(scene.world());
    let woken_by = |who: Who| {
        let said = heard.borrow_mut().split_off(0).into_iter();
        let wakes = Said::Message { wakes: true };
        said.filter(|it| *it == (who, wakes.clone())).count()
    };
    scene.boris_asks("the account of Mr. Petrov");
    assert!(woken_by(boris) > 0, "what waits");
    let id = scene.waits_for(emil)[0].id.clone();
    let note = "Without his address.".to_owned();
    let back = Command::SendBack { id, note };
    assert_eq!(scene.world().tell(emil, back), Outcome::Done);
    scene.world().advance(20_000);
    assert_eq!(woken_by(emil), 1, "what comes back");
    scene.boris_asks("the card");
    heard.borrow_mut().clear();
    scene.releases(emil);
    assert_eq!(woken_by(emil), 0, "a seal is nothing to look at");
}
