//! Deadlines in working days: which calendar counts them, and what registrars say of it.

mod say;

use crate::Error;
use crate::state::Cx;
use valise_evidence::Digest;
use valise_evidence::calendar::{Calendar, Day, Offset};
use valise_evidence::request::{Deadline, WorkingDays};
use valise_views::request::{Due, Ends, MOST_DAYS_AFTER};
use valise_views::{Counted, Date, Deadlines, Outcome, Trouble, WorkCalendar};
use valise_wire::Timestamp;

const DAY_MILLIS: u64 = 24 * 60 * 60 * 1_000;
/// Longest time for an answer: ten years.
const MAX_MILLIS: u64 = 3_660 * DAY_MILLIS;
/// How long before its end a calendar is said to end.
const SOON_MILLIS: u64 = 92 * DAY_MILLIS;

impl Cx<'_> {
    /// Returns the calendar of one's own organisation as it was said last, and whether that was so; otherwise one of weekends alone.
    pub(crate) fn calendar(&self, offset_minutes: i32) -> Option<(Calendar, bool)> {
        match self.state.roll.home.deadlines() {
            Some(entry) => Some((entry.said.calendar.clone(), true)),
            None => {
                let plain = Calendar::weekends(self.now, Offset(offset_minutes.into()))?;
                Some((plain, false))
            }
        }
    }

    /// Finds the deadline of what is asked now.
    pub(crate) fn deadline(&self, due: Due, offset_minutes: i32) -> Result<Deadline, Trouble> {
        let found = match due {
            Due::At(at) => (Timestamp(at), None),
            Due::WorkingDays(days) => {
                let (calendar, _) = self.counting(days, offset_minutes)?;
                let due = calendar.due(self.now, days).ok_or(Trouble::CalendarEnds)?;
                let calendar = Digest(calendar.digest());
                (due, Some(WorkingDays { days, calendar }))
            }
        };
        let (due, working) = found;
        if due <= self.now || due.millis_since(self.now) > MAX_MILLIS {
            return Err(Trouble::BadDeadline);
        }
        Ok(Deadline {
            due,
            acknowledge_by: None,
            working,
        })
    }

    /// Finds when a request ends by itself that is due then; none where it does not.
    pub(crate) fn ends(&self, ends: Ends, due: Timestamp) -> Result<Option<Timestamp>, Trouble> {
        let days = match ends {
            Ends::Never => return Ok(None),
            Ends::WithDeadline => 0,
            Ends::DaysAfter(days) if (1..=MOST_DAYS_AFTER).contains(&days) => days,
            Ends::DaysAfter(_) => return Err(Trouble::BadDeadline),
        };
        Ok(Some(due.plus_millis(u64::from(days) * DAY_MILLIS)))
    }

    /// Counts a deadline for somebody who has not asked yet.
    pub(crate) fn count_deadline(
        &mut self,
        number: u64,
        days: u32,
        offset_minutes: i32,
    ) -> Result<(), Error> {
        let deadline = match self.deadline(Due::WorkingDays(days), offset_minutes) {
            Ok(deadline) => deadline,
            Err(trouble) => return self.fail(number, trouble),
        };
        let calendar = self.calendar(offset_minutes);
        let said = calendar.filter(|(_, is_said)| *is_said);
        let counted = Counted {
            due: deadline.due.0,
            calendar: said.map(|(calendar, _)| calendar.name.as_str().to_owned()),
        };
        self.outcome(number, Outcome::Counted(counted));
        Ok(())
    }

    /// Notes that deadlines are counted in another way from now on.
    pub(crate) fn deadlines_changed(&mut self) -> Result<(), Error> {
        self.state.dirty.deadlines = true;
        self.state.dirty.requests = true;
        self.look_at_deadlines()
    }

    /// Returns what is shown of how the organisation counts.
    pub(crate) fn deadlines(&self) -> Deadlines {
        let roll = &self.state.roll;
        let me = self.state.account.as_ref().map(|own| own.account);
        let may_change = me.is_some_and(|me| roll.home.is_registrar(me));
        let Some(entry) = roll.home.deadlines() else {
            return Deadlines {
                may_change,
                ..Deadlines::default()
            };
        };
        let said = &entry.said;
        let end = said.calendar.end_of(said.calendar.known_until);
        Deadlines {
            version: said.version,
            calendar: Some(shown(&said.calendar)),
            ends_soon: end < self.now.plus_millis(SOON_MILLIS),
            remind: said.remind.clone(),
            escalate: said.escalate,
            by: Some(roll.name(said.by)).filter(|name| !name.is_empty()),
            may_change,
        }
    }

    fn counting(&self, days: u32, offset_minutes: i32) -> Result<(Calendar, bool), Trouble> {
        let fits = (1..=valise_evidence::calendar::MAX_DAYS).contains(&days);
        let calendar = fits.then(|| self.calendar(offset_minutes)).flatten();
        calendar.ok_or(Trouble::BadDeadline)
    }
}

fn shown(calendar: &Calendar) -> WorkCalendar {
    let dates = |days: &[Day]| days.iter().map(|day| date(*day)).collect();
    let clocks = calendar.clocks.iter();
    WorkCalendar {
        name: calendar.name.as_str().to_owned(),
        weekend: calendar.weekend.iter().map(|day| day.0).collect(),
        holidays: dates(&calendar.holidays),
        made_up: dates(&calendar.made_up),
        clocks: clocks
            .map(|clocks| (clocks.from.0, clocks.offset.0 as i32))
            .collect(),
        known_until: date(calendar.known_until),
    }
}

fn date(day: Day) -> Date {
    let (year, month, day) = day.date();
    Date { year, month, day }
}

/// Reads a date; none if there is no such day.
fn day(date: &Date) -> Option<Day> {
    Day::of(date.year, date.month, date.day)
}
