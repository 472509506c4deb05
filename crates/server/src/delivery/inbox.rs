//! Welcomes that wait for a device.

use crate::fanout::Owner;
use crate::service::Service;
use crate::store::{Batch, Entry, Store};
use valise_wire::Problem;
use valise_wire::request::{ClearInbox, Done, MAX_EVENT_PAGE_BYTES, ReadInbox, Reply};

/// Reads a part of the device's inbox.
pub(crate) async fn read_inbox<S: Store>(
    service: &Service<S>,
    who: Owner,
    request: ReadInbox,
) -> Result<Reply, Problem> {
    Ok(service
        .store
        .inbox(who.device, request.after, MAX_EVENT_PAGE_BYTES)
        .await?
        .into())
}

/// Forgets what the device took.
pub(crate) async fn clear_inbox<S: Store>(
    service: &Service<S>,
    who: Owner,
    request: ClearInbox,
) -> Result<Reply, Problem> {
    service
        .store
        .commit(Batch::new().entry(Entry::ClearInbox(who.device, request.up_to)))
        .await?;
    Ok(Done {}.into())
}
