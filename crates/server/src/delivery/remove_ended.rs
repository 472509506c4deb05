//! The hub proposes that devices leave whose account or place in its device list has ended.

use super::publish::Announcement;
use crate::service::Service;
use crate::store::{Append, Assertion, Batch, Entry, Store, StoreError};
use valise_mls::chain::digest;
use valise_wire::push::EventKind;
use valise_wire::{AccountId, Octets, Problem, RoomId, Timestamp};

/// Time after a failure before the next try.
const RETRY_MS: u64 = 10_000;
/// Time before the next look for the new device of an account with a new key.
const AWAIT_MS: u64 = 2_000;

/// Proposes what is due in every room of the accounts that are due. What fails, or is given up by
/// whoever asked, stays due, and the next request tries again.
pub(crate) async fn remove_ended<S: Store>(service: &Service<S>, now: Timestamp) {
    for account in service.due.at(now) {
        match leave_rooms(service, account, now).await {
            Ok(true) => service.due.remove(account),
            Ok(false) => service.due.put_off(now.plus_millis(AWAIT_MS)),
            Err(problem) => {
                tracing::error!(%problem, "a removal could not be proposed and stays due");
                service.due.put_off(now.plus_millis(RETRY_MS));
            }
        }
    }
}

/// Tells whether it is done in every room.
async fn leave_rooms<S: Store>(
    service: &Service<S>,
    account: AccountId,
    now: Timestamp,
) -> Result<bool, Problem> {
    let mut all = true;
    for room in service.store.rooms_with(account).await? {
        if awaits_renewed(service, account, room, now).await? {
            all = false;
        } else {
            leave_room(service, room, now).await?;
        }
    }
    Ok(all)
}

async fn awaits_renewed<S: Store>(
    service: &Service<S>,
    account: AccountId,
    room: RoomId,
    now: Timestamp,
) -> Result<bool, Problem> {
    let cell = service.rooms.cell(room);
    let mut turn = cell.turn().await;
    let snapshot = turn.snapshot(&service.store, &service.partners).await?;
    let is_in = |device| {
        let snapshot = snapshot.as_ref();
        snapshot.is_some_and(|snapshot| snapshot.has_device(device))
    };
    let directory = service.directory.current();
    Ok(directory.is_some_and(|directory| directory.awaits_renewed(account, is_in, now)))
}

/// Proposes whom a room has to put out and no proposal removes yet.
pub(super) async fn leave_room<S: Store>(
    service: &Service<S>,
    room: RoomId,
    now: Timestamp,
) -> Result<(), Problem> {
    let Some(directory) = service.standing() else {
        return Ok(());
    };
    let cell = service.rooms.cell(room);
    let mut turn = cell.turn().await;
    let Some(snapshot) = turn.snapshot(&service.store, &service.partners).await? else {
        return Ok(());
    };
    let Some(mut hub) = turn.take(&service.store).await? else {
        return Ok(());
    };
    let proposals = match hub.propose_removals(&service.settings.hub_key, &directory, now) {
        Ok(proposals) => proposals,
        Err(error) => {
            tracing::error!(%error, "the hub cannot propose a removal");
            return Err(StoreError::Corrupt.into());
        }
    };
    if proposals.is_empty() {
        turn.keep(hub);
        return Ok(());
    }
    let count = u32::try_from(proposals.len()).unwrap_or(u32::MAX);
    let mut batch = Batch::new().assert(Assertion::Epoch(room, snapshot.epoch));
    let mut announcements = Vec::new();
    for proposal in proposals {
        let body = Octets(proposal);
        announcements.push(Announcement::new(
            room,
            EventKind::Proposal,
            &body,
            snapshot.audience.clone(),
        ));
        let append = Append {
            room,
            kind: EventKind::Proposal,
            at: now,
            once: None,
            digest: digest(&body),
            body,
        };
        batch = batch.entry(Entry::Append(append));
    }
    let (bus, place) = (service.bus.clone(), turn.cell());
    let (partners, followers) = (service.partners.clone(), snapshot.partners.clone());
    let batch = batch
        .entry(Entry::GroupState(room, hub.to_bytes()))
        .entry(Entry::Pending(room, count))
        .then(move |committed| {
            place.add_pending(count);
            for (announcement, appended) in announcements.into_iter().zip(&committed.appended) {
                announcement.tell(&bus, appended);
            }
            partners.wake(followers.iter().copied());
        });
    service.store.commit(batch).await?;
    turn.keep(hub);
    Ok(())
}
