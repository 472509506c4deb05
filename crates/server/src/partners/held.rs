//! Rooms of which a partner takes no more for now: each waits by itself, and holds up nothing else. Its welcomes wait together.

use super::Partners;
use super::told::{Told, short};
use crate::metrics::name;
use crate::service::Service;
use crate::store::Store;
use std::collections::{BTreeMap, BTreeSet};
use valise_wire::{OrganisationId, Problem, RoomId, Timestamp};

/// The first wait.
const SHORTEST_MS: u64 = 5_000;
/// The longest: so soon after its operator made room, what waited goes there.
const LONGEST_MS: u64 = 10 * 60 * 1000;

/// How long a room is not offered again.
#[derive(Debug, Clone, Copy, Default)]
struct Held {
    failures: u32,
    not_before: Timestamp,
}

impl Held {
    /// A clock that was put back waits no longer for that than one that runs.
    fn is_over(&self, now: Timestamp) -> bool {
        now >= self.not_before || self.not_before.millis_since(now) > 2 * LONGEST_MS
    }

    /// Waits twice as long as before, and no longer than it was told to; a fifth more or less by `chance`.
    fn refused(&mut self, told: Option<u64>, now: Timestamp, chance: u8) {
        let wait = SHORTEST_MS.saturating_mul(1 << self.failures.min(20));
        let told = told.unwrap_or(LONGEST_MS).max(1_000);
        let wait = wait.min(LONGEST_MS).min(told);
        let fifth = wait / 5;
        self.failures = self.failures.saturating_add(1);
        self.not_before = now.plus_millis(wait - fifth + 2 * fifth * u64::from(chance) / 255);
    }
}

/// All of them.
#[derive(Default)]
pub(super) struct HeldRooms {
    rooms: BTreeMap<(OrganisationId, RoomId), Held>,
    welcomes: BTreeMap<OrganisationId, Held>,
    told: Told<OrganisationId>,
}

/// Takes it that a partner takes no more of a room for now, and tells the operator.
pub(super) fn hold<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    room: RoomId,
    problem: &Problem,
    now: Timestamp,
) {
    let chance = count(service);
    let mut waiting = service.partners.waiting();
    let held = &mut waiting.held;
    let entry = held.rooms.entry((partner, room)).or_default();
    entry.refused(problem.retry_after_ms, now, chance);
    metrics::gauge!(name::PARTNER_HELD).set(held.rooms.len() as f64);
    held.tell(partner, now);
}

/// Takes it that a partner takes no more welcomes for now, and tells the operator.
pub(super) fn hold_welcomes<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    problem: &Problem,
    now: Timestamp,
) {
    let chance = count(service);
    let mut waiting = service.partners.waiting();
    let held = &mut waiting.held;
    let entry = held.welcomes.entry(partner).or_default();
    entry.refused(problem.retry_after_ms, now, chance);
    held.tell(partner, now);
}

fn count<S: Store>(service: &Service<S>) -> u8 {
    metrics::counter!(name::PARTNER_FAILURES, "outcome" => "over").increment(1);
    let mut chance = [0];
    (service.settings.entropy)(&mut chance);
    chance[0]
}

impl HeldRooms {
    fn tell(&mut self, partner: OrganisationId, now: Timestamp) {
        if self.told.is_to_be_told(partner, now) {
            tracing::warn!(
                partner = short(partner),
                "a partner's server takes no more of some rooms for now: its bounds are reached, what is for it waits here"
            );
        }
    }
}

impl Partners {
    /// Tells whether a room is not to be offered to a partner yet.
    pub(super) fn is_held(&self, partner: OrganisationId, room: RoomId, now: Timestamp) -> bool {
        let waiting = self.waiting();
        let held = waiting.held.rooms.get(&(partner, room));
        held.is_some_and(|held| !held.is_over(now))
    }

    /// Tells whether welcomes are not to be offered to a partner yet.
    pub(super) fn are_welcomes_held(&self, partner: OrganisationId, now: Timestamp) -> bool {
        let waiting = self.waiting();
        let held = waiting.held.welcomes.get(&partner);
        held.is_some_and(|held| !held.is_over(now))
    }

    /// Takes it that a partner took what welcomes there were.
    pub(super) fn welcomes_go_on(&self, partner: OrganisationId) {
        self.waiting().held.welcomes.remove(&partner);
    }

    /// Forgets the waiting of those rooms of a partner of which there is nothing to carry.
    pub(super) fn keep_held(&self, partner: OrganisationId, due: &BTreeSet<RoomId>) {
        let mut waiting = self.waiting();
        let rooms = &mut waiting.held.rooms;
        let before = rooms.len();
        rooms.retain(|(whose, room), _| *whose != partner || due.contains(room));
        if rooms.len() != before {
            metrics::gauge!(name::PARTNER_HELD).set(rooms.len() as f64);
        }
    }

    /// Takes it that a partner took what there was of a room.
    pub(super) fn goes_on(&self, partner: OrganisationId, room: RoomId) {
        let mut waiting = self.waiting();
        if waiting.held.rooms.remove(&(partner, room)).is_some() {
            metrics::gauge!(name::PARTNER_HELD).set(waiting.held.rooms.len() as f64);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_from_five_seconds_to_ten_minutes_and_is_no_longer_than_told() {
        let mut held = Held::default();
        let mut waits = Vec::new();
        for _ in 0..12 {
            held.refused(Some(86_400_000), Timestamp(0), 128);
            waits.push(held.not_before.0);
        }
        assert!((4_900..=5_100).contains(&waits[0]));
        assert!(waits.is_sorted());
        assert!((590_000..=610_000).contains(&waits[11]));
        assert!(!held.is_over(Timestamp(500_000)));
        held.refused(Some(2_000), Timestamp(0), 128);
        assert!(held.is_over(Timestamp(2_100)));
        assert!(held.is_over(Timestamp(0)) || held.not_before.0 <= 2 * LONGEST_MS);
    }
}
