//! Words as they are compared: without case, marks and endings.

use rust_stemmers::{Algorithm, Stemmer};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A word in a text.
pub(super) struct Word {
    /// Where it stands, in bytes.
    pub(super) place: Range<usize>,
    /// The word without case and marks.
    pub(super) folded: String,
    /// What is left of it without endings, in the languages that its letters may belong to.
    pub(super) stems: Vec<String>,
}

/// Takes a text apart. Where words are not told apart by spaces, each two characters are one.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut begin = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_part = c.is_alphanumeric() || is_combining_mark(c);
        match begin {
            None if is_part => begin = Some(at),
            Some(start) if !is_part => {
                take_apart(text, start..at, &mut found);
                begin = None;
            }
            _ => {}
        }
    }
    found
}

fn take_apart(text: &str, place: Range<usize>, found: &mut Vec<Word>) {
    let part = &text[place.clone()];
    if !part.chars().any(is_without_spaces) {
        found.extend(word(part, place));
        return;
    }
    let marks: Vec<usize> = part
        .char_indices()
        .map(|(at, _)| place.start + at)
        .collect();
    for (at, start) in marks.iter().enumerate() {
        let end = marks.get(at + 2).copied().unwrap_or(place.end);
        if at == 0 || at + 1 < marks.len() {
            found.extend(word(&text[*start..end], *start..end));
        }
    }
}

/// A word; none if nothing is left of it.
fn word(text: &str, place: Range<usize>) -> Option<Word> {
    let lower = text.to_lowercase();
    let folded = one_word(&lower);
    (!folded.is_empty()).then(|| Word {
        place,
        stems: stems(&lower),
        folded,
    })
}

/// Chinese characters and Japanese syllables.
fn is_without_spaces(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Returns a text without case and marks, with letters of one alphabet written in one way.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text
        .to_lowercase()
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
    {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ł' => folded.push('l'),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            'þ' => folded.push_str("th"),
            c => folded.push(c),
        }
    }
    folded
}

/// Returns a word as it stands in the index: one character can be a fraction, or a number in brackets, and what is not a
/// letter or digit would make several words of it there.
fn one_word(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn stems(lower: &str) -> Vec<String> {
    // Each by name where it is made, so that the linker leaves the other fourteen out of what a browser loads.
    let stemmers: &[fn() -> Stemmer] = match lower.chars().find(|c| c.is_alphabetic()) {
        Some('\u{400}'..='\u{4ff}') => &[|| Stemmer::create(Algorithm::Russian)],
        Some(c) if c < '\u{250}' => &[
            || Stemmer::create(Algorithm::English),
            || Stemmer::create(Algorithm::German),
            || Stemmer::create(Algorithm::French),
        ],
        _ => &[],
    };
    let mut found = Vec::with_capacity(stemmers.len());
    for stemmer in stemmers {
        let stem = one_word(&stemmer().stem(lower));
        if !stem.is_empty() && !found.contains(&stem) {
            found.push(stem);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.folded).collect()
    }

    fn meet(one: &str, other: &str) -> bool {
        let (one, other) = (stems(one), stems(other));
        one.iter().any(|stem| other.contains(stem))
    }

    #[test]
    fn words_lose_case_and_marks() {
        assert_eq!(
            folded("Łódź, naïve STRASSE — Straße; отчёт №12"),
            ["lodz", "naive", "strasse", "strasse", "отчет", "12"]
        );
        assert_eq!(folded("e\u{301}tude"), ["etude"]);
        assert!(words(" — …").is_empty());
    }

    #[test]
    fn where_there_are_no_spaces_two_characters_are_a_word() {
        assert_eq!(folded("東京タワー"), ["東京", "京タ", "タワ", "ワー"]);
        assert_eq!(folded("東"), ["東"]);
    }

    #[test]
    fn places_are_of_the_text() {
        let text = "Да, отчёты готовы";
        let places: Vec<&str> = words(text)
            .into_iter()
            .map(|word| &text[word.place])
            .collect();
        assert_eq!(places, ["Да", "отчёты", "готовы"]);
    }

    #[test]
    fn forms_of_a_word_meet() {
        for (one, other) in [
            ("договоры", "договором"),
            ("documents", "document"),
            ("meeting", "meetings"),
            ("verträge", "vertrag"),
            ("décisions", "décision"),
        ] {
            assert!(meet(one, other), "{one} {other}");
        }
        assert!(!meet("договор", "дорога"));
    }
}
