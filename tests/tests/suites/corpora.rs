//! Every place where bytes of others are read takes every input of its corpus, and some thousand changed ones.
//!
//! The corpora are in `fuzz/corpora`, a folder for each target; what `cargo fuzz` finds goes there. `VALISE_MUTATIONS=100000` changes
//! more, `VALISE_TARGETS=logs,guests` those of some alone, `VALISE_SEED=1000` changes others, `VALISE_BLESS=1` writes the honest inputs anew from golden vectors and a living room.

use rand_chacha::ChaCha8Rng;
use rand_core::{RngCore, SeedableRng};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use valise_tests::decoders::{TARGETS, Target, feed, honest};

/// Changed inputs of each target when nobody says otherwise.
const USUAL: usize = 300;

/// Most bytes of an input: what is longer is refused before it is read.
const MOST_BYTES: usize = 64 << 10;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The inputs of a target by their files' names.
fn corpus(target: &Target) -> BTreeMap<String, Vec<u8>> {
    let folder = root().join("fuzz/corpora").join(target.name);
    let entries =
        fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read(path).unwrap())
        })
        .collect()
}

#[test]
fn every_input_of_every_corpus_is_taken_without_harm() {
    bless();
    for target in TARGETS {
        let corpus = corpus(&target);
        assert!(corpus.len() >= 3, "the corpus of {} is empty", target.name);
        for (name, bytes) in corpus {
            println!("{}/{name}", target.name);
            feed(target.name, &bytes);
        }
    }
    let folders = fs::read_dir(root().join("fuzz/corpora")).unwrap().count();
    assert_eq!(folders, TARGETS.len(), "a corpus that nobody replays");
}

#[test]
fn every_target_has_its_fuzzer() {
    for target in TARGETS {
        let path = root()
            .join("fuzz/fuzz_targets")
            .join(format!("{}.rs", target.name));
        let text =
            fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let call = format!("feed(\"{}\", bytes)", target.name);
        assert!(
            text.contains(&call),
            "{} fuzzes something else",
            path.display()
        );
    }
}

#[test]
fn changed_inputs_are_taken_without_harm() {
    let count = std::env::var("VALISE_MUTATIONS");
    let count = count.map_or(USUAL, |text| text.parse().expect("a number"));
    let only = std::env::var("VALISE_TARGETS").unwrap_or_default();
    let wanted = |target: &Target| only.is_empty() || only.split(',').any(|it| it == target.name);
    let seed = std::env::var("VALISE_SEED").map_or(0, |text| text.parse().expect("a number"));
    let targets = TARGETS.iter().enumerate();
    for (number, target) in targets.filter(|(_, target)| wanted(target)) {
        let inputs: Vec<Vec<u8>> = corpus(target).into_values().collect();
        let mut random = ChaCha8Rng::seed_from_u64(number as u64 + seed);
        for _ in 0..count {
            let bytes = changed(&inputs, &mut random);
            // What ends the test is written down first, so that it can be looked at and kept.
            let last = std::env::temp_dir().join(format!(
                "valise-last-{}-{}",
                target.name,
                std::process::id()
            ));
            fs::write(&last, &bytes).unwrap();
            feed(target.name, &bytes);
            fs::remove_file(last).unwrap();
        }
    }
}

/// Takes an input and changes some of it, as fuzzers do.
fn changed(inputs: &[Vec<u8>], random: &mut ChaCha8Rng) -> Vec<u8> {
    let mut below = |end: usize| random.next_u32() as usize % end.max(1);
    let mut bytes = inputs[below(inputs.len())].clone();
    for _ in 0..=below(6) {
        let at = below(bytes.len());
        match below(7) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << below(8),
            1 if !bytes.is_empty() => bytes[at] = [0, 1, 0x7f, 0x80, 0xff, 0x9f, 0x5f][below(7)],
            2 => bytes.truncate(at),
            3 => bytes.insert(at, below(256) as u8),
            4 if !bytes.is_empty() => drop(bytes.remove(at)),
            5 => {
                let end = at + below(bytes.len() - at + 1);
                let copy = bytes[at..end].to_vec();
                let to = below(bytes.len());
                bytes.splice(to..to, copy);
            }
            _ => {
                let other = &inputs[below(inputs.len())];
                bytes.truncate(at);
                bytes.extend(&other[below(other.len())..]);
            }
        }
    }
    bytes.truncate(MOST_BYTES);
    bytes
}

/// Writes the honest inputs anew, if that is wanted.
fn bless() {
    if std::env::var_os("VALISE_BLESS").is_none() {
        return;
    }
    let mut inputs: Vec<(&str, Vec<u8>)> = golden();
    inputs.extend(honest());
    for text in [
        "Ada Lovelace",
        "ada@office.example",
        "Пётр",
        "a\u{202e}b",
        "ada.lovelace",
    ] {
        inputs.push(("names", text.as_bytes().to_vec()));
    }
    for text in [
        "https://office.example/join#AQ",
        "http://office.example/setup#",
    ] {
        inputs.push(("links", text.as_bytes().to_vec()));
    }
    let mut counts = BTreeMap::<&str, usize>::new();
    for (target, bytes) in inputs {
        let count = counts.entry(target).or_default();
        *count += 1;
        let folder = root().join("fuzz/corpora").join(target);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("honest-{count:02}")), bytes).unwrap();
    }
}

/// The published vectors, each where it is read.
fn golden() -> Vec<(&'static str, Vec<u8>)> {
    let mut inputs = Vec::new();
    for (file, place) in [("wire-good.txt", 0), ("wire-bad.txt", 1)] {
        for (name, value) in published(file) {
            let is_frame = name.starts_with("frame") || name.starts_with("push");
            let target = if place == 0 && is_frame {
                "frames"
            } else {
                "requests"
            };
            inputs.push((target, hex::decode(value).unwrap()));
        }
    }
    for file in ["federation-good.txt", "federation-bad.txt"] {
        let calls = published(file).into_iter();
        inputs.extend(calls.map(|(_, value)| ("requests", hex::decode(value).unwrap())));
    }
    for file in ["deadlines-good.txt", "deadlines-bad.txt"] {
        let bytes = published(file).into_iter();
        let bytes = bytes.filter_map(|(_, value)| hex::decode(value).ok());
        inputs.extend(bytes.filter(|it| it.len() > 32).map(|it| ("evidence", it)));
    }
    // A good statement of each kind and what is sealed in it, and what one cannot say.
    let mut kinds = BTreeMap::<String, Vec<u8>>::new();
    for (name, value) in published("directory-good.txt") {
        let bytes = hex::decode(value).unwrap_or_default();
        match name.split_once(' ') {
            Some(("opened", _)) => inputs.push(("statements", bytes)),
            Some((_, kind)) => {
                kinds.entry(kind.to_owned()).or_insert(bytes);
            }
            None => {}
        }
    }
    inputs.extend(kinds.into_values().map(|bytes| ("statements", bytes)));
    for (name, value) in published("directory-bad.txt") {
        let is_of_a_field = name.contains("Field") && value.len() < 2_000;
        inputs.extend(is_of_a_field.then(|| ("statements", hex::decode(value).unwrap())));
    }
    inputs
}

/// Names and values of a file.
fn published(file: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(root().join("spec/vectors").join(file)).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let lines = lines.filter_map(|line| line.split_once(": "));
    lines
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}
