//! The week as it is written down.
//!
//! ```text
//! day 2
//! 09:14 helen says duty
//!   en Good morning.
//!   ru Доброе утро.
//! 09:20 tom reads duty
//! ```
//!
//! `day 2` is the day before yesterday; after `today` an act stands at so many minutes before the end (`-35`), because
//! nobody knows at which hour the week will be looked at. Verbs with words (`says`, `answers`, `photo`, `drafts`) have them below, in
//! both languages. What is done with a request (`asks`, `registers`, `works`, `questions`, `parts`, `replies`, `scans`, `refuses`,
//! `confirms`) names it as `cases.rs` does.

use crate::cases;
use crate::cast::{self, Language};
use anyhow::{Context, Result, bail, ensure};
use valise_views::request::ActKind;

/// When something happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// So many days before today, at a minute of the day.
    Day {
        /// Days back.
        back: u32,
        /// Minutes from midnight.
        minute: u32,
    },
    /// So many minutes before the end.
    Before(u32),
}

/// What somebody does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Gets a line to the server.
    Comes,
    /// Loses it.
    Goes,
    /// Writes.
    Says(String),
    /// Writes, answering what somebody else said last.
    Answers(String),
    /// Puts a sign under what somebody else said last.
    Reacts(String),
    /// Sends a picture of a scene.
    Photo {
        /// Which scene.
        scene: String,
        /// Words with it.
        text: String,
    },
    /// Sends the list of hearings.
    Paper(String),
    /// Sees everything in the chat.
    Reads,
    /// Wants to hear nothing of the chat.
    Mutes,
    /// Puts the chat on top.
    Pins,
    /// Begins to write and does not send.
    Drafts(String),
    /// Asks a request.
    Asks,
    /// Does something with one that was asked.
    Formal(Formal),
}

/// What somebody does with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formal {
    /// Gives it the next number of one's own register.
    Registers,
    /// Takes it for himself.
    Works,
    /// Says something formal.
    Says(ActKind, String),
    /// Answers with a paper.
    Scans(String),
    /// Refuses it on these grounds.
    Refuses(String),
    /// Has what was asked for.
    Confirms,
}

/// One act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Where it stands.
    pub line: usize,
    /// When.
    pub when: When,
    /// Who; `everybody` is one act of each.
    pub who: String,
    /// In which chat: a group, a request, or a person for the chat of the two; none for coming and going.
    pub chat: Option<String>,
    /// What.
    pub deed: Deed,
}

/// Reads a script in one of its languages.
pub fn parse(text: &str, language: Language) -> Result<Vec<Act>> {
    let mut acts = Vec::new();
    let mut day = None;
    let mut lines = text.lines().enumerate().peekable();
    while let Some((index, line)) = lines.next() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["day", number] => day = Some(Some(number.parse().context("day")?)),
            ["today"] => day = Some(None),
            [time, who, verb, ref rest @ ..] => {
                let mut said = [None, None];
                while let Some((_, words)) = lines.next_if(|(_, line)| line.starts_with("  ")) {
                    match words.trim().split_once(' ') {
                        Some(("en", words)) => said[0] = Some(words.to_owned()),
                        Some(("ru", words)) => said[1] = Some(words.to_owned()),
                        _ => bail!("line {}: en or ru", index + 2),
                    }
                }
                let act = || -> Result<Act> {
                    Ok(Act {
                        line: index + 1,
                        when: when(day.context("a day comes first")?, time)?,
                        who: known(who)?,
                        chat: chat(rest.first().copied())?,
                        deed: deed(verb, rest, said, language)?,
                    })
                };
                acts.push(act().with_context(|| format!("line {}", index + 1))?);
            }
            _ => bail!("line {}: who does what?", index + 1),
        }
    }
    Ok(acts)
}

fn when(day: Option<u32>, time: &str) -> Result<When> {
    if let Some(back) = day {
        let (hour, minute) = time.split_once(':').context("a time like 09:15")?;
        let (hour, minute): (u32, u32) = (hour.parse()?, minute.parse()?);
        ensure!(hour < 24 && minute < 60, "there is no such time");
        return Ok(When::Day {
            back,
            minute: hour * 60 + minute,
        });
    }
    let minutes = time.strip_prefix('-').context("minutes like -15")?;
    Ok(When::Before(minutes.parse()?))
}

fn known(who: &str) -> Result<String> {
    ensure!(
        who == "everybody" || cast::person(who).is_some(),
        "nobody is called {who}"
    );
    Ok(who.to_owned())
}

fn chat(key: Option<&str>) -> Result<Option<String>> {
    let Some(key) = key else { return Ok(None) };
    ensure!(
        cast::group(key).is_some() || cast::person(key).is_some() || cases::case(key).is_some(),
        "no chat is called {key}"
    );
    Ok(Some(key.to_owned()))
}

fn deed(verb: &str, rest: &[&str], said: [Option<String>; 2], language: Language) -> Result<Deed> {
    let [english, russian] = said;
    ensure!(
        english.is_some() == russian.is_some(),
        "words in both languages"
    );
    let words = match language {
        Language::English => english,
        Language::Russian => russian,
    };
    let takes_words = matches!(verb, "says" | "answers" | "photo" | "drafts" | "paper")
        || matches!(
            verb,
            "questions" | "replies" | "parts" | "scans" | "refuses"
        );
    ensure!(takes_words == words.is_some(), "{verb}: words, or no words");
    let words = words.unwrap_or_default();
    Ok(match (verb, rest) {
        ("comes", []) => Deed::Comes,
        ("goes", []) => Deed::Goes,
        ("says", [_]) => Deed::Says(words),
        ("answers", [_]) => Deed::Answers(words),
        ("reacts", [_, sign]) => Deed::Reacts((*sign).to_owned()),
        ("photo", [_, scene]) => Deed::Photo {
            scene: (*scene).to_owned(),
            text: words,
        },
        ("paper", [_]) => Deed::Paper(words),
        ("reads", [_]) => Deed::Reads,
        ("mutes", [_]) => Deed::Mutes,
        ("pins", [_]) => Deed::Pins,
        ("drafts", [_]) => Deed::Drafts(words),
        ("asks", [case]) if cases::case(case).is_some() => Deed::Asks,
        (verb, [case]) if cases::case(case).is_some() => Deed::Formal(formal(verb, words)?),
        _ => bail!("nobody can {verb} like this"),
    })
}

fn formal(verb: &str, words: String) -> Result<Formal> {
    Ok(match verb {
        "registers" => Formal::Registers,
        "works" => Formal::Works,
        "questions" => Formal::Says(ActKind::Questioned, words),
        "replies" => Formal::Says(ActKind::Answered, words),
        "parts" => Formal::Says(ActKind::PartlyAnswered, words),
        "scans" => Formal::Scans(words),
        "refuses" => Formal::Refuses(words),
        "confirms" => Formal::Confirms,
        _ => bail!("nobody can {verb} a request"),
    })
}
