//! Addresses: `local@domain`, written in exactly one way, and never mistaken for another.
//!
//! Everything is lower case and precomposed; the letters of a local part come from one script of three; characters that
//! cannot be seen or that turn the direction of writing do not exist. Two addresses that look alike have the same
//! [skeleton](Address::skeleton), and the directory takes one skeleton once.

use crate::name::TextError;
use std::fmt;
use valise_wire::cbor::{Decode, DecodeError, Decoder, Encode, Encoder};

/// Most characters of the part before the `@`.
pub const MAX_LOCAL_CHARS: usize = 64;
/// Most bytes of a domain (RFC 1035).
pub const MAX_DOMAIN_BYTES: usize = 253;

/// A checked address. `Debug` does not show it, because logs hold no addresses.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(String);

impl Address {
    /// Checks an address that is already written in the one way.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let (local, domain) = text.split_once('@').ok_or(TextError::NoDomain)?;
        check_local(local)?;
        check_domain(domain)?;
        Ok(Self(text.to_owned()))
    }

    /// Makes an address out of what a person typed: white space around it and capitals are forgiven.
    pub fn typed(local: &str, domain: &str) -> Result<Self, TextError> {
        let local = local.trim().to_lowercase();
        let local = local.strip_suffix(&format!("@{domain}")).unwrap_or(&local);
        Self::parse(&format!("{local}@{domain}"))
    }

    /// Returns the whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the part before the `@`.
    pub fn local(&self) -> &str {
        self.0.split_once('@').map_or("", |(local, _)| local)
    }

    /// Returns the part after the `@`.
    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }

    /// Returns the address with each character replaced by the one that it can be mistaken for.
    pub fn skeleton(&self) -> String {
        let (local, domain) = self.0.split_once('@').unwrap_or((&self.0, ""));
        let local: String = local.chars().map(look_alike).collect();
        format!("{local}@{domain}")
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an address")
    }
}

impl Encode for Address {
    fn encode(&self, to: &mut Encoder) {
        to.text(&self.0);
    }
}

impl Decode for Address {
    fn decode(from: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Self::parse(from.text()?).map_err(|_| DecodeError::OutOfRange)
    }
}

/// Checks a domain: lower-case letters, digits and hyphens in labels of 1 to 63, as DNS has it; others in Punycode.
pub fn check_domain(domain: &str) -> Result<(), TextError> {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
    };
    if domain.len() <= MAX_DOMAIN_BYTES && domain.split('.').all(label) {
        Ok(())
    } else {
        Err(TextError::Domain)
    }
}

fn check_local(local: &str) -> Result<(), TextError> {
    if local.is_empty() {
        return Err(TextError::Empty);
    }
    if local.chars().count() > MAX_LOCAL_CHARS {
        return Err(TextError::TooLong);
    }
    let mut script = None;
    let mut after_separator = true;
    for character in local.chars() {
        let separator = matches!(character, '.' | '-' | '_');
        if separator && after_separator {
            return Err(TextError::Separator);
        }
        after_separator = separator;
        if separator || character.is_ascii_digit() {
            continue;
        }
        let found = Script::of(character).ok_or(TextError::Character)?;
        if *script.get_or_insert(found) != found {
            return Err(TextError::MixedScripts);
        }
    }
    if after_separator {
        Err(TextError::Separator)
    } else {
        Ok(())
    }
}

/// Scripts that local parts are written in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Greek,
}

impl Script {
    /// Returns the script of a lower-case, precomposed letter.
    fn of(character: char) -> Option<Self> {
        // Not a rule of the ranges alone: U+0100–U+017F alternates capitals and small letters.
        if !character.is_lowercase() || matches!(character, '\u{149}' | '\u{17f}') {
            return None;
        }
        match character {
            'a'..='z' | '\u{df}'..='\u{f6}' | '\u{f8}'..='\u{17e}' => Some(Self::Latin),
            '\u{430}'..='\u{45f}' | '\u{491}' => Some(Self::Cyrillic),
            '\u{3ac}'..='\u{3ce}' => Some(Self::Greek),
            _ => None,
        }
    }
}

/// The table of look-alikes; it is part of the protocol and does not change within a version.
fn look_alike(character: char) -> char {
    match character {
        '0' => 'o',
        '1' => 'l',
        'ı' => 'i',
        'а' | 'α' => 'a',
        'с' | 'ς' => 'c',
        'е' => 'e',
        'ё' => 'ë',
        'і' | 'ι' => 'i',
        'ї' | 'ϊ' => 'ï',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'о' | 'ο' | 'σ' => 'o',
        'ό' => 'ó',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'τ' => 't',
        'υ' => 'u',
        'ν' => 'v',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        'ά' => 'á',
        'ή' | 'η' => 'n',
        'ћ' | 'ђ' => 'ħ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_addresses_are_taken() {
        for text in [
            "ivan@ministry.example",
            "i.petrov-2@localhost",
            "иван.петров@ministry.example",
            "jürgen@a.b",
        ] {
            assert_eq!(
                Address::parse(text).map(|address| address.0).as_deref(),
                Ok(text)
            );
        }
        assert_eq!(
            Address::typed(" Ivan ", "a.b").unwrap().as_str(),
            "ivan@a.b"
        );
        assert_eq!(
            Address::typed("Иван@a.b", "a.b").unwrap().as_str(),
            "иван@a.b"
        );
    }

    #[test]
    fn what_could_be_a_twin_is_refused() {
        let refused = [
            ("ivan", TextError::NoDomain),
            ("@a.b", TextError::Empty),
            ("Ivan@a.b", TextError::Character),
            ("iv\u{200b}an@a.b", TextError::Character),
            ("iv\u{202e}an@a.b", TextError::Character),
            ("iv\0an@a.b", TextError::Character),
            ("и\u{306}@a.b", TextError::Character),
            ("u\u{308}@a.b", TextError::Character),
            ("ivаn@a.b", TextError::MixedScripts),
            (".ivan@a.b", TextError::Separator),
            ("ivan.@a.b", TextError::Separator),
            ("i..van@a.b", TextError::Separator),
            ("ivan@", TextError::Domain),
            ("ivan@a..b", TextError::Domain),
            ("ivan@A.b", TextError::Domain),
            ("ivan@x@a.b", TextError::Domain),
            ("ivan@-a.b", TextError::Domain),
            ("ﬁona@a.b", TextError::Character),
        ];
        for (text, error) in refused {
            assert_eq!(Address::parse(text), Err(error), "{text:?}");
        }
        assert_eq!(
            Address::parse(&format!("{}@a.b", "a".repeat(65))),
            Err(TextError::TooLong)
        );
    }

    #[test]
    fn twins_of_one_script_have_one_skeleton() {
        let skeleton = |text| Address::parse(text).unwrap().skeleton();
        assert_eq!(skeleton("сосо@a.b"), skeleton("coco@a.b"));
        assert_eq!(skeleton("user1@a.b"), skeleton("userl@a.b"));
        assert_ne!(skeleton("ivan@a.b"), skeleton("iven@a.b"));
    }
}
