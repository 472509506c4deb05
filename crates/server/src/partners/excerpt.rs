//! What proves accounts of one's own to a partner.

use super::foreign::refused;
use crate::service::Service;
use crate::store::{Batch, Entry, Store};
use std::collections::BTreeSet;
use valise_wire::statement::LogEntry;
use valise_wire::{AccountId, OrganisationId, Problem};

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

/// Remembers that a partner was shown some accounts, and is told from now on what becomes of them.
pub(super) async fn remember<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    accounts: &[AccountId],
) -> Result<(), Problem> {
    let mut batch = Batch::new();
    let shown = accounts
        .iter()
        .map(|account| Entry::Shown(partner, *account));
    batch.entries.extend(shown);
    service.store.commit(batch).await?;
    Ok(())
}
