//! People are mentioned by who they are: everybody sees the name of today, and whoever is mentioned hears of it.

use valise_tests::sim::{Who, World};
use valise_views::mention::{Chosen, Piece, pieces, spoken, written};
use valise_views::{
    Body, ChatId, ChatRow, Command, Message, MessageId, Outcome, Shown, Status, View,
};

/// Ada, Boris and Clara in a group.
fn group(seed: u64) -> (World, [Who; 3], ChatId) {
    let mut world = World::new(seed);
    let people = world.team(["Ada", "Boris", "Clara"]);
    let chat = world.group(people[0], "Team", &people[1..]);
    world.settle();
    (world, people, chat)
}

fn does(world: &mut World, who: Who, command: Command) {
    assert_eq!(world.tell(who, command), Outcome::Done);
    world.settle();
}

/// Writes a text in which `@` and the names of members mention them.
fn mentions(world: &mut World, who: Who, chat: &ChatId, text: &str) -> MessageId {
    let members = world.details(who, chat).expect("a chat").members;
    let chosen: Vec<Chosen> = members
        .into_iter()
        .map(|member| Chosen {
            name: member.name,
            address: member.mention,
        })
        .collect();
    let message = world.says(who, chat, &written(text, &chosen));
    world.settle();
    message
}

fn last(world: &mut World, who: Who, chat: &ChatId) -> Message {
    world.messages(who, chat).pop().expect("there is one")
}

fn read(message: &Message) -> String {
    let Body::Text(text) = &message.body else {
        panic!("no text")
    };
    spoken(text, &message.mentions)
}

fn row(world: &mut World, who: Who, chat: &ChatId) -> ChatRow {
    let rows = world.chats(who);
    rows.into_iter()
        .find(|row| row.chat == *chat)
        .expect("it is in the list")
}

fn unread(world: &mut World, who: Who) -> u32 {
    match world.status(who) {
        Status::Ready(ready) => ready.unread,
        other => panic!("{other:?}"),
    }
}

#[test]
fn everybody_sees_the_name_of_today_and_the_mentioned_one_that_it_is_he() {
    let (mut world, [ada, boris, clara], chat) = group(1);
    mentions(&mut world, ada, &chat, "ask @Boris, please");
    for who in [ada, boris, clara] {
        let shown = last(&mut world, who, &chat);
        assert_eq!(read(&shown), "ask @Boris, please");
        let mention = &shown.mentions[0];
        assert!(mention.is_member);
        assert_eq!(mention.is_me, who == boris);
    }
    let (name, picture) = ("Boris the Bold".to_owned(), None);
    does(&mut world, boris, Command::SetProfile { name, picture });
    world.advance(60_000);
    for who in [ada, boris, clara] {
        let shown = last(&mut world, who, &chat);
        assert_eq!(read(&shown), "ask @Boris the Bold, please");
        let line = row(&mut world, who, &chat).preview.expect("a line").text;
        assert_eq!(line, "ask @Boris the Bold, please");
    }
    for who in [ada, boris, clara] {
        assert!(world.alarms(who).is_empty(), "{:?}", world.alarms(who));
    }
}

#[test]
fn a_mention_is_counted_apart_and_heard_of_in_a_silent_chat() {
    let (mut world, [ada, boris, clara], chat) = group(2);
    for who in [boris, clara] {
        let (chat, on) = (chat.clone(), true);
        does(&mut world, who, Command::Mute { chat, on });
    }
    world.says(ada, &chat, "good morning");
    world.settle();
    mentions(&mut world, ada, &chat, "@Boris, are you there?");
    assert_eq!(
        (
            row(&mut world, boris, &chat).unread,
            row(&mut world, boris, &chat).mentions
        ),
        (2, 1)
    );
    assert_eq!(
        (
            row(&mut world, clara, &chat).unread,
            row(&mut world, clara, &chat).mentions
        ),
        (2, 0)
    );
    assert_eq!(
        (unread(&mut world, boris), unread(&mut world, clara)),
        (1, 0)
    );
    let heard: Vec<&str> = world
        .of(boris)
        .notified
        .iter()
        .map(|message| &*message.preview)
        .collect();
    assert_eq!(heard, ["@Boris, are you there?"]);
    assert!(world.of(clara).notified.is_empty());

    does(&mut world, boris, Command::MarkAllRead(chat.clone()));
    assert_eq!(
        (
            row(&mut world, boris, &chat).unread,
            row(&mut world, boris, &chat).mentions
        ),
        (0, 0)
    );
    assert_eq!(unread(&mut world, boris), 0);
}

#[test]
fn what_is_taken_back_is_no_mention() {
    let (mut world, [ada, boris, _], chat) = group(3);
    let message = mentions(&mut world, ada, &chat, "@Boris, come here");
    assert_eq!(row(&mut world, boris, &chat).mentions, 1);
    does(&mut world, ada, Command::Delete(message));
    assert_eq!(row(&mut world, boris, &chat).mentions, 0);
}

#[test]
fn a_mention_brings_a_silent_chat_back_that_was_put_away() {
    let (mut world, [ada, boris, _], chat) = group(4);
    let on = true;
    does(
        &mut world,
        boris,
        Command::Mute {
            chat: chat.clone(),
            on,
        },
    );
    does(
        &mut world,
        boris,
        Command::Archive {
            chat: chat.clone(),
            on,
        },
    );
    world.says(ada, &chat, "nothing for anybody");
    world.settle();
    let stands = world.chats(boris).iter().any(|row| row.chat == chat);
    assert!(!stands, "it stays put away");
    mentions(&mut world, ada, &chat, "@Boris?");
    assert_eq!(row(&mut world, boris, &chat).mentions, 1);
}

#[test]
fn who_left_is_named_and_no_longer_mentioned() {
    let (mut world, [ada, boris, clara], chat) = group(5);
    mentions(&mut world, ada, &chat, "ask @Clara");
    does(&mut world, clara, Command::Leave(chat.clone()));
    world.advance(60_000);
    let shown = world.messages(boris, &chat);
    let shown = shown
        .iter()
        .find(|message| !message.mentions.is_empty())
        .expect("it stands there");
    assert_eq!(read(shown), "ask @Clara");
    assert!(!shown.mentions[0].is_member);
}

#[test]
fn what_is_handed_on_calls_nobody() {
    let (mut world, [ada, boris, clara], chat) = group(6);
    mentions(&mut world, ada, &chat, "@Boris and @Clara, look");
    let other = world.group(boris, "Other", &[clara]);
    world.settle();
    let message = last(&mut world, boris, &chat).id;
    let (messages, chats) = (vec![message], vec![other.clone()]);
    does(&mut world, boris, Command::Forward { messages, chats });
    let shown = last(&mut world, clara, &other);
    assert_eq!(shown.body, Body::Text("@Boris and @Clara, look".into()));
    assert_eq!(row(&mut world, clara, &other).mentions, 0);
}

#[test]
fn an_edit_keeps_mentions_and_versions_show_them() {
    let (mut world, [ada, boris, _], chat) = group(7);
    let message = mentions(&mut world, ada, &chat, "ask @Boris");
    let Body::Text(text) = last(&mut world, ada, &chat).body else {
        panic!("no text")
    };
    let text = format!("please {text}");
    does(&mut world, ada, Command::Edit { message, text });
    let shown = last(&mut world, boris, &chat);
    assert_eq!(read(&shown), "please ask @Boris");
    let view = View::Versions {
        chat: chat.clone(),
        message: shown.id,
    };
    let Shown::Versions(versions) = world.look(boris, view) else {
        panic!("no versions")
    };
    let read: Vec<String> = versions
        .iter()
        .map(|version| spoken(&version.text, &version.mentions))
        .collect();
    assert_eq!(read, ["ask @Boris", "please ask @Boris"]);
}

#[test]
fn a_mention_is_found_by_the_name() {
    let (mut world, [ada, boris, _], chat) = group(8);
    mentions(&mut world, ada, &chat, "ask @Clara about it");
    let search = |world: &mut World, typed: &str| {
        let view = View::Search {
            typed: typed.into(),
            chat: None,
            offset_minutes: 0,
            count: 10,
        };
        match world.look(boris, view) {
            Shown::Found(found) => found.hits,
            other => panic!("{other:?}"),
        }
    };
    let hits = search(&mut world, "clara");
    let shown: String = hits[0].text.iter().map(|piece| &*piece.text).collect();
    assert_eq!(shown, "ask @Clara about it");
    assert!(
        search(&mut world, "mimi").is_empty(),
        "the address is no word"
    );
}

#[test]
fn whom_nobody_knows_is_text() {
    let (mut world, [ada, boris, _], chat) = group(9);
    for text in [
        "[@Boris](mimi://elsewhere.example/u/00000000000000000000000000000000)",
        "[@Boris](mimi://office.example/u/00000000000000000000000000000000)",
        "[@Boris](https://evil.example)",
    ] {
        world.says(ada, &chat, text);
        world.settle();
        let shown = last(&mut world, boris, &chat);
        assert_eq!(pieces(text, &shown.mentions), [Piece::Text(text)]);
    }
    assert_eq!(row(&mut world, boris, &chat).mentions, 0);
}
