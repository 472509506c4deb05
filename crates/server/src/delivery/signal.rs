//! What is worth nothing in a minute: typing.

use super::refused;
use crate::fanout::{Owner, Wakeups, frame};
use crate::service::Service;
use crate::store::Store;
use valise_wire::partner::Carry;
use valise_wire::push::Signalled;
use valise_wire::request::{Done, Reply, Signal};
use valise_wire::{DeviceId, Problem, ProblemCode};

/// Most bytes of a signal.
const MAX_SIGNAL_BYTES: usize = 2 << 10;

/// Tells the other devices of a room, and stores nothing.
pub(crate) async fn signal<S: Store>(
    service: &Service<S>,
    who: Owner,
    request: Signal,
) -> Result<Reply, Problem> {
    if request.sealed.len() > MAX_SIGNAL_BYTES {
        return Err(Problem::new(ProblemCode::TooLarge));
    }
    let cell = service.rooms.cell(request.room);
    let room = match cell.known() {
        Some(room) => room,
        None => cell
            .turn()
            .await
            .snapshot(&service.store, &service.partners)
            .await?
            .ok_or_else(refused)?,
    };
    if service.settings.protections.membership && !room.has(who.device, who.account) {
        return Err(refused());
    }
    let others: Vec<DeviceId> = room
        .audience
        .iter()
        .copied()
        .filter(|device| *device != who.device)
        .collect();
    for partner in room.partners.iter() {
        service.partners.carry(
            *partner,
            Carry {
                room: request.room,
                devices: others.clone(),
                sealed: request.sealed.clone(),
            },
        );
    }
    service.bus.tell(
        &others,
        frame(Signalled {
            room: request.room,
            sealed: request.sealed,
        }),
    );
    Ok(Done {}.into())
}
