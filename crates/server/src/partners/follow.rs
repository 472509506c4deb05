//! Following a room that lives on another server.

use super::bounds::{self, Scale};
use super::foreign::refused;
use super::{residency, set_back};
use crate::delivery::mark_of;
use crate::fanout::{Wakeups, frame};
use crate::receipts;
use crate::service::Service;
use crate::store::{
    Append, Assertion, Batch, Entry, Followed as Following, MemberChange, RoomRow, Store,
    StoreError,
};
use crate::waking::Rousing;
use std::collections::BTreeSet;
use std::sync::Arc;
use valise_mls::chain::digest;
use valise_wire::partner::{FollowRoom, Followed, Moved, PartnerReply, Welcome};
use valise_wire::push::{Event, EventKind, InboxMoved, RoomMoved};
use valise_wire::request::Done;
use valise_wire::{DeviceId, OrganisationId, Problem, ProblemCode, RoomId, Timestamp};

/// Takes a part of a room's log from its hub, in order and once.
pub(super) async fn events<S: Store>(
    service: &Service<S>,
    from: OrganisationId,
    request: FollowRoom,
    now: Timestamp,
) -> Result<PartnerReply, Problem> {
    let in_order = (request.after + 1..)
        .zip(&request.events)
        .all(|(seq, event)| event.seq == seq);
    if !in_order || request.after < request.since {
        return Err(Problem::new(ProblemCode::Malformed));
    }
    // One at a time in a room.
    let cell = service.rooms.cell(request.room);
    let _turn = cell.turn().await;
    let row = service.store.room(request.room).await?;
    if row.is_some() && !lives_there(service, request.room, from) {
        return Err(refused());
    }
    if row.is_none() && residency::is_shut_out(service, from) {
        return Err(refused());
    }
    let members: BTreeSet<DeviceId> = members(service, &request).await?;
    let place = begin(row.as_ref(), &request, members.is_empty());
    let mut head = place.head(&request);
    if matches!(place, Begin::Anew) && (request.after > head || request.events.is_empty()) {
        // The hub only asks, or goes on from where somebody of here came in. Nothing is kept for that.
        return Ok(Followed { head }.into());
    }
    let scale = Scale::new(service, from, now);
    let mut batch = start(service, &request, from, row.as_ref(), &place, &scale)?;
    let lost = set_back::common(service, &request, head).await?;
    if let Some((kept, chain)) = lost {
        tracing::error!("a partner's server has lost what it had said in a room");
        batch = batch.entry(Entry::SetBack(request.room, kept, chain));
        head = kept;
    }
    let fresh: Vec<Event> = request
        .events
        .iter()
        .filter(|event| event.seq > head)
        .cloned()
        .collect();
    if fresh.first().is_some_and(|first| first.seq != head + 1) {
        // Something between is missing: the hub goes on from here.
        return Ok(Followed { head }.into());
    }
    let new_head = fresh.last().map_or(head, |last| last.seq);
    if matches!(place, Begin::At(_)) && members.is_empty() {
        // Nobody of here was in it any more, so it was not counted.
        let comes = |moved: &Moved| brings_in(service, moved, head, new_head);
        if lost.is_some() || request.moved.iter().any(comes) {
            batch = scale.room(batch, false);
        }
    }
    let batch = scale.bytes(batch, fresh.iter().map(|event| event.body.len()).sum());
    let batch = entries(service, batch, &request, fresh, now);
    let before = members.clone();
    let batch = tell_after(service, batch, &request, members, from, new_head, now);
    match service.store.commit(batch).await {
        Ok(_) => {
            if lost.is_some() {
                set_back::ask_anew(service, &before);
            }
            Ok(Followed { head: new_head }.into())
        }
        Err(StoreError::Failed(Assertion::RoomHead(..))) => {
            Err(Problem::new(ProblemCode::Unavailable))
        }
        Err(error) => Err(bounds::refusal(service, error, now)),
    }
}

/// Tells whether the first event behind which a room is followed brings in a device of here, one that is over meanwhile among them: a
/// room with nobody of here in it is none of ours.
fn brings_somebody<S: Store>(service: &Service<S>, request: &FollowRoom) -> bool {
    let Some(home) = service.directory.current() else {
        return false;
    };
    let first = request.since + 1;
    let mut came = request.moved.iter().filter(|moved| moved.seq == first);
    let is_ours = |moved: &Moved| {
        let account = moved.account.and_then(|account| home.account(account));
        account.is_some_and(|account| {
            home.device(account.id, moved.device).is_some()
                // Which devices an account had that ended, is not asked any more.
                || !account.is_active()
                || account.former_devices.contains(&moved.device)
        })
    };
    came.any(is_ours) || !service.settings.protections.brought
}

/// Tells whether a room is one of which an organisation is the hub.
pub(super) fn lives_there<S: Store>(
    service: &Service<S>,
    room: RoomId,
    hub: OrganisationId,
) -> bool {
    service.partners.hub(room) == Some(hub) || !service.settings.protections.hubs
}

enum Begin {
    /// Behind what is here.
    At(u64),
    /// Where the hub says: nothing is here, or nobody of one's own was in the room meanwhile.
    Anew,
}

fn begin(row: Option<&RoomRow>, request: &FollowRoom, nobody: bool) -> Begin {
    match row {
        None => Begin::Anew,
        Some(row) if nobody && row.head < request.since => Begin::Anew,
        Some(row) => Begin::At(row.head),
    }
}

impl Begin {
    fn head(&self, request: &FollowRoom) -> u64 {
        match self {
            Self::At(head) => *head,
            Self::Anew => request.since,
        }
    }
}

/// Begins a batch: with the room as it was found here, and where it is followed from, if it begins by somebody of here.
fn start<S: Store>(
    service: &Service<S>,
    request: &FollowRoom,
    hub: OrganisationId,
    row: Option<&RoomRow>,
    begin: &Begin,
    scale: &Scale,
) -> Result<Batch, Problem> {
    let batch = match row {
        Some(row) => Batch::new().assert(Assertion::RoomHead(request.room, row.head)),
        None => Batch::new(),
    };
    match begin {
        Begin::At(_) => Ok(batch),
        Begin::Anew if !brings_somebody(service, request) => Err(refused()),
        Begin::Anew => {
            let batch = scale.room(batch, row.is_none());
            Ok(batch.entry(Entry::Follow(Following {
                room: request.room,
                hub,
                after: request.since,
                chain: request.chain,
            })))
        }
    }
}

async fn members<S: Store>(
    service: &Service<S>,
    request: &FollowRoom,
) -> Result<BTreeSet<DeviceId>, StoreError> {
    let members = service.store.members(request.room).await?;
    Ok(members.into_iter().map(|member| member.device).collect())
}

/// Writes the events down, and who of one's own came and left by each.
fn entries<S: Store>(
    service: &Service<S>,
    mut batch: Batch,
    request: &FollowRoom,
    fresh: Vec<Event>,
    now: Timestamp,
) -> Batch {
    for event in fresh {
        let is_message = event.kind == EventKind::Message;
        let mark = is_message.then(|| mark_of(&event.body, request.room));
        let moved: Vec<&Moved> = request
            .moved
            .iter()
            .filter(|moved| moved.seq == event.seq)
            .collect();
        let digest = digest(&event.body);
        batch = batch.entry(Entry::Append(Append {
            room: request.room,
            kind: event.kind,
            at: event.at,
            once: None,
            digest,
            body: event.body,
        }));
        if let Some(seen) = mark
            .flatten()
            .and_then(|mark| receipts::seen(service, mark, digest, now))
        {
            batch = batch.entry(Entry::Took(request.room, seen));
        }
        for moved in moved {
            batch
                .entries
                .extend(change(service, moved).map(|change| Entry::Member(request.room, change)));
        }
    }
    batch
}

/// A hub can say nothing of devices that are not one's own.
fn change<S: Store>(service: &Service<S>, moved: &Moved) -> Option<MemberChange> {
    let Some(account) = moved.account else {
        return Some(MemberChange::Removed(moved.device));
    };
    let home = service.directory.current()?;
    let known = home.device(account, moved.device).is_some() || !service.settings.protections.hubs;
    known.then_some(MemberChange::Added(moved.device, account))
}

/// Tells whether somebody of here comes in by one of the events behind a number, up to another.
fn brings_in<S: Store>(service: &Service<S>, moved: &Moved, after: u64, up_to: u64) -> bool {
    let is_new = after < moved.seq && moved.seq <= up_to;
    is_new && matches!(change(service, moved), Some(MemberChange::Added(..)))
}

/// Once it is durable: those who are in the room are told, and who is not here is woken.
fn tell_after<S: Store>(
    service: &Service<S>,
    batch: Batch,
    request: &FollowRoom,
    members: BTreeSet<DeviceId>,
    hub: OrganisationId,
    head: u64,
    now: Timestamp,
) -> Batch {
    let room = request.room;
    let came = request.moved.iter().filter(|moved| moved.account.is_some());
    let audience: BTreeSet<DeviceId> = came
        .map(|moved| moved.device)
        .chain(members.iter().copied())
        .collect();
    let audience: Arc<[DeviceId]> = audience.into_iter().collect();
    let is_message = |event: &Event| event.kind == EventKind::Message;
    let rousing = (request.wakes && request.events.iter().any(is_message)).then(|| Rousing {
        room,
        author: service.partners.author(&request.events),
        at: now,
    });
    let (bus, waking) = (service.bus.clone(), service.waking.clone());
    let partners = service.partners.clone();
    batch.then(move |committed| {
        partners.follows(room, hub);
        if committed.appended.is_empty() {
            return;
        }
        bus.tell(&audience, frame(RoomMoved { room, head }));
        if let Some(rousing) = rousing {
            waking.rouse(&audience, &rousing, &bus);
        }
    })
}

/// Puts a welcome into the inbox of a device of one's own, once.
pub(super) async fn welcome<S: Store>(
    service: &Service<S>,
    from: OrganisationId,
    request: Welcome,
    now: Timestamp,
) -> Result<PartnerReply, Problem> {
    let Welcome { device, item } = request;
    let home = service.directory.current().ok_or_else(refused)?;
    let known = home
        .accounts()
        .any(|account| account.devices.iter().any(|own| own.id == device));
    if !known {
        // It is gone: there is nothing to keep.
        return Ok(Done {}.into());
    }
    if !lives_there(service, item.room, from) {
        return Err(refused());
    }
    let cell = service.rooms.cell(item.room);
    let _turn = cell.turn().await;
    if service.store.carried(device, from).await? >= item.position {
        return Ok(Done {}.into());
    }
    let bus = service.bus.clone();
    let batch = Scale::new(service, from, now).bytes(Batch::new(), item.welcome.len());
    let batch = batch
        .entry(Entry::Carried(from, device, item))
        .then(move |committed| {
            for (device, head) in &committed.inboxes {
                bus.tell(&[*device], frame(InboxMoved { head: *head }));
            }
        });
    let kept = service.store.commit(batch).await;
    kept.map_err(|error| bounds::refusal(service, error, now))?;
    Ok(Done {}.into())
}
