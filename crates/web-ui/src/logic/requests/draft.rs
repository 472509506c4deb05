//! A request while it is written: what is missing, and by when an answer is due.

use valise_views::request::{Due, Ends, MOST_DAYS_AFTER};
use valise_views::{Millis, Office, OfficeId};

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
    /// The number of days after which it ends by itself is none.
    NoEnd,
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

/// Reads how many days after its deadline a request ends by itself, as it is typed: 0 with it; empty if it does not.
pub fn ends(typed: &str) -> Result<Ends, Fault> {
    let days = match typed.trim() {
        "" => return Ok(Ends::Never),
        typed => typed.parse::<u32>().ok(),
    };
    match days {
        Some(0) => Ok(Ends::WithDeadline),
        Some(days) if days <= MOST_DAYS_AFTER => Ok(Ends::DaysAfter(days)),
        _ => Err(Fault::NoEnd),
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

/// Whether what is looked for stands in one of these texts, whatever the case; nothing is found everywhere.
pub fn is_found(search: &str, texts: &[&String]) -> bool {
    let search = search.trim().to_lowercase();
    texts
        .iter()
        .any(|text| text.to_lowercase().contains(&search))
}

/// For which office of one's own one asks: what was chosen, else the first of those that one holds.
pub fn asks_for(chosen: Option<&Asker>, held: &[Office]) -> Option<OfficeId> {
    let of = |id: &OfficeId| held.iter().find(|office| office.id == *id);
    match chosen {
        Some(Asker::Oneself) => None,
        Some(Asker::Office(id)) if of(id).is_some() => Some(id.clone()),
        _ => held.first().map(|office| office.id.clone()),
    }
}

/// For whom one asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asker {
    /// For oneself alone.
    Oneself,
    /// For an office of one's own.
    Office(OfficeId),
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

    fn office(id: &str) -> Office {
        Office {
            id: OfficeId(id.into()),
            name: id.into(),
            address: String::new(),
            note: String::new(),
            numbers: String::new(),
            holders: Vec::new(),
            outside: None,
            mine: true,
        }
    }

    #[test]
    fn one_asks_for_the_office_that_one_holds_unless_one_says_so() {
        let held = [office("a"), office("b")];
        let asks = |chosen: Option<Asker>| asks_for(chosen.as_ref(), &held).map(|id| id.0);
        assert_eq!(asks(None).as_deref(), Some("a"));
        let chosen = |id: &str| Some(Asker::Office(OfficeId(id.into())));
        assert_eq!(asks(chosen("b")).as_deref(), Some("b"));
        assert_eq!(asks(chosen("lost")).as_deref(), Some("a"));
        assert_eq!(asks(Some(Asker::Oneself)), None);
        assert_eq!(asks_for(None, &[]), None);
    }

    #[test]
    fn an_office_is_found_by_its_organisation_too() {
        let (name, organisation) = ("Archive".to_owned(), "Harbour Bank".to_owned());
        assert!(is_found(" bank", &[&name, &organisation]));
        assert!(is_found("", &[&name]));
        assert!(!is_found("court", &[&name, &organisation]));
    }

    #[test]
    fn what_says_nothing_is_left_out() {
        assert_eq!(said("  "), None);
        assert_eq!(said(" Art. 21 "), Some("Art. 21".into()));
        assert_eq!(one_line(" a \n b  c"), "a b c");
    }
}
