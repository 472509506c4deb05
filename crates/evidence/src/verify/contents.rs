//! Texts and files: each is there as it was sent, or was left out on purpose.

use super::items::Opened;
use super::objects::{Named, Objects};
use super::{Check, Checks, Fault, Remark, Row, Standing, Subject, Verdict};
use crate::Breach;
use crate::Digest;
use crate::bundle::Section;
use crate::zip::MAX_ENTRIES;
use std::collections::{BTreeMap, BTreeSet};

/// Most texts and files that are looked for: all that a bundle can hold, and as many that were left out.
const MAX_NAMED: usize = 2 * MAX_ENTRIES;

pub(super) fn judge(opened: &Opened<'_>, objects: &Objects, checks: Checks, verdict: &mut Verdict) {
    let there: BTreeMap<Digest, u64> = opened
        .section(Section::Content)
        .map(|entry| (entry.digest, entry.bytes.len() as u64))
        .collect();
    let withheld: BTreeSet<Digest> = opened.manifest.claims().withheld.iter().copied().collect();
    let mut named = objects.named();
    if named.len() > MAX_NAMED && checks.on(Check::Bound) {
        // What is named costs nobody anything: a bundle has no room for so much.
        verdict.blame("", Fault::Broken(Breach::TooLarge));
        named.truncate(MAX_NAMED);
    }
    let known: BTreeSet<Digest> = named.iter().map(|named| named.digest).collect();
    for named in named {
        // A file is as sure as what names it.
        let standing = verdict.row_of(named.by).map(|row| row.what);
        let is_withheld = withheld.contains(&named.digest);
        let length = there.get(&named.digest).copied();
        let row = row(named, length, is_withheld, standing, checks);
        verdict.put(row);
    }
    for entry in opened.section(Section::Content) {
        let digest = entry.digest;
        let is_named_so = entry.name == format!("contents/{digest}");
        if !(known.contains(&digest) && is_named_so) && checks.on(Check::Content) {
            verdict.blame(entry.name, Fault::Unnamed);
        }
    }
    for (section, subject) in [
        (Section::Guide, Subject::Guide),
        (Section::Report, Subject::Report),
    ] {
        for entry in opened.section(section) {
            let mut row = Row::new(subject.clone(), entry.name);
            row.remarks.push(Remark::ForReading);
            verdict.put(row);
        }
    }
}

fn row(
    named: Named,
    found: Option<u64>,
    is_withheld: bool,
    standing: Option<Standing>,
    checks: Checks,
) -> Row {
    let path = format!("contents/{}", named.digest);
    let mut row = Row::new(named.subject, &path);
    match found {
        Some(found) => {
            row.what = standing.unwrap_or(Standing::NotProven);
            let is_so_long = named.length.is_none_or(|length| length == found);
            if !is_so_long && checks.on(Check::Content) {
                row.faults.push(Fault::Length);
            }
        }
        None if is_withheld => row.remarks.push(Remark::Withheld),
        None if checks.on(Check::Content) => row.faults.push(Fault::Missing),
        None => {}
    }
    row
}
