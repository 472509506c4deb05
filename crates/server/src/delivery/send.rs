//! Sending a message: the one thing that has to be cheap.

use super::header::{is_application_message, mark_of};
use super::publish::Announcement;
use super::{answer, first_answer, refused};
use crate::fanout::Owner;
use crate::receipts;
use crate::rooms::Snapshot;
use crate::service::{Protections, Service};
use crate::store::{Append, Assertion, Batch, Entry, Store};
use crate::waking::Rousing;
use valise_mls::chain::digest;
use valise_mls::rules::may_post;
use valise_wire::push::EventKind;
use valise_wire::request::{MAX_MESSAGE_BYTES, Reply, Send};
use valise_wire::{Problem, ProblemCode, Timestamp};

/// Appends a message to a room's log.
pub(crate) async fn send<S: Store>(
    service: &Service<S>,
    who: Owner,
    request: Send,
    now: Timestamp,
) -> Result<Reply, Problem> {
    if request.message.len() > MAX_MESSAGE_BYTES {
        return Err(Problem::new(ProblemCode::TooLarge));
    }
    if !is_application_message(&request.message, request.room, request.epoch) {
        return Err(Problem::new(ProblemCode::Malformed));
    }
    let cell = service.rooms.cell(request.room);
    let protections = &service.settings.protections;
    let (room, transaction) = (request.room, request.transaction);
    let mut snapshot = cell.known();
    let mut decision = decide(snapshot.as_deref(), who, &request, protections);
    if decision.is_err() {
        // What is known may be of a moment ago: wait for whoever changes the room, and look again.
        snapshot = cell
            .turn()
            .await
            .snapshot(&service.store, &service.partners)
            .await?;
        decision = decide(snapshot.as_deref(), who, &request, protections);
    }
    let snapshot = match (decision, snapshot) {
        (Ok(()), Some(snapshot)) => snapshot,
        (Err(problem), _) => return first_answer(service, who, room, transaction, problem).await,
        (Ok(()), None) => return Err(refused()),
    };
    let (bus, waking) = (service.bus.clone(), service.waking.clone());
    let (partners, followers) = (service.partners.clone(), snapshot.partners.clone());
    let rousing = request.wakes.then_some(Rousing {
        room,
        author: who.account,
        at: now,
    });
    let crosses = !followers.is_empty();
    let saying = crosses.then(|| partners.saying(room, request.wakes));
    let audience = snapshot.audience.clone();
    let announcement = Announcement::new(
        room,
        EventKind::Message,
        &request.message,
        snapshot.audience.clone(),
    );
    let mark = mark_of(&request.message, room);
    let transmitted = digest(&request.message);
    let batch = append(request, who, now, protections);
    let batch =
        receipts::took(service, batch, room, mark, transmitted, now).then(move |committed| {
            if let Some(place) = committed.appended.first() {
                announcement.tell(&bus, place);
                saying.into_iter().for_each(|saying| saying.at(place.seq));
                partners.wake(followers.iter().copied());
                if let Some(rousing) = rousing {
                    waking.rouse(&audience, &rousing, &bus);
                }
            }
        });
    answer(room, service.store.commit(batch).await?)
}

/// Decides whether a device may send this, by the room as it is.
fn decide(
    room: Option<&Snapshot>,
    who: Owner,
    request: &Send,
    protections: &Protections,
) -> Result<(), Problem> {
    let Some(room) = room else {
        return Err(refused());
    };
    if protections.membership && !room.has(who.device, who.account) {
        return Err(refused());
    }
    if protections.posting && !may_post(&room.policy, &who.account) {
        return Err(refused());
    }
    if protections.epoch && room.epoch != request.epoch {
        return Err(Problem::new(ProblemCode::StaleEpoch));
    }
    if protections.pending && room.pending > 0 {
        return Err(Problem::new(ProblemCode::CommitPending));
    }
    Ok(())
}

fn append(request: Send, who: Owner, now: Timestamp, protections: &Protections) -> Batch {
    let mut batch = Batch::new();
    if protections.epoch {
        batch = batch.assert(Assertion::Epoch(request.room, request.epoch));
    }
    if protections.pending {
        batch = batch.assert(Assertion::NothingPending(request.room));
    }
    batch.entry(Entry::Append(Append {
        room: request.room,
        kind: EventKind::Message,
        at: now,
        once: Some((who.device, request.transaction)),
        digest: digest(&request.message),
        body: request.message,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::SessionId;
    use std::collections::HashMap;
    use valise_wire::policy::{RoomKind, RoomPolicy};
    use valise_wire::{AccountId, DeviceId, Octets, OrganisationId, RoomId, TransactionId};

    fn who(number: u8) -> Owner {
        Owner {
            account: AccountId([number; 16]),
            device: DeviceId([number; 16]),
            session: SessionId([0; 32]),
        }
    }

    fn room(kind: RoomKind) -> Snapshot {
        let policy = RoomPolicy {
            kind,
            organisation: OrganisationId([0; 32]),
            owners: vec![AccountId([1; 16])],
            protocol_floor: 1,
            links: Vec::new(),
            residency: Vec::new(),
        };
        let members = [1, 2].map(|number| (who(number).device, who(number).account));
        Snapshot::new(3, policy, HashMap::from(members))
    }

    fn request(epoch: u64) -> Send {
        Send {
            room: RoomId([9; 16]),
            transaction: TransactionId([0; 16]),
            epoch,
            wakes: true,
            message: Octets::default(),
        }
    }

    fn code(result: Result<(), Problem>) -> Option<ProblemCode> {
        result.err().map(|problem| problem.code)
    }

    #[test]
    fn only_members_send_in_the_epoch_of_the_room() {
        let room = room(RoomKind::Group);
        let all = Protections::default();
        assert_eq!(code(decide(Some(&room), who(2), &request(3), &all)), None);
        assert_eq!(
            code(decide(Some(&room), who(3), &request(3), &all)),
            Some(ProblemCode::Refused)
        );
        assert_eq!(
            code(decide(None, who(2), &request(3), &all)),
            Some(ProblemCode::Refused)
        );
        assert_eq!(
            code(decide(Some(&room), who(2), &request(2), &all)),
            Some(ProblemCode::StaleEpoch)
        );
        let stranger = Owner {
            account: AccountId([7; 16]),
            ..who(2)
        };
        assert_eq!(
            code(decide(Some(&room), stranger, &request(3), &all)),
            Some(ProblemCode::Refused)
        );
        // Switched off, each lets through what it refuses.
        let open = Protections {
            membership: false,
            ..all
        };
        assert_eq!(code(decide(Some(&room), who(3), &request(3), &open)), None);
        let open = Protections {
            epoch: false,
            ..all
        };
        assert_eq!(code(decide(Some(&room), who(2), &request(2), &open)), None);
    }

    #[test]
    fn announcements_are_made_by_owners() {
        let room = room(RoomKind::Announcement);
        let all = Protections::default();
        assert_eq!(code(decide(Some(&room), who(1), &request(3), &all)), None);
        assert_eq!(
            code(decide(Some(&room), who(2), &request(3), &all)),
            Some(ProblemCode::Refused)
        );
        assert_eq!(
            code(decide(
                Some(&room),
                who(2),
                &request(3),
                &Protections {
                    posting: false,
                    ..all
                }
            )),
            None
        );
    }

    #[test]
    fn nothing_is_sent_while_a_removal_waits() {
        let mut room = room(RoomKind::Group);
        room.pending = 1;
        let all = Protections::default();
        assert_eq!(
            code(decide(Some(&room), who(1), &request(3), &all)),
            Some(ProblemCode::CommitPending)
        );
        assert_eq!(
            code(decide(
                Some(&room),
                who(1),
                &request(3),
                &Protections {
                    pending: false,
                    ..all
                }
            )),
            None
        );
    }
}
