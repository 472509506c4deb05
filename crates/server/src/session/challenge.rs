//! Numbers to sign, each good once and for a minute.

use super::tokens::PUT_BACK_MS;
use crate::service::Service;
use crate::store::Store;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use valise_wire::request::{Challenge, Reply};
use valise_wire::{Problem, ProblemCode, Timestamp};

/// How long a number can be signed.
const CHALLENGE_MS: u64 = 60_000;
/// Most numbers that are out at once.
const MOST: usize = 50_000;

/// The numbers that are out.
#[derive(Default)]
pub(crate) struct Challenges {
    out: Mutex<HashMap<[u8; 32], Timestamp>>,
}

impl Challenges {
    /// Gives a number out; false if too many are.
    pub(crate) fn give(&self, nonce: [u8; 32], now: Timestamp) -> bool {
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        if out.len() >= MOST {
            out.retain(|_, until| is_good(*until, now));
        }
        out.len() < MOST && out.insert(nonce, now.plus_millis(CHALLENGE_MS)).is_none()
    }

    /// Takes a number back: true once, in time.
    pub(crate) fn take(&self, nonce: &[u8; 32], now: Timestamp) -> bool {
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        out.remove(nonce).is_some_and(|until| is_good(until, now))
    }
}

/// Tells whether a number is in its time, and by a clock that has not been put back since.
fn is_good(until: Timestamp, now: Timestamp) -> bool {
    (1..=CHALLENGE_MS + PUT_BACK_MS).contains(&until.millis_since(now))
}

/// Gives out a number to sign.
pub(crate) fn challenge<S: Store>(service: &Service<S>, now: Timestamp) -> Result<Reply, Problem> {
    let nonce = service.random();
    if service.challenges.give(nonce, now) {
        Ok(Challenge { nonce }.into())
    } else {
        Err(Problem::new(ProblemCode::Unavailable))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_good_once_and_for_a_minute() {
        let challenges = Challenges::default();
        assert!(challenges.give([1; 32], Timestamp(0)));
        assert!(challenges.take(&[1; 32], Timestamp(59_999)));
        assert!(!challenges.take(&[1; 32], Timestamp(59_999)));
        assert!(challenges.give([2; 32], Timestamp(0)));
        assert!(!challenges.take(&[2; 32], Timestamp(60_000)));
    }
}
