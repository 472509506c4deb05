//! Making a room.

use super::{identity, refused};
use crate::fanout::Owner;
use crate::rooms::Snapshot;
use crate::service::{Service, refusal};
use crate::store::{Assertion, Batch, Entry, GroupChange, MemberChange, Store, StoreError};
use valise_mls::HubRoom;
use valise_wire::request::{CreateRoom, Done, MAX_HANDSHAKE_BYTES, Reply};
use valise_wire::{Problem, ProblemCode, RoomId, Timestamp};

/// Makes a room with its creator alone in it.
pub(crate) async fn create_room<S: Store>(
    service: &Service<S>,
    who: Owner,
    request: CreateRoom,
    now: Timestamp,
) -> Result<Reply, Problem> {
    if request.group_info.len() > MAX_HANDSHAKE_BYTES || request.tree.len() > MAX_HANDSHAKE_BYTES {
        return Err(Problem::new(ProblemCode::TooLarge));
    }
    let directory = service.standing().ok_or_else(refused)?;
    let cell = service.rooms.cell(request.room);
    let mut turn = cell.turn().await;
    if turn
        .snapshot(&service.store, &service.partners)
        .await?
        .is_some()
    {
        return repeated(service, who, request.room).await;
    }
    let hub_key = service.settings.hub_key.public();
    let hub = HubRoom::open(
        request.room,
        &request.group_info,
        &request.tree,
        &identity(who),
        &hub_key,
        &directory,
        now,
    )
    .map_err(|error| refusal::of_hub(&error))?;
    let change = GroupChange {
        room: request.room,
        epoch: hub.epoch(),
        state: hub.to_bytes(),
        group_info: request.group_info.0,
    };
    let (snapshot, place) = (
        Snapshot::of_hub(&hub).with_partners(&service.partners),
        turn.cell(),
    );
    let batch = Batch::new()
        .assert(Assertion::RoomAbsent(request.room))
        .assert(Assertion::DirectoryHead(directory.position()))
        .entry(Entry::CreateRoom(request.room))
        .entry(Entry::Group(change))
        .entry(Entry::Member(
            request.room,
            MemberChange::Added(who.device, who.account),
        ))
        .then(move |_| place.set(snapshot));
    match service.store.commit(batch).await {
        Ok(_) => {
            turn.keep(hub);
            Ok(Done {}.into())
        }
        Err(StoreError::Failed(Assertion::RoomAbsent(_))) => {
            repeated(service, who, request.room).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Whoever made the room before made it; everybody else has to find another name.
async fn repeated<S: Store>(
    service: &Service<S>,
    who: Owner,
    room: RoomId,
) -> Result<Reply, Problem> {
    let spans = service.store.spans(room, who.device).await?;
    if spans.iter().any(|span| span.from == 0) {
        Ok(Done {}.into())
    } else {
        Err(Problem::new(ProblemCode::Conflict))
    }
}
