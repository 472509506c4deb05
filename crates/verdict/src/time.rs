//! Instants, as every reader anywhere reads the same.

use valise_wire::Timestamp;

const SECONDS_OF_DAY: u64 = 86_400;
/// Days of 400 years.
const DAYS_OF_ERA: u64 = 146_097;
/// Days from 1 March of the year 0 to the first day of 1970.
const DAYS_BEFORE_1970: u64 = 719_468;
/// Last instant that is written: the end of the year 9999.
const LAST_SECOND: u64 = 253_402_300_799;

/// Writes an instant in UTC: evidence is read elsewhere than it was made.
pub fn time(at: Timestamp) -> String {
    let seconds = (at.0 / 1_000).min(LAST_SECOND);
    let (day, second) = (seconds / SECONDS_OF_DAY, seconds % SECONDS_OF_DAY);
    let (year, month, day) = date(day);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} UTC")
}

/// Returns year, month and day of a day that is counted from 1970: years begin with March, so that the day that not all have is their last.
fn date(day: u64) -> (u64, u64, u64) {
    let day = day + DAYS_BEFORE_1970;
    let (era, of_era) = (day / DAYS_OF_ERA, day % DAYS_OF_ERA);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    (era * 400 + year + u64::from(month <= 2), month, day)
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
