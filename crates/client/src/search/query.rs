//! What a person typed into the search.

use super::words::{Word, fold, words};
use valise_wire::Timestamp;

const DAY_MILLIS: u64 = 86_400_000;

/// What is looked for.
#[derive(Default)]
pub(super) struct Query {
    /// All of these words, or beginnings or other forms of them.
    pub(super) words: Vec<Word>,
    /// These words exactly, one behind the other; without case and marks.
    pub(super) phrases: Vec<String>,
    /// Part of the name of who wrote it.
    pub(super) from: Option<String>,
    /// Part of the name of the chat.
    pub(super) chat: Option<String>,
    /// Not before this instant.
    pub(super) since: Option<Timestamp>,
    /// Before this instant.
    pub(super) before: Option<Timestamp>,
    /// With something in it.
    pub(super) has: Vec<Has>,
}

/// What a message has in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Has {
    /// A file.
    File,
    /// A picture.
    Photo,
    /// A link.
    Link,
}

impl Query {
    /// Reads what was typed. `offset_minutes` is what the clock of the place is ahead of UTC.
    pub(super) fn parse(typed: &str, offset_minutes: i32) -> Self {
        let mut query = Self::default();
        for (text, is_quoted) in parts(typed) {
            if is_quoted {
                let phrase = fold(&text).trim().to_owned();
                if !phrase.is_empty() {
                    query.words.extend(words(&text));
                    query.phrases.push(phrase);
                }
            } else if !query.take_filter(&text, offset_minutes) {
                query.words.extend(words(&text));
            }
        }
        query
    }

    /// Tells whether nothing is looked for.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
            && self.from.is_none()
            && self.chat.is_none()
            && self.since.is_none()
            && self.before.is_none()
            && self.has.is_empty()
    }

    /// Reads `name:value`. What is no filter, or has no value that fits, is a text like any other.
    fn take_filter(&mut self, text: &str, offset_minutes: i32) -> bool {
        let Some((name, value)) = text.split_once(':').filter(|(_, value)| !value.is_empty())
        else {
            return false;
        };
        let value = value.trim_matches('"');
        match name.to_lowercase().as_str() {
            "from" | "от" | "von" | "de" => self.from = Some(fold(value)),
            "in" | "в" | "dans" => self.chat = Some(fold(value)),
            "before" | "до" | "vor" | "avant" => match day(value, offset_minutes) {
                Some(day) => self.before = Some(day),
                None => return false,
            },
            "after" | "после" | "nach" | "après" => match day(value, offset_minutes) {
                Some(day) => self.since = Some(day.plus_millis(DAY_MILLIS)),
                None => return false,
            },
            "on" | "дата" | "am" | "le" => match day(value, offset_minutes) {
                Some(day) => {
                    self.since = Some(day);
                    self.before = Some(day.plus_millis(DAY_MILLIS));
                }
                None => return false,
            },
            "has" | "есть" | "hat" | "avec" => match value.to_lowercase().as_str() {
                "file" | "файл" | "datei" | "fichier" => self.has.push(Has::File),
                "photo" | "фото" | "foto" => self.has.push(Has::Photo),
                "link" | "ссылка" | "lien" => self.has.push(Has::Link),
                _ => return false,
            },
            _ => return false,
        }
        true
    }
}

/// Cuts at spaces that stand in no quotation marks, and tells of each part whether it is a quotation.
fn parts(typed: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    let (mut part, mut inside) = (String::new(), false);
    for c in typed.chars() {
        match c {
            '"' | '«' | '»' | '“' | '”' | '„' => {
                // A quotation of its own begins at nothing; behind a filter's name it is the value.
                if part.is_empty()
                    || part == "\""
                    || part.starts_with('"')
                    || part.ends_with(':')
                    || inside
                {
                    inside = !inside;
                    part.push('"');
                }
            }
            c if c.is_whitespace() && !inside => end(&mut part, &mut found),
            c => part.push(c),
        }
    }
    end(&mut part, &mut found);
    found
}

fn end(part: &mut String, found: &mut Vec<(String, bool)>) {
    let whole = std::mem::take(part);
    match whole.strip_prefix('"') {
        Some(quoted) => found.push((quoted.trim_end_matches('"').to_owned(), true)),
        None if !whole.is_empty() => found.push((whole, false)),
        None => {}
    }
}

/// Reads a day, `2026-11-28` or `28.11.2026`; returns its beginning.
fn day(text: &str, offset_minutes: i32) -> Option<Timestamp> {
    let (year, month, day) = if let Some((year, rest)) = text.split_once('-') {
        let (month, day) = rest.split_once('-')?;
        (year, month, day)
    } else {
        let (day, rest) = text.split_once('.')?;
        let (month, year) = rest.split_once('.')?;
        (year, month, day)
    };
    let year: i64 = year
        .parse()
        .ok()
        .filter(|year| (1970..10_000).contains(year))?;
    let month: i64 = month
        .parse()
        .ok()
        .filter(|month| (1..=12).contains(month))?;
    let day: i64 = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    let minutes = days_since_1970(year, month, day) * 1_440 - i64::from(offset_minutes);
    u64::try_from(minutes * 60_000).ok().map(Timestamp)
}

/// Counts days by the Gregorian calendar with years that begin in March, so that the day that is sometimes there is the last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1;
    days - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_phrases_and_filters_are_told_apart() {
        let query = Query::parse(
            "договор from:anna \"fair copy\" has:photo in:\"Case 7\" before:2026-11-28 after:27.11.2026",
            180,
        );
        let words: Vec<&str> = query.words.iter().map(|word| &*word.folded).collect();
        assert_eq!(words, ["договор", "fair", "copy"]);
        assert_eq!(query.phrases, ["fair copy"]);
        assert_eq!(query.from.as_deref(), Some("anna"));
        assert_eq!(query.chat.as_deref(), Some("case 7"));
        assert_eq!(query.has, [Has::Photo]);
        let midnight_in_moscow = 1_795_813_200_000;
        assert_eq!(query.before, Some(Timestamp(midnight_in_moscow)));
        assert_eq!(query.since, Some(Timestamp(midnight_in_moscow)));
    }

    #[test]
    fn filters_are_known_in_every_language_of_the_interface() {
        let day = Timestamp(1_795_824_000_000);
        for typed in [
            "from:Anna in:Team has:file has:photo has:link before:2026-11-28",
            "от:Anna в:Team есть:файл есть:фото есть:ссылка до:28.11.2026",
            "von:Anna in:Team hat:Datei hat:Foto hat:Link vor:28.11.2026",
            "de:Anna dans:Team avec:fichier avec:photo avec:lien avant:2026-11-28",
        ] {
            let query = Query::parse(typed, 0);
            assert!(query.words.is_empty(), "{typed}");
            assert_eq!(query.from.as_deref(), Some("anna"), "{typed}");
            assert_eq!(query.chat.as_deref(), Some("team"), "{typed}");
            assert_eq!(query.has, [Has::File, Has::Photo, Has::Link], "{typed}");
            assert_eq!(query.before, Some(day), "{typed}");
        }
        for typed in [
            "on:2026-11-27",
            "дата:27.11.2026",
            "am:27.11.2026",
            "le:2026-11-27",
        ] {
            assert_eq!(Query::parse(typed, 0).before, Some(day), "{typed}");
        }
        for typed in [
            "after:2026-11-27",
            "после:27.11.2026",
            "nach:27.11.2026",
            "après:2026-11-27",
        ] {
            assert_eq!(Query::parse(typed, 0).since, Some(day), "{typed}");
        }
    }

    #[test]
    fn quotation_marks_are_known_as_each_language_writes_them() {
        for typed in [
            "\"fair copy\"",
            "“fair copy”",
            "„fair copy“",
            "«\u{202f}fair copy\u{202f}»",
        ] {
            assert_eq!(Query::parse(typed, 0).phrases, ["fair copy"], "{typed}");
        }
    }

    #[test]
    fn what_is_no_filter_is_looked_for_as_it_stands() {
        let query = Query::parse("https://example.org before:tomorrow \"", 0);
        let words: Vec<&str> = query.words.iter().map(|word| &*word.folded).collect();
        assert_eq!(words, ["https", "example", "org", "before", "tomorrow"]);
        assert!(Query::parse("  ", 0).is_empty());
        assert!(Query::parse("— \"\"", 0).is_empty());
    }

    #[test]
    fn days_are_of_the_calendar() {
        assert_eq!(day("1970-01-01", 0), Some(Timestamp(0)));
        assert_eq!(day("29.02.2024", 0), Some(Timestamp(1_709_164_800_000)));
        for wrong in ["2026-13-01", "2026-00-01", "yesterday", "1.1", "-1-1-1"] {
            assert_eq!(day(wrong, 0), None, "{wrong}");
        }
    }
}
