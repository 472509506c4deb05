//! Object identifiers with numbers of any size: the identifiers under `2.25` carry 128 bits, and policies of authorities stand there.

use der::{DecodeValue, EncodeValue, FixedTag, Header, Length, Reader, Tag, Writer};
use std::fmt;

/// Longest identifier that is read, in bytes of its encoding.
const MOST_BYTES: usize = 64;

/// An object identifier, as it is encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oid(Vec<u8>);

impl Oid {
    /// Takes the content bytes of an identifier; none if they are not the one way to write one.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let ends_well = bytes.last().is_some_and(|last| last & 0x80 == 0);
        let mut begins = true;
        for byte in bytes {
            // A number does not begin with zeros.
            if begins && *byte == 0x80 {
                return None;
            }
            begins = byte & 0x80 == 0;
        }
        (ends_well && bytes.len() <= MOST_BYTES).then(|| Self(bytes.to_vec()))
    }
}

impl fmt::Display for Oid {
    /// Writes numbers with dots; what is larger than 128 bits as a question mark.
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut number, mut is_first) = (Some(0_u128), true);
        for byte in &self.0 {
            number = number
                .and_then(|number| number.checked_mul(128))
                .map(|number| number | u128::from(byte & 0x7f));
            if byte & 0x80 != 0 {
                continue;
            }
            match (is_first, number) {
                (true, Some(first)) => {
                    let root = (first / 40).min(2);
                    write!(to, "{root}.{}", first - root * 40)?;
                }
                (false, Some(number)) => write!(to, ".{number}")?,
                (_, None) => write!(to, ".?")?,
            }
            (number, is_first) = (Some(0), false);
        }
        Ok(())
    }
}

impl FixedTag for Oid {
    const TAG: Tag = Tag::ObjectIdentifier;
}

impl<'a> DecodeValue<'a> for Oid {
    fn decode_value<R: Reader<'a>>(reader: &mut R, header: Header) -> der::Result<Self> {
        let bytes = reader.read_vec(header.length)?;
        Self::from_bytes(&bytes).ok_or_else(|| Self::TAG.value_error())
    }
}

impl EncodeValue for Oid {
    fn value_len(&self) -> der::Result<Length> {
        self.0.len().try_into()
    }

    fn encode_value(&self, to: &mut impl Writer) -> der::Result<()> {
        to.write(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_reads_as_everybody_writes_it() {
        let text = |bytes: &[u8]| Oid::from_bytes(bytes).map(|oid| oid.to_string());
        assert_eq!(
            text(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d]).as_deref(),
            Some("1.2.840.113549")
        );
        assert_eq!(text(&[0x69, 0x01]).as_deref(), Some("2.25.1"));
        assert_eq!(text(&[0x04, 0x00]).as_deref(), Some("0.4.0"));
        for bad in [&[][..], &[0x2a, 0x86], &[0x2a, 0x80, 0x01], &[1; 65]] {
            assert_eq!(text(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_number_of_any_size_is_kept() {
        let mut bytes = vec![0x69];
        bytes.extend([0xff; 30]);
        bytes.push(0x7f);
        assert_eq!(Oid::from_bytes(&bytes).unwrap().to_string(), "2.25.?");
    }
}
