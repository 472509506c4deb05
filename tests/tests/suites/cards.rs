//! Contact cards: somebody is handed to others, and is who the directory says.

use valise_client::content::{Content, Meaning, Part, PartBody};
use valise_server::service::Protections;
use valise_tests::case::{Circle, Way};
use valise_tests::says;
use valise_tests::sim::{Who, World};
use valise_views::{Alarm, Body, ChatId, Command, Outcome, Person, PersonId, Shown, Trouble, View};
use valise_wire::to_bytes;

fn sends(world: &mut World, who: Who, chat: &ChatId, person: PersonId) -> Outcome {
    let chat = chat.clone();
    world.tell(who, Command::SendCard { chat, person })
}

/// What somebody sees of the cards in a chat.
fn cards(world: &mut World, who: Who, chat: &ChatId) -> Vec<Option<Person>> {
    let messages = world.messages(who, chat).into_iter();
    let card = |body| match body {
        Body::Card(person) => Some(person.map(|person| *person)),
        _ => None,
    };
    messages.filter_map(|message| card(message.body)).collect()
}

#[test]
fn a_card_shows_whom_the_directory_knows_and_opens_the_chat_with_them() {
    let mut world = World::new(780);
    let [ada, boris, clara] = world.team(["Ada", "Boris", "Clara"]);
    let chat = world.direct(ada, boris);
    let person = world.id_of(ada, clara);
    assert!(matches!(
        sends(&mut world, ada, &chat, person.clone()),
        Outcome::Sent(_)
    ));
    let nobody = PersonId("00".repeat(16));
    assert_eq!(
        sends(&mut world, ada, &chat, nobody),
        Outcome::Failed(Trouble::NotFound)
    );
    world.settle();
    let at_boris = world.chat(boris, "Ada").unwrap();
    let seen = cards(&mut world, boris, &at_boris).remove(0).unwrap();
    assert_eq!(
        (&*seen.name, &*seen.address, &seen.id),
        ("Clara", "clara@office.example", &person)
    );
    let notified = world.of(boris).notified.last().unwrap();
    assert_eq!((&*notified.preview, notified.is_card), ("Clara", true));
    let row = world.chats(boris).remove(0);
    let preview = row.preview.unwrap();
    assert_eq!((&*preview.text, preview.is_card), ("Clara", true));
    // One press leads to her.
    let Outcome::Chat(with_clara) = world.tell(boris, Command::OpenDirect(seen.id)) else {
        panic!("no chat")
    };
    world.says(boris, &with_clara, "Ada gave me your card");
    world.settle();
    assert!(world.chat(clara, "Boris").is_some());
    // Who has another name now has it on the card, too.
    let rename = Command::SetProfile {
        name: "Clara Novak".into(),
        picture: None,
    };
    assert_eq!(world.tell(clara, rename), Outcome::Done);
    world.settle();
    let seen = cards(&mut world, boris, &at_boris).remove(0).unwrap();
    assert_eq!(seen.name, "Clara Novak");
}

#[test]
fn a_card_is_found_answered_handed_on_and_taken_back() {
    let mut world = World::new(781);
    let [ada, boris, clara] = world.team(["Ada", "Boris", "Clara"]);
    let chat = world.direct(ada, boris);
    let person = world.id_of(ada, clara);
    let Outcome::Sent(sent) = sends(&mut world, ada, &chat, person) else {
        panic!("not sent")
    };
    world.settle();
    let at_boris = world.chat(boris, "Ada").unwrap();
    let view = View::Search {
        typed: "clara@office".into(),
        chat: None,
        offset_minutes: 0,
        count: 10,
    };
    let Shown::Found(found) = world.look(boris, view) else {
        panic!("nothing is shown")
    };
    assert_eq!(found.hits.len(), 1);
    let card = world.messages(boris, &at_boris)[0].id.clone();
    let answer = Command::SendText {
        chat: at_boris.clone(),
        text: "thank you".into(),
        reply_to: Some(card.clone()),
    };
    assert!(matches!(world.tell(boris, answer), Outcome::Sent(_)));
    let team = world.group(boris, "Team", &[ada]);
    let forward = Command::Forward {
        messages: vec![card.clone()],
        chats: vec![team.clone()],
    };
    let pin = Command::PinMessage {
        message: card,
        on: true,
    };
    for command in [forward, pin] {
        assert_eq!(world.tell(boris, command), Outcome::Done);
    }
    world.settle();
    let answered = world.messages(ada, &chat)[1].reply.clone().unwrap();
    assert_eq!((&*answered.text, answered.is_card), ("Clara", true));
    let pinned = world.conversation(ada, &chat).unwrap().pinned.remove(0);
    assert_eq!((&*pinned.text, pinned.is_card), ("Clara", true));
    assert_eq!(
        cards(&mut world, ada, &team)[0].as_ref().unwrap().name,
        "Clara"
    );
    assert_eq!(world.tell(ada, Command::Delete(sent)), Outcome::Done);
    world.settle();
    assert!(cards(&mut world, boris, &at_boris).is_empty());
    let left: i64 = {
        let disk = &world.of(boris).disk;
        let sql = "SELECT count(*) FROM message WHERE card IS NOT NULL";
        disk.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    assert_eq!(left, 1, "the one that was handed on");
}

#[test]
fn a_card_of_nobody_is_shown_as_such() {
    let mut circle = Circle::new(782, Way::ATTACKED, Protections::default());
    for account in [
        format!("mimi://office.example/u/{}", "09".repeat(16)),
        format!("mimi://elsewhere.example/u/{}", circle.eve.account),
    ] {
        let content = circle.eve.content(circle.room, &Meaning::Card(account));
        circle.eve_says(&content);
    }
    let (boris, chat) = (circle.boris, circle.chat.clone());
    assert_eq!(cards(&mut circle.world, boris, &chat), [None, None]);
    assert_eq!(circle.boris_hears(), []);
}

#[test]
fn a_card_passes_nobody_off_under_another_name() {
    let run = |way: Way| {
        let mut circle = Circle::new(783, way, Protections::default());
        let own = format!("mimi://office.example/u/{}", circle.eve.account);
        let mut content = circle.eve.content(circle.room, &Meaning::Card(own));
        if way.attacked {
            claims_to_be_ada(&mut content);
        }
        circle.eve_says(&content);
        let (boris, chat) = (circle.boris, circle.chat.clone());
        let names = cards(&mut circle.world, boris, &chat).into_iter();
        let names: Vec<_> = names.map(|card| card.map(|card| card.name)).collect();
        (names, circle.boris_hears())
    };
    assert_eq!(run(Way::HONEST), (vec![Some("Eve".into())], vec![]));
    let (names, alarms) = run(Way::ATTACKED);
    assert_eq!(names, []);
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
}

/// Puts a name beside the account, where a reader might look for one.
fn claims_to_be_ada(content: &mut Content) {
    let Part {
        body: PartBody::Single { content: bytes, .. },
        ..
    } = &mut content.part
    else {
        panic!("a card is one part")
    };
    bytes[0] += 1;
    bytes.extend(to_bytes(&"Ada".to_owned()));
}
