//! A request while it is written: what is missing, and by when an answer is due.

use valise_views::Millis;
use valise_views::request::Due;

/// Working days that are proposed.
pub const PROPOSED_DAYS: u32 = 10;
/// Most working days.
pub const MOST_DAYS: u32 = 1_000;

/// Why a request cannot go out yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It does not say what it is about.
    NoSubject,
    /// It asks nothing.
    NoText,
    /// The number of days is none.
    NoDays,
    /// The day is none, or over.
    NoDay,
}

/// By when an answer is due, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed<'a> {
    /// In so many working days.
    Days(&'a str),
    /// At the end of a day; none if it is not one.
    Until(Option<Millis>),
}

/// Reads a deadline that was typed.
pub fn due(typed: Typed<'_>, now: Millis) -> Result<Due, Fault> {
    match typed {
        Typed::Days(days) => {
            let days = days.trim().parse::<u32>().ok();
            let days = days.filter(|days| (1..=MOST_DAYS).contains(days));
            days.map(Due::WorkingDays).ok_or(Fault::NoDays)
        }
        Typed::Until(until) => {
            let until = until.filter(|until| *until > now);
            until.map(Due::At).ok_or(Fault::NoDay)
        }
    }
}

/// Says what is missing in what is asked, if anything is.
pub fn fault(subject: &str, text: &str, has_files: bool) -> Option<Fault> {
    if subject.trim().is_empty() {
        Some(Fault::NoSubject)
    } else if text.trim().is_empty() && !has_files {
        Some(Fault::NoText)
    } else {
        None
    }
}

/// What was typed, if anything was.
pub fn said(typed: &str) -> Option<String> {
    let typed = typed.trim();
    (!typed.is_empty()).then(|| typed.to_owned())
}

/// What was typed into one line: with single spaces, as names have them.
pub fn one_line(typed: &str) -> String {
    typed.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_whole_and_not_without_end() {
        assert_eq!(due(Typed::Days(" 10 "), 0), Ok(Due::WorkingDays(10)));
        for none in ["", "0", "-1", "1001", "ten", "1.5"] {
            assert_eq!(due(Typed::Days(none), 0), Err(Fault::NoDays), "{none}");
        }
    }

    #[test]
    fn a_day_that_is_over_is_none() {
        assert_eq!(due(Typed::Until(Some(11)), 10), Ok(Due::At(11)));
        assert_eq!(due(Typed::Until(Some(10)), 10), Err(Fault::NoDay));
        assert_eq!(due(Typed::Until(None), 10), Err(Fault::NoDay));
    }

    #[test]
    fn a_request_is_about_something_and_asks_something() {
        assert_eq!(fault(" ", "text", true), Some(Fault::NoSubject));
        assert_eq!(fault("Accounts", "\n", false), Some(Fault::NoText));
        assert_eq!(fault("Accounts", "", true), None, "a scan says it all");
        assert_eq!(fault("Accounts", "Which?", false), None);
    }

    #[test]
    fn what_says_nothing_is_left_out() {
        assert_eq!(said("  "), None);
        assert_eq!(said(" Art. 21 "), Some("Art. 21".into()));
        assert_eq!(one_line(" a \n b  c"), "a b c");
    }
}
