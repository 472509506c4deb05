//! Mentions while one reads and while one writes.
//!
//! In a text that is read every mention becomes a mark that no text of anybody's can hold, before Markdown is read: so it is
//! found wherever it stands, and what a name holds is no Markdown.

use valise_views::Member;
use valise_views::mention::{Mention, Piece, pieces};

/// Characters of no language, which begin and end a mark.
const BEGIN: char = '\u{fdd0}';
const END: char = '\u{fdd1}';

/// Most people that are offered.
const OFFERED: usize = 6;
/// Most characters behind the `@` that are a search for a name.
const LONGEST: usize = 40;

/// Puts marks in the place of mentions.
pub fn marked(text: &str, mentions: &[Mention]) -> String {
    let clean = |text: &str| text.replace([BEGIN, END], "\u{fffd}");
    if mentions.is_empty() {
        return clean(text);
    }
    let place = |of: &Mention| mentions.iter().position(|mention| mention == of);
    let part = |piece: Piece<'_>| match piece {
        Piece::Text(text) => clean(text),
        Piece::Mention(mention) => {
            format!("{BEGIN}{}{END}", place(mention).unwrap_or_default())
        }
    };
    pieces(text, mentions).into_iter().map(part).collect()
}

/// Cuts a text at its marks.
pub fn unmarked<'a>(text: &'a str, mentions: &'a [Mention]) -> Vec<Piece<'a>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, from)) = rest.split_once(BEGIN) {
        let Some((number, after)) = from.split_once(END) else {
            break;
        };
        found.push(Piece::Text(before));
        let mention = number.parse().ok().and_then(|at: usize| mentions.get(at));
        found.extend(mention.map(Piece::Mention));
        rest = after;
    }
    found.push(Piece::Text(rest));
    found.retain(|piece| *piece != Piece::Text(""));
    found
}

/// What is typed behind an `@`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// Where the `@` stands, in bytes.
    pub start: usize,
    /// What follows it, up to where one writes.
    pub typed: String,
}

/// Finds the name that is being typed where one writes, `caret` bytes into the text.
pub fn search(text: &str, caret: usize) -> Option<Search> {
    let before = text.get(..caret)?;
    let start = before.rfind('@')?;
    let typed = &before[start + 1..];
    let last = before[..start].chars().next_back();
    // Not within a word, as in an address.
    let begins = last.is_none_or(|c| !c.is_alphanumeric());
    let is_name = !typed.contains('\n') && !typed.starts_with(char::is_whitespace);
    let is_short = typed.chars().count() <= LONGEST;
    (begins && is_name && is_short).then(|| Search {
        start,
        typed: typed.to_owned(),
    })
}

/// The members whose name or address begins with what is typed.
pub fn offered(members: &[Member], typed: &str) -> Vec<Member> {
    let typed = typed.to_lowercase();
    let begins = |member: &&Member| {
        let name = member.name.to_lowercase();
        let words = || name.split_whitespace();
        typed.is_empty()
            || name.starts_with(&typed)
            || words().any(|word| word.starts_with(&typed))
            || member.address.to_lowercase().starts_with(&typed)
    };
    let others = members
        .iter()
        .filter(|member| !member.is_me && !member.name.is_empty());
    others.filter(begins).take(OFFERED).cloned().collect()
}

/// The place in a text that JavaScript counts in units of 16 bits, in bytes.
pub fn from_units(text: &str, units: usize) -> usize {
    let mut left = units;
    for (at, c) in text.char_indices() {
        if left == 0 {
            return at;
        }
        left = left.saturating_sub(c.len_utf16());
    }
    text.len()
}

/// The other way.
pub fn to_units(text: &str, bytes: usize) -> usize {
    text.get(..bytes).unwrap_or(text).encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logic::markdown::{Block, Inline, read};
    use valise_views::{MemberRole, PersonId};

    const ADDRESS: &str = "mimi://office.example/u/0a";

    fn mention(name: &str) -> Mention {
        Mention {
            address: ADDRESS.into(),
            person: PersonId("0a".into()),
            name: name.into(),
            is_member: true,
            is_me: false,
            outside: None,
        }
    }

    fn member(name: &str, address: &str, is_me: bool) -> Member {
        Member {
            outside: None,
            person: PersonId(name.into()),
            name: name.into(),
            address: address.into(),
            mention: String::new(),
            role: MemberRole::Member,
            is_me,
            picture: None,
        }
    }

    #[test]
    fn a_mention_is_found_behind_markdown_and_its_name_is_none() {
        let mentions = [mention("**A** <b>")];
        let text = format!("ask **[@Boss]({ADDRESS})** now");
        let blocks = read(&marked(&text, &mentions));
        let Block::Lines(line) = &blocks[0] else {
            panic!("{blocks:?}")
        };
        let Inline::Strong(inside) = &line[1] else {
            panic!("{line:?}")
        };
        let Inline::Text(inside) = &inside[0] else {
            panic!("{inside:?}")
        };
        assert_eq!(
            unmarked(inside, &mentions),
            [Piece::Mention(&mentions[0])],
            "the name is the one that was given with the text"
        );
    }

    #[test]
    fn nobody_can_write_a_mark() {
        let mentions = [mention("Anna")];
        let text = format!("{BEGIN}0{END}");
        let marked = marked(&text, &mentions);
        assert_eq!(unmarked(&marked, &mentions), [Piece::Text(&marked)]);
        assert!(!marked.contains([BEGIN, END]));
    }

    #[test]
    fn a_name_is_looked_for_behind_an_at_sign_that_begins_a_word() {
        let found = |text: &str| search(text, text.len()).map(|found| found.typed);
        assert_eq!(found("@"), Some(String::new()));
        assert_eq!(found("hello @anna or"), Some("anna or".into()));
        assert_eq!(found("(@Жан"), Some("Жан".into()));
        for none in ["", "anna@office", "@ anna", "@anna\nb"] {
            assert_eq!(found(none), None, "{none}");
        }
        assert_eq!(search("@anna b", 3).unwrap().typed, "an");
    }

    #[test]
    fn names_words_and_addresses_are_offered_and_never_oneself() {
        let all = [
            member("Anna Orlova", "anna.orlova@office", false),
            member("Иван Петров", "ivan@office", false),
            member("Olga", "olga@office", true),
        ];
        let names = |typed: &str| -> Vec<String> {
            let found = offered(&all, typed);
            found.into_iter().map(|member| member.name).collect()
        };
        assert_eq!(names(""), ["Anna Orlova", "Иван Петров"]);
        assert_eq!(names("orl"), ["Anna Orlova"]);
        assert_eq!(names("anna o"), ["Anna Orlova"]);
        assert_eq!(names("пет"), ["Иван Петров"]);
        assert_eq!(names("iv"), ["Иван Петров"]);
        assert!(names("ol").is_empty() && names("x").is_empty());
    }

    #[test]
    fn places_are_counted_as_javascript_does() {
        let text = "a👍ж@";
        assert_eq!(to_units(text, text.len()), 5);
        assert_eq!(from_units(text, 3), "a👍".len());
        assert_eq!(from_units(text, 99), text.len());
    }
}
