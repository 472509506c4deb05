//! Starting a session by a device's signature.

use crate::service::Service;
use crate::store::Store;
use valise_directory::Directory;
use valise_directory::sign_in::verify;
use valise_wire::request::{Reply, Session, SignIn};
use valise_wire::{Problem, ProblemCode, Timestamp};

/// Starts a session. Whatever is wrong, the answer is the same: nobody learns which devices exist.
pub(crate) fn sign_in<S: Store>(
    service: &Service<S>,
    request: SignIn,
    now: Timestamp,
) -> Result<Reply, Problem> {
    // The number is spent whether the signature holds or not.
    let fresh = service.challenges.take(&request.nonce, now)
        || !service.settings.protections.challenge_once;
    let directory = service.directory.current();
    let known = directory
        .as_deref()
        .is_some_and(|directory| signed_by_known_device(directory, service, &request));
    if !fresh || !known {
        return Err(Problem::new(ProblemCode::Unauthenticated));
    }
    let token = service.random();
    let expires_at = service
        .sessions
        .begin(&token, request.account, request.device, now);
    // The account may have ended in between, after its sessions were looked for: look again.
    let still = service.directory.current();
    if still.is_none_or(|directory| directory.device(request.account, request.device).is_none()) {
        service.sessions.end_device(request.device);
        return Err(Problem::new(ProblemCode::Unauthenticated));
    }
    Ok(Session { token, expires_at }.into())
}

fn signed_by_known_device<S: Store>(
    directory: &Directory,
    service: &Service<S>,
    request: &SignIn,
) -> bool {
    directory
        .device(request.account, request.device)
        .is_some_and(|device| {
            verify(
                directory.organisation_id(),
                &service.settings.domain,
                device,
                request,
            )
            .is_ok()
        })
}
