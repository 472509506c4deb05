//! The fold over acts: the way of a request, what may be done where, and that no order of acts ends the program or tells two
//! stories.

#[path = "course/fold.rs"]
mod fold;
mod world;

use fold::Fold;
use proptest::prelude::*;
use valise_evidence::course::{Course, Finding, State};
use valise_evidence::{ActKind, Digest};
use world::DAY;
use world::published::compare;

#[test]
fn the_usual_way() {
    use ActKind::*;
    for (kinds, state) in [
        (&[][..], State::Submitted),
        (&[Received], State::Received),
        (&[Registered], State::Registered),
        (&[Received, Registered, Assigned], State::InWork),
        (&[Assigned, Received, Registered], State::InWork),
        (&[Registered, Questioned], State::Questioned),
        (&[Registered, Questioned, Clarified], State::Registered),
        (&[Questioned, Amended], State::Submitted),
        (&[Questioned, Answered], State::Answered),
        (&[PartlyAnswered, PartlyAnswered], State::PartlyAnswered),
        (&[Answered, Disputed], State::Disputed),
        (&[Answered, Disputed, Assigned, Answered], State::Answered),
        (&[Refused, Confirmed], State::Confirmed),
        (&[Received, Withdrawn], State::Withdrawn),
        (&[PartlyAnswered, Closed], State::Closed),
    ] {
        assert_eq!(Fold::done(kinds).course.state, state, "{kinds:?}");
    }
}

#[test]
fn what_has_no_place_changes_nothing_and_stays_in_the_chain() {
    use ActKind::*;
    for (before, kind) in [
        (&[Received][..], Received),
        (&[Registered], Registered),
        (&[Questioned], Questioned),
        (&[], Clarified),
        (&[], ExtensionGranted),
        (&[], ExtensionDenied),
        (&[ExtensionAsked], ExtensionAsked),
        (&[], Confirmed),
        (&[PartlyAnswered], Confirmed),
        (&[Answered], Answered),
        (&[Answered], Withdrawn),
        (&[Answered], Amended),
    ] {
        let mut fold = Fold::done(before);
        let former = fold.course.clone();
        assert_eq!(
            fold.does(kind),
            Err(Finding::OutOfPlace),
            "{before:?} {kind:?}"
        );
        assert_eq!(
            (fold.course.state, fold.course.due),
            (former.state, former.due)
        );
        assert_eq!(fold.course.acts, former.acts + 1);
        assert!(fold.course.tip != former.tip);
    }
}

#[test]
fn more_time_is_given_only_as_it_was_asked_for() {
    let mut fold = Fold::done(&[ActKind::ExtensionAsked]);
    let due = fold.course.due;
    let mut more = fold.act(ActKind::ExtensionGranted);
    more.until = Some(due.plus_millis(30 * DAY));
    assert_eq!(fold.take(&more, None), Err(Finding::OutOfPlace));
    assert_eq!(fold.course.due, due);
    assert_eq!(fold.does(ActKind::ExtensionGranted), Ok(()));
    assert_eq!(fold.course.due, due.plus_millis(DAY));
    // Shorter than what there is, it is no extension.
    let mut less = fold.act(ActKind::ExtensionAsked);
    less.until = Some(due);
    assert_eq!(fold.take(&less, None), Err(Finding::OutOfPlace));
}

#[test]
fn the_very_instant_is_in_time_and_time_given_later_mends_nothing() {
    let answer = |after: u64| {
        let mut fold = Fold::new();
        let due = fold.course.due;
        let act = fold.act(ActKind::Answered);
        assert_eq!(fold.take(&act, Some(due.plus_millis(after))), Ok(()));
        fold.course
    };
    assert!(!answer(0).was_late && !answer(0).answered.unwrap().is_late);
    assert!(answer(1).was_late && answer(1).answered.unwrap().is_late);

    let mut fold = Fold::new();
    let late = fold.course.due.plus_millis(1);
    let asked = fold.act(ActKind::ExtensionAsked);
    assert_eq!(fold.take(&asked, Some(late)), Ok(()));
    assert_eq!(fold.does(ActKind::ExtensionGranted), Ok(()));
    let act = fold.act(ActKind::Answered);
    assert_eq!(fold.take(&act, Some(late.plus_millis(1))), Ok(()));
    let course = fold.course;
    assert!(course.was_late && !course.answered.unwrap().is_late);
}

#[test]
fn what_is_named_must_be_there_and_fit() {
    let mut fold = Fold::new();
    let mut nothing = fold.act(ActKind::Answered);
    nothing.object = Some(Digest([200; 32]));
    assert_eq!(fold.take(&nothing, None), Err(Finding::NoObject));
    let other = fold.act(ActKind::Refused).object;
    let mut mixed = fold.act(ActKind::Answered);
    mixed.object = other;
    assert_eq!(fold.take(&mixed, None), Err(Finding::WrongObject));
    assert_eq!(fold.course.state, State::Submitted);
}

impl Fold {
    /// Begins anew, and does this.
    fn again(&mut self, begin: &Course, way: &[ActKind]) {
        self.course = begin.clone();
        self.requests.truncate(1);
        self.responses.clear();
        for kind in way {
            assert_eq!(self.does(*kind), Ok(()), "{way:?}");
        }
    }

    /// Tells whether something may be done now, and leaves it.
    fn may(&mut self, kind: ActKind) -> bool {
        let (course, requests) = (self.course.clone(), self.requests.len());
        let may = self.does(kind).is_ok();
        self.course = course;
        self.requests.truncate(requests);
        may
    }
}

/// Every place in which a request can stand, by the shortest way there, and what may be done in it.
fn places() -> Vec<(Vec<ActKind>, State, Vec<u64>)> {
    let mut fold = Fold::new();
    let begin = fold.course.clone();
    let mut found: Vec<(Vec<ActKind>, State, Vec<u64>)> = Vec::new();
    let mut ways = vec![Vec::new()];
    while !ways.is_empty() {
        let mut further = Vec::new();
        for way in ways {
            fold.count = 1;
            fold.again(&begin, &way);
            let state = fold.course.state;
            let all = ActKind::ALL.into_iter();
            let next: Vec<ActKind> = all.filter(|kind| fold.may(*kind)).collect();
            let numbers: Vec<u64> = next.iter().map(|kind| *kind as u64).collect();
            let is_here =
                |(_, known, may): &(_, State, Vec<u64>)| (*known, may) == (state, &numbers);
            if found.iter().any(is_here) {
                continue;
            }
            let longer = |kind: &ActKind| [&way[..], &[*kind]].concat();
            further.extend(next.iter().map(longer));
            found.push((way, state, numbers));
        }
        ways = further;
    }
    found
}

#[test]
fn where_a_request_can_stand_is_as_published() {
    let mut out = String::from(
        "# Where a request can stand (requests.md §3): the acts that lead there on the shortest way, each with what it needs, by the side that it is for, and in time; the state; and the acts that may be done then. Any other one changes nothing. Made by crates/evidence/tests/course.rs.\n",
    );
    let numbers = |kinds: &[u64]| {
        let all: Vec<String> = kinds.iter().map(u64::to_string).collect();
        match all.is_empty() {
            true => "none".to_owned(),
            false => all.join(" "),
        }
    };
    for (way, state, next) in places() {
        let way: Vec<u64> = way.into_iter().map(|kind| kind as u64).collect();
        out += &format!("acts {}: {state:?}, {}\n", numbers(&way), numbers(&next));
    }
    compare("acts-good.txt", &out);
}

fn kind() -> impl Strategy<Value = ActKind> {
    (0..ActKind::ALL.len()).prop_map(|at| ActKind::ALL[at])
}

proptest! {
    #[test]
    fn a_course_is_total_and_the_same_on_all_sides(
        kinds in proptest::collection::vec((kind(), 0u8..8, any::<bool>()), 0..40),
    ) {
        let mut fold = Fold::new();
        let mut log = Vec::new();
        for (kind, odd, swapped) in kinds {
            let mut act = fold.act(kind);
            if odd == 0 {
                act.previous = Digest([1; 32]);
            }
            if swapped && odd == 1 {
                act.actor = fold.case.office.party();
            }
            let before = fold.course.clone();
            let taken = fold.take(&act, None);
            log.push((Digest([fold.count; 32]), act));
            if before.state.is_final() {
                prop_assert!(taken.is_err() && fold.course.state == before.state);
            }
            prop_assert!(!before.was_late || fold.course.was_late);
            if taken.is_err_and(Finding::breaks_chain) {
                prop_assert_eq!(&fold.course, &before);
            }
        }
        let mut again = Course::new(fold.requests[0].0, &fold.requests[0].1);
        for (digest, act) in &log {
            let _ = again.take(*digest, act, &fold.objects(), None);
        }
        prop_assert_eq!(again, fold.course);
    }
}
