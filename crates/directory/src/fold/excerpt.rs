//! Which statements prove an account to whoever does not have the whole log.

use super::{Change, Directory, RenewalEntry};
use crate::statement::{
    AccountRevocation, RenewalConfirmation, RenewalOffer, RenewalWithdrawal, read,
};
use std::collections::{BTreeMap, BTreeSet};
use valise_wire::statement::{SignedStatement, StatementKind};
use valise_wire::{AccountId, OrganisationId, RenewalId};

/// Where the log speaks of whom, profiles and cards left out.
#[derive(Clone, Default)]
pub(super) struct Trails {
    about: BTreeMap<AccountId, Vec<u64>>,
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
            | Change::Ended { account, .. }
            | Change::Renewed { account, .. } => Some(*account),
            Change::Renewal(renewal) => renewals.get(renewal).map(|entry| entry.offer.account),
            _ => None,
        };
        if let Some(account) = about {
            self.about.entry(account).or_default().push(position);
        }
        self.by
            .extend(registrar(signed).map(|registrar| (position, registrar)));
    }
}

/// Returns the registrar on whose word a statement about an account stands.
fn registrar(signed: &SignedStatement) -> Option<AccountId> {
    let by = match signed.kind {
        StatementKind::AccountRevocation => read::<AccountRevocation>(signed).map(|said| said.by),
        StatementKind::RenewalOffer => read::<RenewalOffer>(signed).map(|said| said.by),
        StatementKind::RenewalConfirmation => {
            read::<RenewalConfirmation>(signed).map(|said| said.by)
        }
        StatementKind::RenewalWithdrawal => read::<RenewalWithdrawal>(signed).map(|said| said.by),
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
        self.accounts.get(&account)?;
        let mut positions = BTreeSet::from([1]);
        let mut seen = BTreeSet::new();
        let mut open = vec![account];
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
        }
        let card = shown_to.and_then(|partner| self.accounts.get(&account)?.cards.get(&partner));
        positions.extend(card.map(|card| card.position));
        Some(positions)
    }
}
