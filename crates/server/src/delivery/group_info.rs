//! What is needed to come into a room, or back.

use super::refused;
use crate::fanout::Owner;
use crate::rooms::Snapshot;
use crate::service::Service;
use crate::store::{Store, StoreError};
use valise_wire::request::{GetGroupInfo, GroupState, Reply};
use valise_wire::{Octets, Problem, RoomId};

/// Returns a room's public group state, to devices whose account is in the room.
pub(crate) async fn group_info<S: Store>(
    service: &Service<S>,
    who: Owner,
    request: GetGroupInfo,
) -> Result<Reply, Problem> {
    let anybody = !service.settings.protections.membership;
    state(service, request.room, |room| {
        anybody || room.has_account(who.account)
    })
    .await
}

/// Reads a room's public group state, for whoever may see it. To all others there is no such room.
pub(super) async fn state<S: Store>(
    service: &Service<S>,
    room: RoomId,
    may_see: impl FnOnce(&Snapshot) -> bool,
) -> Result<Reply, Problem> {
    let cell = service.rooms.cell(room);
    let mut turn = cell.turn().await;
    let snapshot = turn
        .snapshot(&service.store, &service.partners)
        .await?
        .ok_or_else(refused)?;
    if !may_see(&snapshot) {
        return Err(refused());
    }
    let row = service
        .store
        .group(room)
        .await?
        .ok_or(StoreError::Corrupt)?;
    let hub = turn
        .take(&service.store)
        .await?
        .ok_or(StoreError::Corrupt)?;
    let state = GroupState {
        room,
        seq: row.seq,
        chain: row.chain,
        group_info: Octets(row.group_info),
        tree: Octets(hub.tree().to_vec()),
        proposals: hub
            .proposals()
            .iter()
            .map(|proposal| Octets::from(&proposal[..]))
            .collect(),
    };
    turn.keep(hub);
    Ok(state.into())
}
