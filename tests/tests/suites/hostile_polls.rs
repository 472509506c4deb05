//! A member who votes for what there is not, from outside, after the end, or ends what is another's. Each case is run
//! honestly, attacked, and attacked without what holds it.

use valise_client::Guard;
use valise_client::content::{Content, Meaning, account_uri, message_id, room_uri};
use valise_server::service::Protections;
use valise_tests::case::{Circle, Way};
use valise_tests::says;
use valise_views::{Alarm, Body, ChatId, Command, Outcome, Poll};
use valise_wire::{MessageId, RoomId};

const DOMAIN: &str = "office.example";

/// A circle in which Ada asks something.
fn circle(seed: u64, way: Way) -> (Circle, MessageId) {
    let mut circle = Circle::new(seed, way, Protections::default());
    let chat = circle.chat.clone();
    ada_asks(&mut circle, &chat);
    let poll = poll_heard(&mut circle);
    (circle, poll)
}

fn ada_asks(circle: &mut Circle, chat: &ChatId) {
    let command = Command::SendPoll {
        chat: chat.clone(),
        question: "Shall we sign?".into(),
        options: vec!["Yes".into(), "No".into()],
        several: false,
    };
    let outcome = circle.world.tell(circle.ada, command);
    assert!(matches!(outcome, Outcome::Sent(_)));
    circle.world.advance(5_000);
}

/// Returns the id under which everybody knows the last poll that Eve heard.
fn poll_heard(circle: &mut Circle) -> MessageId {
    circle.eve.follow(&circle.world);
    let mut polls = circle.eve.heard.iter().filter_map(|(room, sender, bytes)| {
        let content = Content::from_bytes(bytes).ok()?;
        let meaning = Meaning::of_part(&content.part)?;
        let names = (account_uri(DOMAIN, sender.account), room_uri(DOMAIN, *room));
        matches!(meaning, Meaning::Poll(_))
            .then(|| message_id(&names.0, &names.1, bytes, &content.salt))
    });
    polls.next_back().expect("Eve heard a poll")
}

fn eve_says(circle: &mut Circle, poll: MessageId, meaning: &Meaning) {
    let mut content = circle.eve.content(circle.room, meaning);
    content.in_reply_to = Some(poll);
    circle.eve_says(&content);
}

/// What Boris sees of the last poll in a chat: how many chose each option, of how many, and whether it is closed.
fn boris_sees(circle: &mut Circle, chat: &ChatId) -> (Vec<usize>, u32, bool) {
    let messages = circle.world.messages(circle.boris, chat).into_iter();
    let polls: Vec<Poll> = messages
        .filter_map(|message| match message.body {
            Body::Poll(poll) => Some(poll),
            _ => None,
        })
        .collect();
    let poll = polls.last().expect("he sees a poll");
    let counts = poll.options.iter().map(|option| option.people.len());
    (counts.collect(), poll.voters, poll.closed)
}

#[test]
fn a_vote_for_what_there_is_not_does_not_count() {
    for attack in [vec![2], vec![0, 1]] {
        let run = |way: Way| {
            let (mut circle, poll) = circle(140, way);
            let chosen = if way.attacked {
                attack.clone()
            } else {
                vec![0]
            };
            eve_says(&mut circle, poll, &Meaning::Vote(chosen));
            let chat = circle.chat.clone();
            (boris_sees(&mut circle, &chat), circle.boris_hears())
        };
        assert_eq!(run(Way::HONEST), ((vec![1, 0], 1, false), vec![]));
        let (seen, alarms) = run(Way::ATTACKED);
        assert_eq!(seen, (vec![0, 0], 0, false));
        assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
        assert_eq!(run(Way::without(Guard::Voting)).0.1, 1, "it is counted");
    }
}

#[test]
fn who_is_not_in_the_room_does_not_vote_there() {
    let run = |way: Way| {
        let mut circle = Circle::new(141, way, Protections::default());
        let people = vec![
            circle.world.id_of(circle.ada, circle.boris),
            circle.eve.person(),
        ];
        let board = circle.world.group_of(circle.ada, "Board", people);
        circle.world.advance(20_000);
        ada_asks(&mut circle, &board);
        let poll = poll_heard(&mut circle);
        let inside: RoomId = circle.world.room_of(&board);
        if way.attacked {
            let command = Command::RemoveMember {
                chat: board.clone(),
                person: circle.eve.person(),
            };
            assert_eq!(circle.world.tell(circle.ada, command), Outcome::Done);
            circle.world.advance(20_000);
        }
        // Thrown out of the one room, she votes through the other in which she still is.
        let from = if way.attacked { circle.room } else { inside };
        let mut content = circle.eve.content(from, &Meaning::Vote(vec![1]));
        content.in_reply_to = Some(poll);
        circle.eve.says(&circle.world, from, &content);
        circle.world.advance(5_000);
        boris_sees(&mut circle, &board)
    };
    assert_eq!(run(Way::HONEST), (vec![0, 1], 1, false));
    assert_eq!(run(Way::ATTACKED), (vec![0, 0], 0, false));
    assert_eq!(run(Way::without(Guard::Voting)), (vec![0, 1], 1, false));
}

#[test]
fn nobody_votes_after_the_end() {
    let run = |way: Way| {
        let (mut circle, poll) = circle(142, way);
        let chat = circle.chat.clone();
        if !way.attacked {
            eve_says(&mut circle, poll, &Meaning::Vote(vec![1]));
        }
        let messages = circle.world.messages(circle.ada, &chat);
        let ours = messages.last().expect("the poll").id.clone();
        let outcome = circle.world.tell(circle.ada, Command::ClosePoll(ours));
        assert_eq!(outcome, Outcome::Done);
        circle.world.advance(5_000);
        if way.attacked {
            eve_says(&mut circle, poll, &Meaning::Vote(vec![1]));
        }
        (boris_sees(&mut circle, &chat), circle.boris_hears())
    };
    assert_eq!(run(Way::HONEST), ((vec![0, 1], 1, true), vec![]));
    // It may be somebody who had not seen yet that it is closed: nothing is said of it.
    assert_eq!(run(Way::ATTACKED), ((vec![0, 0], 0, true), vec![]));
    let fooled = run(Way::without(Guard::Closing)).0;
    assert_eq!(fooled, (vec![0, 1], 1, true));
}

#[test]
fn nobody_closes_anothers_poll() {
    let run = |way: Way| {
        let (mut circle, poll) = circle(143, way);
        let chat = circle.chat.clone();
        if way.attacked {
            eve_says(&mut circle, poll, &Meaning::PollEnd);
        }
        (boris_sees(&mut circle, &chat).2, circle.boris_hears())
    };
    assert_eq!(run(Way::HONEST), (false, vec![]));
    let (closed, alarms) = run(Way::ATTACKED);
    assert!(!closed);
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
    assert!(run(Way::without(Guard::Closing)).0);
}

#[test]
fn a_vote_for_what_is_no_poll_is_said() {
    let mut circle = Circle::new(144, Way::ATTACKED, Protections::default());
    circle.ada_says("meet at nine");
    circle.world.advance(5_000);
    circle.eve.follow(&circle.world);
    let mut heard = circle.eve.heard.iter().filter_map(|(room, from, bytes)| {
        let content = Content::from_bytes(bytes).ok()?;
        let names = (account_uri(DOMAIN, from.account), room_uri(DOMAIN, *room));
        let is_text = content.sequence > 0;
        is_text.then(|| message_id(&names.0, &names.1, bytes, &content.salt))
    });
    let text = heard.next_back().expect("Eve heard a text");
    eve_says(&mut circle, text, &Meaning::Vote(vec![0]));
    let alarms = circle.boris_hears();
    assert!(says!(alarms, Alarm::MemberMisbehaved { .. }), "{alarms:?}");
    assert_eq!(circle.boris_reads(), ["meet at nine"]);
}
