//! Receipts: what this server says it did with signed things, of which it knows digests alone (spec/evidence.md §2).
//!
//! A message with a signed thing has a mark in clear beside what is encrypted. When such a message is taken, what there is to say is
//! noted in the same batch; the receipt is signed, and stamped, when somebody asks for it first, and is the same ever after.

pub(crate) mod silence;

use crate::delivery;
use crate::fanout::Owner;
use crate::partners as others;
use crate::service::Service;
use crate::store::{Assertion, Batch, Entry, Observed, Store};
use crate::timestamps;
use std::collections::{BTreeMap, BTreeSet};
use valise_directory::keys::EvidenceKey;
use valise_evidence::receipt::{Reason, ReasonCode};
use valise_evidence::sign1::{self, sign, stamp};
use valise_evidence::{Binding, Digest, Event, Receipt};
use valise_mls::chain::digest;
use valise_wire::partner::PartnerReply;
use valise_wire::request::{GetReceipts, MAX_MARKED, Mark, Receipts, Reply, Send};
use valise_wire::{DeviceId, Octets, OrganisationId, Problem, ProblemCode, RoomId, Timestamp};

/// Returns what is noted when a message with a signed thing is taken; none before the organisation exists.
pub(crate) fn seen<S: Store>(
    service: &Service<S>,
    (mark, epoch): (Mark, u64),
    transmitted: [u8; 32],
    now: Timestamp,
) -> Option<Observed> {
    let home = service.directory.current()?;
    let is_own = mark.by == home.organisation_id();
    Some(Observed {
        object: mark.object,
        request: mark.request,
        event: if is_own {
            Event::SubmissionAcceptance
        } else {
            Event::RelayAcceptance
        },
        // The store knows it.
        seq: 0,
        epoch,
        transmitted,
        at: now,
        directory: home.head().position,
        device: None,
        ends: mark.ends,
    })
}

/// Notes in the batch that takes a message what there is to say of it, once: a thing whose digest was sent early cannot be brought late.
pub(crate) fn took<S: Store>(
    service: &Service<S>,
    batch: Batch,
    room: RoomId,
    mark: Option<(Mark, u64)>,
    transmitted: [u8; 32],
    now: Timestamp,
) -> Batch {
    let Some(seen) = mark.and_then(|mark| seen(service, mark, transmitted, now)) else {
        return batch;
    };
    // Nothing is begun while the organisation has stopped its requests; what was begun goes on.
    let stops = service.settings.protections.stopped
        && seen.event == Event::SubmissionAcceptance
        && are_stopped(service);
    let batch = if stops {
        batch.assert(Assertion::Noted(room))
    } else {
        batch
    };
    let batch = batch.entry(Entry::Took(room, seen));
    match service.settings.protections.marked_once {
        true => batch.assert(Assertion::Unnoted(room, seen.object)),
        false => batch,
    }
}

fn are_stopped<S: Store>(service: &Service<S>) -> bool {
    let home = service.directory.current();
    home.is_some_and(|home| home.request_policy().is_some_and(|policy| policy.stopped))
}

/// Notes of a message with a signed thing that a device of this server's sent into a room of another one's when it was handed in.
pub(crate) async fn submitted<S: Store>(
    service: &Service<S>,
    sent: &Send,
    seq: u64,
    now: Timestamp,
) -> Result<(), Problem> {
    let mark = delivery::mark_of(&sent.message, sent.room);
    let seen = mark.and_then(|mark| seen(service, mark, digest(&sent.message), now));
    if let Some(seen) = seen.filter(|seen| seen.event == Event::SubmissionAcceptance) {
        let noted = Entry::Observed(sent.room, Observed { seq, ..seen });
        service.store.commit(Batch::new().entry(noted)).await?;
    }
    Ok(())
}

/// Gives a device the receipts of this server and those of the partners in the room.
pub(crate) async fn get<S: Store>(
    service: &Service<S>,
    who: Owner,
    request: GetReceipts,
    now: Timestamp,
) -> Result<Reply, Problem> {
    check(&request)?;
    let was_there = !service
        .store
        .spans(request.room, who.device)
        .await?
        .is_empty();
    if !was_there && service.settings.protections.membership {
        return Err(Problem::new(ProblemCode::Refused));
    }
    // What a guest asks of, he said himself or has from here: nothing is handed over to an organisation by that.
    let device = Some(who.device).filter(|_| !service.directory.is_guest(who.account));
    let mut all = issue(service, &request, device, now).await?;
    for partner in partners(service, request.room).await? {
        let theirs = others::ask_for_receipts(service, partner, request.clone(), now).await;
        match theirs {
            Some(theirs) => {
                all.receipts.extend(theirs.receipts);
                all.missing.extend(theirs.missing);
            }
            None => all.missing.clone_from(&request.objects),
        }
    }
    all.missing.sort();
    all.missing.dedup();
    Ok(all.into())
}

/// Gives a partner's server the receipts of this one.
pub(crate) async fn for_partner<S: Store>(
    service: &Service<S>,
    from: OrganisationId,
    request: GetReceipts,
    now: Timestamp,
) -> Result<PartnerReply, Problem> {
    check(&request)?;
    if !partners(service, request.room).await?.contains(&from) {
        return Err(Problem::new(ProblemCode::Refused));
    }
    Ok(issue(service, &request, None, now).await?.into())
}

fn check(request: &GetReceipts) -> Result<(), Problem> {
    match request.objects.len() {
        ..=MAX_MARKED => Ok(()),
        _ => Err(Problem::new(ProblemCode::TooLarge)),
    }
}

/// Returns the other organisations in a room.
async fn partners<S: Store>(
    service: &Service<S>,
    room: RoomId,
) -> Result<BTreeSet<OrganisationId>, Problem> {
    if let Some(hub) = service.partners.hub(room) {
        return Ok(BTreeSet::from([hub]));
    }
    let cell = service.rooms.cell(room);
    let snapshot = cell
        .turn()
        .await
        .snapshot(&service.store, &service.partners)
        .await?;
    let snapshot = snapshot.ok_or(Problem::new(ProblemCode::Refused))?;
    Ok((*snapshot.partners).clone())
}

/// Returns this server's receipts, having made those that there were none of. A device of this organisation that asks for one of
/// something that others sent has read it.
async fn issue<S: Store>(
    service: &Service<S>,
    request: &GetReceipts,
    device: Option<DeviceId>,
    now: Timestamp,
) -> Result<Receipts, Problem> {
    let room = request.room;
    let mut noted = service.store.noted(room, request.objects.clone()).await?;
    if let Some(batch) = device.and_then(|device| handed_over(service, room, &noted, device, now)) {
        service.store.commit(batch).await?;
        noted = service.store.noted(room, request.objects.clone()).await?;
    }
    let failed = silence::of(service, room, &noted, now).await?;
    if !failed.is_empty() {
        let entries = failed.into_iter().map(|seen| Entry::Observed(room, seen));
        service
            .store
            .commit(entries.fold(Batch::new(), Batch::entry))
            .await?;
        noted = service.store.noted(room, request.objects.clone()).await?;
    }
    let mut batch = Batch::new();
    for (seen, _) in noted.iter().filter(|(_, receipt)| receipt.is_none()) {
        if let Some(receipt) = make(service, room, seen, now).await? {
            batch = batch.entry(Entry::Receipt(room, seen.object, seen.event, receipt));
        }
    }
    if !batch.entries.is_empty() {
        service.store.commit(batch).await?;
        // Of two that were made at once, everybody gets the one that is kept.
        noted = service.store.noted(room, request.objects.clone()).await?;
    }
    Ok(gather(&request.objects, noted, now))
}

fn handed_over<S: Store>(
    service: &Service<S>,
    room: RoomId,
    noted: &[(Observed, Option<Octets>)],
    device: DeviceId,
    now: Timestamp,
) -> Option<Batch> {
    let home = service.directory.current()?;
    let had: BTreeSet<_> = noted
        .iter()
        .map(|(seen, _)| (seen.object, seen.event))
        .collect();
    let fresh = noted.iter().filter(|(seen, _)| {
        seen.event == Event::RelayAcceptance
            && !had.contains(&(seen.object, Event::ContentHandover))
    });
    let batch = fresh.fold(Batch::new(), |batch, (seen, _)| {
        batch.entry(Entry::Observed(
            room,
            Observed {
                event: Event::ContentHandover,
                at: now,
                directory: home.head().position,
                device: Some(device),
                ..*seen
            },
        ))
    });
    (!batch.entries.is_empty()).then_some(batch)
}

/// Signs what was noted; none while the authority that stamps it does not answer.
async fn make<S: Store>(
    service: &Service<S>,
    room: RoomId,
    seen: &Observed,
    now: Timestamp,
) -> Result<Option<Octets>, Problem> {
    let home = service.directory.current();
    let home = home
        .ok_or(Problem::new(ProblemCode::Refused))?
        .organisation_id();
    let mut id = [0; 16];
    (service.settings.entropy)(&mut id);
    let receipt = Receipt {
        id,
        event: seen.event,
        reasons: reasons(seen.event),
        at: seen.at,
        issuer: home,
        directory: seen.directory,
        request: seen.request,
        seq: seen.seq,
        object: Digest(seen.object),
        transmitted: Digest(seen.transmitted),
        room,
        epoch: seen.epoch,
        device: seen.device,
        confirmation: None,
        expires_at: (seen.event == Event::AcceptanceRejectionExpiry)
            .then_some(seen.ends)
            .flatten(),
        previous: None,
    };
    let asks = service.partners.hub(room).unwrap_or(home);
    let key = EvidenceKey::from_seed(&service.hub_key().secret());
    let signed = sign(&receipt, &Binding { asks, room }, &key);
    let bug = |_| Problem::new(ProblemCode::Unavailable);
    let read = sign1::read::<Receipt>(&signed).map_err(bug)?;
    match timestamps::over(service, &read.signature(), now).await {
        Ok(None) => Ok(Some(Octets(signed))),
        Ok(Some(token)) => Ok(Some(Octets(stamp::<Receipt>(&signed, token).map_err(bug)?))),
        Err(_) => Ok(None),
    }
}

/// Returns why this server says that something did not happen.
fn reasons(event: Event) -> Vec<Reason> {
    let code = match event {
        Event::RelayFailure => ReasonCode::RelayTimeout,
        Event::ContentConsignmentFailure => ReasonCode::RecipientUnreachable,
        Event::AcceptanceRejectionExpiry => ReasonCode::Expired,
        _ => return Vec::new(),
    };
    vec![Reason { code, text: None }]
}

/// Puts together what there is. More is to come of what has no receipt, of what no device of the addressee has had yet, and of a request
/// that has not run out.
fn gather(
    objects: &[[u8; 32]],
    noted: Vec<(Observed, Option<Octets>)>,
    now: Timestamp,
) -> Receipts {
    let runs = |seen: &Observed| seen.ends.is_some_and(|ends| now <= ends);
    let running: BTreeSet<_> = noted
        .iter()
        .filter(|(seen, _)| runs(seen))
        .map(|(seen, _)| seen.object)
        .collect();
    let mut events: BTreeMap<[u8; 32], BTreeSet<Event>> = BTreeMap::new();
    let mut receipts = Vec::new();
    for (seen, receipt) in noted {
        if let Some(receipt) = receipt {
            events.entry(seen.object).or_default().insert(seen.event);
            receipts.push(receipt);
        }
    }
    let is_all = |object: &[u8; 32]| {
        let events = events.get(object);
        events.is_some_and(|events| {
            events.contains(&Event::SubmissionAcceptance)
                || events.contains(&Event::ContentHandover)
        })
    };
    let missing = objects
        .iter()
        .copied()
        .filter(|object| !is_all(object) || running.contains(object));
    Receipts {
        missing: missing.collect(),
        receipts,
    }
}
