//! The instant in a token: a GeneralizedTime with fractions of a second, which X.509 does without and RFC 3161 allows.

use der::{DateTime, DecodeValue, EncodeValue, FixedTag, Header, Length, Reader, Tag, Writer};
use std::time::Duration;
use valise_wire::Timestamp;

/// Digits of year to second.
const WHOLE: usize = 14;
/// Digits of a fraction, at most: nobody's clock is finer.
const MOST_FRACTION: usize = 9;

/// An instant, as it is written in a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GenTime(String);

impl GenTime {
    /// Writes an instant, without what is finer than a second; none after the year 9999.
    pub(crate) fn at(time: Timestamp) -> Option<Self> {
        let at = DateTime::from_unix_duration(Duration::from_secs(time.as_seconds())).ok()?;
        Some(Self(format!(
            "{:04}{:02}{:02}{:02}{:02}{:02}Z",
            at.year(),
            at.month(),
            at.day(),
            at.hour(),
            at.minutes(),
            at.seconds()
        )))
    }

    /// Returns the instant, without what is finer than a millisecond.
    pub(crate) fn timestamp(&self) -> Option<Timestamp> {
        read(self.0.as_bytes())
    }
}

/// Reads `YYYYMMDDHHMMSS[.f]Z`, where a fraction does not end in zeros.
fn read(text: &[u8]) -> Option<Timestamp> {
    let (whole, fraction) = text.strip_suffix(b"Z")?.split_at_checked(WHOLE)?;
    if !whole.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number = |from: usize, to: usize| {
        let digits = whole[from..to].iter();
        digits.fold(0_u16, |sum, digit| sum * 10 + u16::from(digit - b'0'))
    };
    let two = |from: usize| u8::try_from(number(from, from + 2)).ok();
    let at = DateTime::new(number(0, 4), two(4)?, two(6)?, two(8)?, two(10)?, two(12)?).ok()?;
    let millis = u64::try_from(at.unix_duration().as_millis()).ok()?;
    Some(Timestamp(millis).plus_millis(fraction_millis(fraction)?))
}

fn fraction_millis(fraction: &[u8]) -> Option<u64> {
    if fraction.is_empty() {
        return Some(0);
    }
    let digits = fraction.strip_prefix(b".")?;
    let is_fraction = (1..=MOST_FRACTION).contains(&digits.len())
        && digits.iter().all(u8::is_ascii_digit)
        && digits.last() != Some(&b'0');
    let millis = digits.iter().chain(b"000").take(3);
    is_fraction.then(|| millis.fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0')))
}

impl FixedTag for GenTime {
    const TAG: Tag = Tag::GeneralizedTime;
}

impl<'a> DecodeValue<'a> for GenTime {
    fn decode_value<R: Reader<'a>>(reader: &mut R, header: Header) -> der::Result<Self> {
        let bytes = reader.read_vec(header.length)?;
        let text = read(&bytes).and_then(|_| String::from_utf8(bytes).ok());
        text.map(Self).ok_or_else(|| Self::TAG.value_error())
    }
}

impl EncodeValue for GenTime {
    fn value_len(&self) -> der::Result<Length> {
        self.0.len().try_into()
    }

    fn encode_value(&self, to: &mut impl Writer) -> der::Result<()> {
        to.write(self.0.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_comes_back_without_its_fraction() {
        let written = GenTime::at(Timestamp(1_790_000_000_999)).unwrap();
        assert_eq!(written.0, "20260921141320Z");
        assert_eq!(written.timestamp(), Some(Timestamp(1_790_000_000_000)));
        assert!(GenTime::at(Timestamp(u64::MAX)).is_none());
    }

    #[test]
    fn fractions_of_others_are_read() {
        for (text, millis) in [
            ("20260921141320.5Z", 500),
            ("20260921141320.034Z", 34),
            ("20260921141320.123456789Z", 123),
        ] {
            let read = read(text.as_bytes());
            assert_eq!(read, Some(Timestamp(1_790_000_000_000 + millis)), "{text}");
        }
    }

    #[test]
    fn whatever_is_no_instant_of_der_is_refused() {
        for bad in [
            "",
            "Z",
            "20260921141320",
            "20260921141320.Z",
            "20260921141320.50Z",
            "20260921141320.1234567891Z",
            "20260921141320,5Z",
            "20260921141320+0100",
            "20261321141320Z",
            "20260230141320Z",
            "202609211413Z",
            "2026092114132xZ",
            "2026092114132\u{661}Z",
        ] {
            assert_eq!(read(bad.as_bytes()), None, "{bad}");
        }
    }
}
