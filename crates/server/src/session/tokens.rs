//! Sessions, in memory: after a restart everybody signs in again.

use crate::fanout::Owner;
use crate::service::SessionId;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use valise_wire::{AccountId, DeviceId, Timestamp};

/// Length of a session.
pub(crate) const SESSION_MS: u64 = 15 * 60 * 1000;
/// Most sessions of one device; the one that ends first makes way.
const MOST_OF_A_DEVICE: usize = 16;
/// Sessions above which those that ended are looked for.
const MANY: usize = 10_000;

#[derive(Clone, Copy)]
struct Row {
    account: AccountId,
    device: DeviceId,
    expires_at: Timestamp,
}

impl Row {
    /// Tells whether it holds. One that would last longer than any was begun by a clock that has been put back since.
    fn is_good(&self, now: Timestamp) -> bool {
        let left = self.expires_at.millis_since(now);
        (1..=SESSION_MS + PUT_BACK_MS).contains(&left)
    }
}

/// By how much a clock may be put back without ending what began before.
pub(super) const PUT_BACK_MS: u64 = 60_000;

/// The sessions that hold. Tokens are kept hashed: who reads the memory of the process gets none.
#[derive(Default)]
pub(crate) struct Sessions {
    rows: Mutex<HashMap<SessionId, Row>>,
}

impl Sessions {
    fn rows(&self) -> MutexGuard<'_, HashMap<SessionId, Row>> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a session and returns its end.
    pub(crate) fn begin(
        &self,
        token: &[u8; 32],
        account: AccountId,
        device: DeviceId,
        now: Timestamp,
    ) -> Timestamp {
        let mut rows = self.rows();
        if rows.len() >= MANY {
            rows.retain(|_, row| row.is_good(now));
        }
        let mut own: Vec<_> = rows
            .iter()
            .filter(|(_, row)| row.device == device)
            .map(|(id, row)| (row.expires_at, *id))
            .collect();
        own.sort_by_key(|(expires_at, _)| *expires_at);
        for (_, id) in own
            .iter()
            .take((own.len() + 1).saturating_sub(MOST_OF_A_DEVICE))
        {
            rows.remove(id);
        }
        let expires_at = now.plus_millis(SESSION_MS);
        rows.insert(
            hashed(token),
            Row {
                account,
                device,
                expires_at,
            },
        );
        expires_at
    }

    /// Finds the session of a token, with its end. Looking up a hash tells nothing about the token by its time.
    pub(crate) fn find(&self, token: &[u8; 32], now: Timestamp) -> Option<(Owner, Timestamp)> {
        let session = hashed(token);
        let row = *self.rows().get(&session).filter(|row| row.is_good(now))?;
        Some((
            Owner {
                account: row.account,
                device: row.device,
                session,
            },
            row.expires_at,
        ))
    }

    /// Tells whether a session still holds.
    pub(crate) fn holds(&self, session: &SessionId, now: Timestamp) -> bool {
        self.rows().get(session).is_some_and(|row| row.is_good(now))
    }

    /// Ends every session of a device.
    pub(crate) fn end_device(&self, device: DeviceId) {
        self.rows().retain(|_, row| row.device != device);
    }
}

fn hashed(token: &[u8; 32]) -> SessionId {
    SessionId(Sha256::digest(token).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_by_time_and_by_revocation() {
        let sessions = Sessions::default();
        let (account, device) = (AccountId([1; 16]), DeviceId([2; 16]));
        let begin = Timestamp(1_000);
        let expires_at = sessions.begin(&[7; 32], account, device, begin);
        assert!(sessions.find(&[7; 32], begin).is_some());
        assert!(sessions.find(&[8; 32], begin).is_none());
        assert!(sessions.find(&[7; 32], expires_at).is_none());
        sessions.end_device(device);
        assert!(sessions.find(&[7; 32], begin).is_none());
    }

    #[test]
    fn ft_30_a_session_lasts_no_longer_when_the_clock_is_put_back() {
        let sessions = Sessions::default();
        let (account, device) = (AccountId([1; 16]), DeviceId([2; 16]));
        let wrong = Timestamp(400 * 86_400_000);
        sessions.begin(&[7; 32], account, device, wrong);
        assert!(sessions.find(&[7; 32], wrong).is_some());
        assert!(sessions.find(&[7; 32], Timestamp(1_000)).is_none());
    }

    #[test]
    fn a_device_has_few_sessions_and_the_oldest_makes_way() {
        let sessions = Sessions::default();
        for number in 0..=MOST_OF_A_DEVICE as u8 {
            sessions.begin(
                &[number; 32],
                AccountId([1; 16]),
                DeviceId([2; 16]),
                Timestamp(u64::from(number)),
            );
        }
        assert!(sessions.find(&[0; 32], Timestamp(0)).is_none());
        assert!(sessions.find(&[1; 32], Timestamp(0)).is_some());
    }
}
