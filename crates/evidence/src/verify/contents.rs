//! Texts and files: each is there as it was sent, or the list says why it is not.

use super::items::Opened;
use super::objects::{Named, Objects};
use super::{Check, Checks, Fault, Remark, Row, Standing, Subject, Verdict};
use crate::Breach;
use crate::Digest;
use crate::bundle::{Absent, Manifest, Reason, Section, content_path};
use crate::zip::MAX_ENTRIES;
use std::collections::{BTreeMap, BTreeSet};

/// Most texts and files that are looked for: all that a bundle can hold, and as many that were left out.
const MAX_NAMED: usize = 2 * MAX_ENTRIES;

pub(super) fn judge(opened: &Opened<'_>, objects: &Objects, checks: Checks, verdict: &mut Verdict) {
    let there: BTreeMap<Digest, u64> = opened
        .section(Section::Content)
        .map(|entry| (entry.digest, entry.bytes.len() as u64))
        .collect();
    let lacking = Lacking::of(opened.manifest.claims());
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
        let length = there.get(&named.digest).copied();
        let row = row(named, length, &lacking, standing, checks);
        verdict.put(row);
    }
    for entry in opened.section(Section::Content) {
        let digest = entry.digest;
        let is_named_so = entry.name == content_path(digest);
        let came = lacking.came.contains(&digest) && !known.contains(&digest);
        if !((known.contains(&digest) || came) && is_named_so) && checks.on(Check::Content) {
            verdict.blame(entry.name, Fault::Unnamed);
        } else if came {
            let mut row = Row::new(Subject::Attachment(None), entry.name);
            row.remarks.push(Remark::CameInstead);
            verdict.put(row);
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

/// What the list says of what is not there.
struct Lacking {
    withheld: BTreeSet<Digest>,
    absent: BTreeMap<Digest, Reason>,
    /// What came in place of something that was signed.
    came: BTreeSet<Digest>,
}

impl Lacking {
    fn of(manifest: &Manifest) -> Self {
        let absent = manifest.absent.iter();
        Self {
            withheld: manifest.withheld.iter().copied().collect(),
            absent: absent.clone().map(|it| (it.digest, it.reason)).collect(),
            came: absent.filter_map(|it: &Absent| it.came).collect(),
        }
    }
}

fn row(
    named: Named,
    found: Option<u64>,
    lacking: &Lacking,
    standing: Option<Standing>,
    checks: Checks,
) -> Row {
    let mut row = Row::new(named.subject, &content_path(named.digest));
    if let Some(found) = found {
        row.what = standing.unwrap_or(Standing::NotProven);
        let is_so_long = named.length.is_none_or(|length| length == found);
        if !is_so_long && checks.on(Check::Content) {
            row.faults.push(Fault::Length);
        }
    } else if lacking.withheld.contains(&named.digest) {
        row.remarks.push(Remark::Withheld);
    } else {
        match lacking.absent.get(&named.digest) {
            Some(Reason::NotHad) => row.remarks.push(Remark::NotHad),
            Some(Reason::TooLarge) => row.remarks.push(Remark::TooLarge),
            Some(Reason::AnotherCame) if checks.on(Check::Came) => {
                row.faults.push(Fault::AnotherCame);
            }
            Some(Reason::AnotherCame) => row.remarks.push(Remark::Withheld),
            None if checks.on(Check::Content) => row.faults.push(Fault::Missing),
            None => {}
        }
    }
    row
}
