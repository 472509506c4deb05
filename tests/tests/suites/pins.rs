//! Owners pin messages, in a direct room both sides do; everybody finds the same ones.

use valise_tests::sim::{Network, Who, World};
use valise_views::{ChatId, Command, MessageId, Outcome, Trouble};

fn group(seed: u64) -> (World, [Who; 3], ChatId) {
    let mut world = World::new(seed);
    let people = world.team(["Ada", "Boris", "Clara"]);
    let chat = world.group(people[0], "Team", &people[1..]);
    world.settle();
    for text in ["one", "two", "three"] {
        world.says(people[0], &chat, text);
        world.settle();
    }
    (world, people, chat)
}

fn named(world: &mut World, who: Who, chat: &ChatId, place: usize) -> MessageId {
    let texts = ["one", "two", "three"];
    let messages = world.messages(who, chat);
    let said = valise_views::Body::Text(texts[place].into());
    let found = messages.into_iter().find(|message| message.body == said);
    found.expect("it stands there").id
}

fn pin(world: &mut World, who: Who, chat: &ChatId, place: usize, on: bool) -> Outcome {
    let message = named(world, who, chat, place);
    let outcome = world.tell(who, Command::PinMessage { message, on });
    world.settle();
    outcome
}

fn pinned(world: &mut World, who: Who, chat: &ChatId) -> Vec<String> {
    let shown = world.conversation(who, chat).expect("a chat").pinned;
    shown.into_iter().map(|pin| pin.text).collect()
}

#[test]
fn everybody_finds_what_an_owner_pinned_the_last_one_first() {
    let (mut world, [ada, boris, clara], chat) = group(1);
    for (place, on) in [(0, true), (1, true), (2, true), (1, false), (0, true)] {
        assert_eq!(pin(&mut world, ada, &chat, place, on), Outcome::Done);
    }
    for who in [ada, boris, clara] {
        assert_eq!(pinned(&mut world, who, &chat), ["three", "one"]);
        let marked = world.messages(who, &chat);
        assert_eq!(marked.iter().filter(|message| message.pinned).count(), 2);
        assert!(world.alarms(who).is_empty(), "{:?}", world.alarms(who));
    }
    let gone = named(&mut world, ada, &chat, 2);
    assert_eq!(world.tell(ada, Command::Delete(gone)), Outcome::Done);
    world.settle();
    for who in [ada, boris, clara] {
        assert_eq!(pinned(&mut world, who, &chat), ["one"]);
    }
}

#[test]
fn who_owns_nothing_pins_nothing() {
    let (mut world, [ada, boris, _], chat) = group(2);
    let refused = Outcome::Failed(Trouble::NotAllowed);
    assert_eq!(pin(&mut world, boris, &chat, 0, true), refused);
    assert!(pinned(&mut world, ada, &chat).is_empty());
    assert!(!world.conversation(boris, &chat).unwrap().may_pin);
    assert!(world.conversation(ada, &chat).unwrap().may_pin);
}

#[test]
fn in_a_direct_chat_both_pin() {
    let mut world = World::new(3);
    let [ada, boris] = world.team(["Ada", "Boris"]);
    let at_ada = world.direct(ada, boris);
    for text in ["one", "two"] {
        world.says(ada, &at_ada, text);
        world.settle();
    }
    let at_boris = world.direct(boris, ada);
    assert_eq!(pin(&mut world, boris, &at_boris, 0, true), Outcome::Done);
    assert_eq!(pin(&mut world, ada, &at_ada, 1, true), Outcome::Done);
    assert_eq!(pinned(&mut world, ada, &at_ada), ["two", "one"]);
    assert_eq!(pinned(&mut world, boris, &at_boris), ["two", "one"]);
    assert_eq!(pin(&mut world, ada, &at_ada, 0, false), Outcome::Done);
    assert_eq!(pinned(&mut world, boris, &at_boris), ["two"]);
}

#[test]
fn what_was_pinned_without_a_line_is_pinned_for_all_in_the_end() {
    let (mut world, [ada, boris, clara], chat) = group(4);
    world.network = Network::BAD;
    world.set_online(ada, false);
    for (place, on) in [(0, true), (0, false), (1, true)] {
        let message = named(&mut world, ada, &chat, place);
        let outcome = world.tell(ada, Command::PinMessage { message, on });
        assert_eq!(outcome, Outcome::Done);
    }
    assert_eq!(pinned(&mut world, ada, &chat), ["two"], "at once");
    world.crash(ada);
    world.start(ada);
    world.set_online(ada, true);
    world.advance(600_000);
    for who in [ada, boris, clara] {
        assert_eq!(pinned(&mut world, who, &chat), ["two"]);
    }
}
