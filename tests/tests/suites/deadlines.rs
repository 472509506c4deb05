//! Deadlines in working days: by which calendar they are counted, on whose word.

use super::offices::Pair;
use valise_tests::sim::World;
use valise_views::request::{Due, NewRequest};
use valise_views::{
    Command, Counted, Date, Deadlines, NewDeadlines, Outcome, Shown, Trouble, View, WorkCalendar,
};

/// The same two of either side as with offices; every device has something to sign with.
pub fn pair(seed: u64) -> Pair {
    let mut pair = super::offices::pair(seed);
    pair.world.advance(60_000);
    pair
}

pub fn date(year: i32, month: u8, day: u8) -> Date {
    Date { year, month, day }
}

/// A calendar by the clocks of Kyiv in winter.
pub fn calendar(holidays: &[Date]) -> WorkCalendar {
    WorkCalendar {
        name: "Ministry".into(),
        weekend: vec![5, 6],
        holidays: holidays.to_vec(),
        made_up: Vec::new(),
        clocks: vec![(0, 120)],
        known_until: date(2027, 12, 31),
    }
}

pub fn said(former: u64, calendar: WorkCalendar) -> Command {
    Command::SetDeadlines(Box::new(NewDeadlines {
        former,
        calendar,
        remind: vec![1, 3],
        escalate: Some(2),
    }))
}

impl Pair {
    fn counted(&mut self, days: u32) -> Counted {
        let count = Command::CountDeadline {
            days,
            offset_minutes: 120,
        };
        match self.world.tell(self.boris, count) {
            Outcome::Counted(counted) => counted,
            other => panic!("{other:?}"),
        }
    }

    fn deadlines(&mut self) -> Deadlines {
        match self.world.look(self.boris, View::Deadlines) {
            Shown::Deadlines(shown) => *shown,
            other => panic!("{other:?}"),
        }
    }

    /// Boris asks Dora, due in so many working days; returns the chat and when that is.
    fn asks_in(&mut self, subject: &str, days: u32) -> (valise_views::ChatId, u64) {
        let dora = self.world.find_person(self.boris, "dora@bank.example");
        let request = NewRequest {
            due: Due::WorkingDays(days),
            ..World::request_to(dora, subject)
        };
        let chat = self.world.asks(self.boris, request);
        let due = self.world.opens(self.boris, &chat).row.due;
        (chat, due)
    }
}

#[test]
fn what_a_registrar_says_counts_from_then_on_for_everybody() {
    let mut pair = pair(1);
    assert_eq!(pair.deadlines(), Deadlines::default());
    let plain = pair.counted(5);
    assert_eq!(plain.calendar, None);
    let (_, before) = pair.asks_in("before", 5);
    assert_eq!(before, plain.due);

    // Every day off that the plain count took for worked.
    let off: Vec<Date> = (1..=9)
        .map(|days| day_after(pair.world.now.0, days))
        .collect();
    assert_eq!(
        pair.world.tell(pair.anna, said(0, calendar(&off))),
        Outcome::Done
    );
    pair.world.settle();
    let now = pair.deadlines();
    assert_eq!((now.version, now.remind), (1, vec![1, 3]));
    assert_eq!(now.by.as_deref(), Some("Anna"));
    assert!(!now.may_change && !now.ends_soon);
    let counted = pair.counted(5);
    assert_eq!(counted.calendar.as_deref(), Some("Ministry"));
    assert!(counted.due > plain.due);
    let (_, after) = pair.asks_in("after", 5);
    assert_eq!(after, counted.due);
    let rows = pair
        .world
        .requests(pair.dora, valise_views::RequestFilter::Open);
    let dues: Vec<u64> = rows.iter().map(|row| row.due).collect();
    assert_eq!(dues, [before, after], "what was asked before stays due");
}

#[test]
fn t190_a_partner_that_changes_its_calendar_moves_no_deadline() {
    let mut pair = pair(2);
    let said_now = said(0, calendar(&[]));
    assert_eq!(pair.world.tell(pair.anna, said_now), Outcome::Done);
    pair.world.settle();
    let (_, due) = pair.asks_in("the account of Mr. Petrov", 4);
    let off: Vec<Date> = (1..=30)
        .map(|days| day_after(pair.world.now.0, days))
        .collect();
    assert_eq!(
        pair.world.tell(pair.anna, said(1, calendar(&off))),
        Outcome::Done
    );
    assert_eq!(
        pair.world.tell(pair.clara, said(0, calendar(&off))),
        Outcome::Done
    );
    pair.world.advance(60_000);
    for who in [pair.boris, pair.dora] {
        let rows = pair.world.requests(who, valise_views::RequestFilter::Open);
        assert_eq!(rows[0].due, due);
    }
}

#[test]
fn only_registrars_say_it_and_each_on_what_he_saw() {
    let mut pair = pair(3);
    let refused = |outcome| assert_eq!(outcome, Outcome::Failed(Trouble::NotAllowed));
    refused(pair.world.tell(pair.boris, said(0, calendar(&[]))));
    let no_day = calendar(&[date(2026, 2, 30)]);
    assert_eq!(
        pair.world.tell(pair.anna, said(0, no_day)),
        Outcome::Failed(Trouble::BadCalendar)
    );
    assert_eq!(
        pair.world.tell(pair.anna, said(0, calendar(&[]))),
        Outcome::Done
    );
    pair.world.settle();
    assert_eq!(
        pair.world.tell(pair.anna, said(0, calendar(&[]))),
        Outcome::Failed(Trouble::Overtaken)
    );
    // A calendar that has come to its end counts no days.
    let ended = WorkCalendar {
        known_until: day_after(pair.world.now.0, 3),
        ..calendar(&[])
    };
    assert_eq!(pair.world.tell(pair.anna, said(1, ended)), Outcome::Done);
    pair.world.settle();
    assert!(pair.deadlines().ends_soon);
    let count = Command::CountDeadline {
        days: 30,
        offset_minutes: 120,
    };
    assert_eq!(
        pair.world.tell(pair.boris, count),
        Outcome::Failed(Trouble::CalendarEnds)
    );
}

#[test]
fn days_are_read_from_a_file_or_a_list() {
    let mut pair = pair(4);
    let text = "2027-01-01 New Year\n7.1.2027\nsoon".to_owned();
    let read = pair.world.tell(pair.boris, Command::ReadDays { text });
    let days = vec![date(2027, 1, 1), date(2027, 1, 7)];
    assert_eq!(read, Outcome::Days { days, skipped: 1 });
}

/// Returns the date of so many days after an instant, by UTC.
fn day_after(at: u64, days: u64) -> Date {
    let day = valise_evidence::calendar::Day((at / 86_400_000 + days) as u32);
    let (year, month, day) = day.date();
    date(year, month, day)
}
