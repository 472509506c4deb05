//! Days off as other calendar programs hand them over: a file by RFC 5545 (`.ics`), or a list of dates. What the days are called is not
//! kept.

use crate::time;

/// Longest text that is read, in bytes.
pub const MAX_BYTES: usize = 1 << 20;
/// Most days of one entry.
const MAX_SPAN: i64 = 60;
/// Most days that are returned.
const MAX_DAYS: usize = 4_000;

/// What was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Days {
    /// Days since the beginning of 1970, ascending, each once, at most 4,000.
    pub days: Vec<u32>,
    /// How many entries are no whole days, or none that are understood.
    pub skipped: u32,
}

/// Reads a calendar file or a list of dates; none if the text is too long.
pub fn read(text: &str) -> Option<Days> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let text = text.trim_start_matches('\u{feff}');
    let is_file = text
        .trim_start()
        .to_ascii_uppercase()
        .starts_with("BEGIN:VCALENDAR");
    let mut found = if is_file { file(text) } else { list(text) };
    found.days.sort_unstable();
    found.days.dedup();
    found.days.truncate(MAX_DAYS);
    Some(found)
}

/// Reads dates that stand in lines, or between commas and semicolons: `2026-05-09` or `9.5.2026`. What follows a date in its line is what the
/// day is called.
fn list(text: &str) -> Days {
    let mut found = Days::default();
    for entry in text.split(['\n', '\r', ',', ';']) {
        match entry.split_whitespace().next() {
            None => {}
            Some(word) => found.put(date(word).map(|day| day..day + 1)),
        }
    }
    found
}

/// Reads the events of a file. Lines that go on in the next one are none that matter here: dates are short.
fn file(text: &str) -> Days {
    let mut found = Days::default();
    let mut event: Option<Event> = None;
    for line in text.lines() {
        let Some((name, value)) = line.trim_end().split_once(':') else {
            continue;
        };
        let name = name.to_ascii_uppercase();
        let name = name.split(';').next().unwrap_or_default();
        let value = value.trim();
        match (name, &mut event) {
            ("BEGIN", _) if value.eq_ignore_ascii_case("VEVENT") => event = Some(Event::default()),
            ("END", Some(whole)) if value.eq_ignore_ascii_case("VEVENT") => {
                found.put(whole.days());
                event = None;
            }
            ("DTSTART", Some(event)) => event.from = compact(value),
            ("DTEND", Some(event)) => event.to = Some(compact(value)),
            // It comes again by a rule, and which days those are is not read here.
            ("RRULE" | "RDATE", Some(event)) => event.recurs = true,
            _ => {}
        }
    }
    found
}

/// One entry of a calendar.
#[derive(Default)]
struct Event {
    from: Option<i64>,
    /// The day after the last one, if it is said; nothing inside if that is no day.
    to: Option<Option<i64>>,
    recurs: bool,
}

impl Event {
    fn days(&self) -> Option<std::ops::Range<i64>> {
        let from = self.from?;
        let to = match self.to {
            None => from + 1,
            Some(to) => to?.max(from + 1),
        };
        (!self.recurs && to - from <= MAX_SPAN).then_some(from..to)
    }
}

impl Days {
    fn put(&mut self, days: Option<std::ops::Range<i64>>) {
        match days {
            None => self.skipped += 1,
            // Twice as many as are returned: the same ones may come again.
            Some(_) if self.days.len() > 2 * MAX_DAYS => self.skipped += 1,
            Some(days) => self
                .days
                .extend(days.filter_map(|day| u32::try_from(day).ok())),
        }
    }
}

/// Reads `20260509`.
fn compact(text: &str) -> Option<i64> {
    let is_date = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_date
        .then(|| day(&text[..4], &text[4..6], &text[6..]))
        .flatten()
}

/// Reads `2026-05-09` or `9.5.2026`.
fn date(text: &str) -> Option<i64> {
    let text = text.trim_end_matches('.');
    let three = |separator| {
        let mut parts = text.split(separator);
        let all = (parts.next()?, parts.next()?, parts.next()?);
        parts.next().is_none().then_some(all)
    };
    if let Some((year, month, of_month)) = three('-') {
        return day(year, month, of_month);
    }
    let (of_month, month, year) = three('.')?;
    day(year, month, of_month)
}

fn day(year: &str, month: &str, day: &str) -> Option<i64> {
    let number = |text: &str, most: usize| {
        let fits = (1..=most).contains(&text.len());
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        (fits && digits).then(|| text.parse().ok()).flatten()
    };
    let year = Some(year).filter(|year| year.len() == 4)?;
    time::days(number(year, 4)?, number(month, 2)?, number(day, 2)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day_of(year: u32, month: u32, day: u32) -> u32 {
        u32::try_from(time::days(year, month, day).unwrap()).unwrap()
    }

    #[test]
    fn a_calendar_file_gives_its_whole_days_and_none_of_its_words() {
        let text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:May Day\r\nDTSTART;VALUE=DATE:20260501\r\nDTEND;VALUE=DATE:20260502\r\nEND:VEVENT\r\n\
            BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227\r\nEND:VEVENT\r\n\
            BEGIN:VEVENT\r\nDTSTART:20260601T080000Z\r\nEND:VEVENT\r\n\
            BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        let found = read(text).unwrap();
        let days = [
            day_of(2026, 5, 1),
            day_of(2026, 12, 25),
            day_of(2026, 12, 26),
        ];
        assert_eq!(found.days, days);
        assert_eq!(
            found.skipped, 2,
            "an hour is no day, and a rule is not followed"
        );
    }

    #[test]
    fn a_list_gives_its_dates_however_they_are_written() {
        let found =
            read("2026-05-09 Victory Day\n1.5.2026; 01.05.2026, 31.02.2026\n\nsoon").unwrap();
        assert_eq!(found.days, [day_of(2026, 5, 1), day_of(2026, 5, 9)]);
        assert_eq!(found.skipped, 2);
    }

    #[test]
    fn what_is_too_long_is_refused() {
        assert_eq!(read(&"x".repeat(MAX_BYTES + 1)), None);
        let many = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:19700101\nDTEND:21991231\nEND:VEVENT";
        assert_eq!(read(many).unwrap().skipped, 1);
    }
}
