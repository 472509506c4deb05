//! Deadlines as they are typed: a day, `2026-12-24`, or a minute of it, `2026-12-24T18:00`.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use std::str::FromStr;
use valise_views::Millis;

/// An instant of this place's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Until(DateTime);

impl Until {
    /// Returns the instant where that clock goes; none if it has none.
    pub fn millis(self, zone: &TimeZone) -> Option<Millis> {
        let at = zone.to_zoned(self.0).ok()?.timestamp();
        u64::try_from(at.as_millisecond()).ok()
    }
}

impl FromStr for Until {
    type Err = String;

    /// Reads a day as its last instant: whoever answers on that day is in time.
    fn from_str(text: &str) -> Result<Self, String> {
        let has_time = text.contains(['T', 't', ' ']);
        let day = text.parse::<Date>().ok().filter(|_| !has_time);
        let at = match day {
            Some(day) => Some(day.at(23, 59, 59, 999_000_000)),
            None => text.parse().ok(),
        };
        let wrong = || format!("'{text}' is no day: write 2026-12-24 or 2026-12-24T18:00");
        at.map(Self).ok_or_else(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn millis(text: &str) -> Option<Millis> {
        text.parse::<Until>().unwrap().millis(&TimeZone::UTC)
    }

    #[test]
    fn a_day_ends_with_its_last_instant_and_a_minute_is_meant_as_it_is() {
        assert_eq!(millis("1970-01-02"), Some(2 * 86_400_000 - 1));
        assert_eq!(millis("1970-01-01T00:01"), Some(60_000));
        assert_eq!(millis("1969-12-31"), None);
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "",
            "tomorrow",
            "24.12.2026",
            "2026-02-30",
            "2026-12-24T25:00",
        ] {
            assert!(text.parse::<Until>().is_err(), "{text}");
        }
    }
}
