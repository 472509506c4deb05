//! Deadlines in working days, counted again by whoever verifies.

mod world;

use valise_directory::DirectoryKey;
use valise_directory::deadlines::{Plan, deadlines};
use valise_directory::invite::Issuer;
use valise_evidence::calendar::{Calendar, Day, Offset};
use valise_evidence::request::{Deadline, WorkingDays};
use valise_evidence::verify::{Check, Fault, Remark};
use valise_evidence::{Digest, Request};
use world::judging::{faults, found, row};
use world::{Case, DAY, NOW, Side};

const FIRST: &str = "requests/0000.cose";

/// A calendar with so many holidays from the day after the request on.
fn calendar(holidays: u32) -> Calendar {
    let plain = Calendar::weekends(NOW, Offset(180)).unwrap();
    let today = plain.day_of(NOW).0;
    Calendar {
        holidays: (1..=holidays).map(|day| Day(today + day)).collect(),
        ..plain
    }
}

fn say(side: &mut Side, former: u64, calendar: Calendar) {
    let plan = Plan {
        former,
        calendar,
        remind: vec![1],
        escalate: None,
    };
    let registrar_key = side.account_key.registrar_key();
    let directory_key = DirectoryKey::from_bytes(&[1; 32]);
    let issuer = Issuer {
        organisation: side.id,
        directory_key: &directory_key,
        account: side.account,
        registrar_key: &registrar_key,
    };
    let said = deadlines(&issuer, plan, NOW).unwrap();
    side.say(said);
}

/// What the office asks by a calendar.
fn counted(draft: Request, calendar: &Calendar, days: u32) -> Request {
    let deadline = Deadline {
        due: calendar.due(NOW, days).unwrap(),
        acknowledge_by: None,
        working: Some(WorkingDays {
            days,
            calendar: Digest(calendar.digest()),
        }),
    };
    Request { deadline, ..draft }
}

/// The office has said its calendar, and asks for an answer in ten working days.
fn asked(change: impl FnOnce(&mut Request)) -> Case {
    let mut office = Side::new(1, "north.example", "Ivan Petrov");
    say(&mut office, 0, calendar(3));
    let mut case = Case::between(office, Side::new(2, "harbour.example", "Anna Novak"));
    let mut request = counted(case.draft(), &calendar(3), 10);
    change(&mut request);
    case.contents.requests.clear();
    case.request = case.put_request(&request);
    case.tip = case.request;
    case
}

#[test]
fn a_deadline_is_counted_again_by_the_calendar_that_it_names() {
    let case = asked(|_| ());
    let verdict = case.judge(&case.bundle());
    assert_eq!(faults(&verdict), []);
    assert_eq!(row(&verdict, FIRST).remarks, [Remark::Counted]);
}

#[test]
fn t190_a_calendar_that_is_changed_afterwards_moves_no_deadline() {
    let mut case = asked(|_| ());
    let due = calendar(3).due(NOW, 10).unwrap();
    say(&mut case.office, 1, calendar(30));
    let verdict = case.judge(&case.bundle());
    assert_eq!(faults(&verdict), []);
    assert_eq!(row(&verdict, FIRST).remarks, [Remark::Counted]);
    assert_eq!(verdict.course.unwrap().due, due);
}

#[test]
fn t190_a_calendar_that_was_said_afterwards_counted_nothing() {
    let early = counted(Case::new().draft(), &calendar(30), 10);
    let mut case = asked(|request| request.deadline = early.deadline);
    say(&mut case.office, 1, calendar(30));
    let verdict = case.judge(&case.bundle());
    assert_eq!(row(&verdict, FIRST).remarks, [Remark::CalendarMissing]);
}

#[test]
fn t191_a_deadline_that_the_calendar_does_not_count_is_found() {
    let case = asked(|request| request.deadline.due = NOW.plus_millis(2 * DAY));
    let bundle = case.bundle();
    found(&case, &bundle, Check::Deadline, FIRST, Fault::Deadline);
}

#[test]
fn where_nothing_was_said_weekends_are_counted_again() {
    let mut case = Case::new();
    let plain = Calendar::weekends(NOW, Offset(345)).unwrap();
    let request = counted(case.draft(), &plain, 4);
    case.contents.requests.clear();
    case.put_request(&request);
    let verdict = case.judge(&case.bundle());
    assert_eq!(row(&verdict, FIRST).remarks, [Remark::Counted]);
}
