//! Who is here: seen between two who both show it, and by nobody else.

use valise_client::io::Input;
use valise_tests::sim::{Who, World};
use valise_views::conversation::Presence;
use valise_views::{ChatId, Command, Outcome};

/// Ada and Boris in a chat of two; what each of them shows.
fn two(seed: u64, shares: [bool; 2]) -> (World, [Who; 3], ChatId) {
    let mut world = World::new(seed);
    let people = world.team(["Ada", "Boris", "Clara"]);
    let chat = world.direct(people[0], people[1]);
    world.says(people[0], &chat, "hello");
    world.settle();
    for (who, shares) in people.into_iter().zip(shares) {
        assert_eq!(
            world.tell(who, Command::SharePresence(shares)),
            Outcome::Done
        );
    }
    for who in people {
        world.give(who, Input::Visible(true));
    }
    (world, people, chat)
}

/// Somebody looks at the chat with the other.
fn looks(world: &mut World, who: Who, other: &str) {
    let chat = world.chat(who, other).expect("a chat");
    assert_eq!(world.tell(who, Command::LookAt(chat)), Outcome::Done);
    world.advance(2_000);
}

/// What somebody sees of the other.
fn sees(world: &mut World, who: Who, other: &str) -> Option<Presence> {
    let chat = world.chat(who, other).expect("a chat");
    world.conversation(who, &chat).expect("a chat").presence
}

#[test]
fn who_looks_at_the_chat_and_is_answered_sees_the_other_and_is_seen() {
    let (mut world, [ada, boris, _], _) = two(401, [true, true]);
    assert_eq!(sees(&mut world, ada, "Boris"), None);
    looks(&mut world, ada, "Boris");
    assert_eq!(sees(&mut world, ada, "Boris"), Some(Presence::Here));
    assert_eq!(sees(&mut world, boris, "Ada"), Some(Presence::Here));

    // He goes: she sees at once when that was.
    world.give(boris, Input::Visible(false));
    world.advance(2_000);
    assert!(matches!(sees(&mut world, ada, "Boris"), Some(Presence::Last(at)) if at % 60_000 == 0));
    looks(&mut world, ada, "Boris");
    assert!(matches!(
        sees(&mut world, ada, "Boris"),
        Some(Presence::Last(_))
    ));
}

#[test]
fn who_is_silent_is_here_no_longer_and_a_restart_keeps_when_it_was() {
    let (mut world, [ada, boris, _], _) = two(402, [true, true]);
    looks(&mut world, ada, "Boris");
    world.set_online(boris, false);
    world.advance(100_000);
    assert!(matches!(
        sees(&mut world, ada, "Boris"),
        Some(Presence::Last(_))
    ));
    world.crash(ada);
    world.start(ada);
    world.advance(2_000);
    assert!(matches!(
        sees(&mut world, ada, "Boris"),
        Some(Presence::Last(_))
    ));
}

#[test]
fn who_does_not_show_it_says_nothing_and_sees_nothing() {
    for shares in [[true, false], [false, true], [false, false]] {
        let (mut world, [ada, boris, _], _) = two(403, shares);
        looks(&mut world, ada, "Boris");
        looks(&mut world, boris, "Ada");
        let seen = [
            sees(&mut world, ada, "Boris"),
            sees(&mut world, boris, "Ada"),
        ];
        assert_eq!(seen, [None, None], "{shares:?}");
    }
}

#[test]
fn who_shows_it_no_longer_goes_and_forgets() {
    let (mut world, [ada, boris, _], _) = two(404, [true, true]);
    looks(&mut world, ada, "Boris");
    assert_eq!(
        world.tell(boris, Command::SharePresence(false)),
        Outcome::Done
    );
    world.advance(2_000);
    assert!(matches!(
        sees(&mut world, ada, "Boris"),
        Some(Presence::Last(_))
    ));
    assert_eq!(sees(&mut world, boris, "Ada"), None);
    // What Ada says now comes to nobody who would keep it.
    looks(&mut world, ada, "Boris");
    assert_eq!(
        world.tell(boris, Command::SharePresence(true)),
        Outcome::Done
    );
    assert_eq!(sees(&mut world, boris, "Ada"), None);
}

#[test]
fn no_group_hears_of_it_and_nobody_who_is_not_looking_answers() {
    let (mut world, [ada, boris, clara], _) = two(405, [true, true]);
    assert_eq!(
        world.tell(clara, Command::SharePresence(true)),
        Outcome::Done
    );
    let group = world.group(ada, "Team", &[boris, clara]);
    world.settle();
    assert_eq!(
        world.tell(ada, Command::LookAt(group.clone())),
        Outcome::Done
    );
    world.advance(2_000);
    for who in [boris, clara] {
        let chat = world.chat(who, "Team").expect("a chat");
        assert_eq!(
            world.conversation(who, &chat).expect("a chat").presence,
            None
        );
    }
    assert_eq!(sees(&mut world, boris, "Ada"), None);

    world.give(boris, Input::Visible(false));
    looks(&mut world, ada, "Boris");
    assert_eq!(sees(&mut world, ada, "Boris"), None);
    assert_eq!(sees(&mut world, boris, "Ada"), Some(Presence::Here));
}
