//! Another organisation as far as one's own was shown it: some statements of its log, verified like a log of one's own.

use crate::fold::{Check, Checks};
use crate::partner::PartnerKey;
use crate::{Breach, Directory};
use std::collections::{BTreeMap, BTreeSet};
use valise_wire::statement::{LogEntry, SignedStatement};
use valise_wire::{AccountId, OrganisationId};

/// What is known of one other organisation.
#[derive(Clone)]
pub struct Foreign {
    empty: Directory,
    entries: BTreeMap<u64, SignedStatement>,
    folded: Directory,
    checks: Checks,
}

impl Foreign {
    /// Begins without any statement. With the partner key it opens what the other's people show to `reader`.
    pub fn new(
        organisation: OrganisationId,
        reader: OrganisationId,
        key: Option<PartnerKey>,
    ) -> Self {
        let empty = Directory::excerpt(organisation, reader, key);
        Self {
            folded: empty.clone(),
            entries: BTreeMap::new(),
            empty,
            checks: Checks::ALL,
        }
    }

    /// Switches checks off, for the tests that show what each is for.
    #[doc(hidden)]
    pub fn with_checks(mut self, checks: Checks) -> Self {
        self.checks = checks;
        self.empty = self.empty.with_checks(checks);
        self.folded = self.empty.clone();
        self
    }

    /// Takes more of the log, verifies it, and returns which of it is new. Nothing is taken if anything is wrong.
    pub fn take(&mut self, entries: Vec<LogEntry>) -> Result<Vec<LogEntry>, Breach> {
        let (fresh, entries) = self.sort(entries)?;
        if fresh.is_empty() {
            return Ok(Vec::new());
        }
        self.folded = self.fold(&entries, &fresh)?;
        self.entries = entries;
        let taken = fresh.into_iter().filter_map(|position| {
            let statement = self.entries.get(&position)?.clone();
            Some(LogEntry {
                position,
                statement,
            })
        });
        Ok(taken.collect())
    }

    /// Takes what this device verified before and read back out of its own store.
    pub fn take_trusted(&mut self, entries: Vec<LogEntry>) -> Result<(), Breach> {
        let (_, entries) = self.sort(entries)?;
        self.folded = self.fold(&entries, &BTreeSet::new())?;
        self.entries = entries;
        Ok(())
    }

    /// Returns who is who there.
    pub fn directory(&self) -> &Directory {
        &self.folded
    }

    /// Returns what is known at some positions.
    pub fn entries_at(&self, positions: &BTreeSet<u64>) -> Vec<LogEntry> {
        let known = positions.iter().filter_map(|position| {
            let statement = self.entries.get(position)?.clone();
            Some(LogEntry {
                position: *position,
                statement,
            })
        });
        known.collect()
    }

    /// Returns how many statements are known.
    pub fn statements(&self) -> usize {
        self.entries.len()
    }

    /// Returns the accounts whose devices or end are other than they were in `former`.
    pub fn changed_since(&self, former: &Directory) -> Vec<AccountId> {
        let state = |directory: &Directory, account| {
            directory
                .account(account)
                .map(|entry| (entry.devices.clone(), entry.ended_at))
        };
        self.folded
            .accounts()
            .map(|account| account.id)
            .filter(|account| state(former, *account) != state(&self.folded, *account))
            .collect()
    }

    fn sort(
        &self,
        entries: Vec<LogEntry>,
    ) -> Result<(BTreeSet<u64>, BTreeMap<u64, SignedStatement>), Breach> {
        let mut all = self.entries.clone();
        let mut fresh = BTreeSet::new();
        for entry in entries {
            match all.get(&entry.position) {
                Some(known) if *known == entry.statement => {}
                Some(_) if self.checks.on(Check::SamePlace) => return Err(Breach::Contradicted),
                Some(_) | None => {
                    fresh.insert(entry.position);
                    all.insert(entry.position, entry.statement);
                }
            }
        }
        Ok((fresh, all))
    }

    /// Goes on where the fold stands if all that is new comes behind it, and begins anew otherwise.
    fn fold(
        &self,
        entries: &BTreeMap<u64, SignedStatement>,
        fresh: &BTreeSet<u64>,
    ) -> Result<Directory, Breach> {
        let head = self.folded.head().position;
        let behind = !fresh.is_empty() && fresh.first().is_some_and(|first| *first > head);
        let (mut directory, from) = if behind {
            (self.folded.clone(), head + 1)
        } else {
            (self.empty.clone(), 1)
        };
        for (position, statement) in entries.range(from..) {
            if fresh.contains(position) {
                directory.apply(*position, statement)?;
            } else {
                directory.apply_trusted(*position, statement)?;
            }
        }
        Ok(directory)
    }
}
