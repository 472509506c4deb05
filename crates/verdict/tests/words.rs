//! What is said of the bundle that other implementations are given: the same verdict in every language.

use valise_evidence::verify::{Expected, Verdict, verify};
use valise_verdict::{Conclusion, Language, conclude, lines, report, summary};
use valise_views::print::Document;

const VECTORS: &str = include_str!("../../../spec/vectors/evidence-good.txt");

fn values(wanted: &str) -> Vec<String> {
    let lines = VECTORS.lines().filter_map(|line| line.split_once(": "));
    let values = lines.filter(|(name, _)| *name == wanted);
    values.map(|(_, value)| value.to_owned()).collect()
}

fn bundle() -> Vec<u8> {
    hex::decode(&values("bundle")[0]).unwrap()
}

fn judged(bytes: &[u8], fingerprints: Vec<String>) -> Verdict {
    let expected = Expected {
        fingerprints,
        ..Expected::default()
    };
    verify(bytes, &expected)
}

#[test]
fn a_whole_bundle_is_told_in_every_language() {
    let verdict = judged(&bundle(), values("fingerprint"));
    assert_eq!(conclude(&verdict), Conclusion::Proven);
    let mut told = Vec::new();
    for language in Language::ALL {
        let lines = lines(language, &verdict);
        assert_eq!(lines.len(), verdict.rows.len());
        assert!(lines.iter().all(|line| !line.is_wrong));
        let shown = lines.iter().filter_map(|line| line.fingerprint.clone());
        assert_eq!(shown.collect::<Vec<_>>(), values("fingerprint"));
        told.push((summary(language, &verdict).unwrap(), lines));
    }
    let english = &told[0].0;
    assert_eq!(english, "The request: answer accepted, as of act 4");
    told.dedup_by(|left, right| left.0 == right.0);
    assert_eq!(told.len(), Language::ALL.len());
}

#[test]
fn that_a_request_ended_by_itself_is_told_as_of_the_export() {
    let ends = include_str!("../../../spec/vectors/evidence-ends.txt");
    let digits = ends.lines().find_map(|line| line.strip_prefix("bundle: "));
    let bundle = hex::decode(digits.unwrap()).unwrap();
    let verdict = judged(&bundle, values("fingerprint"));
    assert!(verdict.is_sound());
    let told = Language::ALL.map(|language| summary(language, &verdict).unwrap());
    assert!(told[0].starts_with(
        "The request: ended by itself, without an answer in time, as of act 0; it ended on "
    ));
    assert!(
        told[0].contains("whoever exported this had it on")
            && told[0].ends_with("; the deadline was missed")
    );
    for (at, one) in told.iter().enumerate() {
        assert!(!told[at + 1..].contains(one));
    }
    let report = report(Language::English, &verdict);
    for said in [
        "not carried to the addressee's server by then",
        "nothing of the other side was there by then",
    ] {
        assert!(
            report.items.iter().any(|item| item.what.contains(said)),
            "{said}"
        );
    }
    assert!(
        report
            .facts
            .iter()
            .any(|(name, _)| name == "Ends by itself")
    );
}

#[test]
fn a_changed_text_is_wrong_in_the_readers_language() {
    let mut bytes = bundle();
    let at = bytes.windows(9).position(|part| part == b"Enclosed.");
    bytes[at.unwrap()] ^= 1;
    let verdict = judged(&bytes, values("fingerprint"));
    assert_eq!(conclude(&verdict), Conclusion::Unsound);
    let lines = lines(Language::French, &verdict);
    let wrong = lines.iter().find(|line| line.is_wrong).unwrap();
    assert_eq!((wrong.sure, &*wrong.faults[0]), ("FAUX", "a été modifié"));
    let unknown = judged(&bundle(), Vec::new());
    assert_eq!(conclude(&unknown), Conclusion::Open);
    assert_eq!(
        conclude(&judged(b"no bundle", Vec::new())),
        Conclusion::Unsound
    );
}

#[test]
fn a_report_says_all_of_it_in_letters_that_can_be_printed() {
    let verdict = judged(&bundle(), values("fingerprint"));
    for language in Language::ALL {
        let report = report(language, &verdict);
        let is_said = |wanted: &str| report.facts.iter().any(|(_, value)| value.contains(wanted));
        for fingerprint in values("fingerprint") {
            assert!(is_said(&fingerprint), "{fingerprint}");
        }
        assert!(is_said(&summary(language, &verdict).unwrap()));
        // Two things to read, two organisations, the list: all else is an item.
        let about_the_file = verdict.rows.len() - report.items.len();
        assert_eq!(about_the_file, 1 + 2 + 1, "{language:?}");
        let printed = valise_print::document(&Document::Report(report)).unwrap();
        assert_eq!(printed.missing, [], "{language:?}");
        if let Some(folder) = std::env::var_os("VALISE_PRINT") {
            let name = format!("verdict-{}.pdf", language.tag());
            std::fs::write(std::path::Path::new(&folder).join(name), printed.pdf).unwrap();
        }
    }
}
