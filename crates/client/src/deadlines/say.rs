//! What a registrar says of deadlines.

use super::{date, day};
use crate::Error;
use crate::asked::Purpose;
use crate::state::Cx;
use valise_directory::Name;
use valise_directory::deadlines::{self, Plan};
use valise_evidence::calendar::{Calendar, Clocks, Day, Offset, Weekday};
use valise_import::days;
use valise_views::{Date, NewDeadlines, Outcome, Trouble, WorkCalendar};
use valise_wire::Timestamp;
use valise_wire::request::Publish;

impl Cx<'_> {
    /// Says which days are worked, and when people are reminded.
    pub(crate) fn set_deadlines(&mut self, number: u64, new: NewDeadlines) -> Result<(), Error> {
        if let Some(trouble) = self.registrar_trouble(true) {
            return self.fail(number, trouble);
        }
        let former = self.state.roll.home.deadlines();
        if former.map_or(0, |entry| entry.said.version) != new.former {
            return self.fail(number, Trouble::Overtaken);
        }
        let Some(calendar) = calendar(&new.calendar) else {
            return self.fail(number, Trouble::BadCalendar);
        };
        let plan = Plan {
            former: new.former,
            calendar,
            remind: new.remind,
            escalate: new.escalate,
        };
        let now = self.now;
        let account = self.account()?;
        match account.as_issuer(|issuer| deadlines::deadlines(issuer, plan, now)) {
            Ok(statement) => self.ask_home(Purpose::Say { number }, Publish { statement }),
            Err(_) => self.fail(number, Trouble::BadCalendar),
        }
    }

    /// Reads days that a person has from elsewhere.
    pub(crate) fn read_days(&mut self, number: u64, text: &str) -> Result<(), Error> {
        let Some(found) = days::read(text) else {
            return self.fail(number, Trouble::BadText);
        };
        let days = found.days.into_iter().map(|it| date(Day(it))).collect();
        let skipped = found.skipped;
        self.outcome(number, Outcome::Days { days, skipped });
        Ok(())
    }
}

fn calendar(given: &WorkCalendar) -> Option<Calendar> {
    let days = |dates: &[Date]| {
        let days: Option<Vec<Day>> = dates.iter().map(day).collect();
        days.map(ordered)
    };
    let weekend = given.weekend.iter().map(|it| Weekday(*it)).collect();
    let clocks = given.clocks.iter().map(|(from, minutes)| Clocks {
        from: Timestamp(*from),
        offset: Offset((*minutes).into()),
    });
    let calendar = Calendar {
        name: Name::typed(&given.name).ok()?,
        weekend: ordered(weekend),
        holidays: days(&given.holidays)?,
        made_up: days(&given.made_up)?,
        clocks: clocks.collect(),
        known_until: day(&given.known_until)?,
    };
    let is_week = calendar.weekend.iter().all(|day| day.0 < 7);
    (is_week && calendar.unfit().is_none()).then_some(calendar)
}

fn ordered<T: Ord>(mut values: Vec<T>) -> Vec<T> {
    values.sort_unstable();
    values.dedup();
    values
}
