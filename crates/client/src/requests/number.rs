//! Numbers of one's own register: the next one of an office, or of oneself.

use super::ask::day;
use crate::Error;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_evidence::number::Scheme;
use valise_wire::RoomId;

/// How numbers are written.
const SCHEME: &str = "{year}/{office}-{n:5}";
/// Tells whether a number of one's own register is one; there is an index of these numbers.
const IS_USED: &str = "SELECT EXISTS (SELECT 1 FROM request WHERE CASE incoming WHEN 0 THEN number ELSE theirs END = ?1)";
/// Tells whether another request than that of a room has it.
const IS_TAKEN: &str = "SELECT EXISTS (SELECT 1 FROM request WHERE CASE incoming WHEN 0 THEN number ELSE theirs END = ?1 AND room <> ?2)";
/// Finds the last number that begins so and goes on with a digit.
const LAST: &str = "SELECT max(CASE incoming WHEN 0 THEN number ELSE theirs END) FROM request
    WHERE CASE incoming WHEN 0 THEN number ELSE theirs END >= ?1
    AND CASE incoming WHEN 0 THEN number ELSE theirs END < ?1 || ':'";

impl Cx<'_> {
    /// Returns the next number that no request of one's own has.
    pub(super) fn next_number(&self, office: &str, offset_minutes: i32) -> Result<String, Error> {
        let scheme = Scheme::parse(SCHEME).map_err(|_| Error::Bug("the scheme is one"))?;
        let (year, _, _) = day(self.now, offset_minutes).date();
        let mut is_used = self.db.prepare_cached(IS_USED)?;
        let mut last = self.db.prepare_cached(LAST)?;
        // Filled up with zeros, numbers of one year and office are in the order of their count.
        let begin = scheme.write(year, office, 0);
        let begin = begin.trim_end_matches('0');
        let last: Option<String> = last
            .query_row([begin], |row| row.get(0))
            .optional()?
            .flatten();
        let digits = last.as_deref().and_then(|last| last.rsplit('-').next());
        let mut count = digits.and_then(|it| it.parse().ok()).unwrap_or(0u64) + 1;
        loop {
            let number = scheme.write(year, office, count);
            if !is_used.query_row([&number], |row| row.get(0))? {
                return Ok(number);
            }
            count += 1;
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
        let mut free = number.to_owned();
        while self.is_taken(&free, room)? {
            let Some(next) = after(&free) else {
                return Ok(number.to_owned());
            };
            free = next;
        }
        Ok(free)
    }

    /// Returns what stands in the numbers of an office of one's own that is called so, or of oneself.
    pub(super) fn short_of(&self, office: Option<&str>) -> Result<String, Error> {
        let home = &self.state.roll.home;
        let named = office.and_then(|office| {
            let mut all = home.offices().filter_map(|entry| entry.details.as_ref());
            all.find(|details| details.name.as_str() == office)
        });
        Ok(match named {
            Some(details) => short(details.address.local()),
            None => {
                let person = home.person(self.account()?.account);
                let address = person.and_then(|person| person.address);
                short(address.map_or("", |address| address.local()))
            }
        })
    }
}

/// Returns the number behind one that is written as ours are.
fn after(number: &str) -> Option<String> {
    let (begin, digits) = number.rsplit_once('-')?;
    let is_ours = digits.len() >= 5 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let count: u64 = digits.parse().ok().filter(|_| is_ours)?;
    Some(format!("{begin}-{:05}", count.checked_add(1)?))
}

/// Returns the part of an address in the way that it stands in numbers.
pub(super) fn short(local: &str) -> String {
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
    use rusqlite::Connection;

    #[test]
    fn the_next_number_is_found_without_looking_at_all_requests() {
        let store = Connection::open_in_memory().unwrap();
        migrate(&store).unwrap();
        for sql in [IS_USED, IS_TAKEN, LAST] {
            let mut plan = store.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let values = ["2026/NB-", ""];
            let values = rusqlite::params_from_iter(&values[..plan.parameter_count()]);
            let steps = plan.query_map(values, |row| row.get::<_, String>(3));
            let steps: Vec<String> = steps.unwrap().collect::<Result<_, _>>().unwrap();
            let searches = |step: &String| {
                step.starts_with("SEARCH request") && step.contains("request_by_own_number")
            };
            assert!(steps.iter().any(searches), "{steps:?}");
        }
    }

    #[test]
    fn the_number_behind_one_is_counted_where_it_is_a_count() {
        assert_eq!(after("2026/NB-00009").as_deref(), Some("2026/NB-00010"));
        assert_eq!(after("2026/NB-99999").as_deref(), Some("2026/NB-100000"));
        for made_up in ["2026/7", "A-7", "2026/NB-", "2026/NB-0000x"] {
            assert_eq!(after(made_up), None);
        }
    }

    #[test]
    fn what_stands_in_numbers_is_short_and_plain() {
        assert_eq!(short("registry"), "REGISTRY");
        assert_eq!(short("north-bank.kyiv"), "NORTHBANK.KYIV");
        assert_eq!(short("---"), "X");
    }
}
