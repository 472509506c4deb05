//! Rooms of which a partner takes no more for now: each waits by itself, and holds up nothing else. Its welcomes wait together.

use super::Partners;
use super::backoff::Waits;
use super::told::short;
use crate::metrics::name;
use crate::service::Service;
use crate::store::Store;
use std::collections::BTreeSet;
use valise_wire::{OrganisationId, Problem, RoomId, Timestamp};

/// Takes it that a partner takes no more of something for now, and tells the operator.
pub(super) fn hold<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    what: Waits,
    problem: &Problem,
    now: Timestamp,
) {
    metrics::counter!(name::PARTNER_FAILURES, "outcome" => "over").increment(1);
    let mut chance = [0];
    (service.settings.entropy)(&mut chance);
    let mut waiting = service.partners.waiting();
    let told = problem.retry_after_ms;
    waiting.backoffs.failed(partner, what, told, now, chance[0]);
    count(waiting.backoffs.rooms());
    if waiting.full.is_to_be_told(partner, now) {
        tracing::warn!(
            partner = short(partner),
            "a partner's server takes no more of some rooms for now: its bounds are reached, what is for it waits here"
        );
    }
}

fn count(rooms: usize) {
    metrics::gauge!(name::PARTNER_HELD).set(rooms as f64);
}

impl Partners {
    /// Tells whether something is not to be offered to a partner yet.
    pub(super) fn is_held(&self, partner: OrganisationId, what: Waits, now: Timestamp) -> bool {
        self.waiting().backoffs.until(partner, what, now).is_some()
    }

    /// Takes it that a partner took what there was of something.
    pub(super) fn goes_on(&self, partner: OrganisationId, what: Waits) {
        let mut waiting = self.waiting();
        if waiting.backoffs.done(partner, what) {
            count(waiting.backoffs.rooms());
        }
    }

    /// Forgets the waiting of those rooms of a partner of which there is nothing to carry.
    pub(super) fn keep_held(&self, partner: OrganisationId, due: &BTreeSet<RoomId>) {
        let mut waiting = self.waiting();
        let before = waiting.backoffs.rooms();
        waiting.backoffs.keep_rooms(partner, due);
        let rooms = waiting.backoffs.rooms();
        if rooms != before {
            count(rooms);
        }
    }
}
