//! Much at once: a week of messages, and a large room.
//!
//! What runs every day is a part of it. `VALISE_WEEK=10000` has as many messages as a busy week, which takes some minutes, and
//! `VALISE_ROOM=500` as many devices as the largest room. The runner ends what takes ten minutes: `cargo test` does not.

use crate::backup::{PASSKEY, comes_back};
use valise_tests::sim::{Who, World};
use valise_views::{Command, Outcome, Recovery, Tick};

/// Returns how much is asked for, or what is usual.
fn size(variable: &str, usual: usize) -> usize {
    std::env::var(variable).map_or(usual, |text| text.parse().expect("a number"))
}

#[test]
fn a_week_of_messages_is_caught_up_with_once_and_in_order() {
    let count = size("VALISE_WEEK", 1_100);
    let mut world = World::new(30);
    let [ada, boris, clara] = world.team(["Ada", "Boris", "Clara"]);
    let chat = world.group(ada, "Registry", &[boris, clara]);
    world.advance(10_000);
    world.crash(boris);
    let mut said = Vec::with_capacity(count);
    for number in 0..count {
        let who = if number % 3 == 0 { clara } else { ada };
        let text = format!("message {number}");
        if number % (count / 10).max(2) == 1 {
            // The room moves on meanwhile: what was sealed for a former epoch is read all the same.
            let title = format!("Registry {number}");
            let chat = chat.clone();
            world.ask(ada, Command::Rename { chat, title });
            world.advance(5_000);
        }
        world.says(who, &chat, &text);
        said.push(text);
        world.advance(7 * 86_400_000 / count as u64);
    }
    world.start(boris);
    world.advance(600_000);
    assert_eq!(world.of(boris).errors, Vec::<String>::new());
    assert_eq!(world.alarms(boris), []);
    assert_eq!(world.texts(boris, &chat), said, "all of it, once, in order");
    assert_eq!(world.chats(boris)[0].unread as usize, count);
    assert_eq!(world.texts(ada, &chat), said);

    // A backup of all that is more than one slice, and somebody says something while it goes up.
    let keep = Command::KeepBackup {
        passkey: PASSKEY,
        anew: false,
    };
    world.tell(ada, keep);
    world.advance(5_500);
    let late = "said meanwhile";
    world.says(clara, &chat, late);
    said.push(late.into());
    world.advance(120_000);
    world.crash(ada);
    let (phone, outcome) = comes_back(&mut world, Recovery::Passkey(PASSKEY));
    assert_eq!(outcome, Outcome::Done);
    let title = world.chats(clara)[0].title.clone();
    let at_phone = world.chat(phone, &title).expect("the group came back");
    assert_eq!(world.texts(phone, &at_phone), said);
}

#[test]
fn a_large_room_talks_and_lets_somebody_go() {
    let mut world = World::new(31);
    let ada = world.found("Ada");
    let others: Vec<Who> = (1..size("VALISE_ROOM", 40))
        .map(|number| world.join(ada, Box::leak(format!("Person{number}").into_boxed_str())))
        .collect();
    let chat = world.group(ada, "Everybody", &others);
    world.advance(120_000);
    let message = world.says(ada, &chat, "good morning, all");
    world.advance(120_000);
    // In a room of more than 32 people nobody says that a message arrived.
    assert_eq!(world.tick(ada, &chat, &message), Some(Tick::Accepted));
    let last = others[others.len() - 1];
    world.says(last, &chat, "good morning");
    world.advance(120_000);
    let gone = world.id_of(ada, others[0]);
    let chat_of_all = chat.clone();
    world.tell(
        ada,
        Command::RemoveMember {
            chat: chat_of_all,
            person: gone,
        },
    );
    world.advance(120_000);
    world.says(last, &chat, "he is gone");
    world.advance(120_000);
    let all = ["good morning, all", "good morning", "he is gone"];
    assert_eq!(world.texts(ada, &chat), all);
    for (place, other) in others.iter().enumerate() {
        let heard = if place == 0 { &all[..2] } else { &all[..] };
        assert_eq!(world.texts(*other, &chat), heard, "person {place}");
        assert_eq!(world.of(*other).errors, Vec::<String>::new());
    }
}
