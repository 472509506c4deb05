//! Proposing to leave.

use super::publish::Announcement;
use super::{accepted, answer, identity, refused};
use crate::fanout::Owner;
use crate::service::{Service, refusal};
use crate::store::{Append, Assertion, Batch, Entry, Store};
use valise_mls::chain::digest;
use valise_wire::push::EventKind;
use valise_wire::request::{MAX_MESSAGE_BYTES, Propose, Reply};
use valise_wire::{Problem, ProblemCode, Timestamp};

/// Appends a member's proposal to leave; somebody else commits it.
pub(crate) async fn propose<S: Store>(
    service: &Service<S>,
    who: Owner,
    request: Propose,
    now: Timestamp,
) -> Result<Reply, Problem> {
    if request.proposal.len() > MAX_MESSAGE_BYTES {
        return Err(Problem::new(ProblemCode::TooLarge));
    }
    let directory = service.standing().ok_or_else(refused)?;
    let cell = service.rooms.cell(request.room);
    let mut turn = cell.turn().await;
    if let Some(first) = service
        .store
        .accepted(request.room, who.device, request.transaction)
        .await?
    {
        return Ok(accepted(request.room, first));
    }
    let room = turn
        .snapshot(&service.store, &service.partners)
        .await?
        .ok_or_else(refused)?;
    if service.settings.protections.membership && !room.has(who.device, who.account) {
        return Err(refused());
    }
    if room.epoch != request.epoch {
        return Err(Problem::new(ProblemCode::StaleEpoch));
    }
    let mut hub = turn.take(&service.store).await?.ok_or_else(refused)?;
    if let Err(error) = hub.check_proposal(&request.proposal, &identity(who), &directory, now) {
        turn.keep(hub);
        return Err(refusal::of_hub(&error));
    }
    let bus = service.bus.clone();
    let (partners, followers) = (service.partners.clone(), room.partners.clone());
    let announcement = Announcement::new(
        request.room,
        EventKind::Proposal,
        &request.proposal,
        room.audience.clone(),
    );
    let batch = Batch::new()
        .assert(Assertion::Epoch(request.room, room.epoch))
        .entry(Entry::Append(Append {
            room: request.room,
            kind: EventKind::Proposal,
            at: now,
            once: Some((who.device, request.transaction)),
            digest: digest(&request.proposal),
            body: request.proposal,
        }))
        .entry(Entry::GroupState(request.room, hub.to_bytes()))
        .then(move |committed| {
            if let Some(place) = committed.appended.first() {
                announcement.tell(&bus, place);
                partners.wake(followers.iter().copied());
            }
        });
    let outcome = service.store.commit(batch).await?;
    turn.keep(hub);
    answer(request.room, outcome)
}
