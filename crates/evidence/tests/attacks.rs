//! What members and servers may sign to deceive: each attack is named, and passes where its check is left out.

mod world;

use valise_directory::keeper::{self, Asks};
use valise_directory::keys::{EvidenceKey, Signer as _};
use valise_evidence::course::Finding;
use valise_evidence::receipt::{Reason, ReasonCode};
use valise_evidence::sign1::sign;
use valise_evidence::verify::{Check, Checks, Fault, Remark, Standing, Subject};
use valise_evidence::{
    Act, ActKind, Binding, Breach, Digest, Event, Party, Receipt, Request, ResponseKind,
};
use valise_wire::{AccountId, RequestId, RoomId, Timestamp, to_bytes};
use world::judging::{faults, found, row, standing};
use world::{Case, DAY, NOW, Side, note, olgas_seal};

#[test]
fn t112_who_signs_as_somebody_else_is_found() {
    let mut case = Case::whole();
    // The bank's person signs an act that names the office's.
    let act = case.act(ActKind::Closed, &case.office);
    let mut forged = Case::new();
    let honest = sign(
        &forged.act(ActKind::Withdrawn, &forged.office),
        &forged.binding,
        &forged.bank.key,
    );
    forged.contents.acts.push(honest);
    let unknown = ("acts/0000.cose".to_owned(), Fault::UnknownSigner);
    assert!(faults(&forged.judge(&forged.bundle())).contains(&unknown));

    // Two devices of one organisation: the one says that it is the other.
    let directory = case.bank.directory();
    let entry = directory.account(case.bank.account).unwrap();
    let devices = vec![world::device(2), world::device(98)];
    let list =
        valise_directory::update::devices(case.bank.id, entry, devices, &case.bank.account_key);
    case.bank.say(list);
    let second = EvidenceKey::from_seed(&[98; 32]);
    let statement = case
        .bank
        .key_statement(second.public(), world::device(98).id);
    case.bank.say(statement);
    let mut case = with_bank(case.bank);
    let act = Act {
        actor: case.bank.party(),
        previous: case.request,
        ..act
    };
    let act = Act {
        kind: ActKind::Received,
        ..act
    };
    case.contents.acts.push(sign(&act, &case.binding, &second));
    found(
        &case,
        &case.bundle(),
        Check::Signer,
        "acts/0000.cose",
        Fault::AnotherSigner,
    );
}

/// A new case with a bank that has done something in its directory.
fn with_bank(bank: Side) -> Case {
    let mut case = Case::new();
    case.bank = bank;
    case
}

#[test]
fn t112_a_signature_that_does_not_hold_is_found() {
    let mut case = Case::new();
    case.bank_does(ActKind::Received);
    let bytes = case.contents.acts.last_mut().unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    let forged = Fault::Broken(Breach::Forged);
    found(
        &case,
        &case.bundle(),
        Check::Signature,
        "acts/0000.cose",
        forged,
    );
}

#[test]
fn t113_a_key_that_had_ended_is_found() {
    let mut case = Case::new();
    let honest = case.bank.party();
    case.bank.lose_device();
    let mut act = case.act(ActKind::Received, &case.bank);
    case.put_act(&act);
    let path = "acts/0000.cose";
    found(&case, &case.bundle(), Check::KeyLife, path, Fault::KeyEnded);

    // Who says that it was before is not believed where nobody saw it …
    case.contents.acts.clear();
    act.actor = honest;
    let digest = case.put_act(&act);
    let verdict = case.judge(&case.bundle());
    assert!(verdict.is_sound());
    assert_eq!(standing(&verdict, path).0, Standing::NotProven);
    let row = verdict.rows.iter().find(|row| row.path == path).unwrap();
    assert_eq!(row.remarks, [Remark::EndedLater]);

    // … and found out where its server did, after the end.
    let mut receipt = case.receipt(case.bank.id, Event::SubmissionAcceptance, digest);
    case.contents.receipts = vec![sign(&receipt, &case.binding, &case.bank.hub)];
    found(&case, &case.bundle(), Check::KeyLife, path, Fault::KeyEnded);

    // A server that saw it before asserts that it counts.
    receipt.directory -= 1;
    case.contents.receipts = vec![sign(&receipt, &case.binding, &case.bank.hub)];
    let verdict = case.judge(&case.bundle());
    assert!(verdict.is_sound());
    assert_eq!(standing(&verdict, path).0, Standing::Asserted);
}

#[test]
fn t113_a_key_counts_from_its_place_in_the_log_on() {
    let mut case = Case::new();
    let mut act = case.act(ActKind::Received, &case.bank);
    act.actor.directory = 3;
    case.put_act(&act);
    found(
        &case,
        &case.bundle(),
        Check::KeyLife,
        "acts/0000.cose",
        Fault::KeyTooEarly,
    );
}

#[test]
fn t114_a_signature_is_worth_nothing_in_another_room_or_for_another_request() {
    let mut case = Case::new();
    let act = case.act(ActKind::Received, &case.bank);
    let elsewhere = Binding {
        room: RoomId([6; 16]),
        ..case.binding
    };
    case.contents
        .acts
        .push(sign(&act, &elsewhere, &case.bank.key));
    let forged = Fault::Broken(Breach::Forged);
    found(
        &case,
        &case.bundle(),
        Check::Signature,
        "acts/0000.cose",
        forged,
    );

    let mut case = Case::new();
    let response = valise_evidence::Response {
        request: RequestId([8; 16]),
        ..case.response(ResponseKind::Full, &case.bank)
    };
    case.put_response(&response);
    let all = faults(&case.judge(&case.bundle()));
    assert!(
        all.contains(&("responses/0000.cose".into(), Fault::AnotherRequest)),
        "{all:?}"
    );
}

#[test]
fn t115_nobody_acts_for_the_other_side() {
    let mut case = Case::new();
    let act = Act {
        note: None,
        ..case.act(ActKind::Withdrawn, &case.bank)
    };
    case.put_act(&act);
    let wrong = Fault::Course(Finding::WrongSide);
    found(&case, &case.bundle(), Check::Side, "acts/0000.cose", wrong);
}

#[test]
fn t116_a_fork_is_found_whichever_branch_comes_first() {
    let mut case = Case::new();
    case.bank_does(ActKind::Received);
    let tip = case.tip;
    case.bank_does(ActKind::Registered);
    case.tip = tip;
    case.bank_does(ActKind::Assigned);
    let fork = Fault::Course(Finding::Fork);
    found(&case, &case.bundle(), Check::Chain, "acts/0002.cose", fork);
    case.contents.acts.swap(1, 2);
    let all = faults(&case.judge(&case.bundle()));
    assert_eq!(all, [("acts/0002.cose".to_owned(), fork)]);
}

#[test]
fn t117_an_end_is_final_and_late_stays_late() {
    let mut case = Case::whole();
    let act = Act {
        note: Some(note("We changed our mind")),
        ..case.act(ActKind::Assigned, &case.bank)
    };
    case.put_act(&act);
    let after = Fault::Course(Finding::AfterTheEnd);
    let all = faults(&case.judge(&case.bundle()));
    assert_eq!(all, [("acts/0004.cose".to_owned(), after)]);
    let blind = case.judge_with(&case.bundle(), Checks::ALL.without(Check::End));
    let out_of_place = Fault::Course(Finding::OutOfPlace);
    assert_eq!(
        faults(&blind),
        [("acts/0004.cose".to_owned(), out_of_place)]
    );

    // The bank sets its clock back; the office's server saw when the answer came.
    let mut case = Case::new();
    let answered = case.bank_says(ResponseKind::Full, ActKind::Answered);
    case.later(11 * DAY);
    case.seen_by_office(Event::RelayAcceptance, answered);
    let verdict = case.judge(&case.bundle());
    assert!(verdict.is_sound());
    let course = verdict.course.unwrap();
    assert!(course.was_late && course.answered.unwrap().is_late);
    let row = verdict
        .rows
        .iter()
        .find(|row| row.path == "acts/0000.cose")
        .unwrap();
    assert_eq!(row.remarks, [Remark::Late]);
}

#[test]
fn t118_nobody_but_the_server_makes_its_receipts_and_bad_news_says_why() {
    let mut case = Case::new();
    let receipt = case.receipt(case.office.id, Event::SubmissionAcceptance, case.request);
    case.contents.receipts = vec![sign(
        &receipt,
        &case.binding,
        &EvidenceKey::from_seed(&[66; 32]),
    )];
    let path = "receipts/0000.cose";
    let another = Fault::Broken(Breach::AnotherKey);
    found(&case, &case.bundle(), Check::Server, path, another);

    let of_nothing = Receipt {
        object: Digest([77; 32]),
        ..receipt.clone()
    };
    case.contents.receipts = vec![sign(&of_nothing, &case.binding, &case.office.hub)];
    found(&case, &case.bundle(), Check::Object, path, Fault::NoObject);

    let reasonless = Receipt {
        event: Event::SubmissionRejection,
        ..receipt
    };
    let wrong = (
        "receipts/0000.cose".to_owned(),
        Fault::Broken(Breach::Field("reasons")),
    );
    case.contents.receipts = vec![sign(&reasonless, &case.binding, &case.office.hub)];
    assert!(faults(&case.judge(&case.bundle())).contains(&wrong));
    let other_reason = Receipt {
        reasons: vec![Reason {
            code: ReasonCode::RelayTimeout,
            text: None,
        }],
        ..reasonless
    };
    case.contents.receipts = vec![sign(&other_reason, &case.binding, &case.office.hub)];
    assert!(faults(&case.judge(&case.bundle())).contains(&wrong));
}

#[test]
fn t119_a_seal_is_two_signatures_on_one_thing() {
    let case = Case::whole();
    let seal: valise_evidence::Seal = valise_wire::from_bytes(&case.contents.seals[0]).unwrap();
    let with = |change: &dyn Fn(&mut valise_evidence::Seal)| {
        let mut case = Case::whole();
        let mut seal = seal.clone();
        change(&mut seal);
        case.contents.seals = vec![to_bytes(&seal)];
        case
    };
    let path = "seals/0000.cbor";
    let first = with(&|seal| seal.ed25519[9] ^= 1);
    found(
        &first,
        &first.bundle(),
        Check::Seal,
        path,
        Fault::Broken(Breach::Forged),
    );
    let second = with(&|seal| seal.ml_dsa_65.0[9] ^= 1);
    found(
        &second,
        &second.bundle(),
        Check::Seal,
        path,
        Fault::Broken(Breach::SecondForged),
    );
    let short = with(&|seal| seal.ml_dsa_65.0.truncate(3308));
    found(
        &short,
        &short.bundle(),
        Check::Seal,
        path,
        Fault::Broken(Breach::SecondForged),
    );
    let other = with(&|seal| seal.sealed.at = Timestamp(1));
    found(
        &other,
        &other.bundle(),
        Check::Seal,
        path,
        Fault::Broken(Breach::Forged),
    );
}

#[test]
fn t125_an_answer_to_one_revision_is_none_to_the_next() {
    let mut case = Case::new();
    case.bank_does(ActKind::Received);
    let answer = case.response(ResponseKind::Full, &case.bank);
    let object = case.put_response(&answer);
    // The office asks for something else meanwhile.
    let amended = Request {
        revision: 2,
        previous: Some(case.request),
        subject: note("All accounts"),
        ..case.draft()
    };
    let revision = case.put_request(&amended);
    let act = Act {
        object: Some(revision),
        ..case.act(ActKind::Amended, &case.office)
    };
    case.put_act(&act);
    let act = Act {
        object: Some(object),
        ..case.act(ActKind::Answered, &case.bank)
    };
    case.put_act(&act);
    let wrong = Fault::Course(Finding::WrongObject);
    found(
        &case,
        &case.bundle(),
        Check::Object,
        "acts/0002.cose",
        wrong,
    );
}

#[test]
fn t125_a_revision_follows_the_one_before() {
    let mut case = Case::new();
    let amended = Request {
        revision: 2,
        previous: Some(Digest([4; 32])),
        ..case.draft()
    };
    let revision = case.put_request(&amended);
    let act = Act {
        object: Some(revision),
        ..case.act(ActKind::Amended, &case.office)
    };
    case.put_act(&act);
    let all = faults(&case.judge(&case.bundle()));
    assert!(
        all.contains(&("requests/0001.cose".into(), Fault::Revision)),
        "{all:?}"
    );
    assert!(all.contains(&("acts/0000.cose".into(), Fault::Course(Finding::WrongObject))));
}

#[test]
fn t175_another_report_is_named_and_none_proves_anything() {
    let mut case = Case::whole();
    case.contents.report = Some(b"%PDF- all of it was answered in time".to_vec());
    let bytes = case.bundle();
    let verdict = case.judge(&bytes);
    assert_eq!(faults(&verdict), []);
    for path in ["report.pdf", "verify.txt"] {
        assert_eq!(standing(&verdict, path).0, Standing::NotProven);
        let row = verdict.rows.iter().find(|row| row.path == path).unwrap();
        assert_eq!(row.remarks, [Remark::ForReading]);
    }
    for (part, path) in [("%PDF-", "report.pdf"), ("EVIDENCE", "verify.txt")] {
        let mut changed = bytes.clone();
        let part = part.as_bytes();
        let at = changed.windows(part.len()).position(|found| found == part);
        changed[at.unwrap()] ^= 1;
        found(&case, &changed, Check::Changed, path, Fault::Changed);
    }
}

/// The office lets requests go by two people; Olga of the office may seal, and so may whoever asks.
fn four_eyes(stopped: bool) -> Case {
    let mut office = Side::new(1, "north.example", "Ivan Petrov");
    let policy = office.as_registrar(|by| keeper::policy(by, 0, Asks::FourEyes, stopped, NOW));
    office.say(policy);
    office.let_olga_seal();
    Case::between(office, Side::new(2, "harbour.example", "Anna Novak"))
}

#[test]
fn t183_a_request_that_had_to_be_sealed_is_wrong_without_a_seal_that_holds() {
    let path = "requests/0000.cose";
    let mut case = four_eyes(false);
    found(&case, &case.bundle(), Check::Sealed, path, Fault::Unsealed);

    // By whoever asks, who may seal: two people were needed.
    case.seal_by(case.office.party(), case.office.seal(), case.request);
    let alone = Fault::SealedAlone;
    found(&case, &case.bundle(), Check::Sealed, path, alone);

    // By somebody of the other organisation.
    let mut case = four_eyes(false);
    case.seal(case.request);
    let wrong = faults(&case.judge(&case.bundle()));
    assert!(wrong.contains(&(path.into(), Fault::Unsealed)), "{wrong:?}");

    let mut case = four_eyes(false);
    case.seal_by(case.office.olga(), olgas_seal(), case.request);
    let verdict = case.judge(&case.bundle());
    assert_eq!(faults(&verdict), []);
    let row = verdict.rows.iter().find(|row| row.path == path).unwrap();
    assert!(row.remarks.contains(&Remark::Sealed));
    let seal = verdict.rows.iter().find(|row| row.subject == Subject::Seal);
    assert_eq!(seal.unwrap().by.as_deref(), Some("Olga"));

    let case = four_eyes(true);
    found(&case, &case.bundle(), Check::Sealed, path, Fault::Stopped);
}

#[test]
fn t183_a_seal_of_something_else_or_by_nobody_who_may_is_wrong() {
    let seal = "seals/0000.cbor";
    let mut case = four_eyes(false);
    let other = Digest::of(b"something else");
    case.seal_by(case.office.olga(), olgas_seal(), other);
    let wrong = faults(&case.judge(&case.bundle()));
    assert!(wrong.contains(&(seal.into(), Fault::NoObject)), "{wrong:?}");
    let unsealed = ("requests/0000.cose".into(), Fault::Unsealed);
    assert!(wrong.contains(&unsealed), "{wrong:?}");

    let mut case = four_eyes(false);
    let nobody = Party {
        account: AccountId([77; 16]),
        ..case.office.olga()
    };
    case.seal_by(nobody, olgas_seal(), case.request);
    let wrong = faults(&case.judge(&case.bundle()));
    assert!(
        wrong.contains(&(seal.into(), Fault::UnknownSigner)),
        "{wrong:?}"
    );

    // By keys whose mandate had ended.
    let mut case = four_eyes(false);
    let olga = case.office.olga();
    let end = case
        .office
        .as_registrar(|by| keeper::end(by, olga.account, NOW));
    case.office.say(end);
    case.seal_by(case.office.olga(), olgas_seal(), case.request);
    found(&case, &case.bundle(), Check::KeyLife, seal, Fault::KeyEnded);
}

#[test]
fn t221_a_seal_on_an_answer_is_in_the_name_of_whoever_answers() {
    let (answer, seal) = ("responses/0000.cose", "seals/0000.cbor");
    let sealed = |by_bank: bool| {
        let mut office = Side::new(1, "north.example", "Ivan Petrov");
        office.let_olga_seal();
        let mut case = Case::between(office, Side::new(2, "harbour.example", "Anna Novak"));
        case.bank_does(ActKind::Received);
        case.bank_says(ResponseKind::Full, ActKind::Answered);
        let response = Digest::of(&case.contents.responses[0]);
        match by_bank {
            true => case.seal(response),
            false => case.seal_by(case.office.olga(), olgas_seal(), response),
        }
        case
    };
    let case = sealed(true);
    let verdict = case.judge(&case.bundle());
    assert_eq!(faults(&verdict), []);
    assert!(row(&verdict, answer).remarks.contains(&Remark::InName));
    let case = sealed(false);
    let anothers = Fault::AnothersSeal;
    found(&case, &case.bundle(), Check::SealSide, seal, anothers);
    let verdict = case.judge(&case.bundle());
    assert!(!row(&verdict, answer).remarks.contains(&Remark::InName));
}

/// A receipt of an answer says when the answer was, and nothing of a seal that may have come years later.
#[test]
fn t224_a_seal_on_an_answer_by_a_mandate_that_ended_is_no_better_than_its_own_word() {
    let mut case = Case::whole();
    let seal = "seals/0000.cbor";
    let what = |case: &Case| standing(&case.judge(&case.bundle()), seal).0;
    assert_eq!(what(&case), Standing::Proven);
    // The bank's own server had the answer before that, and the request, too.
    let response = Digest::of(&case.contents.responses[0]);
    for (event, object) in [
        (Event::SubmissionAcceptance, response),
        (Event::ConsignmentAcceptance, case.request),
    ] {
        let receipt = case.receipt(case.bank.id, event, object);
        let bytes = sign(&receipt, &case.binding, &case.bank.hub);
        case.contents.receipts.push(bytes);
    }
    let account = case.bank.party().account;
    let end = case.bank.as_registrar(|by| keeper::end(by, account, NOW));
    case.bank.say(end);
    assert_eq!(what(&case), Standing::NotProven);
}
