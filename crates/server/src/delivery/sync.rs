//! Where everything stands, and the beginning of pushes.

use crate::fanout::Owner;
use crate::service::Service;
use crate::store::Store;
use valise_wire::request::{Reply, SyncState};
use valise_wire::{Problem, Timestamp};

/// Lets pushes through, then reads the heads: whatever comes in between is pushed, read, or both, and never neither.
pub(crate) async fn sync<S: Store>(
    service: &Service<S>,
    who: Owner,
    now: Timestamp,
) -> Result<Reply, Problem> {
    service.bus.synced(who.device, who.session);
    let rooms = service.store.rooms_of_device(who.device).await?;
    let heads = service.store.device_heads(who.device).await?;
    // How much there is of other organisations is none of a guest's business.
    let foreign_head = match service.keeps_guest(who.account) {
        true => 0,
        false => service.partners.head(),
    };
    let state = SyncState {
        generation: service.generation,
        rooms,
        inbox_head: heads.inbox_head,
        directory_head: crate::directory::head_for(service, who).await?,
        foreign_head,
        key_packages: heads.key_packages,
        now,
    };
    Ok(state.into())
}
