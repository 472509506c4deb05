//! Bundles and signed things that a reader must refuse, as they stand in `spec/vectors/evidence-bad-bundles.txt`,
//! `evidence-bad-letters.txt` and `evidence-bad-things.txt` for other implementations.
//!
//! `VALISE_BLESS=1 cargo test -p valise-evidence --test refused` writes them anew.

#[path = "../world/mod.rs"]
mod world;

mod bundles;
mod containers;
mod letters;
mod things;

use std::collections::BTreeMap;
use valise_evidence::receipt::Receipt;
use valise_evidence::sign1::{Object, read};
use valise_evidence::verify::{Expected, verify};
use valise_evidence::{Act, Request, Response};
use world::Case;
use world::packing::{entries, pack};
use world::published::{compare, text};

const HEAD: &str = "Bundles that a reader must refuse. Each block: where and why; then its files in their order, as in `bundle` of evidence-good.txt, or with other bytes behind the colon; packed as evidence.md §4 says (checksums and all) that is the bundle. `edit AT LENGTH: BYTES` are places of the packed bundle whose bytes are replaced. The fingerprints are those of evidence-good.txt.";

/// Files of the good bundle, as others read it.
fn good() -> Vec<(String, Vec<u8>)> {
    let good = text("evidence-good.txt");
    let line = good.lines().find_map(|line| line.strip_prefix("bundle: "));
    entries(&hex::decode(line.unwrap()).unwrap())
}

/// Everything that is wrong with a bundle, with its place.
fn wrong(bytes: &[u8]) -> Vec<String> {
    let expected = Expected {
        fingerprints: Case::new().fingerprints(),
        token: None,
    };
    let verdict = verify(bytes, &expected);
    let found = verdict.faults();
    found
        .map(|(path, fault)| format!("{path} {fault:?}").trim_start().to_owned())
        .collect()
}

/// With what the good ones are signed, so that others can make them again.
#[test]
fn keys_are_as_published() {
    let case = Case::whole();
    let mut out = String::from(
        "# Seeds of the keys by which the things of evidence-good.txt are signed: of whoever asks, whoever answers, the server of whoever asks, and the two of the seal.\n",
    );
    let keys = [
        ("asks", &case.office.key),
        ("answers", &case.bank.key),
        ("asks-hub", &case.office.hub),
    ];
    for (name, key) in keys {
        out += &format!("{name}: {}\n", hex::encode(*key.to_seed()));
    }
    // The secret does not say its seeds: they are those that it is made of.
    let seeds = [[2; 32], [3; 32]];
    let made = valise_evidence::seal::SealSecret::from_seeds(seeds[0], seeds[1]);
    assert_eq!(made.public(), case.bank.seal().public());
    out += &format!("answers-seal-ed25519: {}\n", hex::encode(seeds[0]));
    out += &format!("answers-seal-ml-dsa-65: {}\n", hex::encode(seeds[1]));
    compare("evidence-keys.txt", &out);
}

/// A bundle that is refused.
pub struct Bad {
    /// What is wrong with it.
    pub why: &'static str,
    /// Its files by their paths.
    pub files: Vec<(String, Vec<u8>)>,
    /// Place, length, and the bytes that come there.
    pub edits: Vec<(usize, usize, Vec<u8>)>,
}

impl Bad {
    fn packed(&self) -> Vec<u8> {
        edited(pack(&self.files), &self.edits)
    }

    fn block(&self, good: &BTreeMap<String, Vec<u8>>, found: &str) -> String {
        let line = |(path, bytes): &(String, Vec<u8>)| match good.get(path) {
            Some(known) if known == bytes => format!("file {path}\n"),
            _ => format!("file {path}: {}\n", hex::encode(bytes)),
        };
        let edit = |(at, length, bytes): &(usize, usize, Vec<u8>)| {
            format!("edit {at} {length}: {}\n", hex::encode(bytes))
        };
        let files: String = self.files.iter().map(line).collect();
        let edits: String = self.edits.iter().map(edit).collect();
        format!("\n# {}\nrefused: {found}\n{files}{edits}", self.why)
    }
}

/// Replaces from behind, so that places stay.
fn edited(mut bytes: Vec<u8>, edits: &[(usize, usize, Vec<u8>)]) -> Vec<u8> {
    for (at, length, with) in edits.iter().rev() {
        bytes.splice(*at..at + length, with.iter().copied());
    }
    bytes
}

/// The files of bundles: a repository has none that is endless.
const FILES: [&str; 2] = ["evidence-bad-bundles.txt", "evidence-bad-letters.txt"];

#[test]
fn bundles_are_refused_as_published() {
    let good: BTreeMap<String, Vec<u8>> = good().into_iter().collect();
    let bundles = containers::all().into_iter().chain(bundles::all());
    for (name, cases) in FILES.into_iter().zip([bundles.collect(), letters::all()]) {
        let mut out = format!("# {HEAD}\n");
        for bad in cases {
            let found = wrong(&bad.packed());
            let first = found.first();
            let first = first.unwrap_or_else(|| panic!("{} is taken", bad.why));
            out += &bad.block(&good, first);
        }
        compare(name, &out);
    }
}

/// A reader who has the files alone refuses each for its reason.
#[test]
fn each_block_is_refused_by_whoever_reads_it() {
    let known: BTreeMap<String, Vec<u8>> = good().into_iter().collect();
    let texts = FILES.map(text);
    let mut read = 0;
    let blocks = texts.iter().flat_map(|text| text.split("\n\n").skip(1));
    for block in blocks {
        let mut lines = block.lines().filter(|line| !line.starts_with('#'));
        let reason = lines.next().and_then(|line| line.strip_prefix("refused: "));
        let (mut files, mut edits) = (Vec::new(), Vec::new());
        for line in lines {
            let (name, value) = line.split_once(": ").unwrap_or((line, ""));
            let words: Vec<&str> = name.split(' ').collect();
            let bytes = hex::decode(value).unwrap();
            match words[0] {
                "file" if line.contains(": ") => files.push((words[1].to_owned(), bytes)),
                "file" => files.push((words[1].to_owned(), known[words[1]].clone())),
                _ => edits.push((words[1].parse().unwrap(), words[2].parse().unwrap(), bytes)),
            }
        }
        let found = wrong(&edited(pack(&files), &edits));
        assert!(
            found.iter().any(|it| Some(it.as_str()) == reason),
            "{reason:?}: {found:?}"
        );
        read += 1;
    }
    assert!(read > 40);
    assert_eq!(
        wrong(&pack(&good())),
        Vec::<String>::new(),
        "the good one is good"
    );
}

/// Why bytes are no thing of this kind.
fn unfit(kind: &str, bytes: &[u8]) -> Option<String> {
    fn object<T: Object>(bytes: &[u8]) -> Option<String> {
        let breach = read::<T>(bytes).err()?;
        Some(format!("{breach:?}").replace('"', ""))
    }
    match kind {
        "request" => object::<Request>(bytes),
        "response" => object::<Response>(bytes),
        "act" => object::<Act>(bytes),
        _ => object::<Receipt>(bytes),
    }
}

#[test]
fn things_are_refused_as_published() {
    let mut out = String::from(
        "# Signed things whose fields a reader must refuse, signed rightly by the keys of evidence-good.txt. Before the colon: what it is said to be, and why it is refused.\n",
    );
    for (why, kind, bytes) in things::all() {
        let reason = unfit(kind, &bytes).unwrap_or_else(|| panic!("{why} is taken"));
        out += &format!("# {why}\n{kind} {reason}: {}\n", hex::encode(bytes));
    }
    compare("evidence-bad-things.txt", &out);
}
