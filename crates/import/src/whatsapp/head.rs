//! The beginning of a message: `[31.12.24, 23:59:58] Anna: …` and its many relatives.

use crate::time;

/// What stands before the name, with nothing decided yet about which number is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    /// The three numbers of the date as they stand there.
    pub(super) date: [u32; 3],
    /// Whether the year is the first of them.
    pub(super) year_first: bool,
    /// Hour, minute and second, by the clock of 24 hours.
    pub(super) time: [u32; 3],
    /// What the file keeps to.
    pub(super) style: Style,
    /// Whether the hours are those of a clock of 12.
    pub(super) twelve: bool,
}

/// What is the same in all heads of a file. A line in another style is part of a message, for example a quoted export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    bracket: bool,
    mark: char,
}

impl Style {
    /// Tells whether it is that of an iPhone, which marks what it says itself.
    pub(super) fn is_bracketed(self) -> bool {
        self.bracket
    }

    /// Tells what stands between the numbers of a date.
    pub(super) fn mark(self) -> char {
        self.mark
    }
}

/// In which order the numbers of a date stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// 31/12/24
    DayFirst,
    /// 12/31/24
    MonthFirst,
}

impl Head {
    /// Reads a line's head; returns it and what follows.
    pub(super) fn read(line: &str) -> Option<(Self, &str)> {
        let mut from = Cursor(line.trim_start_matches(is_unseen));
        let bracket = from.take("[");
        let first = from.number(4)?;
        let mark = from.any(&['/', '.', '-'])?;
        from.space();
        let second = from.number(2)?;
        if from.any(&['/', '.', '-'])? != mark {
            return None;
        }
        from.space();
        let third = from.number(4)?;
        from.take(".");
        from.take(",");
        from.space();
        // German and French put a word between day and hour.
        let _ = from.take("um ") || from.take("à ");
        let (time, twelve) = from.time()?;
        if bracket {
            from.0 = from.0.strip_prefix(']')?;
            from.space();
        } else {
            from.space();
            from.any(&['-', '–'])?;
            from.space();
        }
        let date = [first.0, second.0, third.0];
        let year_first = first.1 == 4;
        // A year of two digits at least, or it is a number with points.
        if (year_first && third.1 > 2) || (!year_first && !matches!(third.1, 2 | 4)) || first.1 == 3
        {
            return None;
        }
        let style = Style { bracket, mark };
        Some((
            Self {
                date,
                year_first,
                time,
                style,
                twelve,
            },
            from.0,
        ))
    }

    /// Returns milliseconds since 1970 on the wall's clock; none if there is no such day or hour.
    pub(super) fn millis(&self, order: Order) -> Option<i64> {
        let [first, second, third] = self.date;
        let (year, month, day) = match order {
            _ if self.year_first => (first, second, third),
            Order::DayFirst => (third, second, first),
            Order::MonthFirst => (third, first, second),
        };
        let year = if year < 100 { year + 2000 } else { year };
        let [hour, minute, second] = self.time;
        time::millis(time::days(year, month, day)?, hour, minute, second)
    }
}

/// Tells whether a letter is one of those that only say how others are to be laid out.
pub(super) fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

struct Cursor<'a>(&'a str);

impl Cursor<'_> {
    fn take(&mut self, text: &str) -> bool {
        let rest = self.0.strip_prefix(text);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn any(&mut self, letters: &[char]) -> Option<char> {
        let letter = self
            .0
            .chars()
            .next()
            .filter(|letter| letters.contains(letter))?;
        self.0 = &self.0[letter.len_utf8()..];
        Some(letter)
    }

    /// Passes over spaces of every width.
    fn space(&mut self) {
        self.0 = self
            .0
            .trim_start_matches([' ', '\u{a0}', '\u{202f}', '\u{200e}']);
    }

    /// Reads digits; returns their value and how many there are.
    fn number(&mut self, most: usize) -> Option<(u32, usize)> {
        let count = self
            .0
            .bytes()
            .take(most + 1)
            .take_while(u8::is_ascii_digit)
            .count();
        if count == 0 || count > most {
            return None;
        }
        let (digits, rest) = self.0.split_at(count);
        self.0 = rest;
        Some((digits.parse().ok()?, count))
    }

    /// Reads `23:59`, `23.59.58` or `11:59:58 PM`.
    fn time(&mut self) -> Option<([u32; 3], bool)> {
        let (hour, _) = self.number(2)?;
        let mark = self.any(&[':', '.'])?;
        let minute = self.number(2).filter(|(_, digits)| *digits == 2)?.0;
        let mut second = 0;
        if self.0.starts_with(mark)
            && self.0[1..].starts_with(|letter: char| letter.is_ascii_digit())
        {
            self.take(if mark == ':' { ":" } else { "." });
            second = self.number(2)?.0;
        }
        let before = self.0;
        self.space();
        let Some(is_late) = self.half() else {
            self.0 = before;
            return Some(([hour, minute, second], false));
        };
        // 12 is the first hour of both halves of the day; 13 PM is none.
        let hour = match hour {
            1..=12 => hour % 12 + if is_late { 12 } else { 0 },
            _ => 99,
        };
        Some(([hour, minute, second], true))
    }

    /// Reads `AM`, `p.m.`, `p. m.`: whether it is the second half of the day.
    fn half(&mut self) -> Option<bool> {
        let mut letters = self.0.chars();
        let mut rest = self.0;
        let is_late = match letters.next()? {
            'a' | 'A' => false,
            'p' | 'P' => true,
            _ => return None,
        };
        rest = &rest[1..];
        rest = rest.strip_prefix('.').unwrap_or(rest);
        rest = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        rest = rest.strip_prefix(['m', 'M'])?;
        self.0 = rest.strip_prefix('.').unwrap_or(rest);
        Some(is_late)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_many_places_are_read() {
        let at = time::millis(time::days(2024, 12, 31).unwrap(), 23, 5, 0);
        let lines = [
            "31/12/24, 23:05 - Anna: hi",
            "31/12/2024, 23:05 - Anna: hi",
            "31.12.24, 23:05 - Anna: hi",
            "31.12.2024 23:05 - Anna: hi",
            "31-12-2024 23:05 - Anna: hi",
            "31/12/2024 à 23:05 - Anna: hi",
            "[31.12.24, 23:05:00] Anna: hi",
            "\u{200e}[31/12/2024, 11:05:00\u{202f}PM] Anna: hi",
            "31/12/24, 11:05 pm - Anna: hi",
            "31/12/24, 11:05 p.\u{a0}m. - Anna: hi",
            "[31/12/24 11:05:00 p. m.] Anna: hi",
            "2024-12-31, 23:05 - Anna: hi",
            "[2024-12-31 23:05:00] Anna: hi",
            "2024. 12. 31. 23:05 - Anna: hi",
            "31.12.24, 23.05 – Anna: hi",
            "31.12.24 um 23:05 - Anna: hi",
        ];
        for line in lines {
            let (head, rest) = Head::read(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(head.millis(Order::DayFirst), at, "{line}");
            assert_eq!(rest, "Anna: hi", "{line}");
        }
        let (head, _) = Head::read("12/31/24, 11:05\u{202f}PM - Anna: hi").unwrap();
        assert_eq!(head.millis(Order::MonthFirst), at);
        assert_eq!(head.millis(Order::DayFirst), None);
    }

    #[test]
    fn midnight_and_noon_are_told_apart() {
        let hour = |line| Head::read(line).unwrap().0.time[0];
        assert_eq!(hour("1/2/24, 12:00 AM - A: x"), 0);
        assert_eq!(hour("1/2/24, 12:00 PM - A: x"), 12);
        assert_eq!(hour("1/2/24, 1:00 PM - A: x"), 13);
        assert_eq!(hour("1/2/24, 13:00 PM - A: x"), 99);
    }

    #[test]
    fn other_lines_have_no_head() {
        let lines = [
            "",
            "hello",
            "1.2.3 is a version",
            "12:30 - lunch",
            "[1] see below",
            "10.000.000, 12:00 - euros",
            "31/12/24 we meet",
            "31/12-24, 10:00 - x",
            "[31.12.24, 10:00:00 Anna: x",
            "1/2/3, 10:00 - x",
        ];
        for line in lines {
            assert_eq!(Head::read(line), None, "{line}");
        }
    }
}
