//! Reading the organisation's log.

use crate::service::Service;
use crate::store::Store;
use valise_wire::Problem;
use valise_wire::request::{DirectoryPage, ReadDirectory, Reply};

/// Most statements of one answer.
const MAX_STATEMENTS: u32 = 200;
/// Most bytes of their payloads beyond the first.
const MAX_BYTES: usize = 2 << 20;

/// Reads a part of the log.
pub(crate) async fn read<S: Store>(
    service: &Service<S>,
    request: ReadDirectory,
) -> Result<Reply, Problem> {
    page(service, request.after, service.directory.position()).await
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
