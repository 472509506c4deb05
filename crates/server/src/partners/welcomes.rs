//! Carrying welcomes to a partner's devices, each after its room.

use super::ask::{Failure, ask};
use super::backoff::Waits;
use super::held;
use super::relay::own;
use crate::service::Service;
use crate::store::{Batch, Entry, FollowerRow, Store, StoreError};
use std::collections::BTreeSet;
use valise_wire::partner::Welcome;
use valise_wire::request::{InboxItem, InboxPage, MAX_EVENT_PAGE_BYTES};
use valise_wire::{DeviceId, OrganisationId, ProblemCode, Timestamp};

/// Carries the welcomes that wait for a partner's devices.
pub(super) async fn carry<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    now: Timestamp,
) -> Result<(), Failure> {
    if service.partners.is_held(partner, Waits::Welcomes, now) {
        return Ok(());
    }
    for device in waiting_for(service, partner).await.map_err(own)? {
        match carry_to(service, partner, device).await {
            Err(Some(problem)) if problem.code == ProblemCode::RateLimited => {
                // That partner keeps no more for now: they stay here, and all else goes on.
                held::hold(service, partner, Waits::Welcomes, &problem, now);
                return Ok(());
            }
            carried => carried?,
        }
    }
    service.partners.goes_on(partner, Waits::Welcomes);
    Ok(())
}

async fn carry_to<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    device: DeviceId,
) -> Result<(), Failure> {
    let (page, followed) = loop {
        let page = service.store.inbox(device, 0, MAX_EVENT_PAGE_BYTES).await;
        let page = page.map_err(own)?;
        // Read behind it, so that no room of it is missing that is followed.
        let followed = service.store.followers(partner).await.map_err(own)?;
        if !put_behind(service, device, &page, &followed).await? {
            break (page, followed);
        }
    };
    for item in page.items {
        let position = item.position;
        if waits(&item, &followed) {
            // Whoever was added after the logs were carried woke this for the next round.
            break;
        }
        // Of a room that is not followed nobody of that partner is there any more.
        if followed.iter().any(|room| room.room == item.room) {
            ask(service, partner, Welcome { device, item }.into()).await?;
        }
        let batch = Batch::new().entry(Entry::ClearInbox(device, position));
        service.store.commit(batch).await.map_err(own)?;
    }
    Ok(())
}

/// Tells whether the partner does not have the room up to a welcome yet.
fn waits(item: &InboxItem, followed: &[FollowerRow]) -> bool {
    let room = followed.iter().find(|room| room.room == item.room);
    room.is_some_and(|room| room.has < item.seq)
}

/// Moves the welcomes that wait for their rooms behind those that need not, in their order, if there are any such: a room that a partner
/// does not take holds up no other one. The partner takes positions that rise, so that none can be left out and carried later.
async fn put_behind<S: Store>(
    service: &Service<S>,
    device: DeviceId,
    page: &InboxPage,
    followed: &[FollowerRow],
) -> Result<bool, Failure> {
    let is_whole = page.items.last().map(|last| last.position) == Some(page.head);
    let first = page.items.iter().position(|item| waits(item, followed));
    let Some(first) = first.filter(|_| is_whole) else {
        return Ok(false);
    };
    let rest = &page.items[first..];
    if rest.iter().all(|item| waits(item, followed)) {
        return Ok(false);
    }
    let waiting = rest.iter().filter(|item| waits(item, followed));
    let moves = waiting.map(|item| Entry::Behind(device, item.position));
    let mut batch = Batch::new();
    batch.entries.extend(moves);
    service.store.commit(batch).await.map_err(own)?;
    Ok(true)
}

/// Reads which devices of a partner have welcomes that wait.
async fn waiting_for<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
) -> Result<Vec<DeviceId>, StoreError> {
    let others = service.partners.others();
    let Some(other) = others.get(&partner) else {
        return Ok(Vec::new());
    };
    let devices: BTreeSet<_> = other
        .directory()
        .accounts()
        .flat_map(|account| account.devices.iter().map(|device| device.id))
        .collect();
    if devices.is_empty() {
        return Ok(Vec::new());
    }
    let waiting = service.store.waiting().await?;
    Ok(waiting
        .into_iter()
        .filter(|device| devices.contains(device))
        .collect())
}
