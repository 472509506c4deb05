//! Which statements prove an account or an office to whoever does not have the whole log.

use super::{Change, Directory, RenewalEntry};
use crate::deadlines::Deadlines;
use crate::guest::GuestEnd;
use crate::keeper::{RequestPolicy, SealMandate, SealMandateEnd};
use crate::office::{Office, OfficeCard};
use crate::residency::Document;
use crate::statement::{
    AccountRevocation, RenewalConfirmation, RenewalOffer, RenewalWithdrawal, read,
};
use std::collections::{BTreeMap, BTreeSet};
use valise_wire::statement::{SignedStatement, StatementKind};
use valise_wire::{AccountId, OfficeId, OrganisationId, RenewalId};

/// Where the log speaks of whom, profiles and cards left out.
#[derive(Clone, Default)]
pub(super) struct Trails {
    about: BTreeMap<AccountId, Vec<u64>>,
    offices: BTreeMap<OfficeId, Vec<u64>>,
    by: BTreeMap<u64, AccountId>,
}

impl Trails {
    /// Remembers a statement that was taken.
    pub(super) fn follow(
        &mut self,
        position: u64,
        signed: &SignedStatement,
        change: &Change,
        renewals: &BTreeMap<RenewalId, RenewalEntry>,
    ) {
        let about = match change {
            Change::Joined(account)
            | Change::Mandated(account)
            | Change::Devices { account, .. }
            | Change::EvidenceKey { account, .. }
            | Change::Keeper(account)
            | Change::Ended { account, .. }
            | Change::Renewed { account, .. } => Some(*account),
            Change::Renewal(renewal) => renewals.get(renewal).map(|entry| entry.offer.account),
            _ => None,
        };
        if let Some(account) = about {
            self.about.entry(account).or_default().push(position);
        }
        if let (Change::Office(office), StatementKind::Office) = (change, signed.kind) {
            self.offices.entry(*office).or_default().push(position);
        }
        self.by
            .extend(registrar(signed).map(|registrar| (position, registrar)));
    }
}

/// Returns the registrar on whose word a statement about an account stands, or whoever ended a guest.
fn registrar(signed: &SignedStatement) -> Option<AccountId> {
    let by = match signed.kind {
        StatementKind::AccountRevocation => read::<AccountRevocation>(signed).map(|said| said.by),
        StatementKind::RenewalOffer => read::<RenewalOffer>(signed).map(|said| said.by),
        StatementKind::RenewalConfirmation => {
            read::<RenewalConfirmation>(signed).map(|said| said.by)
        }
        StatementKind::RenewalWithdrawal => read::<RenewalWithdrawal>(signed).map(|said| said.by),
        StatementKind::Office => read::<Office>(signed).map(|said| said.by),
        StatementKind::OfficeCard => read::<OfficeCard>(signed).map(|said| said.by),
        StatementKind::Document => read::<Document>(signed).map(|said| said.by),
        StatementKind::GuestEnd => read::<GuestEnd>(signed).map(|said| said.by),
        StatementKind::SealMandate => read::<SealMandate>(signed).map(|said| said.by),
        StatementKind::SealMandateEnd => read::<SealMandateEnd>(signed).map(|said| said.by),
        StatementKind::RequestPolicy => read::<RequestPolicy>(signed).map(|said| said.by),
        StatementKind::Deadlines => read::<Deadlines>(signed).map(|said| said.by),
        _ => return None,
    };
    by.ok()
}

impl Directory {
    /// Returns the positions of all statements that prove an account, its devices and its end, and what it shows to a partner:
    /// its own, the invitation, and the same of every registrar on whose word they stand. None if there is no such account.
    pub fn excerpt_of(
        &self,
        account: AccountId,
        shown_to: Option<OrganisationId>,
    ) -> Option<BTreeSet<u64>> {
        let entry = self.accounts.get(&account)?;
        let mut positions = self.proofs(vec![account]);
        positions.extend(self.proofs_of_seals());
        let card = shown_to.and_then(|partner| entry.cards.get(&partner));
        positions.extend(card.map(|card| card.position));
        Some(positions)
    }

    /// Returns the same for an office: everything that was said of it, what it shows to a partner, and what proves those who hold it. None
    /// if there is no such office.
    pub fn excerpt_of_office(
        &self,
        office: OfficeId,
        shown_to: Option<OrganisationId>,
    ) -> Option<BTreeSet<u64>> {
        let mut positions = self.sayings_of(office, shown_to)?;
        positions.extend(self.grounds_of(&positions));
        for holder in self.holders(office) {
            positions.extend(self.excerpt_of(holder, shown_to).into_iter().flatten());
        }
        Some(positions)
    }

    /// Returns what a partner lacks that was told everything up to a position: what was said since of accounts that it knows and of
    /// offices that show themselves to it, on whose word that stands, and all that proves who came to hold one.
    pub fn excerpt_since(
        &self,
        partner: OrganisationId,
        known: &[AccountId],
        told: u64,
    ) -> BTreeSet<u64> {
        let accounts = known
            .iter()
            .filter_map(|account| self.excerpt_of(*account, Some(partner)));
        let fresh = accounts.flatten().filter(|position| *position > told);
        let mut positions: BTreeSet<u64> = fresh.collect();
        positions.extend(self.document_position().filter(|position| *position > told));
        if !positions.is_empty() {
            // A registrar who never said anything about them before is nobody there.
            positions.extend(self.grounds_of(&positions));
        }
        for office in self.offices_shown_to(partner) {
            let sayings = self.sayings_of(office, Some(partner)).unwrap_or_default();
            if sayings.iter().any(|position| *position > told) {
                let whole = self.excerpt_of_office(office, Some(partner));
                positions.extend(whole.into_iter().flatten());
            }
        }
        positions
    }

    /// Returns everything that was said of an office, and what it shows to a partner.
    fn sayings_of(
        &self,
        office: OfficeId,
        shown_to: Option<OrganisationId>,
    ) -> Option<BTreeSet<u64>> {
        let entry = self.offices.get(&office)?;
        let card = shown_to.and_then(|partner| entry.cards.get(&partner));
        let said = self.trails.offices.get(&office);
        let said = said.into_iter().flatten().copied();
        Some(said.chain(card.map(|card| card.position)).collect())
    }

    /// Returns what proves the registrars on whose word some statements stand.
    fn grounds_of(&self, positions: &BTreeSet<u64>) -> BTreeSet<u64> {
        let by = positions
            .iter()
            .filter_map(|position| self.trails.by.get(position));
        self.proofs(by.copied().collect())
    }

    /// Returns what a reader of requests needs: what was ever said of them, and what proves everybody who may or might seal them.
    fn proofs_of_seals(&self) -> BTreeSet<u64> {
        let policies = self.policies.iter();
        let open = policies.clone().map(|policy| policy.by);
        let open = open.chain(self.keepers.keys().copied()).collect();
        let mut positions = self.proofs(open);
        positions.extend(policies.map(|policy| policy.position));
        positions
    }

    /// Returns what proves some accounts, without what they show; and by which calendars all of them counted.
    fn proofs(&self, mut open: Vec<AccountId>) -> BTreeSet<u64> {
        let mut positions: BTreeSet<u64> = self.deadlines.iter().map(|it| it.position).collect();
        open.extend(self.deadlines.iter().map(|entry| entry.said.by));
        positions.insert(1);
        let mut seen = BTreeSet::new();
        while let Some(account) = open.pop() {
            if !seen.insert(account) {
                continue;
            }
            let Some(entry) = self.accounts.get(&account) else {
                continue;
            };
            for position in self.trails.about.get(&account).into_iter().flatten() {
                positions.insert(*position);
                open.extend(self.trails.by.get(position));
            }
            if let Some(invitation) = self.invitations.get(&entry.invitation) {
                positions.insert(invitation.position);
                open.push(invitation.statement.issuer);
            }
            if let Some(pass) = self.passes.get(&entry.invitation) {
                positions.insert(pass.position);
                open.push(pass.statement.by);
            }
        }
        positions
    }
}
