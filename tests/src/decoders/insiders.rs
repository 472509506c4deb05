//! What somebody signs rightly who means harm: a request, an answer, an act, a receipt or a seal of a good bundle with anything in it, and the
//! bundle that is exported of that.

use super::evidence::{fingerprints, taken_apart};
use super::vectors::{octets, values};
use std::sync::LazyLock;
use valise_directory::keys::EvidenceKey;
use valise_evidence::bundle::{Contents, Export, Manifest, write};
use valise_evidence::seal::{SealSecret, Sealed};
use valise_evidence::sign1::{Object, read, sign};
use valise_evidence::{Act, Binding, Receipt, Request, Response};
use valise_verdict::{Language, judge, lines, report};
use valise_wire::{from_bytes, to_bytes};

/// What everything in the good bundle is signed with.
const KEYS: &str = include_str!("../../../spec/vectors/evidence-keys.txt");

/// The good bundle, and its keys.
struct Case {
    contents: Contents,
    export: Export,
    asks: EvidenceKey,
    answers: EvidenceKey,
    hub: EvidenceKey,
    seals: SealSecret,
}

static CASE: LazyLock<Case> = LazyLock::new(|| {
    let (contents, paths) = taken_apart();
    let list = read::<Manifest>(&paths[0].1).expect("a list");
    let list = list.claims();
    let key = |name| EvidenceKey::from_seed(&seed(name));
    Case {
        export: Export {
            request: list.request,
            binding: Binding {
                asks: list.asks,
                room: list.room,
            },
            exporter: list.exporter.clone(),
            at: list.exported_at,
        },
        asks: key("asks"),
        answers: key("answers"),
        hub: key("asks-hub"),
        seals: SealSecret::from_seeds(seed("answers-seal-ed25519"), seed("answers-seal-ml-dsa-65")),
        contents,
    }
});

fn seed(wanted: &str) -> [u8; 32] {
    let mut found = values(KEYS).filter(|(name, _)| *name == wanted);
    let found = found.next().map(|(_, digits)| octets(digits));
    found
        .and_then(|bytes| bytes.try_into().ok())
        .expect("a seed")
}

/// A payload, signed as a thing of its type.
fn signed<T: Object>(payload: &[u8], key: &EvidenceKey) -> Option<Vec<u8>> {
    let claims: T = from_bytes(payload).ok()?;
    assert!(to_bytes(&claims) == payload, "a second encoding was taken");
    Some(sign(&claims, &CASE.export.binding, key))
}

/// The first byte says in whose place, the rest is what is signed there. It is judged without harm.
pub(super) fn insiders(bytes: &[u8]) {
    let Some((&which, payload)) = bytes.split_first() else {
        return;
    };
    let case = &*CASE;
    let mut contents = case.contents.clone();
    let acts = contents.acts.len();
    let (place, made) = match usize::from(which) % (acts + 4) {
        0 => (
            &mut contents.requests[0],
            signed::<Request>(payload, &case.asks),
        ),
        1 => (
            &mut contents.responses[0],
            signed::<Response>(payload, &case.answers),
        ),
        2 => (
            &mut contents.receipts[0],
            signed::<Receipt>(payload, &case.hub),
        ),
        3 => (&mut contents.seals[0], sealed(payload)),
        at if at == acts + 3 => (
            &mut contents.acts[acts - 1],
            signed::<Act>(payload, &case.asks),
        ),
        at => (
            &mut contents.acts[at - 4],
            signed::<Act>(payload, &case.answers),
        ),
    };
    let Some(made) = made else {
        return;
    };
    *place = made;
    let bundle = write(&contents, &case.export, &case.asks);
    let verdict = judge(&bundle, fingerprints(), &[]);
    assert!(
        !verdict.is_sound() || verdict.course.is_some(),
        "nothing was found sound"
    );
    for language in Language::ALL {
        assert_eq!(lines(language, &verdict).len(), verdict.rows.len());
        let _ = report(language, &verdict);
    }
}

fn sealed(payload: &[u8]) -> Option<Vec<u8>> {
    let sealed: Sealed = from_bytes(payload).ok()?;
    Some(to_bytes(&CASE.seals.seal(sealed, &CASE.export.binding)))
}

pub(super) fn honest() -> Vec<(&'static str, Vec<u8>)> {
    let contents = &CASE.contents;
    fn claims<T: Object>(bytes: &[u8]) -> Vec<u8> {
        to_bytes(read::<T>(bytes).expect("an honest one").claims())
    }
    let mut payloads = vec![
        claims::<Request>(&contents.requests[0]),
        claims::<Response>(&contents.responses[0]),
        claims::<Receipt>(&contents.receipts[0]),
        from_bytes::<valise_evidence::Seal>(&contents.seals[0])
            .map(|seal| to_bytes(&seal.sealed))
            .unwrap_or_default(),
    ];
    payloads.extend(contents.acts.iter().map(|act| claims::<Act>(act)));
    let inputs = (0u8..).zip(payloads);
    inputs
        .map(|(which, payload)| ("insiders", [&[which], &payload[..]].concat()))
        .collect()
}
