//! Names and notes for people to read: no character in them can lie about the others.

use std::fmt;
use thiserror::Error;
use valise_wire::cbor::{Decode, DecodeError, Decoder, Encode, Encoder};

/// Most characters of a name.
pub const MAX_NAME_CHARS: usize = 80;
/// Most characters of a note.
pub const MAX_NOTE_CHARS: usize = 500;
/// Most combining marks on one letter.
const MAX_MARKS: usize = 3;

/// Why a text cannot be a name or an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TextError {
    /// Nothing is there.
    #[error("it is empty")]
    Empty,
    /// Longer than allowed.
    #[error("it is too long")]
    TooLong,
    /// A control, invisible, direction-changing or otherwise misleading character, or a capital in an address.
    #[error("it holds a character that is not allowed here")]
    Character,
    /// Letters of two scripts in one word, which look alike and are not.
    #[error("it mixes the letters of two scripts in one word")]
    MixedScripts,
    /// White space at the beginning, at the end or twice in a row.
    #[error("it holds white space where none belongs")]
    Space,
    /// A dot, hyphen or underscore at the beginning, at the end or twice in a row.
    #[error("it holds a separator where none belongs")]
    Separator,
    /// No `@` in an address.
    #[error("an address needs a domain")]
    NoDomain,
    /// Not a domain name in lower case.
    #[error("the domain is not one")]
    Domain,
}

/// A person's or an office's name. `Debug` does not show it, because logs hold no names.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

impl Name {
    /// Checks a name.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        check_readable(text, MAX_NAME_CHARS)?;
        if text
            .chars()
            .any(|character| character.is_whitespace() && character != ' ')
        {
            return Err(TextError::Space);
        }
        if text.starts_with(' ') || text.ends_with(' ') || text.contains("  ") {
            return Err(TextError::Space);
        }
        if text
            .split([' ', '-', '.', '(', ')', ',', '/'])
            .any(mixes_scripts)
        {
            return Err(TextError::MixedScripts);
        }
        Ok(Self(text.to_owned()))
    }

    /// Makes a name out of what a person typed: white space is put in order.
    pub fn typed(text: &str) -> Result<Self, TextError> {
        Self::parse(&text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Returns the name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A few lines for an invited person. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Note(String);

impl Note {
    /// Makes a note out of what a person typed; none if there is nothing but white space.
    pub fn typed(text: &str) -> Result<Option<Self>, TextError> {
        let typed = Some(text.trim()).filter(|text| !text.is_empty());
        typed.map(Self::parse).transpose()
    }

    /// Checks a note; line feeds are allowed.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        check_readable(&text.replace('\n', " "), MAX_NOTE_CHARS)?;
        Ok(Self(text.to_owned()))
    }

    /// Returns the note.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

macro_rules! text_type {
    ($($type:ident)*) => {$(
        impl fmt::Debug for $type {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, "a text of {} bytes", self.0.len())
            }
        }

        impl Encode for $type {
            fn encode(&self, to: &mut Encoder) {
                to.text(&self.0);
            }
        }

        impl Decode for $type {
            fn decode(from: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                Self::parse(from.text()?).map_err(|_| DecodeError::OutOfRange)
            }
        }
    )*};
}

text_type!(Name Note);

fn check_readable(text: &str, max_chars: usize) -> Result<(), TextError> {
    if text.is_empty() {
        return Err(TextError::Empty);
    }
    if text.chars().count() > max_chars {
        return Err(TextError::TooLong);
    }
    let mut marks = 0;
    for character in text.chars() {
        marks = if matches!(character, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}') {
            marks + 1
        } else {
            0
        };
        if misleads(character) || marks > MAX_MARKS {
            return Err(TextError::Character);
        }
    }
    Ok(())
}

/// Controls, invisible and direction-changing characters, separators of lines, private use, and what is no character.
fn misleads(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{ffff}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{10ffff}')
        || (character as u32) & 0xfffe == 0xfffe
}

/// Tells whether a word mixes letters of the three scripts whose letters are mistaken for each other.
fn mixes_scripts(word: &str) -> bool {
    let mut scripts = [false; 3];
    for character in word.chars() {
        match character {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => {
                scripts[0] = true
            }
            '\u{400}'..='\u{52f}' => scripts[1] = true,
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => scripts[2] = true,
            _ => {}
        }
    }
    scripts.iter().filter(|found| **found).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_world_are_taken() {
        for text in [
            "Иван Петров",
            "Anne-Marie O’Hara",
            "محمد علي",
            "李小龙",
            "Bank X (касса)",
            "Jürgen",
            "Thị Nguyễn",
        ] {
            assert_eq!(Name::parse(text).map(|name| name.0).as_deref(), Ok(text));
        }
        assert_eq!(
            Name::typed("  Иван \t Петров ").unwrap().as_str(),
            "Иван Петров"
        );
    }

    #[test]
    fn names_that_lie_are_refused() {
        let refused = [
            ("", TextError::Empty),
            ("Ivan\u{202e}vortep", TextError::Character),
            ("Iv\u{200b}an", TextError::Character),
            ("Ivan\0", TextError::Character),
            ("Ivan\nRegistrar", TextError::Character),
            ("Ivan\u{e0041}", TextError::Character),
            ("Z\u{300}\u{301}\u{302}\u{303}", TextError::Character),
            ("Ивaн", TextError::MixedScripts),
            (" Ivan", TextError::Space),
            ("Ivan  P", TextError::Space),
            ("Ivan\u{a0}P", TextError::Space),
        ];
        for (text, error) in refused {
            assert_eq!(Name::parse(text), Err(error), "{text:?}");
        }
        assert_eq!(Name::parse(&"a".repeat(81)), Err(TextError::TooLong));
        assert!(Note::parse("two\nlines").is_ok());
        assert_eq!(Note::parse("a\rb"), Err(TextError::Character));
    }
}
