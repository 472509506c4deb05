//! One hand at a time on an upload, and the last one to ask gets it.
//!
//! A connection that died without saying so still looks as if it were sending. Its owner comes back by another one, and must
//! not wait until the dead one's time is over: the older hand is asked to let go.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedMutexGuard, watch};
use valise_wire::BlobId;

/// All uploads that somebody has in hand.
#[derive(Clone, Default)]
pub(super) struct Holds(Arc<Mutex<HashMap<BlobId, Arc<Slot>>>>);

struct Slot {
    lock: Arc<tokio::sync::Mutex<()>>,
    /// Number of the last one who asked.
    asked: watch::Sender<u64>,
}

/// One hand on an upload.
pub(super) struct Hold {
    blob: BlobId,
    holds: Holds,
    asked: watch::Receiver<u64>,
    number: u64,
    guard: Option<OwnedMutexGuard<()>>,
}

impl Holds {
    /// Waits until the upload is free, and asks whoever has it to let go.
    pub(super) async fn take(&self, blob: BlobId) -> Hold {
        let slot = self.slot(blob);
        let mut number = 0;
        slot.asked.send_modify(|last| {
            *last += 1;
            number = *last;
        });
        let mut hold = Hold {
            blob,
            holds: self.clone(),
            asked: slot.asked.subscribe(),
            number,
            guard: None,
        };
        hold.guard = Some(Arc::clone(&slot.lock).lock_owned().await);
        hold
    }

    /// Takes the upload if it is free.
    pub(super) fn try_take(&self, blob: BlobId) -> Option<Hold> {
        let slot = self.slot(blob);
        let guard = Arc::clone(&slot.lock).try_lock_owned().ok()?;
        let (asked, number) = (slot.asked.subscribe(), *slot.asked.borrow());
        Some(Hold {
            blob,
            holds: self.clone(),
            asked,
            number,
            guard: Some(guard),
        })
    }

    fn slot(&self, blob: BlobId) -> Arc<Slot> {
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || {
            Arc::new(Slot {
                lock: Arc::default(),
                asked: watch::channel(0).0,
            })
        };
        Arc::clone(slots.entry(blob).or_insert_with(make))
    }
}

impl Hold {
    /// Returns when somebody else asks for the upload.
    pub(super) async fn asked_for(&mut self) {
        let number = self.number;
        if self.asked.wait_for(|last| *last > number).await.is_err() {
            std::future::pending().await
        }
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.guard = None;
        let mut slots = self.holds.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Only the map has it: nobody holds it or waits for it. Whoever wants it next has to come through the map.
        if slots
            .get(&self.blob)
            .is_some_and(|slot| Arc::strong_count(&slot.lock) == 1 && Arc::strong_count(slot) == 1)
        {
            slots.remove(&self.blob);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_last_one_to_ask_gets_it_and_nothing_stays_behind() {
        let holds = Holds::default();
        let blob = BlobId([1; 16]);
        let mut first = holds.take(blob).await;
        assert!(holds.try_take(blob).is_none());
        let second = tokio::spawn({
            let holds = holds.clone();
            async move { holds.take(blob).await }
        });
        first.asked_for().await;
        drop(first);
        let second = second.await.unwrap();
        assert!(holds.try_take(blob).is_none());
        drop(second);
        assert!(holds.try_take(blob).is_some());
        assert!(holds.0.lock().unwrap().is_empty());
    }
}
