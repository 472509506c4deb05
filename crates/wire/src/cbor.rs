//! Deterministic CBOR: one value has exactly one encoding, and nothing else is accepted.
//!
//! Only what the protocol needs exists: unsigned and negative integers, byte and text strings, arrays, maps, booleans
//! and null, all of definite length and in their shortest form. Floating point, tags and indefinite lengths are
//! refused. A decoder never allocates more than the input is long, and never nests deeper than [`MAX_DEPTH`].

use thiserror::Error;

/// Nesting of arrays and maps that a decoder follows before it refuses.
pub const MAX_DEPTH: u8 = 16;

/// Why some bytes are not a value of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DecodeError {
    /// The input ended inside a value, or promises more than it holds.
    #[error("the input ends before the value does")]
    Truncated,
    /// Bytes follow the value.
    #[error("bytes follow the value")]
    TrailingBytes,
    /// The same value has a shorter or differently ordered encoding, or a map key stands twice.
    #[error("the encoding is not the deterministic one")]
    NotCanonical,
    /// A well-formed value of another type or shape than the protocol expects here.
    #[error("a value of another type was expected")]
    UnexpectedType,
    /// A number, length or tag outside of what the field allows.
    #[error("a value is out of range")]
    OutOfRange,
    /// A text that is not UTF-8.
    #[error("a text is not UTF-8")]
    InvalidText,
    /// Arrays in arrays beyond [`MAX_DEPTH`].
    #[error("the value is nested too deeply")]
    TooDeep,
}

/// Values that have an encoding.
pub trait Encode {
    /// Appends the value's encoding.
    fn encode(&self, to: &mut Encoder);
}

/// Values that can be read back.
pub trait Decode: Sized {
    /// Reads one value, leaving what follows it.
    fn decode(from: &mut Decoder<'_>) -> Result<Self, DecodeError>;
}

/// Returns the encoding of one value.
pub fn to_bytes<T: Encode + ?Sized>(value: &T) -> Vec<u8> {
    let mut encoder = Encoder::default();
    value.encode(&mut encoder);
    encoder.into_bytes()
}

/// Reads exactly one value; bytes after it are an error.
pub fn from_bytes<T: Decode>(bytes: &[u8]) -> Result<T, DecodeError> {
    let mut decoder = Decoder::new(bytes);
    let value = T::decode(&mut decoder)?;
    decoder.finish()?;
    Ok(value)
}

const UNSIGNED: u8 = 0;
const NEGATIVE: u8 = 1;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;
const SIMPLE: u8 = 7;
const FALSE: u8 = 0xf4;
const TRUE: u8 = 0xf5;
const NULL: u8 = 0xf6;

/// Writes deterministic CBOR.
#[derive(Default)]
pub struct Encoder {
    bytes: Vec<u8>,
}

impl Encoder {
    /// Returns what was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    fn head(&mut self, major: u8, argument: u64) {
        let major = major << 5;
        match argument {
            0..=23 => self.bytes.push(major | argument as u8),
            24..=0xff => self.bytes.extend([major | 24, argument as u8]),
            0x100..=0xffff => {
                self.bytes.push(major | 25);
                self.bytes.extend((argument as u16).to_be_bytes());
            }
            0x1_0000..=0xffff_ffff => {
                self.bytes.push(major | 26);
                self.bytes.extend((argument as u32).to_be_bytes());
            }
            _ => {
                self.bytes.push(major | 27);
                self.bytes.extend(argument.to_be_bytes());
            }
        }
    }

    /// Writes an unsigned integer.
    pub fn unsigned(&mut self, value: u64) {
        self.head(UNSIGNED, value);
    }

    /// Writes an integer of either sign.
    pub fn integer(&mut self, value: i64) {
        match u64::try_from(value) {
            Ok(value) => self.head(UNSIGNED, value),
            Err(_) => self.head(NEGATIVE, !(value as u64)),
        }
    }

    /// Writes a byte string.
    pub fn bytes(&mut self, value: &[u8]) {
        self.head(BYTES, value.len() as u64);
        self.bytes.extend_from_slice(value);
    }

    /// Writes a text string.
    pub fn text(&mut self, value: &str) {
        self.head(TEXT, value.len() as u64);
        self.bytes.extend_from_slice(value.as_bytes());
    }

    /// Begins an array; exactly `length` values must follow.
    pub fn array(&mut self, length: usize) {
        self.head(ARRAY, length as u64);
    }

    /// Begins a map; exactly `length` pairs must follow, keys in the order of their encoded bytes.
    pub fn map(&mut self, length: usize) {
        self.head(MAP, length as u64);
    }

    /// Writes true or false.
    pub fn boolean(&mut self, value: bool) {
        self.bytes.push(if value { TRUE } else { FALSE });
    }

    /// Writes null.
    pub fn null(&mut self) {
        self.bytes.push(NULL);
    }

    /// Appends bytes that are one encoded value already.
    pub fn encoded(&mut self, value: &[u8]) {
        self.bytes.extend_from_slice(value);
    }
}

/// Reads deterministic CBOR and refuses everything else.
pub struct Decoder<'a> {
    rest: &'a [u8],
    depth: u8,
}

/// What stands next in the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An unsigned integer.
    Unsigned,
    /// A negative integer.
    Negative,
    /// A byte string.
    Bytes,
    /// A text string.
    Text,
    /// An array.
    Array,
    /// A map.
    Map,
    /// True or false.
    Boolean,
    /// Null.
    Null,
}

impl<'a> Decoder<'a> {
    /// Starts at the beginning of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes,
            depth: 0,
        }
    }

    /// Asserts that everything was read.
    pub fn finish(&self) -> Result<(), DecodeError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(DecodeError::TrailingBytes)
        }
    }

    /// Returns what has not been read yet.
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Tells what stands next without reading it.
    pub fn peek(&self) -> Result<Kind, DecodeError> {
        let first = *self.rest.first().ok_or(DecodeError::Truncated)?;
        match (first >> 5, first) {
            (UNSIGNED, _) => Ok(Kind::Unsigned),
            (NEGATIVE, _) => Ok(Kind::Negative),
            (BYTES, _) => Ok(Kind::Bytes),
            (TEXT, _) => Ok(Kind::Text),
            (ARRAY, _) => Ok(Kind::Array),
            (MAP, _) => Ok(Kind::Map),
            (_, FALSE | TRUE) => Ok(Kind::Boolean),
            (_, NULL) => Ok(Kind::Null),
            _ => Err(DecodeError::UnexpectedType),
        }
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], DecodeError> {
        let (taken, rest) = self
            .rest
            .split_at_checked(count)
            .ok_or(DecodeError::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    fn head(&mut self) -> Result<(u8, u64), DecodeError> {
        let first = self.take(1)?[0];
        let (major, information) = (first >> 5, first & 0x1f);
        if major == SIMPLE {
            return Ok((major, u64::from(information)));
        }
        let width = match information {
            0..=23 => return Ok((major, u64::from(information))),
            24 => 1,
            25 => 2,
            26 => 4,
            27 => 8,
            31 => return Err(DecodeError::NotCanonical),
            _ => return Err(DecodeError::UnexpectedType),
        };
        let argument = self
            .take(width)?
            .iter()
            .fold(0u64, |value, byte| value << 8 | u64::from(*byte));
        let shortest = match width {
            1 => argument > 23,
            2 => argument > 0xff,
            4 => argument > 0xffff,
            _ => argument > 0xffff_ffff,
        };
        if shortest {
            Ok((major, argument))
        } else {
            Err(DecodeError::NotCanonical)
        }
    }

    fn expect(&mut self, expected: u8) -> Result<u64, DecodeError> {
        match self.head()? {
            (major, argument) if major == expected => Ok(argument),
            _ => Err(DecodeError::UnexpectedType),
        }
    }

    fn expect_length(&mut self, expected: u8) -> Result<usize, DecodeError> {
        let length = self.expect(expected)?;
        // Every element takes at least one byte, so a longer promise cannot be kept and must not be allocated for.
        if length > self.rest.len() as u64 {
            return Err(DecodeError::Truncated);
        }
        usize::try_from(length).map_err(|_| DecodeError::Truncated)
    }

    /// Reads an unsigned integer.
    pub fn unsigned(&mut self) -> Result<u64, DecodeError> {
        self.expect(UNSIGNED)
    }

    /// Reads an integer of either sign.
    pub fn integer(&mut self) -> Result<i64, DecodeError> {
        let (major, argument) = self.head()?;
        let magnitude = i64::try_from(argument).map_err(|_| DecodeError::OutOfRange)?;
        match major {
            UNSIGNED => Ok(magnitude),
            NEGATIVE => Ok(!magnitude),
            _ => Err(DecodeError::UnexpectedType),
        }
    }

    /// Reads a byte string.
    pub fn bytes(&mut self) -> Result<&'a [u8], DecodeError> {
        let length = self.expect_length(BYTES)?;
        self.take(length)
    }

    /// Reads a text string.
    pub fn text(&mut self) -> Result<&'a str, DecodeError> {
        let length = self.expect_length(TEXT)?;
        std::str::from_utf8(self.take(length)?).map_err(|_| DecodeError::InvalidText)
    }

    /// Reads the head of an array and returns its length; call [`Decoder::leave`] after its last element.
    pub fn array(&mut self) -> Result<usize, DecodeError> {
        let length = self.expect_length(ARRAY)?;
        self.enter()?;
        Ok(length)
    }

    /// Reads the head of a map and returns its number of pairs; call [`Decoder::leave`] after its last value.
    pub fn map(&mut self) -> Result<usize, DecodeError> {
        let length = self.expect_length(MAP)?;
        self.enter()?;
        Ok(length)
    }

    fn enter(&mut self) -> Result<(), DecodeError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            Err(DecodeError::TooDeep)
        } else {
            Ok(())
        }
    }

    /// Ends the innermost array or map.
    pub fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// Reads the head of an array that must have `expected` elements.
    pub fn array_of(&mut self, expected: usize) -> Result<(), DecodeError> {
        if self.array()? == expected {
            Ok(())
        } else {
            Err(DecodeError::UnexpectedType)
        }
    }

    /// Reads true or false.
    pub fn boolean(&mut self) -> Result<bool, DecodeError> {
        match self.take(1)?[0] {
            TRUE => Ok(true),
            FALSE => Ok(false),
            _ => Err(DecodeError::UnexpectedType),
        }
    }

    /// Reads null if it stands next, and tells whether it did.
    pub fn null(&mut self) -> bool {
        let found = self.rest.first() == Some(&NULL);
        if found {
            self.rest = &self.rest[1..];
        }
        found
    }

    /// Reads over one value of any kind, checking it, and returns its bytes.
    ///
    /// Map keys must stand in the order of their encodings, each once.
    pub fn any(&mut self) -> Result<&'a [u8], DecodeError> {
        let start = self.rest;
        match self.peek()? {
            Kind::Unsigned | Kind::Negative => drop(self.head()?),
            Kind::Bytes => drop(self.bytes()?),
            Kind::Text => drop(self.text()?),
            Kind::Boolean | Kind::Null => drop(self.take(1)?),
            Kind::Array => {
                for _ in 0..self.array()? {
                    self.any()?;
                }
                self.leave();
            }
            Kind::Map => {
                let mut previous: Option<&[u8]> = None;
                for _ in 0..self.map()? {
                    let key = self.any()?;
                    if previous.is_some_and(|previous| previous >= key) {
                        return Err(DecodeError::NotCanonical);
                    }
                    previous = Some(key);
                    self.any()?;
                }
                self.leave();
            }
        }
        Ok(&start[..start.len() - self.rest.len()])
    }
}

macro_rules! unsigned {
    ($($type:ty)*) => {$(
        impl Encode for $type {
            fn encode(&self, to: &mut Encoder) {
                to.unsigned(u64::from(*self));
            }
        }
        impl Decode for $type {
            fn decode(from: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                <$type>::try_from(from.unsigned()?).map_err(|_| DecodeError::OutOfRange)
            }
        }
    )*};
}

// Not for u8: a list of bytes must be written as a byte string, and `Vec<u8>` would be an array of numbers.
unsigned!(u16 u32 u64);

impl Encode for bool {
    fn encode(&self, to: &mut Encoder) {
        to.boolean(*self);
    }
}

impl Decode for bool {
    fn decode(from: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        from.boolean()
    }
}

impl Encode for String {
    fn encode(&self, to: &mut Encoder) {
        to.text(self);
    }
}

impl Decode for String {
    fn decode(from: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        from.text().map(str::to_owned)
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, to: &mut Encoder) {
        match self {
            Some(value) => value.encode(to),
            None => to.null(),
        }
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(from: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        if from.null() {
            Ok(None)
        } else {
            T::decode(from).map(Some)
        }
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, to: &mut Encoder) {
        to.array(self.len());
        self.iter().for_each(|value| value.encode(to));
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(from: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let length = from.array()?;
        // Grown element by element: a type is larger in memory than its shortest encoding, so the promised length
        // alone must not decide how much is allocated.
        let mut values = Vec::new();
        for _ in 0..length {
            values.push(T::decode(from)?);
        }
        from.leave();
        Ok(values)
    }
}

impl<const N: usize> Encode for [u8; N] {
    fn encode(&self, to: &mut Encoder) {
        to.bytes(self);
    }
}

impl<const N: usize> Decode for [u8; N] {
    fn decode(from: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        from.bytes()?
            .try_into()
            .map_err(|_| DecodeError::OutOfRange)
    }
}

#[cfg(test)]
mod tests;
