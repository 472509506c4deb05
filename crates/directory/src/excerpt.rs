//! The part of a log that proves who some accounts are, for somebody who gets no more of it.
//!
//! An excerpt holds every statement on the way from the organisation's key to those accounts, with its place in the log. It cannot
//! show that nothing else stands in the log: whoever makes it may leave out the end of an account or of a device.

use crate::Breach;
use crate::fold::{Check, Checks, Directory};
use crate::statement::{
    Account, AccountRevocation, DeviceList, EvidenceKey, Invitation, Mandate, Renewal,
    RenewalConfirmation, RenewalOffer, RenewalVeto, RenewalWithdrawal, read,
};
use std::collections::BTreeSet;
use valise_wire::statement::{LogEntry, SignedStatement, StatementKind};
use valise_wire::{AccountId, InvitationId, OrganisationId, RenewalId};

/// Picks from a whole log what proves these accounts.
pub fn gather(log: &[LogEntry], accounts: &BTreeSet<AccountId>) -> Result<Vec<LogEntry>, Breach> {
    let about = log
        .iter()
        .map(|entry| About::of(&entry.statement))
        .collect::<Result<Vec<_>, _>>()?;
    let mut needed = Needed {
        accounts: accounts.clone(),
        ..Needed::default()
    };
    // Each round brings in who vouched for those of the round before, until everybody's way to the organisation is whole.
    while about.iter().filter(|about| needed.widen(about)).count() > 0 {}
    let picked = log.iter().zip(&about);
    let picked = picked.filter(|(_, about)| needed.has(about));
    Ok(picked.map(|(entry, _)| entry.clone()).collect())
}

/// Folds an excerpt. What stands between its statements is not known, so neither is the head; all other rules hold.
pub fn fold(organisation: OrganisationId, excerpt: &[LogEntry]) -> Result<Directory, Breach> {
    // That other registrars are left cannot be seen here.
    let checks = Checks::ALL
        .without(Check::Position)
        .without(Check::LastRegistrar);
    let mut directory = Directory::new(organisation).with_checks(checks);
    let mut expected = 1;
    for entry in excerpt {
        let first = expected == 1;
        if entry.position < expected || (first && entry.position != 1) {
            return Err(Breach::Position {
                expected,
                found: entry.position,
            });
        }
        directory.apply(entry.position, &entry.statement)?;
        expected = entry.position.saturating_add(1);
    }
    Ok(directory)
}

/// What a statement is about, as far as an excerpt needs to know.
enum About {
    Founding,
    Invitation {
        id: InvitationId,
        issuer: AccountId,
    },
    Account {
        id: AccountId,
        by: InvitationId,
    },
    /// Something of an account, and the registrar who said it.
    Of(AccountId, Option<AccountId>),
    Offer {
        id: RenewalId,
        account: AccountId,
        by: AccountId,
    },
    Renewal {
        id: RenewalId,
        by: Option<AccountId>,
    },
    Nothing,
}

impl About {
    fn of(signed: &SignedStatement) -> Result<Self, Breach> {
        Ok(match signed.kind {
            StatementKind::Organisation => Self::Founding,
            StatementKind::Mandate => Self::Of(read::<Mandate>(signed)?.account, None),
            StatementKind::Invitation => {
                let Invitation { id, issuer, .. } = read(signed)?;
                Self::Invitation { id, issuer }
            }
            StatementKind::Account => {
                let Account { id, invitation, .. } = read(signed)?;
                Self::Account { id, by: invitation }
            }
            StatementKind::DeviceList => Self::Of(read::<DeviceList>(signed)?.account, None),
            StatementKind::EvidenceKey => Self::Of(read::<EvidenceKey>(signed)?.account, None),
            StatementKind::AccountRevocation => {
                let AccountRevocation { account, by, .. } = read(signed)?;
                Self::Of(account, Some(by))
            }
            StatementKind::RenewalOffer => {
                let RenewalOffer {
                    id, account, by, ..
                } = read(signed)?;
                Self::Offer { id, account, by }
            }
            StatementKind::RenewalConfirmation => {
                let RenewalConfirmation { renewal, by, .. } = read(signed)?;
                Self::renewal(renewal, Some(by))
            }
            StatementKind::RenewalWithdrawal => {
                let RenewalWithdrawal { renewal, by, .. } = read(signed)?;
                Self::renewal(renewal, Some(by))
            }
            StatementKind::RenewalVeto => Self::renewal(read::<RenewalVeto>(signed)?.renewal, None),
            StatementKind::Renewal => Self::renewal(read::<Renewal>(signed)?.renewal, None),
            // A name is its owner's word, and whoever signs says it himself; a revoked invitation made its accounts before.
            StatementKind::Profile | StatementKind::InvitationRevocation => Self::Nothing,
        })
    }

    fn renewal(id: RenewalId, by: Option<AccountId>) -> Self {
        Self::Renewal { id, by }
    }
}

#[derive(Default)]
struct Needed {
    accounts: BTreeSet<AccountId>,
    invitations: BTreeSet<InvitationId>,
    renewals: BTreeSet<RenewalId>,
}

impl Needed {
    fn has(&self, about: &About) -> bool {
        match about {
            About::Founding => true,
            About::Invitation { id, .. } => self.invitations.contains(id),
            About::Account { id, .. } | About::Of(id, _) => self.accounts.contains(id),
            About::Offer { id, .. } | About::Renewal { id, .. } => self.renewals.contains(id),
            About::Nothing => false,
        }
    }

    /// Adds what a statement that is needed needs itself; tells whether there was anything.
    fn widen(&mut self, about: &About) -> bool {
        let of_needed = match about {
            About::Offer { account, .. } => self.accounts.contains(account),
            about => self.has(about),
        };
        if !of_needed {
            return false;
        }
        match about {
            About::Invitation { issuer, .. } => self.accounts.insert(*issuer),
            About::Account { by, .. } => self.invitations.insert(*by),
            About::Of(_, Some(by)) | About::Renewal { by: Some(by), .. } => {
                self.accounts.insert(*by)
            }
            About::Offer { id, by, .. } => {
                let (new, newer) = (self.renewals.insert(*id), self.accounts.insert(*by));
                new || newer
            }
            _ => false,
        }
    }
}
