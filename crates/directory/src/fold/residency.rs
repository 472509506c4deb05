//! What an organisation says of itself to others, and with whom it works.

use super::{Change, Check, Directory, Proof};
use crate::Breach;
use crate::residency::{Accepts, Barred, Document, Residency, check_document, check_residency};
use valise_wire::statement::SignedStatement;
use valise_wire::{AccountId, OrganisationId};

/// The newest document, and the newest rule, with where they stand in the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Laws {
    document: Option<(u64, Document)>,
    residency: Option<(u64, Residency)>,
}

impl Directory {
    /// Returns what the organisation says of itself to its partners.
    pub fn document(&self) -> Option<&Document> {
        self.laws.document.as_ref().map(|(_, document)| document)
    }

    /// Returns where that stands in the log.
    pub(super) fn document_position(&self) -> Option<u64> {
        self.laws.document.as_ref().map(|(position, _)| *position)
    }

    /// Returns with whom its people may work; without it, with everybody.
    pub fn residency(&self) -> Option<&Residency> {
        self.laws.residency.as_ref().map(|(_, rule)| rule)
    }

    /// Returns for whom an account speaks, and under whose law that stands, as it says itself. Of a guest nobody says anything.
    pub fn side_and_law(&self, account: AccountId) -> (OrganisationId, &[String]) {
        let side = self.side_of(account);
        let document = self.document().filter(|_| side == self.organisation_id());
        (side, document.map_or(&[], |said| &said.jurisdictions))
    }

    /// Tells whether the organisation's people may work with those of another one, of which `theirs` is known. Each of them has to be allowed
    /// to: the rule is asked here, and what the other one takes, of what it says itself.
    pub fn check_work_with(
        &self,
        other: OrganisationId,
        theirs: Option<&Directory>,
        wanted: Accepts,
    ) -> Result<(), Barred> {
        let document = theirs.and_then(Directory::document);
        if let Some(rule) = self.residency() {
            let exception = rule.exceptions.iter().find(|it| it.partner == other);
            match (exception, document) {
                (Some(exception), _) if exception.allowed => {}
                (Some(_), _) => return Err(Barred::Outside),
                (None, _) if rule.allowed.is_empty() => {}
                (None, None) => return Err(Barred::Unsaid),
                (None, Some(document)) => {
                    let within = |code| rule.allowed.binary_search(code).is_ok();
                    if !document.jurisdictions.iter().all(within) {
                        return Err(Barred::Outside);
                    }
                }
            }
        }
        match document {
            Some(document) if !document.accepts.contains(&wanted) => {
                Err(Barred::NotAccepted(wanted))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn take_document(
        &mut self,
        position: u64,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let document: Document = self.read(signed)?;
        self.verify_registrar::<Document>(signed, document.by, proof)?;
        let former = self.document().map_or(0, |former| former.version);
        self.check_version(former, document.version)?;
        if self.checks.on(Check::Fields) {
            check_document(&document)?;
        }
        self.laws.document = Some((position, document));
        Ok(Change::Laws)
    }

    pub(super) fn take_residency(
        &mut self,
        position: u64,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let rule: Residency = self.read(signed)?;
        self.verify_registrar::<Residency>(signed, rule.by, proof)?;
        let former = self.residency().map_or(0, |former| former.version);
        self.check_version(former, rule.version)?;
        if self.checks.on(Check::Fields) {
            check_residency(&rule)?;
        }
        self.laws.residency = Some((position, rule));
        Ok(Change::Laws)
    }

    fn check_version(&self, former: u64, found: u64) -> Result<(), Breach> {
        if self.checks.on(Check::Version) && found <= former {
            return Err(Breach::Version { former, found });
        }
        Ok(())
    }
}
