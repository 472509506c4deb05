//! What proves accounts and offices of one's own to a partner.

use super::foreign::refused;
use crate::service::Service;
use crate::store::{Batch, Entry, Store};
use std::collections::BTreeSet;
use valise_directory::Directory;
use valise_wire::partner::{MAX_STATEMENTS, OfficePage};
use valise_wire::statement::LogEntry;
use valise_wire::{AccountId, OfficeId, OrganisationId, Problem};

/// Reads the statements at some positions of one's own log.
async fn at<S: Store>(
    service: &Service<S>,
    positions: impl IntoIterator<Item = u64>,
) -> Result<Vec<LogEntry>, Problem> {
    let mut entries = Vec::new();
    for position in positions {
        entries.extend(service.store.statements(position - 1, 1).await?);
    }
    Ok(entries)
}

/// Returns what proves some accounts to a partner.
pub(super) async fn of<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    accounts: &[AccountId],
) -> Result<Vec<LogEntry>, Problem> {
    let home = service.directory.current().ok_or_else(refused)?;
    let positions: BTreeSet<u64> = accounts
        .iter()
        .filter_map(|account| home.excerpt_of(*account, Some(partner)))
        .flatten()
        .collect();
    at(service, positions).await
}

/// Returns what a partner lacks of what it is told of, which was told everything up to a position of the log.
pub(super) async fn since<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    accounts: &[AccountId],
    told: u64,
) -> Result<Vec<LogEntry>, Problem> {
    let home = service.directory.current().ok_or_else(refused)?;
    at(service, home.excerpt_since(partner, accounts, told)).await
}

/// Reads offices that show themselves to a partner, those after one, and as many as make one answer.
pub(super) async fn of_offices<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    after: Option<OfficeId>,
) -> Result<OfficePage, Problem> {
    let home = service.directory.current().ok_or_else(refused)?;
    let offices = home.offices_shown_to(partner);
    let mut offices = offices.filter(|office| after.is_none_or(|after| *office > after));
    let (mut positions, mut holders, mut last) = (BTreeSet::new(), BTreeSet::new(), None);
    while positions.len() < MAX_STATEMENTS
        && let Some(office) = offices.next()
    {
        let whole = home.excerpt_of_office(office, Some(partner));
        positions.extend(whole.into_iter().flatten());
        holders.extend(home.holders(office));
        last = Some(office);
    }
    let next = last.filter(|_| offices.next().is_some());
    remember(service, partner, &holders).await?;
    let entries = at(service, positions).await?;
    Ok(OfficePage { entries, next })
}

/// Returns who holds one of the offices that show themselves to a partner.
pub(super) fn holders(home: &Directory, partner: OrganisationId) -> BTreeSet<AccountId> {
    let offices = home.offices_shown_to(partner);
    offices.flat_map(|office| home.holders(office)).collect()
}

/// Remembers that a partner was shown some accounts, and is told from now on what becomes of them.
pub(super) async fn remember<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    accounts: impl IntoIterator<Item = &AccountId>,
) -> Result<(), Problem> {
    let mut batch = Batch::new();
    let shown = accounts
        .into_iter()
        .map(|account| Entry::Shown(partner, *account));
    batch.entries.extend(shown);
    service.store.commit(batch).await?;
    Ok(())
}
