//! When things were: what servers say in receipts, seals, and what time tokens prove.

use super::items::Opened;
use super::objects::Objects;
use super::people::People;
use super::{Check, Checks, Expected, Fault, Remark, Row, Standing, Subject, Verdict};
use crate::bundle::Section;
use crate::sign1::{self, Digest, Signed};
use crate::{Breach, Event, Receipt, Seal};
use std::collections::BTreeSet;
use valise_wire::{OrganisationId, Timestamp, from_bytes};

/// What is known of times.
#[derive(Default)]
pub(super) struct Times {
    receipts: Vec<Observed>,
    /// Tokens over seals: the sealed thing was there by then.
    sealed: Vec<(Digest, Timestamp)>,
}

struct Observed {
    object: Digest,
    by: OrganisationId,
    directory: u64,
    at: Timestamp,
    standing: Standing,
    proven_at: Option<Timestamp>,
}

/// When something was, and how sure that is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Time {
    pub(super) at: Timestamp,
    pub(super) standing: Standing,
}

pub(super) fn read(
    opened: &Opened<'_>,
    people: &People,
    expected: &Expected<'_>,
    objects: &Objects,
    checks: Checks,
    verdict: &mut Verdict,
) -> Times {
    let known = objects.digests();
    let mut reader = Reader {
        opened,
        people,
        expected,
        checks,
        known,
        times: Times::default(),
    };
    for entry in opened.section(Section::Receipt) {
        let row = reader.receipt(entry.name, entry.bytes);
        verdict.put(row);
    }
    for entry in opened.section(Section::Seal) {
        let row = reader.seal(entry.name, entry.bytes);
        verdict.put(row);
    }
    reader.times
}

struct Reader<'a, 'b> {
    opened: &'a Opened<'b>,
    people: &'a People,
    expected: &'a Expected<'a>,
    checks: Checks,
    known: BTreeSet<Digest>,
    times: Times,
}

impl Reader<'_, '_> {
    fn receipt(&mut self, path: &str, bytes: &[u8]) -> Row {
        let read = match sign1::read::<Receipt>(bytes) {
            Ok(read) => read,
            Err(breach) => return Row::wrong(Subject::File, path, Fault::Broken(breach)),
        };
        let claims = read.claims();
        let mut row = Row::new(Subject::Receipt(claims.event), path);
        let issuer = claims.issuer;
        row.organisation = Some(issuer);
        row.at = Some(claims.at);
        row.faults.extend(self.misplaced(claims));
        let key = self.people.server_key(issuer);
        let signed = match key {
            None => Err(Fault::UnknownSigner),
            Some(_) if !self.checks.on(Check::Server) => Ok(read.unverified()),
            Some(key) => read
                .verify(&key, &self.opened.binding)
                .map_err(Fault::Broken),
        };
        match signed {
            Ok(signed) => self.take(signed, &mut row),
            Err(fault) => row.faults.push(fault),
        }
        row
    }

    fn misplaced(&self, receipt: &Receipt) -> Option<Fault> {
        let manifest = self.opened.manifest.claims();
        let is_ours = receipt.request == manifest.request && receipt.room == manifest.room;
        if !is_ours && self.checks.on(Check::Request) {
            return Some(Fault::AnotherRequest);
        }
        let is_there = self.known.contains(&receipt.object);
        (!is_there && self.checks.on(Check::Object)).then_some(Fault::NoObject)
    }

    /// What a server says is asserted, however well it is signed; when it said so a time token may prove.
    fn take(&mut self, signed: Signed<Receipt>, row: &mut Row) {
        let receipt = &signed.object;
        // The server of an organisation that nobody knows is nobody's.
        let standing = if self.people.is_known(receipt.issuer) {
            Standing::Asserted
        } else {
            Standing::NotProven
        };
        (row.what, row.when) = (standing, standing);
        let proven_at = self.stamped(&signed.signature, signed.token.as_deref(), row);
        if !row.faults.is_empty() || !is_seen(receipt.event) {
            return;
        }
        self.times.receipts.push(Observed {
            object: receipt.object,
            by: receipt.issuer,
            directory: receipt.directory,
            at: receipt.at,
            standing,
            proven_at,
        });
    }

    fn seal(&mut self, path: &str, bytes: &[u8]) -> Row {
        let wrong = |breach| Row::wrong(Subject::File, path, Fault::Broken(breach));
        if bytes.len() > sign1::MAX_TOKEN_BYTES * 2 {
            return wrong(Breach::TooLarge);
        }
        let seal: Seal = match from_bytes(bytes) {
            Ok(seal) => seal,
            Err(error) => return wrong(Breach::Malformed(error)),
        };
        let sealed = &seal.sealed;
        let mut row = Row::new(Subject::Seal, path);
        row.organisation = Some(sealed.organisation);
        row.at = Some(sealed.at);
        if sealed.request != self.opened.manifest.claims().request && self.checks.on(Check::Request)
        {
            row.faults.push(Fault::AnotherRequest);
        }
        if !self.known.contains(&sealed.object) && self.checks.on(Check::Object) {
            row.faults.push(Fault::NoObject);
        }
        let Some(keys) = self.people.seal_keys(sealed.organisation) else {
            row.remarks.push(Remark::DocumentUnread);
            return row;
        };
        let holds = seal.verify(keys, &self.opened.binding);
        match holds {
            Err(breach) if self.checks.on(Check::Seal) => row.faults.push(Fault::Broken(breach)),
            _ => {
                if self.people.is_known(sealed.organisation) {
                    row.what = Standing::Proven;
                }
                let token = seal.token.as_deref();
                let at = self.stamped(&seal.stamped(), token, &mut row);
                self.times.sealed.extend(at.map(|at| (sealed.object, at)));
            }
        }
        row
    }

    fn stamped(&self, signature: &[u8], token: Option<&[u8]>, row: &mut Row) -> Option<Timestamp> {
        let token = token?;
        let proven = self
            .expected
            .token
            .and_then(|verify| verify(signature, token));
        match proven {
            Some(at) => {
                row.when = Standing::Proven;
                row.at = Some(at);
            }
            None => row.remarks.push(Remark::TokenUnread),
        }
        proven
    }
}

/// Tells whether an event means that the server had the thing.
fn is_seen(event: Event) -> bool {
    matches!(
        event,
        Event::SubmissionAcceptance
            | Event::RelayAcceptance
            | Event::ContentConsignment
            | Event::ContentHandover
            | Event::ConsignmentAcceptance
    )
}

impl Times {
    /// Returns when something was, said by somebody of an organisation: by a time token if there is one, by what the other
    /// organisation's server saw otherwise, by the own one's if there is nothing else.
    pub(super) fn of(&self, object: Digest, organisation: OrganisationId) -> Option<Time> {
        if let Some(at) = self.proven(object) {
            let standing = Standing::Proven;
            return Some(Time { at, standing });
        }
        let seen = || self.receipts.iter().filter(|seen| seen.object == object);
        let others = seen().filter(|seen| seen.by != organisation);
        let found = others.min_by_key(|seen| seen.at);
        let found = found.or_else(|| seen().min_by_key(|seen| seen.at))?;
        Some(Time {
            at: found.at,
            standing: found.standing,
        })
    }

    /// Returns by when something was there for certain.
    pub(super) fn proven(&self, object: Digest) -> Option<Timestamp> {
        let seen = self.receipts.iter().filter(|seen| seen.object == object);
        let sealed = self.sealed.iter().filter(|(sealed, _)| *sealed == object);
        let tokens = seen.filter_map(|seen| seen.proven_at);
        tokens.chain(sealed.map(|(_, at)| *at)).min()
    }

    /// Returns how far an organisation's log reached when its server first saw something.
    pub(super) fn earliest_state(
        &self,
        object: Digest,
        organisation: OrganisationId,
    ) -> Option<u64> {
        let seen = self.receipts.iter().filter(|seen| seen.object == object);
        let own = seen.filter(|seen| seen.by == organisation);
        own.map(|seen| seen.directory).min()
    }
}
