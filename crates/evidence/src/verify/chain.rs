//! The course of the request, folded from its acts.

use super::objects::Objects;
use super::times::Times;
use super::{Check, Checks, Fault, Remark, Verdict};
use crate::Digest;
use crate::course::{self, Course, Rule};
use std::collections::BTreeSet;

pub(super) fn judge(objects: &Objects, times: &Times, checks: Checks, verdict: &mut Verdict) {
    let Some(first) = objects.requests.first() else {
        let path = "requests/0000.cose";
        let is_named = verdict.faults().any(|(named, _)| named == path);
        if !is_named && checks.on(Check::Listed) {
            verdict.blame(path, Fault::Missing);
        }
        return;
    };
    verdict.request = Some(first.object.clone());
    let known = course::Objects {
        requests: objects
            .requests
            .iter()
            .map(|it| (it.digest, &it.object))
            .collect(),
        responses: objects
            .responses
            .iter()
            .map(|it| (it.digest, &it.object))
            .collect(),
    };
    let mut course = Course::new(first.digest, &first.object);
    if let Some(rule) = left_out(checks) {
        course = course.without(rule);
    }
    for act in &objects.acts {
        let time = times.in_fold(act.digest, act.object.actor.organisation);
        let taken = course.take(act.digest, &act.object, &known, time.map(|time| time.at));
        let is_late = course.answered.is_some_and(|timing| timing.is_late);
        if let Some(row) = verdict.row_of(act.digest) {
            row.faults.extend(taken.err().map(Fault::Course));
            if taken.is_ok() && is_late && act.object.kind.is_answer() {
                row.remarks.push(Remark::Late);
            }
        }
    }
    unnamed(objects, checks, verdict);
    // What comes after the last act nobody saw but whoever exported.
    if let Some(manifest) = &verdict.manifest {
        course.run_out(manifest.exported_at);
    }
    verdict.course = Some(course);
}

/// Finds answers and revisions that no act brought in.
fn unnamed(objects: &Objects, checks: Checks, verdict: &mut Verdict) {
    let named: BTreeSet<Digest> = objects
        .acts
        .iter()
        .filter_map(|act| act.object.object)
        .collect();
    let responses = objects.responses.iter().map(|it| it.digest);
    let requests = objects.requests.iter().skip(1).map(|it| it.digest);
    for digest in responses
        .chain(requests)
        .filter(|digest| !named.contains(digest))
    {
        if let Some(row) = verdict.row_of(digest).filter(|_| checks.on(Check::Object)) {
            row.faults.push(Fault::Unnamed);
        }
    }
}

fn left_out(checks: Checks) -> Option<Rule> {
    let rules = [
        (Check::Chain, Rule::Chain),
        (Check::Side, Rule::Side),
        (Check::Place, Rule::Place),
        (Check::End, Rule::End),
        (Check::Object, Rule::Object),
        (Check::Late, Rule::Late),
        (Check::Ends, Rule::Ends),
    ];
    let off = rules.into_iter().find(|(check, _)| !checks.on(*check));
    off.map(|(_, rule)| rule)
}
