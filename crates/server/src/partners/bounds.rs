//! How much one partner may have here: rooms, bytes and key packages. What is counted stands in the store.

use super::told::short;
use crate::metrics::name;
use crate::service::Service;
use crate::store::{Assertion, Batch, Bound, Entry, Share, Store, StoreError};
use valise_wire::{AccountId, DeviceId, OrganisationId, Problem, ProblemCode, Timestamp};

const DAY_MILLIS: u64 = 24 * 60 * 60 * 1000;
/// After this it may try again what no day makes room for: the operator can at any time.
const AGAIN_MILLIS: u64 = 10 * 60 * 1000;

/// What one partner may have, and take in a day (UTC). What it has already is never taken from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// New rooms a day that live there.
    pub rooms_per_day: u64,
    /// Rooms at once that live there, with somebody of here in them.
    pub rooms: u64,
    /// Bytes of events and welcomes that are kept of them.
    pub kept_bytes: u64,
    /// Key packages a day that it asks for.
    pub key_packages_per_day: u64,
    /// Key packages a day of one device, of the forty that there are; what it takes above that is the one of last resort.
    pub key_packages_of_a_device: u64,
}

impl Default for Bounds {
    /// Enough for ten thousand people there who work with people of here all day: every second one begins a chat on one day, each is in
    /// twenty rooms, says forty things a day for the best part of a year, and brings five people with two devices into something.
    fn default() -> Self {
        Self {
            rooms_per_day: 5_000,
            rooms: 200_000,
            kept_bytes: 100 << 30,
            key_packages_per_day: 100_000,
            key_packages_of_a_device: 20,
        }
    }
}

impl Bounds {
    /// None at all: to show that each is needed.
    pub fn none() -> Self {
        let most = i64::MAX as u64;
        Self {
            rooms_per_day: most,
            rooms: most,
            kept_bytes: most,
            key_packages_per_day: most,
            key_packages_of_a_device: most,
        }
    }
}

/// What stands in front of a batch that makes a partner have more.
pub(super) struct Scale {
    partner: OrganisationId,
    bounds: Bounds,
    day: u64,
}

impl Scale {
    pub(super) fn new<S: Store>(
        service: &Service<S>,
        partner: OrganisationId,
        now: Timestamp,
    ) -> Self {
        Self {
            partner,
            bounds: service.settings.bounds,
            day: now.0 / DAY_MILLIS,
        }
    }

    /// Weighs a room that somebody of here comes into; `is_new` if nothing of it is here yet.
    pub(super) fn room(&self, batch: Batch, is_new: bool) -> Batch {
        let batch = batch.assert(self.bound(Share::Rooms, 1));
        if !is_new {
            return batch;
        }
        let day = self.bound(Share::RoomsToday, 1);
        let counted = Entry::Counted(self.partner, Share::RoomsToday, self.day, 1);
        batch.assert(day).entry(counted)
    }

    /// Weighs what is to be kept.
    pub(super) fn bytes(&self, batch: Batch, more: usize) -> Batch {
        match more {
            0 => batch,
            more => batch.assert(self.bound(Share::Bytes, more as u64)),
        }
    }

    /// Makes the batch that takes a key package of each device.
    pub(super) fn claim(&self, devices: Vec<(AccountId, DeviceId)>) -> Batch {
        let count = devices.len() as u64;
        let counted = Entry::Counted(self.partner, Share::PackagesToday, self.day, count);
        let most = self.bounds.key_packages_of_a_device;
        Batch::new()
            .assert(self.bound(Share::PackagesToday, count))
            .entry(counted)
            .entry(Entry::ClaimFor(self.partner, self.day, most, devices))
    }

    fn bound(&self, share: Share, more: u64) -> Assertion {
        let most = match share {
            Share::RoomsToday => self.bounds.rooms_per_day,
            Share::Rooms => self.bounds.rooms,
            Share::Bytes => self.bounds.kept_bytes,
            Share::PackagesToday => self.bounds.key_packages_per_day,
        };
        Assertion::Within(Bound {
            partner: self.partner,
            share,
            day: self.day,
            more,
            most,
        })
    }
}

/// Says why a batch was not done; of a partner that is over a bound the operator hears, too.
pub(super) fn refusal<S: Store>(
    service: &Service<S>,
    error: StoreError,
    now: Timestamp,
) -> Problem {
    let StoreError::Failed(Assertion::Within(bound)) = error else {
        return error.into();
    };
    let setting = setting(bound.share);
    metrics::counter!(name::PARTNER_OVER, "bound" => setting).increment(1);
    let of = (bound.partner, bound.share);
    if service.partners.waiting().over.is_to_be_told(of, now) {
        tracing::warn!(
            partner = short(bound.partner),
            bound = setting,
            "a partner is over a bound; nothing is lost, its server tries again"
        );
    }
    Problem {
        code: ProblemCode::RateLimited,
        retry_after_ms: Some(match bound.share {
            Share::RoomsToday | Share::PackagesToday => DAY_MILLIS - now.0 % DAY_MILLIS,
            Share::Rooms | Share::Bytes => AGAIN_MILLIS,
        }),
    }
}

/// The name of the setting that raises it.
fn setting(share: Share) -> &'static str {
    match share {
        Share::RoomsToday => "rooms_per_day",
        Share::Rooms => "rooms",
        Share::Bytes => "kept_mib",
        Share::PackagesToday => "key_packages_per_day",
    }
}

/// Shows the operator how much the partner has that has most.
pub(super) async fn measure<S: Store>(service: &Service<S>) {
    let Ok(all) = service.store.partner_use().await else {
        return;
    };
    let most = |of: fn(&crate::store::PartnerUse) -> u64| {
        let uses = all.iter().map(|(_, used)| of(used));
        uses.max().unwrap_or(0) as f64
    };
    metrics::gauge!(name::PARTNER_ROOMS).set(most(|used| used.rooms));
    metrics::gauge!(name::PARTNER_BYTES).set(most(|used| used.bytes));
}
