//! What one began to say to a request stays on the device until something is said.

use super::devices::linked;
use super::offices::Pair;
use valise_tests::sim::{Who, World};
use valise_views::request::{ActKind, NewAct, NewRevision, RequestFilter};
use valise_views::{AnswerDraft, ChatId, Command, Outcome, Trouble};

/// Returns a refusal that has something in each place, as nobody may send it.
fn refusal() -> AnswerDraft {
    AnswerDraft {
        kind: ActKind::Refused,
        subject: String::new(),
        text: " as it was \u{202e}typed ".into(),
        ground: "Art. 26\nand".into(),
        days: String::new(),
        day: String::new(),
        is_confidential: true,
        files: 2,
    }
}

fn keep(chat: &ChatId, draft: Option<AnswerDraft>) -> Command {
    Command::KeepAnswerDraft {
        chat: chat.clone(),
        draft: draft.map(Box::new),
    }
}

fn kept(world: &mut World, who: Who, chat: &ChatId) -> Option<AnswerDraft> {
    match world.tell(who, Command::ReadAnswerDraft(chat.clone())) {
        Outcome::AnswerDraft(draft) => draft.map(|draft| *draft),
        other => panic!("no draft but {other:?}"),
    }
}

/// Dora asks Boris twice; returns both requests as he has them.
fn asked_twice(seed: u64) -> (Pair, ChatId, ChatId) {
    let mut pair = super::offices::pair(seed);
    pair.world.advance(60_000);
    let boris = pair.world.find_person(pair.dora, "boris@office.example");
    for subject in ["the account", "the calls"] {
        let request = World::request_to(boris.clone(), subject);
        pair.world.asks(pair.dora, request);
    }
    let rows = pair.world.requests(pair.boris, RequestFilter::Open);
    let chat = |subject: &str| {
        let row = rows.iter().find(|row| row.subject == subject);
        row.expect("it arrived").chat.clone()
    };
    let (account, calls) = (chat("the account"), chat("the calls"));
    (pair, account, calls)
}

#[test]
fn what_was_begun_is_there_after_a_crash_on_this_device_alone() {
    let (mut pair, account, calls) = asked_twice(2901);
    let (world, boris) = (&mut pair.world, pair.boris);
    let phone = linked(world, boris);
    assert_eq!(kept(world, boris, &account), None);
    let command = keep(&account, Some(refusal()));
    assert_eq!(world.tell(boris, command), Outcome::Done);
    world.settle();
    world.crash(boris);
    world.start(boris);
    assert_eq!(kept(world, boris, &account), Some(refusal()));
    assert_eq!(kept(world, boris, &calls), None, "each request has its own");
    assert_eq!(kept(world, phone, &account), None);
    // What is typed later takes its place, and nothing is left of what is given up.
    let part = AnswerDraft {
        kind: ActKind::PartlyAnswered,
        text: "The first half.".into(),
        ground: String::new(),
        is_confidential: false,
        files: 0,
        ..refusal()
    };
    let command = keep(&account, Some(part.clone()));
    assert_eq!(world.tell(boris, command), Outcome::Done);
    assert_eq!(kept(world, boris, &account), Some(part));
    assert_eq!(world.tell(boris, keep(&account, None)), Outcome::Done);
    assert_eq!(kept(world, boris, &account), None);
}

#[test]
fn what_was_begun_is_gone_once_something_is_said_and_not_before() {
    let (mut pair, account, calls) = asked_twice(2902);
    let boris = pair.boris;
    for chat in [&account, &calls] {
        let command = keep(chat, Some(refusal()));
        assert_eq!(pair.world.tell(boris, command), Outcome::Done);
    }
    // What could not be said leaves it, and so does what is done without words.
    let empty = NewAct::Say {
        kind: ActKind::Refused,
        text: String::new(),
        files: Vec::new(),
        ground: None,
    };
    let refused = Outcome::Failed(Trouble::BadText);
    assert_eq!(pair.world.acts(boris, &account, empty), refused);
    let number = World::registers();
    assert_eq!(pair.world.acts(boris, &account, number), Outcome::Done);
    assert_eq!(kept(&mut pair.world, boris, &account), Some(refusal()));
    pair.world
        .replies(boris, &account, ActKind::Answered, "Here.", Vec::new());
    assert_eq!(kept(&mut pair.world, boris, &account), None);
    assert_eq!(kept(&mut pair.world, boris, &calls), Some(refusal()));
}

#[test]
fn what_is_no_answer_to_a_request_is_not_kept() {
    let (mut pair, account, _) = asked_twice(2903);
    let (world, boris) = (&mut pair.world, pair.boris);
    let nowhere = keep(&ChatId("g00".into()), Some(refusal()));
    let refused = Outcome::Failed(Trouble::NotFound);
    assert_eq!(world.tell(boris, nowhere), refused);
    for (draft, why) in [
        (
            AnswerDraft {
                kind: ActKind::Confirmed,
                ..refusal()
            },
            Trouble::OutOfPlace,
        ),
        (
            AnswerDraft {
                text: "x".repeat(1 << 20),
                ..refusal()
            },
            Trouble::BadText,
        ),
    ] {
        let refused = Outcome::Failed(why);
        assert_eq!(world.tell(boris, keep(&account, Some(draft))), refused);
    }
    assert_eq!(kept(world, boris, &account), None);
}

/// Another wording of what one asked oneself stays as well, with its subject and deadline, until it is sent.
#[test]
fn another_wording_that_was_begun_is_there_until_it_is_sent() {
    let (mut pair, ..) = asked_twice(2904);
    let (world, dora) = (&mut pair.world, pair.dora);
    let chat = world.requests(dora, RequestFilter::Open)[0].chat.clone();
    let begun = AnswerDraft {
        kind: ActKind::Amended,
        subject: "the account and the cards".into(),
        days: "5".into(),
        day: String::new(),
        ground: String::new(),
        is_confidential: false,
        files: 0,
        ..refusal()
    };
    let command = keep(&chat, Some(begun.clone()));
    assert_eq!(world.tell(dora, command), Outcome::Done);
    world.settle();
    world.crash(dora);
    world.start(dora);
    assert_eq!(kept(world, dora, &chat), Some(begun));
    let new = NewRevision {
        subject: "the account and the cards".into(),
        text: "All of them, please.".into(),
        files: Vec::new(),
        due: None,
        ends: None,
        offset_minutes: 0,
    };
    world.advance(60_000);
    let amended = world.acts(dora, &chat, NewAct::Amend(Box::new(new)));
    assert_eq!(amended, Outcome::Done);
    assert_eq!(kept(world, dora, &chat), None);
}
