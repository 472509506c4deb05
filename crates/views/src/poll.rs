//! Polls: a question to a chat, and who chose what. Votes are by name.

use serde::{Deserialize, Serialize};

/// Most characters of a question.
pub const MAX_QUESTION: usize = 300;
/// Most characters of an option.
pub const MAX_OPTION: usize = 100;
/// Fewest options.
pub const MIN_OPTIONS: usize = 2;
/// Most options.
pub const MAX_OPTIONS: usize = 12;

/// A poll as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Poll {
    /// What is asked.
    pub question: String,
    /// In the order of its author.
    pub options: Vec<Choice>,
    /// Whether one can choose several.
    pub several: bool,
    /// Whether its author has closed it, so that nobody can vote any more.
    pub closed: bool,
    /// People who have voted.
    pub voters: u32,
}

/// One option of a poll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What it says.
    pub text: String,
    /// Names of those who chose it, in the order of their votes.
    pub people: Vec<String>,
    /// Whether oneself did.
    pub mine: bool,
}

impl Poll {
    /// Returns the options that oneself chose.
    pub fn mine(&self) -> Vec<u32> {
        let chosen = |(at, choice): (u32, &Choice)| choice.mine.then_some(at);
        (0..).zip(&self.options).filter_map(chosen).collect()
    }

    /// Returns what oneself has chosen after taking an option, or taking it back.
    pub fn after(&self, option: u32) -> Vec<u32> {
        let mut chosen = self.mine();
        if let Some(at) = chosen.iter().position(|mine| *mine == option) {
            chosen.remove(at);
        } else if self.several {
            chosen.push(option);
            chosen.sort_unstable();
        } else {
            chosen = vec![option];
        }
        chosen
    }

    /// Returns how many of a hundred voters chose an option.
    pub fn percent(&self, option: &Choice) -> u32 {
        let chose = u64::try_from(option.people.len()).unwrap_or(u64::MAX);
        let share = (chose.saturating_mul(200) + u64::from(self.voters))
            .checked_div(2 * u64::from(self.voters));
        u32::try_from(share.unwrap_or(0)).unwrap_or(100).min(100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poll(several: bool, mine: [bool; 3]) -> Poll {
        let choice = |mine| Choice {
            text: "x".into(),
            people: if mine { vec!["Me".into()] } else { Vec::new() },
            mine,
        };
        Poll {
            question: "?".into(),
            options: mine.map(choice).to_vec(),
            several,
            closed: false,
            voters: u32::from(mine.contains(&true)),
        }
    }

    #[test]
    fn an_option_is_taken_and_taken_back() {
        assert_eq!(poll(false, [false; 3]).after(1), [1]);
        assert_eq!(poll(false, [true, false, false]).after(1), [1]);
        assert!(poll(false, [false, true, false]).after(1).is_empty());
        assert_eq!(poll(true, [false, true, false]).after(0), [0, 1]);
        assert_eq!(poll(true, [true, true, false]).after(0), [1]);
    }

    #[test]
    fn shares_are_of_those_who_voted() {
        let mut shown = poll(true, [false, true, false]);
        assert_eq!(shown.percent(&shown.options[1]), 100);
        shown.voters = 3;
        assert_eq!(shown.percent(&shown.options[1]), 33);
        shown.voters = 0;
        assert_eq!(shown.percent(&shown.options[0]), 0);
    }
}
