//! Calendars and what is counted by them: `deadlines-good.txt` and `deadlines-bad.txt`.

use super::text::{File, lines};
use valise_directory::Name;
use valise_directory::calendar::{Calendar, Clocks, Day, Offset, Weekday};
use valise_wire::{Timestamp, from_bytes, to_bytes};

const HOUR: u64 = 60 * 60 * 1000;

fn day(year: i32, month: u8, day: u8) -> Day {
    Day::of(year, month, day).unwrap()
}

/// An instant by UTC.
fn at(date: Day, minutes: u64) -> Timestamp {
    Timestamp(u64::from(date.0) * 24 * HOUR + minutes * 60_000)
}

fn clocks(from: Timestamp, minutes: i64) -> Clocks {
    Clocks {
        from,
        offset: Offset(minutes),
    }
}

fn calendar(name: &str, weekend: &[u8], rows: Vec<Clocks>) -> Calendar {
    Calendar {
        name: Name::parse(name).unwrap(),
        weekend: weekend.iter().copied().map(Weekday).collect(),
        holidays: Vec::new(),
        made_up: Vec::new(),
        clocks: rows,
        known_until: day(2027, 12, 31),
    }
}

/// A calendar, what it is for, and what is asked of it.
struct Counted {
    why: &'static str,
    name: &'static str,
    calendar: Calendar,
    /// From which instant, and how many worked days.
    due: Vec<(Timestamp, u32)>,
    /// Of which days the end.
    ends: Vec<Day>,
    /// Before which instant, and how many worked days.
    before: Vec<(Timestamp, u32)>,
}

fn all() -> Vec<Counted> {
    vec![
        weekends(),
        holidays(),
        berlin(),
        midnight(),
        apia(),
        friday(),
    ]
}

/// Friday, 27 November 2026, at 22:30 by UTC.
fn weekends() -> Counted {
    let from = at(day(2026, 11, 27), 22 * 60 + 30);
    Counted {
        why: "What counts where nothing was said, made on Friday, 27 November 2026, at 22:30 by UTC, with clocks three hours ahead: it is Saturday there.",
        name: "weekends",
        calendar: Calendar::weekends(from, Offset(180)).unwrap(),
        due: vec![(from, 1), (from, 5), (from, 1_000)],
        ends: vec![day(2026, 11, 27), day(2026, 11, 28)],
        before: vec![(from, 0), (from, 1), (from, 6)],
    }
}

fn holidays() -> Counted {
    let mut it = calendar("Holidays", &[5, 6], vec![clocks(Timestamp(0), 0)]);
    it.holidays = vec![day(2026, 5, 1), day(2026, 5, 4), day(2026, 12, 25)];
    it.made_up = vec![day(2026, 5, 9), day(2026, 12, 25)];
    it.known_until = day(2026, 12, 31);
    let thursday = at(day(2026, 4, 30), 12 * 60);
    let last = at(day(2026, 12, 28), 0);
    Counted {
        why: "1 and 4 May are off, Saturday 9 May is made up for, and so is Christmas, a Friday that is named as a holiday, too. Thursday 30 April at noon.",
        name: "holidays",
        calendar: it,
        due: vec![
            (thursday, 1),
            (thursday, 5),
            (thursday, 6),
            (at(day(2026, 5, 1), 0), 1),
            (at(day(2026, 12, 24), 23 * 60), 1),
            (last, 3),
        ],
        ends: vec![day(2026, 5, 1)],
        before: vec![
            (at(day(2026, 5, 11), 9 * 60), 1),
            (at(day(2026, 5, 11), 9 * 60), 5),
        ],
    }
}

fn berlin() -> Counted {
    let rows = vec![
        clocks(Timestamp(0), 60),
        clocks(at(day(2026, 3, 29), 60), 120),
        clocks(at(day(2026, 10, 25), 60), 60),
    ];
    Counted {
        why: "Clocks are put forward on Sunday, 29 March 2026, and back on Sunday, 25 October: these days have 23 and 25 hours.",
        name: "berlin",
        calendar: calendar("Berlin", &[5, 6], rows),
        due: vec![
            (at(day(2026, 3, 26), 23 * 60 - 1), 1),
            (at(day(2026, 3, 26), 23 * 60), 1),
            (at(day(2026, 10, 23), 22 * 60 - 1), 1),
            (at(day(2026, 10, 23), 22 * 60), 1),
        ],
        ends: vec![
            day(2026, 3, 28),
            day(2026, 3, 29),
            day(2026, 3, 30),
            day(2026, 10, 24),
            day(2026, 10, 25),
            day(2026, 10, 26),
        ],
        before: vec![(at(day(2026, 3, 30), 0), 1)],
    }
}

fn midnight() -> Counted {
    let rows = vec![
        clocks(Timestamp(0), 120),
        clocks(at(day(2026, 3, 27), 22 * 60), 180),
        clocks(at(day(2026, 10, 28), 21 * 60), 120),
    ];
    Counted {
        why: "At midnight before Saturday, 28 March 2026, clocks are put forward by an hour: that day begins at one. At midnight after Wednesday, 28 October, they are put back: that day's last hour comes twice.",
        name: "midnight",
        calendar: calendar("Midnight", &[4, 5], rows),
        due: vec![
            (at(day(2026, 3, 26), 12 * 60), 1),
            (at(day(2026, 10, 27), 12 * 60), 1),
            (at(day(2026, 10, 28), 20 * 60 + 59), 1),
            (at(day(2026, 10, 28), 21 * 60), 1),
            (at(day(2026, 10, 28), 22 * 60), 1),
        ],
        ends: vec![
            day(2026, 3, 27),
            day(2026, 3, 28),
            day(2026, 10, 27),
            day(2026, 10, 28),
        ],
        before: Vec::new(),
    }
}

fn apia() -> Counted {
    let rows = vec![
        clocks(Timestamp(0), -600),
        clocks(at(day(2026, 12, 30), 10 * 60), 840),
    ];
    Counted {
        why: "Clocks are put forward by a whole day: there is no 30 December, and its last instant is that of the 29th.",
        name: "apia",
        calendar: calendar("Apia", &[6], rows),
        due: vec![
            (at(day(2026, 12, 28), 20 * 60), 1),
            (at(day(2026, 12, 28), 20 * 60), 2),
            (at(day(2026, 12, 28), 20 * 60), 3),
        ],
        ends: vec![day(2026, 12, 29), day(2026, 12, 30), day(2026, 12, 31)],
        before: Vec::new(),
    }
}

fn friday() -> Counted {
    let mut it = calendar(
        "Friday alone",
        &[0, 1, 2, 3, 5, 6],
        vec![clocks(Timestamp(0), -210)],
    );
    it.known_until = day(2026, 1, 16);
    let wednesday = at(day(2026, 1, 7), 0);
    Counted {
        why: "Fridays alone are worked, clocks are three hours and a half behind, and after Friday, 16 January 2026, nothing is known.",
        name: "friday",
        calendar: it,
        due: vec![(wednesday, 1), (wednesday, 2), (wednesday, 3)],
        ends: vec![day(2026, 1, 9)],
        before: vec![(wednesday, 2)],
    }
}

#[test]
fn deadlines_are_what_they_were() {
    let mut file = File::new(
        "Calendars (requests.md §4), and what is counted by them; instants are milliseconds since 1970, days are days since 1970. `due CALENDAR FROM N`: the end of the Nth worked day, or `none`. `end CALENDAR DAY`: its last instant. `before CALENDAR INSTANT N`: the worked day that comes N before its day.",
    );
    for counted in all() {
        let (name, calendar) = (counted.name, &counted.calendar);
        assert_eq!(calendar.unfit(), None, "{name}");
        file.say(counted.why);
        file.put(&format!("calendar {name}"), to_bytes(calendar));
        file.put(&format!("digest {name}"), calendar.digest());
        for (from, days) in counted.due {
            file.text(
                &format!("due {name} {} {days}", from.0),
                &due(calendar, from.0, days),
            );
        }
        for day in counted.ends {
            file.text(
                &format!("end {name} {}", day.0),
                &calendar.end_of(day).0.to_string(),
            );
        }
        for (from, days) in counted.before {
            file.text(
                &format!("before {name} {} {days}", from.0),
                &before(calendar, from.0, days),
            );
        }
    }
    file.compare("deadlines-good.txt");
}

fn due(calendar: &Calendar, from: u64, days: u32) -> String {
    let found = calendar.due(Timestamp(from), days);
    found.map_or("none".into(), |due| due.0.to_string())
}

fn before(calendar: &Calendar, due: u64, days: u32) -> String {
    let found = calendar.before(Timestamp(due), days);
    found.map_or("none".into(), |day| day.0.to_string())
}

/// A reader who has the file alone counts the same.
#[test]
fn each_is_counted_as_it_stands_there() {
    let all = lines("deadlines-good.txt");
    let known = |wanted: &str| {
        let name = format!("calendar {wanted}");
        let (_, digits) = all.iter().find(|(found, _)| *found == name).unwrap();
        from_bytes::<Calendar>(&hex::decode(digits).unwrap()).unwrap()
    };
    let mut counted = 0;
    for (name, value) in &all {
        let words: Vec<&str> = name.split(' ').collect();
        let number = |at: usize| words[at].parse::<u64>().unwrap();
        let found = match words[0] {
            "due" => due(&known(words[1]), number(2), number(3) as u32),
            "before" => before(&known(words[1]), number(2), number(3) as u32),
            "end" => known(words[1]).end_of(Day(number(2) as u32)).0.to_string(),
            "digest" => hex::encode(known(words[1]).digest()),
            _ => continue,
        };
        assert_eq!(found, *value, "{name}");
        counted += 1;
    }
    assert!(counted > 40);
}

/// Why bytes are no calendar.
fn wrong(bytes: &[u8]) -> Option<String> {
    match from_bytes::<Calendar>(bytes) {
        Err(error) => Some(format!("{error:?}")),
        Ok(calendar) => calendar.unfit().map(str::to_owned),
    }
}

#[test]
fn what_is_no_calendar_is_what_it_was() {
    let mut file = File::new(
        "What is no calendar, though each is like `berlin` in deadlines-good.txt. Before the colon: why it is refused. Statements of kind 28 that are refused stand in directory-bad.txt.",
    );
    let good = berlin().calendar;
    let changed = |change: &dyn Fn(&mut Calendar)| {
        let mut calendar = good.clone();
        change(&mut calendar);
        to_bytes(&calendar)
    };
    let bytes = to_bytes(&good);
    let mut weekday = bytes.clone();
    let at = bytes
        .windows(3)
        .position(|part| part == [0x82, 5, 6])
        .unwrap();
    weekday[at + 2] = 7;
    let rows = |from: u64| {
        (0..3)
            .map(|at| clocks(Timestamp(from * at), 0))
            .collect::<Vec<_>>()
    };
    let cases = [
        ("A field more.", [&[0x87], &bytes[1..], &[0xf6]].concat()),
        ("A byte behind.", [&bytes[..], &[0]].concat()),
        ("A day of the week that there is not.", weekday),
        (
            "Every day of the week is off.",
            changed(&|it| it.weekend = (0..7).map(Weekday).collect()),
        ),
        (
            "A weekend in another order.",
            changed(&|it| it.weekend.reverse()),
        ),
        (
            "A holiday twice.",
            changed(&|it| it.holidays = vec![Day(9), Day(9)]),
        ),
        (
            "Days made up for in another order.",
            changed(&|it| it.made_up = vec![Day(9), Day(8)]),
        ),
        ("No clocks.", changed(&|it| it.clocks.clear())),
        (
            "Three rows of clocks for one instant.",
            changed(&|it| it.clocks = rows(0)),
        ),
        (
            "Clocks 18 hours and a minute behind.",
            changed(&|it| it.clocks[0].offset = Offset(-1_081)),
        ),
        (
            "Clocks further ahead than a number of 64 bits can say with its sign.",
            {
                let at = bytes
                    .windows(3)
                    .position(|part| part == [0x82, 0, 0x18])
                    .unwrap();
                let most = [&[0x82, 0, 0x1b][..], &[0xff; 8]].concat();
                [&bytes[..at], &most, &bytes[at + 4..]].concat()
            },
        ),
        (
            "4,001 holidays.",
            changed(&|it| it.holidays = (0..4_001).map(Day).collect()),
        ),
    ];
    for (why, bytes) in cases {
        file.say(why);
        file.put(&wrong(&bytes).expect(why), bytes);
    }
    file.compare("deadlines-bad.txt");
    for (reason, digits) in lines("deadlines-bad.txt") {
        assert_eq!(wrong(&hex::decode(digits).unwrap()), Some(reason));
    }
}
