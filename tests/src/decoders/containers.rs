//! A bundle with a time over the whole, packed anew by somebody who has no key: one of its files is another one.

use super::evidence::{fingerprints, values};
use super::packing::{entries, pack};
use super::vectors::octets;
use std::sync::LazyLock;
use valise_evidence::verify::{Standing, Subject, Verdict};
use valise_timestamp::Certificate;
use valise_verdict::{Language, judge, lines};

/// Where the token over the whole lies, and what it is over.
const TOKEN: &str = "META-INF/timestamp001.tst";
const LIST: &str = "META-INF/ASiCManifest001.xml";

/// Files by their paths.
type Files = Vec<(String, Vec<u8>)>;

/// The stamped bundle of the vectors, and the authority of its time.
static STAMPED: LazyLock<(Files, [Certificate; 1])> = LazyLock::new(|| {
    let files = entries(&octets(values("stamped-bundle")[0]));
    let authority = Certificate::from_der(&octets(values("authority")[0]));
    (files, [authority.expect("a certificate")])
});

/// The first byte says which file, the second whether it is another one (0), is left out (1), comes one earlier (2) or twice (3); the rest is
/// what lies there then. Whatever it is, it is found.
pub(super) fn containers(bytes: &[u8]) {
    let [which, how, rest @ ..] = bytes else {
        return;
    };
    let (honest, trusted) = &*STAMPED;
    let mut files = honest.clone();
    let which = usize::from(*which) % files.len();
    let path = files[which].0.clone();
    match how % 4 {
        0 => files[which].1 = rest.to_vec(),
        1 => drop(files.remove(which)),
        2 => files.swap(which, which.saturating_sub(1)),
        _ => files.push((path.clone(), rest.to_vec())),
    }
    let verdict = judge(&pack(&files), fingerprints(), trusted);
    for language in Language::ALL {
        assert_eq!(lines(language, &verdict).len(), verdict.rows.len());
    }
    if files == *honest {
        assert!(
            verdict.is_sound() && TIME.is_some(),
            "the honest one is sound"
        );
        return;
    }
    // A token can bring along what nobody asks for; what it says stays.
    let is_token = path == TOKEN && how % 4 == 0;
    assert!(is_token || !verdict.is_sound(), "{path}: nobody made that");
    assert!([None, *TIME].contains(&whole(&verdict)), "another time");
}

/// The proven time over the whole, in milliseconds.
fn whole(verdict: &Verdict) -> Option<u64> {
    let row = verdict
        .rows
        .iter()
        .find(|row| row.subject == Subject::Whole)?;
    row.at
        .filter(|_| row.when == Standing::Proven)
        .map(|at| at.0)
}

/// The same of the honest one.
static TIME: LazyLock<Option<u64>> = LazyLock::new(|| {
    let (files, trusted) = &*STAMPED;
    whole(&judge(&pack(files), fingerprints(), trusted))
});

pub(super) fn honest() -> Vec<(&'static str, Vec<u8>)> {
    let (files, _) = &*STAMPED;
    let mut inputs = Vec::new();
    for (number, (path, bytes)) in (0u8..).zip(files) {
        let is_over = [TOKEN, LIST, "mimetype", "manifest.cose"].contains(&path.as_str());
        // What lies elsewhere is changed in `bundles`, too.
        let same = [&[number, 0], bytes.as_slice()].concat();
        inputs.extend((is_over || number % 4 == 0).then_some(same));
        inputs.push(vec![number, 1]);
        inputs.extend(is_over.then(|| vec![number, 2]));
    }
    let last = files.len() as u8 - 1;
    inputs.push([&[last, 3], files[files.len() - 1].1.as_slice()].concat());
    inputs
        .into_iter()
        .map(|input| ("containers", input))
        .collect()
}
