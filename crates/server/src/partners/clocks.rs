//! How far the clocks of partners' servers are from this one, as far as they are too far: calls that are signed by such a clock are refused,
//! on either side, and both operators have to hear why. Every answer is signed with the time of whoever gives it, so that the refusal says
//! by how much.

use super::Partners;
use super::signature::WINDOW_SECONDS;
use crate::metrics::name;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use valise_wire::{OrganisationId, Timestamp};

/// It is said once in this time of each partner: whoever calls asks again within seconds.
const AGAIN_MILLIS: u64 = 60 * 60 * 1000;

/// What is known of clocks that are too far away.
#[derive(Default)]
pub(crate) struct Clocks(Mutex<BTreeMap<OrganisationId, Apart>>);

struct Apart {
    /// 0 while it is near enough.
    ahead_seconds: i64,
    said: Timestamp,
}

impl Clocks {
    /// Takes a time, in seconds, that a partner signed just now. Says it in the log if it is too far from `now`.
    pub(crate) fn heard(&self, partner: OrganisationId, signed_at: u64, now: Timestamp) {
        let ahead_seconds = ahead_of(signed_at, now);
        let mut all = self.all();
        if ahead_seconds.unsigned_abs() <= WINDOW_SECONDS {
            // When it was said is kept: of whose clock is right and wrong in turns, or seems so by old calls, is heard once, too.
            if let Some(apart) = all.get_mut(&partner) {
                apart.ahead_seconds = 0;
            }
            return;
        }
        metrics::counter!(name::PARTNER_FAILURES, "outcome" => "clock").increment(1);
        let former = all.get(&partner).map(|apart| apart.said);
        // A clock that was put back says nothing of how long ago it was.
        let said = former.filter(|said| *said <= now && now.millis_since(*said) < AGAIN_MILLIS);
        if said.is_none() {
            let (by, side) = (ahead_seconds.unsigned_abs(), side(ahead_seconds));
            tracing::warn!(
                %partner,
                ahead_seconds,
                "the clock of a partner's server differs from this one by {by} s, it is {side}: calls are refused until one of them is set"
            );
        }
        let said = said.unwrap_or(now);
        let apart = Apart {
            ahead_seconds,
            said,
        };
        all.insert(partner, apart);
    }

    /// Returns by how many seconds a partner's clock is ahead of this one, or, if negative, behind; none while it is near enough.
    pub(crate) fn ahead(&self, partner: OrganisationId) -> Option<i64> {
        let ahead = self.all().get(&partner).map(|apart| apart.ahead_seconds);
        ahead.filter(|ahead| *ahead != 0)
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<OrganisationId, Apart>> {
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
        let said = |now| {
            let all = clocks.all();
            all.get(&PARTNER).is_some_and(|apart| apart.said == now)
        };
        clocks.heard(PARTNER, wrong, NOW);
        assert!(said(NOW));
        for second in 1..100 {
            let now = NOW.plus_millis(second * 1_000);
            clocks.heard(PARTNER, now.as_seconds(), now);
            clocks.heard(PARTNER, wrong, now);
            assert!(said(NOW), "it was said already");
        }
        let later = NOW.plus_millis(AGAIN_MILLIS);
        clocks.heard(PARTNER, wrong, later);
        assert!(said(later));
    }
}
