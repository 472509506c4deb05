//! Taking key packages.

use crate::fanout::Owner;
use crate::partners;
use crate::service::Service;
use crate::store::{Batch, Entry, Outcome, Store, StoreError};
use std::collections::BTreeSet;
use valise_wire::request::{ClaimKeyPackages, ClaimedKeyPackages, Reply};
use valise_wire::{AccountId, Problem, ProblemCode, Timestamp};

/// Most accounts of one request.
const MAX_ACCOUNTS: usize = 256;

/// Takes one key package of every device of some accounts, each given out once as long as there are any.
pub(crate) async fn claim<S: Store>(
    service: &Service<S>,
    who: Owner,
    request: ClaimKeyPackages,
    now: Timestamp,
) -> Result<Reply, Problem> {
    if request.accounts.len() > MAX_ACCOUNTS {
        return Err(Problem::new(ProblemCode::TooLarge));
    }
    let directory = service
        .directory
        .current()
        .ok_or(Problem::new(ProblemCode::Refused))?;
    let accounts: BTreeSet<AccountId> = request.accounts.into_iter().collect();
    let active = accounts
        .iter()
        .filter_map(|account| directory.account(*account))
        .filter(|account| account.is_active());
    let devices =
        active.flat_map(|account| account.devices.iter().map(|device| (account.id, device.id)));
    let devices: Vec<_> = devices
        .filter(|(_, device)| *device != who.device)
        .collect();
    let away: BTreeSet<AccountId> = accounts
        .iter()
        .copied()
        .filter(|account| directory.account(*account).is_none())
        .collect();
    let foreign = partners::claim(service, &away, now).await;
    match service
        .store
        .commit(Batch::new().entry(Entry::Claim(devices)))
        .await?
    {
        Outcome::Done(committed) => Ok(ClaimedKeyPackages {
            packages: committed.claimed.into_iter().chain(foreign).collect(),
        }
        .into()),
        Outcome::Repeated(_) => Err(StoreError::Corrupt.into()),
    }
}
