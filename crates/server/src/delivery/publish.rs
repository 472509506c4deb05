//! What is told to a room when its log grew.

use crate::fanout::{Bus, Wakeups, frame};
use crate::store::Appended;
use std::sync::Arc;
use valise_wire::frame::MAX_PUSHED_EVENT_BYTES;
use valise_wire::push::{Event, EventKind, RoomEvent, RoomMoved};
use valise_wire::{DeviceId, Octets, RoomId};

/// An event that is told once it has its place.
pub(super) struct Announcement {
    room: RoomId,
    kind: EventKind,
    audience: Arc<[DeviceId]>,
    /// None if it is too large to be pushed.
    body: Option<Octets>,
}

impl Announcement {
    pub(super) fn new(
        room: RoomId,
        kind: EventKind,
        body: &Octets,
        audience: Arc<[DeviceId]>,
    ) -> Self {
        let body = (body.len() <= MAX_PUSHED_EVENT_BYTES).then(|| body.clone());
        Self {
            room,
            kind,
            audience,
            body,
        }
    }

    pub(super) fn tell(self, bus: &Bus, place: &Appended) {
        let Self {
            room,
            kind,
            audience,
            body,
        } = self;
        let frame = match body {
            Some(body) => frame(RoomEvent {
                room,
                event: Event {
                    seq: place.seq,
                    kind,
                    at: place.at,
                    body,
                },
            }),
            None => frame(RoomMoved {
                room,
                head: place.seq,
            }),
        };
        bus.tell(&audience, frame);
    }
}
