//! When things were: what a token proves, what a server only says, and by whose clock deadlines go.

mod world;

use valise_directory::keeper;
use valise_evidence::sign1::{sign, stamp};
use valise_evidence::verify::{
    Check, Checks, Clock, Expected, Fault, Remark, Stamp, Stamped, Standing, verify,
};
use valise_evidence::{ActKind, Binding, Breach, Event, Receipt, ResponseKind, Seal};
use valise_wire::{Octets, RequestId, RoomId, Timestamp, from_bytes, to_bytes};
use world::judging::{faults, found, row, standing};
use world::{Case, DAY, NOW};

/// The whole case, with a token over the receipt of the request that was made then.
fn stamped(at: Timestamp) -> Case {
    let mut case = Case::whole();
    let stamped = stamp::<Receipt>(&case.contents.receipts[0], at.0.to_be_bytes().to_vec());
    case.contents.receipts[0] = stamped.unwrap();
    case
}

#[test]
fn a_time_token_proves_what_its_server_says() {
    let case = stamped(NOW.plus_millis(7));
    let verdict = case.judge(&case.bundle());
    assert_eq!(faults(&verdict), []);
    let of = row(&verdict, "requests/0000.cose");
    assert_eq!((of.when, of.at), (Standing::Proven, Some(NOW)));
    let office = case.office.id;
    assert_eq!(
        of.clock,
        Some(Clock::Authority(office, "CN=clock".into(), [0; 32]))
    );
    let of = row(&verdict, "acts/0002.cose");
    assert_eq!(
        (of.when, &of.clock),
        (Standing::Asserted, &Some(Clock::Server(office)))
    );
}

#[test]
fn t157_a_token_of_much_later_proves_no_instant_of_before() {
    // A server that says that it was a year ago, or an authority that could not be asked: the same to a reader.
    let case = stamped(NOW.plus_millis(365 * DAY));
    let verdict = case.judge(&case.bundle());
    assert_eq!(faults(&verdict), []);
    let of = row(&verdict, "requests/0000.cose");
    assert_eq!((of.when, of.at), (Standing::Asserted, Some(NOW)));
    let receipt = row(&verdict, "receipts/0000.cose");
    assert_eq!(receipt.remarks, [Remark::TokenLater]);
}

#[test]
fn t157_what_a_server_says_is_not_later_than_its_token() {
    let case = stamped(Timestamp(NOW.0 - 365 * DAY));
    let path = "receipts/0000.cose";
    found(
        &case,
        &case.bundle(),
        Check::Instant,
        path,
        Fault::LaterThanToken,
    );
}

#[test]
fn t157_a_server_that_puts_things_before_they_were_signed_is_remarked() {
    let mut case = Case::new();
    let mut receipt = case.receipt(case.bank.id, Event::RelayAcceptance, case.request);
    receipt.at = Timestamp(NOW.0 - 365 * DAY);
    case.contents.receipts = vec![sign(&receipt, &case.binding, &case.bank.hub)];
    let verdict = case.judge(&case.bundle());
    let of = row(&verdict, "receipts/0000.cose");
    assert_eq!(of.remarks, [Remark::BeforeSigned]);
}

#[test]
fn t158_a_token_that_does_not_hold_is_named() {
    let mut case = Case::whole();
    let stamped = stamp::<Receipt>(&case.contents.receipts[0], vec![0; 7]);
    case.contents.receipts[0] = stamped.unwrap();
    let path = "receipts/0000.cose";
    found(&case, &case.bundle(), Check::Token, path, Fault::Token);
}

#[test]
fn t158_an_authority_that_nobody_knows_proves_nothing() {
    let case = stamped(NOW.plus_millis(7));
    let token = |_: Stamped<'_>, _: &[u8]| {
        Some(Stamp {
            at: NOW.plus_millis(7),
            authority: [1; 32],
            name: "CN=made up".into(),
            is_known: false,
        })
    };
    let expected = Expected {
        fingerprints: case.fingerprints(),
        token: Some(&token),
    };
    let verdict = verify(&case.bundle(), &expected);
    let of = row(&verdict, "requests/0000.cose");
    assert_eq!(of.when, Standing::Asserted);
    let receipt = row(&verdict, "receipts/0000.cose");
    assert_eq!(receipt.remarks, [Remark::CompareAuthority]);
}

#[test]
fn deadlines_go_by_the_server_on_which_the_room_lives() {
    let mut case = Case::new();
    let answered = case.bank_says(ResponseKind::Full, ActKind::Answered);
    case.seen_by_office(Event::RelayAcceptance, answered);
    // The office's own act stands in its server's log in time, and is at the bank's after a week of silence.
    let confirmed = case.office_does(ActKind::Confirmed);
    case.seen_by_office(Event::SubmissionAcceptance, confirmed);
    case.later(20 * DAY);
    let receipt = case.receipt(case.bank.id, Event::RelayAcceptance, confirmed);
    let receipt = sign(&receipt, &case.binding, &case.bank.hub);
    case.contents.receipts.push(receipt);
    let verdict = case.judge(&case.bundle());
    assert_eq!(faults(&verdict), []);
    assert!(!verdict.course.as_ref().unwrap().was_late);
    let of = row(&verdict, "acts/0001.cose");
    assert_eq!(of.at, Some(case.now));
}

#[test]
fn hs_56_a_receipt_for_another_request_is_named() {
    let mut case = Case::new();
    let receipt = Receipt {
        request: RequestId([77; 16]),
        ..case.receipt(case.office.id, Event::SubmissionAcceptance, case.request)
    };
    case.contents.receipts = vec![sign(&receipt, &case.binding, &case.office.hub)];
    let path = "receipts/0000.cose";
    let fault = Fault::AnotherRequest;
    found(&case, &case.bundle(), Check::Request, path, fault);
}

#[test]
fn hs_80_a_receipt_of_another_room_is_named() {
    let mut case = Case::new();
    let elsewhere = Binding {
        room: RoomId([77; 16]),
        ..case.binding
    };
    // What the server signed there, and the same saying that it was here.
    let here = case.receipt(case.office.id, Event::SubmissionAcceptance, case.request);
    let there = Receipt {
        room: elsewhere.room,
        ..here.clone()
    };
    let path = "receipts/0000.cose".to_owned();
    case.contents.receipts = vec![sign(&there, &elsewhere, &case.office.hub)];
    let all = faults(&case.judge(&case.bundle()));
    assert_eq!(
        all,
        [
            (path.clone(), Fault::AnotherRequest),
            (path.clone(), Fault::Broken(Breach::Forged)),
        ]
    );
    case.contents.receipts = vec![sign(&here, &elsewhere, &case.office.hub)];
    let forged = Fault::Broken(Breach::Forged);
    found(&case, &case.bundle(), Check::Server, &path, forged);
}

/// Where the seal on the answer stands.
const SEAL: &str = "seals/0000.cbor";

/// The whole case, with this token over the seal on the answer.
fn sealed(token: Option<Vec<u8>>) -> Case {
    let mut case = Case::whole();
    let bytes = &mut case.contents.seals[0];
    let mut seal: Seal = from_bytes(bytes).unwrap();
    seal.token = token.map(Octets);
    *bytes = to_bytes(&seal);
    case
}

/// T227.
#[test]
fn t227_once_a_mandate_ended_only_a_token_of_before_proves_its_seal_on_an_answer() {
    let end = NOW.plus_millis(30 * DAY);
    let before = Timestamp(end.0 - 1);
    for (token, what) in [
        (None, Standing::NotProven),
        (Some(before), Standing::Proven),
        (Some(end), Standing::NotProven),
        (Some(end.plus_millis(365 * DAY)), Standing::NotProven),
    ] {
        let mut case = sealed(token.map(|at| at.0.to_be_bytes().to_vec()));
        assert_eq!(
            standing(&case.judge(&case.bundle()), SEAL).0,
            Standing::Proven
        );
        let account = case.bank.party().account;
        let ended = case.bank.as_registrar(|by| keeper::end(by, account, end));
        case.bank.say(ended);
        let verdict = case.judge(&case.bundle());
        assert_eq!(faults(&verdict), []);
        assert_eq!(standing(&verdict, SEAL).0, what, "{token:?}");
        let is_doubted = what == Standing::NotProven;
        let remarks = &row(&verdict, SEAL).remarks;
        assert_eq!(remarks.contains(&Remark::EndedLater), is_doubted);
        // Where nobody looks for how long mandates counted, each would do.
        let blind = Checks::ALL.without(Check::KeyLife);
        let verdict = case.judge_with(&case.bundle(), blind);
        assert_eq!(standing(&verdict, SEAL).0, Standing::Proven);
    }
}

/// T227.
#[test]
fn t227_a_token_over_a_seal_on_an_answer_that_does_not_hold_is_named() {
    let case = sealed(Some(vec![0; 7]));
    found(&case, &case.bundle(), Check::Token, SEAL, Fault::Token);
}
