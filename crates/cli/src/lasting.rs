//! How long messages last, as it is typed and printed: `30s`, `10m`, `1h`, `7d`, `never`.

use std::fmt;
use std::str::FromStr;

/// Units with their seconds, the largest first.
const UNITS: [(char, u32); 4] = [('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];

/// Seconds after which messages disappear; 0 for never.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lasting(pub u32);

impl FromStr for Lasting {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "never" {
            return Ok(Self(0));
        }
        let wrong = || format!("'{text}' is no time: write 30s, 10m, 1h, 7d or never");
        let unit = text.chars().last().ok_or_else(wrong)?;
        let (_, seconds) = UNITS
            .into_iter()
            .find(|(letter, _)| *letter == unit)
            .ok_or_else(wrong)?;
        let count: u32 = text[..text.len() - 1].parse().map_err(|_| wrong())?;
        let lasting = count.checked_mul(seconds).filter(|lasting| *lasting > 0);
        lasting.map(Self).ok_or_else(wrong)
    }
}

impl fmt::Display for Lasting {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = UNITS
            .iter()
            .find(|(_, length)| self.0 > 0 && self.0.is_multiple_of(*length));
        match whole {
            Some((unit, length)) => write!(out, "{}{unit}", self.0 / length),
            None => write!(out, "never"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_printed() {
        for text in ["5s", "90m", "1h", "7d", "never"] {
            assert_eq!(text.parse::<Lasting>().unwrap().to_string(), text);
        }
        assert_eq!("60m".parse::<Lasting>().unwrap().to_string(), "1h");
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "7",
            "d",
            "-1d",
            "0s",
            "1 d",
            "1w",
            "99999999999d",
            "99999d",
            "й",
        ] {
            assert!(text.parse::<Lasting>().is_err(), "{text}");
        }
    }
}
