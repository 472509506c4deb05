//! Changing a room's group: one commit per epoch, by compare and set.

use super::publish::Announcement;
use super::remove_ended::leave_room;
use super::{accepted, answer, identity, refused};
use crate::directory::Standing;
use crate::fanout::{Owner, Wakeups, frame};
use crate::partners;
use crate::rooms::{Snapshot, Turn};
use crate::service::{Service, refusal};
use crate::store::{
    Append, Assertion, Batch, Entry, GroupChange, MemberChange, Outcome, Store, StoreError,
};
use std::collections::BTreeSet;
use std::sync::Arc;
use valise_mls::HubRoom;
use valise_mls::chain::digest;
use valise_mls::hub::{Accepted, CommitIn, Refused};
use valise_mls::rules::Rule;
use valise_wire::push::{EventKind, InboxMoved};
use valise_wire::request::{Commit, MAX_HANDSHAKE_BYTES, Reply};
use valise_wire::{DeviceId, OrganisationId, Problem, ProblemCode, RoomId, Timestamp};

/// Welcomes that may wait in one inbox.
const MAX_INBOX_ITEMS: u32 = 512;
/// How often a commit is decided again because the directory moved meanwhile.
const ATTEMPTS: usize = 4;

/// Takes a commit at the room's epoch, once. A device that comes back is not in the room, but its account is.
pub(crate) async fn commit<S: Store>(
    service: &Service<S>,
    who: Owner,
    request: Commit,
    now: Timestamp,
) -> Result<Reply, Problem> {
    let anybody = !service.settings.protections.membership;
    take(service, who, request, now, |room| {
        anybody || room.has_account(who.account)
    })
    .await
}

/// Takes a commit of somebody who may make one here; to others there is no such room.
pub(super) async fn take<S: Store>(
    service: &Service<S>,
    who: Owner,
    request: Commit,
    now: Timestamp,
    may_commit: impl Fn(&Snapshot) -> bool,
) -> Result<Reply, Problem> {
    let parts = [
        Some(&request.commit),
        Some(&request.group_info),
        request.welcome.as_ref(),
    ];
    if parts
        .into_iter()
        .flatten()
        .any(|part| part.len() > MAX_HANDSHAKE_BYTES)
    {
        return Err(Problem::new(ProblemCode::TooLarge));
    }
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
    if !may_commit(&room) {
        return Err(refused());
    }
    if service.settings.protections.epoch && room.epoch != request.epoch {
        return Err(Problem::new(ProblemCode::StaleEpoch));
    }
    for _ in 0..ATTEMPTS {
        let directory = service.standing().ok_or_else(refused)?;
        match attempt(service, who, &request, now, &mut turn, &room, &directory).await? {
            Err(StoreError::Failed(Assertion::DirectoryHead(_))) => {}
            ending => {
                let reply = answer(request.room, ending?)?;
                if room.pending > 0 {
                    drop(turn);
                    propose_anew(service, request.room, now).await;
                }
                return Ok(reply);
            }
        }
    }
    Err(Problem::new(ProblemCode::Unavailable))
}

/// A commit by which somebody comes in or back carries out no removal, and ends the epoch in which it was proposed.
async fn propose_anew<S: Store>(service: &Service<S>, room: RoomId, now: Timestamp) {
    if let Err(problem) = leave_room(service, room, now).await {
        tracing::error!(%problem, "a removal could not be proposed anew");
    }
}

async fn attempt<S: Store>(
    service: &Service<S>,
    who: Owner,
    request: &Commit,
    now: Timestamp,
    turn: &mut Turn<'_>,
    room: &Arc<Snapshot>,
    directory: &Standing,
) -> Result<Result<Outcome, StoreError>, Problem> {
    let hub = turn.take(&service.store).await?.ok_or_else(refused)?;
    let mut hub = hub.with_rules(service.settings.protections.rules);
    let upload = CommitIn {
        commit: &request.commit,
        group_info: &request.group_info,
        welcome: request.welcome.as_ref().map(|welcome| &welcome[..]),
    };
    let change = match hub.check_commit(upload, &identity(who), directory, now) {
        Ok(change) => change,
        Err(error) => {
            turn.keep(hub);
            return Err(refuse(&error, room));
        }
    };
    let next = Snapshot::of_hub(&hub).with_partners(&service.partners);
    let newcomers = next.members.values();
    let newcomers = newcomers.filter(|account| !room.has_account(**account));
    let coming = service.partners.of(newcomers);
    if partners::bars(service, coming, next.policy.kind) {
        // The hub in memory has gone on: it is dropped, and read again.
        return Err(refused());
    }
    let new: BTreeSet<_> = next.partners.difference(&room.partners).copied().collect();
    partners::check_acquainted(service, &new, &next.partners, now)?;
    let batch = batch(who, request, now, room, &next, &hub, &change)
        .assert(Assertion::DirectoryHead(directory.position()));
    let batch = tell_after(service, turn, batch, request, room, next);
    let ending = service.store.commit(batch).await;
    // After a failure the state in memory is ahead of the store: it is dropped, and read again.
    if ending.is_ok() {
        turn.keep(hub);
    }
    Ok(ending)
}

/// A commit that leaves somebody in whom the hub proposed to remove is not wrong in itself: the proposals come first.
fn refuse(error: &Refused, room: &Snapshot) -> Problem {
    match error {
        Refused::Breach(breach) if breach.rule == Rule::NobodyRevoked && room.pending > 0 => {
            Problem::new(ProblemCode::CommitPending)
        }
        error => refusal::of_hub(error),
    }
}

/// Writes down what an accepted commit changes.
fn batch(
    who: Owner,
    request: &Commit,
    now: Timestamp,
    room: &Snapshot,
    next: &Snapshot,
    hub: &HubRoom,
    change: &Accepted,
) -> Batch {
    let mut batch = Batch::new().assert(Assertion::Epoch(request.room, room.epoch));
    // Who comes follows from the event before this one on; who goes, up to this one.
    let come = next.partners.difference(&room.partners);
    let come = come.map(|partner| Entry::Follower(request.room, *partner));
    batch.entries.extend(come);
    batch = batch.entry(Entry::Append(Append {
        room: request.room,
        kind: EventKind::Commit,
        at: now,
        once: Some((who.device, request.transaction)),
        digest: digest(&request.commit),
        body: request.commit.clone(),
    }));
    batch = batch.entry(Entry::Group(GroupChange {
        room: request.room,
        epoch: change.epoch,
        state: hub.to_bytes(),
        group_info: request.group_info.0.clone(),
    }));
    for leaf in &change.removed {
        batch = batch.entry(Entry::Member(
            request.room,
            MemberChange::Removed(leaf.device),
        ));
    }
    for leaf in &change.added {
        batch = batch.entry(Entry::Member(
            request.room,
            MemberChange::Added(leaf.device, leaf.account),
        ));
    }
    let gone = room.partners.difference(&next.partners);
    let gone = gone.map(|partner| Entry::FollowerLeft(request.room, *partner));
    batch.entries.extend(gone);
    let Some(welcome) = &request.welcome else {
        return batch;
    };
    let devices: Vec<DeviceId> = change.welcomed.iter().map(|leaf| leaf.device).collect();
    for device in &devices {
        batch = batch.assert(Assertion::InboxBelow(*device, MAX_INBOX_ITEMS));
    }
    if devices.is_empty() {
        batch
    } else {
        batch.entry(Entry::Welcome(request.room, devices, welcome.clone()))
    }
}

/// Once it is durable: the room in memory moves, and those before and after the change are told.
fn tell_after<S: Store>(
    service: &Service<S>,
    turn: &Turn<'_>,
    batch: Batch,
    request: &Commit,
    room: &Snapshot,
    next: Snapshot,
) -> Batch {
    let (cell, bus) = (turn.cell(), service.bus.clone());
    let partners = service.partners.clone();
    let followers: Vec<OrganisationId> = room.partners.union(&next.partners).copied().collect();
    let audience: BTreeSet<DeviceId> = room
        .audience
        .iter()
        .chain(next.audience.iter())
        .copied()
        .collect();
    let audience: Arc<[DeviceId]> = audience.into_iter().collect();
    let announcement =
        Announcement::new(request.room, EventKind::Commit, &request.commit, audience);
    batch.then(move |committed| {
        cell.set(next);
        if let Some(place) = committed.appended.first() {
            announcement.tell(&bus, place);
        }
        for (device, head) in &committed.inboxes {
            bus.tell(&[*device], frame(InboxMoved { head: *head }));
        }
        partners.wake(followers);
    })
}
