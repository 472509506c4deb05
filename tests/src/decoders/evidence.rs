//! Evidence: bundles, and the signed things in them, that anybody may have made.

use super::one_encoding;
use super::packing::entries;
use super::vectors::octets;
use valise_directory::keys::EvidenceKey;
use valise_evidence::bundle::{Contents, Export, Manifest, write};
use valise_evidence::calendar::Calendar;
use valise_evidence::sign1::{Object, read};
use valise_evidence::verify::{Expected, Standing, verify};
use valise_evidence::{Act, Binding, Receipt, Request, Response, Seal, SealKeys};
use valise_verdict::{Language, judge, lines, report};

/// What other implementations are given as well.
const VECTORS: &str = include_str!("../../../spec/vectors/evidence-good.txt");

/// Bytes that are said to be a bundle, or a signed thing.
pub(super) fn evidence(bytes: &[u8]) {
    let verdict = verify(bytes, &Expected::default());
    assert!(
        !verdict.is_sound() || verdict.course.is_some(),
        "nothing was found sound"
    );
    signed_things(bytes);
    one_encoding::<Request>(bytes);
    one_encoding::<Act>(bytes);
    one_encoding::<Seal>(bytes);
    one_encoding::<SealKeys>(bytes);
    if let Some(calendar) = one_encoding::<Calendar>(bytes) {
        let _ = calendar
            .check()
            .map(|()| calendar.due(valise_wire::Timestamp(0), 20));
    }
}

/// Bytes that are said to be a signed thing.
pub(super) fn signed_things(bytes: &[u8]) {
    signed::<Request>(bytes);
    signed::<Response>(bytes);
    signed::<Act>(bytes);
    signed::<Receipt>(bytes);
    signed::<Manifest>(bytes);
}

/// Bytes in the place of one file of a good bundle: the first says of which. The list is that of what is there then, so that all of it is read.
pub(super) fn bundles(bytes: &[u8]) {
    let Some((&which, changed)) = bytes.split_first() else {
        return;
    };
    let (mut contents, paths) = taken_apart();
    let which = usize::from(which) % paths.len();
    let (path, _) = &paths[which];
    let before = paths[..which].iter();
    let number = before.filter(|(other, _)| folder(other) == folder(path));
    *place(&mut contents, path, number.count()) = changed.to_vec();
    let read = read::<Manifest>(&paths[0].1).expect("a list");
    let list = read.claims();
    let export = Export {
        request: list.request,
        binding: Binding {
            asks: list.asks,
            room: list.room,
        },
        exporter: list.exporter.clone(),
        at: list.exported_at,
    };
    let bundle = write(&contents, &export, &EvidenceKey::from_seed(&[1; 32]));
    let verdict = judge(&bundle, fingerprints(), &[]);
    let row = verdict.rows.iter().find(|row| row.path == *path);
    let is_proven = row.is_some_and(|row| row.what == Standing::Proven);
    let is_honest = match folder(path) {
        "requests" => was_said::<Request>(changed, &paths),
        "responses" => was_said::<Response>(changed, &paths),
        "acts" => was_said::<Act>(changed, &paths),
        // An excerpt may leave something out, and a text is as sure as what names it.
        _ => true,
    };
    assert!(!is_proven || is_honest, "{path}: nobody signed that");
    for language in Language::ALL {
        assert_eq!(lines(language, &verdict).len(), verdict.rows.len());
        let _ = report(language, &verdict);
    }
}

fn signed<T: Object>(bytes: &[u8]) {
    let _ = read::<T>(bytes);
}

/// Honest inputs.
pub(super) fn honest() -> Vec<(&'static str, Vec<u8>)> {
    let wanted = [
        "request",
        "response",
        "act",
        "receipt",
        "seal",
        "bundle",
        "stamped-bundle",
        "lacking-bundle",
    ];
    let things = wanted.into_iter().flat_map(values);
    let things = things.map(|digits| ("evidence", octets(digits)));
    let (_, paths) = taken_apart();
    let parts = (0..).zip(paths).map(|(number, (_, bytes))| {
        let number: u8 = number;
        ("bundles", [&[number], bytes.as_slice()].concat())
    });
    things.chain(parts.skip(1)).collect()
}

/// Values of the vectors.
pub(super) fn values(wanted: &str) -> Vec<&'static str> {
    let lines = VECTORS.lines().filter(|line| !line.starts_with('#'));
    let lines = lines.filter_map(|line| line.split_once(": "));
    let lines = lines.filter(|(name, _)| *name == wanted);
    lines.map(|(_, value)| value).collect()
}

pub(super) fn fingerprints() -> Vec<String> {
    let found = values("fingerprint").into_iter();
    found.map(str::to_owned).collect()
}

/// The good bundle's parts: what it consists of, and each file by its path. The list is the first.
pub(super) fn taken_apart() -> (Contents, Vec<(String, Vec<u8>)>) {
    let mut paths = entries(&octets(values("bundle")[0]));
    paths.retain(|(path, _)| path != "mimetype" && path != "verify.txt");
    let mut contents = Contents {
        report: Some(b"%PDF-".to_vec()),
        ..Contents::default()
    };
    for (path, bytes) in &paths[1..] {
        let list = list_of(&mut contents, path).expect("a known path");
        list.push(bytes.clone());
    }
    (contents, paths)
}

/// Tells whether somebody said this in the good bundle, with these words.
fn was_said<T: Object + Clone + PartialEq>(changed: &[u8], paths: &[(String, Vec<u8>)]) -> bool {
    let said = |bytes: &[u8]| read::<T>(bytes).map(|read| read.claims().clone()).ok();
    let changed = said(changed);
    paths.iter().any(|(_, bytes)| said(bytes) == changed)
}

fn folder(path: &str) -> &str {
    path.split_once('/').map_or("", |(folder, _)| folder)
}

/// Where the bytes of one kind stand; a report for the list, which is made anew.
fn place<'a>(contents: &'a mut Contents, path: &str, number: usize) -> &'a mut Vec<u8> {
    match folder(path) {
        "" => contents.report.get_or_insert_default(),
        _ => &mut list_of(contents, path).expect("a known path")[number],
    }
}

fn list_of<'a>(contents: &'a mut Contents, path: &str) -> Option<&'a mut Vec<Vec<u8>>> {
    match folder(path) {
        "requests" => Some(&mut contents.requests),
        "responses" => Some(&mut contents.responses),
        "acts" => Some(&mut contents.acts),
        "receipts" => Some(&mut contents.receipts),
        "seals" => Some(&mut contents.seals),
        "trust" => Some(&mut contents.trust),
        "contents" => Some(&mut contents.contents),
        _ => None,
    }
}
