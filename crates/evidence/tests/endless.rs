//! Bundles that are endless, of another kind, or nested without end: each ends the verifying at once, or bounds what it does.

mod world;

use valise_evidence::bundle::{MAX_BUNDLE_BYTES, MAX_ENTRIES, Manifest};
use valise_evidence::request::MAX_PARTS;
use valise_evidence::sign1::{read, sign};
use valise_evidence::verify::{Check, Checks, Expected, Fault, verify, verify_with};
use valise_evidence::{Act, ActKind, Breach, Digest, Object, Part, Request};
use valise_wire::cbor::{Decode, DecodeError, Decoder, Encode, Encoder};
use valise_wire::statement::{LogEntry, SignedStatement, StatementKind};
use valise_wire::{Octets, Timestamp, to_bytes};
use world::judging::faults;
use world::packing::changed;
use world::{Case, note};

/// The whole case in a container of so many files more.
fn of_entries(more: usize) -> Vec<u8> {
    changed(&Case::whole().bundle(), |files| {
        let names = (0..more).map(|number| (format!("more/{number:05}"), Vec::new()));
        files.extend(names);
    })
}

/// What is wrong with bytes, in words.
fn said(bytes: &[u8], checks: Checks) -> Vec<String> {
    let verdict = verify_with(bytes, &Expected::default(), checks);
    verdict.faults().map(|(_, it)| it.to_string()).collect()
}

#[test]
fn t123_what_is_larger_than_any_bundle_is_not_looked_into() {
    let too_large = "this is no bundle: it is too large";
    let unbounded = Checks::ALL.without(Check::Bound);
    for (bytes, looked) in [
        (vec![0; MAX_BUNDLE_BYTES + 1], "it is no ZIP file"),
        (of_entries(MAX_ENTRIES), "it was added"),
    ] {
        assert_eq!(said(&bytes, Checks::ALL), [too_large]);
        let found = said(&bytes, unbounded);
        assert!(found.iter().any(|fault| fault.contains(looked)), "the twin");
    }
    // As large as one may be, and nothing but a hole.
    let hole = said(&vec![0; MAX_BUNDLE_BYTES], Checks::ALL);
    assert!(hole[0].contains("it is no ZIP file"));
}

/// The whole case with one more excerpt of a directory, and where that stands.
fn with_excerpt(excerpt: Vec<u8>) -> (Case, Vec<u8>) {
    let case = Case::whole();
    let mut contents = case.contents.clone();
    contents.trust = vec![case.office.trust(), case.bank.trust(), excerpt];
    let bytes = case.export(&contents);
    (case, bytes)
}

const EXCERPT: &str = "trust/0002.cbor";

/// A list that says to be of so many statements, and has so many.
fn statements(said: usize, there: usize) -> Vec<u8> {
    let statement = LogEntry {
        position: 1,
        statement: SignedStatement {
            kind: StatementKind::Account,
            payload: Octets(vec![0]),
            signature: [0; 64],
        },
    };
    let mut list = Encoder::default();
    list.array(said);
    let mut bytes = list.into_bytes();
    bytes.extend(to_bytes(&statement).repeat(there));
    bytes
}

#[test]
fn t123_a_million_signatures_are_not_verified() {
    let too_large = (EXCERPT.to_owned(), Fault::Broken(Breach::TooLarge));
    for count in [10_001, 1_000_000] {
        let (case, bytes) = with_excerpt(statements(count, count));
        assert!(faults(&case.judge(&bytes)).contains(&too_large), "{count}");
        let unbounded = Checks::ALL.without(Check::Bound);
        let looked = faults(&case.judge_with(&bytes, unbounded));
        let read = |(path, fault): &(String, Fault)| {
            path == EXCERPT && matches!(fault, Fault::Directory(_))
        };
        assert!(looked.iter().any(read), "the twin reads it: {looked:?}");
    }
    // One that only says so.
    for said in [1_000_000, 1 << 40] {
        let (case, bytes) = with_excerpt(statements(said, 1));
        let found = faults(&case.judge(&bytes)).into_iter();
        let broken = |(path, fault): &(String, Fault)| {
            path == EXCERPT && matches!(fault, Fault::Broken(Breach::Malformed(_)))
        };
        assert!(found.into_iter().any(|it| broken(&it)), "{said}");
    }
}

#[test]
fn t123_no_more_organisations_are_read_than_a_bundle_can_have() {
    let case = Case::whole();
    let mut contents = case.contents.clone();
    contents.trust = vec![case.office.trust(); 9];
    let bytes = case.export(&contents);
    let ninth = |fault| ("trust/0008.cbor".to_owned(), fault);
    let too_large = ninth(Fault::Broken(Breach::TooLarge));
    assert!(faults(&case.judge(&bytes)).contains(&too_large));
    let unbounded = Checks::ALL.without(Check::Bound);
    let looked = faults(&case.judge_with(&bytes, unbounded));
    assert!(looked.contains(&ninth(Fault::Twice)), "the twin reads it");
}

#[test]
fn a_bundle_of_another_version_is_called_that() {
    let case = Case::whole();
    let good = case.bundle();
    let of_version = |version: u32, more: bool| {
        changed(&good, |files| {
            let manifest = &mut files[1].1;
            let read = read::<Manifest>(manifest).unwrap();
            let newer = Newer {
                manifest: Manifest {
                    version,
                    ..read.claims().clone()
                },
                more,
            };
            *manifest = sign(&newer, &case.binding, &case.office.key);
        })
    };
    assert_eq!(faults(&case.judge(&of_version(1, false))), []);
    let named = [("manifest.cose".to_owned(), Fault::Version)];
    for (version, more) in [(0, false), (2, false), (2, true), (u32::MAX, true)] {
        let verdict = case.judge(&of_version(version, more));
        assert_eq!(faults(&verdict), named, "{version}");
        assert!(verdict.rows.len() == 1, "nothing of it is read");
    }
}

/// A list as something newer might write it: with one more field.
struct Newer {
    manifest: Manifest,
    more: bool,
}

impl Object for Newer {
    const TYPE: &'static str = Manifest::TYPE;
}

impl Encode for Newer {
    fn encode(&self, to: &mut Encoder) {
        let bytes = to_bytes(&self.manifest);
        let mut fields = bytes;
        if self.more {
            // The head of an array of up to 23 is its length.
            fields[0] += 1;
            fields.push(0xf6);
        }
        to.encoded(&fields);
    }
}

impl Decode for Newer {
    fn decode(_: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Err(DecodeError::OutOfRange)
    }
}

/// What refers to itself is followed nowhere: an earlier request is named by its number alone, and all else by digests of what was there before.
#[test]
fn references_in_a_circle_end() {
    let mut case = Case::new();
    let request = Request {
        refers_to: Some(case.id),
        ..case.draft()
    };
    case.contents.requests.clear();
    case.request = case.put_request(&request);
    case.tip = case.request;
    assert_eq!(faults(&case.judge(&case.bundle())), []);
    // Two wordings that each name the other would need a collision of SHA-256; these name the same one before.
    let next = |revision| Request {
        revision,
        previous: Some(case.request),
        ..case.draft()
    };
    let (second, third) = (next(2), next(3));
    case.put_request(&second);
    case.put_request(&third);
    let verdict = case.judge(&case.bundle());
    let revision = ("requests/0002.cose".to_owned(), Fault::Revision);
    assert!(faults(&verdict).contains(&revision), "{verdict:#?}");
    // An act that names itself as the one before names something else, because naming it changes its digest.
    let mut case = Case::new();
    let mut act = case.act(ActKind::Closed, &case.office);
    act.previous = Digest::of(&sign(&act, &case.binding, &case.office.key));
    case.put_act(&act);
    assert!(!case.judge(&case.bundle()).is_sound());
}

/// BI-49: a request whose deadline was over when it was signed is none.
#[test]
fn a_deadline_before_the_request_is_refused() {
    let mut case = Case::new();
    let mut request = case.draft();
    request.deadline.due = Timestamp(request.issued_at.0 - 1);
    request.deadline.acknowledge_by = None;
    case.contents.requests.clear();
    case.put_request(&request);
    let due = Fault::Broken(Breach::Field("due"));
    let named = ("requests/0000.cose".to_owned(), due);
    assert!(faults(&case.judge(&case.bundle())).contains(&named));
}

/// BI-49: each is read once, and the last one counts.
#[test]
fn a_thousand_other_wordings_are_read_one_after_the_other() {
    let mut case = Case::new();
    for revision in 2..=1_000 {
        let request = Request {
            revision,
            previous: Some(case.request),
            subject: note(&format!("Wording {revision}")),
            ..case.draft()
        };
        case.request = case.put_request(&request);
        let amended = Act {
            object: Some(case.request),
            ..case.act(ActKind::Amended, &case.office)
        };
        case.put_act(&amended);
    }
    let verdict = case.judge(&case.bundle());
    assert_eq!(faults(&verdict), []);
    let course = verdict.course.as_ref().expect("a course");
    assert_eq!((course.acts, course.revision), (999, case.request));
}

#[test]
fn t123_nesting_without_end_is_refused_wherever_it_stands() {
    let deep = vec![0x81; 1 << 20];
    let mut case = Case::whole();
    let contents = &mut case.contents;
    contents.acts.push(deep.clone());
    contents.receipts.push(deep.clone());
    contents.seals.push(deep.clone());
    contents.trust.push(deep.clone());
    let verdict = case.judge(&case.bundle());
    for path in ["acts/0004.cose", "receipts/0002.cose", "seals/0001.cbor"] {
        let is_named = |(place, _): &(String, Fault)| place == path;
        assert!(faults(&verdict).iter().any(is_named), "{path}");
    }
    for bytes in [deep, vec![0xbf; 1 << 20], vec![b'['; 1 << 20], Vec::new()] {
        assert!(!verify(&bytes, &Expected::default()).is_sound());
    }
}

#[test]
fn t177_names_of_what_is_not_there_have_an_end() {
    let mut case = Case::new();
    let mut request = case.draft();
    for revision in 2..=45 {
        let part = |number: usize| Part {
            digest: Digest::of(format!("{revision} {number}").as_bytes()),
            length: 1,
            media_type: "text/plain".into(),
            name: None,
        };
        request.parts = (0..MAX_PARTS).map(part).collect();
        request.revision = revision;
        request.previous = Some(Digest::of(&case.contents.requests[revision as usize - 2]));
        case.put_request(&request);
    }
    let bytes = case.bundle();
    let verdict = case.judge(&bytes);
    let whole = (String::new(), Fault::Broken(Breach::TooLarge));
    assert!(faults(&verdict).contains(&whole));
    let named = 2 * MAX_ENTRIES;
    assert!(verdict.rows.len() <= named + 60, "{}", verdict.rows.len());
    let blind = case.judge_with(&bytes, Checks::ALL.without(Check::Bound));
    assert!(
        blind.rows.len() > named + 60,
        "the twin goes on without end"
    );
}
