//! What a verifier finds of requests that ended by themselves, and of what servers say did not happen.
//!
//! `VALISE_BLESS=1 cargo test -p valise-evidence --test silence` writes `spec/vectors/evidence-ends.txt` anew; a change in it is a change
//! of the protocol.

mod world;

use valise_evidence::course::{Finding, State};
use valise_evidence::receipt::{Reason, ReasonCode};
use valise_evidence::sign1::sign;
use valise_evidence::verify::{Check, Checks, Fault, Standing};
use valise_evidence::{ActKind, Event, ResponseKind};
use valise_wire::request::Mark;
use valise_wire::{OrganisationId, Timestamp, to_bytes};
use world::judging::{faults, found, standing};
use world::published::compare;
use world::{Case, DAY};

/// A request that ends by itself when it is due, and when that is.
fn ending() -> (Case, Timestamp) {
    let mut case = Case::new();
    let mut request = case.draft();
    let ends = request.deadline.due;
    request.ends = Some(ends);
    case.contents.requests.clear();
    case.request = case.put_request(&request);
    case.tip = case.request;
    (case, ends)
}

/// Something that one side's server says did not happen to the request, with the end that it names, put into the bundle.
fn says(case: &mut Case, by: OrganisationId, event: Event, ends: Option<Timestamp>) {
    let mut receipt = case.receipt(by, event, case.request);
    receipt.expires_at = ends;
    let code = match event {
        Event::RelayFailure => ReasonCode::RelayTimeout,
        Event::ContentConsignmentFailure => ReasonCode::RecipientUnreachable,
        _ => ReasonCode::Expired,
    };
    if !event.reasons().is_empty() {
        receipt.reasons = vec![Reason { code, text: None }];
    }
    let is_office = by == case.office.id;
    let side = if is_office { &case.office } else { &case.bank };
    let bytes = sign(&receipt, &case.binding, &side.hub);
    case.contents.receipts.push(bytes);
}

/// That nothing came until the end.
fn says_nothing_came(case: &mut Case, by: OrganisationId, ends: Timestamp) {
    says(case, by, Event::AcceptanceRejectionExpiry, Some(ends));
}

/// Nobody answered, and both servers say so; that one of them had not carried it, too, and the other that nobody had fetched it.
fn silent() -> Case {
    let (mut case, ends) = ending();
    let (office, bank) = (case.office.id, case.bank.id);
    case.later(DAY);
    says(&mut case, office, Event::RelayFailure, None);
    case.later(7 * DAY);
    says(&mut case, bank, Event::ContentConsignmentFailure, None);
    case.later(3 * DAY);
    for by in [office, bank] {
        says_nothing_came(&mut case, by, ends);
    }
    case
}

#[test]
fn a_bundle_says_that_a_request_ran_out_as_of_when_it_was_made() {
    let (mut case, ends) = ending();
    case.bank_does(ActKind::Received);
    case.now = ends;
    let verdict = case.judge(&case.bundle());
    assert_eq!(faults(&verdict), []);
    assert_eq!(verdict.course.unwrap().state, State::Received);
    case.later(1);
    let verdict = case.judge(&case.bundle());
    assert_eq!(faults(&verdict), []);
    assert_eq!(verdict.course.unwrap().state, State::Expired);
    let blind = case.judge_with(&case.bundle(), Checks::ALL.without(Check::Ends));
    assert_eq!(blind.course.unwrap().state, State::Received);
}

#[test]
fn t251_an_answer_after_the_end_counts_for_nobody() {
    let (mut case, ends) = ending();
    case.now = ends;
    let answered = case.bank_says(ResponseKind::Full, ActKind::Answered);
    case.seen_by_office(Event::RelayAcceptance, answered);
    let over = Fault::Course(Finding::AfterTheEnd);
    found(&case, &case.bundle(), Check::Ends, "acts/0000.cose", over);
    // By the device's clock it is the same where no server saw it; what a server saw in time was in time.
    case.contents.receipts.clear();
    let all = faults(&case.judge(&case.bundle()));
    assert_eq!(all, [("acts/0000.cose".to_owned(), over)]);
    let now = std::mem::replace(&mut case.now, ends);
    case.seen_by_office(Event::RelayAcceptance, answered);
    case.now = now;
    let verdict = case.judge(&case.bundle());
    assert_eq!(faults(&verdict), []);
    assert_eq!(verdict.course.unwrap().state, State::Answered);
}

#[test]
fn what_servers_say_did_not_happen_is_their_word() {
    let case = silent();
    let verdict = case.judge(&case.bundle());
    assert_eq!(faults(&verdict), []);
    for number in 0..4 {
        let path = format!("receipts/{number:04}.cose");
        let asserted = (Standing::Asserted, Standing::Asserted);
        assert_eq!(standing(&verdict, &path), asserted);
    }
    // It says nothing of when the request itself was.
    let (_, when) = standing(&verdict, "requests/0000.cose");
    assert_eq!(when, Standing::NotProven);
}

#[test]
fn t252_a_server_says_no_other_end_than_was_signed() {
    let path = "receipts/0000.cose";
    for other in [1i64, -1] {
        let (mut case, ends) = ending();
        let office = case.office.id;
        case.now = ends.plus_millis(DAY);
        let ends = Timestamp(ends.0.saturating_add_signed(other));
        says_nothing_came(&mut case, office, ends);
        found(
            &case,
            &case.bundle(),
            Check::Expiry,
            path,
            Fault::AnotherEnd,
        );
    }
    // Of what never ends by itself, nobody says that it did.
    let mut case = Case::new();
    let (office, ends) = (case.office.id, case.now);
    case.later(11 * DAY);
    says_nothing_came(&mut case, office, ends);
    found(
        &case,
        &case.bundle(),
        Check::Expiry,
        path,
        Fault::AnotherEnd,
    );
}

#[test]
fn t253_a_server_does_not_say_that_nothing_came_where_it_says_that_something_did() {
    let told = |by_office: bool| {
        let (mut case, ends) = ending();
        let received = case.bank_does(ActKind::Received);
        case.seen_by_office(Event::RelayAcceptance, received);
        case.now = ends.plus_millis(DAY);
        let by = if by_office {
            case.office.id
        } else {
            case.bank.id
        };
        says_nothing_came(&mut case, by, ends);
        case
    };
    let case = told(true);
    let path = "receipts/0001.cose";
    found(
        &case,
        &case.bundle(),
        Check::Expiry,
        path,
        Fault::Contradicts,
    );
    // The other server may not have sent it yet by its own clock.
    let case = told(false);
    assert_eq!(faults(&case.judge(&case.bundle())), []);
}

#[test]
fn t254_a_server_says_nothing_that_the_other_sides_alone_can_know() {
    for (event, by_office) in [
        (Event::RelayFailure, false),
        (Event::SubmissionAcceptance, false),
        (Event::ContentConsignmentFailure, true),
        (Event::RelayAcceptance, true),
        (Event::ContentHandover, true),
    ] {
        let mut case = Case::new();
        let by = if by_office {
            case.office.id
        } else {
            case.bank.id
        };
        says(&mut case, by, event, None);
        let path = "receipts/0000.cose";
        let fault = Fault::AnothersReceipt;
        found(&case, &case.bundle(), Check::ReceiptSide, path, fault);
    }
}

fn published() -> Vec<(&'static str, Vec<u8>)> {
    let case = silent();
    let (_, ends) = ending();
    let mark = Mark {
        by: case.office.id,
        request: case.id,
        object: case.request.0,
        ends: Some(ends),
    };
    let mut lines = vec![
        ("asks", case.binding.asks.0.to_vec()),
        ("room", case.binding.room.0.to_vec()),
        ("request", case.contents.requests[0].clone()),
        ("mark", to_bytes(&mark)),
        ("mark-without-end", to_bytes(&Mark { ends: None, ..mark })),
    ];
    let receipts = case.contents.receipts.iter().cloned();
    lines.extend(receipts.map(|it| ("receipt", it)));
    lines.push(("bundle", case.bundle()));
    lines
}

#[test]
fn what_is_published_of_ends_is_what_it_was() {
    let lines: String = published()
        .iter()
        .map(|(name, bytes)| format!("{name}: {}\n", hex::encode(bytes)))
        .collect();
    let head = "# A request that ended by itself, and what both servers say of it, with fixed keys; made by crates/evidence/tests/silence.rs. The bundle holds all of it.\n";
    let text = format!("{head}{lines}");
    compare("evidence-ends.txt", &text);
}
