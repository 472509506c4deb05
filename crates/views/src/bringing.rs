//! Chats that are brought over from another messenger.

use crate::{ChatId, Millis, Trouble};
use serde::{Deserialize, Serialize};

/// The messenger that chats come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OldMessenger {
    /// WhatsApp.
    WhatsApp,
    /// Telegram.
    Telegram,
}

impl OldMessenger {
    /// Returns its name, the same in every language.
    pub fn name(self) -> &'static str {
        match self {
            Self::WhatsApp => "WhatsApp",
            Self::Telegram => "Telegram",
        }
    }
}

/// A file of an export. Its bytes stay with the driver until they are asked for in slices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportFile {
    /// The driver's name for the bytes.
    pub handle: u64,
    /// Its path within what was chosen; a name alone for a single file.
    pub path: String,
    /// Length.
    pub size_bytes: u64,
}

/// What is in an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportPreview {
    /// Where it comes from.
    pub messenger: OldMessenger,
    /// Name of the chat, if there is one chat and the export tells.
    pub title: Option<String>,
    /// Chats in it.
    pub chats: u32,
    /// Messages in it.
    pub messages: u64,
    /// Who wrote, the most talkative first.
    pub writers: Vec<OldWriter>,
    /// Which of them it is whose export it is, if the export tells.
    pub me: Option<String>,
    /// Whether nothing in the export tells if 03/04 is in March or in April, and what is taken for likelier.
    pub unsure_order: Option<DateOrder>,
    /// First and last message, on the clock on the wall.
    pub span: Option<(Millis, Millis)>,
    /// Places that make no sense and will be left out.
    pub left_out: u64,
}

/// Somebody in an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldWriter {
    /// Names them to the core.
    pub key: String,
    /// Their name in the export; nobody vouches for it.
    pub name: String,
    /// Messages that they wrote.
    pub messages: u64,
}

/// In which order day and month stand in an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateOrder {
    /// 31/12
    DayFirst,
    /// 12/31
    MonthFirst,
}

/// How far chats are that are being brought over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bringing {
    /// Where they come from; none before that is known.
    pub messenger: Option<OldMessenger>,
    /// What is being done.
    pub stage: Stage,
    /// What is in the export, as long as it is asked who one is in it.
    pub preview: Option<ExportPreview>,
    /// How much of this stage is done …
    pub done: u64,
    /// … of how much: bytes, or files.
    pub of: u64,
    /// Whether it rests because somebody asked for it.
    pub paused: bool,
    /// Messages that are here by now, those among them that were here before included.
    pub messages: u64,
    /// Those that were here before.
    pub known: u64,
    /// Photos and files that are here.
    pub files: u64,
    /// Photos and files that the export names and does not hold, or that are damaged in it.
    pub missing: u64,
    /// Chats that were brought.
    pub chats: Vec<ChatId>,
    /// The first places that were left out.
    pub left_out: Vec<LeftOut>,
    /// All of them.
    pub left_out_count: u64,
}

/// What is being done with an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// It is read once, to see what is in it.
    Reading,
    /// It waits to be told who one is in it.
    Asking,
    /// Messages come in.
    Messages,
    /// Photos and files come in.
    Files,
    /// All is here.
    Done,
    /// It ended before. What came in stays; the same export again goes on.
    Stopped(Option<Trouble>),
}

/// A place in an export that was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Line of the file with the messages, from 1.
    pub line: u64,
    /// Why.
    pub why: WhyLeftOut,
}

/// Why a place in an export was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum WhyLeftOut {
    /// It is not UTF-8.
    NotUtf8,
    /// It is longer than a message can be.
    TooLong,
    /// It stands before the first message.
    NoMessage,
    /// There is no such day or hour.
    BadDate,
    /// It lacks what a message must have.
    BadMessage,
    /// The file is broken from here on.
    Broken,
    /// The file ends in the middle.
    CutOff,
}

/// What the clock on the wall is ahead of UTC, and since when: summer and winter differ.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WallClock {
    /// Since which instant the clock was ahead by so many minutes; in order.
    pub shifts: Vec<(i64, i32)>,
}

const DAY_MILLIS: i64 = 86_400_000;

impl WallClock {
    /// Asks for the offset at every day between two instants, and for the minute between two days that differ.
    pub fn between(from: i64, until: i64, offset_minutes: impl Fn(i64) -> i32) -> Self {
        let mut shifts = vec![(i64::MIN, offset_minutes(from))];
        let mut day = from;
        while day < until {
            let next = day + DAY_MILLIS;
            let (before, after) = (offset_minutes(day), offset_minutes(next));
            if before != after {
                let (mut low, mut high) = (day, next);
                while high - low > 60_000 {
                    let middle = low + (high - low) / 2;
                    if offset_minutes(middle) == before {
                        low = middle;
                    } else {
                        high = middle;
                    }
                }
                shifts.push((high - high.rem_euclid(60_000), after));
            }
            day = next;
        }
        Self { shifts }
    }

    /// Returns the instant at which the clock showed this. An hour that came twice is the first one.
    pub fn instant(&self, wall: i64) -> i64 {
        let at = |offset: i32| wall - i64::from(offset) * 60_000;
        let mut instant = self.shifts.first().map_or(wall, |(_, offset)| at(*offset));
        for (since, offset) in self.shifts.iter().skip(1) {
            if instant < *since {
                break;
            }
            instant = at(*offset).max(*since);
        }
        instant
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    /// An hour ahead, and two from the 10th to the 20th day.
    fn offset(instant: i64) -> i32 {
        let summer = 10 * DAY_MILLIS + HOUR..20 * DAY_MILLIS + HOUR;
        if summer.contains(&instant) { 120 } else { 60 }
    }

    #[test]
    fn summer_and_winter_are_told_apart() {
        let clock = WallClock::between(0, 40 * DAY_MILLIS, offset);
        assert_eq!(clock.shifts.len(), 3);
        for instant in [
            0,
            5 * DAY_MILLIS,
            10 * DAY_MILLIS + HOUR,
            15 * DAY_MILLIS,
            20 * DAY_MILLIS + 2 * HOUR,
            39 * DAY_MILLIS,
        ] {
            let wall = instant + i64::from(offset(instant)) * 60_000;
            assert_eq!(clock.instant(wall), instant);
        }
    }

    #[test]
    fn an_hour_that_never_was_moves_nothing_back() {
        let clock = WallClock::between(0, 40 * DAY_MILLIS, offset);
        let skipped = 10 * DAY_MILLIS + 2 * HOUR + HOUR / 2;
        assert_eq!(clock.instant(skipped), 10 * DAY_MILLIS + HOUR);
        assert_eq!(WallClock::default().instant(7), 7);
    }
}
