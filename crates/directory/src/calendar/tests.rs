use super::*;
use proptest::prelude::*;

const HOUR: u64 = 60 * 60 * 1000;

fn day(year: i32, month: u8, day: u8) -> Day {
    Day::of(year, month, day).unwrap()
}

/// An instant by UTC.
fn at(date: Day, hours: u64) -> Timestamp {
    Timestamp(u64::from(date.0) * 24 * HOUR + hours * HOUR)
}

/// Berlin's clocks in 2026, New Year, May Day and a Saturday that is worked.
fn berlin() -> Calendar {
    let clocks = |from, minutes| Clocks {
        from,
        offset: Offset(minutes),
    };
    Calendar {
        name: Name::parse("Berlin").unwrap(),
        weekend: vec![Weekday(5), Weekday(6)],
        holidays: vec![day(2026, 1, 1), day(2026, 5, 1)],
        made_up: vec![day(2026, 5, 9)],
        clocks: vec![
            clocks(Timestamp(0), 60),
            clocks(at(day(2026, 3, 29), 1), 120),
            clocks(at(day(2026, 10, 25), 1), 60),
        ],
        known_until: day(2026, 12, 31),
    }
}

#[test]
fn dates_and_weekdays_are_those_of_the_wall() {
    assert_eq!(day(1970, 1, 1), Day(0));
    assert_eq!(day(2000, 2, 29).date(), (2000, 2, 29));
    assert_eq!(day(2026, 11, 29).weekday(), 6);
    for (year, month, of_month) in [
        (2026, 2, 29),
        (2100, 2, 29),
        (2026, 13, 1),
        (2026, 4, 31),
        (1969, 12, 31),
        (2026, 0, 1),
        (2026, 1, 0),
    ] {
        assert_eq!(
            Day::of(year, month, of_month),
            None,
            "{year}-{month}-{of_month}"
        );
    }
}

#[test]
fn weekends_and_holidays_do_not_count_and_made_up_days_do() {
    let calendar = berlin();
    // Thursday 30 April at noon; May Day, a weekend, four days, a Saturday that is worked.
    let from = at(day(2026, 4, 30), 10);
    let ends = |date| Some(Timestamp(at(date, 22).0 - 1));
    assert_eq!(calendar.due(from, 1), ends(day(2026, 5, 4)));
    assert_eq!(calendar.due(from, 5), ends(day(2026, 5, 8)));
    assert_eq!(calendar.due(from, 6), ends(day(2026, 5, 9)));
    assert_eq!(calendar.due(from, 7), ends(day(2026, 5, 11)));
    // Half past eleven at night by UTC is the next day in Berlin.
    let late = at(day(2026, 4, 29), 23);
    assert_eq!(calendar.due(late, 1), ends(day(2026, 5, 4)));
    assert_eq!(
        calendar.due(from, 900),
        None,
        "of what is not known nothing is said"
    );
}

#[test]
fn a_day_ends_by_the_clocks_of_its_end() {
    let calendar = berlin();
    let (spring, autumn) = (day(2026, 3, 29), day(2026, 10, 25));
    assert_eq!(calendar.end_of(spring), Timestamp(at(spring, 22).0 - 1));
    assert_eq!(calendar.end_of(autumn), Timestamp(at(autumn, 23).0 - 1));
    let length = |day: Day| calendar.end_of(day).0 - calendar.end_of(Day(day.0 - 1)).0;
    assert_eq!((length(spring), length(autumn)), (23 * HOUR, 25 * HOUR));
    assert_eq!(calendar.unfit(), None);
}

#[test]
fn where_clocks_go_back_over_midnight_the_day_ends_the_second_time() {
    let mut calendar = berlin();
    let date = day(2026, 6, 10);
    // At 00:30 by the old clocks (+120) it is 23:30 again (+60).
    let change = Timestamp(at(date, 22).0 + HOUR / 2);
    calendar.clocks = vec![
        Clocks {
            from: Timestamp(0),
            offset: Offset(120),
        },
        Clocks {
            from: change,
            offset: Offset(60),
        },
    ];
    assert_eq!(calendar.end_of(date), Timestamp(at(date, 23).0 - 1));
    assert_eq!(calendar.day_of(Timestamp(change.0 - 1)), Day(date.0 + 1));
    assert_eq!(calendar.day_of(change), date);
}

#[test]
fn what_is_no_calendar_is_refused() {
    let broken = |change: fn(&mut Calendar)| {
        let mut calendar = berlin();
        change(&mut calendar);
        calendar.unfit().is_some()
    };
    assert!(broken(|it| it.clocks.clear()));
    assert!(broken(|it| it.clocks.swap(0, 1)));
    assert!(broken(|it| it.clocks[0].offset = Offset(i64::MIN + 1)));
    assert!(broken(|it| it.holidays.reverse()));
    assert!(broken(|it| it.weekend = (0..7).map(Weekday).collect()));
}

#[test]
fn worked_days_before_a_deadline_are_counted_back() {
    let calendar = berlin();
    // Tuesday after Easter Monday is worked, as are Thursday and Friday before.
    let tuesday = calendar.end_of(day(2026, 4, 7));
    let before = |days| calendar.before(tuesday, days).unwrap().date();
    assert_eq!(before(0), (2026, 4, 7));
    assert_eq!((before(1), before(3)), ((2026, 4, 6), (2026, 4, 2)));
}

#[test]
fn where_nothing_was_said_weekends_are_off_by_the_clocks_of_the_place() {
    // Friday, 27 November 2026, 22:30 UTC: a Saturday already where clocks are two hours ahead.
    let friday = Timestamp(1_795_818_600_000);
    let due = |minutes| {
        let calendar = Calendar::weekends(friday, Offset(minutes))?;
        Some(calendar.day_of(calendar.due(friday, 1)?).date())
    };
    assert_eq!(
        (due(0), due(120)),
        (Some((2026, 11, 30)), Some((2026, 11, 30)))
    );
}

proptest! {
    #[test]
    fn every_day_has_one_date(days in 0u32..4_000_000) {
        let (year, month, of_month) = Day(days).date();
        prop_assert_eq!(Day::of(year, month, of_month), Some(Day(days)));
        prop_assert!((1..=12).contains(&month) && (1..=31).contains(&of_month));
    }

    #[test]
    fn days_follow_each_other_and_more_time_is_never_less(from: u32, days in 1u32..200) {
        let calendar = Calendar { known_until: Day(u32::MAX), ..berlin() };
        let from = Timestamp(u64::from(from) * 1000);
        let (one, more) = (calendar.due(from, days).unwrap(), calendar.due(from, days + 1).unwrap());
        prop_assert!(from < one && one < more);
        prop_assert!(calendar.works_on(calendar.day_of(one)));
        prop_assert_eq!(calendar.end_of(calendar.day_of(one)), one);
    }

    #[test]
    fn no_instant_ends_the_program(at: u64, day: u32, days in 0u32..5) {
        let calendar = berlin();
        let _ = (calendar.day_of(Timestamp(at)), calendar.end_of(Day(day)), calendar.due(Timestamp(at), days));
    }
}
