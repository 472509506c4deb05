//! Numbers of one's own register: the next one of an office, or of oneself.

use super::ask::day;
use super::row::RequestEntry;
use crate::Error;
use crate::state::Cx;
use rusqlite::Connection;
use valise_directory::office::OfficeDetails;
use valise_evidence::number::Scheme;
use valise_wire::{RoomId, Timestamp};

/// How numbers are written where nobody said otherwise.
pub(crate) const USUAL_NUMBERS: &str = "{year}/{office}-{n:5}";
/// Tells whether a number of one's own register is one; there is an index of these numbers.
const IS_USED: &str = "SELECT EXISTS (SELECT 1 FROM request WHERE CASE incoming WHEN 0 THEN number ELSE theirs END = ?1)";
/// Tells whether another request than that of a room has it.
const IS_TAKEN: &str = "SELECT EXISTS (SELECT 1 FROM request WHERE CASE incoming WHEN 0 THEN number ELSE theirs END = ?1 AND room <> ?2)";
/// Finds the numbers that begin so and go on with a digit, the last ones first.
const BEGUN: &str = "SELECT CASE incoming WHEN 0 THEN number ELSE theirs END FROM request
    WHERE CASE incoming WHEN 0 THEN number ELSE theirs END >= ?1
    AND CASE incoming WHEN 0 THEN number ELSE theirs END < ?1 || ':'
    ORDER BY CASE incoming WHEN 0 THEN number ELSE theirs END DESC";

/// How somebody writes the numbers of his register.
pub(super) struct Numbering {
    scheme: Scheme,
    /// What stands in them for the office.
    short: String,
}

impl Numbering {
    /// Returns how an office does.
    pub(super) fn of_office(details: &OfficeDetails) -> Result<Self, Error> {
        let own = details.numbers.as_ref().map(|numbers| numbers.as_str());
        // What a registrar's device let pass that this one does not know is left alone.
        let own = own.and_then(|numbers| Scheme::parse(numbers).ok());
        Ok(Self {
            scheme: own.map_or_else(usual, Ok)?,
            short: short(details.address.local()),
        })
    }

    /// Returns the highest count of a year that a request of one's own has, or 0.
    fn last(&self, db: &Connection, year: i32) -> Result<u64, Error> {
        let Self { scheme, short } = self;
        let before = scheme.before(year, short);
        let mut begun = db.prepare_cached(BEGUN)?;
        let mut numbers = begun.query([&before])?;
        let mut last = 0;
        while let Some(row) = numbers.next()? {
            let number: String = row.get(0)?;
            if let Some((of, count)) = scheme.read(short, &number)
                && of.is_none_or(|of| of == year)
            {
                last = last.max(count);
            }
            // A higher count begins with this zero and stands behind it, or begins with another digit: it was there already.
            let is_filled_up = number[before.len()..].starts_with('0');
            if last > 0 && is_filled_up {
                break;
            }
        }
        Ok(last)
    }
}

impl Cx<'_> {
    /// Returns the next number that no request of one's own has, in the year where clocks are so far ahead of UTC.
    pub(super) fn next_number(
        &self,
        numbering: &Numbering,
        offset_minutes: i32,
    ) -> Result<String, Error> {
        let year = year(self.now, offset_minutes);
        let mut last = numbering.last(self.db, year)?;
        let mut is_used = self.db.prepare_cached(IS_USED)?;
        loop {
            last = last.saturating_add(1);
            let number = numbering.scheme.write(year, &numbering.short, last);
            if !is_used.query_row([&number], |row| row.get(0))? {
                return Ok(number);
            }
        }
    }

    /// Tells whether another request of one's own register has the number of this one, too: two people took it at the same time.
    pub(crate) fn is_taken(&self, number: &str, room: RoomId) -> Result<bool, Error> {
        let mut query = self.db.prepare_cached(IS_TAKEN)?;
        Ok(query.query_row((number, room.0), |row| row.get(0))?)
    }

    /// Returns the number that a request is to have, or the next free one behind it if somebody of one's own side took it meanwhile. What a
    /// person made up is not counted on.
    pub(super) fn free_number(&self, number: &str, room: RoomId) -> Result<String, Error> {
        if !self.is_taken(number, room)? {
            return Ok(number.to_owned());
        }
        let all = self.numberings()?;
        let after = |number: &str| {
            let mut all = all.iter();
            all.find_map(|one| one.scheme.after(&one.short, number))
        };
        let mut free = number.to_owned();
        while self.is_taken(&free, room)? {
            let Some(next) = after(&free) else {
                return Ok(number.to_owned());
            };
            free = next;
        }
        Ok(free)
    }

    /// Returns all ways in which this person may write numbers: those of the organisation's offices, and his own.
    fn numberings(&self) -> Result<Vec<Numbering>, Error> {
        let offices = self.state.roll.home.offices();
        let all = offices.filter_map(|entry| entry.details.as_ref());
        let mut all: Vec<_> = all.map(Numbering::of_office).collect::<Result<_, _>>()?;
        all.push(self.own_numbering()?);
        Ok(all)
    }

    /// Returns how the office that a request of others is about writes numbers, or oneself if it is about none.
    pub(super) fn numbering_for(&self, entry: &RequestEntry) -> Result<Numbering, Error> {
        let office = self.office_of(entry)?;
        let office = office.and_then(|office| self.state.roll.home.office(office));
        match office.and_then(|office| office.details.as_ref()) {
            Some(details) => Numbering::of_office(details),
            None => self.own_numbering(),
        }
    }

    /// Returns how somebody writes numbers who asks for no office.
    pub(super) fn own_numbering(&self) -> Result<Numbering, Error> {
        let home = &self.state.roll.home;
        let person = home.person(self.account()?.account);
        let address = person.and_then(|person| person.address);
        Ok(Numbering {
            scheme: usual()?,
            short: short(address.map_or("", |address| address.local())),
        })
    }
}

/// Returns the year of an instant where clocks are so far ahead of UTC.
fn year(at: Timestamp, offset_minutes: i32) -> i32 {
    let (year, _, _) = day(at, offset_minutes).date();
    year
}

fn usual() -> Result<Scheme, Error> {
    Scheme::parse(USUAL_NUMBERS).map_err(|_| Error::Bug("the scheme is one"))
}

/// Returns the part of an address in the way that it stands in numbers.
pub(crate) fn short(local: &str) -> String {
    let kept = local
        .chars()
        .filter(|it| it.is_alphanumeric() || matches!(it, '.' | '_'));
    let short: String = kept.take(24).collect::<String>().to_uppercase();
    if short.is_empty() {
        "X".to_owned()
    } else {
        short
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::migrate;

    #[test]
    fn the_next_number_is_found_without_looking_at_all_requests() {
        let store = Connection::open_in_memory().unwrap();
        migrate(&store).unwrap();
        for sql in [IS_USED, IS_TAKEN, BEGUN] {
            let mut plan = store.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let values = ["2026/NB-", ""];
            let values = rusqlite::params_from_iter(&values[..plan.parameter_count()]);
            let steps = plan.query_map(values, |row| row.get::<_, String>(3));
            let steps: Vec<String> = steps.unwrap().collect::<Result<_, _>>().unwrap();
            let searches = |step: &String| {
                step.starts_with("SEARCH request") && step.contains("request_by_own_number")
            };
            assert!(steps.iter().any(searches), "{steps:?}");
            // In the order of the index, so that the first rows are enough.
            assert!(!steps.iter().any(|step| step.contains("TEMP")), "{steps:?}");
        }
    }

    /// Returns the last count of 2026 by a scheme, where these numbers are.
    fn last(scheme: &str, numbers: &[&str]) -> u64 {
        let store = Connection::open_in_memory().unwrap();
        let table = "CREATE TABLE request (incoming INTEGER, number TEXT, theirs TEXT)";
        store.execute(table, []).unwrap();
        for number in numbers {
            let row = "INSERT INTO request VALUES (0, ?1, NULL)";
            store.execute(row, [number]).unwrap();
        }
        let scheme = Scheme::parse(scheme).unwrap();
        let short = "NB".to_owned();
        Numbering { scheme, short }.last(&store, 2026).unwrap()
    }

    #[test]
    fn the_highest_count_is_found_whatever_its_length_and_whatever_stands_beside_it() {
        let usual = |numbers: &[&str]| last(USUAL_NUMBERS, numbers);
        assert_eq!(usual(&[]), 0);
        assert_eq!(
            usual(&["2026/NB-00009", "2026/NB-00012", "2026/NB-00011"]),
            12
        );
        let more = ["2026/NB-99999", "2026/NB-100001", "2026/NB-00012"];
        assert_eq!(usual(&more), 100_001);
        let others = [
            "2026/NB-00012",
            "2026/NB-00013a",
            "2025/NB-00099",
            "2026/NA-00077",
        ];
        assert_eq!(usual(&others), 12);
        assert_eq!(
            last("{n:3}/{year}", &["005/2026", "098/2025", "997 and more"]),
            5
        );
        assert_eq!(
            last("{n:3}/{year}", &["100/2026", "098/2025", "099/2026"]),
            100
        );
        assert_eq!(last("{n}/{year}", &["9/2026", "10/2026", "11/2025"]), 10);
    }

    #[test]
    fn on_new_years_eve_the_year_is_that_of_the_place() {
        // 2026-12-31 at 22:30 and 2027-01-01 at 03:00, UTC.
        let (eve, night) = (Timestamp(1_798_756_200_000), Timestamp(1_798_772_400_000));
        let kyiv = 120;
        let new_york = -300;
        assert_eq!((year(eve, 0), year(eve, kyiv)), (2026, 2027));
        assert_eq!((year(eve, 89), year(eve, 90)), (2026, 2027));
        assert_eq!((year(night, 0), year(night, new_york)), (2027, 2026));
    }

    #[test]
    fn what_stands_in_numbers_is_short_and_plain() {
        assert_eq!(short("registry"), "REGISTRY");
        assert_eq!(short("north-bank.kyiv"), "NORTHBANK.KYIV");
        assert_eq!(short("---"), "X");
    }
}
