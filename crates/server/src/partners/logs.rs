//! Carrying the logs of rooms to partners that follow them.

use super::ask::{Failure, ask};
use super::backoff::Waits;
use super::relay::{own, show};
use super::{excerpt, held, third};
use crate::metrics::name;
use crate::service::Service;
use crate::store::{Batch, Entry, FollowerRow, Store};
use std::collections::BTreeSet;
use valise_wire::partner::{FollowRoom, Moved, PartnerReply};
use valise_wire::request::{MAX_EVENT_PAGE_BYTES, MAX_EVENTS_PER_READ};
use valise_wire::{AccountId, OrganisationId, ProblemCode, Timestamp};

/// Brings a partner to the end of all rooms that it follows. Returns why one of them could not be carried that can be at any time.
pub(super) async fn carry<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    now: Timestamp,
) -> Result<Result<(), Failure>, Failure> {
    let mut rooms = service.store.followers(partner).await.map_err(own)?;
    rooms.retain(|room| room.has < room.head);
    let due = rooms.iter().map(|room| room.room).collect();
    service.partners.keep_held(partner, &due);
    let mut first = Ok(());
    for room in rooms {
        let what = Waits::Room(room.room);
        if service.partners.is_held(partner, what, now) {
            continue;
        }
        // One room that is refused holds up no other one, and is offered again when everybody is looked at, or later.
        match follow(service, partner, room).await {
            Ok(()) => service.partners.goes_on(partner, what),
            Err(None) => return Err(None),
            Err(Some(problem)) if problem.code == ProblemCode::RateLimited => {
                held::hold(service, partner, what, &problem, now);
            }
            Err(Some(problem)) if problem.is_transient() => first = Err(Some(problem)),
            Err(Some(_)) => {
                metrics::counter!(name::PARTNER_FAILURES, "outcome" => "refused").increment(1)
            }
        }
    }
    Ok(first)
}

/// Shows a partner the members of a room whom it does not know.
async fn show_members<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    room: &FollowerRow,
) -> Result<(), Failure> {
    let Some(home) = service.directory.current() else {
        return Ok(());
    };
    let shown = service.store.shown(partner).await.map_err(own)?;
    let members = service.store.members(room.room).await.map_err(own)?;
    let members: BTreeSet<AccountId> = members.iter().map(|member| member.account).collect();
    third::show(service, partner, &members).await?;
    let fresh: Vec<AccountId> = members
        .into_iter()
        .filter(|account| home.account(*account).is_some() && !shown.contains(account))
        .collect();
    if fresh.is_empty() {
        return Ok(());
    }
    let entries = excerpt::of(service, partner, &fresh).await.map_err(Some)?;
    show(service, partner, entries).await?;
    excerpt::remember(service, partner, &fresh)
        .await
        .map_err(Some)
}

/// Brings a follower to the end of a room's log.
async fn follow<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    room: FollowerRow,
) -> Result<(), Failure> {
    show_members(service, partner, &room).await?;
    let mut has = room.has;
    while has < room.head {
        let request = part(service, partner, &room, has).await?;
        let PartnerReply::Followed(followed) = ask(service, partner, request.into()).await? else {
            return Err(None);
        };
        let reached = followed.head.clamp(room.since, room.head);
        if reached == has {
            return Err(None);
        }
        has = reached;
        let batch = Batch::new().entry(Entry::FollowerHas(room.room, partner, has));
        service.store.commit(batch).await.map_err(own)?;
    }
    Ok(())
}

async fn part<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    room: &FollowerRow,
    has: u64,
) -> Result<FollowRoom, Failure> {
    let store = &service.store;
    let limit = MAX_EVENTS_PER_READ;
    let events = store
        .events(room.room, has, room.head, limit, MAX_EVENT_PAGE_BYTES)
        .await
        .map_err(own)?;
    let last = events.last().map_or(has, |event| event.seq);
    let told = service.settings.protections.told_wakes;
    let wakes = !told || service.partners.may_wake(room.room, has, last);
    let moved = store.moved(room.room, has, last).await.map_err(own)?;
    let moved = moved
        .into_iter()
        .filter(|(_, _, account, _)| service.partners.organisation_of(*account) == Some(partner))
        .map(|(seq, device, account, came)| Moved {
            seq,
            device,
            account: came.then_some(account),
        });
    Ok(FollowRoom {
        room: room.room,
        since: room.since,
        chain: room.chain,
        after: has,
        moved: moved.collect(),
        events,
        wakes,
    })
}
