//! A member who lies about who wrote what, in which room, and who has read it. Each case is run honestly, attacked, and
//! attacked without what holds it.

use valise_client::Guard;
use valise_client::content::{Content, Meaning, Status, StatusCode, Timer, message_id};
use valise_client::content::{account_uri, room_uri};
use valise_server::service::Protections;
use valise_tests::case::{Circle, Way};
use valise_tests::says;
use valise_views::mention::{Mention, spoken};
use valise_views::{Alarm, Body, Command, Outcome, Tick};
use valise_wire::{AccountId, MessageId};

const DOMAIN: &str = "office.example";

fn circle(seed: u64, way: Way) -> Circle {
    Circle::new(seed, way, Protections::default())
}

fn text(circle: &Circle, text: &str) -> Content {
    circle
        .eve
        .content(circle.room, &Meaning::Text(text.to_owned()))
}

#[test]
fn hs_32_content_made_for_another_room_is_not_shown() {
    let run = |way: Way| {
        let mut circle = circle(32, way);
        let mut content = text(&circle, "yes, sign it");
        if way.attacked {
            content.room_uri = room_uri(DOMAIN, valise_wire::RoomId([5; 16]));
        }
        circle.eve_says(&content);
        (circle.boris_reads(), circle.boris_hears())
    };
    assert_eq!(run(Way::HONEST), (vec!["yes, sign it".to_owned()], vec![]));
    let (read, alarms) = run(Way::ATTACKED);
    assert!(read.is_empty(), "{read:?}");
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
    assert_eq!(run(Way::without(Guard::Author)).0, ["yes, sign it"]);
}

#[test]
fn hs_34_content_that_says_somebody_else_wrote_it_is_not_shown() {
    let run = |way: Way| {
        let mut circle = circle(34, way);
        let mut content = text(&circle, "I resign");
        if way.attacked {
            let ada = circle.world.id_of(circle.boris, circle.ada);
            let ada = valise_wire::AccountId::from_hex(&ada.0).unwrap();
            content.sender_uri = account_uri(DOMAIN, ada);
        }
        circle.eve_says(&content);
        (circle.boris_reads(), circle.boris_hears())
    };
    assert_eq!(run(Way::HONEST), (vec!["I resign".to_owned()], vec![]));
    let (read, alarms) = run(Way::ATTACKED);
    assert!(read.is_empty(), "{read:?}");
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
    assert_eq!(run(Way::without(Guard::Author)).0, ["I resign"]);
}

/// Returns the id under which everybody knows the last message that Eve heard.
fn last_heard(circle: &mut Circle) -> MessageId {
    circle.eve.follow(&circle.world);
    let mut texts = circle.eve.heard.iter().filter_map(|(room, sender, bytes)| {
        let content = Content::from_bytes(bytes).ok()?;
        let meaning = Meaning::of_part(&content.part)?;
        let names = (account_uri(DOMAIN, sender.account), room_uri(DOMAIN, *room));
        meaning
            .is_shown()
            .then(|| message_id(&names.0, &names.1, bytes, &content.salt))
    });
    texts.next_back().expect("Eve heard a text")
}

#[test]
fn hs_35_nobody_replaces_anothers_message() {
    let run = |way: Way| {
        let mut circle = circle(35, way);
        circle.ada_says("meet at nine");
        circle.world.advance(5_000);
        let mut content = text(&circle, "meet at ten");
        if way.attacked {
            content.replaces = Some(last_heard(&mut circle));
        }
        circle.eve_says(&content);
        let shown = circle.world.messages(circle.boris, &circle.chat.clone());
        (shown.len(), shown, circle.boris_hears())
    };
    let (count, _, alarms) = run(Way::HONEST);
    assert_eq!((count, alarms), (2, vec![]));

    let (count, shown, alarms) = run(Way::ATTACKED);
    assert_eq!(count, 1, "{shown:?}");
    assert_eq!(
        shown[0].body,
        valise_views::Body::Text("meet at nine".to_owned())
    );
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");

    let (_, shown, alarms) = run(Way::without(Guard::Replacement));
    let changed = valise_views::Body::Text("meet at ten".to_owned());
    assert_eq!((&shown[0].body, alarms), (&changed, vec![]));
}

#[test]
fn hs_35_nobody_takes_anothers_message_back() {
    let run = |way: Way| {
        let mut circle = circle(135, way);
        circle.ada_says("meet at nine");
        circle.world.advance(5_000);
        if way.attacked {
            let mut content = circle.eve.content(circle.room, &Meaning::Nothing);
            content.replaces = Some(last_heard(&mut circle));
            circle.eve_says(&content);
        }
        let shown = circle.world.messages(circle.boris, &circle.chat.clone());
        (shown[0].body.clone(), circle.boris_hears())
    };
    let said = valise_views::Body::Text("meet at nine".to_owned());
    assert_eq!(run(Way::HONEST), (said.clone(), vec![]));

    let (body, alarms) = run(Way::ATTACKED);
    assert_eq!(body, said);
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");

    let (body, alarms) = run(Way::without(Guard::Replacement));
    assert_eq!((body, alarms), (valise_views::Body::Deleted, vec![]));
}

#[test]
fn only_owners_name_a_group() {
    let run = |way: Way| {
        let mut circle = circle(133, way);
        let meaning = Meaning::RoomProfile {
            version: 9,
            title: "Eve's".into(),
            picture: None,
        };
        let content = circle.eve.content(circle.room, &meaning);
        if way.attacked {
            circle.eve_says(&content);
        }
        let title = circle
            .world
            .conversation(circle.boris, &circle.chat.clone())
            .unwrap()
            .title;
        (title, circle.boris_hears())
    };
    assert_eq!(run(Way::HONEST), ("Registry".to_owned(), vec![]));
    let (title, alarms) = run(Way::ATTACKED);
    assert_eq!(title, "Registry");
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
    assert_eq!(run(Way::without(Guard::Naming)).0, "Eve's");
}

#[test]
fn where_owners_alone_write_others_are_not_read() {
    let run = |way: Way| {
        // A hub that lets everybody write.
        let protections = Protections {
            posting: false,
            ..Protections::default()
        };
        let mut circle = Circle::new(134, way, protections);
        let command = Command::SetAnnouncement {
            chat: circle.chat.clone(),
            on: way.attacked,
        };
        assert_eq!(circle.world.tell(circle.ada, command), Outcome::Done);
        circle.world.advance(10_000);
        let content = text(&circle, "an order");
        circle.eve_says(&content);
        (circle.boris_reads(), circle.boris_hears())
    };
    assert_eq!(run(Way::HONEST), (vec!["an order".to_owned()], vec![]));
    let (read, alarms) = run(Way::ATTACKED);
    assert!(read.is_empty(), "{read:?}");
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
    assert_eq!(run(Way::without(Guard::Posting)).0, ["an order"]);
}

#[test]
fn hs_55_a_receipt_counts_for_its_sender_and_in_its_room() {
    let run = |way: Way, code: StatusCode| {
        let mut circle = circle(55, way);
        let (ada, boris) = (circle.ada, circle.boris);
        circle.world.guard(ada, way.guards);
        // A message of Ada's to Boris alone, who is away; Eve has its id from an accomplice.
        let chat = circle.world.direct(ada, boris);
        circle.world.says(ada, &chat, "hello");
        circle.world.advance(20_000);
        circle.world.set_online(boris, false);
        let message = circle.world.says(ada, &chat, "for your eyes");
        circle.world.advance(20_000);
        let id: [u8; 32] = circle
            .world
            .of(ada)
            .disk
            .query_row(
                "SELECT mimi FROM message WHERE id = ?1",
                [message.0.parse::<i64>().unwrap()],
                |row| row.get(0),
            )
            .unwrap();
        let seen = Status {
            message: MessageId(id),
            code,
        };
        let content = circle
            .eve
            .content(circle.room, &Meaning::Status(vec![seen]));
        if way.attacked {
            circle.eve_says(&content);
        }
        circle.world.tick(ada, &chat, &message)
    };
    for code in [StatusCode::Read, StatusCode::Heard] {
        assert_eq!(run(Way::HONEST, code), Some(Tick::Accepted));
        assert_eq!(run(Way::ATTACKED, code), Some(Tick::Accepted));
        let fooled = run(Way::without(Guard::Receipts), code);
        assert_eq!(fooled, Some(Tick::Read));
    }
}

/// What Boris reads of a text in which Eve mentions somebody, and whom it names for him.
fn named(way: Way, seed: u64, whom: fn(&mut Circle) -> AccountId) -> (String, Vec<Mention>) {
    let mut circle = circle(seed, way);
    let ada = circle.world.id_of(circle.boris, circle.ada);
    let ada = AccountId::from_hex(&ada.0).unwrap();
    let (label, account) = if way.attacked {
        ("Ada", whom(&mut circle))
    } else {
        ("Ada", ada)
    };
    let mention = format!("[@{label}]({}) agrees", account_uri(DOMAIN, account));
    let content = text(&circle, &mention);
    circle.eve_says(&content);
    let mut shown = circle.world.messages(circle.boris, &circle.chat.clone());
    let shown = shown.pop().expect("it is shown");
    let Body::Text(text) = shown.body else {
        panic!("no text")
    };
    (spoken(&text, &shown.mentions), shown.mentions)
}

#[test]
fn a_mention_has_the_name_of_whom_it_is_of() {
    // Eve mentions herself, and writes that it is Ada.
    let herself = |circle: &mut Circle| AccountId::from_hex(&circle.eve.person().0).unwrap();
    let run = |way: Way| named(way, 136, herself).0;
    assert_eq!(run(Way::HONEST), "@Ada agrees");
    assert_eq!(run(Way::ATTACKED), "@Eve agrees");
    assert_eq!(run(Way::without(Guard::Mentions)), "@Ada agrees");
}

#[test]
fn who_is_not_in_the_room_is_not_mentioned_there() {
    // An account that the directory does not know.
    let run = |way: Way| {
        let (text, mentions) = named(way, 137, |_| AccountId([7; 16]));
        let is_real = mentions.iter().any(|mention| mention.is_member);
        (text, is_real)
    };
    assert_eq!(run(Way::HONEST), ("@Ada agrees".to_owned(), true));
    let (text, is_real) = run(Way::ATTACKED);
    assert!(!is_real && text.starts_with("[@Ada](mimi://"), "{text}");
    let fooled = run(Way::without(Guard::Mentions));
    assert_eq!(fooled, ("@Ada agrees".to_owned(), true));

    // Somebody of the organisation who is elsewhere is named, and nothing more.
    let elsewhere = |circle: &mut Circle| {
        let dora = circle.world.join(circle.ada, "Dora");
        circle.world.advance(20_000);
        let dora = circle.world.id_of(circle.boris, dora);
        AccountId::from_hex(&dora.0).unwrap()
    };
    let run = |way: Way| {
        let (text, mentions) = named(way, 138, elsewhere);
        (text, mentions[0].is_member)
    };
    assert_eq!(run(Way::HONEST), ("@Ada agrees".to_owned(), true));
    assert_eq!(run(Way::ATTACKED), ("@Dora agrees".to_owned(), false));
    let fooled = run(Way::without(Guard::Mentions));
    assert_eq!(fooled, ("@Ada agrees".to_owned(), true));
}

#[test]
fn only_owners_pin_in_a_group() {
    let run = |way: Way| {
        let mut circle = circle(139, way);
        circle.ada_says("meet at nine");
        circle.world.advance(5_000);
        let message = last_heard(&mut circle);
        if !way.attacked {
            circle.trust_eve();
        }
        let meaning = Meaning::Pin { message, on: true };
        let content = circle.eve.content(circle.room, &meaning);
        circle.eve_says(&content);
        let shown = circle
            .world
            .conversation(circle.boris, &circle.chat.clone())
            .unwrap();
        let pinned: Vec<String> = shown.pinned.into_iter().map(|pin| pin.text).collect();
        (pinned, circle.boris_hears())
    };
    let honest = (vec!["meet at nine".to_owned()], vec![]);
    assert_eq!(run(Way::HONEST), honest);
    let (pinned, alarms) = run(Way::ATTACKED);
    assert!(pinned.is_empty(), "{pinned:?}");
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
    assert_eq!(run(Way::without(Guard::Pinning)).0, honest.0);
}

#[test]
fn only_owners_say_after_how_long_messages_disappear() {
    let run = |way: Way| {
        let mut circle = circle(140, way);
        circle.ada_says("meet at nine");
        circle.world.advance(5_000);
        if !way.attacked {
            circle.trust_eve();
        }
        let (version, seconds) = (1, 60);
        let meaning = Meaning::Timer(Timer { version, seconds });
        let content = circle.eve.content(circle.room, &meaning);
        circle.eve_says(&content);
        let chat = circle.chat.clone();
        let details = circle.world.details(circle.boris, &chat).unwrap();
        (details.disappears_after, circle.boris_hears())
    };
    assert_eq!(run(Way::HONEST), (60, vec![]));
    let (after, alarms) = run(Way::ATTACKED);
    assert_eq!(after, 0);
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
    assert_eq!(run(Way::without(Guard::Timer)).0, 60);
}
