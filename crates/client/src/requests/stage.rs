//! How near a deadline is, and when it is nearer: by the calendar of one's own organisation, and on the days that it chose.

use valise_directory::deadlines::Deadlines;
use valise_evidence::calendar::{Calendar, Day};
use valise_views::Nearness;
use valise_wire::Timestamp;

/// How long before a deadline it is near where the organisation said nothing: three days.
const SOON_MILLIS: u64 = 3 * 24 * 60 * 60 * 1_000;
/// When on a day people are reminded: at eight by its clocks.
const MORNING_MILLIS: u64 = 8 * 60 * 60 * 1_000;
/// Numbers of stages. The days before come below, so that each keeps its number whatever else is chosen.
const TODAY: i64 = 100;
const OVERDUE: i64 = 101;
const ESCALATED: i64 = 102;

/// From when on a deadline is so near.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stage {
    pub(crate) at: Timestamp,
    /// Higher than that of the one before.
    pub(crate) number: i64,
    pub(crate) nearness: Nearness,
    /// Whether people are reminded then.
    pub(crate) reminds: bool,
}

/// Returns the stages of a deadline, one after the other.
pub(crate) fn stages(said: Option<&Deadlines>, due: Timestamp) -> Vec<Stage> {
    let mut stages = match said {
        Some(said) => before(said, due),
        None => vec![Stage {
            at: Timestamp(due.0.saturating_sub(SOON_MILLIS)),
            number: 0,
            nearness: Nearness::Soon,
            reminds: false,
        }],
    };
    // What is due in the night has no morning before.
    stages.retain(|stage| stage.at < due);
    stages.push(Stage {
        at: due.plus_millis(1),
        number: OVERDUE,
        nearness: Nearness::Overdue,
        reminds: true,
    });
    stages.extend(said.and_then(|said| escalated(said, due)));
    stages
}

/// Returns the stage in which a deadline is.
pub(crate) fn now(stages: &[Stage], now: Timestamp) -> Option<&Stage> {
    stages.iter().rfind(|stage| stage.at <= now)
}

fn before(said: &Deadlines, due: Timestamp) -> Vec<Stage> {
    let calendar = &said.calendar;
    let early = said.remind.iter().rev().map(|days| (*days, Nearness::Soon));
    let all = early.chain([(0, Nearness::Today)]);
    let stage = |(days, nearness): (u32, Nearness)| {
        Some(Stage {
            at: morning(calendar, calendar.before(due, days)?),
            number: TODAY - i64::from(days),
            nearness,
            reminds: true,
        })
    };
    all.filter_map(stage).collect()
}

fn escalated(said: &Deadlines, due: Timestamp) -> Option<Stage> {
    let at = match said.escalate? {
        0 => due.plus_millis(1),
        // Where the calendar has ended, it is told when the deadline is.
        days => said.calendar.due(due, days).unwrap_or(due).plus_millis(1),
    };
    Some(Stage {
        at,
        number: ESCALATED,
        nearness: Nearness::Escalated,
        reminds: true,
    })
}

fn morning(calendar: &Calendar, day: Day) -> Timestamp {
    let yesterday = calendar.end_of(Day(day.0.saturating_sub(1)));
    yesterday.plus_millis(1 + MORNING_MILLIS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use valise_evidence::calendar::Offset;
    use valise_wire::{AccountId, OrganisationId};

    const DAY: u64 = 24 * 60 * 60 * 1_000;

    /// Reminders one and three worked days before, and two days after; by UTC.
    fn said() -> Deadlines {
        Deadlines {
            organisation: OrganisationId([0; 32]),
            version: 1,
            calendar: Calendar::weekends(Timestamp(1_790_000_000_000), Offset(0)).unwrap(),
            remind: vec![1, 3],
            escalate: Some(2),
            at: Timestamp(0),
            by: AccountId([0; 16]),
        }
    }

    #[test]
    fn people_are_reminded_in_the_mornings_of_worked_days() {
        // Tuesday, 29 September 2026, to its end.
        let day = Day::of(2026, 9, 29).unwrap();
        let due = said().calendar.end_of(day);
        let eight = |days: u64| Timestamp((u64::from(day.0) - days) * DAY + MORNING_MILLIS);
        let found = stages(Some(&said()), due);
        let at: Vec<Timestamp> = found.iter().map(|stage| stage.at).collect();
        // Thursday and Monday before, the day, the moment after, and Thursday to its end.
        let escalated = Timestamp((u64::from(day.0) + 3) * DAY);
        let expected = [eight(5), eight(1), eight(0), due.plus_millis(1), escalated];
        assert_eq!(at, expected);
        assert!(found.is_sorted_by_key(|stage| stage.number));
        let nearness = |at| now(&found, at).map(|stage| stage.nearness);
        assert_eq!(nearness(eight(6)), None);
        assert_eq!(nearness(eight(4)), Some(Nearness::Soon));
        assert_eq!(nearness(due), Some(Nearness::Today));
        assert_eq!(nearness(due.plus_millis(1)), Some(Nearness::Overdue));
    }

    #[test]
    fn where_nothing_was_said_nobody_is_reminded_before() {
        let due = Timestamp(1_790_000_000_000);
        let found = stages(None, due);
        let reminds: Vec<bool> = found.iter().map(|stage| stage.reminds).collect();
        assert_eq!(reminds, [false, true]);
    }
}
