//! Where lines end.
//!
//! A line ends at a space, behind a hyphen or dash, or at a soft hyphen; a word that is wider than a line ends where it must. A space that
//! does not break (before a French colon, between a number and its unit) is part of its word.

/// Breaks a text into lines no wider than `most`, as `width` measures them. Line ends in the text stay.
pub(crate) fn lines(text: &str, most: f64, width: &dyn Fn(&str) -> f64) -> Vec<String> {
    let mut out = Vec::new();
    for paragraph in text.lines() {
        let from = out.len();
        let mut line = String::new();
        for piece in pieces(paragraph) {
            add(&mut line, piece, most, width, &mut out);
        }
        if !line.trim().is_empty() || out.len() == from {
            out.push(finished(&line));
        }
    }
    out
}

/// Adds a piece to a line, or begins others with it.
fn add(
    line: &mut String,
    piece: &str,
    most: f64,
    width: &dyn Fn(&str) -> f64,
    out: &mut Vec<String>,
) {
    if width(&finished(&format!("{line}{piece}"))) <= most {
        line.push_str(piece);
        return;
    }
    if !line.trim().is_empty() {
        out.push(finished(line));
    }
    line.clear();
    let mut rest = piece;
    while width(&finished(rest)) > most {
        let end = fitting(rest, most, width);
        out.push(rest[..end].to_owned());
        rest = &rest[end..];
    }
    line.push_str(rest);
}

/// The longest beginning of a word that fits, and at least one character.
fn fitting(word: &str, most: f64, width: &dyn Fn(&str) -> f64) -> usize {
    let ends = word.char_indices().skip(1).map(|(at, _)| at);
    let first = ends.clone().next().unwrap_or(word.len());
    ends.take_while(|end| width(&word[..*end]) <= most)
        .last()
        .unwrap_or(first)
}

/// A line as it is drawn: without the spaces at its end, and with a soft hyphen only where it breaks.
fn finished(line: &str) -> String {
    let line = line.trim_end_matches(' ');
    let breaks = line.ends_with(SOFT_HYPHEN);
    let mut drawn = line.replace(SOFT_HYPHEN, "");
    if breaks {
        drawn.push('-');
    }
    drawn
}

const SOFT_HYPHEN: char = '\u{ad}';

/// Cuts a paragraph behind everything that a line may end with.
fn pieces(paragraph: &str) -> impl Iterator<Item = &str> {
    let breaks = |c: char| matches!(c, ' ' | '-' | '\u{2010}' | '–' | '—' | SOFT_HYPHEN);
    paragraph.split_inclusive(breaks)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every character is as wide as every other.
    fn broken(text: &str, most: usize) -> Vec<String> {
        lines(text, most as f64, &|line| line.chars().count() as f64)
    }

    #[test]
    fn lines_end_at_spaces_and_hyphens() {
        assert_eq!(broken("one two three", 7), ["one two", "three"]);
        assert_eq!(broken("well-known", 6), ["well-", "known"]);
        assert_eq!(broken("Кто просит — банк", 12), ["Кто просит —", "банк"]);
        assert_eq!(broken("a\n\nb", 9), ["a", "", "b"]);
        assert_eq!(broken("", 9), Vec::<String>::new());
    }

    #[test]
    fn what_belongs_together_stays_together() {
        assert_eq!(
            broken("prix\u{a0}: 10\u{a0}€ net", 8),
            ["prix\u{a0}:", "10\u{a0}€ net"]
        );
        assert_eq!(broken("a 5\u{202f}000", 5), ["a", "5\u{202f}000"]);
    }

    #[test]
    fn a_soft_hyphen_is_seen_where_it_breaks_alone() {
        let word = "Empfangs\u{ad}bestätigung";
        assert_eq!(broken(word, 30), ["Empfangsbestätigung"]);
        assert_eq!(broken(word, 12), ["Empfangs-", "bestätigung"]);
    }

    #[test]
    fn a_word_wider_than_a_line_is_cut_and_nothing_is_lost() {
        let link = "https://chat.example/g#0123456789";
        let lines = broken(link, 10);
        assert!(lines.iter().all(|line| line.len() <= 10));
        assert_eq!(lines.concat(), link);
        assert_eq!(broken("ab", 0), ["a", "b"]);
    }
}
