//! Requests without end (BI-49): addressees, fields, deadlines that are over, one other wording after the other.

use super::deadlines::pair;
use super::offices::Pair;
use valise_client::{Guard, Guards};
use valise_evidence::verify::{Expected, verify};
use valise_tests::sim::World;
use valise_views::request::{Due, MOST_ADDRESSEES, NewAct, NewRequest, NewRevision, RequestTo};
use valise_views::{ChatId, Command, Outcome, RequestFilter, Trouble};

impl Pair {
    fn new_request(&mut self) -> NewRequest {
        let dora = self.world.find_person(self.boris, "dora@bank.example");
        World::request_to(dora, "the account of Mr. Petrov")
    }

    fn told_to_ask(&mut self, new: NewRequest) -> Outcome {
        let boris = self.boris;
        self.world.tell(boris, Command::Request(Box::new(new)))
    }

    fn open_requests(&mut self) -> usize {
        self.world.requests(self.boris, RequestFilter::Open).len()
    }
}

/// T173.
#[test]
fn t173_no_more_are_asked_at_once_than_a_person_can_mean() {
    for (count, guards, taken) in [
        (10_000, Guards::ALL, false),
        (MOST_ADDRESSEES + 1, Guards::ALL, false),
        (MOST_ADDRESSEES, Guards::ALL, true),
        (
            MOST_ADDRESSEES + 1,
            Guards::ALL.without(Guard::Addressees),
            true,
        ),
    ] {
        let mut pair = pair(860);
        pair.world.guard(pair.boris, guards);
        let new = pair.new_request();
        let to: Vec<RequestTo> = new.to.iter().cycle().take(count).cloned().collect();
        let asked = pair.told_to_ask(NewRequest { to, ..new });
        let refused = Outcome::Failed(Trouble::TooManyAddressees);
        assert_eq!(asked != refused, taken, "{count}: {asked:?}");
        assert_eq!(pair.open_requests(), usize::from(taken));
    }
}

#[test]
fn a_form_has_an_end_and_what_is_larger_goes_nowhere() {
    let mut pair = pair(861);
    let field = |number: usize| (format!("Field {number}"), "7".to_owned());
    let fields = |count| (0..count).map(field).collect::<Vec<_>>();
    let long = |length| vec![("Account".to_owned(), "7".repeat(length))];
    for (fields, taken) in [
        (fields(10_000), false),
        (fields(101), false),
        (fields(100), true),
        (long(10 << 20), false),
        (long(501), false),
        (long(500), true),
        (vec![("Account".repeat(1 << 20), "7".into())], false),
        ([fields(1), fields(1)].concat(), false),
    ] {
        let before = pair.open_requests();
        let new = pair.new_request();
        let asked = pair.told_to_ask(NewRequest { fields, ..new });
        let refused = Outcome::Failed(Trouble::BadText);
        assert_eq!(asked != refused, taken, "{asked:?}");
        pair.world.advance(20_000);
        assert_eq!(pair.open_requests(), before + usize::from(taken));
    }
}

#[test]
fn a_deadline_that_is_over_is_none() {
    let mut pair = pair(862);
    let now = pair.world.now.0;
    for due in [0, 1, now - 1, now, u64::MAX] {
        let new = pair.new_request();
        let asked = pair.told_to_ask(NewRequest {
            due: Due::At(due),
            ..new
        });
        assert_eq!(asked, Outcome::Failed(Trouble::BadDeadline), "{due}");
    }
    assert_eq!(pair.open_requests(), 0);
    // No other wording has one either.
    let new = pair.new_request();
    let chat = pair.world.asks(pair.boris, new);
    let over = pair.wording(1, Some(Due::At(pair.world.now.0)));
    let amended = pair.world.acts(pair.boris, &chat, over);
    assert_eq!(amended, Outcome::Failed(Trouble::BadDeadline));
}

impl Pair {
    fn wording(&self, number: usize, due: Option<Due>) -> NewAct {
        NewAct::Amend(Box::new(NewRevision {
            subject: format!("the account of Mr. Petrov, {number}"),
            text: format!("All of it, {number}."),
            files: Vec::new(),
            due,
            ends: None,
            offset_minutes: 120,
        }))
    }

    fn amends(&mut self, chat: &ChatId, number: usize) {
        let new = self.wording(number, None);
        assert_eq!(self.world.acts(self.boris, chat, new), Outcome::Done);
    }
}

/// As fast as a device can say them; what a server takes of one account in a minute is another matter.
#[test]
fn one_other_wording_after_the_other_leaves_the_last_one_on_both_sides() {
    const MANY: usize = 60;
    let mut pair = pair(863);
    let new = pair.new_request();
    let there = pair.world.asks(pair.boris, new);
    let here = pair.world.requests(pair.dora, RequestFilter::Open)[0]
        .chat
        .clone();
    // Half of them while nobody of the other side is there.
    for number in 1..=MANY {
        pair.world.set_online(pair.dora, number > MANY / 2);
        pair.amends(&there, number);
    }
    pair.world.advance(60_000);
    for (who, chat) in [(pair.boris, &there), (pair.dora, &here)] {
        let seen = pair.world.opens(who, chat);
        let last = format!("All of it, {MANY}.");
        assert_eq!(seen.letter.text, last);
        assert_eq!(seen.revisions.len(), MANY);
        assert_eq!(pair.world.of(who).errors, Vec::<String>::new());
        assert!(pair.world.alarms(who).is_empty());
    }
    let (_, bundle) = pair.world.exports(pair.boris, &there).expect("a bundle");
    assert!(verify(&bundle, &Expected::default()).is_sound());
}
