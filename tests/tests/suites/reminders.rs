//! Reminders of deadlines: who is told, when, and how often.

use super::deadlines::{calendar, pair, said};
use super::offices::Pair;
use valise_client::Input;
use valise_tests::sim::{Who, World};
use valise_views::request::{ActKind, Due, ForwardTo, NewAct, NewRequest};
use valise_views::{ChatId, Command, Nearness, Outcome, Reminder, RequestFilter, Trouble};
use valise_wire::Timestamp;

const DAY: u64 = 24 * 60 * 60 * 1_000;

/// Dora of the bank was asked for an answer in ten working days; the bank reminds one and three days before, and tells everybody two days after.
fn asked(seed: u64) -> (Pair, ChatId, ChatId) {
    let mut pair = pair(seed);
    assert_eq!(
        pair.world.tell(pair.clara, said(0, calendar(&[]))),
        Outcome::Done
    );
    pair.world.settle();
    let dora = pair.world.find_person(pair.boris, "dora@bank.example");
    let request = NewRequest {
        due: Due::WorkingDays(10),
        ..World::request_to(dora, "the account of Mr. Petrov")
    };
    let there = pair.world.asks(pair.boris, request);
    let here = pair.world.requests(pair.dora, RequestFilter::Open)[0]
        .chat
        .clone();
    (pair, there, here)
}

/// What one was reminded of.
fn reminders(world: &World, who: Who) -> Vec<Nearness> {
    let all = world.of(who).notified.iter();
    all.filter_map(|message| match message.reminds? {
        Reminder::Due(nearness) => Some(nearness),
        Reminder::Release | Reminder::SentBack | Reminder::GuestWaits => None,
    })
    .collect()
}

impl Pair {
    /// Everybody sleeps up to so many days before a request is due.
    fn until_days_before(&mut self, chat: &ChatId, days: i64) {
        let due = self.world.opens(self.boris, chat).row.due as i64;
        self.sleeps_until((due - days * DAY as i64) as u64);
    }

    /// All machines stand still up to an instant.
    fn sleeps_until(&mut self, at: u64) {
        self.world.now = Timestamp(at.max(self.world.now.0));
        self.world.advance(60_000);
    }
}

#[test]
fn who_is_asked_is_reminded_on_the_days_that_his_organisation_chose() {
    use Nearness::*;
    let (mut pair, there, _) = asked(1);
    let dora = pair.dora;
    // Ten working days end on Monday, 5 October; three before is Wednesday.
    pair.until_days_before(&there, 6);
    assert_eq!(reminders(&pair.world, dora), []);
    pair.until_days_before(&there, 4);
    assert_eq!(reminders(&pair.world, dora), [Soon]);
    let row = &pair.world.requests(dora, RequestFilter::Urgent)[0];
    assert_eq!(row.nearness, Soon);
    pair.until_days_before(&there, 1);
    assert_eq!(reminders(&pair.world, dora), [Soon, Soon]);
    let morning = pair.world.now.0 + 12 * 60 * 60 * 1_000;
    pair.sleeps_until(morning);
    assert_eq!(reminders(&pair.world, dora), [Soon, Soon, Today]);
    pair.until_days_before(&there, -1);
    assert_eq!(reminders(&pair.world, dora), [Soon, Soon, Today, Overdue]);
    assert!(
        pair.world
            .requests(dora, RequestFilter::Escalated)
            .is_empty()
    );
    pair.until_days_before(&there, -4);
    assert_eq!(
        reminders(&pair.world, dora),
        [Soon, Soon, Today, Overdue, Escalated]
    );
    assert_eq!(pair.world.requests(dora, RequestFilter::Escalated).len(), 1);
    assert_eq!(
        reminders(&pair.world, pair.boris),
        [],
        "who asks is not asked"
    );
    let later = pair.world.now.0 + 40 * DAY;
    pair.sleeps_until(later);
    assert_eq!(reminders(&pair.world, dora).len(), 5);
}

#[test]
fn after_a_restart_and_a_week_without_it_only_the_latest_is_told_once() {
    let (mut pair, there, _) = asked(2);
    let dora = pair.dora;
    pair.until_days_before(&there, 6);
    pair.world.crash(dora);
    pair.until_days_before(&there, -4);
    pair.world.start(dora);
    pair.world.advance(1_000);
    assert_eq!(reminders(&pair.world, dora), [Nearness::Escalated]);
    pair.world.crash(dora);
    pair.world.start(dora);
    let later = pair.world.now.0 + DAY;
    pair.sleeps_until(later);
    assert_eq!(reminders(&pair.world, dora), [Nearness::Escalated]);
}

#[test]
fn whoever_works_on_it_is_reminded_alone_until_all_are_told() {
    use Nearness::*;
    let (mut pair, there, here) = asked(3);
    let clara = pair.world.id_of(pair.dora, pair.clara);
    let to = ForwardTo::Person(clara);
    let act = NewAct::Forward { to, note: None };
    assert_eq!(pair.world.acts(pair.dora, &here, act), Outcome::Done);
    pair.world.advance(60_000);
    pair.until_days_before(&there, -1);
    assert_eq!(reminders(&pair.world, pair.clara), [Overdue]);
    assert_eq!(reminders(&pair.world, pair.dora), []);
    pair.until_days_before(&there, -4);
    assert_eq!(reminders(&pair.world, pair.dora), [Escalated]);
    assert_eq!(reminders(&pair.world, pair.clara), [Overdue, Escalated]);
}

#[test]
fn nobody_is_reminded_of_what_was_answered_or_given_time() {
    let (mut pair, there, here) = asked(4);
    let dora = pair.dora;
    pair.world.opens(dora, &here);
    pair.until_days_before(&there, 4);
    let due = pair.world.opens(dora, &here).row.due;
    let until = due + 28 * DAY;
    let more = NewAct::AskTime { until, note: None };
    assert_eq!(pair.world.acts(dora, &here, more), Outcome::Done);
    assert_eq!(
        pair.world.acts(pair.boris, &there, NewAct::GiveTime),
        Outcome::Done
    );
    pair.until_days_before(&there, 7);
    assert_eq!(
        reminders(&pair.world, dora),
        [Nearness::Soon],
        "of the first deadline"
    );
    pair.world
        .replies(dora, &here, ActKind::Answered, "None.", vec![]);
    pair.until_days_before(&there, -30);
    assert_eq!(reminders(&pair.world, dora).len(), 1);
}

#[test]
fn a_new_calendar_reminds_nobody_by_itself() {
    let (mut pair, there, _) = asked(5);
    pair.until_days_before(&there, 4);
    assert_eq!(reminders(&pair.world, pair.dora).len(), 1);
    let Command::SetDeadlines(mut more) = said(1, calendar(&[])) else {
        panic!("it is one");
    };
    more.remind = vec![1, 2, 3, 5, 8];
    let more = Command::SetDeadlines(more);
    assert_eq!(pair.world.tell(pair.clara, more), Outcome::Done);
    pair.world.advance(60_000);
    assert_eq!(reminders(&pair.world, pair.dora).len(), 1);
}

#[test]
fn whoever_asks_reminds_the_other_side_once_a_day() {
    let (mut pair, there, here) = asked(6);
    let (boris, dora) = (pair.boris, pair.dora);
    let remind = || Command::Remind {
        chat: there.clone(),
        text: "Please do not forget this request.".into(),
    };
    let refused = Outcome::Failed(Trouble::NotAllowed);
    assert_eq!(pair.world.tell(boris, remind()), refused, "there is time");
    pair.until_days_before(&there, -1);
    assert!(pair.world.opens(boris, &there).may_remind);
    assert!(!pair.world.opens(dora, &here).may_remind);
    assert_eq!(pair.world.tell(boris, remind()), Outcome::Done);
    assert_eq!(pair.world.tell(boris, remind()), refused);
    pair.world.settle();
    let messages = format!("{:?}", pair.world.messages(dora, &here));
    assert_eq!(messages.matches("Please do not forget").count(), 1);
    let later = pair.world.now.0 + DAY;
    pair.sleeps_until(later);
    assert_eq!(pair.world.tell(boris, remind()), Outcome::Done);
}

#[test]
fn a_clock_that_is_put_back_repeats_nothing() {
    let (mut pair, there, _) = asked(7);
    let dora = pair.dora;
    pair.until_days_before(&there, -1);
    assert_eq!(reminders(&pair.world, dora), [Nearness::Overdue]);
    // Her clock alone goes wrong: a week back, and on again.
    let now = pair.world.now;
    pair.world.now = Timestamp(now.0 - 7 * DAY);
    pair.world.give(dora, Input::Tick);
    pair.world.now = Timestamp(now.0 + 60_000);
    pair.world.give(dora, Input::Tick);
    assert_eq!(reminders(&pair.world, dora), [Nearness::Overdue]);
}
