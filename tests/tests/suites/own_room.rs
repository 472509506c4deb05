//! The chat with oneself: what is saved there stands on all of one's own devices, and nowhere else.

use crate::backup::{PASSKEY, comes_back, keeps};
use crate::devices::{is_quiet, linked};
use valise_tests::sim::{Network, Who, World};
use valise_views::{
    ChatFilter, ChatId, ChatKind, ChatRow, Command, Outcome, PersonId, Recovery, Shown, Status,
    Tick, Trouble, View,
};

/// Ada, and Boris, who has written to her.
fn office(seed: u64) -> (World, Who, Who) {
    let mut world = World::new(seed);
    let [ada, boris] = world.team(["Ada", "Boris"]);
    let chat = world.direct(boris, ada);
    world.says(boris, &chat, "the plan");
    world.settle();
    (world, ada, boris)
}

/// Opens somebody's chat with himself.
pub(crate) fn own(world: &mut World, who: Who) -> ChatId {
    let Status::Ready(ready) = world.status(who) else {
        panic!("nobody is here");
    };
    match world.tell(who, Command::OpenDirect(ready.me)) {
        Outcome::Chat(chat) => chat,
        other => panic!("no chat but {other:?}"),
    }
}

/// What the list shows of it.
fn row(world: &mut World, who: Who) -> Option<ChatRow> {
    let rows = world.chats(who).into_iter();
    let saved: Vec<_> = rows.filter(|row| row.kind == ChatKind::Saved).collect();
    assert!(saved.len() <= 1);
    saved.into_iter().next()
}

/// Lets a device be as one that has never had the chat's room.
pub(crate) fn forgets_room(world: &mut World, who: Who, chat: &ChatId) {
    world.crash(who);
    let forget = format!("DELETE FROM room WHERE chat = '{}'", chat.0);
    world.of(who).disk.execute_batch(&forget).unwrap();
    world.start(who);
}

fn rooms(world: &World, who: Who, chat: &ChatId) -> i64 {
    let disk = &world.of(who).disk;
    let count = "SELECT count(*) FROM room WHERE stage = 1 AND chat = ?1";
    disk.query_row(count, [&chat.0], |row| row.get(0)).unwrap()
}

#[test]
fn what_is_saved_stands_there_and_has_nobody_to_be_read_by() {
    let (mut world, ada, boris) = office(700);
    assert_eq!(row(&mut world, ada), None);
    let chat = own(&mut world, ada);
    assert_eq!(row(&mut world, ada), None, "nothing is saved yet");
    let said = world.says(ada, &chat, "milk, bread");
    world.settle();
    assert_eq!(world.tick(ada, &chat, &said), Some(Tick::Accepted));
    let shown = row(&mut world, ada).expect("it stands in the list");
    assert_eq!((shown.person, shown.unread), (None::<PersonId>, 0));
    let details = world.details(ada, &chat).unwrap();
    assert_eq!((details.members.len(), details.safety_number), (1, None));
    assert!(!details.may_manage);
    assert_eq!(world.conversation(ada, &chat).unwrap().members, 1);
    let mute = Command::Mute {
        chat: chat.clone(),
        on: true,
    };
    assert_eq!(world.tell(ada, mute), Outcome::Failed(Trouble::NotAllowed));
    // Handed on into it, and found in it by whatever it is called.
    let from_boris = world.chat(ada, "Boris").unwrap();
    let plan = world.messages(ada, &from_boris)[0].id.clone();
    let forward = Command::Forward {
        messages: vec![plan],
        chats: vec![chat.clone()],
    };
    assert_eq!(world.tell(ada, forward), Outcome::Done);
    world.sends_file(ada, &chat, "scan.pdf", vec![1; 70_000]);
    world.settle();
    assert_eq!(
        world.texts(ada, &chat),
        ["milk, bread", "the plan", "scan.pdf"]
    );
    for typed in ["milk in:saved", "milk in:избранн"] {
        let view = View::Search {
            typed: typed.into(),
            chat: None,
            offset_minutes: 0,
            count: 10,
        };
        let Shown::Found(found) = world.look(ada, view) else {
            panic!("nothing is shown")
        };
        assert_eq!(found.hits.len(), 1, "{typed}");
        assert_eq!(found.hits[0].kind, ChatKind::Saved);
    }
    let view = View::Chats {
        filter: ChatFilter::All,
        search: "ИЗБР".into(),
    };
    let Shown::Chats(list) = world.look(ada, view) else {
        panic!("nothing is shown")
    };
    assert_eq!(list.rows.len(), 1);
    assert_eq!(
        world.chats(boris).len(),
        1,
        "nobody else has anything of it"
    );
    is_quiet(&mut world, &[ada, boris]);
}

#[test]
fn all_of_ones_devices_have_it_and_none_is_told_of_what_another_saved() {
    let (mut world, ada, _) = office(701);
    let chat = own(&mut world, ada);
    world.says(ada, &chat, "before there was a phone");
    world.settle();
    let phone = linked(&mut world, ada);
    assert_eq!(world.texts(phone, &chat), ["before there was a phone"]);
    let notified = world.of(phone).notified.len();
    world.says(ada, &chat, "from the desk");
    world.settle();
    world.says(phone, &chat, "from the train");
    world.settle();
    let tablet = linked(&mut world, phone);
    world.says(tablet, &chat, "from the sofa");
    world.settle();
    let all = [
        "before there was a phone",
        "from the desk",
        "from the train",
        "from the sofa",
    ];
    for who in [ada, phone, tablet] {
        assert_eq!(world.texts(who, &chat), all);
        assert_eq!(row(&mut world, who).unwrap().unread, 0);
        assert_eq!(rooms(&world, who, &chat), 1);
    }
    assert_eq!(world.of(phone).notified.len(), notified);
}

#[test]
fn it_is_made_with_the_second_device_and_not_seen_until_something_is_saved() {
    let (mut world, ada, _) = office(702);
    let phone = linked(&mut world, ada);
    for who in [ada, phone] {
        assert_eq!(row(&mut world, who), None);
    }
    let chat = own(&mut world, phone);
    assert_eq!(
        (rooms(&world, ada, &chat), rooms(&world, phone, &chat)),
        (1, 1)
    );
    world.says(phone, &chat, "here it is");
    world.settle();
    assert!(row(&mut world, ada).is_some());
    assert_eq!(world.texts(ada, &chat), ["here it is"]);
    is_quiet(&mut world, &[ada]);
}

#[test]
fn two_devices_that_make_it_at_once_have_one_chat_in_one_order() {
    let mut with_two_rooms = 0;
    for seed in 703..713 {
        let (mut world, ada, _) = office(seed);
        let phone = linked(&mut world, ada);
        let chat = own(&mut world, ada);
        // As accounts are that have had two devices since before there was such a room.
        for who in [ada, phone] {
            forgets_room(&mut world, who, &chat);
        }
        world.advance(10_000);
        world.network = Network {
            longest_ms: 400,
            ..Network::GOOD
        };
        let at_phone = own(&mut world, phone);
        for number in 0..4 {
            for (who, chat, name) in [(ada, &chat, "desk"), (phone, &at_phone, "phone")] {
                world.says(who, chat, &format!("{name} {number}"));
                world.advance(20 * (seed % 7));
            }
        }
        world.advance(300_000);
        let seen = world.texts(ada, &chat);
        assert_eq!(seen.len(), 8, "seed {seed}: {seen:?}");
        assert_eq!(seen, world.texts(phone, &chat), "seed {seed}");
        for name in ["desk", "phone"] {
            let own: Vec<_> = seen.iter().filter(|text| text.starts_with(name)).collect();
            assert!(own.is_sorted(), "seed {seed}: {seen:?}");
        }
        assert_eq!(rooms(&world, ada, &chat), rooms(&world, phone, &chat));
        with_two_rooms += u32::from(rooms(&world, ada, &chat) > 1);
    }
    assert!(with_two_rooms > 4, "{with_two_rooms} of them had two rooms");
}

#[test]
fn a_device_that_was_removed_is_out_of_it() {
    let (mut world, ada, _) = office(714);
    let phone = linked(&mut world, ada);
    let chat = own(&mut world, ada);
    world.says(ada, &chat, "for both");
    world.settle();
    let Shown::Devices(devices) = world.look(ada, View::Devices) else {
        panic!("no devices")
    };
    let gone = devices.into_iter().find(|device| !device.is_this).unwrap();
    assert_eq!(
        world.tell(ada, Command::RemoveDevice(gone.id)),
        Outcome::Done
    );
    world.advance(20_000);
    world.says(ada, &chat, "for one");
    world.settle();
    assert_eq!(world.texts(ada, &chat), ["for both", "for one"]);
    assert_eq!(world.texts(phone, &chat), ["for both"]);
}

#[test]
fn who_comes_back_has_it() {
    let (mut world, ada, _) = office(715);
    let chat = own(&mut world, ada);
    world.says(ada, &chat, "the number of the safe");
    world.settle();
    keeps(&mut world, ada);
    world.set_online(ada, false);
    let (phone, outcome) = comes_back(&mut world, Recovery::Passkey(PASSKEY));
    assert_eq!(outcome, Outcome::Done);
    assert_eq!(world.texts(phone, &chat), ["the number of the safe"]);
    world.says(phone, &chat, "and of the cellar");
    world.settle();
    assert_eq!(world.texts(phone, &chat).len(), 2);
}

#[test]
fn ones_devices_compare_what_they_were_shown_of_it() {
    let (mut world, ada, _) = office(717);
    let chat = own(&mut world, ada);
    let log = |world: &World| -> i64 {
        let disk = &world.of(ada).disk;
        let sql = "SELECT max(cursor) FROM room WHERE chat = ?1";
        disk.query_row(sql, [&chat.0], |row| row.get(0)).unwrap()
    };
    world.says(ada, &chat, "to nobody");
    world.advance(5_000);
    let alone = log(&world);
    world.advance(200_000);
    assert_eq!(
        log(&world),
        alone,
        "who has one device compares with nobody"
    );
    linked(&mut world, ada);
    world.says(ada, &chat, "to the phone");
    world.advance(5_000);
    let said = log(&world);
    world.advance(200_000);
    // One of the two compares for both, unless both draw nearly the same wait.
    let compared = log(&world) - said;
    assert!((1..=2).contains(&compared), "{compared} comparisons");
}

#[test]
fn what_is_saved_offline_goes_out_later() {
    let (mut world, ada, _) = office(716);
    let phone = linked(&mut world, ada);
    let chat = own(&mut world, ada);
    world.set_online(ada, false);
    let said = world.says(ada, &chat, "in the tunnel");
    assert_eq!(world.tick(ada, &chat, &said), Some(Tick::Waiting));
    world.crash(ada);
    world.start(ada);
    world.set_online(ada, true);
    world.settle();
    assert_eq!(world.texts(phone, &chat), ["in the tunnel"]);
}
