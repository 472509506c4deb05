//! What can stand as a sign under a message.

/// Most bytes of a sign: a family of four with colours of skin has 41.
const MAX_SIGN_BYTES: usize = 64;

/// Tells whether a text can stand as a sign under a message: short, and no word, digit, space or invisible mark that deceives.
pub fn is_sign(text: &str) -> bool {
    // What joins symbols to one, and what names the land of a flag, shows nothing by itself.
    let joins = |c: char| matches!(c, '\u{200d}' | '\u{fe0f}' | '\u{e0020}'..='\u{e007f}');
    let fits = |c: char| {
        joins(c)
            || !(c.is_alphanumeric() || c.is_whitespace() || c.is_control())
                && c > '\u{a0}'
                && !is_mark(c)
    };
    !text.is_empty()
        && text.len() <= MAX_SIGN_BYTES
        && text.chars().all(fits)
        && !text.chars().all(joins)
}

/// Tells whether a character shows nothing itself and changes what stands beside it.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_signs() {
        for sign in [
            "👍",
            "❤️",
            "👨‍👩‍👧‍👦",
            "👍🏽",
            "🇪🇺",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "→",
            "✔️",
        ] {
            assert!(is_sign(sign), "{sign}");
        }
    }

    #[test]
    fn words_and_what_shows_nothing_are_none() {
        for text in [
            "",
            "ok",
            "да",
            "7",
            "1️⃣",
            "👍 👍",
            "👍\n",
            "!",
            "\u{200d}",
            "\u{fe0f}",
            "\u{202e}👍",
            "\u{e0061}",
            "\u{301}",
        ] {
            assert!(!is_sign(text), "{text:?}");
        }
        assert!(!is_sign(&"👍".repeat(17)), "longer than a sign can be");
    }
}
