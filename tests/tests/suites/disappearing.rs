//! Messages that disappear: on all devices, when their time is over, and not before.

use crate::backup::{PASSKEY, comes_back, keeps};
use crate::devices::linked;
use valise_tests::sim::{Who, World};
use valise_views::{Body, ChatId, Command, Notice, Outcome, Recovery, Trouble};

const MINUTE: u32 = 60;

/// Ada, Boris and Clara in a group whose messages live for a minute.
fn group(seed: u64) -> (World, [Who; 3], ChatId) {
    let mut world = World::new(seed);
    let people = world.team(["Ada", "Boris", "Clara"]);
    let chat = world.group(people[0], "Team", &people[1..]);
    world.settle();
    world.says(people[0], &chat, "this stays");
    world.settle();
    assert_eq!(set(&mut world, people[0], &chat, MINUTE), Outcome::Done);
    (world, people, chat)
}

fn set(world: &mut World, who: Who, chat: &ChatId, seconds: u32) -> Outcome {
    let chat = chat.clone();
    let outcome = world.tell(who, Command::SetTimer { chat, seconds });
    world.settle();
    outcome
}

/// What somebody can read, `-` standing for what has disappeared.
fn read(world: &mut World, who: Who, chat: &ChatId) -> Vec<String> {
    let messages = world.messages(who, chat).into_iter();
    let said = messages.filter_map(|message| match message.body {
        Body::Text(text) => Some(text),
        Body::Files { files, .. } => Some(files[0].name.clone()),
        Body::Disappeared => Some("-".into()),
        _ => None,
    });
    said.collect()
}

fn after(world: &mut World, who: Who, chat: &ChatId) -> u32 {
    let details = world.details(who, chat).expect("a chat");
    details.disappears_after
}

#[test]
fn what_is_said_disappears_everywhere_when_its_time_is_over() {
    let (mut world, people, chat) = group(401);
    for who in people {
        assert_eq!(after(&mut world, who, &chat), MINUTE);
        let shown = world.conversation(who, &chat).expect("a chat");
        let told = shown.messages.iter().any(|message| {
            let notice = Notice::Disappearing {
                by: "Ada".into(),
                seconds: MINUTE,
            };
            message.body == Body::Notice(notice)
        });
        assert!(told, "everybody is told");
    }
    world.says(people[1], &chat, "this goes");
    world.sends_file(people[1], &chat, "plan.txt", b"at nine".to_vec());
    world.advance(50_000);
    for who in people {
        let all = ["this stays", "this goes", "plan.txt"];
        assert_eq!(read(&mut world, who, &chat), all);
        let messages = world.messages(who, &chat);
        assert!(messages.last().is_some_and(|last| last.expires.is_some()));
    }
    world.advance(30_000);
    for who in people {
        assert_eq!(read(&mut world, who, &chat), ["this stays", "-", "-"]);
        let rows = world.chats(who);
        let preview = rows[0].preview.as_ref().expect("there is one");
        assert!(preview.disappeared && preview.text.is_empty());
        let left: i64 = world
            .of(who)
            .disk
            .query_row(
                "SELECT count(*) FROM message WHERE body LIKE '%goes%'",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(left, 0, "it is in the store");
        assert!(world.alarms(who).is_empty());
    }
}

#[test]
fn a_poll_disappears_with_its_votes() {
    let (mut world, [ada, boris, _], chat) = group(410);
    let ask = Command::SendPoll {
        chat: chat.clone(),
        question: "When do we meet?".into(),
        options: vec!["Monday".into(), "Friday".into()],
        several: false,
    };
    assert!(matches!(world.tell(ada, ask), Outcome::Sent(_)));
    world.advance(10_000);
    let poll = world.messages(boris, &chat).pop().expect("it is there");
    assert!(matches!(poll.body, Body::Poll(_)));
    let vote = Command::Vote {
        message: poll.id,
        options: vec![1],
    };
    assert_eq!(world.tell(boris, vote), Outcome::Done);
    world.advance(90_000);
    for who in [ada, boris] {
        assert_eq!(read(&mut world, who, &chat), ["this stays", "-"]);
        let votes: i64 = world
            .of(who)
            .disk
            .query_row("SELECT count(*) FROM vote", [], |row| row.get(0))
            .unwrap();
        assert_eq!(votes, 0);
    }
}

#[test]
fn what_is_said_after_the_timer_was_taken_off_stays() {
    let (mut world, [ada, boris, _], chat) = group(402);
    world.says(ada, &chat, "goes");
    world.settle();
    assert_eq!(set(&mut world, ada, &chat, 0), Outcome::Done);
    world.says(boris, &chat, "stays");
    world.advance(120_000);
    assert_eq!(read(&mut world, ada, &chat), ["this stays", "-", "stays"]);
    assert_eq!(after(&mut world, boris, &chat), 0);
}

#[test]
fn who_was_away_and_who_was_killed_forget_too() {
    let (mut world, [ada, boris, clara], chat) = group(403);
    world.set_online(boris, false);
    world.says(ada, &chat, "goes");
    world.advance(20_000);
    world.crash(clara);
    world.advance(60_000);
    world.start(clara);
    world.set_online(boris, true);
    world.advance(30_000);
    for who in [ada, boris, clara] {
        assert_eq!(read(&mut world, who, &chat), ["this stays", "-"]);
    }
}

#[test]
fn what_waits_to_be_sent_does_not_grow_old() {
    let (mut world, [ada, boris, _], chat) = group(404);
    world.set_online(ada, false);
    world.says(ada, &chat, "written in a tunnel");
    world.advance(600_000);
    assert_eq!(
        read(&mut world, ada, &chat),
        ["this stays", "written in a tunnel"]
    );
    world.set_online(ada, true);
    world.advance(20_000);
    let said = ["this stays", "written in a tunnel"];
    assert_eq!(read(&mut world, boris, &chat), said);
    world.advance(60_000);
    for who in [ada, boris] {
        assert_eq!(read(&mut world, who, &chat), ["this stays", "-"]);
    }
}

#[test]
fn who_comes_later_speaks_under_the_same_timer() {
    let (mut world, [ada, ..], chat) = group(405);
    let dora = world.join(ada, "Dora");
    let person = world.id_of(ada, dora);
    let add = Command::AddMembers {
        chat: chat.clone(),
        people: vec![person],
    };
    assert_eq!(world.tell(ada, add), Outcome::Done);
    world.advance(20_000);
    assert_eq!(after(&mut world, dora, &chat), MINUTE);
    let phone = linked(&mut world, ada);
    assert_eq!(after(&mut world, phone, &chat), MINUTE);
    world.says(dora, &chat, "goes");
    world.advance(90_000);
    assert_eq!(read(&mut world, ada, &chat), ["this stays", "-"]);
    assert_eq!(read(&mut world, phone, &chat), ["this stays", "-"]);
}

#[test]
fn owners_decide_and_in_a_direct_chat_both() {
    let (mut world, [ada, boris, _], chat) = group(406);
    let refused = Outcome::Failed(Trouble::NotAllowed);
    assert_eq!(set(&mut world, boris, &chat, 0), refused);
    for wrong in [1, 4, 31_536_001] {
        assert_eq!(set(&mut world, ada, &chat, wrong), refused);
    }
    assert_eq!(after(&mut world, boris, &chat), MINUTE);
    let direct = world.direct(ada, boris);
    world.says(ada, &direct, "hello");
    world.settle();
    let at_boris = world.direct(boris, ada);
    assert_eq!(set(&mut world, boris, &at_boris, MINUTE), Outcome::Done);
    assert_eq!(after(&mut world, ada, &direct), MINUTE);
    assert_eq!(set(&mut world, ada, &direct, 0), Outcome::Done);
    assert_eq!(after(&mut world, boris, &at_boris), 0);
}

#[test]
fn of_two_timers_that_were_set_at_once_everybody_keeps_the_same() {
    let (mut world, [ada, boris, clara], chat) = group(407);
    let person = world.id_of(ada, boris);
    let make_owner = Command::SetOwner {
        chat: chat.clone(),
        person,
        owner: true,
    };
    assert_eq!(world.tell(ada, make_owner), Outcome::Done);
    world.advance(20_000);
    for (who, seconds) in [(ada, 3_600), (boris, 86_400)] {
        let chat = chat.clone();
        world.set_online(who, false);
        assert_eq!(
            world.tell(who, Command::SetTimer { chat, seconds }),
            Outcome::Done
        );
    }
    world.set_online(ada, true);
    world.set_online(boris, true);
    world.advance(30_000);
    let kept = after(&mut world, clara, &chat);
    assert!(kept > MINUTE);
    for who in [ada, boris] {
        assert_eq!(after(&mut world, who, &chat), kept);
    }
}

#[test]
fn what_a_new_device_was_brought_disappears_there_too() {
    let (mut world, [ada, boris, _], chat) = group(408);
    assert_eq!(set(&mut world, ada, &chat, 10 * MINUTE), Outcome::Done);
    world.says(boris, &chat, "goes");
    world.settle();
    let phone = linked(&mut world, ada);
    assert_eq!(read(&mut world, phone, &chat), ["this stays", "goes"]);
    world.advance(600_000);
    for who in [ada, boris, phone] {
        assert_eq!(read(&mut world, who, &chat), ["this stays", "-"]);
    }
}

#[test]
fn what_comes_back_out_of_a_backup_disappears_when_its_time_is_over() {
    let (mut world, [ada, boris, _], chat) = group(409);
    assert_eq!(set(&mut world, ada, &chat, 10 * MINUTE), Outcome::Done);
    world.says(boris, &chat, "goes");
    world.settle();
    keeps(&mut world, ada);
    world.set_online(ada, false);
    let (phone, outcome) = comes_back(&mut world, Recovery::Passkey(PASSKEY));
    assert_eq!(outcome, Outcome::Done);
    assert_eq!(read(&mut world, phone, &chat), ["this stays", "goes"]);
    assert_eq!(after(&mut world, phone, &chat), 10 * MINUTE);
    world.advance(600_000);
    assert_eq!(read(&mut world, phone, &chat), ["this stays", "-"]);
}
