//! What did not happen to signed things: not carried, not fetched, not answered until the request ran out (spec/evidence.md §2).
//!
//! Each is noted once, when its time has passed, and stands whatever comes later.

use crate::service::Service;
use crate::store::{Batch, Entry, Observed, Store};
use std::collections::BTreeSet;
use valise_evidence::Event;
use valise_wire::{Octets, Problem, RoomId, Timestamp};

/// Most things of which one look notes that they were not carried.
const MOST: u32 = 500;

/// Notes now and then what partners have not taken for too long, whether anybody asks or not: later it may have been carried. What the
/// store cannot do now is noted at the next look.
pub(crate) async fn note<S: Store>(service: &Service<S>, now: Timestamp) {
    if !service.partners.is_to_look(now) {
        return;
    }
    if let Err(problem) = look(service, now).await {
        tracing::warn!(code = ?problem.code, "what was not carried could not be noted");
    }
}

async fn look<S: Store>(service: &Service<S>, now: Timestamp) -> Result<(), Problem> {
    let Some(home) = service.directory.current() else {
        return Ok(());
    };
    let Some(before) = before(now, service.settings.patience.carried_millis) else {
        return Ok(());
    };
    let found = service.store.uncarried(before, MOST).await?;
    let batch = found.into_iter().fold(Batch::new(), |batch, (room, seen)| {
        let said = failed(&seen, Event::RelayFailure, now, home.head().position);
        batch.entry(Entry::Observed(room, said))
    });
    if !batch.entries.is_empty() {
        service.store.commit(batch).await?;
    }
    Ok(())
}

/// Returns what is to be noted of things of which somebody asks: that no device of this organisation fetched them for too long, and that
/// nothing of the other side was here when a request ran out.
pub(super) async fn of<S: Store>(
    service: &Service<S>,
    room: RoomId,
    noted: &[(Observed, Option<Octets>)],
    now: Timestamp,
) -> Result<Vec<Observed>, Problem> {
    let Some(home) = service.directory.current() else {
        return Ok(Vec::new());
    };
    let head = home.head().position;
    let had: BTreeSet<_> = noted
        .iter()
        .map(|(seen, _)| (seen.object, seen.event))
        .collect();
    let has = |seen: &Observed, event| had.contains(&(seen.object, event));
    let before = before(now, service.settings.patience.fetched_millis);
    let mut found = Vec::new();
    for (seen, _) in noted {
        let is_theirs = seen.event == Event::RelayAcceptance;
        let lies = before.is_some_and(|before| seen.at <= before);
        let is_fetched = has(seen, Event::ContentHandover);
        let failure = Event::ContentConsignmentFailure;
        if is_theirs && lies && !is_fetched && !has(seen, failure) {
            found.push(failed(seen, failure, now, head));
        }
        let expiry = Event::AcceptanceRejectionExpiry;
        if !has(seen, expiry) && ran_out(service, room, seen, now).await? {
            found.push(failed(seen, expiry, now, head));
        }
    }
    Ok(found)
}

/// Tells whether a request ended by itself that was here before, and nothing of the side that was asked was by then.
async fn ran_out<S: Store>(
    service: &Service<S>,
    room: RoomId,
    seen: &Observed,
    now: Timestamp,
) -> Result<bool, Problem> {
    let other = match seen.event {
        Event::SubmissionAcceptance => Event::RelayAcceptance,
        Event::RelayAcceptance => Event::SubmissionAcceptance,
        _ => return Ok(false),
    };
    let Some(ends) = seen.ends.filter(|ends| now > *ends && seen.at <= *ends) else {
        return Ok(false);
    };
    let came = service.store.has_come(room, seen.request, other, ends);
    let came = came.await?;
    Ok(!came || !service.settings.protections.nothing_came)
}

fn failed(seen: &Observed, event: Event, now: Timestamp, directory: u64) -> Observed {
    Observed {
        event,
        at: now,
        directory,
        device: None,
        ..*seen
    }
}

/// Returns the instant up to which something is too long ago; none where that is never said.
fn before(now: Timestamp, patience_millis: Option<u64>) -> Option<Timestamp> {
    let patience = patience_millis?;
    now.0.checked_sub(patience).map(Timestamp)
}
