//! Numbers of requests, by the scheme of an office: `{year}/{office}-{n:5}` makes `2026/NB-00042`.

use thiserror::Error;

/// Most characters of a scheme.
pub const MAX_SCHEME: usize = 60;
/// Most digits that a count is filled up to.
const MAX_WIDTH: usize = 9;

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

    /// Tells whether the count begins anew each year: only where the year stands in the number is it told apart then.
    pub fn counts_by_year(&self) -> bool {
        self.0.contains(&Piece::Year)
    }
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
            let width = name.strip_prefix("n:").and_then(|width| width.parse().ok());
            let width = width.filter(|width| (1..=MAX_WIDTH).contains(width));
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
    fn what_cannot_count_is_refused() {
        for (text, error) in [
            ("{year}", SchemeError::Count),
            ("{n}{n}", SchemeError::Count),
            ("{n:0}", SchemeError::Braces),
            ("{n:10}", SchemeError::Braces),
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
