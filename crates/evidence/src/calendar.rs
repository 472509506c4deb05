//! Which days are worked: the calendar of an organisation as something that deadlines name, and counting again.

use crate::{Breach, Digest, Object, Request};
use valise_directory::Directory;
pub use valise_directory::calendar::{Calendar, Clocks, Day, MAX_DAYS, Offset, Weekday};
use valise_wire::Timestamp;

/// How far clocks are from UTC anywhere, in quarters of an hour.
const QUARTERS: std::ops::RangeInclusive<i64> = -48..=56;

impl Object for Calendar {
    const TYPE: &'static str = "application/valise-calendar";

    fn check(&self) -> Result<(), Breach> {
        match self.unfit() {
            Some(field) => Err(Breach::Field(field)),
            None => Ok(()),
        }
    }
}

/// What comes of counting a deadline again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// It is the instant that stands there.
    Same,
    /// It is another one, or the calendar does not reach so far.
    Otherwise,
    /// The calendar is not there, or did not stand in the log when the request was signed.
    NoCalendar,
}

/// Counts a deadline in working days again, by the calendar that it names; none if it was found in another way.
pub fn count_again(request: &Request, directory: &Directory) -> Option<Counted> {
    let working = request.deadline.working.as_ref()?;
    let said = directory.calendar(&working.calendar.0, request.issuer.directory);
    let plain;
    let calendar = match said {
        Some(said) => said,
        None => match weekends_of(working.calendar, request.issued_at) {
            Some(found) => {
                plain = found;
                &plain
            }
            None => return Some(Counted::NoCalendar),
        },
    };
    let due = calendar.due(request.issued_at, working.days);
    Some(if due == Some(request.deadline.due) {
        Counted::Same
    } else {
        Counted::Otherwise
    })
}

/// Finds the calendar of weekends alone that has a digest, by whatever clocks.
fn weekends_of(digest: Digest, at: Timestamp) -> Option<Calendar> {
    let mut plain = QUARTERS.filter_map(|quarters| Calendar::weekends(at, Offset(quarters * 15)));
    plain.find(|calendar| calendar.digest() == digest.0)
}
