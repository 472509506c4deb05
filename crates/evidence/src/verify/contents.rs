//! Texts and files: each is there as it was sent, or was left out on purpose.

use super::items::Opened;
use super::objects::Objects;
use super::{Check, Checks, Fault, Remark, Row, Standing, Verdict};
use crate::Digest;
use crate::bundle::Section;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn judge(opened: &Opened<'_>, objects: &Objects, checks: Checks, verdict: &mut Verdict) {
    let there: BTreeMap<Digest, (&str, u64)> = opened
        .section(Section::Content)
        .map(|entry| {
            (
                Digest::of(entry.bytes),
                (entry.name, entry.bytes.len() as u64),
            )
        })
        .collect();
    let withheld: BTreeSet<Digest> = opened.manifest.claims().withheld.iter().copied().collect();
    let mut seen = BTreeSet::new();
    for (digest, subject, length) in objects.named() {
        if !seen.insert(digest) {
            continue;
        }
        let path = format!("contents/{digest}");
        let mut row = Row::new(subject, &path);
        match there.get(&digest) {
            Some((_, found)) => {
                row.what = Standing::Proven;
                let is_so_long = length.is_none_or(|length| length == *found);
                if !is_so_long && checks.on(Check::Content) {
                    row.faults.push(Fault::Length);
                }
            }
            None if withheld.contains(&digest) => row.remarks.push(Remark::Withheld),
            None if checks.on(Check::Content) => row.faults.push(Fault::Missing),
            None => {}
        }
        let known = |row: &Row| row.path == path;
        if let Some(at) = verdict.rows.iter().position(known) {
            row.faults.splice(0..0, verdict.rows.remove(at).faults);
            row.faults.dedup();
        }
        verdict.rows.push(row);
    }
    for entry in opened.section(Section::Content) {
        let digest = Digest::of(entry.bytes);
        let is_named_so = entry.name == format!("contents/{digest}");
        if !(seen.contains(&digest) && is_named_so) && checks.on(Check::Content) {
            verdict.blame(entry.name, Fault::Unnamed);
        }
    }
}
