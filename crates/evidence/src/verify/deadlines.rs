//! Whether deadlines in working days are what their calendars count.

use super::objects::Objects;
use super::people::People;
use super::{Check, Checks, Fault, Remark, Verdict};
use crate::calendar::{Counted, count_again};

pub(super) fn judge(objects: &Objects, people: &People, checks: Checks, verdict: &mut Verdict) {
    for request in &objects.requests {
        let directory = people.directory_of(request.object.issuer.organisation);
        let counted = directory.and_then(|it| count_again(&request.object, it));
        let (Some(counted), Some(row)) = (counted, verdict.row_of(request.digest)) else {
            continue;
        };
        match counted {
            Counted::Otherwise if checks.on(Check::Deadline) => row.faults.push(Fault::Deadline),
            Counted::Same | Counted::Otherwise => row.remarks.push(Remark::Counted),
            Counted::NoCalendar => row.remarks.push(Remark::CalendarMissing),
        }
    }
}
