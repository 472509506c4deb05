//! People whom a text names.
//!
//! In a text a mention is written `[@NAME](ADDRESS)`. The name in it is what its writer put there, and nobody is shown it: the
//! core gives, with each text, the names of those whom it knows by these addresses.

use crate::PersonId;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Most bytes of a name or an address in a mention; what is longer is none.
const LONGEST: usize = 400;

/// Somebody whom a text names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// How the text names them.
    pub address: String,
    /// Who it is.
    pub person: PersonId,
    /// Their name now, as the organisation has it.
    pub name: String,
    /// Whether they are in the chat; somebody else is named and not mentioned.
    pub is_member: bool,
    /// Oneself.
    pub is_me: bool,
    /// The organisation that they are of, if it is not one's own.
    pub outside: Option<crate::Outside>,
}

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// As it stands.
    Text(&'a str),
    /// Somebody's name.
    Mention(&'a Mention),
}

/// A mention as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link<'a> {
    /// Where it stands in the text.
    pub place: Range<usize>,
    /// The name that its writer gave.
    pub label: &'a str,
    /// Whom it is of.
    pub address: &'a str,
}

/// Finds what is written as a mention, wherever it stands in the text.
pub fn links(text: &str) -> impl Iterator<Item = Link<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(found) = text[from..].find("[@") {
            let start = from + found;
            from = start + 2;
            if let Some(link) = link_at(text, start) {
                from = link.place.end;
                return Some(link);
            }
        }
        None
    })
}

fn link_at(text: &str, start: usize) -> Option<Link<'_>> {
    let label = start + 2;
    let label_end = label + end_of(&text[label..], |c| matches!(c, '[' | ']' | '\n'))?;
    let address = label_end + "](".len();
    if !text[label_end..].starts_with("](") || label == label_end {
        return None;
    }
    let is_end = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '<' | '>');
    let end = address + end_of(&text[address..], is_end)?;
    if !text[end..].starts_with(')') || address == end {
        return None;
    }
    Some(Link {
        place: start..end + 1,
        label: &text[label..label_end],
        address: &text[address..end],
    })
}

fn end_of(text: &str, is_end: impl Fn(char) -> bool) -> Option<usize> {
    text.char_indices()
        .take_while(|(at, _)| *at <= LONGEST)
        .find(|(_, c)| is_end(*c))
        .map(|(at, _)| at)
}

/// Cuts a text at the mentions that the core knows; what it does not know stays as it is written.
pub fn pieces<'a>(text: &'a str, mentions: &'a [Mention]) -> Vec<Piece<'a>> {
    let (mut pieces, mut from) = (Vec::new(), 0);
    if mentions.is_empty() {
        return vec![Piece::Text(text)];
    }
    for link in links(text) {
        let known = mentions
            .iter()
            .find(|mention| mention.address == link.address);
        if let Some(mention) = known {
            pieces.push(Piece::Text(&text[from..link.place.start]));
            pieces.push(Piece::Mention(mention));
            from = link.place.end;
        }
    }
    pieces.push(Piece::Text(&text[from..]));
    pieces.retain(|piece| *piece != Piece::Text(""));
    pieces
}

/// Returns a text as it is read: `@` and the name in the place of each mention.
pub fn spoken(text: &str, mentions: &[Mention]) -> String {
    let said = |piece: &Piece<'_>| match piece {
        Piece::Text(text) => (*text).to_owned(),
        Piece::Mention(mention) => format!("@{}", mention.name),
    };
    pieces(text, mentions).iter().map(said).collect()
}

/// Somebody who was chosen while writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// What stands in the text behind the `@`.
    pub name: String,
    /// Who is meant.
    pub address: String,
}

/// Returns a text as it is sent: wherever `@` and the name of somebody chosen stand, they are mentioned.
pub fn written(text: &str, chosen: &[Chosen]) -> String {
    let mut sent = String::with_capacity(text.len());
    let mut from = 0;
    let mut before = None;
    while let Some(rest) = text.get(from..).filter(|rest| !rest.is_empty()) {
        let may_begin = before.is_none_or(|c: char| !c.is_alphanumeric() && c != '[');
        let found = rest
            .strip_prefix('@')
            .filter(|_| may_begin)
            .and_then(|rest| longest(rest, chosen));
        if let Some(chosen) = found {
            sent.push_str(&link(chosen));
            from += 1 + chosen.name.len();
            before = chosen.name.chars().next_back();
            continue;
        }
        before = rest.chars().next();
        if let Some(c) = before {
            sent.push(c);
            from += c.len_utf8();
        }
    }
    sent
}

/// Of those whose name a text begins with, the one with the longest name.
fn longest<'a>(text: &str, chosen: &'a [Chosen]) -> Option<&'a Chosen> {
    let begins = |chosen: &&Chosen| {
        let rest = text
            .strip_prefix(chosen.name.as_str())
            .filter(|_| !chosen.name.is_empty());
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    chosen
        .iter()
        .filter(begins)
        .max_by_key(|chosen| chosen.name.len())
}

fn link(chosen: &Chosen) -> String {
    let plain = |c: char| match c {
        '[' | ']' | '\\' | '\n' => ' ',
        c => c,
    };
    let label: String = chosen.name.chars().map(plain).collect();
    format!("[@{label}]({})", chosen.address)
}

/// Returns what [`written`] made to the place where it is written on, with whom it names. Only for a text of one's own: it
/// believes the names that stand in it.
pub fn unwritten(text: &str) -> (String, Vec<Chosen>) {
    let (mut shown, mut chosen, mut from) = (String::new(), Vec::new(), 0);
    for link in links(text) {
        shown.push_str(&text[from..link.place.start]);
        shown.push('@');
        shown.push_str(link.label);
        from = link.place.end;
        chosen.push(Chosen {
            name: link.label.to_owned(),
            address: link.address.to_owned(),
        });
    }
    shown.push_str(&text[from..]);
    (shown, chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: &str = "mimi://office.example/u/0a";
    const ANNA_MARIA: &str = "mimi://office.example/u/0b";

    fn mention(address: &str, name: &str) -> Mention {
        Mention {
            address: address.into(),
            person: PersonId("0a".into()),
            name: name.into(),
            is_member: true,
            is_me: false,
            outside: None,
        }
    }

    fn chosen(name: &str, address: &str) -> Chosen {
        Chosen {
            name: name.into(),
            address: address.into(),
        }
    }

    #[test]
    fn what_was_written_is_read_with_the_name_of_today() {
        let sent = written("ask @Anna, please", &[chosen("Anna", ANNA)]);
        assert_eq!(sent, format!("ask [@Anna]({ANNA}), please"));
        let shown = spoken(&sent, &[mention(ANNA, "Anna Orlova")]);
        assert_eq!(shown, "ask @Anna Orlova, please");
        assert_eq!(spoken(&sent, &[]), sent, "who is not known is not named");
        assert_eq!(
            unwritten(&sent),
            ("ask @Anna, please".into(), vec![chosen("Anna", ANNA)])
        );
    }

    #[test]
    fn the_longest_name_is_meant_and_a_longer_word_nobody() {
        let all = [chosen("Anna", ANNA), chosen("Anna Maria", ANNA_MARIA)];
        assert_eq!(
            written("@Anna Maria and @Anna", &all),
            format!("[@Anna Maria]({ANNA_MARIA}) and [@Anna]({ANNA})")
        );
        for none in ["@Annabel", "anna@Anna", "Anna", "@"] {
            assert_eq!(written(none, &all), none);
        }
        let sent = format!("[@Anna]({ANNA})");
        assert_eq!(written(&sent, &all), sent, "nobody is mentioned twice");
    }

    #[test]
    fn only_the_exact_form_is_a_mention() {
        for none in [
            "[@](mimi://a)",
            "[@a]()",
            "[@a] (b)",
            "[@a](b c)",
            "[@a\nb](c)",
            "[a](b)",
            "[@a](b",
            "[@a",
        ] {
            assert_eq!(links(none).count(), 0, "{none}");
        }
        let found: Vec<_> = links("[@[@Ж](b) [@c](d)").collect();
        assert_eq!(
            found
                .iter()
                .map(|link| (link.label, link.address))
                .collect::<Vec<_>>(),
            [("Ж", "b"), ("c", "d")]
        );
        assert_eq!(links(&"[@".repeat(100_000)).count(), 0);
    }
}
