//! Requests, answers and acts: who signed each, and whether he could.

use super::items::Opened;
use super::people::{People, check_life};
use super::times::Times;
use super::{Check, Checks, Fault, Remark, Row, Standing, Subject, Verdict};
use crate::bundle::Section;
use crate::request::Party;
use crate::sign1::{self, Object, Signed};
use crate::{Act, Digest, Request, Response};
use std::collections::{BTreeMap, BTreeSet};
use valise_directory::fold::EvidenceEntry;
use valise_wire::{OrganisationId, RequestId, Timestamp};

/// What is signed by people, verified.
#[derive(Default)]
pub(super) struct Objects {
    pub(super) requests: Vec<Signed<Request>>,
    pub(super) responses: Vec<Signed<Response>>,
    pub(super) acts: Vec<Signed<Act>>,
    /// With which key each was signed, and for which organisation.
    signers: Vec<(Digest, Party, EvidenceEntry)>,
}

/// A text or file as something names it.
pub(super) struct Named {
    pub(super) by: Digest,
    pub(super) digest: Digest,
    pub(super) subject: Subject,
    pub(super) length: Option<u64>,
}

/// Something that receipts and seals may be about.
pub(super) struct Thing {
    /// When its signer's device says that it was.
    pub(super) at: Timestamp,
    /// For which organisation it was signed.
    pub(super) by: OrganisationId,
    /// Whether it can be sealed after it was sent.
    pub(super) is_answer: bool,
    /// When the request ends by itself that it is, if it does.
    pub(super) ends: Option<Timestamp>,
}

fn thing<T: Said>(signed: &Signed<T>) -> (Digest, Thing) {
    let object = &signed.object;
    let thing = Thing {
        at: object.at(),
        by: object.party().organisation,
        is_answer: matches!(object.subject(), Subject::Response(_)),
        ends: object.ends(),
    };
    (signed.digest, thing)
}

/// What all three kinds have.
trait Said: Object {
    fn party(&self) -> &Party;
    fn at(&self) -> Timestamp;
    fn request(&self) -> RequestId;
    fn subject(&self) -> Subject;

    fn ends(&self) -> Option<Timestamp> {
        None
    }
}

impl Said for Request {
    fn party(&self) -> &Party {
        &self.issuer
    }

    fn at(&self) -> Timestamp {
        self.issued_at
    }

    fn request(&self) -> RequestId {
        self.id
    }

    fn subject(&self) -> Subject {
        Subject::Request(self.revision)
    }

    fn ends(&self) -> Option<Timestamp> {
        self.ends
    }
}

impl Said for Response {
    fn party(&self) -> &Party {
        &self.signer
    }

    fn at(&self) -> Timestamp {
        self.at
    }

    fn request(&self) -> RequestId {
        self.request
    }

    fn subject(&self) -> Subject {
        Subject::Response(self.kind)
    }
}

impl Said for Act {
    fn party(&self) -> &Party {
        &self.actor
    }

    fn at(&self) -> Timestamp {
        self.at
    }

    fn request(&self) -> RequestId {
        self.request
    }

    fn subject(&self) -> Subject {
        Subject::Act(self.kind)
    }
}

pub(super) fn read(
    opened: &Opened<'_>,
    people: &People,
    checks: Checks,
    verdict: &mut Verdict,
) -> Objects {
    let mut objects = Objects::default();
    read_manifest(opened, people, checks, verdict);
    let mut reader = Reader {
        opened,
        people,
        checks,
        verdict,
        signers: Vec::new(),
    };
    objects.requests = reader.section(Section::Request);
    objects.responses = reader.section(Section::Response);
    objects.acts = reader.section(Section::Act);
    objects.signers = reader.signers;
    objects.check_revisions(opened, checks, verdict);
    objects
}

fn read_manifest(opened: &Opened<'_>, people: &People, checks: Checks, verdict: &mut Verdict) {
    let claims = opened.manifest.claims();
    let path = crate::bundle::MANIFEST_PATH;
    let mut row = Row::new(Subject::Manifest, path);
    row.by = Some(claims.exporter.name.as_str().to_owned());
    row.organisation = Some(claims.exporter.organisation);
    row.at = Some(claims.exported_at);
    match people.verify(opened.manifest.clone(), &claims.exporter, checks) {
        Ok((_, signer)) if signer.is_known => row.what = Standing::Proven,
        Ok(_) => {}
        Err(fault) => row.faults.push(fault),
    }
    verdict.put(row);
}

struct Reader<'a, 'b> {
    opened: &'a Opened<'b>,
    people: &'a People,
    checks: Checks,
    verdict: &'a mut Verdict,
    signers: Vec<(Digest, Party, EvidenceEntry)>,
}

impl Reader<'_, '_> {
    fn section<T: Said>(&mut self, section: Section) -> Vec<Signed<T>> {
        let mut found: Vec<Signed<T>> = Vec::new();
        for entry in self.opened.section(section) {
            match self.one::<T>(entry.name, entry.bytes) {
                Ok(signed) => found.push(signed),
                Err(row) => self.verdict.put(*row),
            }
        }
        found
    }

    fn one<T: Said>(&mut self, path: &str, bytes: &[u8]) -> Result<Signed<T>, Box<Row>> {
        let wrong = |breach| Row::wrong(Subject::File, path, Fault::Broken(breach));
        let signed = sign1::read::<T>(bytes).map_err(wrong)?;
        let claims = signed.claims();
        let party = claims.party().clone();
        let mut row = Row::new(claims.subject(), path);
        row.by = Some(party.name.as_str().to_owned());
        row.organisation = Some(party.organisation);
        row.at = Some(claims.at());
        row.digest = Some(Digest::of(bytes));
        let request = self.opened.manifest.claims().request;
        if claims.request() != request && self.checks.on(Check::Request) {
            row.faults.push(Fault::AnotherRequest);
        }
        match self.people.verify(signed, &party, self.checks) {
            Ok((signed, signer)) => {
                if signer.is_known {
                    row.what = Standing::Proven;
                }
                self.signers.push((signed.digest, party, *signer.key));
                self.verdict.put(row);
                Ok(signed)
            }
            Err(fault) => {
                row.faults.push(fault);
                Err(Box::new(row))
            }
        }
    }
}

impl Objects {
    fn check_revisions(&self, opened: &Opened<'_>, checks: Checks, verdict: &mut Verdict) {
        let mut before: Option<&Signed<Request>> = None;
        for request in &self.requests {
            let due = before.map_or(Some(1), |before| before.object.revision.checked_add(1));
            let follows = request.object.previous == before.map(|before| before.digest);
            let is_next = Some(request.object.revision) == due;
            if !(is_next && follows) && checks.on(Check::Revision) {
                blame(verdict, request.digest, Fault::Revision);
            }
            let asks = request.object.issuer.organisation == opened.binding.asks;
            if !asks && checks.on(Check::Request) {
                blame(verdict, request.digest, Fault::AnotherRequest);
            }
            before = Some(request);
        }
    }

    /// Judges by what servers saw whether each key counted when it signed, and how sure the time is.
    pub(super) fn judge(&self, times: &Times, checks: Checks, verdict: &mut Verdict) {
        for (digest, party, key) in &self.signers {
            let Some(row) = verdict.row_of(*digest) else {
                continue;
            };
            if let Some(time) = times.of(*digest, party.organisation) {
                row.at = Some(time.at);
                row.when = time.standing;
                row.clock = time.clock;
            }
            let Some(end) = key.ended.filter(|_| checks.on(Check::KeyLife)) else {
                continue;
            };
            // Whose server has a log of its own; what it had read is no state of another's.
            match times.earliest_state(*digest, party.organisation) {
                Some(position) if check_life(key, position.max(key.position)).is_err() => {
                    row.faults.push(Fault::KeyEnded);
                }
                Some(_) => row.what = row.what.max(Standing::Asserted),
                None => {
                    let before = end.at.zip(times.proven(*digest));
                    if before.is_none_or(|(end, at)| at >= end) {
                        row.what = Standing::NotProven;
                        row.remarks.push(Remark::EndedLater);
                    }
                }
            }
        }
    }

    /// Returns what receipts and seals may be about.
    pub(super) fn said(&self) -> BTreeMap<Digest, Thing> {
        let requests = self.requests.iter().map(thing);
        let responses = self.responses.iter().map(thing);
        let acts = self.acts.iter().map(thing);
        requests.chain(responses).chain(acts).collect()
    }

    /// Returns every text and file that is named, each by the first thing that names it, with name and length if these are known.
    pub(super) fn named(&self) -> Vec<Named> {
        let requests = self.requests.iter();
        let requests = requests.map(|it| (it.digest, it.object.body, &it.object.parts));
        let responses = self.responses.iter();
        let responses = responses.map(|it| (it.digest, it.object.body, &it.object.parts));
        let mut named = Vec::new();
        for (by, body, parts) in requests.chain(responses) {
            named.push(Named {
                by,
                digest: body,
                subject: Subject::Text,
                length: None,
            });
            named.extend(parts.iter().map(|part| Named {
                by,
                digest: part.digest,
                subject: Subject::Attachment(
                    part.name.as_ref().map(|name| name.as_str().to_owned()),
                ),
                length: Some(part.length),
            }));
        }
        let mut seen = BTreeSet::new();
        named.retain(|named| seen.insert(named.digest));
        named
    }
}

fn blame(verdict: &mut Verdict, digest: Digest, fault: Fault) {
    if let Some(row) = verdict.row_of(digest) {
        row.faults.push(fault);
    }
}
