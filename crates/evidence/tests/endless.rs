//! Bundles that are endless, of another kind, or nested without end: each ends the verifying at once, or bounds what it does.

mod world;

use valise_evidence::bundle::MAX_ENTRIES;
use valise_evidence::request::MAX_PARTS;
use valise_evidence::verify::{Check, Checks, Expected, Fault, verify};
use valise_evidence::{Breach, Digest, Part};
use world::Case;
use world::judging::faults;

/// A ZIP file of one entry that says to be followed by so many.
fn of_entries(count: u16) -> Vec<u8> {
    let mut bytes = Case::whole().bundle();
    let at = bytes.len() - 22 + 8;
    bytes[at..at + 2].copy_from_slice(&count.to_le_bytes());
    bytes[at + 2..at + 4].copy_from_slice(&count.to_le_bytes());
    bytes
}

#[test]
fn t123_what_is_larger_than_any_bundle_is_not_looked_into() {
    let too_large = "this is no bundle: it is too large";
    for bytes in [vec![0; (1 << 30) + 1], of_entries(MAX_ENTRIES as u16 + 1)] {
        let verdict = verify(&bytes, &Expected::default());
        let said: Vec<String> = verdict.faults().map(|(_, it)| it.to_string()).collect();
        assert_eq!(said, [too_large]);
    }
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
