//! How long a partner that does not answer is left alone.

use super::Partners;
use crate::fanout::frame;
use crate::service::Service;
use crate::store::Store;
use valise_wire::push::ForeignMoved;
use valise_wire::{OrganisationId, Timestamp};

/// Questions to one partner that wait for an answer at once, at most: one that takes connections and never answers holds so many.
const MOST_QUESTIONS: usize = 256;
/// The first wait.
const SHORTEST_MS: u64 = 1_000;
/// The longest: what waited is there half a minute after the line is.
const LONGEST_MS: u64 = 20 * 1_000;

/// What came of the last calls to a partner.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Patience {
    failures: u32,
    not_before: Timestamp,
}

impl Patience {
    /// Tells whether it may be called. A clock that was put back waits no longer for that than one that runs.
    pub(super) fn is_over(&self, now: Timestamp) -> bool {
        now >= self.not_before || self.not_before.millis_since(now) > 2 * LONGEST_MS
    }

    /// Returns when it may be called again.
    pub(super) fn until(&self) -> Timestamp {
        self.not_before
    }

    /// Waits twice as long as after the failure before, a fifth more or less by `chance`, so that many do not come back at once.
    pub(super) fn failed(&mut self, now: Timestamp, chance: u8) {
        let wait = SHORTEST_MS
            .saturating_mul(1 << self.failures.min(20))
            .min(LONGEST_MS);
        let fifth = wait / 5;
        let wait = wait - fifth + 2 * fifth * u64::from(chance) / 255;
        self.failures = self.failures.saturating_add(1);
        self.not_before = now.plus_millis(wait);
    }
}

/// Tells devices that a partner is there again, by the number that they know: what they could not have of it they can ask for now.
pub(super) fn tell_that_it_is_back<S: Store>(service: &Service<S>) {
    let meant = |account| !service.keeps_guest(account);
    let head = service.partners.head();
    service.bus.tell_those(meant, &frame(ForeignMoved { head }));
}

/// A question that waits for its answer.
pub(super) struct Question<'a> {
    partners: &'a Partners,
    partner: OrganisationId,
}

impl Partners {
    /// Begins to ask a partner something; none if too much that it was asked waits for an answer already.
    pub(super) fn question(&self, partner: OrganisationId, bounded: bool) -> Option<Question<'_>> {
        let mut waiting = self.waiting();
        let open = waiting.questions.entry(partner).or_default();
        if bounded && *open >= MOST_QUESTIONS {
            return None;
        }
        *open += 1;
        Some(Question {
            partners: self,
            partner,
        })
    }
}

impl Drop for Question<'_> {
    fn drop(&mut self) {
        let mut waiting = self.partners.waiting();
        if let Some(open) = waiting.questions.get_mut(&self.partner) {
            *open -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_from_a_second_to_twenty() {
        let mut patience = Patience::default();
        let mut waits = Vec::new();
        for _ in 0..40 {
            patience.failed(Timestamp(0), 128);
            waits.push(patience.until().0);
        }
        assert!((900..=1_100).contains(&waits[0]));
        assert!(waits.is_sorted());
        assert!((19_000..=21_000).contains(&waits[39]));
        assert!(!patience.is_over(Timestamp(15_000)));
        assert!(Patience::default().is_over(Timestamp(0)));
    }

    #[test]
    fn ft_30_a_clock_that_was_put_back_leaves_nobody_alone() {
        let mut patience = Patience::default();
        patience.failed(Timestamp(400 * 86_400_000), 128);
        assert!(!patience.is_over(Timestamp(400 * 86_400_000)));
        assert!(patience.is_over(Timestamp(0)));
    }

    #[test]
    fn chance_moves_it_by_a_fifth() {
        let wait = |chance| {
            let mut patience = Patience::default();
            patience.failed(Timestamp(0), chance);
            patience.until().0
        };
        assert_eq!((wait(0), wait(255)), (800, 1_200));
    }
}
