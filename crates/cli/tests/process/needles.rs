//! Words that must not be found, in every form in which they might lie about, and the search for them.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;

/// Bytes by which a form is looked up.
const KEY_BYTES: usize = 3;

/// Words by their names, with all their forms.
pub struct Needles {
    names: Vec<String>,
    /// Forms, each with the place of its word's name.
    forms: Vec<(usize, Vec<u8>)>,
    /// Places of the forms that begin so.
    by_key: HashMap<[u8; KEY_BYTES], Vec<usize>>,
    /// Whether any form begins with two bytes: most places are passed over by this.
    beginnings: Vec<bool>,
}

impl Needles {
    /// Prepares the search for words. They are long and random, so that nothing is found by chance.
    pub fn new<'a>(words: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Self {
        let mut needles = Self {
            names: Vec::new(),
            forms: Vec::new(),
            by_key: HashMap::new(),
            beginnings: vec![false; 1 << 16],
        };
        for (name, word) in words {
            assert!(word.len() >= 12, "{name} is too short to be looked for");
            for form in forms(word) {
                let key = *form.first_chunk().unwrap();
                needles
                    .by_key
                    .entry(key)
                    .or_default()
                    .push(needles.forms.len());
                needles.beginnings[place(&form)] = true;
                needles.forms.push((needles.names.len(), form));
            }
            needles.names.push(name.to_owned());
        }
        needles
    }

    /// Returns the names of all words.
    pub fn all(&self) -> BTreeSet<String> {
        self.names.iter().cloned().collect()
    }

    /// Returns the names of the words that stand in some bytes.
    pub fn found_in(&self, bytes: &[u8]) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for (at, window) in bytes.windows(KEY_BYTES).enumerate() {
            if !self.beginnings[place(window)] {
                continue;
            }
            let begin = self.by_key.get(window).into_iter().flatten();
            for (name, form) in begin.map(|form| &self.forms[*form]) {
                if bytes[at..].starts_with(form) {
                    found.insert(self.names[*name].clone());
                }
            }
        }
        found
    }

    /// Returns the names of the words that stand in a file, or in some file below a folder, or in the name of one.
    pub fn found_on_disk(&self, path: &Path) -> BTreeSet<String> {
        let mut found = self.found_in(path.as_os_str().as_encoded_bytes());
        if path.is_dir() {
            for entry in fs::read_dir(path).unwrap() {
                found.extend(self.found_on_disk(&entry.unwrap().path()));
            }
        } else if path.is_file() {
            found.extend(self.found_in(&fs::read(path).unwrap()));
        }
        found
    }
}

fn place(bytes: &[u8]) -> usize {
    usize::from(bytes[0]) << 8 | usize::from(bytes[1])
}

/// As it is, in hexadecimal digits, as a list of numbers, percent-encoded, in base64 of three alignments, and a text also in UTF-16.
fn forms(word: &[u8]) -> BTreeSet<Vec<u8>> {
    let each = |write: fn(&u8) -> String, between: &str| {
        let parts: Vec<String> = word.iter().map(write).collect();
        parts.join(between).into_bytes()
    };
    let mut forms = BTreeSet::from([
        word.to_vec(),
        each(|byte| format!("{byte:02x}"), ""),
        each(|byte| format!("{byte:02X}"), ""),
        each(|byte| byte.to_string(), ", "),
        each(|byte| byte.to_string(), ","),
        each(|byte| format!("%{byte:02x}"), ""),
        each(|byte| format!("%{byte:02X}"), ""),
    ]);
    for shift in 0..3 {
        for engine in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
            forms.insert(base64(&engine, word, shift));
        }
    }
    if let Ok(text) = std::str::from_utf8(word) {
        forms.insert(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
        forms.insert(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    forms
}

/// Encodes what stands `shift` bytes after a multiple of three, without the digits that its neighbours take part in.
fn base64(engine: &impl base64::Engine, word: &[u8], shift: usize) -> Vec<u8> {
    let text = engine.encode([&vec![0; shift], word].concat());
    let (first, last) = ((shift * 8).div_ceil(6), (shift + word.len()) * 8 / 6);
    text.as_bytes()[first..last].to_vec()
}

#[test]
fn a_word_is_found_in_every_form_and_nothing_else_is() {
    let word = b"canary-0f1e2d3c4b5a".as_slice();
    let needles = Needles::new([
        ("word", word),
        ("another", b"canary-something-else".as_slice()),
    ]);
    let found = |bytes: &[u8]| needles.found_in(bytes).into_iter().collect::<Vec<_>>();
    let around = |middle: &[u8]| [b"..\0".as_slice(), middle, b"\0can"].concat();
    for form in forms(word) {
        assert_eq!(found(&around(&form)), ["word"], "{form:?}");
        let mut other = form.clone();
        other[form.len() / 2] ^= 1;
        assert!(found(&around(&other)).is_empty(), "{other:?}");
    }
    for before in 0..5 {
        let whole = [&vec![b'x'; before], word, b"yy"].concat();
        assert_eq!(found(STANDARD_NO_PAD.encode(whole).as_bytes()), ["word"]);
    }
    let utf16: Vec<u8> = "canary-0f1e2d3c4b5a"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(found(&utf16), ["word"]);
    assert_eq!(found(format!("{word:?}").as_bytes()), ["word"]);
}
