use super::*;
use valise_views::request::{Letter, Signer};
use valise_views::{ChatId, File, FileId, Outside, PersonId};

pub fn row(state: RequestState) -> RequestRow {
    RequestRow {
        assignee_away: None,
        chat: ChatId("c".into()),
        number: "2026/1".into(),
        their_number: None,
        is_number_double: false,
        subject: "Accounts".into(),
        is_incoming: true,
        other: Outside {
            organisation: "Harbour Bank".into(),
            domain: "bank.example".into(),
            is_guest: false,
        },
        office: None,
        state,
        reached: Reached::Sent,
        due: 0,
        ends: None,
        is_overdue: false,
        nearness: Nearness::Far,
        was_late: false,
        assignee: None,
        is_mine: false,
        is_given_away: false,
        is_for_us: false,
        unread: 0,
        issued_at: 0,
        is_confidential: false,
        together: None,
        held: None,
        guest_waits: false,
        doubt: None,
    }
}

/// One that one's own side asks.
fn ours(state: RequestState) -> RequestRow {
    RequestRow {
        is_incoming: false,
        ..row(state)
    }
}

#[test]
fn days_are_counted_from_today_to_the_day_of_the_deadline() {
    let open = row(RequestState::InWork);
    let left = |due| Left::of(&open, due, 100);
    assert_eq!(left(110), Left::Days(10));
    assert_eq!(left(101), Left::Tomorrow);
    assert_eq!(left(100), Left::Today);
    assert_eq!(left(98), Left::Late(2));
    let mut over = open.clone();
    over.is_overdue = true;
    assert_eq!(
        Left::of(&over, 100, 100),
        Left::JustOver,
        "an hour ago is not today"
    );
}

#[test]
fn three_days_are_amber_and_what_is_late_red() {
    let tones = [
        Left::Days(4),
        Left::Days(3),
        Left::Today,
        Left::JustOver,
        Left::Late(1),
    ]
    .map(Left::tone);
    assert_eq!(
        tones,
        [Tone::Calm, Tone::Amber, Tone::Amber, Tone::Red, Tone::Red]
    );
}

#[test]
fn no_clock_runs_for_what_was_answered_or_has_ended() {
    for state in [
        RequestState::Answered,
        RequestState::Refused,
        RequestState::Confirmed,
        RequestState::Closed,
        RequestState::Expired,
    ] {
        assert_eq!(Left::of(&row(state), 98, 100), Left::Over, "{state:?}");
    }
    let disputed = row(RequestState::Disputed);
    assert_eq!(Left::of(&disputed, 98, 100), Left::Late(2));
}

#[test]
fn every_state_has_a_sign_and_a_word_of_its_own() {
    let states = [
        RequestState::Submitted,
        RequestState::Received,
        RequestState::Registered,
        RequestState::InWork,
        RequestState::Questioned,
        RequestState::PartlyAnswered,
        RequestState::Answered,
        RequestState::Refused,
        RequestState::Disputed,
        RequestState::Confirmed,
        RequestState::Withdrawn,
        RequestState::Closed,
        RequestState::Expired,
    ];
    let chips = states.map(|state| chip(state, false));
    for (at, one) in chips.iter().enumerate() {
        let same = |other: &Chip| other.icon == one.icon || other.word == one.word;
        assert!(!chips[at + 1..].iter().any(same), "{one:?}");
    }
    let is_new = chip(RequestState::Submitted, true);
    assert!(!chips.iter().any(|one| one.word == is_new.word));
    assert_eq!(
        chip(RequestState::InWork, true),
        chip(RequestState::InWork, false)
    );
}

#[test]
fn what_wants_something_of_us_or_is_late_burns_once() {
    let (mut ours, mut late, mut both) = (
        row(RequestState::InWork),
        row(RequestState::InWork),
        row(RequestState::InWork),
    );
    ours.is_for_us = true;
    late.is_overdue = true;
    (both.is_for_us, both.is_overdue) = (true, true);
    assert_eq!(burning(&[ours, late, both, row(RequestState::InWork)]), 3);
}

#[test]
fn the_first_deeds_are_buttons_and_the_others_in_the_menu() {
    let may = [
        ActKind::Answered,
        ActKind::PartlyAnswered,
        ActKind::Questioned,
        ActKind::Assigned,
        ActKind::Refused,
    ];
    let asked = row(RequestState::Received);
    let (buttons, menu) = deeds(&may, &asked, 3);
    let acts = [ActKind::Answered, ActKind::Questioned, ActKind::Assigned];
    assert_eq!(buttons, acts.map(Deed::Act));
    assert_eq!(menu, [Deed::Act(ActKind::Refused), Deed::Export]);
    let (buttons, menu) = deeds(&may, &asked, 2);
    assert_eq!(
        (buttons.len(), menu.len()),
        (2, 3),
        "nothing is lost where there is room for fewer"
    );
}

#[test]
fn what_ends_a_request_is_no_button() {
    let ours = ours(RequestState::Received);
    let (buttons, menu) = deeds(&[ActKind::Withdrawn, ActKind::Closed], &ours, 3);
    assert_eq!(buttons, []);
    assert_eq!((menu.len(), menu[0]), (4, Deed::Again));
}

#[test]
fn of_what_has_ended_the_evidence_is_a_button() {
    let (buttons, menu) = deeds(&[], &ours(RequestState::Closed), 3);
    assert_eq!((buttons, menu), (vec![Deed::Export], vec![Deed::Again]));
    let (buttons, menu) = deeds(&[], &row(RequestState::Confirmed), 3);
    assert_eq!((buttons, menu), (vec![Deed::Export], vec![]));
    // Somebody who may do nothing with it while it is open has it in the menu.
    let (buttons, menu) = deeds(&[], &row(RequestState::Received), 3);
    assert_eq!((buttons, menu), (vec![], vec![Deed::Export]));
}

#[test]
fn what_never_went_is_asked_again_and_proves_nothing() {
    let mut kept = ours(RequestState::Submitted);
    kept.reached = Reached::Waiting;
    kept.held = Some(Held::Waits);
    assert_eq!(deeds(&[], &kept, 3), (vec![], vec![Deed::Again]));
    kept.held = Some(Held::SentBack {
        by: "Igor".into(),
        note: "Which one?".into(),
    });
    assert_eq!(deeds(&[], &kept, 3), (vec![Deed::Again], vec![]));
}

#[test]
fn only_what_counts_is_not_struck_through() {
    assert_eq!(why_not(Standing::Counts), None);
    assert_eq!(why_not(Standing::UnderWay), None);
    for standing in [
        Standing::OutOfPlace,
        Standing::NotTheirs,
        Standing::NoObject,
        Standing::Unproven,
    ] {
        assert!(why_not(standing).is_some(), "{standing:?}");
    }
}

fn with_files(states: &[FileState]) -> RequestDetails {
    let file = |state: &FileState| File {
        id: FileId("f".into()),
        name: "f".into(),
        media_type: "text/plain".into(),
        size_bytes: 1,
        dimensions: None,
        thumbnail: None,
        voice: None,
        confidential: false,
        state: *state,
    };
    RequestDetails {
        not_done: Vec::new(),
        residency: Vec::new(),
        row: row(RequestState::Answered),
        issuer: Signer {
            person: PersonId("p".into()),
            name: "Ada".into(),
            capacity: None,
            organisation: "Office".into(),
            outside: None,
        },
        addressee: "Harbour Bank".into(),
        letter: Letter {
            text: String::new(),
            files: states.iter().map(file).collect(),
            is_whole: true,
            is_former: false,
        },
        legal_basis: None,
        classification: None,
        fields: Vec::new(),
        working_days: None,
        asked_until: None,
        revisions: Vec::new(),
        acts: Vec::new(),
        may: Vec::new(),
        is_under_way: false,
        may_remind: false,
        guest: None,
        seal: None,
    }
}

#[test]
fn evidence_waits_for_files_that_come_and_goes_on_without_those_that_never_do() {
    let of = |states: &[FileState]| readiness(&with_files(states));
    assert_eq!(of(&[]), Readiness::Here);
    assert_eq!(of(&[FileState::Here]), Readiness::Here);
    assert_eq!(of(&[FileState::Another]), Readiness::Here);
    assert_eq!(of(&[FileState::Remote, FileState::Here]), Readiness::Coming);
    for lost in [FileState::Gone, FileState::Broken] {
        assert_eq!(of(&[lost, FileState::Remote]), Readiness::Coming);
        assert_eq!(of(&[FileState::Remote, lost]), Readiness::Coming);
        assert_eq!(of(&[lost, FileState::Here]), Readiness::Lost);
    }
}
