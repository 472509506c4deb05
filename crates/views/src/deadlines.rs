//! How an organisation counts deadlines: which days it works, and when it reminds.

use crate::Millis;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A day as it stands in a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Date {
    /// Year.
    pub year: i32,
    /// Month, from 1.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
}

impl fmt::Display for Date {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A text that is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoDate;

impl FromStr for Date {
    type Err = NoDate;

    /// Reads `2026-05-09`. Whether there is such a day is for the core to say.
    fn from_str(text: &str) -> Result<Self, NoDate> {
        let mut parts = text.trim().splitn(3, '-');
        let mut next = |length: usize| {
            let part = parts.next().filter(|part| part.len() == length)?;
            let digits = part.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| part.parse::<u16>().ok()).flatten()
        };
        let (year, month, day) = (next(4), next(2), next(2));
        let (Some(year), Some(month), Some(day)) = (year, month, day) else {
            return Err(NoDate);
        };
        Ok(Self {
            year: year.into(),
            month: u8::try_from(month).map_err(|_| NoDate)?,
            day: u8::try_from(day).map_err(|_| NoDate)?,
        })
    }
}

/// Which days an organisation works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkCalendar {
    /// What it is called.
    pub name: String,
    /// Days of the week that are off, 0 for Monday.
    pub weekend: Vec<u8>,
    /// Days that are off besides.
    pub holidays: Vec<Date>,
    /// Days that are worked though they would be off.
    pub made_up: Vec<Date>,
    /// From when on the clocks are how many minutes ahead of UTC, ascending; the first also before its instant.
    pub clocks: Vec<(Millis, i32)>,
    /// Last day of which it knows whether it is worked.
    pub known_until: Date,
}

/// How one's own organisation counts deadlines.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Deadlines {
    /// How often something was said of it; whoever says more names this.
    pub version: u64,
    /// The calendar; none while weekends alone are left out.
    pub calendar: Option<WorkCalendar>,
    /// Whether it knows no more than the next three months.
    pub ends_soon: bool,
    /// How many worked days before a deadline people are reminded, ascending.
    pub remind: Vec<u32>,
    /// How many worked days after it everybody of the office is told.
    pub escalate: Option<u32>,
    /// Who said so.
    pub by: Option<String>,
    /// Whether oneself may say otherwise.
    pub may_change: bool,
}

/// What a registrar says of deadlines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewDeadlines {
    /// [`Deadlines::version`] as he saw it.
    pub former: u64,
    /// The calendar.
    pub calendar: WorkCalendar,
    /// Worked days before a deadline on which people are reminded, 1 to 60, at most five.
    pub remind: Vec<u32>,
    /// Worked days after it until everybody of the office is told, 0 to 60.
    pub escalate: Option<u32>,
}

/// How near the deadline of an open request is, by the calendar of one's own organisation.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Nearness {
    /// Nobody is reminded yet; or it is not open.
    #[default]
    Far,
    /// As near as the organisation wants its people to be reminded; within three days if it said nothing.
    Soon,
    /// It is the day.
    Today,
    /// It has passed.
    Overdue,
    /// It has passed so long ago that everybody of the office is told.
    Escalated,
}

/// A deadline in working days, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// The last instant that is in time.
    pub due: Millis,
    /// Name of the calendar; none if weekends alone are left out.
    pub calendar: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_in_one_way() {
        let date = Date {
            year: 2026,
            month: 5,
            day: 9,
        };
        assert_eq!("2026-05-09".parse(), Ok(date));
        assert_eq!(date.to_string(), "2026-05-09");
        for other in [
            "2026-5-09",
            "26-05-09",
            "2026-05-0é",
            "2026-05",
            "2026-05-09-1",
            "+026-05-09",
        ] {
            assert_eq!(other.parse::<Date>(), Err(NoDate), "{other}");
        }
    }
}
