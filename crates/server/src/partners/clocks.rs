//! How far the clocks of partners' servers are from this one, as far as they are too far: calls that are signed by such a clock are refused,
//! on either side, and both operators have to hear why. Every answer is signed with the time of whoever gives it, so that the refusal says
//! by how much.

use super::Partners;
use super::signature::WINDOW_SECONDS;
use super::told::Told;
use crate::metrics::name;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use valise_wire::{OrganisationId, Timestamp};

/// What is known of clocks that are too far away.
#[derive(Default)]
pub(crate) struct Clocks(Mutex<Known>);

#[derive(Default)]
struct Known {
    /// In seconds; none of who is near enough.
    ahead: BTreeMap<OrganisationId, i64>,
    /// Kept of who is near enough again, too: of a clock that is right and wrong in turns, or seems so by old calls, is heard once.
    told: Told<OrganisationId>,
}

impl Clocks {
    /// Takes a time, in seconds, that a partner signed just now. Says it in the log if it is too far from `now`.
    pub(crate) fn heard(&self, partner: OrganisationId, signed_at: u64, now: Timestamp) {
        if let Some(ahead_seconds) = self.news(partner, signed_at, now) {
            let (by, side) = (ahead_seconds.unsigned_abs(), side(ahead_seconds));
            tracing::warn!(
                %partner,
                ahead_seconds,
                "the clock of a partner's server differs from this one by {by} s, it is {side}: calls are refused until one of them is set"
            );
        }
    }

    /// Takes it, and returns by how much the clock is ahead if that is to be said.
    fn news(&self, partner: OrganisationId, signed_at: u64, now: Timestamp) -> Option<i64> {
        let ahead_seconds = ahead_of(signed_at, now);
        let mut known = self.known();
        if ahead_seconds.unsigned_abs() <= WINDOW_SECONDS {
            known.ahead.remove(&partner);
            return None;
        }
        metrics::counter!(name::PARTNER_FAILURES, "outcome" => "clock").increment(1);
        known.ahead.insert(partner, ahead_seconds);
        let is_new = known.told.is_to_be_told(partner, now);
        is_new.then_some(ahead_seconds)
    }

    /// Returns by how many seconds a partner's clock is ahead of this one, or, if negative, behind; none while it is near enough.
    pub(crate) fn ahead(&self, partner: OrganisationId) -> Option<i64> {
        self.known().ahead.get(&partner).copied()
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Partners {
    /// What the signatures of calls say of partners' clocks.
    pub(crate) fn clocks(&self) -> &Clocks {
        &self.clocks
    }
}

fn ahead_of(signed_at: u64, now: Timestamp) -> i64 {
    let seconds = signed_at.abs_diff(now.as_seconds());
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
    if signed_at < now.as_seconds() {
        -seconds
    } else {
        seconds
    }
}

fn side(ahead_seconds: i64) -> &'static str {
    if ahead_seconds < 0 { "behind" } else { "ahead" }
}

#[cfg(test)]
mod tests {
    use super::super::told::TELL_MILLIS;
    use super::*;

    const PARTNER: OrganisationId = OrganisationId([2; 32]);
    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    #[test]
    fn a_clock_is_too_far_away_beyond_five_minutes_and_until_it_is_right() {
        let clocks = Clocks::default();
        for ahead in [-600, -301, 301, 600] {
            let signed_at = NOW.as_seconds().saturating_add_signed(ahead);
            clocks.heard(PARTNER, signed_at, NOW);
            assert_eq!(clocks.ahead(PARTNER), Some(ahead));
        }
        clocks.heard(PARTNER, NOW.as_seconds() - 300, NOW);
        assert_eq!(clocks.ahead(PARTNER), None);
        clocks.heard(PARTNER, u64::MAX, NOW);
        assert_eq!(clocks.ahead(PARTNER), Some(i64::MAX));
    }

    #[test]
    fn a_clock_that_is_right_and_wrong_in_turns_fills_no_log() {
        let (clocks, wrong) = (Clocks::default(), NOW.as_seconds() - 600);
        assert_eq!(clocks.news(PARTNER, wrong, NOW), Some(-600));
        for second in 1..100 {
            let now = NOW.plus_millis(second * 1_000);
            assert_eq!(clocks.news(PARTNER, now.as_seconds(), now), None);
            let news = clocks.news(PARTNER, wrong, now);
            assert_eq!(news, None, "it was said already");
        }
        let later = NOW.plus_millis(TELL_MILLIS);
        assert!(clocks.news(PARTNER, wrong, later).is_some());
    }
}
