//! Whole bundles: an honest one is sound and says what is how sure; what was done to a bundle is named, and passes where its check is
//! left out.

mod world;

use valise_evidence::bundle::{Absent, Contents, Manifest, Reason, VERSION, VERSION_LACKING};
use valise_evidence::course::{Finding, State};
use valise_evidence::request::Request;
use valise_evidence::verify::{Check, Expected, Fault, Remark, Standing, verify};
use valise_evidence::{ActKind, Breach, Digest, Event, Object as _, ResponseKind};
use world::judging::{faults, found, standing};
use world::{BODY, Case, HOUR, NOW, SCAN, Side, name, packing, part};

#[test]
fn an_honest_bundle_is_sound_and_says_what_is_how_sure() {
    let case = Case::whole();
    let verdict = case.judge(&case.bundle());
    assert_eq!(faults(&verdict), []);
    use Standing::{Asserted, NotProven, Proven};
    assert_eq!(standing(&verdict, "requests/0000.cose"), (Proven, Asserted));
    assert_eq!(standing(&verdict, "acts/0000.cose"), (Proven, NotProven));
    assert_eq!(standing(&verdict, "acts/0002.cose"), (Proven, Asserted));
    assert_eq!(
        standing(&verdict, "receipts/0000.cose"),
        (Asserted, Asserted)
    );
    assert_eq!(standing(&verdict, "seals/0000.cbor").0, Proven);
    assert_eq!(standing(&verdict, "trust/0001.cbor").0, Proven);
    let course = verdict.course.unwrap();
    assert_eq!((course.state, course.acts), (State::Confirmed, 4));
    assert!(course.answered.unwrap().is_observed && !course.was_late);
    assert_eq!(course.number, Some(name("IN-7")));
}

#[test]
fn without_fingerprints_nothing_is_proven_and_nothing_is_wrong() {
    let case = Case::whole();
    let verdict = verify(&case.bundle(), &Expected::default());
    assert!(verdict.is_sound());
    let open = (Standing::NotProven, Standing::NotProven);
    assert!(verdict.rows.iter().all(|row| (row.what, row.when) == open));
    let remarks: Vec<Remark> = verdict
        .rows
        .iter()
        .flat_map(|row| row.remarks.clone())
        .collect();
    assert!(remarks.contains(&Remark::CompareFingerprint));
}

#[test]
fn t110_one_flipped_bit_anywhere_is_found() {
    let case = Case::whole();
    let good = case.bundle();
    let mut bit = 3;
    while bit < good.len() * 8 {
        let mut bytes = good.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        assert!(!case.judge(&bytes).is_sound(), "bit {bit}");
        bit += 577;
    }
}

#[test]
fn t110_a_changed_file_is_named() {
    let case = Case::whole();
    let good = case.bundle();
    let at = good
        .windows(SCAN.len())
        .position(|bytes| bytes == SCAN)
        .unwrap();
    let mut bytes = good.clone();
    bytes[at] ^= 1;
    let path = format!("contents/{}", Digest::of(SCAN));
    let all = faults(&case.judge(&bytes));
    assert!(all.contains(&(path, Fault::Changed)), "{all:?}");
}

/// Writes an honest manifest around other files.
fn repack(case: &Case, change: impl FnOnce(&mut Vec<(String, Vec<u8>)>)) -> Vec<u8> {
    packing::changed(&case.bundle(), change)
}

#[test]
fn t111_what_is_missing_added_or_moved_is_named() {
    let case = Case::whole();
    let receipt = "receipts/0001.cose";
    let without = repack(&case, |files| files.retain(|(path, _)| path != receipt));
    found(&case, &without, Check::Listed, receipt, Fault::Missing);
    let added = repack(&case, |files| {
        let one = files
            .iter()
            .find(|(path, _)| path == receipt)
            .unwrap()
            .1
            .clone();
        files.push(("receipts/0002.cose".into(), one));
    });
    found(
        &case,
        &added,
        Check::Listed,
        "receipts/0002.cose",
        Fault::Added,
    );
    let moved = repack(&case, |files| {
        let at = files.iter().position(|(path, _)| path == receipt).unwrap();
        files.swap(at, at - 1);
    });
    found(&case, &moved, Check::Order, receipt, Fault::Moved);
}

#[test]
fn t111_an_act_left_out_or_swapped_by_the_exporter_breaks_the_chain() {
    let case = Case::whole();
    let with = |change: &dyn Fn(&mut Contents)| {
        let mut contents = case.contents.clone();
        contents.trust = vec![case.office.trust(), case.bank.trust()];
        change(&mut contents);
        case.export(&contents)
    };
    let without = with(&|contents| drop(contents.acts.remove(1)));
    let gap = Fault::Course(Finding::Gap);
    found(&case, &without, Check::Chain, "acts/0001.cose", gap);
    let swapped = with(&|contents| contents.acts.swap(0, 1));
    let all = faults(&case.judge(&swapped));
    assert!(all.contains(&("acts/0000.cose".into(), gap)), "{all:?}");
    let twice = with(&|contents| contents.acts.push(contents.acts[0].clone()));
    assert!(!case.judge(&twice).is_sound());
}

#[test]
fn t120_what_was_sent_is_there_or_left_out_in_the_open() {
    let mut case = Case::whole();
    case.contents.contents.retain(|bytes| bytes != SCAN);
    let path = format!("contents/{}", Digest::of(SCAN));
    found(&case, &case.bundle(), Check::Content, &path, Fault::Missing);

    case.contents.withheld = vec![Digest::of(SCAN)];
    let verdict = case.judge(&case.bundle());
    assert!(verdict.is_sound(), "a redacted bundle verifies");
    let row = verdict.rows.iter().find(|row| row.path == path).unwrap();
    assert_eq!(
        (row.what, &*row.remarks),
        (Standing::NotProven, &[Remark::Withheld][..])
    );

    case.has(b"something that nobody sent");
    let added = format!("contents/{}", Digest::of(b"something that nobody sent"));
    found(
        &case,
        &case.bundle(),
        Check::Content,
        &added,
        Fault::Unnamed,
    );
}

/// A case whose file is not there, for this reason.
fn lacking(reason: Reason, came: Option<&[u8]>) -> Case {
    let mut case = Case::whole();
    case.contents.contents.retain(|bytes| bytes != SCAN);
    case.contents.absent = vec![Absent {
        digest: Digest::of(SCAN),
        reason,
        came: came.map(Digest::of),
    }];
    case
}

#[test]
fn t230_another_file_than_was_signed_is_said_and_is_no_omission() {
    let other = b"something else of the sender's";
    let mut case = lacking(Reason::AnotherCame, Some(other));
    let path = format!("contents/{}", Digest::of(SCAN));
    found(
        &case,
        &case.bundle(),
        Check::Came,
        &path,
        Fault::AnotherCame,
    );
    // What came goes along, and proves nothing.
    case.has(other);
    let verdict = case.judge(&case.bundle());
    assert_eq!(faults(&verdict), [(path, Fault::AnotherCame)]);
    let came = format!("contents/{}", Digest::of(other));
    let row = verdict.rows.iter().find(|row| row.path == came).unwrap();
    assert_eq!(
        (row.what, &*row.remarks),
        (Standing::NotProven, &[Remark::CameInstead][..])
    );
}

#[test]
fn t231_what_could_not_be_had_is_said_to_be_so_and_the_rest_is_proven() {
    let path = format!("contents/{}", Digest::of(SCAN));
    for (reason, remark) in [
        (Reason::NotHad, Remark::NotHad),
        (Reason::TooLarge, Remark::TooLarge),
    ] {
        let case = lacking(reason, None);
        let verdict = case.judge(&case.bundle());
        assert!(verdict.is_sound(), "{verdict:#?}");
        let row = verdict.rows.iter().find(|row| row.path == path).unwrap();
        assert_eq!(
            (row.what, &*row.remarks),
            (Standing::NotProven, &[remark][..])
        );
    }
}

#[test]
fn what_is_there_or_left_out_on_purpose_is_not_said_to_be_absent() {
    let mut case = lacking(Reason::NotHad, None);
    case.contents.withheld = vec![Digest::of(SCAN)];
    let verdict = case.judge(&case.bundle());
    let manifest = verdict.manifest.unwrap();
    assert_eq!((manifest.version, manifest.absent.len()), (VERSION, 0));
    case.contents.withheld.clear();
    case.has(SCAN);
    let verdict = case.judge(&case.bundle());
    assert_eq!(verdict.manifest.unwrap().version, VERSION);
    // A reader refuses what our own writer does not make.
    let honest = lacking(Reason::NotHad, None);
    let manifest = honest.judge(&honest.bundle()).manifest.unwrap();
    assert_eq!(
        (manifest.version, manifest.check()),
        (VERSION_LACKING, Ok(()))
    );
    let refused = |change: &dyn Fn(&mut Manifest)| {
        let mut manifest = manifest.clone();
        change(&mut manifest);
        assert!(manifest.check().is_err(), "{manifest:?}");
    };
    refused(&|it| it.version = VERSION);
    refused(&|it| it.absent.clear());
    refused(&|it| it.withheld = vec![it.absent[0].digest]);
    refused(&|it| it.absent.push(it.absent[0].clone()));
    refused(&|it| it.absent[0].came = Some(Digest::of(b"x")));
    refused(&|it| it.absent[0].reason = Reason::AnotherCame);
}

#[test]
fn t121_another_organisation_does_not_pass_for_the_expected_one() {
    let case = Case::whole();
    let posing = Side::new(3, "north.example", "Ivan Petrov");
    let own = Case::between(posing, Side::new(2, "harbour.example", "Anna Novak")).bundle();
    found(
        &case,
        &own,
        Check::Fingerprint,
        "",
        Fault::AnotherOrganisation,
    );
}

#[test]
fn t122_a_second_encoding_is_refused() {
    let case = Case::new();
    let good = &case.contents.requests[0];
    // The protected headers' length in two bytes where one does.
    assert_eq!(good[..2], [0x84, 0x58]);
    let mut longer = vec![0x84, 0x59, 0];
    longer.extend(&good[2..]);
    let mut second = Case::new();
    second.contents.requests = vec![longer];
    let all = faults(&second.judge(&second.bundle()));
    let is_malformed = |(path, fault): &(String, Fault)| {
        path == "requests/0000.cose" && matches!(fault, Fault::Broken(Breach::Malformed(_)))
    };
    assert!(all.iter().any(is_malformed), "{all:?}");
}

#[test]
fn a_hundred_acts_and_fifty_attachments_verify() {
    let mut case = Case::new();
    let files: Vec<Vec<u8>> = (0..50u8).map(|number| vec![number; 4_000]).collect();
    let parts = files
        .iter()
        .enumerate()
        .map(|(at, bytes)| part(bytes, &format!("page {at}.pdf")));
    let request = Request {
        parts: parts.collect(),
        ..case.draft()
    };
    case.contents.requests.clear();
    case.request = case.put_request(&request);
    case.tip = case.request;
    case.contents.contents = files;
    case.has(BODY);
    case.bank_does(ActKind::Received);
    for _ in 0..98 {
        let digest = case.bank_does(ActKind::Assigned);
        case.seen_by_office(Event::RelayAcceptance, digest);
        case.now = NOW.plus_millis(HOUR);
    }
    let answered = case.bank_says(ResponseKind::Full, ActKind::Answered);
    case.seal(answered);
    let bytes = case.bundle();
    let begin = std::time::Instant::now();
    let verdict = case.judge(&bytes);
    println!("verified in {:?}", begin.elapsed());
    assert_eq!(faults(&verdict), []);
    assert_eq!(verdict.course.unwrap().acts, 100);
    assert_eq!(verdict.rows.len(), 2 + 1 + 1 + 1 + 1 + 100 + 98 + 1 + 52);
}
