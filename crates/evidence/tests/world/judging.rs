//! What a verdict says, as the tests ask it.

use super::Case;
use valise_evidence::verify::{Check, Checks, Fault, Row, Standing, Verdict};

pub fn faults(verdict: &Verdict) -> Vec<(String, Fault)> {
    let faults = verdict.faults();
    faults
        .map(|(path, fault)| (path.to_owned(), fault))
        .collect()
}

/// Asserts that a bundle has this fault at this place, and that nobody finds anything where the check is left out.
pub fn found(case: &Case, bytes: &[u8], check: Check, path: &str, fault: Fault) {
    let all = faults(&case.judge(bytes));
    assert!(
        all.contains(&(path.to_owned(), fault)),
        "{check:?}: {all:?}"
    );
    let blind = faults(&case.judge_with(bytes, Checks::ALL.without(check)));
    assert_eq!(blind, [], "the twin of {check:?} must pass");
}

pub fn standing(verdict: &Verdict, path: &str) -> (Standing, Standing) {
    let row = row(verdict, path);
    (row.what, row.when)
}

pub fn row<'a>(verdict: &'a Verdict, path: &str) -> &'a Row {
    let row = verdict.rows.iter().find(|row| row.path == path);
    row.unwrap_or_else(|| panic!("no row of {path}"))
}
