//! Seals: who sealed what in whose name, and whether what had to be sealed was.

use super::objects::Objects;
use super::people::People;
use super::times::{Reader, Times};
use super::{Check, Checks, Clock, Fault, Remark, Row, Standing, Subject, Verdict};
use crate::sign1;
use crate::{Breach, Digest, Party, Seal};
use valise_directory::fold::{KeeperEntry, PolicyEntry};
use valise_directory::keeper::Asks;
use valise_wire::{Timestamp, from_bytes};

impl Reader<'_, '_> {
    pub(super) fn seal(&mut self, path: &str, bytes: &[u8]) -> Row {
        let wrong = |breach| Row::wrong(Subject::File, path, Fault::Broken(breach));
        if bytes.len() > sign1::MAX_TOKEN_BYTES * 2 {
            return wrong(Breach::TooLarge);
        }
        let seal: Seal = match from_bytes(bytes) {
            Ok(seal) => seal,
            Err(error) => return wrong(Breach::Malformed(error)),
        };
        let (sealed, keeper) = (&seal.sealed, &seal.sealed.keeper);
        let mut row = Row::new(Subject::Seal, path);
        row.by = Some(keeper.name.as_str().to_owned());
        row.organisation = Some(keeper.organisation);
        row.at = Some(sealed.at);
        if sealed.request != self.opened.manifest.claims().request && self.checks.on(Check::Request)
        {
            row.faults.push(Fault::AnotherRequest);
        }
        let thing = self.said.get(&sealed.object);
        if thing.is_none() && self.checks.on(Check::Object) {
            row.faults.push(Fault::NoObject);
        }
        let is_theirs = thing.is_some_and(|thing| thing.by != keeper.organisation);
        if is_theirs && self.checks.on(Check::SealSide) {
            row.faults.push(Fault::AnothersSeal);
        }
        let directory = self.people.organisation(keeper.organisation);
        let mandates = directory.map_or(&[][..], |it| it.seals_of(keeper.account));
        match self.mandate(&seal, mandates) {
            Err(fault) => row.faults.push(fault),
            Ok(mandate) => self.take_seal(&seal, mandate, &mut row),
        }
        row
    }

    /// Finds the mandate by which a seal holds and that counted when it was made.
    fn mandate<'c>(
        &self,
        seal: &Seal,
        mandates: &'c [KeeperEntry],
    ) -> Result<&'c KeeperEntry, Fault> {
        let last = mandates.last().ok_or(Fault::UnknownSigner)?;
        let held = match seal.mandate(mandates, &self.opened.binding) {
            Err(_) if !self.checks.on(Check::Seal) => last,
            held => held.map_err(Fault::Broken)?,
        };
        let position = seal.sealed.keeper.directory;
        if held.counts_at(position) || !self.checks.on(Check::KeyLife) {
            return Ok(held);
        }
        let begun = held.keys.as_ref().is_some_and(|it| it.position <= position);
        Err(if begun {
            Fault::KeyEnded
        } else {
            Fault::KeyTooEarly
        })
    }

    fn take_seal(&mut self, seal: &Seal, mandate: &KeeperEntry, row: &mut Row) {
        let keeper = &seal.sealed.keeper;
        if self.people.is_known(keeper.organisation) {
            row.what = Standing::Proven;
        }
        let token = seal.token.as_deref();
        let stamp = self.stamped(&seal.stamped(), token, row);
        let stamp = stamp.filter(|stamp| stamp.is_known);
        let at = stamp.as_ref().map(|stamp| stamp.at);
        if let Some(stamp) = stamp {
            let clock = Clock::Stamp(stamp.name, stamp.authority);
            row.when = Standing::Proven;
            row.at = at;
            row.clock = Some(clock.clone());
            self.times
                .sealed
                .push((seal.sealed.object, stamp.at, clock));
        }
        self.judge_end(seal.sealed.object, keeper, mandate, at, row);
        if row.faults.is_empty() {
            self.times.seals.push((seal.sealed.object, keeper.clone()));
        }
    }

    /// Of a mandate that ended later only something from before its end shows that the seal was made before. What servers say of an answer
    /// does not: it may be sealed after it was sent.
    fn judge_end(
        &self,
        object: Digest,
        keeper: &Party,
        mandate: &KeeperEntry,
        stamped: Option<Timestamp>,
        row: &mut Row,
    ) {
        let Some(end) = mandate.ended.filter(|_| self.checks.on(Check::KeyLife)) else {
            return;
        };
        match self.times.earliest_state(object, keeper.organisation) {
            Some(position) if position >= end.position => row.faults.push(Fault::KeyEnded),
            Some(_) if !self.said.get(&object).is_some_and(|it| it.is_answer) => {
                row.what = Standing::Asserted;
            }
            _ => {
                let before = end.at.zip(stamped);
                if before.is_none_or(|(end, at)| at >= end) {
                    row.what = Standing::NotProven;
                    row.remarks.push(Remark::EndedLater);
                }
            }
        }
    }
}

/// Finds requests that had to be sealed and are not, by what their organisations had said at the place that the signer names; and says of
/// answers that they are sealed.
pub(super) fn judge(
    objects: &Objects,
    people: &People,
    times: &Times,
    checks: Checks,
    verdict: &mut Verdict,
) {
    for answer in &objects.responses {
        let own = |(sealed, by): &&(Digest, Party)| {
            *sealed == answer.digest && by.organisation == answer.object.signer.organisation
        };
        if times.seals.iter().any(|seal| own(&seal))
            && let Some(row) = verdict.row_of(answer.digest)
        {
            row.remarks.push(Remark::InName);
        }
    }
    for request in &objects.requests {
        let issuer = &request.object.issuer;
        let Some(directory) = people.organisation(issuer.organisation) else {
            continue;
        };
        let seen = times.earliest_state(request.digest, issuer.organisation);
        let position = seen.map_or(issuer.directory, |seen| seen.max(issuer.directory));
        let Some(policy) = policy_at(directory.request_policies(), position) else {
            continue;
        };
        let Some(row) = verdict.row_of(request.digest) else {
            continue;
        };
        let fault = match () {
            () if policy.stopped => Some(Fault::Stopped),
            () => wanting(policy.asks, request.digest, issuer, times),
        };
        match fault {
            Some(fault) if checks.on(Check::Sealed) => row.faults.push(fault),
            None if policy.asks != Asks::Freely => row.remarks.push(Remark::Sealed),
            _ => {}
        }
    }
}

/// Returns what was needed at a place of the log.
fn policy_at(policies: &[PolicyEntry], position: u64) -> Option<&PolicyEntry> {
    policies.iter().rfind(|policy| policy.position <= position)
}

fn wanting(asks: Asks, object: Digest, issuer: &Party, times: &Times) -> Option<Fault> {
    let seals = times.seals.iter();
    let mut seals = seals
        .filter(|(sealed, _)| *sealed == object)
        .map(|(_, by)| by);
    let own = |by: &&Party| by.organisation == issuer.organisation;
    match asks {
        Asks::Freely => None,
        Asks::Sealed => seals.find(own).is_none().then_some(Fault::Unsealed),
        Asks::FourEyes => {
            let all: Vec<&Party> = seals.filter(own).collect();
            match &all[..] {
                [] => Some(Fault::Unsealed),
                all if all.iter().all(|by| by.account == issuer.account) => {
                    Some(Fault::SealedAlone)
                }
                _ => None,
            }
        }
    }
}
