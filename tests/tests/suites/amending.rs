//! Requests whose wording is changed: what both sides see of it, what becomes of answers, and what proves it.

use super::deadlines::pair;
use super::offices::Pair;
use valise_evidence::verify::{Expected, Subject, verify};
use valise_tests::sim::World;
use valise_views::request::{ActKind, Due, NewAct, NewRevision, RequestState, Standing};
use valise_views::{Body, ChatId, Command, Outcome, RequestFilter, Trouble};

impl Pair {
    /// Boris asks Dora, with one file; returns the chat as either has it.
    fn asks_with_file(&mut self) -> (ChatId, ChatId) {
        let dora = self.world.find_person(self.boris, "dora@bank.example");
        let mut request = World::request_to(dora, "the account of Mr. Petrov");
        let order = self
            .world
            .new_file(self.boris, "order.pdf", "application/pdf", vec![7; 3_000]);
        request.files.push(order);
        let there = self.world.asks(self.boris, request);
        let rows = self.world.requests(self.dora, RequestFilter::Open);
        (there, rows[0].chat.clone())
    }

    fn reworded(&mut self, text: &str) -> NewRevision {
        NewRevision {
            subject: "the accounts of Mr. Petrov".into(),
            text: text.into(),
            files: Vec::new(),
            due: Some(Due::WorkingDays(20)),
            ends: None,
            offset_minutes: 120,
        }
    }

    fn proves(&mut self, chat: &ChatId) -> valise_evidence::verify::Verdict {
        let (_, bundle) = self.world.exports(self.boris, chat).unwrap();
        verify(&bundle, &Expected::default())
    }
}

#[test]
fn another_wording_takes_the_place_of_the_one_before_on_both_sides() {
    let mut pair = pair(1);
    let (there, here) = pair.asks_with_file();
    let before = pair.world.opens(pair.dora, &here);
    pair.world.settle();
    let mut new = pair.reworded("All accounts, and since when.");
    let list = pair
        .world
        .new_file(pair.boris, "list.csv", "text/csv", vec![1; 200]);
    new.files.push(list);
    let amend = NewAct::Amend(Box::new(new));
    assert_eq!(pair.world.acts(pair.boris, &there, amend), Outcome::Done);
    for (who, chat) in [(pair.boris, &there), (pair.dora, &here)] {
        let now = pair.world.opens(who, chat);
        assert_eq!(now.row.subject, "the accounts of Mr. Petrov");
        assert_eq!(now.letter.text, "All accounts, and since when.");
        let called: Vec<&str> = now.letter.files.iter().map(|file| &*file.name).collect();
        assert_eq!(called, ["order.pdf", "list.csv"]);
        assert!(now.row.due > before.row.due);
        let [revision] = &now.revisions[..] else {
            panic!("{:?}", now.revisions);
        };
        assert_eq!(revision.number, 2);
        let changes = &revision.changes;
        assert_eq!(
            changes.subject.as_deref(),
            Some("the account of Mr. Petrov")
        );
        assert_eq!(changes.text, Some(before.letter.text.clone()));
        assert_eq!(changes.due, Some((before.row.due, now.row.due)));
        assert_eq!(changes.added, ["list.csv"]);
        let act = now.acts.last().unwrap();
        assert_eq!(
            (act.kind, act.standing),
            (ActKind::Amended, Standing::Counts)
        );
        assert_eq!(act.revision, Some(2));
    }
    pair.world
        .replies(pair.dora, &here, ActKind::Answered, "Three.", vec![]);
    assert_eq!(
        pair.world.opens(pair.boris, &there).row.state,
        RequestState::Answered
    );
    let verdict = pair.proves(&there);
    assert!(
        verdict.is_sound(),
        "{:?}",
        verdict.faults().collect::<Vec<_>>()
    );
    let requests = verdict.rows.iter().filter_map(|row| match row.subject {
        Subject::Request(revision) => Some(revision),
        _ => None,
    });
    assert_eq!(requests.collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn an_answer_that_crosses_another_wording_is_none_and_is_given_anew() {
    let mut pair = pair(2);
    let (there, here) = pair.asks_with_file();
    pair.world.opens(pair.dora, &here);
    pair.world.settle();
    // Both at once: Dora's device learns of the other wording when it hands in what she wrote.
    let new = pair.reworded("All accounts.");
    let amend = Box::new(NewAct::Amend(Box::new(new)));
    let (boris, dora) = (pair.boris, pair.dora);
    let act = |chat: &ChatId, act| Command::Act {
        chat: chat.clone(),
        act,
    };
    let say = NewAct::Say {
        kind: ActKind::Answered,
        text: "One account.".into(),
        files: Vec::new(),
        ground: None,
    };
    pair.world.ask(boris, act(&there, amend));
    pair.world.ask(dora, act(&here, Box::new(say)));
    pair.world.settle();
    pair.world.settle();
    for (who, chat) in [(boris, &there), (dora, &here)] {
        let now = pair.world.opens(who, chat);
        assert_eq!(now.row.state, RequestState::Received, "it is not answered");
        assert!(!now.is_under_way);
        let messages = pair.world.messages(who, chat);
        let former = messages.iter().filter_map(|message| match &message.body {
            Body::Letter { kind, letter, .. } => Some((*kind, letter.is_former)),
            _ => None,
        });
        let former: Vec<_> = former.collect();
        assert!(
            former.contains(&(Some(ActKind::Answered), true)),
            "{former:?}"
        );
        assert!(former.contains(&(None, false)) && former.contains(&(None, true)));
    }
    pair.world
        .replies(dora, &here, ActKind::Answered, "Three accounts.", vec![]);
    let now = pair.world.opens(boris, &there);
    assert_eq!(now.row.state, RequestState::Answered);
    let verdict = pair.proves(&there);
    assert!(
        verdict.is_sound(),
        "{:?}",
        verdict.faults().collect::<Vec<_>>()
    );
}

#[test]
fn only_who_asks_changes_it_and_only_while_it_is_open() {
    let mut pair = pair(3);
    let (there, here) = pair.asks_with_file();
    pair.world.opens(pair.dora, &here);
    pair.world.settle();
    let new = pair.reworded("Nothing.");
    let amend = |new: &NewRevision| NewAct::Amend(Box::new(new.clone()));
    let no = |trouble| Outcome::Failed(trouble);
    assert_eq!(
        pair.world.acts(pair.dora, &here, amend(&new)),
        no(Trouble::NotAllowed)
    );
    let now = pair.world.opens(pair.boris, &there);
    let same = NewRevision {
        subject: now.row.subject,
        text: now.letter.text,
        due: None,
        ..new.clone()
    };
    assert_eq!(
        pair.world.acts(pair.boris, &there, amend(&same)),
        no(Trouble::BadText)
    );
    pair.world
        .replies(pair.dora, &here, ActKind::Answered, "One.", vec![]);
    assert_eq!(
        pair.world.acts(pair.boris, &there, amend(&new)),
        no(Trouble::OutOfPlace)
    );
}
