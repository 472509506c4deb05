//! Guests: people of no organisation, each with an account that may do nothing but answer one request (`spec/guests.md`).

use crate::directory::refuse;
use crate::service::Service;
use crate::store::{Batch, Entry, Store, StoreError};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use valise_directory::{Breach, Directory};
use valise_wire::request::{Join, Request};
use valise_wire::{InvitationId, Problem, ProblemCode, Timestamp};

/// Wrong codes after which nobody comes by a pass any more.
const MAX_TRIES: u32 = 5;

/// How often somebody tried to come by a pass with a wrong code. Each is in the store before it is answered, so that no restart gives more
/// tries.
pub(crate) struct Guests {
    tries: Arc<Mutex<HashMap<InvitationId, u32>>>,
}

impl Guests {
    /// Begins with what the store holds.
    pub(crate) async fn load<S: Store>(store: &S) -> Result<Self, StoreError> {
        let tries = store.guest_tries().await?.into_iter().collect();
        Ok(Self {
            tries: Arc::new(Mutex::new(tries)),
        })
    }

    /// Tells whether a pass was tried too often.
    pub(crate) fn is_locked(&self, pass: InvitationId) -> bool {
        let tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        tries.get(&pass).is_some_and(|tries| *tries >= MAX_TRIES)
    }

    /// Checks whether a guest may come, and counts who shows a wrong code. By a pass that is over, used, locked or never was nobody learns
    /// whether a code is right.
    pub(crate) async fn admit<S: Store>(
        &self,
        service: &Service<S>,
        directory: &Directory,
        request: &Join,
        now: Timestamp,
    ) -> Result<(), Problem> {
        let pass = request.invitation;
        let locked = service.settings.protections.guest_tries && self.is_locked(pass);
        let entry = directory.pass(pass).filter(|entry| entry.is_open(now));
        if locked || entry.is_none() {
            return Err(Problem::new(ProblemCode::Gone));
        }
        let admitted = directory.admit_guest(pass, &request.statements, now);
        if admitted == Err(Breach::Forged) {
            let tries = self.tries.clone();
            let batch = Batch::new().entry(Entry::WrongCode(pass)).then(move |_| {
                let mut tries = tries.lock().unwrap_or_else(PoisonError::into_inner);
                *tries.entry(pass).or_default() += 1;
            });
            service.store.commit(batch).await?;
        }
        admitted.map_err(|breach| match breach {
            // What is shown is for another pass than it is shown for.
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
