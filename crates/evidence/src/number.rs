//! Numbers of requests, by the scheme of an office: `{year}/{office}-{n:5}` makes `2026/NB-00042`.

use std::str::FromStr;
use thiserror::Error;

/// Most characters of a scheme.
pub const MAX_SCHEME: usize = 60;

/// A way to write numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Year,
    Office,
    Count(usize),
}

/// Why something is no scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SchemeError {
    /// Something in braces that is not known, or a brace without its other.
    #[error("only {{year}}, {{office}} and {{n}} or {{n:5}} stand in braces")]
    Braces,
    /// No count, or two: numbers would not be told apart, or not be read.
    #[error("a scheme counts exactly once, by {{n}}")]
    Count,
    /// Too long, or of characters that a number cannot have.
    #[error("a scheme is short, and of letters, digits and - / . _ and blanks")]
    Text,
}

impl Scheme {
    /// Reads a scheme.
    pub fn parse(text: &str) -> Result<Self, SchemeError> {
        if text.chars().count() > MAX_SCHEME {
            return Err(SchemeError::Text);
        }
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, tail) = rest.split_at(at);
            push_text(&mut pieces, before)?;
            let inside = tail.strip_prefix('{').ok_or(SchemeError::Braces)?;
            let (name, after) = inside.split_once('}').ok_or(SchemeError::Braces)?;
            pieces.push(piece(name)?);
            rest = after;
        }
        push_text(&mut pieces, rest)?;
        let counts = pieces
            .iter()
            .filter(|piece| matches!(piece, Piece::Count(_)));
        if counts.count() != 1 {
            return Err(SchemeError::Count);
        }
        Ok(Self(pieces))
    }

    /// Writes a number.
    pub fn write(&self, year: i32, office: &str, count: u64) -> String {
        let write = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Year => format!("{year:04}"),
            Piece::Office => office.to_owned(),
            Piece::Count(width) => format!("{count:0width$}"),
        };
        self.0.iter().map(write).collect()
    }

    /// Returns what stands before the count.
    pub fn before(&self, year: i32, office: &str) -> String {
        let pieces = self.count_at().map_or(&[][..], |at| &self.0[..at]);
        Self(pieces.to_vec()).write(year, office, 0)
    }

    /// Reads a number of an office: its year, if one stands in it, and its count. None if it is not written so.
    pub fn read(&self, office: &str, number: &str) -> Option<(Option<i32>, u64)> {
        let at = self.count_at()?;
        let (mut rest, mut year) = (number, None);
        for piece in &self.0[..at] {
            let (taken, after) = rest.split_at_checked(piece.length(office)?)?;
            piece.reads(office, taken, &mut year)?;
            rest = after;
        }
        for piece in self.0[at + 1..].iter().rev() {
            let length = rest.len().checked_sub(piece.length(office)?)?;
            let (before, taken) = rest.split_at_checked(length)?;
            piece.reads(office, taken, &mut year)?;
            rest = before;
        }
        let count = digits(rest)?;
        // One count is written in one way.
        (self.write(year.unwrap_or_default(), office, count) == number).then_some((year, count))
    }

    fn count_at(&self) -> Option<usize> {
        let mut pieces = self.0.iter();
        pieces.position(|piece| matches!(piece, Piece::Count(_)))
    }

    /// Returns the number behind one that is written so.
    pub fn after(&self, office: &str, number: &str) -> Option<String> {
        let (year, count) = self.read(office, number)?;
        Some(self.write(year.unwrap_or_default(), office, count.checked_add(1)?))
    }

    /// Tells whether the count begins anew each year: only where the year stands in the number is it told apart then.
    pub fn counts_by_year(&self) -> bool {
        self.0.contains(&Piece::Year)
    }
}

impl Piece {
    /// Returns how many bytes of a number it takes; none for a count, which takes what is left.
    fn length(&self, office: &str) -> Option<usize> {
        match self {
            Self::Text(text) => Some(text.len()),
            Self::Year => Some(4),
            Self::Office => Some(office.len()),
            Self::Count(_) => None,
        }
    }

    /// Reads what it has written; every year that stands in a number is the same.
    fn reads(&self, office: &str, taken: &str, year: &mut Option<i32>) -> Option<()> {
        let holds = match self {
            Self::Text(text) => taken == text,
            Self::Office => taken == office,
            Self::Year => {
                let read = digits(taken)?;
                *year.get_or_insert(read) == read
            }
            Self::Count(_) => false,
        };
        holds.then_some(())
    }
}

/// Reads digits alone: no sign, which numbers of programs may have.
fn digits<T: FromStr>(text: &str) -> Option<T> {
    let are_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    are_digits.then(|| text.parse().ok())?
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) -> Result<(), SchemeError> {
    let fits = |character: char| character.is_alphanumeric() || "-/._ ".contains(character);
    if !text.chars().all(fits) {
        return Err(SchemeError::Text);
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text.to_owned()));
    }
    Ok(())
}

fn piece(name: &str) -> Result<Piece, SchemeError> {
    match name {
        "year" => Ok(Piece::Year),
        "office" => Ok(Piece::Office),
        "n" => Ok(Piece::Count(1)),
        _ => {
            // One digit: what a number's text may have besides, a sign or zeros, would be a second way to write a scheme.
            let width = name.strip_prefix("n:").filter(|width| width.len() == 1);
            let width = width.and_then(digits::<usize>);
            let width = width.filter(|width| *width > 0);
            width.map(Piece::Count).ok_or(SchemeError::Braces)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_the_scheme_says() {
        let scheme = Scheme::parse("{year}/{office}-{n:5}").unwrap();
        assert_eq!(scheme.write(2026, "NB", 42), "2026/NB-00042");
        assert_eq!(scheme.write(2026, "NB", 1_234_567), "2026/NB-1234567");
        assert!(scheme.counts_by_year());
        let plain = Scheme::parse("№ {n}").map(|scheme| scheme.write(1, "", 7));
        assert_eq!(plain, Err(SchemeError::Text));
        let cyrillic = Scheme::parse("Исх-{n:3}").unwrap();
        assert_eq!(cyrillic.write(2026, "", 7), "Исх-007");
        assert!(!cyrillic.counts_by_year());
    }

    #[test]
    fn what_is_written_is_read() {
        for (text, number, before) in [
            ("{year}/{office}-{n:5}", "2026/NB-00042", "2026/NB-"),
            ("{n}/{year}", "42/2026", ""),
            ("{office} {n:3}.{year}", "NB 042.2026", "NB "),
            ("Исх-{n:3}", "Исх-042", "Исх-"),
            ("{year}{n}", "202642", "2026"),
            ("{n:2}{year}", "422026", ""),
        ] {
            let scheme = Scheme::parse(text).unwrap();
            assert_eq!(scheme.write(2026, "NB", 42), number);
            assert_eq!(scheme.before(2026, "NB"), before);
            let year = scheme.counts_by_year().then_some(2026);
            assert_eq!(scheme.read("NB", number), Some((year, 42)), "{text}");
            let next = scheme.write(2026, "NB", 43);
            assert_eq!(scheme.after("NB", number), Some(next), "{text}");
        }
    }

    #[test]
    fn what_is_written_otherwise_is_not_read() {
        let scheme = Scheme::parse("{year}/{office}-{n:5}").unwrap();
        for number in [
            "",
            "2026",
            "2026/NB-",
            "2026/NB-0000x",
            "2026/NB-42",
            "2026/NB-0000042",
            "2026/XY-00042",
            "26/NB-00042",
            "+026/NB-00042",
            "2026/NB-18446744073709551616",
            "ёёёё/NB-00042",
        ] {
            assert_eq!(scheme.read("NB", number), None, "{number}");
        }
        let twice = Scheme::parse("{year}-{n}-{year}").unwrap();
        assert_eq!(twice.read("", "2026-7-2026"), Some((Some(2026), 7)));
        assert_eq!(twice.read("", "2026-7-2025"), None);
        let last = scheme.write(2026, "NB", u64::MAX);
        assert_eq!(scheme.after("NB", &last), None);
    }

    #[test]
    fn what_cannot_count_is_refused() {
        for (text, error) in [
            ("{year}", SchemeError::Count),
            ("{n}{n}", SchemeError::Count),
            ("{n:0}", SchemeError::Braces),
            ("{n:10}", SchemeError::Braces),
            ("{n:05}", SchemeError::Braces),
            ("{n:+5}", SchemeError::Braces),
            ("{n:}", SchemeError::Braces),
            ("{month}-{n}", SchemeError::Braces),
            ("{n", SchemeError::Braces),
            ("}{n}", SchemeError::Braces),
            ("{n}\n", SchemeError::Text),
        ] {
            assert_eq!(Scheme::parse(text), Err(error), "{text}");
        }
        let long = "x".repeat(MAX_SCHEME) + "{n}";
        assert_eq!(Scheme::parse(&long), Err(SchemeError::Text));
    }
}
