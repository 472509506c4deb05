//! The part of a log that proves who some accounts are, for somebody who gets no more of it.
//!
//! An excerpt holds every statement on the way from the organisation's key to those accounts, with its place in the log. It cannot
//! show that nothing else stands in the log: whoever makes it may leave out the end of an account or of a device.

use crate::Breach;
use crate::fold::Directory;
use std::collections::BTreeSet;
use valise_wire::statement::LogEntry;
use valise_wire::{AccountId, OrganisationId};

/// Picks from a whole log, verified before, what proves these accounts.
pub fn gather(log: &[LogEntry], accounts: &BTreeSet<AccountId>) -> Result<Vec<LogEntry>, Breach> {
    let first = log.first().ok_or(Breach::Founding)?;
    let mut directory = Directory::new(Directory::organisation_of(&first.statement)?);
    for entry in log {
        directory.apply_trusted(entry.position, &entry.statement)?;
    }
    let proofs = accounts
        .iter()
        .map(|account| directory.excerpt_of(*account, None));
    let positions: BTreeSet<u64> = proofs.flatten().flatten().chain([1]).collect();
    let picked = log
        .iter()
        .filter(|entry| positions.contains(&entry.position));
    Ok(picked.cloned().collect())
}

/// Folds an excerpt. What stands between its statements is not known, so neither is the head; all rules hold but the one of the last registrar,
/// because others cannot be seen here.
pub fn fold(organisation: OrganisationId, excerpt: &[LogEntry]) -> Result<Directory, Breach> {
    let mut directory = Directory::excerpt(organisation, organisation, None);
    for entry in excerpt {
        directory.apply(entry.position, &entry.statement)?;
    }
    Ok(directory)
}
