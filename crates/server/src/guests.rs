//! Guests: people of no organisation, each with an account that may do nothing but answer one request (`spec/guests.md`).

use crate::directory::refuse;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use valise_directory::{Breach, Directory};
use valise_wire::request::Request;
use valise_wire::statement::SignedStatement;
use valise_wire::{InvitationId, Problem, ProblemCode, Timestamp};

/// Wrong codes after which nobody comes by a pass any more.
const MAX_TRIES: u32 = 5;

/// How often somebody tried to come by a pass with a wrong code. Kept in memory: a code has 50 bits, and a restart gives a handful of
/// tries more.
#[derive(Default)]
pub(crate) struct Guests {
    tries: Mutex<HashMap<InvitationId, u32>>,
}

impl Guests {
    /// Tells whether a pass was tried too often.
    pub(crate) fn is_locked(&self, pass: InvitationId) -> bool {
        let tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        tries.get(&pass).is_some_and(|tries| *tries >= MAX_TRIES)
    }

    /// Checks whether a guest may come, and counts who shows a wrong code.
    pub(crate) fn admit(
        &self,
        directory: &Directory,
        pass: InvitationId,
        statements: &[SignedStatement],
        now: Timestamp,
        locks: bool,
    ) -> Result<(), Problem> {
        if locks && self.is_locked(pass) {
            return Err(Problem::new(ProblemCode::Gone));
        }
        let admitted = directory.admit_guest(pass, statements, now);
        if admitted == Err(Breach::Forged) {
            let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
            *tries.entry(pass).or_default() += 1;
        }
        admitted.map_err(|breach| match breach {
            // A pass that never was is none that is over.
            Breach::NoInvitation => Problem::new(ProblemCode::Gone),
            breach => refuse(&breach),
        })
    }
}

/// Tells whether a guest may ask this: to read and answer his request, and nothing that reaches beyond its room.
pub(crate) fn may(request: &Request) -> bool {
    matches!(
        request,
        Request::ReadDirectory(_)
            | Request::PublishKeyPackages(_)
            | Request::Commit(_)
            | Request::Send(_)
            | Request::Propose(_)
            | Request::ReadEvents(_)
            | Request::GetGroupInfo(_)
            | Request::Signal(_)
            | Request::Sync(_)
            | Request::ReadInbox(_)
            | Request::ClearInbox(_)
            | Request::GetQuota(_)
            | Request::GetReceipts(_)
    )
}
