//! Instants, as every reader anywhere reads the same.

use valise_directory::calendar::Day;
use valise_wire::Timestamp;

const SECONDS_OF_DAY: u64 = 86_400;
/// Last instant that is written: the end of the year 9999.
const LAST_SECOND: u64 = 253_402_300_799;

/// Writes an instant in UTC: evidence is read elsewhere than it was made.
pub fn time(at: Timestamp) -> String {
    let seconds = (at.0 / 1_000).min(LAST_SECOND);
    let (day, second) = (seconds / SECONDS_OF_DAY, seconds % SECONDS_OF_DAY);
    // Up to the last instant they are fewer than three million.
    let (year, month, day) = Day(day as u32).date();
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} UTC")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (seconds, written) in [
            (0, "1970-01-01 00:00:00 UTC"),
            (951_782_400, "2000-02-29 00:00:00 UTC"),
            (1_709_164_800, "2024-02-29 00:00:00 UTC"),
            (1_735_689_599, "2024-12-31 23:59:59 UTC"),
            (1_795_947_303, "2026-11-29 10:15:03 UTC"),
            (4_107_542_400, "2100-03-01 00:00:00 UTC"),
        ] {
            assert_eq!(time(Timestamp(seconds * 1_000)), written);
        }
        assert_eq!(time(Timestamp(u64::MAX)), "9999-12-31 23:59:59 UTC");
    }
}
