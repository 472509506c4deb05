//! What is left alone for a while: longer each time that it fails, and not for ever.

use std::collections::{BTreeMap, BTreeSet};
use valise_wire::{OrganisationId, RoomId, Timestamp};

/// How long one waits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Steps {
    /// The first time, in milliseconds.
    pub(super) shortest_ms: u64,
    /// The longest, in milliseconds.
    pub(super) longest_ms: u64,
}

/// A second first; what waited is there half a minute after the line is.
const PARTNER: Steps = Steps {
    shortest_ms: 1_000,
    longest_ms: 20_000,
};

/// Five seconds first; so soon after its operator made room, what waited goes there.
const HELD: Steps = Steps {
    shortest_ms: 5_000,
    longest_ms: 10 * 60 * 1000,
};

/// What came of the last tries.
#[derive(Debug, Clone, Copy, Default)]
struct Backoff {
    failures: u32,
    not_before: Timestamp,
}

impl Backoff {
    /// Tells whether it may be tried again. A clock that was put back waits no longer for that than one that runs.
    fn is_over(&self, steps: Steps, now: Timestamp) -> bool {
        now >= self.not_before || self.not_before.millis_since(now) > 2 * steps.longest_ms
    }

    /// Waits twice as long as before, and no longer than it was told to, if it was; a fifth more or less by `chance`, so that many do not come
    /// back at once.
    fn failed(&mut self, steps: Steps, told_ms: Option<u64>, now: Timestamp, chance: u8) {
        let wait = steps.shortest_ms.saturating_mul(1 << self.failures.min(20));
        let told_ms = told_ms.map_or(u64::MAX, |told| told.max(1_000));
        let wait = wait.min(steps.longest_ms).min(told_ms);
        let fifth = wait / 5;
        self.failures = self.failures.saturating_add(1);
        self.not_before = now.plus_millis(wait - fifth + 2 * fifth * u64::from(chance) / 255);
    }
}

/// What waits of a partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Waits {
    /// All: it did not answer.
    All,
    /// Welcomes, of which it takes no more for now.
    Welcomes,
    /// A room, of which it takes no more for now.
    Room(RoomId),
}

impl Waits {
    fn steps(self) -> Steps {
        match self {
            Self::All => PARTNER,
            Self::Welcomes | Self::Room(_) => HELD,
        }
    }
}

/// All that waits.
#[derive(Default)]
pub(super) struct Backoffs(BTreeMap<(OrganisationId, Waits), Backoff>);

impl Backoffs {
    /// Tells whether something failed, and was not done since.
    pub(super) fn has(&self, partner: OrganisationId, what: Waits) -> bool {
        self.0.contains_key(&(partner, what))
    }

    /// Returns until when something is left alone; none if it may be tried.
    pub(super) fn until(
        &self,
        partner: OrganisationId,
        what: Waits,
        now: Timestamp,
    ) -> Option<Timestamp> {
        let found = self.0.get(&(partner, what));
        let waits = found.filter(|found| !found.is_over(what.steps(), now))?;
        Some(waits.not_before)
    }

    /// Takes it that something failed, and may be tried again after so many milliseconds, if that was told.
    pub(super) fn failed(
        &mut self,
        partner: OrganisationId,
        what: Waits,
        told_ms: Option<u64>,
        now: Timestamp,
        chance: u8,
    ) {
        let found = self.0.entry((partner, what)).or_default();
        found.failed(what.steps(), told_ms, now, chance);
    }

    /// Takes it that something was done. Tells whether it had failed before.
    pub(super) fn done(&mut self, partner: OrganisationId, what: Waits) -> bool {
        self.0.remove(&(partner, what)).is_some()
    }

    /// Forgets the rooms of a partner that are not among these.
    pub(super) fn keep_rooms(&mut self, partner: OrganisationId, rooms: &BTreeSet<RoomId>) {
        self.0.retain(|(whose, what), _| match what {
            Waits::Room(room) => *whose != partner || rooms.contains(room),
            Waits::All | Waits::Welcomes => true,
        });
    }

    /// Returns how many rooms wait.
    pub(super) fn rooms(&self) -> usize {
        let all = self.0.keys();
        all.filter(|(_, what)| matches!(what, Waits::Room(_)))
            .count()
    }

    /// Returns when the next partner may be called again that did not answer.
    pub(super) fn next(&self, now: Timestamp) -> Option<Timestamp> {
        let all = self.0.iter().filter(|((_, what), _)| *what == Waits::All);
        let tries = all.map(|(_, found)| found.not_before);
        tries.filter(|until| *until > now).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BANK: OrganisationId = OrganisationId([2; 32]);

    fn waits(what: Waits, told_ms: Option<u64>, count: usize) -> Vec<u64> {
        let mut one = Backoff::default();
        let mut fails = || {
            one.failed(what.steps(), told_ms, Timestamp(0), 128);
            one.not_before.0
        };
        (0..count).map(|_| fails()).collect()
    }

    #[test]
    fn for_a_partner_the_wait_grows_from_a_second_to_twenty() {
        let waits = waits(Waits::All, None, 40);
        assert!((900..=1_100).contains(&waits[0]));
        assert!(waits.is_sorted());
        assert!((19_000..=21_000).contains(&waits[39]));
    }

    #[test]
    fn for_a_room_it_grows_from_five_seconds_to_ten_minutes_and_is_no_longer_than_told() {
        for what in [Waits::Room(RoomId([1; 16])), Waits::Welcomes] {
            let waits = waits(what, Some(86_400_000), 12);
            assert!((4_900..=5_100).contains(&waits[0]));
            assert!(waits.is_sorted());
            assert!((590_000..=610_000).contains(&waits[11]));
        }
        let told = waits(Waits::Welcomes, Some(2_000), 12);
        assert!(told.iter().all(|wait| *wait < 2_100), "{told:?}");
    }

    #[test]
    fn ft_30_a_clock_that_was_put_back_leaves_nobody_alone() {
        let mut all = Backoffs::default();
        let now = Timestamp(400 * 86_400_000);
        for what in [Waits::All, Waits::Welcomes] {
            assert_eq!(all.until(BANK, what, now), None);
            all.failed(BANK, what, None, now, 128);
            assert!(all.until(BANK, what, now).is_some());
            assert_eq!(all.until(BANK, what, Timestamp(0)), None);
        }
    }

    #[test]
    fn chance_moves_it_by_a_fifth() {
        let wait = |chance| {
            let mut one = Backoff::default();
            one.failed(PARTNER, None, Timestamp(0), chance);
            one.not_before.0
        };
        assert_eq!((wait(0), wait(255)), (800, 1_200));
    }

    #[test]
    fn each_waits_by_itself() {
        let mut all = Backoffs::default();
        let room = |number| Waits::Room(RoomId([number; 16]));
        let now = Timestamp(1_000_000);
        for what in [Waits::All, Waits::Welcomes, room(1), room(2)] {
            all.failed(BANK, what, None, now, 128);
        }
        assert_eq!((all.rooms(), all.has(BANK, room(3))), (2, false));
        all.keep_rooms(OrganisationId([3; 32]), &BTreeSet::new());
        assert_eq!(all.rooms(), 2);
        all.keep_rooms(BANK, &[RoomId([2; 16])].into());
        assert_eq!((all.rooms(), all.has(BANK, room(1))), (1, false));
        let next = all.next(now).unwrap();
        assert!(next < now.plus_millis(2_000), "of partners alone");
        assert!(all.done(BANK, Waits::All) && !all.done(BANK, Waits::All));
        assert_eq!(all.next(now), None);
        assert!(all.has(BANK, Waits::Welcomes) && all.has(BANK, room(2)));
    }
}
