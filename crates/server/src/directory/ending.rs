//! Telling a device that ended, alone or with its account, where the log says so.

use super::read::page;
use crate::service::Service;
use crate::store::Store;
use valise_directory::Directory;
use valise_directory::ending::verify;
use valise_wire::request::{ReadEnding, Reply};
use valise_wire::{Problem, ProblemCode, Timestamp};

/// Returns the log up to the end of the account that signed for it or of its device, and nothing behind. Whatever is wrong, the answer is the
/// same: nobody else learns whether an account exists or ended.
pub(crate) async fn ending<S: Store>(
    service: &Service<S>,
    request: ReadEnding,
    now: Timestamp,
) -> Result<Reply, Problem> {
    // The number is spent whether the signature holds or not.
    let fresh = service.challenges.take(&request.nonce, now)
        || !service.settings.protections.challenge_once;
    let directory = service.directory.current();
    let end = directory
        .as_deref()
        .and_then(|directory| end(directory, &service.settings.domain, &request));
    match end {
        Some(end) if fresh => page(service, request.after, end).await,
        _ => Err(Problem::new(ProblemCode::Unauthenticated)),
    }
}

fn end(directory: &Directory, domain: &str, request: &ReadEnding) -> Option<u64> {
    let account = directory.account(request.account)?;
    let organisation = directory.organisation_id();
    let signed = |key| verify(organisation, domain, key, request).is_ok();
    let is_former = account.former_devices.contains(&request.device);
    // A device that had to go when the account got another key has the former one.
    let formerly = is_former && account.former_keys.iter().any(signed);
    if !signed(&account.key) && !formerly {
        return None;
    }
    if !account.is_active() {
        return Some(account.ended_position);
    }
    is_former.then_some(account.devices_position)
}
