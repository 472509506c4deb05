//! Days and hours as exports write them.

/// A point in time, as far as an export tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    /// Milliseconds since 1970 on the clock on the wall where the export was made.
    Local(i64),
    /// Milliseconds since 1970, UTC.
    Utc(i64),
}

impl Default for Moment {
    fn default() -> Self {
        Self::Local(0)
    }
}

impl Moment {
    /// Returns the milliseconds, whichever clock they are of.
    pub fn millis(self) -> i64 {
        let (Self::Local(millis) | Self::Utc(millis)) = self;
        millis
    }
}

/// Returns the days since 1970 of a date by the Gregorian calendar; none if there is no such day. Years are 1970 to 2199.
pub fn days(year: u32, month: u32, day: u32) -> Option<i64> {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let length = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1970..2200).contains(&year) || day == 0 || day > length {
        return None;
    }
    // Years begin in March, so that the day that is sometimes there is the last.
    let (year, month) = (i64::from(year), i64::from(month));
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5;
    Some(days + i64::from(day) - 1 - 719_468)
}

/// Returns milliseconds since 1970 of a day and an hour; none if there is no such hour.
pub fn millis(days: i64, hour: u32, minute: u32, second: u32) -> Option<i64> {
    let whole = hour < 24 && minute < 60 && second < 60;
    let seconds = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
    whole.then(|| (days * 86_400 + seconds) * 1000)
}

/// Reads `2024-03-01T10:20:30`.
pub fn iso(text: &str) -> Option<i64> {
    let (date, time) = text.split_once('T')?;
    let mut date = date.splitn(3, '-').map(number);
    let day = days(date.next()??, date.next()??, date.next()??)?;
    let mut time = time.splitn(3, ':').map(number);
    millis(day, time.next()??, time.next()??, time.next()??)
}

fn number(text: &str) -> Option<u32> {
    let digits = text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        assert_eq!(days(1970, 1, 1), Some(0));
        assert_eq!(days(2000, 2, 29), Some(11_016));
        assert_eq!(days(2024, 12, 31), Some(20_088));
        for (year, month, day) in [
            (2023, 2, 29),
            (2024, 13, 1),
            (2024, 4, 31),
            (1969, 1, 1),
            (2024, 1, 0),
        ] {
            assert_eq!(days(year, month, day), None);
        }
    }

    #[test]
    fn instants_are_read_as_telegram_writes_them() {
        assert_eq!(iso("1970-01-02T00:00:01"), Some(86_401_000));
        for wrong in [
            "",
            "2024-03-01",
            "2024-03-01T25:00:00",
            "2024-03-01T10:00",
            "+024-03-01T10:00:00",
        ] {
            assert_eq!(iso(wrong), None, "{wrong}");
        }
    }
}
