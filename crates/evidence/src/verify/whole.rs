//! The time over the whole: the container says that it has one, the list in XML is of what is there, and the token is over that list.

use super::items::Opened;
use super::times::{DRIFT_MILLIS, stamped};
use super::{
    Check, Checks, Clock, Expected, Fault, Remark, Row, Stamped, Standing, Subject, Verdict,
};
use crate::asic::{self, LIST_PATH, TOKEN_PATH};
use crate::bundle::TYPE_PATH;
use crate::zip::Entry;
use valise_wire::Timestamp;

/// What is over a bundle as a whole.
pub(super) struct Whole<'a> {
    /// Whether the container says that there is something.
    says_so: bool,
    list: Option<Entry<'a>>,
    token: Option<Entry<'a>>,
    /// Whether both stand where they have to.
    is_in_place: bool,
    /// What the list has to be.
    due: Vec<u8>,
}

/// Takes what is over the whole out of what the manifest lists. The list in XML has the manifest, too.
pub(super) fn take<'a>(says_so: bool, manifest: Entry<'a>, rest: &mut Vec<Entry<'a>>) -> Whole<'a> {
    let is_over = |entry: &Entry<'_>| [LIST_PATH, TOKEN_PATH].contains(&entry.name);
    let over: Vec<Entry<'a>> = rest.iter().copied().filter(is_over).collect();
    let names: Vec<&str> = over.iter().map(|entry| entry.name).collect();
    let last = rest.len() - over.len();
    let is_last = rest[last..].iter().all(is_over);
    rest.retain(|entry| !is_over(entry));
    let find = |path| over.iter().copied().find(|entry| entry.name == path);
    let files = std::iter::once(&manifest).chain(&*rest);
    Whole {
        says_so,
        list: find(LIST_PATH),
        token: find(TOKEN_PATH),
        is_in_place: is_last && names.is_sorted(),
        due: match over.is_empty() {
            true => Vec::new(),
            false => asic::list(files.map(|entry| (entry.name, entry.digest))),
        },
    }
}

pub(super) fn judge(
    opened: &Opened<'_>,
    expected: &Expected<'_>,
    checks: Checks,
    verdict: &mut Verdict,
) {
    let whole = &opened.whole;
    let is_there = whole.list.is_some() || whole.token.is_some();
    if is_there != whole.says_so && checks.on(Check::Layout) {
        verdict.blame(TYPE_PATH, Fault::Kind);
    }
    if !is_there {
        return;
    }
    if checks.on(Check::Layout) {
        judge_layout(whole, verdict);
    }
    if let (Some(list), Some(token)) = (whole.list, whole.token) {
        let row = judge_time(list.bytes, token, expected, checks);
        let by = row.at.filter(|_| row.when == Standing::Proven);
        verdict.put(row);
        if let Some(by) = by {
            compare_receipts(by, verdict);
        }
    }
}

/// Finds servers that say times at which all of it was there already. Clocks differ, and which one is wrong is not to be seen here.
fn compare_receipts(by: Timestamp, verdict: &mut Verdict) {
    let latest = by.plus_millis(DRIFT_MILLIS);
    for row in &mut verdict.rows {
        let is_receipt = matches!(row.subject, Subject::Receipt(_));
        if is_receipt && row.at.is_some_and(|at| at > latest) {
            row.remarks.push(Remark::AfterWhole);
        }
    }
}

fn judge_layout(whole: &Whole<'_>, verdict: &mut Verdict) {
    for (path, entry) in [(LIST_PATH, whole.list), (TOKEN_PATH, whole.token)] {
        match entry {
            None => verdict.blame(path, Fault::Missing),
            Some(entry) if !entry.is_sound => verdict.blame(path, Fault::Changed),
            Some(_) => {}
        }
    }
    let is_due = |list: Entry<'_>| !list.is_sound || list.bytes == whole.due;
    if !whole.list.is_none_or(is_due) {
        verdict.blame(LIST_PATH, Fault::Changed);
    }
    if !whole.is_in_place {
        verdict.blame(LIST_PATH, Fault::Moved);
    }
}

/// Nobody says it but the authority: of one that the reader does not know, nothing is proven.
fn judge_time(list: &[u8], token: Entry<'_>, expected: &Expected<'_>, checks: Checks) -> Row {
    let mut row = Row::new(Subject::Whole, TOKEN_PATH);
    let over = Stamped::File(list);
    if let Some(stamp) = stamped(over, Some(token.bytes), expected, checks, &mut row) {
        if stamp.is_known {
            (row.what, row.when) = (Standing::Proven, Standing::Proven);
        }
        row.at = Some(stamp.at);
        row.clock = Some(Clock::Stamp(stamp.name, stamp.authority));
    }
    row
}
