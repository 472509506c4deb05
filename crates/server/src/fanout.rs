//! Telling everybody online, in the order in which it became durable.
//!
//! A frame is encoded once and put into the queue of every connection of its audience. A queue is bounded: who is too slow
//! is told so and closed, and reads what is missing when coming back. Nothing that matters is ever only here.

use crate::metrics::name;
use crate::service::SessionId;
use bytes::Bytes;
use futures_util::task::AtomicWaker;
use std::collections::{HashMap, VecDeque};
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, Weak};
use std::task::Poll;
use valise_wire::frame::ServerFrame;
use valise_wire::push::{Bye, Push, Reason};
use valise_wire::{AccountId, DeviceId, to_bytes};

/// Most bytes that wait for one connection.
pub const MAX_QUEUED_BYTES: usize = 1 << 20;
/// Most frames that wait for one connection.
pub const MAX_QUEUED_FRAMES: usize = 8_192;
/// Most connections of one device; the oldest makes way.
pub const MAX_CONNECTIONS: usize = 4;

/// Tells devices something. In one process this is the [`Bus`]; between several, something that carries it there.
pub trait Wakeups: Send + Sync + 'static {
    /// Tells every connection of some devices.
    fn tell(&self, audience: &[DeviceId], frame: Bytes);
    /// Tells every connection.
    fn tell_all(&self, frame: Bytes);
}

/// Whose connection it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owner {
    /// Whose device.
    pub account: AccountId,
    /// Which device.
    pub device: DeviceId,
    /// Its session.
    pub session: SessionId,
}

/// Every connection of this process.
#[derive(Default)]
pub struct Bus {
    devices: RwLock<HashMap<DeviceId, Vec<Arc<Queue>>>>,
}

struct Queue {
    owner: Owner,
    state: Mutex<QueueState>,
    waker: AtomicWaker,
}

#[derive(Default)]
struct QueueState {
    frames: VecDeque<Bytes>,
    bytes: usize,
    synced: bool,
    closed: bool,
}

/// Makes the frame of a push.
pub fn frame(push: impl Into<Push>) -> Bytes {
    to_bytes(&ServerFrame::Push(push.into())).into()
}

impl Queue {
    fn state(&self) -> MutexGuard<'_, QueueState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, frame: &Bytes) {
        {
            let mut state = self.state();
            if state.closed || !state.synced {
                return;
            }
            state.bytes += frame.len();
            state.frames.push_back(frame.clone());
            if state.bytes > MAX_QUEUED_BYTES || state.frames.len() > MAX_QUEUED_FRAMES {
                // What waits is worth nothing with a gap in it: the device reads from where it stands.
                state.frames.clear();
                state.end(Reason::TooSlow);
                metrics::counter!(name::QUEUE_DROPS).increment(1);
            }
        }
        self.waker.wake();
    }

    fn close(&self, reason: Reason) {
        let mut state = self.state();
        if !state.closed {
            state.end(reason);
        }
        drop(state);
        self.waker.wake();
    }
}

impl QueueState {
    fn end(&mut self, reason: Reason) {
        let retry_after_ms = if matches!(
            reason,
            Reason::Restart | Reason::TooSlow | Reason::RateLimited
        ) {
            1_000
        } else {
            0
        };
        self.closed = true;
        self.frames.push_back(frame(Bye {
            reason,
            retry_after_ms,
        }));
    }
}

impl Bus {
    /// Opens a connection's queue. It stays empty until the device synced.
    pub fn connect(self: &Arc<Self>, owner: Owner) -> Pushes {
        let queue = Arc::new(Queue {
            owner,
            state: Mutex::default(),
            waker: AtomicWaker::new(),
        });
        let mut devices = self.devices.write().unwrap_or_else(PoisonError::into_inner);
        let queues = devices.entry(owner.device).or_default();
        if queues.len() >= MAX_CONNECTIONS {
            queues.remove(0).close(Reason::RateLimited);
        }
        queues.push(queue.clone());
        Pushes {
            queue,
            bus: Arc::downgrade(self),
        }
    }

    /// Lets pushes through to the connections of a session, before its heads are read: so none falls in between.
    pub(crate) fn synced(&self, device: DeviceId, session: SessionId) {
        self.each(device, |queue| {
            if queue.owner.session == session {
                queue.state().synced = true;
            }
        });
    }

    /// Tells whether a device is here to be told.
    pub fn is_connected(&self, device: DeviceId) -> bool {
        let devices = self.devices.read().unwrap_or_else(PoisonError::into_inner);
        devices.contains_key(&device)
    }

    /// Ends every connection of a device.
    pub fn close_device(&self, device: DeviceId, reason: Reason) {
        self.each(device, |queue| queue.close(reason));
    }

    /// Ends every connection.
    pub fn close_all(&self, reason: Reason) {
        let devices = self.devices.read().unwrap_or_else(PoisonError::into_inner);
        devices
            .values()
            .flatten()
            .for_each(|queue| queue.close(reason));
    }

    /// Tells every connection of those accounts that are meant.
    pub(crate) fn tell_those(&self, meant: impl Fn(AccountId) -> bool, frame: &Bytes) {
        let devices = self.devices.read().unwrap_or_else(PoisonError::into_inner);
        devices
            .values()
            .flatten()
            .filter(|queue| meant(queue.owner.account))
            .for_each(|queue| queue.push(frame));
    }

    fn each(&self, device: DeviceId, act: impl Fn(&Queue)) {
        let devices = self.devices.read().unwrap_or_else(PoisonError::into_inner);
        devices
            .get(&device)
            .into_iter()
            .flatten()
            .for_each(|queue| act(queue));
    }

    fn disconnect(&self, gone: &Arc<Queue>) {
        let mut devices = self.devices.write().unwrap_or_else(PoisonError::into_inner);
        let Some(queues) = devices.get_mut(&gone.owner.device) else {
            return;
        };
        queues.retain(|queue| !Arc::ptr_eq(queue, gone));
        if queues.is_empty() {
            devices.remove(&gone.owner.device);
        }
    }
}

impl Wakeups for Bus {
    fn tell(&self, audience: &[DeviceId], frame: Bytes) {
        let devices = self.devices.read().unwrap_or_else(PoisonError::into_inner);
        for device in audience {
            for queue in devices.get(device).into_iter().flatten() {
                queue.push(&frame);
            }
        }
    }

    fn tell_all(&self, frame: Bytes) {
        let devices = self.devices.read().unwrap_or_else(PoisonError::into_inner);
        devices
            .values()
            .flatten()
            .for_each(|queue| queue.push(&frame));
    }
}

/// What one connection is told. Dropping it ends the connection for the bus.
pub struct Pushes {
    queue: Arc<Queue>,
    bus: Weak<Bus>,
}

impl Pushes {
    /// Returns whose connection it is.
    pub fn owner(&self) -> Owner {
        self.queue.owner
    }

    /// Waits for the next encoded [`ServerFrame`]; none after the goodbye.
    pub async fn next(&mut self) -> Option<Bytes> {
        poll_fn(|context| {
            self.queue.waker.register(context.waker());
            match self.try_next() {
                Some(frame) => Poll::Ready(Some(frame)),
                None if self.is_closed() => Poll::Ready(None),
                None => Poll::Pending,
            }
        })
        .await
    }

    /// Returns the next frame if one waits.
    pub fn try_next(&mut self) -> Option<Bytes> {
        let mut state = self.queue.state();
        let frame = state.frames.pop_front()?;
        state.bytes = state.bytes.saturating_sub(frame.len());
        Some(frame)
    }

    /// Tells whether nothing more comes.
    pub fn is_closed(&self) -> bool {
        let state = self.queue.state();
        state.closed && state.frames.is_empty()
    }
}

impl Drop for Pushes {
    fn drop(&mut self) {
        if let Some(bus) = self.bus.upgrade() {
            bus.disconnect(&self.queue);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;
    use valise_wire::from_bytes;

    fn owner(session: u8) -> Owner {
        Owner {
            account: AccountId([1; 16]),
            device: DeviceId([2; 16]),
            session: SessionId([session; 32]),
        }
    }

    fn reason(frame: &Bytes) -> Option<Reason> {
        match from_bytes(frame) {
            Ok(ServerFrame::Push(Push::Bye(bye))) => Some(bye.reason),
            _ => None,
        }
    }

    #[test]
    fn nothing_comes_before_the_first_sync() {
        let bus = Arc::new(Bus::default());
        let mut pushes = bus.connect(owner(1));
        let mut other = bus.connect(owner(2));
        bus.tell(&[DeviceId([2; 16])], Bytes::from_static(b"early"));
        bus.synced(DeviceId([2; 16]), SessionId([1; 32]));
        bus.tell(&[DeviceId([2; 16])], Bytes::from_static(b"late"));
        assert_eq!(pushes.try_next().as_deref(), Some(b"late".as_slice()));
        assert_eq!(pushes.try_next(), None);
        assert_eq!(other.try_next(), None);
    }

    #[test]
    fn who_is_too_slow_is_told_so_and_closed_within_the_bound() {
        let bus = Arc::new(Bus::default());
        let mut pushes = bus.connect(owner(1));
        bus.synced(DeviceId([2; 16]), SessionId([1; 32]));
        let frame = Bytes::from(vec![0; 100_000]);
        for _ in 0..11 {
            bus.tell(&[DeviceId([2; 16])], frame.clone());
        }
        assert_eq!(
            pushes
                .next()
                .now_or_never()
                .flatten()
                .as_ref()
                .and_then(reason),
            Some(Reason::TooSlow)
        );
        bus.tell(&[DeviceId([2; 16])], frame);
        assert_eq!(pushes.next().now_or_never(), Some(None));
    }

    #[test]
    fn one_device_has_few_connections() {
        let bus = Arc::new(Bus::default());
        let mut first = bus.connect(owner(1));
        let _others: Vec<_> = (0..MAX_CONNECTIONS)
            .map(|_| bus.connect(owner(2)))
            .collect();
        assert_eq!(
            first.try_next().as_ref().and_then(reason),
            Some(Reason::RateLimited)
        );
    }
}
