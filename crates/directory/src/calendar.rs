//! Working days: which days count, and when a day ends.
//!
//! A calendar brings everything that is needed to count, so that the same deadline is found on all sides and in ten years: the days
//! off, the days on which work is made up for, and how far the clocks of the place are from UTC in each time. There is no table of
//! time zones here: such tables change, and with them what an old deadline meant.

use crate::Name;
use sha2::{Digest as _, Sha256};
use valise_wire::cbor::{Decode, DecodeError, Decoder, Encode, Encoder};
use valise_wire::{Timestamp, record, to_bytes};

/// Most working days of a deadline.
pub const MAX_DAYS: u32 = 1_000;
/// Most days off, days made up for, and changes of the clocks.
const MAX_ENTRIES: usize = 4_000;
const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;
const MINUTE_MILLIS: i64 = 60 * 1000;
/// For how long a calendar that knows weekends alone says something.
const KNOWN_YEARS: i32 = 11;
/// Furthest that clocks are from UTC, in minutes.
const MAX_OFFSET: i64 = 18 * 60;

/// A civil date, as the number of days since the beginning of 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub u32);

impl Day {
    /// Makes the day of a date of the Gregorian calendar, if there is one, from 1970 on.
    pub fn of(year: i32, month: u8, day: u8) -> Option<Self> {
        let days = Self(u32::try_from(days_of(year, month, day)).ok()?);
        (days.date() == (year, month, day)).then_some(days)
    }

    /// Returns year, month and day of the month.
    pub fn date(self) -> (i32, u8, u8) {
        // By years that begin in March, so that the day which comes and goes is the last; 400 of them are always equally long.
        let days = i64::from(self.0) + 719_468;
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let leaps = day_of_era / 1_460 - day_of_era / 36_524 + day_of_era / 146_096;
        let year_of_era = (day_of_era - leaps) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (year as i32, month as u8, day as u8)
    }

    /// Returns the day of the week, 0 for Monday.
    pub fn weekday(self) -> u8 {
        // 1 January 1970 was a Thursday.
        ((self.0 + 3) % 7) as u8
    }

    fn next(self) -> Option<Self> {
        self.0.checked_add(1).map(Self)
    }
}

fn days_of(year: i32, month: u8, day: u8) -> i64 {
    let (month, day) = (i64::from(month), i64::from(day));
    let year = i64::from(year) - i64::from(month <= 2);
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

impl Encode for Day {
    fn encode(&self, to: &mut Encoder) {
        to.unsigned(self.0.into());
    }
}

impl Decode for Day {
    fn decode(from: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let days = u32::try_from(from.unsigned()?);
        days.map(Self).map_err(|_| DecodeError::OutOfRange)
    }
}

/// Minutes that clocks are ahead of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offset(pub i64);

impl Encode for Offset {
    fn encode(&self, to: &mut Encoder) {
        to.integer(self.0);
    }
}

impl Decode for Offset {
    fn decode(from: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        from.integer().map(Self)
    }
}

record! {
    /// How far clocks are from UTC from an instant on.
    pub struct Clocks {
        /// The first instant.
        pub from: Timestamp,
        /// How far ahead.
        pub offset: Offset,
    }
}

record! {
    /// Which days an organisation works.
    pub struct Calendar {
        /// What it is called.
        pub name: Name,
        /// Days of the week that are off, 0 for Monday, ascending.
        pub weekend: Vec<Weekday>,
        /// Days that are off besides, ascending.
        pub holidays: Vec<Day>,
        /// Days that are worked though they would be off, ascending.
        pub made_up: Vec<Day>,
        /// The clocks, ascending; the first ones also before their instant.
        pub clocks: Vec<Clocks>,
        /// Last day of which the calendar knows whether it is worked.
        pub known_until: Day,
    }
}

/// A day of the week, 0 for Monday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Weekday(pub u8);

impl Encode for Weekday {
    fn encode(&self, to: &mut Encoder) {
        to.unsigned(self.0.into());
    }
}

impl Decode for Weekday {
    fn decode(from: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        match from.unsigned()? {
            day @ 0..=6 => Ok(Self(day as u8)),
            _ => Err(DecodeError::OutOfRange),
        }
    }
}

impl Calendar {
    /// Makes the calendar by which is counted where an organisation has said none: it knows weekends and the clocks of one moment alone.
    pub fn weekends(at: Timestamp, ahead: Offset) -> Option<Self> {
        let clocks = Clocks {
            from: Timestamp(0),
            offset: ahead,
        };
        let mut plain = Self {
            name: Name::parse("Weekends").ok()?,
            weekend: vec![Weekday(5), Weekday(6)],
            holidays: Vec::new(),
            made_up: Vec::new(),
            clocks: vec![clocks],
            known_until: Day(0),
        };
        let (year, month, _) = plain.day_of(at).date();
        plain.known_until = Day::of(year + KNOWN_YEARS, month, 1)?;
        Some(plain)
    }

    /// Returns SHA-256 of the calendar's bytes, by which deadlines name it.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(to_bytes(self)).into()
    }

    /// Returns the name of a field with a value that it cannot have, if there is one.
    pub fn unfit(&self) -> Option<&'static str> {
        let lengths = [self.holidays.len(), self.made_up.len(), self.clocks.len()];
        let instants: Vec<Timestamp> = self.clocks.iter().map(|clocks| clocks.from).collect();
        let mut offsets = self.clocks.iter().map(|clocks| clocks.offset.0);
        let near = offsets.all(|offset| offset.abs() <= MAX_OFFSET);
        let fields = [
            (
                lengths.iter().all(|length| *length <= MAX_ENTRIES),
                "entries",
            ),
            (rises(&self.weekend) && self.weekend.len() < 7, "weekend"),
            (rises(&self.holidays), "holidays"),
            (rises(&self.made_up), "made up"),
            (rises(&instants) && !instants.is_empty() && near, "clocks"),
        ];
        let unfit = fields.into_iter().find(|(fits, _)| !fits);
        unfit.map(|(_, field)| field)
    }

    /// Tells whether a day is worked.
    pub fn works_on(&self, day: Day) -> bool {
        let is_off = self.weekend.contains(&Weekday(day.weekday()))
            || self.holidays.binary_search(&day).is_ok();
        !is_off || self.made_up.binary_search(&day).is_ok()
    }

    /// Returns the date that it is at an instant.
    pub fn day_of(&self, at: Timestamp) -> Day {
        let before = self.clocks.partition_point(|clocks| clocks.from <= at);
        let clocks = self.clocks.get(before.saturating_sub(1));
        let offset = clocks.map_or(0, |clocks| clocks.offset.0);
        let local = millis(at).saturating_add(offset * MINUTE_MILLIS);
        Day(u32::try_from(local.div_euclid(DAY_MILLIS).max(0)).unwrap_or(u32::MAX))
    }

    /// Returns the last instant of a day. Where clocks are put back over midnight, it is that of the second time.
    pub fn end_of(&self, day: Day) -> Timestamp {
        let local = (i64::from(day.0) + 1) * DAY_MILLIS;
        let mut last = 0;
        for (at, clocks) in self.clocks.iter().enumerate() {
            let begin = if at == 0 { 0 } else { millis(clocks.from) };
            let next = self.clocks.get(at + 1);
            let end = next.map_or(i64::MAX, |next| millis(next.from));
            let midnight = local - clocks.offset.0 * MINUTE_MILLIS;
            let within = midnight.min(end) - 1;
            if within >= begin {
                last = last.max(within);
            }
        }
        Timestamp(last.max(0) as u64)
    }

    /// Returns the worked day that comes so many worked days before the day of an instant; that day itself for none.
    pub fn before(&self, due: Timestamp, days: u32) -> Option<Day> {
        let mut day = self.day_of(due);
        let mut left = days;
        while left > 0 {
            day = day.0.checked_sub(1).map(Day)?;
            left -= u32::from(self.works_on(day));
        }
        Some(day)
    }

    /// Returns the end of the last of so many working days, of which the first is the one after the day of `from`; none if the
    /// calendar does not reach so far.
    pub fn due(&self, from: Timestamp, days: u32) -> Option<Timestamp> {
        let mut day = self.day_of(from);
        let mut left = days;
        while left > 0 {
            day = day.next().filter(|day| *day <= self.known_until)?;
            left -= u32::from(self.works_on(day));
        }
        Some(self.end_of(day))
    }
}

fn millis(at: Timestamp) -> i64 {
    i64::try_from(at.0).unwrap_or(i64::MAX)
}

fn rises<T: PartialOrd>(values: &[T]) -> bool {
    values.is_sorted_by(|left, right| left < right)
}

#[cfg(test)]
mod tests;
