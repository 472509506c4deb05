//! When things were: what servers say in receipts, seals, and what time tokens prove.

use super::items::Opened;
use super::objects::{Objects, Thing};
use super::people::People;
use super::{
    Check, Checks, Clock, Expected, Fault, Remark, Row, Stamp, Stamped, Standing, Subject, Verdict,
};
use crate::bundle::Section;
use crate::sign1::{self, Digest, Signed};
use crate::{Event, Party, Receipt};
use std::collections::BTreeMap;
use valise_wire::{OrganisationId, Timestamp};

/// How long after the instant that a server says its time token proves that instant.
const WITHIN_MILLIS: u64 = 5 * 60 * 1000;
/// How much earlier than a signer's device a server may say that it took something, or later than an authority that all was there, before that is
/// worth a word.
pub(super) const DRIFT_MILLIS: u64 = 60 * 60 * 1000;

/// What is known of times.
pub(super) struct Times {
    receipts: Vec<Observed>,
    /// Tokens over seals: the sealed thing was there by then.
    pub(super) sealed: Vec<(Digest, Timestamp, Clock)>,
    /// Seals that hold, by whoever sealed.
    pub(super) seals: Vec<(Digest, Party)>,
    /// Where a server says that nothing of the other side was there by an instant: the row's place, the server, and who had asked.
    expired: Vec<(String, OrganisationId, OrganisationId, Timestamp)>,
    /// On whose server the room lives, by whose log both sides fold.
    hub: OrganisationId,
}

struct Observed {
    object: Digest,
    by: OrganisationId,
    directory: u64,
    time: Time,
    proven_at: Option<Timestamp>,
}

/// When something was, how sure that is, and by whose clock.
#[derive(Debug, Clone)]
pub(super) struct Time {
    pub(super) at: Timestamp,
    pub(super) standing: Standing,
    pub(super) clock: Option<Clock>,
}

pub(super) fn read(
    opened: &Opened<'_>,
    people: &People,
    expected: &Expected<'_>,
    objects: &Objects,
    checks: Checks,
    verdict: &mut Verdict,
) -> Times {
    let said = objects.said();
    let mut reader = Reader {
        opened,
        people,
        expected,
        checks,
        said,
        times: Times {
            receipts: Vec::new(),
            sealed: Vec::new(),
            seals: Vec::new(),
            expired: Vec::new(),
            hub: opened.binding.asks,
        },
    };
    for entry in opened.section(Section::Receipt) {
        let row = reader.receipt(entry.name, entry.bytes);
        verdict.put(row);
    }
    for entry in opened.section(Section::Seal) {
        let row = reader.seal(entry.name, entry.bytes);
        verdict.put(row);
    }
    reader.contradictions(verdict);
    reader.times
}

pub(super) struct Reader<'a, 'b> {
    pub(super) opened: &'a Opened<'b>,
    pub(super) people: &'a People,
    expected: &'a Expected<'a>,
    pub(super) checks: Checks,
    pub(super) said: BTreeMap<Digest, Thing>,
    pub(super) times: Times,
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
        let Some(said) = self.said.get(&receipt.object) else {
            return self.checks.on(Check::Object).then_some(Fault::NoObject);
        };
        let is_of_signer = receipt.issuer == said.by;
        let by_side = receipt.event.is_of_signer();
        if by_side.is_some_and(|by| by != is_of_signer) && self.checks.on(Check::ReceiptSide) {
            return Some(Fault::AnothersReceipt);
        }
        let is_expiry = receipt.event == Event::AcceptanceRejectionExpiry;
        let ends_so = said.ends.is_some() && said.ends == receipt.expires_at;
        (is_expiry && !ends_so && self.checks.on(Check::Expiry)).then_some(Fault::AnotherEnd)
    }

    /// Finds servers that say that they had nothing of the other side by an instant, and elsewhere that they had something.
    fn contradictions(&self, verdict: &mut Verdict) {
        if !self.checks.on(Check::Expiry) {
            return;
        }
        for (path, by, asks, ends) in &self.times.expired {
            let is_other = |seen: &Observed| {
                let said = self.said.get(&seen.object);
                said.is_some_and(|said| said.by != *asks)
            };
            let mut seen = self.times.receipts.iter();
            if seen.any(|seen| seen.by == *by && seen.time.at <= *ends && is_other(seen)) {
                verdict.blame(path, Fault::Contradicts);
            }
        }
    }

    /// What a server says is asserted, however well it is signed; that it was then a time token may prove.
    fn take(&mut self, signed: Signed<Receipt>, row: &mut Row) {
        let receipt = &signed.object;
        // The server of an organisation that nobody knows is nobody's.
        let is_known = self.people.is_known(receipt.issuer);
        if is_known {
            (row.what, row.when) = (Standing::Asserted, Standing::Asserted);
        }
        row.clock = Some(Clock::Server(receipt.issuer));
        let token = signed.token.as_deref();
        let stamp = self.stamped(&signed.signature, token, row);
        let proven = stamp.filter(|stamp| self.fits(receipt.at, stamp, row) && is_known);
        let said = self.said.get(&receipt.object);
        if said.is_some_and(|said| receipt.at.plus_millis(DRIFT_MILLIS) < said.at) {
            row.remarks.push(Remark::BeforeSigned);
        }
        let proven_at = proven.as_ref().map(|stamp| stamp.at);
        if let Some(stamp) = proven.filter(|stamp| !is_later(receipt.at, stamp)) {
            row.when = Standing::Proven;
            let clock = Clock::Authority(receipt.issuer, stamp.name, stamp.authority);
            row.clock = Some(clock);
        }
        if let Some((said, ends)) = said.zip(receipt.expires_at)
            && receipt.event == Event::AcceptanceRejectionExpiry
        {
            let expired = (row.path.clone(), receipt.issuer, said.by, ends);
            self.times.expired.push(expired);
        }
        if !row.faults.is_empty() || !is_seen(receipt.event) {
            return;
        }
        self.times.receipts.push(Observed {
            object: receipt.object,
            by: receipt.issuer,
            directory: receipt.directory,
            time: Time {
                at: receipt.at,
                standing: row.when,
                clock: row.clock.clone(),
            },
            proven_at,
        });
    }

    /// Compares what a server says with a token over it. Tells whether the token proves anything.
    fn fits(&self, at: Timestamp, stamp: &Stamp, row: &mut Row) -> bool {
        if at > stamp.at.plus_millis(WITHIN_MILLIS) && self.checks.on(Check::Instant) {
            row.faults.push(Fault::LaterThanToken);
        }
        if is_later(at, stamp) && self.checks.on(Check::Instant) {
            row.remarks.push(Remark::TokenLater);
        }
        stamp.is_known
    }

    /// Verifies a time token over a signature, whoever made it.
    pub(super) fn stamped(
        &self,
        signature: &[u8],
        token: Option<&[u8]>,
        row: &mut Row,
    ) -> Option<Stamp> {
        let over = Stamped::Signature(signature);
        stamped(over, token, self.expected, self.checks, row)
    }
}

/// Verifies a time token, whoever made it.
pub(super) fn stamped(
    over: Stamped<'_>,
    token: Option<&[u8]>,
    expected: &Expected<'_>,
    checks: Checks,
    row: &mut Row,
) -> Option<Stamp> {
    let token = token?;
    let Some(verify) = expected.token else {
        row.remarks.push(Remark::TokenUnread);
        return None;
    };
    let stamp = verify(over, token);
    match &stamp {
        None if checks.on(Check::Token) => row.faults.push(Fault::Token),
        Some(stamp) if !stamp.is_known => row.remarks.push(Remark::CompareAuthority),
        _ => {}
    }
    stamp
}

/// Tells whether a token was made so long after the instant that a server says that it does not prove it.
fn is_later(at: Timestamp, stamp: &Stamp) -> bool {
    stamp.at > at.plus_millis(WITHIN_MILLIS)
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
    /// Returns when something was, said by somebody of an organisation: when the other organisation's server saw it first, the own
    /// one's if there is nothing else.
    pub(super) fn of(&self, object: Digest, organisation: OrganisationId) -> Option<Time> {
        let seen = || self.receipts.iter().filter(|seen| seen.object == object);
        let others = seen().filter(|seen| seen.by != organisation);
        let found = others.min_by_key(|seen| seen.time.at);
        let found = found.or_else(|| seen().min_by_key(|seen| seen.time.at));
        let by_seal = self.sealed.iter().filter(|(sealed, ..)| *sealed == object);
        let by_seal = by_seal.map(|(_, at, clock)| Time {
            at: *at,
            standing: Standing::Proven,
            clock: Some(clock.clone()),
        });
        found
            .map(|found| found.time.clone())
            .or_else(|| by_seal.min_by_key(|time| time.at))
    }

    /// Returns the instant by which deadlines are judged: when the server took it on which the room lives, in whose log both sides read
    /// it. Where that said nothing, any other.
    pub(super) fn in_fold(&self, object: Digest, organisation: OrganisationId) -> Option<Time> {
        let seen = self.receipts.iter().filter(|seen| seen.object == object);
        let hub = seen.filter(|seen| seen.by == self.hub);
        let found = hub.min_by_key(|seen| seen.time.at);
        found
            .map(|found| found.time.clone())
            .or_else(|| self.of(object, organisation))
    }

    /// Returns by when something was there for certain.
    pub(super) fn proven(&self, object: Digest) -> Option<Timestamp> {
        let seen = self.receipts.iter().filter(|seen| seen.object == object);
        let sealed = self.sealed.iter().filter(|(sealed, ..)| *sealed == object);
        let tokens = seen.filter_map(|seen| seen.proven_at);
        tokens.chain(sealed.map(|(_, at, _)| *at)).min()
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
