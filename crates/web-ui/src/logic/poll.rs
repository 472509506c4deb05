//! A poll while it is written.

use valise_views::poll::{MAX_OPTIONS, MIN_OPTIONS};

/// Why a poll cannot be sent yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing is asked.
    NoQuestion,
    /// There is too little to choose from.
    FewOptions,
    /// Two options say the same.
    SameOptions,
}

/// The options that say something.
pub fn said(typed: &[String]) -> Vec<String> {
    let options = typed.iter().map(|option| option.trim());
    let said = options.filter(|option| !option.is_empty());
    said.map(ToOwned::to_owned).collect()
}

/// Says what is wrong with a poll, if anything is.
pub fn fault(question: &str, typed: &[String]) -> Option<Fault> {
    let options = said(typed);
    let repeated = |(at, option): (usize, &String)| options[..at].contains(option);
    if question.trim().is_empty() {
        Some(Fault::NoQuestion)
    } else if options.len() < MIN_OPTIONS {
        Some(Fault::FewOptions)
    } else if options.iter().enumerate().any(repeated) {
        Some(Fault::SameOptions)
    } else {
        None
    }
}

/// Adds an empty field behind the last one once that says something, as long as there may be another.
pub fn grown(typed: &mut Vec<String>) {
    let is_full = typed.last().is_some_and(|last| !last.trim().is_empty());
    if is_full && typed.len() < MAX_OPTIONS {
        typed.push(String::new());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(options: &[&str]) -> Vec<String> {
        options.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_poll_asks_something_and_offers_a_choice() {
        assert_eq!(fault(" ", &typed(&["a", "b"])), Some(Fault::NoQuestion));
        assert_eq!(fault("?", &typed(&["a", " "])), Some(Fault::FewOptions));
        let same = typed(&["a", "b", " a"]);
        assert_eq!(fault("?", &same), Some(Fault::SameOptions));
        assert_eq!(fault("?", &typed(&["", "a", " ", "b"])), None);
        assert_eq!(said(&typed(&["", " a", "b "])), ["a", "b"]);
    }

    #[test]
    fn there_is_a_field_more_until_there_are_enough() {
        let mut options = typed(&["a", "b"]);
        grown(&mut options);
        assert_eq!(options, ["a", "b", ""]);
        grown(&mut options);
        assert_eq!(options.len(), 3);
        let mut all = vec!["a".to_owned(); MAX_OPTIONS];
        grown(&mut all);
        assert_eq!(all.len(), MAX_OPTIONS);
    }
}
