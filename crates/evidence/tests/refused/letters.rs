//! Requests, receipts and seals that are written rightly, with something wrong in them.

use super::Bad;
use super::bundles::{bad, whole};
use crate::world::{Case, DAY, NOW, Side, olgas_seal};
use valise_directory::keeper::{self, Asks};
use valise_directory::keys::EvidenceKey;
use valise_evidence::calendar::{Calendar, Offset};
use valise_evidence::request::{Deadline, WorkingDays};
use valise_evidence::sign1::sign;
use valise_evidence::{ActKind, Digest, Event, Party, Receipt, Request, ResponseKind, Seal};
use valise_wire::{AccountId, RequestId, RoomId, Timestamp, from_bytes, to_bytes};

pub fn all() -> Vec<Bad> {
    let mut cases = requests();
    cases.extend(receipts());
    cases.extend(seals());
    cases
}

fn requests() -> Vec<Bad> {
    let again = |why, change: &dyn Fn(&Case, &mut Request)| {
        let mut case = Case::new();
        let mut amended = Request {
            revision: 2,
            previous: Some(case.request),
            ..case.draft()
        };
        change(&case, &mut amended);
        let revision = case.put_request(&amended);
        let mut act = case.act(ActKind::Amended, &case.office);
        act.object = Some(revision);
        case.put_act(&act);
        bad(why, &case)
    };
    let counted = |why, change: &dyn Fn(&mut Deadline)| {
        let calendar = Calendar::weekends(NOW, Offset(180)).unwrap();
        let working = WorkingDays {
            days: 10,
            calendar: Digest(calendar.digest()),
        };
        let mut deadline = Deadline {
            due: calendar.due(NOW, 10).unwrap(),
            acknowledge_by: None,
            working: Some(working),
        };
        change(&mut deadline);
        let mut case = Case::new();
        let request = Request {
            deadline,
            ..case.draft()
        };
        case.contents.requests.clear();
        case.request = case.put_request(&request);
        bad(why, &case)
    };
    let mut stale = Case::new();
    let answer = stale.response(ResponseKind::Full, &stale.bank);
    let object = stale.put_response(&answer);
    let amended = Request {
        revision: 2,
        previous: Some(stale.request),
        ..stale.draft()
    };
    let revision = stale.put_request(&amended);
    for (side, kind, object) in [
        (false, ActKind::Amended, revision),
        (true, ActKind::Answered, object),
    ] {
        let side = if side { &stale.bank } else { &stale.office };
        let mut act = stale.act(kind, side);
        act.object = Some(object);
        stale.put_act(&act);
    }
    vec![
        again(
            "A revision that names another one as the former.",
            &|_, request| request.previous = Some(Digest([4; 32])),
        ),
        again("A revision that skips a number.", &|_, request| {
            request.revision = 3
        }),
        again("A revision for another addressee.", &|case, request| {
            request.addressee.organisation = case.office.id
        }),
        bad("An answer to the former revision.", &stale),
        counted("A deadline that its calendar does not count.", &|it| {
            it.due = NOW.plus_millis(2 * DAY)
        }),
    ]
}

fn receipts() -> Vec<Bad> {
    let said = |why, key: Option<u8>, change: &dyn Fn(&mut Receipt)| {
        let mut case = Case::new();
        let mut receipt = case.receipt(case.office.id, Event::SubmissionAcceptance, case.request);
        change(&mut receipt);
        let other = key.map(|seed| EvidenceKey::from_seed(&[seed; 32]));
        let bytes = match &other {
            Some(key) => sign(&receipt, &case.binding, key),
            None => sign(&receipt, &case.binding, &case.office.hub),
        };
        case.contents.receipts = vec![bytes];
        bad(why, &case)
    };
    vec![
        said(
            "A receipt by another key than the server's.",
            Some(66),
            &|_| (),
        ),
        said("A receipt of nothing in the bundle.", None, &|receipt| {
            receipt.object = Digest([77; 32])
        }),
        said("Bad news without a reason.", None, &|receipt| {
            receipt.event = Event::SubmissionRejection
        }),
        said("A receipt of another request.", None, &|receipt| {
            receipt.request = RequestId([8; 16])
        }),
        said("A receipt of another room.", None, &|receipt| {
            receipt.room = RoomId([6; 16])
        }),
    ]
}

/// The office lets requests go by two people; Olga of the office may seal, and so may whoever asks.
fn four_eyes(stopped: bool) -> Case {
    let mut office = Side::new(1, "north.example", "Ivan Petrov");
    let policy = office.as_registrar(|by| keeper::policy(by, 0, Asks::FourEyes, stopped, NOW));
    office.say(policy);
    office.let_olga_seal();
    Case::between(office, Side::new(2, "harbour.example", "Anna Novak"))
}

fn seals() -> Vec<Bad> {
    let other = |why, change: &dyn Fn(&mut Seal)| {
        whole(why, |case| {
            let mut seal: Seal = from_bytes(&case.contents.seals[0]).unwrap();
            change(&mut seal);
            case.contents.seals = vec![to_bytes(&seal)];
        })
    };
    let eyes = |why, stopped, change: &dyn Fn(&mut Case)| {
        let mut case = four_eyes(stopped);
        change(&mut case);
        bad(why, &case)
    };
    vec![
        other("The first half of a seal does not hold.", &|seal| {
            seal.ed25519[9] ^= 1
        }),
        other("The second half of a seal does not hold.", &|seal| {
            seal.ml_dsa_65.0[9] ^= 1
        }),
        other("The second half of a seal is a byte short.", &|seal| {
            seal.ml_dsa_65.0.truncate(3_308)
        }),
        other("A seal of another time than was sealed.", &|seal| {
            seal.sealed.at = Timestamp(1)
        }),
        eyes("No seal where one is needed.", false, &|_| ()),
        eyes(
            "Sealed by whoever signed, where two are needed.",
            false,
            &|case| {
                case.seal_by(case.office.party(), case.office.seal(), case.request);
            },
        ),
        eyes("Sealed by the other organisation.", false, &|case| {
            case.seal(case.request)
        }),
        eyes("A seal on nothing in the bundle.", false, &|case| {
            case.seal_by(
                case.office.olga(),
                olgas_seal(),
                Digest::of(b"something else"),
            );
        }),
        eyes("A seal by nobody.", false, &|case| {
            let nobody = Party {
                account: AccountId([77; 16]),
                ..case.office.olga()
            };
            case.seal_by(nobody, olgas_seal(), case.request);
        }),
        eyes("A seal by a mandate that had ended.", false, &|case| {
            let olga = case.office.olga().account;
            let end = case.office.as_registrar(|by| keeper::end(by, olga, NOW));
            case.office.say(end);
            case.seal_by(case.office.olga(), olgas_seal(), case.request);
        }),
        eyes("A request while all of them are stopped.", true, &|_| ()),
        {
            let mut office = Side::new(1, "north.example", "Ivan Petrov");
            office.let_olga_seal();
            let mut case = Case::between(office, Side::new(2, "harbour.example", "Anna Novak"));
            case.bank_says(ResponseKind::Full, ActKind::Answered);
            let object = Digest::of(&case.contents.responses[0]);
            case.seal_by(case.office.olga(), olgas_seal(), object);
            bad("A seal of whoever asks on an answer.", &case)
        },
    ]
}
