//! The oracle outside of the system: what people wrote and what they saw in the end.
//!
//! It knows nothing of rooms or epochs. A chat is a name, a message is who wrote it and the text, and every text is
//! written once. What is right is counted in six numbers that must all be zero.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Whoever writes and reads.
pub type Name = &'static str;

/// One message as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Where.
    pub chat: String,
    /// By whom.
    pub author: Name,
    /// What; unique in the whole journal.
    pub text: String,
    /// Who must see it in the end.
    pub entitled: BTreeSet<Name>,
}

/// One message as it stands on somebody's screen in the end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seen {
    /// By whom it claims to be.
    pub author: String,
    /// What it says.
    pub text: String,
}

/// What a group looks like from one device in the end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Roster {
    /// Names of the people in it.
    pub people: BTreeSet<String>,
    /// Whether the device believes to be in it and can write.
    pub may_send: bool,
}

/// Everything that was written and seen.
#[derive(Debug, Default)]
pub struct Journal {
    written: Vec<Written>,
    seen: BTreeMap<(Name, String), Vec<Seen>>,
    rosters: BTreeMap<String, BTreeMap<Name, Roster>>,
    stuck: Vec<String>,
}

/// The six numbers of a run, with what was found behind each.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Written, and missing at somebody entitled.
    pub lost: Vec<String>,
    /// Seen twice by one person.
    pub doubled: Vec<String>,
    /// One author's messages in another order than he wrote them, or two people's orders that differ.
    pub reordered: Vec<String>,
    /// Seen, and never written so by that author in that chat.
    pub phantom: Vec<String>,
    /// People in one chat who disagree about who is in it.
    pub forked: Vec<String>,
    /// Things that did not come to an end.
    pub stuck: Vec<String>,
}

impl Journal {
    /// Notes that somebody wrote something.
    pub fn wrote(
        &mut self,
        chat: &str,
        author: Name,
        text: &str,
        entitled: impl IntoIterator<Item = Name>,
    ) {
        self.written.push(Written {
            chat: chat.into(),
            author,
            text: text.into(),
            entitled: entitled.into_iter().collect(),
        });
    }

    /// Notes what stands on somebody's screen in the end, in order, without notices.
    pub fn saw(&mut self, who: Name, chat: &str, messages: Vec<Seen>) {
        self.seen.insert((who, chat.into()), messages);
    }

    /// Notes what a chat looks like from a device of somebody who should be in it.
    pub fn roster(&mut self, chat: &str, who: Name, roster: Roster) {
        self.rosters
            .entry(chat.into())
            .or_default()
            .insert(who, roster);
    }

    /// Notes that something did not come to an end.
    pub fn stuck(&mut self, what: impl Into<String>) {
        self.stuck.push(what.into());
    }

    /// Counts.
    pub fn verdict(&self) -> Verdict {
        let mut verdict = Verdict {
            stuck: self.stuck.clone(),
            ..Verdict::default()
        };
        self.find_lost(&mut verdict);
        for ((who, chat), messages) in &self.seen {
            self.check_screen(who, chat, messages, &mut verdict);
        }
        self.compare_orders(&mut verdict);
        self.compare_rosters(&mut verdict);
        verdict
    }

    fn find_lost(&self, verdict: &mut Verdict) {
        for written in &self.written {
            for who in &written.entitled {
                let screen = self.seen.get(&(*who, written.chat.clone()));
                if !screen.is_some_and(|messages| {
                    messages.iter().any(|message| message.text == written.text)
                }) {
                    verdict.lost.push(format!(
                        "{who} misses in {}: {} by {}",
                        written.chat, written.text, written.author
                    ));
                }
            }
        }
    }

    fn check_screen(&self, who: Name, chat: &str, messages: &[Seen], verdict: &mut Verdict) {
        let mut before = BTreeSet::new();
        let mut last_place: BTreeMap<&str, usize> = BTreeMap::new();
        for message in messages {
            if !before.insert(message) {
                verdict
                    .doubled
                    .push(format!("{who} sees twice in {chat}: {}", message.text));
            }
            let place = self.written.iter().position(|written| {
                written.chat == chat
                    && written.author == message.author
                    && written.text == message.text
            });
            let Some(place) = place else {
                verdict.phantom.push(format!(
                    "{who} sees in {chat}: {} by {}",
                    message.text, message.author
                ));
                continue;
            };
            if last_place
                .insert(&message.author, place)
                .is_some_and(|last| last > place)
            {
                verdict.reordered.push(format!(
                    "{who} sees in {chat} too late: {} by {}",
                    message.text, message.author
                ));
            }
        }
    }

    /// The hub orders everything, so two screens may differ in what they have and never in the order of what both have.
    fn compare_orders(&self, verdict: &mut Verdict) {
        for ((one, chat), first) in &self.seen {
            for ((other, _), second) in self
                .seen
                .iter()
                .filter(|((other, there), _)| there == chat && other > one)
            {
                let places: BTreeMap<_, _> = second
                    .iter()
                    .enumerate()
                    .map(|(place, message)| (&message.text, place))
                    .collect();
                let common: Vec<_> = first
                    .iter()
                    .filter_map(|message| places.get(&message.text))
                    .collect();
                if !common.is_sorted() {
                    verdict
                        .reordered
                        .push(format!("{one} and {other} see {chat} in different orders"));
                }
            }
        }
    }

    fn compare_rosters(&self, verdict: &mut Verdict) {
        for (chat, rosters) in &self.rosters {
            let different: BTreeSet<_> = rosters.values().collect();
            if different.len() > 1 {
                verdict.forked.push(format!("{chat}: {rosters:?}"));
            }
            for (who, _) in rosters.iter().filter(|(_, roster)| !roster.may_send) {
                verdict.stuck.push(format!("{who} cannot write in {chat}"));
            }
        }
    }
}

impl Verdict {
    /// Tells whether all six are zero.
    pub fn is_clean(&self) -> bool {
        *self == Self::default()
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            ("lost", &self.lost),
            ("doubled", &self.doubled),
            ("reordered", &self.reordered),
            ("phantom", &self.phantom),
            ("forked", &self.forked),
            ("stuck", &self.stuck),
        ];
        for (name, found) in parts {
            writeln!(out, "{name}: {}", found.len())?;
            found
                .iter()
                .take(5)
                .try_for_each(|line| writeln!(out, "  {line}"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(messages: &[(&str, &str)]) -> Vec<Seen> {
        messages
            .iter()
            .map(|(author, text)| Seen {
                author: (*author).into(),
                text: (*text).into(),
            })
            .collect()
    }

    fn journal() -> Journal {
        let mut journal = Journal::default();
        for (author, text) in [("ada", "one"), ("boris", "two"), ("ada", "three")] {
            journal.wrote("team", author, text, ["ada", "boris"]);
        }
        for who in ["ada", "boris"] {
            journal.saw(
                who,
                "team",
                seen(&[("ada", "one"), ("boris", "two"), ("ada", "three")]),
            );
            journal.roster(
                "team",
                who,
                Roster {
                    people: ["ada".into(), "boris".into()].into(),
                    may_send: true,
                },
            );
        }
        journal
    }

    #[test]
    fn what_is_right_counts_zero() {
        assert!(journal().verdict().is_clean());
    }

    #[test]
    fn each_of_the_six_is_found() {
        let found = |screen: &[(&str, &str)]| {
            let mut journal = journal();
            journal.saw("boris", "team", seen(screen));
            journal.verdict()
        };
        assert_eq!(found(&[("ada", "one"), ("boris", "two")]).lost.len(), 1);
        assert_eq!(
            found(&[
                ("ada", "one"),
                ("boris", "two"),
                ("ada", "three"),
                ("ada", "three")
            ])
            .doubled
            .len(),
            1
        );
        assert_eq!(
            found(&[("ada", "three"), ("boris", "two"), ("ada", "one")])
                .reordered
                .len(),
            2
        );
        assert_eq!(
            found(&[("boris", "two"), ("ada", "one"), ("ada", "three")])
                .reordered
                .len(),
            1
        );
        assert_eq!(
            found(&[("ada", "one"), ("ada", "two"), ("ada", "three")])
                .phantom
                .len(),
            1
        );

        let mut forked = journal();
        forked.roster(
            "team",
            "boris",
            Roster {
                people: ["boris".into()].into(),
                may_send: true,
            },
        );
        assert_eq!(forked.verdict().forked.len(), 1);

        let mut stuck = journal();
        stuck.stuck("ada waits for an answer");
        assert_eq!(stuck.verdict().stuck.len(), 1);
    }
}
