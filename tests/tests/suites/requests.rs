//! Requests between two organisations: asked, taken, asked back, answered, confirmed; with races and cut lines.

use super::offices::Pair;
use valise_client::Input;
use valise_evidence::verify::{Expected, verify};
use valise_tests::sim::World;
use valise_views::file::NewFile;
use valise_views::request::{ActKind, NewAct, Reached, RequestState, Standing};
use valise_views::{
    Body, ChatId, Command, FileState, Outcome, RequestFilter, Shown, Tick, Trouble, View,
};

/// The same two of either side as with offices; every device has something to sign with.
fn pair(seed: u64) -> Pair {
    let mut pair = super::offices::pair(seed);
    pair.world.advance(60_000);
    pair
}

impl Pair {
    /// Boris asks Dora; returns the chat as either has it.
    fn asked(&mut self, subject: &str) -> (ChatId, ChatId) {
        let dora = self.world.find_person(self.boris, "dora@bank.example");
        let there = self
            .world
            .asks(self.boris, World::request_to(dora, subject));
        let rows = self.world.requests(self.dora, RequestFilter::Open);
        let here = rows.iter().find(|row| row.subject == subject);
        (there, here.expect("it arrived").chat.clone())
    }

    /// Nobody has anything to complain about.
    fn is_calm(&mut self) {
        for who in self.world.everybody() {
            assert_eq!(self.world.of(who).errors, Vec::<String>::new());
            let alarms = self.world.alarms(who);
            assert!(alarms.is_empty(), "{}: {alarms:?}", self.world.of(who).name);
        }
    }
}

fn kinds(details: &valise_views::request::RequestDetails) -> Vec<(ActKind, Standing)> {
    let acts = details.acts.iter();
    acts.map(|act| (act.kind, act.standing)).collect()
}

#[test]
fn a_request_is_asked_questioned_answered_and_confirmed() {
    let mut pair = pair(1);
    let (there, here) = pair.asked("the account of Mr. Petrov");
    let sent = pair.world.requests(pair.boris, RequestFilter::Open);
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].state, RequestState::Submitted);
    assert_eq!(sent[0].reached, Reached::Delivered);
    assert_eq!(sent[0].number, "2026/BORIS-00001");
    assert_eq!(sent[0].other.organisation, "Harbour Bank");
    let chats = pair.world.chats(pair.boris);
    assert!(chats.iter().all(|row| row.chat != there), "it is no chat");

    let asked = pair.world.opens(pair.dora, &here);
    assert_eq!(
        asked.letter.text,
        "Please tell us all about the account of Mr. Petrov."
    );
    assert_eq!(asked.issuer.name, "Boris");
    assert_eq!(asked.issuer.organisation, "Northern Office");
    assert!(asked.row.is_for_us && asked.row.is_incoming);
    pair.world.settle();
    let opened = &pair.world.requests(pair.boris, RequestFilter::Waiting)[0];
    assert_eq!(
        (opened.state, opened.reached),
        (RequestState::Received, Reached::Opened)
    );

    let number = World::registers();
    assert_eq!(pair.world.acts(pair.dora, &here, number), Outcome::Done);
    let dora = pair.world.id_of(pair.dora, pair.dora);
    assert_eq!(
        pair.world.acts(pair.dora, &here, NewAct::Assign(dora)),
        Outcome::Done
    );
    let there_now = pair.world.opens(pair.boris, &there);
    assert_eq!(
        there_now.row.their_number.as_deref(),
        Some("2026/DORA-00001")
    );
    assert_eq!(there_now.row.assignee.as_deref(), Some("Dora"));
    assert_eq!(there_now.row.state, RequestState::InWork);

    pair.world.replies(
        pair.dora,
        &here,
        ActKind::Questioned,
        "Which of his accounts?",
        vec![],
    );
    assert_eq!(
        pair.world.requests(pair.boris, RequestFilter::ForUs).len(),
        1
    );
    pair.world.replies(
        pair.boris,
        &there,
        ActKind::Clarified,
        "All of them.",
        vec![],
    );
    let scan = pair.world.new_file(
        pair.dora,
        "statement.pdf",
        "application/pdf",
        vec![7; 300_000],
    );
    pair.world.replies(
        pair.dora,
        &here,
        ActKind::Answered,
        "Here it is.",
        vec![scan],
    );
    let answered = pair.world.opens(pair.boris, &there);
    assert_eq!(answered.row.state, RequestState::Answered);
    assert!(
        answered
            .may
            .starts_with(&[ActKind::Confirmed, ActKind::Disputed])
    );
    let letter = answered
        .acts
        .last()
        .and_then(|act| act.letter.as_ref())
        .unwrap();
    assert_eq!(
        (letter.text.as_str(), letter.files[0].name.as_str()),
        ("Here it is.", "statement.pdf")
    );
    assert_eq!(letter.files[0].state, FileState::Remote);

    assert_eq!(
        pair.world.acts(pair.boris, &there, NewAct::Confirm),
        Outcome::Done
    );
    for (who, chat) in [(pair.boris, &there), (pair.dora, &here)] {
        let ended = pair.world.opens(who, chat);
        assert_eq!(ended.row.state, RequestState::Confirmed);
        assert!(ended.may.is_empty() && !ended.is_under_way);
        let all: Vec<ActKind> = kinds(&ended).into_iter().map(|(kind, _)| kind).collect();
        use ActKind::*;
        assert_eq!(
            all,
            [
                Received, Registered, Assigned, Questioned, Clarified, Answered, Confirmed
            ]
        );
        assert!(
            ended
                .acts
                .iter()
                .all(|act| act.standing == Standing::Counts)
        );
    }
    assert_eq!(
        pair.world.requests(pair.boris, RequestFilter::Ended).len(),
        1
    );
    pair.is_calm();
}

#[test]
fn who_is_not_asked_sees_nothing_and_who_may_not_does_nothing() {
    let mut pair = pair(2);
    let (there, here) = pair.asked("the letter");
    assert!(
        pair.world
            .requests(pair.clara, RequestFilter::Open)
            .is_empty()
    );
    let act = NewAct::Confirm;
    let failed = pair.world.acts(pair.dora, &here, act);
    assert_eq!(failed, Outcome::Failed(Trouble::NotAllowed));
    let failed = pair.world.acts(pair.boris, &there, NewAct::Confirm);
    assert_eq!(failed, Outcome::Failed(Trouble::OutOfPlace));
    let timer = Command::SetTimer {
        chat: there.clone(),
        seconds: 60,
    };
    assert_eq!(
        pair.world.tell(pair.boris, timer),
        Outcome::Failed(Trouble::NotAllowed)
    );
    let anna = pair.world.id_of(pair.boris, pair.boris);
    let to_own = World::request_to(anna, "oneself");
    let failed = pair
        .world
        .tell(pair.boris, Command::Request(Box::new(to_own)));
    assert_eq!(failed, Outcome::Failed(Trouble::NotFound));
    pair.is_calm();
}

#[test]
fn two_acts_at_once_both_find_their_place_or_are_over() {
    let mut pair = pair(3);
    let (there, here) = pair.asked("the race");
    pair.world.opens(pair.dora, &here);
    pair.world.settle();
    // Both do something before either hears of the other.
    let withdraw = Box::new(NewAct::Withdraw { note: None });
    let act = |chat: &ChatId, act| Command::Act {
        chat: chat.clone(),
        act,
    };
    pair.world.ask(pair.boris, act(&there, withdraw));
    let number = Box::new(World::registers());
    pair.world.ask(pair.dora, act(&here, number));
    pair.world.settle();
    let [one, other] = [(pair.boris, &there), (pair.dora, &here)].map(|(who, chat)| {
        let details = pair.world.opens(who, chat);
        assert!(!details.is_under_way);
        (kinds(&details), details.row.state)
    });
    assert_eq!(one, other, "both sides see the same");
    assert_eq!(one.1, RequestState::Withdrawn);
    pair.is_calm();
}

#[test]
fn what_is_done_without_a_line_is_done_when_there_is_one() {
    let mut pair = pair(4);
    let (there, here) = pair.asked("the line");
    pair.world.opens(pair.dora, &here);
    pair.world.settle();
    pair.world.set_online(pair.dora, false);
    let text = "I was on the train.".to_owned();
    let say = NewAct::Say {
        kind: ActKind::Answered,
        text,
        files: vec![],
        ground: None,
    };
    assert_eq!(pair.world.acts(pair.dora, &here, say), Outcome::Done);
    assert!(pair.world.opens(pair.dora, &here).is_under_way);
    // Meanwhile the other side goes on, and the device dies.
    let act = NewAct::Withdraw {
        note: Some("Not needed any more.".into()),
    };
    assert_eq!(pair.world.acts(pair.boris, &there, act), Outcome::Done);
    pair.world.crash(pair.dora);
    pair.world.start(pair.dora);
    pair.world.set_online(pair.dora, true);
    pair.world.settle();
    let details = pair.world.opens(pair.dora, &here);
    assert_eq!(details.row.state, RequestState::Withdrawn);
    assert!(
        !details.is_under_way,
        "there is no place for an answer any more"
    );
    let said = pair.world.messages(pair.boris, &there);
    let is_answer = |body: &Body| {
        matches!(
            body,
            Body::Letter {
                kind: Some(ActKind::Answered),
                ..
            }
        )
    };
    assert!(
        said.iter().any(|message| is_answer(&message.body)),
        "what was written is not lost"
    );
    pair.is_calm();
}

#[test]
fn late_stays_late() {
    let mut pair = pair(5);
    let dora = pair.world.find_person(pair.boris, "dora@bank.example");
    let mut request = World::request_to(dora, "the deadline");
    let hour = 60 * 60 * 1_000;
    request.due = valise_views::request::Due::At(pair.world.now.0 + hour);
    let there = pair.world.asks(pair.boris, request);
    // Somebody looks at the list all the while, and nothing happens but that time passes.
    let (number, search) = (u64::MAX, String::new());
    let filter = RequestFilter::Open;
    let view = View::Requests { filter, search };
    pair.world.give(pair.boris, Input::Watch { number, view });
    pair.world.advance(2 * hour);
    let Some(Shown::Requests(list)) = pair.world.of(pair.boris).shown.get(&number) else {
        panic!("nothing is shown");
    };
    assert!(
        list.rows[0].is_overdue,
        "it is seen without being looked for"
    );
    let row = &pair.world.requests(pair.boris, RequestFilter::Urgent)[0];
    assert!(row.is_overdue);
    let here = pair.world.requests(pair.dora, RequestFilter::Open)[0]
        .chat
        .clone();
    let until = pair.world.now.0 + 24 * hour;
    let ask = NewAct::AskTime { until, note: None };
    assert_eq!(pair.world.acts(pair.dora, &here, ask), Outcome::Done);
    assert_eq!(
        pair.world.acts(pair.boris, &there, NewAct::GiveTime),
        Outcome::Done
    );
    let details = pair.world.opens(pair.dora, &here);
    assert_eq!((details.row.due, details.row.is_overdue), (until, false));
    assert!(details.row.was_late, "late stays late");
    pair.is_calm();
}

#[test]
fn both_sides_export_what_verifies_without_anybody() {
    let mut pair = pair(6);
    let (there, here) = pair.asked("the evidence");
    pair.world.opens(pair.dora, &here);
    pair.world.settle();
    let scan = pair.world.new_file(
        pair.dora,
        "statement.pdf",
        "application/pdf",
        vec![7; 300_000],
    );
    pair.world.replies(
        pair.dora,
        &here,
        ActKind::Answered,
        "Here it is.",
        vec![scan],
    );
    assert_eq!(
        pair.world.acts(pair.boris, &there, NewAct::Confirm),
        Outcome::Done
    );
    // The asking side does not have the scan yet: it comes, and then there is a bundle.
    let away = pair.world.exports(pair.boris, &there);
    assert_eq!(away, Err(Trouble::FileAway));
    pair.world.settle();
    let fingerprints = [pair.boris, pair.dora].map(|who| pair.world.partners_of(who).fingerprint);
    let expected = Expected {
        fingerprints: fingerprints.to_vec(),
        ..Expected::default()
    };
    for (who, chat) in [(pair.boris, &there), (pair.dora, &here)] {
        let (name, bytes) = pair.world.exports(who, chat).unwrap();
        assert_eq!(name, "2026-BORIS-00001.evb");
        let verdict = verify(&bytes, &expected);
        assert!(verdict.is_sound(), "{verdict:#?}");
        let mut changed = bytes.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert!(!verify(&changed, &expected).is_sound());
    }
    // Two at once, as two windows may ask: each gets its own.
    let asked = [(); 2].map(|()| {
        let command = Command::ExportEvidence {
            chat: here.clone(),
            without: Vec::new(),
        };
        pair.world.ask(pair.dora, command)
    });
    pair.world.settle();
    for number in asked {
        let told = pair.world.outcome(pair.dora, number).cloned().unwrap();
        let (_, bytes) = pair.world.closes_evidence(pair.dora, told).unwrap();
        assert!(verify(&bytes, &expected).is_sound());
    }
    pair.is_calm();
}

#[test]
fn an_answer_whose_file_is_gone_is_given_back_and_can_be_forgotten() {
    let mut pair = pair(7);
    let (there, here) = pair.asked("the file");
    pair.world.opens(pair.dora, &here);
    pair.world.settle();
    let scan = NewFile {
        handle: u64::MAX,
        ..pair
            .world
            .new_file(pair.dora, "scan.pdf", "application/pdf", vec![7; 9_000])
    };
    let text = "The list is attached.";
    pair.world
        .replies(pair.dora, &here, ActKind::Answered, text, vec![scan]);
    let failed = |pair: &mut Pair| {
        let messages = pair.world.messages(pair.dora, &here);
        let failed = messages
            .into_iter()
            .find(|message| message.tick == Some(Tick::Failed));
        failed.expect("it failed").id
    };
    let message = failed(&mut pair);
    assert!(pair.world.opens(pair.dora, &here).is_under_way);
    // Again, and the file is gone still: nothing half goes.
    assert_eq!(
        pair.world.tell(pair.dora, Command::Retry(message)),
        Outcome::Done
    );
    pair.world.settle();
    let message = failed(&mut pair);
    assert_eq!(
        pair.world.tell(pair.dora, Command::Discard(message)),
        Outcome::Done
    );
    pair.world.settle();
    assert!(!pair.world.opens(pair.dora, &here).is_under_way);
    let details = pair.world.opens(pair.boris, &there);
    assert_eq!(details.row.state, RequestState::Received);
    pair.is_calm();
}
