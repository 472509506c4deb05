//! Making what other people wrote harmless to show, and what is derived from names.

/// Replaces characters that steer the terminal or the direction of writing, so that a name is what it looks like.
///
/// Line breaks become spaces: names and file names are one line.
pub fn harmless(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
            c if c.is_control() || steers(c) => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// A name to stand within a sentence: harmless, and isolated where its direction could turn the sentence around.
pub fn within(name: &str) -> String {
    let name = harmless(name);
    if name.chars().any(is_right_to_left) {
        format!("\u{2068}{name}\u{2069}")
    } else {
        name
    }
}

/// A message's text: line breaks and tabs stay, other control characters go. Its direction is isolated by the element.
pub fn body(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect()
}

/// Up to two letters that stand for a name.
pub fn initials(name: &str) -> String {
    let words = || {
        name.split_whitespace()
            .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()))
    };
    let first = words().next();
    let last = words().nth(1).and(words().next_back());
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}

/// One of the eight colours of pictures without a picture, always the same for one id.
pub fn colour(id: &str) -> u8 {
    // FNV-1a: small and even enough for eight colours.
    let sum = id.bytes().fold(0x811c_9dc5_u32, |sum, byte| {
        (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    let mixed = (sum ^ (sum >> 15)).wrapping_mul(0x7feb_352d);
    ((mixed ^ (mixed >> 15)) % 8) as u8
}

fn steers(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_cannot_hide_its_ending() {
        assert_eq!(harmless("invoice\u{202e}fdp.exe"), "invoice\u{fffd}fdp.exe");
        assert_eq!(harmless("a\nb\u{0007}"), "a b\u{fffd}");
        assert_eq!(
            harmless("👩\u{200d}⚕️ Żółć"),
            "👩\u{200d}⚕️ Żółć",
            "joined emoji and accents stay"
        );
    }

    #[test]
    fn only_names_that_turn_a_sentence_are_isolated() {
        assert_eq!(within("Anna"), "Anna");
        assert_eq!(within("דנה"), "\u{2068}דנה\u{2069}");
    }

    #[test]
    fn a_text_keeps_its_lines() {
        assert_eq!(body("a\n\tb\u{0000}\u{001b}[31m"), "a\n\tb[31m");
    }

    #[test]
    fn initials_are_of_the_first_and_last_word() {
        assert_eq!(initials("Anna Maria Petrova"), "AP");
        assert_eq!(initials("  мария "), "М");
        assert_eq!(initials("«Дежурная» часть"), "ДЧ");
        assert_eq!(initials(""), "");
    }

    #[test]
    fn a_colour_is_stable_and_all_are_used() {
        assert_eq!(colour("x"), colour("x"));
        let used: std::collections::BTreeSet<u8> =
            (0..200).map(|n| colour(&format!("id-{n}"))).collect();
        assert_eq!(used.len(), 8);
    }
}
