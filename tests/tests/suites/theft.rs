//! A device's whole state in other hands: what was read cannot be opened anew with it, and what comes after the device was removed not
//! at all.

use valise_client::{Guard, Guards};
use valise_tests::sim::{Who, World};
use valise_views::{ChatId, Command, DeviceId, Outcome, Status};

use crate::devices::{chat, linked};

/// Ada and Boris in a group; what is said in it, before and after he has read.
fn talk(seed: u64) -> (World, Who, Who, ChatId) {
    let mut world = World::new(seed);
    let [ada, boris] = world.team(["Ada", "Boris"]);
    let chat = world.group(ada, "Team", &[boris]);
    world.settle();
    (world, ada, boris, chat)
}

#[test]
fn ft_65_with_the_state_of_a_device_nothing_is_opened_that_it_has_read_and_forgotten() {
    let opened = |is_read: bool| {
        let (mut world, ada, boris, chat) = talk(65);
        world.set_online(boris, is_read);
        for text in ["one", "two", "three"] {
            world.says(ada, &chat, text);
            world.advance(2_000);
        }
        world.settle();
        if is_read {
            assert_eq!(world.texts(boris, &chat).len(), 3);
        }
        let copy = world.copy(boris);
        world.crash(boris);
        // What was read is forgotten, and the thief lets a client that guards nothing begin the log anew: the hub has all of it.
        let since = copy.forgets_and_reads_anew();
        world.guards = Guards::ALL
            .without(Guard::SetBack)
            .without(Guard::Rollback)
            .without(Guard::Checkpoints)
            .without(Guard::Blame);
        let thief = world.take_up(copy, "thief");
        world.settle();
        let given = world.of(thief).cursor() > since;
        (given, world.texts(thief, &chat))
    };
    let all = ["one", "two", "three"].map(String::from).to_vec();
    // The same with the state from before the reading: then it is the keys that are missing, and nothing else.
    assert_eq!(opened(false), (true, all));
    assert_eq!(opened(true), (true, vec![]));
}

#[test]
fn ft_66_a_copy_of_a_device_that_was_removed_opens_nothing_and_says_nothing() {
    let run = |removed: bool| {
        let (mut world, ada, boris, at_ada) = talk(66);
        let phone = linked(&mut world, ada);
        let copy = world.copy(phone);
        world.crash(phone);
        if removed {
            let id = world.of(phone).device.expect("it has signed in");
            let remove = Command::RemoveDevice(DeviceId(id.to_string()));
            assert_eq!(world.tell(ada, remove), Outcome::Done);
            world.advance(60_000);
        }
        world.says(ada, &at_ada, "the phone is stolen");
        world.settle();
        let thief = world.take_up(copy, "thief");
        world.settle();
        let at_thief = chat(&mut world, thief, "Team");
        let heard = world.texts(thief, &at_thief);
        let says = Command::SendText {
            chat: at_thief,
            text: "it is me".into(),
            reply_to: None,
        };
        world.ask(thief, says);
        world.settle();
        let knows = matches!(world.status(thief), Status::Ready(ready) if ready.removed);
        let at_boris = chat(&mut world, boris, "Team");
        (heard, knows, world.texts(boris, &at_boris))
    };
    let stolen = "the phone is stolen".to_owned();
    let (heard, knows, read) = run(false);
    assert_eq!(
        (heard, knows),
        (vec![stolen.clone()], false),
        "until then it is the device"
    );
    assert_eq!(read, [stolen.clone(), "it is me".to_owned()]);
    assert_eq!(run(true), (vec![], true, vec![stolen]));
}
