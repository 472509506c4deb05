//! What is shown of a message that was found.

use super::query::Query;
use super::words::words;
use valise_views::search::Piece;

/// Characters that are shown.
const SHOWN: usize = 160;
/// Characters before the first match.
const BEFORE: usize = 40;

/// Returns a text around what was looked for; none if that does not stand in it.
pub(super) fn around(text: &str, query: &Query) -> Option<Vec<Piece>> {
    let first = words(text).into_iter().find(|word| fits(word, query))?;
    let before = text[..first.place.start].char_indices().rev();
    let start = match before.take(BEFORE + 1).last() {
        Some((0, _)) | None => 0,
        // At the beginning of a word, if one begins there.
        Some((at, _)) => text[at..first.place.start]
            .find(char::is_whitespace)
            .map_or(at, |space| at + space + 1),
    };
    let mut pieces = cut(&text[start..], query);
    if start > 0 {
        pieces.insert(0, plain("…"));
    }
    Some(pieces)
}

/// Returns the beginning of a text.
pub(super) fn beginning(text: &str, query: &Query) -> Vec<Piece> {
    cut(text, query)
}

fn cut(text: &str, query: &Query) -> Vec<Piece> {
    let end = text
        .char_indices()
        .nth(SHOWN)
        .map_or(text.len(), |(at, _)| at);
    let shown = &text[..end];
    let (mut pieces, mut from) = (Vec::new(), 0);
    for word in words(shown).into_iter().filter(|word| fits(word, query)) {
        // Words of two characters lie over each other.
        let start = word.place.start.max(from);
        if start > from {
            pieces.push(plain(&shown[from..start]));
        }
        pieces.push(Piece {
            text: shown[start..word.place.end].to_owned(),
            is_match: true,
        });
        from = word.place.end;
    }
    if from < end {
        pieces.push(plain(&shown[from..]));
    }
    if end < text.len() {
        pieces.push(plain("…"));
    }
    pieces
}

/// A part that was not looked for, on one line.
fn plain(text: &str) -> Piece {
    Piece {
        text: text.replace(char::is_whitespace, " "),
        is_match: false,
    }
}

fn fits(word: &super::words::Word, query: &Query) -> bool {
    query.words.iter().any(|asked| {
        word.folded.starts_with(&asked.folded)
            || word.stems.iter().any(|stem| asked.stems.contains(stem))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, typed: &str) -> String {
        let query = Query::parse(typed, 0);
        let pieces = around(text, &query).unwrap_or_default();
        let mark = |piece: Piece| {
            if piece.is_match {
                format!("[{}]", piece.text)
            } else {
                piece.text
            }
        };
        pieces.into_iter().map(mark).collect()
    }

    #[test]
    fn what_was_looked_for_is_marked_and_stands_near_the_beginning() {
        assert_eq!(
            shown("The contracts\nare signed", "contract sign"),
            "The [contracts] are [signed]"
        );
        assert_eq!(shown("nothing", "contract"), "");
        let long = format!("{} договор {}", "слово ".repeat(30), "конец ".repeat(60));
        let shown = shown(&long, "договоры");
        assert!(shown.starts_with("…слово") && shown.contains("[договор]") && shown.ends_with('…'));
        assert!(shown.chars().count() < 170);
    }

    #[test]
    fn words_that_lie_over_each_other_are_marked_once() {
        assert_eq!(shown("東京タワー", "東京タ"), "[東京][タ]ワー");
    }
}
