//! Servers that were restored from a backup: a hub that has lost a part of its rooms, and a follower that has.

use super::ask::{Failure, ask};
use super::pinned;
use super::told::is_due;
use crate::service::Service;
use crate::store::{Batch, Entry, FollowerRow, Store};
use std::collections::BTreeSet;
use valise_mls::Chain;
use valise_mls::chain::digest;
use valise_wire::partner::{FollowRoom, PartnerReply};
use valise_wire::push::{Event, Reason};
use valise_wire::request::{MAX_EVENT_PAGE_BYTES, MAX_EVENTS_PER_READ};
use valise_wire::{DeviceId, OrganisationId, Problem, Timestamp};

/// Time in which a partner is asked once whether it is the one that it was.
const AGAIN_MILLIS: u64 = 60_000;

/// Compares what a hub says with what it said before. Where it says something else now, returns the last number before that, with the
/// chain hash up to there: nothing of two histories ever stands in one copy.
pub(super) async fn common<S: Store>(
    service: &Service<S>,
    request: &FollowRoom,
    head: u64,
) -> Result<Option<(u64, [u8; 32])>, Problem> {
    if !service.settings.protections.same_log {
        return Ok(None);
    }
    let known = request.events.iter().filter(|event| event.seq <= head);
    let Some(last) = known.map(|event| event.seq).max() else {
        return Ok(None);
    };
    let own = all(service, request, request.after, last).await?;
    let differs = |(own, said): &(&Event, &Event)| own.body != said.body || own.kind != said.kind;
    let Some((first, _)) = own.iter().zip(&request.events).find(differs) else {
        return Ok(None);
    };
    let kept = first.seq - 1;
    let past = all(service, request, request.since, kept).await?;
    let chain = past.iter().fold(Chain(request.chain), |chain, event| {
        chain.next(event.seq, event.kind, &digest(&event.body))
    });
    Ok(Some((kept, chain.0)))
}

/// Has devices connect again: only then do they ask where their rooms stand, and find that the log is shorter than they know.
pub(super) fn ask_anew<S: Store>(service: &Service<S>, devices: &BTreeSet<DeviceId>) {
    for device in devices {
        service.bus.close_device(*device, Reason::Restart);
    }
}

async fn all<S: Store>(
    service: &Service<S>,
    request: &FollowRoom,
    after: u64,
    last: u64,
) -> Result<Vec<Event>, Problem> {
    let mut events: Vec<Event> = Vec::new();
    loop {
        let after = events.last().map_or(after, |event| event.seq);
        let (limit, bytes) = (MAX_EVENTS_PER_READ, MAX_EVENT_PAGE_BYTES);
        let page = service
            .store
            .events(request.room, after, last, limit, bytes);
        let page = page.await?;
        if page.is_empty() {
            return Ok(events);
        }
        events.extend(page);
    }
}

/// Finds out whether a partner's server was restored, and if so, how far it has the rooms of here now.
pub(super) async fn look<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    origin: &str,
    now: Timestamp,
) -> Result<(), Failure> {
    if !service.partners.is_to_be_met(partner, now) {
        return Ok(());
    }
    // Not signed. Who makes up another one has rooms be looked at, and no more.
    let Ok(record) = service.settings.line.meet(origin).await else {
        return Err(None);
    };
    if !pinned::is_it(service, partner, &record, now) {
        service.partners.meets_again(partner);
        return Err(None);
    }
    if !service.partners.is_another(partner, record.generation) {
        return Ok(());
    }
    let rooms = service.store.followers(partner).await;
    for room in rooms.map_err(|error| Some(error.into()))? {
        ask_how_far(service, partner, room).await?;
    }
    service.partners.is_met(partner, record.generation);
    Ok(())
}

async fn ask_how_far<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    room: FollowerRow,
) -> Result<(), Failure> {
    let request = FollowRoom {
        room: room.room,
        since: room.since,
        chain: room.chain,
        after: room.has,
        moved: Vec::new(),
        events: Vec::new(),
        wakes: false,
    };
    let head = match ask(service, partner, request.into()).await {
        Ok(PartnerReply::Followed(followed)) => followed.head,
        Ok(_) | Err(None) => return Err(None),
        // One room that is refused holds up no other one.
        Err(Some(_)) => return Ok(()),
    };
    if head < room.has {
        let has = head.max(room.since);
        let batch = Batch::new().entry(Entry::FollowerHas(room.room, partner, has));
        let kept = service.store.commit(batch).await;
        kept.map_err(|error| Some(error.into()))?;
    }
    Ok(())
}

impl super::Partners {
    /// Has a partner be met before anything is carried to it.
    fn meets_again(&self, partner: OrganisationId) {
        self.waiting().met.entry(partner).or_default().0 = Timestamp::default();
    }

    fn is_to_be_met(&self, partner: OrganisationId, now: Timestamp) -> bool {
        let mut waiting = self.waiting();
        let met = &mut waiting.met.entry(partner).or_default().0;
        let due = is_due(*met, AGAIN_MILLIS, now);
        if due {
            *met = now;
        }
        due
    }

    /// Tells whether this is another run of the partner's data than before. The first that is seen is none.
    fn is_another(&self, partner: OrganisationId, generation: [u8; 16]) -> bool {
        let mut waiting = self.waiting();
        let (_, known) = waiting.met.entry(partner).or_default();
        *known.get_or_insert(generation) != generation
    }

    fn is_met(&self, partner: OrganisationId, generation: [u8; 16]) {
        let mut waiting = self.waiting();
        waiting.met.entry(partner).or_default().1 = Some(generation);
    }
}
