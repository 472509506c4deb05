//! How much anybody may ask for: token buckets per address and per account, on a clock that is told.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Mutex;
use valise_wire::{AccountId, OrganisationId, Timestamp};

/// Buckets above which full ones are forgotten.
const MOST_BUCKETS: usize = 100_000;
/// Parts of a token, so that slow rates need no fractions.
const PARTS: u64 = 60_000;
/// How much of its allowance a time token takes: no rate is slower than one a minute, and these are counted by the day.
pub(crate) const TIME_TOKEN: u64 = 10;

/// An allowance: so many at once, so many a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// At once, after a rest.
    pub burst: u64,
    /// In the long run, per minute.
    pub per_minute: u64,
}

impl Rate {
    const fn new(burst: u64, per_minute: u64) -> Self {
        Self { burst, per_minute }
    }
}

/// Allowances by what is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Requests without a session, per address.
    pub public: Rate,
    /// Attempts to found, join or sign in, per address.
    pub attempts: Rate,
    /// Requests of an account.
    pub calls: Rate,
    /// Messages of an account.
    pub sends: Rate,
    /// Typing and the like, of an account.
    pub signals: Rate,
    /// Key packages that an account takes.
    pub claims: Rate,
    /// Rooms that an account makes.
    pub rooms: Rate,
    /// Statements that an account publishes.
    pub statements: Rate,
    /// Calls of one partner's server.
    pub partners: Rate,
    /// Looks at rooms, and joins, by which an account uses links.
    pub links: Rate,
    /// Timestamps that an account asks for.
    pub timestamps: Rate,
    /// Time tokens for which an account has the authority asked, which may cost the operator something: ten are taken for each.
    pub time_tokens: Rate,
}

impl Default for Limits {
    /// Enough for people, too little for a flood.
    fn default() -> Self {
        Self {
            public: Rate::new(240, 1_200),
            attempts: Rate::new(60, 120),
            calls: Rate::new(3_000, 12_000),
            sends: Rate::new(1_000, 12_000),
            signals: Rate::new(60, 240),
            claims: Rate::new(2_000, 600),
            rooms: Rate::new(200, 30),
            statements: Rate::new(300, 60),
            partners: Rate::new(3_000, 30_000),
            links: Rate::new(60, 30),
            timestamps: Rate::new(600, 240),
            time_tokens: Rate::new(1_440, 1),
        }
    }
}

impl Limits {
    /// No limits: for measuring and for simulated time.
    pub fn none() -> Self {
        let all = Rate::new(u64::MAX / PARTS, u64::MAX / PARTS);
        Self {
            public: all,
            attempts: all,
            calls: all,
            sends: all,
            signals: all,
            claims: all,
            rooms: all,
            statements: all,
            partners: all,
            links: all,
            timestamps: all,
            time_tokens: all,
        }
    }
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Class {
    Public,
    Attempts,
    Calls,
    Sends,
    Signals,
    Claims,
    Rooms,
    Statements,
    Partners,
    Links,
    Timestamps,
    TimeTokens,
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Subject {
    Address(IpAddr),
    Account(AccountId),
    Partner(OrganisationId),
}

impl Subject {
    /// Takes an IPv6 network as one: whoever has an address has the other 2⁶⁴, too.
    pub(crate) fn address(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V6(address) => {
                Self::Address(IpAddr::V6((u128::from(address) >> 64 << 64).into()))
            }
            address => Self::Address(address),
        }
    }
}

struct Bucket {
    parts: u64,
    at: Timestamp,
}

/// Counts what was asked.
pub(crate) struct Limiter {
    limits: Limits,
    buckets: Mutex<HashMap<(Class, Subject), Bucket>>,
}

impl Limiter {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            buckets: Mutex::default(),
        }
    }

    /// Takes `count` tokens, or tells how many milliseconds to wait.
    pub(crate) fn take(
        &self,
        class: Class,
        subject: Subject,
        count: u64,
        now: Timestamp,
    ) -> Result<(), u64> {
        let rate = self.rate(class);
        let full = rate.burst.saturating_mul(PARTS);
        let wanted = count.min(rate.burst).saturating_mul(PARTS);
        let Ok(mut buckets) = self.buckets.lock() else {
            return Ok(());
        };
        if buckets.len() >= MOST_BUCKETS {
            buckets.retain(|(class, _), bucket| {
                filled(bucket, self.rate(*class), now)
                    < self.rate(*class).burst.saturating_mul(PARTS)
            });
        }
        let bucket = buckets.entry((class, subject)).or_insert(Bucket {
            parts: full,
            at: now,
        });
        (bucket.parts, bucket.at) = (filled(bucket, rate, now), since(bucket.at, now));
        match bucket.parts.checked_sub(wanted) {
            Some(rest) => {
                bucket.parts = rest;
                Ok(())
            }
            None => Err((wanted - bucket.parts).div_ceil(rate.per_minute.max(1))),
        }
    }

    fn rate(&self, class: Class) -> Rate {
        match class {
            Class::Public => self.limits.public,
            Class::Attempts => self.limits.attempts,
            Class::Calls => self.limits.calls,
            Class::Sends => self.limits.sends,
            Class::Signals => self.limits.signals,
            Class::Claims => self.limits.claims,
            Class::Rooms => self.limits.rooms,
            Class::Statements => self.limits.statements,
            Class::Partners => self.limits.partners,
            Class::Links => self.limits.links,
            Class::Timestamps => self.limits.timestamps,
            Class::TimeTokens => self.limits.time_tokens,
        }
    }
}

/// Returns from when on a bucket fills: calls come a little out of order, but a clock that was put back would never fill it again.
fn since(filled_at: Timestamp, now: Timestamp) -> Timestamp {
    if filled_at.millis_since(now) > PUT_BACK_MILLIS {
        now
    } else {
        now.max(filled_at)
    }
}

/// Returns what a bucket holds at `now`. A minute has as many milliseconds as a token has parts.
fn filled(bucket: &Bucket, rate: Rate, now: Timestamp) -> u64 {
    let gained = now.millis_since(bucket.at).saturating_mul(rate.per_minute);
    bucket
        .parts
        .saturating_add(gained)
        .min(rate.burst.saturating_mul(PARTS))
}

/// By how much calls may come out of order.
const PUT_BACK_MILLIS: u64 = 60_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ft_30_a_clock_that_was_put_back_stops_nobody_for_ever() {
        let limiter = limiter(1, 60);
        let wrong = Timestamp(400 * 86_400_000);
        assert_eq!(limiter.take(Class::Calls, HOME, 1, wrong), Ok(()));
        assert!(limiter.take(Class::Calls, HOME, 1, Timestamp(0)).is_err());
        let later = Timestamp(1_000);
        assert_eq!(limiter.take(Class::Calls, HOME, 1, later), Ok(()));
    }

    const HOME: Subject = Subject::Account(AccountId([1; 16]));

    fn limiter(burst: u64, per_minute: u64) -> Limiter {
        Limiter::new(Limits {
            calls: Rate::new(burst, per_minute),
            ..Limits::default()
        })
    }

    #[test]
    fn a_burst_is_followed_by_the_rate() {
        let limiter = limiter(3, 60);
        let begin = Timestamp(1_000_000);
        for _ in 0..3 {
            assert_eq!(limiter.take(Class::Calls, HOME, 1, begin), Ok(()));
        }
        assert_eq!(limiter.take(Class::Calls, HOME, 1, begin), Err(1_000));
        assert_eq!(
            limiter.take(Class::Calls, HOME, 1, begin.plus_millis(1_000)),
            Ok(())
        );
        assert_eq!(
            limiter.take(Class::Calls, HOME, 1, begin.plus_millis(1_001)),
            Err(999)
        );
    }

    #[test]
    fn one_does_not_pay_for_another_and_a_clock_set_back_gives_nothing() {
        let limiter = limiter(1, 1);
        let begin = Timestamp(u64::MAX - 5);
        assert_eq!(limiter.take(Class::Calls, HOME, 1, begin), Ok(()));
        assert_eq!(
            limiter.take(Class::Calls, Subject::Account(AccountId([2; 16])), 1, begin),
            Ok(())
        );
        let before = Timestamp(begin.0 - PUT_BACK_MILLIS);
        assert!(limiter.take(Class::Calls, HOME, 1, before).is_err());
        let after = Timestamp(u64::MAX);
        assert!(limiter.take(Class::Calls, HOME, 1, after).is_err());
    }

    #[test]
    fn neighbours_in_one_network_count_as_one() {
        let [first, second] =
            ["2001:db8::1", "2001:db8::ffff:2"].map(|text| Subject::address(text.parse().unwrap()));
        assert_eq!(first, second);
        let [mapped, plain] =
            ["::ffff:192.0.2.1", "192.0.2.1"].map(|text| Subject::address(text.parse().unwrap()));
        assert_eq!(mapped, plain);
    }
}
