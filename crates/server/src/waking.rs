//! Waking devices that are not connected, by Web Push: who subscribed, and whom a message wakes.
//!
//! A push says nothing: it carries no room, no sender and no text, and has always the same length. What a push service learns
//! is that something came for a subscription, and when; `docs/threat-model.md` says what follows.

mod courier;
mod endpoint;
mod reach;
mod subscribe;
mod vapid;

pub use courier::Courier;
pub use endpoint::Allowed;
pub(crate) use endpoint::origin;
pub(crate) use reach::client;
pub(crate) use subscribe::{forget, keep, key};
pub use vapid::VapidKey;

use crate::fanout::Bus;
use crate::service::Entropy;
use crate::store::{Batch, Entry, Setting, Store, StoreError, SubscriptionRow};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError, RwLock};
use tokio::sync::mpsc;
use valise_wire::{AccountId, DeviceId, RoomId, Timestamp};

/// A device is woken once in this time: what comes meanwhile is found when it looks.
const REST_MS: u64 = 30_000;
/// Devices that wait to be woken, at most. What does not fit is found when the device looks by itself.
const MOST_WAITING: usize = 4_096;

/// A device with something to look for.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub device: DeviceId,
    pub subscription: SubscriptionRow,
}

/// Everybody who can be woken.
pub(crate) struct Waking {
    pub(crate) key: Option<VapidKey>,
    pub(crate) allowed: Allowed,
    subscriptions: RwLock<HashMap<DeviceId, SubscriptionRow>>,
    woken: Mutex<HashMap<DeviceId, Timestamp>>,
    calls: mpsc::Sender<Call>,
    waiting: Mutex<Option<mpsc::Receiver<Call>>>,
}

impl Waking {
    /// Begins with what the store holds. `allowed` are the push services that may be called; without any nobody is woken, and
    /// nobody can subscribe.
    pub(crate) async fn open<S: Store>(
        store: &S,
        allowed: Option<Allowed>,
        entropy: &Entropy,
    ) -> Result<Self, StoreError> {
        let key = match &allowed {
            Some(_) => Some(key_of(store, entropy).await?),
            None => None,
        };
        let (calls, waiting) = mpsc::channel(MOST_WAITING);
        let subscriptions = store.subscriptions().await?.into_iter().collect();
        Ok(Self {
            key,
            allowed: allowed.unwrap_or_default(),
            subscriptions: RwLock::new(subscriptions),
            woken: Mutex::default(),
            calls,
            waiting: Mutex::new(Some(waiting)),
        })
    }

    /// Wakes who is to know of a message and is not here to be told: not its author on other devices, and nobody who wants
    /// silence in the room.
    pub(crate) fn rouse(&self, audience: &[DeviceId], message: &Rousing, bus: &Bus) {
        let subscriptions = self
            .subscriptions
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        if subscriptions.is_empty() {
            return;
        }
        for device in audience {
            let Some(subscription) = subscriptions.get(device) else {
                continue;
            };
            let is_meant = subscription.account != message.author
                && !subscription.silent.contains(&message.room);
            if is_meant && !bus.is_connected(*device) && self.may_wake(*device, message.at) {
                let call = Call {
                    device: *device,
                    subscription: subscription.clone(),
                };
                let _ = self.calls.try_send(call);
            }
        }
    }

    fn may_wake(&self, device: DeviceId, now: Timestamp) -> bool {
        let mut woken = self.woken.lock().unwrap_or_else(PoisonError::into_inner);
        let rests = woken
            .get(&device)
            .is_some_and(|at| now.millis_since(*at) < REST_MS);
        if !rests {
            woken.insert(device, now);
        }
        !rests
    }

    /// Takes over what the store holds of a device now.
    pub(crate) fn set(&self, device: DeviceId, subscription: Option<SubscriptionRow>) {
        let mut subscriptions = self
            .subscriptions
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        match subscription {
            Some(subscription) => subscriptions.insert(device, subscription),
            None => subscriptions.remove(&device),
        };
        self.woken
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&device);
    }

    /// Tells whether a device still has this very subscription.
    pub(crate) fn has(&self, device: DeviceId, subscription: &SubscriptionRow) -> bool {
        let subscriptions = self
            .subscriptions
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        subscriptions
            .get(&device)
            .is_some_and(|now| now.endpoint == subscription.endpoint)
    }

    /// Hands over whoever is to be woken, to one who does it.
    pub(crate) fn take_calls(&self) -> Option<mpsc::Receiver<Call>> {
        self.waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }
}

/// Returns the key by which push services know this server, made when it is first wanted.
async fn key_of<S: Store>(store: &S, entropy: &Entropy) -> Result<VapidKey, StoreError> {
    if let Some(kept) = store.setting(Setting::PushKey).await? {
        return VapidKey::from_bytes(&kept).ok_or(StoreError::Corrupt);
    }
    loop {
        let mut bytes = [0; 32];
        entropy(&mut bytes);
        // One in 2³² random numbers is no key of this curve.
        if let Some(key) = VapidKey::from_bytes(&bytes) {
            let keep = Entry::Setting(Setting::PushKey, Some(bytes.to_vec()));
            store.commit(Batch::new().entry(keep)).await?;
            return Ok(key);
        }
    }
}

/// What may wake somebody.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rousing {
    pub room: RoomId,
    pub author: AccountId,
    pub at: Timestamp,
}
