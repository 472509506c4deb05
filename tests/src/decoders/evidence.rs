//! Evidence: bundles, and the signed things in them, that anybody may have made.

use super::one_encoding;
use valise_evidence::bundle::Manifest;
use valise_evidence::calendar::Calendar;
use valise_evidence::number::Scheme;
use valise_evidence::sign1::{Object, read};
use valise_evidence::verify::{Expected, verify};
use valise_evidence::{Act, Receipt, Request, Response, Seal, SealKeys};

/// What other implementations are given as well.
const VECTORS: &str = include_str!("../../../spec/vectors/evidence-good.txt");

/// Bytes that are said to be a bundle, or a signed thing.
pub(super) fn evidence(bytes: &[u8]) {
    let verdict = verify(bytes, &Expected::default());
    assert!(
        !verdict.is_sound() || verdict.course.is_some(),
        "nothing was found sound"
    );
    signed::<Request>(bytes);
    signed::<Response>(bytes);
    signed::<Act>(bytes);
    signed::<Receipt>(bytes);
    signed::<Manifest>(bytes);
    one_encoding::<Request>(bytes);
    one_encoding::<Act>(bytes);
    one_encoding::<Seal>(bytes);
    one_encoding::<SealKeys>(bytes);
    if let Some(calendar) = one_encoding::<Calendar>(bytes) {
        let _ = calendar
            .check()
            .map(|()| calendar.due(valise_wire::Timestamp(0), 20));
    }
    let _ = std::str::from_utf8(bytes).map(Scheme::parse);
}

fn signed<T: Object>(bytes: &[u8]) {
    let _ = read::<T>(bytes);
}

/// Honest inputs.
pub(super) fn honest() -> Vec<(&'static str, Vec<u8>)> {
    let lines = VECTORS.lines().filter(|line| !line.starts_with('#'));
    let values = lines.filter_map(|line| line.split_once(": "));
    let wanted = ["request", "response", "act", "receipt", "seal", "bundle"];
    let wanted = values.filter(|(name, _)| wanted.contains(name));
    wanted
        .map(|(_, digits)| ("evidence", octets(digits)))
        .collect()
}

fn octets(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks(2);
    let pairs = pairs.filter_map(|pair| std::str::from_utf8(pair).ok());
    pairs
        .filter_map(|pair| u8::from_str_radix(pair, 16).ok())
        .collect()
}
