//! What can be typed of the organisation's calendar.

use clap::{Args, ValueEnum};
use std::path::PathBuf;
use valise_views::Date;

/// What becomes of the calendar; without anything it is shown.
#[derive(Args)]
pub struct SetCalendar {
    /// What it is called
    #[arg(long)]
    pub name: Option<String>,
    /// Days of the week that are off, with commas between
    #[arg(long, value_enum, value_delimiter = ',', value_name = "DAYS")]
    pub weekend: Option<Vec<Weekday>>,
    /// Days off, all of them: a file of a calendar program (.ics), or dates one a line
    #[arg(long, value_name = "FILE")]
    pub holidays: Option<PathBuf>,
    /// Days that are worked though they would be off, in such a file
    #[arg(long, value_name = "FILE")]
    pub worked: Option<PathBuf>,
    /// The last day that the calendar knows of
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub until: Option<Date>,
    /// Working days before a deadline on which people are reminded, with commas between
    #[arg(long, value_delimiter = ',', value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=60))]
    pub remind: Option<Vec<u32>>,
    /// Remind nobody before a deadline
    #[arg(long, conflicts_with = "remind")]
    pub no_reminders: bool,
    /// Working days after a deadline until everybody of the office is told
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(0..=60))]
    pub escalate: Option<u32>,
    /// Tell nobody besides whoever works on it
    #[arg(long, conflicts_with = "escalate")]
    pub no_escalation: bool,
}

impl SetCalendar {
    /// Tells whether anything is to be changed.
    pub fn changes(&self) -> bool {
        self.name.is_some()
            || self.weekend.is_some()
            || self.holidays.is_some()
            || self.worked.is_some()
            || self.until.is_some()
            || self.remind.is_some()
            || self.escalate.is_some()
            || self.no_reminders
            || self.no_escalation
    }
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Weekday {
    /// Monday
    Mon,
    /// Tuesday
    Tue,
    /// Wednesday
    Wed,
    /// Thursday
    Thu,
    /// Friday
    Fri,
    /// Saturday
    Sat,
    /// Sunday
    Sun,
}

fn date(text: &str) -> Result<Date, String> {
    text.parse()
        .map_err(|_| format!("'{text}' is no day: write 2027-12-31"))
}
