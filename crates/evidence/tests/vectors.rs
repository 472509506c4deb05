//! Good and bad evidence, as it stands in `spec/vectors/` for other implementations.
//!
//! `VALISE_BLESS=1 cargo test -p valise-evidence --test vectors` writes the good ones anew; a change in that file is a change of
//! the protocol, and of everything that was ever signed.

mod world;

use valise_directory::fold::fingerprint;
use valise_evidence::bundle::{Absent, Reason};
use valise_evidence::calendar::Calendar;
use valise_evidence::receipt::{Event, Receipt};
use valise_evidence::sign1::{Object, read};
use valise_evidence::verify::{
    Expected, Fault, Row, Stamp, Stamped, Standing, Subject, Verdict, verify,
};
use valise_evidence::{Act, Digest, Request, Response, Seal};
use valise_timestamp as timestamp;
use valise_timestamp::{Authority, Certificate, Imprint, Serial};
use valise_wire::{Timestamp, from_bytes, to_bytes};
use world::packing::changed;
use world::published::{compare, is_blessed, lines, publish, text};
use world::{Case, NOW, SCAN};

fn good() -> Vec<(String, String)> {
    let case = Case::whole();
    let contents = &case.contents;
    let hex = |bytes: &Vec<u8>| hex::encode(bytes);
    let mut lines = vec![
        ("asks".into(), hex::encode(case.binding.asks.0)),
        ("room".into(), hex::encode(case.binding.room.0)),
        ("fingerprint".into(), fingerprint(case.office.id)),
        ("fingerprint".into(), fingerprint(case.bank.id)),
        ("request".into(), hex(&contents.requests[0])),
        ("response".into(), hex(&contents.responses[0])),
    ];
    lines.extend(contents.acts.iter().map(|act| ("act".into(), hex(act))));
    lines.extend(
        contents
            .receipts
            .iter()
            .map(|it| ("receipt".into(), hex(it))),
    );
    lines.push(("seal".into(), hex(&contents.seals[0])));
    let keys = to_bytes(&case.bank.seal().public());
    lines.push(("seal-keys".into(), hex(&keys)));
    lines.push(("bundle".into(), hex(&case.bundle())));
    lines.push(("authority".into(), hex(&authority().root().to_der())));
    lines.push(("stamped-bundle".into(), hex(&stamped(&case))));
    let not_had = lacking(Reason::NotHad, None);
    lines.push(("lacking-bundle".into(), hex(&not_had.bundle())));
    let too_large = lacking(Reason::TooLarge, None);
    lines.push(("too-large-bundle".into(), hex(&too_large.bundle())));
    lines.push(("another-came-bundle".into(), hex(&another_came().bundle())));
    lines
}

/// The whole case as of somebody who has not the file, and says why.
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

/// Somebody got another file than was signed, and puts it beside.
fn another_came() -> Case {
    let other = b"something else of the sender's";
    let mut case = lacking(Reason::AnotherCame, Some(other));
    case.has(other);
    case
}

/// An authority for time that is the same in every run.
fn authority() -> Authority {
    let secrets = [[1; 32], [2; 32]].map(Into::into);
    Authority::found("time.example", secrets, NOW).unwrap()
}

/// When the whole case was exported.
fn exported() -> Timestamp {
    Case::whole().now
}

fn token_over(digest: Digest) -> Vec<u8> {
    let question = timestamp::Request {
        imprint: Imprint::sha256(digest.0),
        nonce: [3; 16],
    };
    let asked = question.to_der().unwrap();
    let answer = authority().answer(&asked, Serial([4; 20]), exported());
    let answer = timestamp::read_untrusted(&answer, &question);
    answer.unwrap().token
}

/// The bundle of a case with a time over all of it.
fn stamped(case: &Case) -> Vec<u8> {
    let packed = case.packed();
    let token = token_over(packed.stamped());
    packed.close(Some(token))
}

/// Judges a bundle as somebody who knows both organisations and that authority.
fn judged(bundle: &[u8]) -> Verdict {
    let token = |over: Stamped<'_>, token: &[u8]| {
        let imprint = match over {
            Stamped::Signature(signature) => Imprint::of_cose_signature(signature),
            Stamped::File(bytes) => Imprint::of_bytes(bytes),
        };
        let trusted: [Certificate; 1] = [authority().root().clone()];
        let verified = timestamp::verify(token, &imprint, &trusted).ok()?;
        Some(Stamp {
            at: verified.time,
            authority: verified.anchor.fingerprint(),
            name: verified.anchor.subject(),
            is_known: true,
        })
    };
    let known = lines("evidence-good.txt").into_iter();
    let fingerprints = known.filter(|(name, _)| name == "fingerprint");
    let expected = Expected {
        fingerprints: fingerprints.map(|(_, value)| value).collect(),
        token: Some(&token),
    };
    verify(bundle, &expected)
}

#[test]
fn good_ones_are_what_they_were() {
    let good = good();
    let head = "# A request, answered and confirmed, with fixed keys; made by crates/evidence/tests/vectors.rs. The bundle holds all of it.\n";
    let made: String = good
        .iter()
        .map(|(name, value)| format!("{name}: {value}\n"))
        .collect();
    compare("evidence-good.txt", &format!("{head}{made}"));
    let judge = |name: &str| {
        let bundle = good.iter().find(|(line, _)| line == name).unwrap();
        judged(&hex::decode(&bundle.1).unwrap())
    };
    // That somebody sent another file than he had signed is said of an honest bundle.
    let another = judge("another-came-bundle");
    let faults: Vec<Fault> = another.faults().map(|(_, fault)| fault).collect();
    assert_eq!(faults, [Fault::AnotherCame]);
    for name in [
        "bundle",
        "stamped-bundle",
        "lacking-bundle",
        "too-large-bundle",
    ] {
        let verdict = judge(name);
        assert!(verdict.is_sound(), "{verdict:#?}");
        let proven = |row: &&Row| row.subject == Subject::Whole && row.at == Some(exported());
        let whole = verdict.rows.iter().find(proven);
        let is_proven = whole.is_some_and(|row| row.when == Standing::Proven);
        assert_eq!(is_proven, name == "stamped-bundle");
    }
}

/// A bundle of before there were any with a time over them.
#[test]
fn a_bundle_of_before_verifies_on() {
    let former = text("evidence-former.txt");
    let digits = former
        .lines()
        .find_map(|line| line.strip_prefix("bundle: "));
    let verdict = judged(&hex::decode(digits.unwrap()).unwrap());
    assert!(
        verdict.is_sound() && verdict.course.is_some(),
        "{verdict:#?}"
    );
}

/// Reads a thing of this kind and returns what is wrong with it.
fn wrong(kind: &str, bytes: &[u8]) -> Option<String> {
    fn object<T: Object>(bytes: &[u8]) -> Option<String> {
        read::<T>(bytes).err().map(|breach| format!("{breach:?}"))
    }
    match kind {
        "request" => object::<Request>(bytes),
        "response" => object::<Response>(bytes),
        "act" => object::<Act>(bytes),
        "receipt" => object::<Receipt>(bytes),
        "calendar" => object::<Calendar>(bytes),
        "seal" => from_bytes::<Seal>(bytes)
            .err()
            .map(|error| format!("{error:?}")),
        "bundle" => {
            let verdict = judged(bytes);
            let found = verdict.faults().next();
            found.map(|(path, fault)| format!("{path}:{fault:?}"))
        }
        other => panic!("what is {other}?"),
    }
}

/// Each bad one is a good one, changed in the way that its line says: `kind reason: hexadecimal digits`.
#[test]
fn bad_ones_are_refused_for_their_reason() {
    let all = lines("evidence-bad.txt");
    assert!(all.len() >= 8);
    for (what, digits) in all {
        let (kind, reason) = what.split_once(' ').unwrap();
        let found = wrong(kind, &hex::decode(&digits).unwrap());
        assert_eq!(found.as_deref(), Some(reason), "{what}");
    }
}

/// Returns an honest act and receipt, whose bytes the bad ones are made of.
fn honest() -> (Vec<u8>, Vec<u8>) {
    let contents = Case::whole().contents;
    (contents.acts[0].clone(), contents.receipts[0].clone())
}

#[test]
fn bad_ones_are_written_anew() {
    if !is_blessed() {
        return;
    }
    let (act, receipt) = honest();
    let mut out = String::from(
        "# Each is an honest act, receipt, seal or bundle with one thing changed. Before the colon: what it is said to be, and why it is refused.\n",
    );
    let mut put = |why: &str, kind: &str, bytes: &[u8]| {
        let reason = wrong(kind, bytes).unwrap_or_else(|| panic!("{why} is taken"));
        out += &format!("# {why}\n{kind} {reason}: {}\n", hex::encode(bytes));
    };
    let replaced = |bytes: &[u8], from: &[u8], to: &[u8]| {
        let at = bytes.windows(from.len()).position(|part| part == from);
        let at = at.expect("it is in there");
        [&bytes[..at], to, &bytes[at + from.len()..]].concat()
    };
    put(
        "The length of the headers in two bytes.",
        "act",
        &[&[0x84, 0x59, 0], &act[2..]].concat(),
    );
    put("A byte behind.", "act", &[&act[..], &[0]].concat());
    put("Cut off.", "act", &act[..act.len() - 1]);
    put(
        "With the tag of COSE_Sign1.",
        "act",
        &[&[0xd2], &act[..]].concat(),
    );
    put(
        "EdDSA, the older name of the algorithm, in the headers.",
        "act",
        &replaced(&act, &[1, 0x32, 4], &[1, 0x27, 4]),
    );
    put("A receipt in the place of an act.", "act", &receipt);
    put(
        "Something in the unprotected headers.",
        "act",
        &replaced(&act, &[0xa0], &[0xa1, 0x19, 1, 14, 0x41, 0]),
    );
    put(
        "Another unprotected header than the token.",
        "receipt",
        &replaced(&receipt, &[0xa0], &[0xa1, 0x19, 1, 13, 0x41, 0]),
    );
    let seal = Case::whole().contents.seals.remove(0);
    put(
        "A seal without its last field.",
        "seal",
        &[&[0x83], &seal[1..seal.len() - 1]].concat(),
    );
    // The shortest one: a request alone.
    let case = Case::new();
    let (good, plain) = (stamped(&case), case.bundle());
    let last = |files: &[(String, Vec<u8>)]| files.len() - 1;
    let type_of = |bundle: &[u8]| world::packing::entries(bundle)[0].1.clone();
    put(
        "A bundle without a time over it that says that it has one.",
        "bundle",
        &changed(&plain, |files| files[0].1 = type_of(&good)),
    );
    put(
        "One with a time over it that says that it has none.",
        "bundle",
        &changed(&good, |files| files[0].1 = type_of(&plain)),
    );
    put(
        "The list in XML without the token.",
        "bundle",
        &changed(&good, |files| drop(files.pop())),
    );
    put(
        "The token before the list.",
        "bundle",
        &changed(&good, |files| {
            let at = last(files);
            files.swap(at, at - 1);
        }),
    );
    put(
        "The same list with a blank more, and a token over that.",
        "bundle",
        &changed(&good, |files| {
            let at = last(files);
            let list = String::from_utf8(files[at - 1].1.clone()).unwrap();
            let list = list.replacen("/>", " />", 1).into_bytes();
            files[at].1 = token_over(Digest::of(&list));
            files[at - 1].1 = list;
        }),
    );
    put(
        "A token over something else.",
        "bundle",
        &changed(&good, |files| {
            let at = last(files);
            files[at].1 = token_over(Digest::of(b"something else"));
        }),
    );
    publish("evidence-bad.txt", &out);
}

#[test]
fn every_bad_news_has_a_reason_and_no_good_news_has() {
    let bad = |event: &Event| {
        let name = event.name();
        ["Rejection", "Failure", "Expiry"]
            .iter()
            .any(|end| name.ends_with(end))
    };
    for event in Event::ALL {
        assert_eq!(bad(&event), !event.reasons().is_empty(), "{}", event.name());
    }
    let used: Vec<_> = Event::ALL
        .iter()
        .flat_map(|event| event.reasons())
        .collect();
    assert!((1..=15u64).all(|code| used.iter().any(|reason| **reason as u64 == code)));
}
