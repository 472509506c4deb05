//! Answers, signs, messages that are said anew or taken back: everybody sees the same, in the order of the log.

use crate::devices::is_quiet;
use valise_tests::sim::{Network, Who, World};
use valise_views::{
    Body, ChatId, Command, ConversationWindow, Message, MessageId, Outcome, Reaction, Shown,
    Trouble, Version, View,
};

/// Ada, Boris and Clara in a group, with what Ada said first.
fn group(seed: u64) -> (World, [Who; 3], ChatId) {
    let mut world = World::new(seed);
    let people = world.team(["Ada", "Boris", "Clara"]);
    let chat = world.group(people[0], "Team", &people[1..]);
    world.settle();
    world.says(people[0], &chat, "meet at nine");
    world.settle();
    (world, people, chat)
}

fn last(world: &mut World, who: Who, chat: &ChatId) -> Message {
    world.messages(who, chat).pop().expect("there is one")
}

fn does(world: &mut World, who: Who, command: Command) {
    assert_eq!(world.tell(who, command), Outcome::Done);
    world.settle();
}

fn edit(message: MessageId, text: &str) -> Command {
    let text = text.into();
    Command::Edit { message, text }
}

fn react(message: MessageId, emoji: Option<&str>) -> Command {
    let emoji = emoji.map(Into::into);
    Command::React { message, emoji }
}

fn signs(reactions: &[Reaction]) -> Vec<(&str, usize, bool)> {
    let sign = |reaction: &'_ Reaction| reaction.people.len();
    reactions
        .iter()
        .map(|reaction| (&*reaction.emoji, sign(reaction), reaction.mine))
        .collect()
}

#[test]
fn an_answer_shows_what_it_answers() {
    let (mut world, [ada, boris, clara], chat) = group(1);
    let message = last(&mut world, boris, &chat).id;
    let answer = Command::SendText {
        chat: chat.clone(),
        text: "I am there".into(),
        reply_to: Some(message),
    };
    assert!(matches!(world.tell(boris, answer), Outcome::Sent(_)));
    world.settle();
    for who in [ada, boris, clara] {
        let first = world.messages(who, &chat)[0].id.clone();
        let quote = last(&mut world, who, &chat).reply.expect("it answers");
        assert_eq!(quote.message.as_ref(), Some(&first));
        assert_eq!((&*quote.text, &*quote.sender_name), ("meet at nine", "Ada"));
        assert_eq!(quote.is_mine, who == ada);
    }
    is_quiet(&mut world, &[ada, boris, clara]);
}

#[test]
fn what_is_said_anew_is_said_anew_to_everybody_and_what_was_said_stays() {
    let (mut world, [ada, boris, clara], chat) = group(2);
    let message = last(&mut world, ada, &chat).id;
    does(&mut world, ada, edit(message.clone(), "meet at ten"));
    does(&mut world, ada, edit(message, "meet at eleven"));
    for who in [ada, boris, clara] {
        let shown = last(&mut world, who, &chat);
        assert_eq!(shown.body, Body::Text("meet at eleven".into()));
        assert!(shown.edited);
        let view = View::Versions {
            chat: chat.clone(),
            message: shown.id,
        };
        let Shown::Versions(versions) = world.look(who, view) else {
            panic!("no versions")
        };
        let texts: Vec<&str> = versions
            .iter()
            .map(|Version { text, .. }| &**text)
            .collect();
        assert_eq!(texts, ["meet at nine", "meet at ten", "meet at eleven"]);
    }
    is_quiet(&mut world, &[ada, boris, clara]);
}

#[test]
fn what_is_taken_back_is_gone_from_every_device() {
    let (mut world, [ada, boris, clara], chat) = group(3);
    let message = last(&mut world, ada, &chat).id;
    let seen = last(&mut world, boris, &chat).id;
    does(&mut world, boris, react(seen, Some("👍")));
    does(&mut world, ada, edit(message.clone(), "meet at ten"));
    does(&mut world, ada, Command::Delete(message.clone()));
    for who in [ada, boris, clara] {
        let shown = last(&mut world, who, &chat);
        assert_eq!(shown.body, Body::Deleted);
        assert!(shown.reactions.is_empty() && !shown.edited);
        let row = world.chats(who).into_iter().find(|row| row.chat == chat);
        let row = row.expect("the chat is there");
        assert_eq!(row.unread, 0, "what is gone is not unread");
        assert!(row.preview.is_some_and(|shown| shown.deleted));
    }
    let again = world.tell(ada, edit(message, "no"));
    assert_eq!(again, Outcome::Failed(Trouble::NotAllowed));
    is_quiet(&mut world, &[ada, boris, clara]);
}

#[test]
fn one_sign_of_each_person_stands_under_a_message() {
    let (mut world, [ada, boris, clara], chat) = group(4);
    for (who, sign) in [(ada, "👍"), (boris, "🙏"), (clara, "👍")] {
        let message = last(&mut world, who, &chat).id;
        does(&mut world, who, react(message, Some(sign)));
    }
    let shown = last(&mut world, ada, &chat).reactions;
    assert_eq!(signs(&shown), [("👍", 2, true), ("🙏", 1, false)]);
    let message = last(&mut world, boris, &chat).id;
    does(&mut world, boris, react(message, Some("❤️")));
    let message = last(&mut world, clara, &chat).id;
    does(&mut world, clara, react(message, None));
    for who in [ada, boris, clara] {
        let shown = last(&mut world, who, &chat).reactions;
        assert_eq!(
            signs(&shown),
            [("👍", 1, who == ada), ("❤️", 1, who == boris)]
        );
    }
    is_quiet(&mut world, &[ada, boris, clara]);
}

#[test]
fn what_is_no_sign_is_not_put_under_a_message() {
    let (mut world, [ada, ..], chat) = group(5);
    let message = last(&mut world, ada, &chat).id;
    for sign in [
        "",
        "no",
        "7",
        "👍 👍",
        "\u{202e}👍",
        "\u{200d}",
        &"👍".repeat(17),
    ] {
        let outcome = world.tell(ada, react(message.clone(), Some(sign)));
        assert_eq!(outcome, Outcome::Failed(Trouble::BadText), "{sign:?}");
    }
}

#[test]
fn nobody_changes_what_others_said() {
    let (mut world, [ada, boris, _], chat) = group(6);
    let message = last(&mut world, boris, &chat).id;
    for command in [edit(message.clone(), "no"), Command::Delete(message)] {
        let outcome = world.tell(boris, command);
        assert_eq!(outcome, Outcome::Failed(Trouble::NotAllowed));
    }
    assert_eq!(world.texts(ada, &chat), ["meet at nine"]);
}

#[test]
fn changes_made_offline_arrive_in_order_on_a_bad_line() {
    for seed in 0..3 {
        let (mut world, [ada, boris, clara], chat) = group(100 + seed);
        world.network = Network::BAD;
        let message = last(&mut world, ada, &chat).id;
        world.set_online(ada, false);
        for text in ["one", "two", "three"] {
            assert_eq!(world.tell(ada, edit(message.clone(), text)), Outcome::Done);
        }
        assert_eq!(
            world.tell(ada, react(message.clone(), Some("👍"))),
            Outcome::Done
        );
        assert_eq!(
            world.tell(ada, react(message.clone(), Some("🙏"))),
            Outcome::Done
        );
        assert_eq!(world.tell(ada, react(message, None)), Outcome::Done);
        world.says(ada, &chat, "behind it");
        world.crash(ada);
        world.start(ada);
        world.set_online(ada, true);
        world.advance(600_000);
        for who in [ada, boris, clara] {
            let messages = world.messages(who, &chat);
            assert_eq!(messages[0].body, Body::Text("three".into()), "seed {seed}");
            assert!(messages[0].reactions.is_empty(), "seed {seed}");
            assert_eq!(world.texts(who, &chat), ["three", "behind it"]);
        }
        is_quiet(&mut world, &[ada, boris, clara]);
    }
}

#[test]
fn a_window_around_what_was_answered_is_shown() {
    let (mut world, [ada, boris, _], chat) = group(7);
    for n in 0..30 {
        world.says(ada, &chat, &format!("{n}"));
    }
    world.settle();
    let first = world.messages(boris, &chat)[0].id.clone();
    let view = View::Conversation {
        chat,
        window: ConversationWindow::Around {
            message: first.clone(),
            count: 5,
        },
    };
    let Shown::Conversation(Some(shown)) = world.look(boris, view) else {
        panic!("no conversation")
    };
    assert_eq!((shown.start, shown.messages.len()), (0, 5));
    assert!(shown.messages.iter().any(|message| message.id == first));
}

#[test]
fn what_is_handed_on_says_who_wrote_it_first() {
    let (mut world, [ada, boris, clara], chat) = group(8);
    world.sends_file(ada, &chat, "plan.pdf", b"%PDF-1.7 the plan".to_vec());
    world.settle();
    let messages: Vec<MessageId> = world
        .messages(boris, &chat)
        .into_iter()
        .map(|message| message.id)
        .collect();
    let to = world.direct(boris, clara);
    let forward = Command::Forward {
        messages,
        chats: vec![to],
    };
    does(&mut world, boris, forward);
    let at_clara = world.direct(clara, boris);
    assert_eq!(world.texts(clara, &at_clara), ["meet at nine", "plan.pdf"]);
    for message in world.messages(clara, &at_clara) {
        assert_eq!(message.sender_name, "Boris");
        let origin = message.origin.expect("it was handed on");
        assert_eq!(origin.sender_name, "Ada");
        assert!(origin.at < message.at);
    }
    let bytes = world.fetches_file(clara, &at_clara, 1);
    assert_eq!(bytes.as_deref(), Some(&b"%PDF-1.7 the plan"[..]));
    let at_boris = world.direct(boris, clara);
    let message = last(&mut world, boris, &at_boris).id;
    does(&mut world, boris, Command::Delete(message));
    for (who, chat) in [(boris, &at_boris), (clara, &at_clara)] {
        let shown = last(&mut world, who, chat);
        assert_eq!((shown.body, shown.origin), (Body::Deleted, None));
    }
    is_quiet(&mut world, &[ada, boris, clara]);
}

#[test]
fn a_chat_that_was_put_away_comes_back_with_a_message_unless_it_is_silent() {
    let (mut world, [ada, boris, _], chat) = group(9);
    for (muted, comes_back) in [(false, true), (true, false)] {
        let (id, on) = (chat.clone(), true);
        does(
            &mut world,
            boris,
            Command::Archive {
                chat: id.clone(),
                on,
            },
        );
        does(
            &mut world,
            boris,
            Command::Mute {
                chat: id,
                on: muted,
            },
        );
        let shown = world.chats(boris).iter().any(|row| row.chat == chat);
        assert!(!shown, "it was put away");
        world.says(ada, &chat, "news");
        world.settle();
        let shown = world.chats(boris).iter().any(|row| row.chat == chat);
        assert_eq!(shown, comes_back, "silent: {muted}");
    }
}
