//! Who is who: the excerpts of directories, and whose key signed.

use super::items::Opened;
use super::{Check, Checks, Expected, Fault, Remark, Row, Standing, Subject, Verdict};
use crate::bundle::Section;
use crate::request::Party;
use crate::sign1::{Object, Signed, SignedIn};
use crate::{Binding, Breach};
use std::collections::{BTreeMap, BTreeSet};
use valise_directory::fold::{EvidenceEntry, fingerprint};
use valise_directory::keys::EvidencePublicKey;
use valise_directory::{Directory, excerpt};
use valise_wire::statement::LogEntry;
use valise_wire::{OrganisationId, from_bytes};

/// Most organisations of a bundle, and most bytes and statements of the excerpt of one: each statement costs a signature.
const MAX_ORGANISATIONS: usize = 8;
const MAX_EXCERPT_BYTES: usize = 16 << 20;
const MAX_STATEMENTS: usize = 10_000;

/// The organisations of a bundle.
pub(super) struct People {
    directories: BTreeMap<OrganisationId, Directory>,
    known: BTreeSet<OrganisationId>,
    binding: Binding,
}

/// A verified signer.
pub(super) struct Signer<'a> {
    pub(super) key: &'a EvidenceEntry,
    /// Whether the reader knows the organisation by its fingerprint.
    pub(super) is_known: bool,
}

pub(super) fn read(
    opened: &Opened<'_>,
    expected: &Expected<'_>,
    checks: Checks,
    verdict: &mut Verdict,
) -> People {
    let mut people = People {
        directories: BTreeMap::new(),
        known: BTreeSet::new(),
        binding: opened.binding,
    };
    let mut missing: BTreeSet<String> = expected
        .fingerprints
        .iter()
        .map(|text| groups(text))
        .collect();
    for (number, entry) in opened.section(Section::Trust).enumerate() {
        let row = match read_excerpt(number, entry.bytes, checks) {
            Ok(directory) => {
                let digits = groups(&fingerprint(directory.organisation_id()));
                people.add(directory, missing.remove(&digits), entry.name)
            }
            Err(fault) => Row::wrong(Subject::File, entry.name, fault),
        };
        verdict.put(row);
    }
    if !missing.is_empty() && checks.on(Check::Fingerprint) {
        let wrong = Row::wrong(Subject::Bundle, "", Fault::AnotherOrganisation);
        verdict.rows.push(wrong);
    }
    people
}

fn read_excerpt(number: usize, bytes: &[u8], checks: Checks) -> Result<Directory, Fault> {
    let bounded = checks.on(Check::Bound);
    if bounded && (number >= MAX_ORGANISATIONS || bytes.len() > MAX_EXCERPT_BYTES) {
        return Err(Fault::Broken(Breach::TooLarge));
    }
    let log: Vec<LogEntry> = from_bytes(bytes)
        .map_err(Breach::Malformed)
        .map_err(Fault::Broken)?;
    if bounded && log.len() > MAX_STATEMENTS {
        return Err(Fault::Broken(Breach::TooLarge));
    }
    let first = log.first().ok_or(Fault::Broken(Breach::Field("excerpt")))?;
    let id = Directory::organisation_of(&first.statement).map_err(Fault::Directory)?;
    excerpt::fold(id, &log).map_err(Fault::Directory)
}

/// Writes a fingerprint as it is compared: its digits.
fn groups(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

impl People {
    fn add(&mut self, directory: Directory, is_known: bool, path: &str) -> Row {
        let id = directory.organisation_id();
        let mut row = Row::new(Subject::Organisation(id), path);
        let said = directory.organisation();
        row.by = said.map(|said| said.name.clone().unwrap_or(said.domain.clone()));
        row.at = said.map(|said| said.created_at);
        row.organisation = Some(id);
        if is_known {
            row.what = Standing::Proven;
            self.known.insert(id);
        } else {
            row.remarks.push(Remark::CompareFingerprint);
        }
        if self.directories.insert(id, directory).is_some() {
            row.faults.push(Fault::Twice);
        }
        row
    }

    /// Returns the log in which those stand who speak for an organisation, or for the guest of this request.
    pub(super) fn directory_of(&self, side: OrganisationId) -> Option<&Directory> {
        self.directories.get(&side).or_else(|| {
            let mut all = self.directories.values();
            all.find(|directory| directory.room_of_side(side) == Some(self.binding.room))
        })
    }

    /// Returns who is who in an organisation.
    pub(super) fn organisation(&self, organisation: OrganisationId) -> Option<&Directory> {
        self.directories.get(&organisation)
    }

    /// Returns the key of an organisation's server.
    pub(super) fn server_key(&self, organisation: OrganisationId) -> Option<EvidencePublicKey> {
        let directory = self.directories.get(&organisation)?;
        Some(EvidencePublicKey(directory.organisation()?.hub_key))
    }

    /// Tells whether the reader knows an organisation by its fingerprint.
    pub(super) fn is_known(&self, organisation: OrganisationId) -> bool {
        self.known.contains(&organisation)
    }

    /// Verifies that somebody signed something, with the key that his device had by the state that he names.
    pub(super) fn verify<T: Object>(
        &self,
        signed: SignedIn<T>,
        party: &Party,
        checks: Checks,
    ) -> Result<(Signed<T>, Signer<'_>), Fault> {
        let directory = self.directory_of(party.organisation);
        let directory = directory.ok_or(Fault::UnknownSigner)?;
        let entry = match directory.evidence_key(&signed.key_id()) {
            Some(entry) => entry,
            None => return Err(Fault::UnknownSigner),
        };
        // A guest speaks for nobody but himself, and nobody speaks for a guest.
        let is_his = (entry.account, entry.device) == (party.account, party.device)
            && directory.side_of(party.account) == party.organisation;
        if !is_his && checks.on(Check::Signer) {
            return Err(Fault::AnotherSigner);
        }
        let signed = if checks.on(Check::Signature) {
            let verified = signed.verify(&entry.key, &self.binding);
            verified.map_err(Fault::Broken)?
        } else {
            signed.unverified()
        };
        if checks.on(Check::KeyLife) {
            check_life(entry, party.directory)?;
        }
        let is_known = self.is_known(directory.organisation_id());
        let key = entry;
        Ok((signed, Signer { key, is_known }))
    }
}

/// A key counts from its own place in the log to that of its end.
pub(super) fn check_life(entry: &EvidenceEntry, position: u64) -> Result<(), Fault> {
    if position < entry.position {
        return Err(Fault::KeyTooEarly);
    }
    match entry.ended {
        Some(end) if end.position <= position => Err(Fault::KeyEnded),
        _ => Ok(()),
    }
}
