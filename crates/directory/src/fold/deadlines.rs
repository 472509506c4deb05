//! How the organisation counts deadlines, and counted them before.

use super::{Change, Check, Directory, Proof};
use crate::Breach;
use crate::calendar::Calendar;
use crate::deadlines::{Deadlines, check_fields};
use valise_wire::statement::SignedStatement;

/// What a registrar once said of deadlines. It stays known: what was asked then was counted so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlinesEntry {
    /// What was said.
    pub said: Deadlines,
    /// SHA-256 of its calendar.
    pub calendar: [u8; 32],
    /// Where it stands in the log.
    pub position: u64,
}

impl Directory {
    /// Returns how deadlines are counted now; none if nothing was said.
    pub fn deadlines(&self) -> Option<&DeadlinesEntry> {
        self.deadlines.last()
    }

    /// Returns the calendar with a digest, if it stands in the log up to a position.
    pub fn calendar(&self, digest: &[u8; 32], up_to: u64) -> Option<&Calendar> {
        let mut all = self.deadlines.iter();
        let is_it = |entry: &&DeadlinesEntry| entry.calendar == *digest && entry.position <= up_to;
        Some(&all.find(is_it)?.said.calendar)
    }

    pub(super) fn take_deadlines(
        &mut self,
        position: u64,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let said: Deadlines = self.read(signed)?;
        self.verify_registrar::<Deadlines>(signed, said.by, proof)?;
        let former = self.deadlines().map_or(0, |entry| entry.said.version);
        if self.checks.on(Check::Version) && said.version <= former {
            return Err(Breach::Version {
                former,
                found: said.version,
            });
        }
        if self.checks.on(Check::Fields) {
            check_fields(&said)?;
        }
        let calendar = said.calendar.digest();
        self.deadlines.push(DeadlinesEntry {
            said,
            calendar,
            position,
        });
        Ok(Change::Deadlines)
    }
}
