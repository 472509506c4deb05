//! Polls: one vote an account, counted in the order of the room's log, until the author closes the poll.

use crate::backup::{PASSKEY, comes_back, keeps};
use crate::devices::{is_quiet, linked};
use valise_tests::sim::{Network, Who, World};
use valise_views::{
    Body, ChatId, Command, Message, MessageId, Outcome, Poll, Recovery, Shown, Trouble, View,
};

const OPTIONS: [&str; 3] = ["Monday", "Tuesday", "Friday"];

fn asks(world: &mut World, who: Who, chat: &ChatId, several: bool) {
    let command = Command::SendPoll {
        chat: chat.clone(),
        question: "When do we meet?".into(),
        options: OPTIONS.map(str::to_owned).to_vec(),
        several,
    };
    assert!(matches!(world.tell(who, command), Outcome::Sent(_)));
    world.settle();
}

fn group(seed: u64, several: bool) -> (World, [Who; 3], ChatId) {
    let mut world = World::new(seed);
    let people = world.team(["Ada", "Boris", "Clara"]);
    let chat = world.group(people[0], "Team", &people[1..]);
    world.settle();
    asks(&mut world, people[0], &chat, several);
    (world, people, chat)
}

fn last(world: &mut World, who: Who, chat: &ChatId) -> Message {
    world.messages(who, chat).pop().expect("a message")
}

fn poll(world: &mut World, who: Who, chat: &ChatId) -> Poll {
    match last(world, who, chat).body {
        Body::Poll(poll) => poll,
        other => panic!("no poll but {other:?}"),
    }
}

/// Who chose which option, by names.
fn counted(world: &mut World, who: Who, chat: &ChatId) -> Vec<Vec<String>> {
    let options = poll(world, who, chat).options.into_iter();
    options.map(|option| option.people).collect()
}

fn votes(world: &mut World, who: Who, chat: &ChatId, options: &[u32]) -> Outcome {
    let message = last(world, who, chat).id;
    let options = options.to_vec();
    world.tell(who, Command::Vote { message, options })
}

fn vote(world: &mut World, who: Who, chat: &ChatId, options: &[u32]) {
    assert_eq!(votes(world, who, chat, options), Outcome::Done);
    world.settle();
}

fn close(world: &mut World, who: Who, chat: &ChatId) -> Outcome {
    let message = last(world, who, chat).id;
    let outcome = world.tell(who, Command::ClosePoll(message));
    world.settle();
    outcome
}

#[test]
fn everybody_sees_who_chose_what_and_a_later_vote_takes_the_place_of_the_former() {
    let (mut world, people @ [ada, boris, clara], chat) = group(1, false);
    vote(&mut world, boris, &chat, &[0]);
    vote(&mut world, clara, &chat, &[0]);
    vote(&mut world, ada, &chat, &[1]);
    for who in people {
        let shown = poll(&mut world, who, &chat);
        assert_eq!((&*shown.question, shown.voters), ("When do we meet?", 3));
        let expected: [&[&str]; 3] = [&["Boris", "Clara"], &["Ada"], &[]];
        assert_eq!(counted(&mut world, who, &chat), expected);
    }
    assert_eq!(poll(&mut world, ada, &chat).mine(), [1]);
    vote(&mut world, boris, &chat, &[2]);
    vote(&mut world, clara, &chat, &[]);
    for who in people {
        let expected: [&[&str]; 3] = [&[], &["Ada"], &["Boris"]];
        assert_eq!(counted(&mut world, who, &chat), expected);
        assert_eq!(poll(&mut world, who, &chat).voters, 2);
    }
    is_quiet(&mut world, &people);
}

#[test]
fn several_are_chosen_only_where_that_is_offered() {
    let (mut world, [ada, boris, _], chat) = group(2, true);
    vote(&mut world, boris, &chat, &[2, 0, 2]);
    let expected: [&[&str]; 3] = [&["Boris"], &[], &["Boris"]];
    assert_eq!(counted(&mut world, ada, &chat), expected);
    assert_eq!(poll(&mut world, ada, &chat).voters, 1);
    let unknown = Outcome::Failed(Trouble::NotFound);
    assert_eq!(votes(&mut world, boris, &chat, &[3]), unknown);
    asks(&mut world, ada, &chat, false);
    assert_eq!(votes(&mut world, boris, &chat, &[0, 1]), unknown);
}

#[test]
fn what_breaks_the_limits_is_no_poll() {
    let (mut world, [ada, ..], chat) = group(3, false);
    let mut ask = |question: &str, options: &[&str]| {
        let command = Command::SendPoll {
            chat: chat.clone(),
            question: question.into(),
            options: options.iter().map(ToString::to_string).collect(),
            several: false,
        };
        world.tell(ada, command)
    };
    let bad = Outcome::Failed(Trouble::BadText);
    assert_eq!(ask(" ", &["a", "b"]), bad);
    assert_eq!(ask("?", &["a"]), bad);
    assert_eq!(ask("?", &["a", " a"]), bad);
    assert_eq!(ask("?", &["a", &"b".repeat(101)]), bad);
}

#[test]
fn the_author_closes_it_and_nobody_votes_any_more() {
    let (mut world, [ada, boris, clara], chat) = group(4, false);
    vote(&mut world, boris, &chat, &[0]);
    let refused = Outcome::Failed(Trouble::NotAllowed);
    assert_eq!(close(&mut world, boris, &chat), refused);
    assert_eq!(close(&mut world, ada, &chat), Outcome::Done);
    for who in [ada, boris, clara] {
        let shown = poll(&mut world, who, &chat);
        assert!(shown.closed && shown.voters == 1);
        assert_eq!(votes(&mut world, who, &chat, &[1]), refused);
    }
    assert_eq!(close(&mut world, ada, &chat), refused);
}

#[test]
fn a_vote_that_comes_too_late_counts_nowhere_and_is_nobodys_fault() {
    let (mut world, people @ [ada, boris, clara], chat) = group(5, false);
    vote(&mut world, boris, &chat, &[0]);
    world.set_online(boris, false);
    assert_eq!(votes(&mut world, boris, &chat, &[1]), Outcome::Done);
    assert_eq!(poll(&mut world, boris, &chat).mine(), [1], "at once");
    assert_eq!(close(&mut world, ada, &chat), Outcome::Done);
    world.set_online(boris, true);
    world.settle();
    for who in [ada, boris, clara] {
        let expected: [&[&str]; 3] = [&["Boris"], &[], &[]];
        assert_eq!(counted(&mut world, who, &chat), expected);
        assert!(poll(&mut world, who, &chat).closed);
    }
    is_quiet(&mut world, &people);
}

#[test]
fn votes_before_the_end_in_the_log_count_for_its_author_too() {
    let (mut world, [ada, boris, clara], chat) = group(6, false);
    world.set_online(ada, false);
    let message = last(&mut world, ada, &chat).id;
    world.tell(ada, Command::ClosePoll(message));
    assert!(poll(&mut world, ada, &chat).closed, "at once");
    vote(&mut world, boris, &chat, &[2]);
    world.set_online(ada, true);
    world.settle();
    for who in [ada, boris, clara] {
        let expected: [&[&str]; 3] = [&[], &[], &["Boris"]];
        assert_eq!(counted(&mut world, who, &chat), expected);
    }
}

#[test]
fn what_was_chosen_without_a_line_counts_in_the_end_on_a_bad_one() {
    let (mut world, people @ [ada, boris, clara], chat) = group(7, true);
    world.network = Network::BAD;
    world.set_online(boris, false);
    for options in [&[0][..], &[0, 1], &[], &[2]] {
        assert_eq!(votes(&mut world, boris, &chat, options), Outcome::Done);
    }
    world.crash(boris);
    world.start(boris);
    assert_eq!(poll(&mut world, boris, &chat).mine(), [2]);
    world.set_online(boris, true);
    world.advance(600_000);
    for who in [ada, boris, clara] {
        let expected: [&[&str]; 3] = [&[], &[], &["Boris"]];
        assert_eq!(counted(&mut world, who, &chat), expected);
    }
    is_quiet(&mut world, &people);
}

#[test]
fn a_poll_that_is_taken_back_leaves_no_votes() {
    let (mut world, [ada, boris, clara], chat) = group(8, false);
    vote(&mut world, boris, &chat, &[0]);
    let message = last(&mut world, ada, &chat).id;
    assert_eq!(world.tell(ada, Command::Delete(message)), Outcome::Done);
    world.settle();
    for who in [ada, boris, clara] {
        assert_eq!(last(&mut world, who, &chat).body, Body::Deleted);
        let refused = Outcome::Failed(Trouble::NotAllowed);
        assert_eq!(votes(&mut world, who, &chat, &[1]), refused);
        world.crash(who);
        let disk = world.of(who).open_store();
        let left = "SELECT (SELECT count(*) FROM vote) + (SELECT count(*) FROM message WHERE poll IS NOT NULL)";
        let left: i64 = disk.query_row(left, [], |row| row.get(0)).unwrap();
        assert_eq!(left, 0);
    }
}

#[test]
fn handed_on_it_begins_anew_and_belongs_to_who_handed_it_on() {
    let (mut world, [_, boris, clara], chat) = group(9, true);
    vote(&mut world, boris, &chat, &[0]);
    let to = world.direct(boris, clara);
    let forward = Command::Forward {
        messages: vec![last(&mut world, boris, &chat).id],
        chats: vec![to.clone()],
    };
    assert_eq!(world.tell(boris, forward), Outcome::Done);
    world.settle();
    let at_clara = world.direct(clara, boris);
    let shown = last(&mut world, clara, &at_clara);
    assert_eq!(shown.origin.expect("it was handed on").sender_name, "Ada");
    let shown = poll(&mut world, clara, &at_clara);
    assert_eq!((shown.voters, shown.several), (0, true));
    vote(&mut world, clara, &at_clara, &[1]);
    assert_eq!(close(&mut world, boris, &to), Outcome::Done);
    let expected: [&[&str]; 3] = [&[], &["Clara"], &[]];
    assert_eq!(counted(&mut world, boris, &to), expected);
    let former: [&[&str]; 3] = [&["Boris"], &[], &[]];
    assert_eq!(counted(&mut world, clara, &chat), former, "the first one");
}

#[test]
fn it_is_found_by_its_question_and_named_where_one_line_stands_for_it() {
    let (mut world, [ada, boris, _], chat) = group(10, false);
    let view = View::Search {
        typed: "meet".into(),
        chat: None,
        offset_minutes: 0,
        count: 20,
    };
    let Shown::Found(found) = world.look(boris, view) else {
        panic!("not what was found")
    };
    assert_eq!(found.hits.len(), 1);
    let rows = world.chats(boris);
    let preview = rows[0].preview.clone().expect("something happened");
    assert_eq!(
        (&*preview.text, preview.is_poll),
        ("When do we meet?", true)
    );
    let message = last(&mut world, ada, &chat).id;
    let pin = Command::PinMessage { message, on: true };
    assert_eq!(world.tell(ada, pin), Outcome::Done);
    let answer = Command::SendText {
        chat: chat.clone(),
        text: "any day".into(),
        reply_to: Some(last(&mut world, boris, &chat).id),
    };
    world.tell(boris, answer);
    world.settle();
    let shown = world.conversation(ada, &chat).unwrap();
    let pinned = &shown.pinned[0];
    assert_eq!((&*pinned.text, pinned.is_poll), ("When do we meet?", true));
    let quote = last(&mut world, ada, &chat).reply.expect("an answer");
    assert_eq!((&*quote.text, quote.is_poll), ("When do we meet?", true));
}

#[test]
fn a_text_is_no_poll_and_a_poll_is_said_no_other_way() {
    let (mut world, [ada, boris, _], chat) = group(11, false);
    let poll = last(&mut world, ada, &chat).id;
    let edit = Command::Edit {
        message: poll,
        text: "Where?".into(),
    };
    let refused = Outcome::Failed(Trouble::NotAllowed);
    assert_eq!(world.tell(ada, edit), refused);
    world.says(ada, &chat, "a text");
    world.settle();
    assert_eq!(votes(&mut world, boris, &chat, &[0]), refused);
    let nowhere = Command::ClosePoll(MessageId("x".into()));
    assert_eq!(world.tell(ada, nowhere), Outcome::Failed(Trouble::NotFound));
}

#[test]
fn a_linked_device_has_the_votes_and_each_of_the_two_changes_the_one_vote() {
    let (mut world, [ada, boris, _], chat) = group(12, false);
    vote(&mut world, ada, &chat, &[0]);
    vote(&mut world, boris, &chat, &[1]);
    let phone = linked(&mut world, ada);
    let at_phone = world.chat(phone, "Team").expect("it is there");
    let shown = poll(&mut world, phone, &at_phone);
    assert_eq!((shown.voters, shown.mine()), (2, vec![0]));
    vote(&mut world, phone, &at_phone, &[2]);
    for (who, chat) in [(ada, &chat), (boris, &chat), (phone, &at_phone)] {
        let expected: [&[&str]; 3] = [&[], &["Boris"], &["Ada"]];
        assert_eq!(counted(&mut world, who, chat), expected);
    }
    // One of the two is away and votes; what is later in the log counts, on both.
    world.set_online(ada, false);
    assert_eq!(votes(&mut world, ada, &chat, &[1]), Outcome::Done);
    vote(&mut world, phone, &at_phone, &[0]);
    world.set_online(ada, true);
    world.settle();
    for (who, chat) in [(ada, &chat), (boris, &chat), (phone, &at_phone)] {
        assert_eq!(poll(&mut world, who, chat).voters, 2);
        let all = counted(&mut world, who, chat);
        let mut second = all[1].clone();
        second.sort();
        assert_eq!(second, ["Ada", "Boris"]);
    }
}

#[test]
fn the_backup_has_the_votes() {
    let (mut world, [ada, boris, _], chat) = group(13, false);
    keeps(&mut world, ada);
    vote(&mut world, ada, &chat, &[0]);
    vote(&mut world, boris, &chat, &[2]);
    assert_eq!(close(&mut world, ada, &chat), Outcome::Done);
    world.advance(60_000);
    let before = poll(&mut world, ada, &chat);
    world.set_online(ada, false);
    let (phone, outcome) = comes_back(&mut world, Recovery::Passkey(PASSKEY));
    assert_eq!(outcome, Outcome::Done);
    let at_phone = world.chat(phone, "Team").expect("it is there");
    let messages = world.messages(phone, &at_phone);
    let after = messages.into_iter().rev().find_map(|it| match it.body {
        Body::Poll(poll) => Some(poll),
        _ => None,
    });
    assert_eq!(after, Some(before));
}

#[test]
fn a_device_that_moved_has_the_votes_and_changes_its_own() {
    let (mut world, [ada, boris, _], chat) = group(14, false);
    vote(&mut world, boris, &chat, &[1]);
    vote(&mut world, ada, &chat, &[0]);
    let Outcome::Link(link) = world.tell(ada, Command::Export) else {
        panic!("it did not leave");
    };
    let laptop = world.person("Ada's laptop");
    assert_eq!(world.tell(laptop, Command::Import { link }), Outcome::Done);
    world.settle();
    let at_laptop = world.chat(laptop, "Team").expect("it is there");
    let expected: [&[&str]; 3] = [&["Ada"], &["Boris"], &[]];
    assert_eq!(counted(&mut world, laptop, &at_laptop), expected);
    vote(&mut world, laptop, &at_laptop, &[2]);
    let expected: [&[&str]; 3] = [&[], &["Boris"], &["Ada"]];
    assert_eq!(counted(&mut world, boris, &chat), expected);
}
