//! Reading the organisation's log.

use crate::fanout::Owner;
use crate::service::Service;
use crate::store::Store;
use std::collections::BTreeSet;
use valise_wire::request::{DirectoryPage, ReadDirectory, Reply};
use valise_wire::{AccountId, Problem};

/// Most statements of one answer.
const MAX_STATEMENTS: u32 = 200;
/// Most bytes of their payloads beyond the first.
const MAX_BYTES: usize = 2 << 20;

/// Reads a part of the log. A guest gets what proves those who are in his room, and nothing of anybody else.
pub(crate) async fn read<S: Store>(
    service: &Service<S>,
    who: Owner,
    request: ReadDirectory,
) -> Result<Reply, Problem> {
    if let Some(positions) = guest_excerpt(service, who).await? {
        let mut entries = Vec::new();
        for position in &positions {
            entries.extend(service.store.statements(position - 1, 1).await?);
        }
        let head = positions.last().copied().unwrap_or(0);
        return Ok(DirectoryPage { entries, head }.into());
    }
    page(service, request.after, service.directory.position()).await
}

/// Returns the last position of what a device may read of the log.
pub(crate) async fn head_for<S: Store>(service: &Service<S>, who: Owner) -> Result<u64, Problem> {
    let excerpt = guest_excerpt(service, who).await?;
    let last = excerpt.map(|positions| positions.last().copied().unwrap_or(0));
    Ok(last.unwrap_or_else(|| service.directory.position()))
}

/// Returns the positions that a guest may read: himself, who let him in, and, once he is in his room, who is there; none for whoever is no guest.
async fn guest_excerpt<S: Store>(
    service: &Service<S>,
    who: Owner,
) -> Result<Option<BTreeSet<u64>>, Problem> {
    let Some(directory) = service.directory.current() else {
        return Ok(None);
    };
    let Some(room) = directory.guest_room(who.account) else {
        return Ok(None);
    };
    if !service.settings.protections.guests {
        return Ok(None);
    }
    let members = service.store.members(room).await?;
    let is_in = members.iter().any(|member| member.device == who.device);
    let others = members
        .iter()
        .filter(|_| is_in)
        .map(|member| member.account);
    let accounts: BTreeSet<AccountId> = others.chain([who.account]).collect();
    let proofs = accounts
        .into_iter()
        .filter_map(|account| directory.excerpt_of(account, None));
    Ok(Some(proofs.flatten().collect()))
}

/// Returns the part of the log after one position and up to another.
pub(super) async fn page<S: Store>(
    service: &Service<S>,
    after: u64,
    head: u64,
) -> Result<Reply, Problem> {
    let mut entries = service.store.statements(after, MAX_STATEMENTS).await?;
    entries.retain(|entry| entry.position <= head);
    let mut size = 0;
    let fitting = entries.iter().take_while(|entry| {
        size += entry.statement.payload.len();
        size <= MAX_BYTES
    });
    let count = fitting.count().max(1);
    entries.truncate(count);
    Ok(DirectoryPage { entries, head }.into())
}
