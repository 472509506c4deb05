//! Requests that end by themselves: what is in time, what is not, and what takes the end away.

#[path = "course/fold.rs"]
mod fold;
mod world;

use fold::Fold;
use valise_evidence::course::{Course, Finding, Rule, State};
use valise_evidence::{ActKind, Object as _};
use valise_wire::Timestamp;
use world::{Case, DAY};

/// A fold over a request that ends by itself so many milliseconds after it is due.
fn ending(after: u64) -> (Fold, Timestamp) {
    let mut fold = Fold::new();
    let ends = fold.course.due.plus_millis(after);
    fold.requests[0].1.ends = Some(ends);
    fold.course = Course::new(fold.requests[0].0, &fold.requests[0].1);
    (fold, ends)
}

#[test]
fn it_never_ends_before_it_is_due() {
    let case = Case::new();
    let mut request = case.draft();
    for after in [0, 1, DAY] {
        request.ends = Some(request.deadline.due.plus_millis(after));
        assert!(request.check().is_ok(), "{after}");
    }
    request.ends = Some(Timestamp(request.deadline.due.0 - 1));
    assert!(request.check().is_err());
}

#[test]
fn in_the_very_instant_it_is_open_and_after_it_is_over() {
    use ActKind::*;
    for kind in [PartlyAnswered, Answered, Refused, Received, Withdrawn] {
        let taken = |after: u64| {
            let (mut fold, ends) = ending(DAY);
            let act = fold.act(kind);
            let taken = fold.take(&act, Some(ends.plus_millis(after)));
            (taken, fold.course)
        };
        let (in_time, course) = taken(0);
        assert_eq!(in_time, Ok(()), "{kind:?}");
        assert_ne!(course.state, State::Expired, "{kind:?}");
        let (late, course) = taken(1);
        assert_eq!(late, Err(Finding::AfterTheEnd), "{kind:?}");
        assert!(!late.unwrap_err().breaks_chain());
        assert_eq!(course.state, State::Expired, "{kind:?}");
        assert!(course.was_late && course.acts == 1 && course.answered.is_none());
    }
}

#[test]
fn every_open_state_runs_out_and_no_other() {
    use ActKind::*;
    for (kinds, state) in [
        (&[][..], State::Expired),
        (&[Received], State::Expired),
        (&[Registered], State::Expired),
        (&[Assigned], State::Expired),
        (&[Questioned], State::Expired),
        (&[PartlyAnswered], State::Expired),
        (&[ExtensionAsked], State::Expired),
        (&[Answered], State::Answered),
        (&[Refused], State::Refused),
        (&[Answered, Disputed], State::Disputed),
        (&[Answered, Disputed, Assigned], State::InWork),
        (&[Answered, Confirmed], State::Confirmed),
        (&[Withdrawn], State::Withdrawn),
        (&[Closed], State::Closed),
    ] {
        let (mut fold, ends) = ending(DAY);
        for kind in kinds {
            assert_eq!(fold.does(*kind), Ok(()), "{kind:?}");
        }
        fold.course.run_out(ends);
        assert_ne!(fold.course.state, State::Expired, "{kinds:?}");
        fold.course.run_out(ends.plus_millis(1));
        assert_eq!(fold.course.state, state, "{kinds:?}");
        assert!(fold.course.asked_until.is_none() || state != State::Expired);
    }
}

#[test]
fn what_is_over_takes_nothing_any_more() {
    let (mut fold, ends) = ending(0);
    fold.course.run_out(ends.plus_millis(1));
    for kind in ActKind::ALL {
        assert!(!fold.course.takes(kind), "{kind:?}");
        assert_eq!(fold.does(kind), Err(Finding::AfterTheEnd), "{kind:?}");
    }
}

#[test]
fn an_answer_in_time_counts_whenever_it_is_read() {
    // The hub's instant decides, and not the one at which somebody hears of it.
    let (mut fold, ends) = ending(0);
    let act = fold.act(ActKind::Answered);
    let before = fold.course.clone();
    fold.course.run_out(ends.plus_millis(30 * DAY));
    assert_eq!(fold.course.state, State::Expired);
    fold.course = before;
    assert_eq!(fold.take(&act, Some(ends)), Ok(()));
    fold.course.run_out(ends.plus_millis(30 * DAY));
    assert_eq!(fold.course.state, State::Answered);
}

#[test]
fn an_act_of_the_wrong_side_shows_that_it_is_over_too() {
    let (mut fold, ends) = ending(0);
    let mut act = fold.act(ActKind::Received);
    act.actor = fold.case.office.party();
    let taken = fold.take(&act, Some(ends.plus_millis(1)));
    assert_eq!(taken, Err(Finding::WrongSide));
    assert_eq!(fold.course.state, State::Expired);
}

#[test]
fn time_that_is_given_moves_an_end_that_would_come_before() {
    let (mut fold, ends) = ending(0);
    assert_eq!(fold.does(ActKind::ExtensionAsked), Ok(()));
    assert_eq!(fold.does(ActKind::ExtensionGranted), Ok(()));
    let due = fold.course.due;
    assert!(due > ends);
    assert_eq!(fold.course.ends, Some(due));
    // One that comes later stays.
    let (mut fold, ends) = ending(30 * DAY);
    assert_eq!(fold.does(ActKind::ExtensionAsked), Ok(()));
    assert_eq!(fold.does(ActKind::ExtensionGranted), Ok(()));
    assert_eq!(fold.course.ends, Some(ends));
}

#[test]
fn another_wording_says_anew_whether_it_ends() {
    let amended = |ends: Option<u64>| {
        let (mut fold, former) = ending(0);
        let act = fold.act(ActKind::Amended);
        let newest = fold.requests.last_mut().unwrap();
        newest.1.ends = ends.map(|after| former.plus_millis(after));
        assert_eq!(fold.take(&act, None), Ok(()));
        fold.course.run_out(former.plus_millis(1));
        fold.course
    };
    assert_eq!(amended(Some(0)).state, State::Expired);
    assert_eq!(amended(Some(DAY)).state, State::Submitted);
    assert_eq!(amended(None).state, State::Submitted);
    // One that comes after the end is none.
    let (mut fold, ends) = ending(0);
    let act = fold.act(ActKind::Amended);
    let taken = fold.take(&act, Some(ends.plus_millis(1)));
    assert_eq!(taken, Err(Finding::AfterTheEnd));
    assert_eq!(fold.course.revision, fold.requests[0].0);
}

#[test]
fn without_the_rule_an_answer_after_the_end_counts() {
    let (mut fold, ends) = ending(0);
    fold.course = fold.course.clone().without(Rule::Ends);
    let act = fold.act(ActKind::Answered);
    assert_eq!(fold.take(&act, Some(ends.plus_millis(1))), Ok(()));
    assert_eq!(fold.course.state, State::Answered);
}
