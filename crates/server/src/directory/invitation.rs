//! What an invitation invites to.

use crate::service::Service;
use crate::store::{Store, StoreError};
use valise_wire::request::{GetInvitation, InvitationRecord, Reply};
use valise_wire::{Problem, ProblemCode, Timestamp};

/// Returns every statement on the way to an invitation that can still be used.
pub(crate) async fn invitation<S: Store>(
    service: &Service<S>,
    request: GetInvitation,
    now: Timestamp,
) -> Result<Reply, Problem> {
    let refused = || Problem::new(ProblemCode::Refused);
    let directory = service.directory.current().ok_or_else(refused)?;
    let entry = directory
        .invitation(request.invitation)
        .ok_or_else(refused)?;
    if !entry.is_open(now) {
        return Err(Problem::new(ProblemCode::Gone));
    }
    let positions = directory
        .invitation_positions(request.invitation)
        .ok_or_else(refused)?;
    let mut statements = Vec::new();
    for position in positions {
        let found = service.store.statements(position - 1, 1).await?;
        statements.push(
            found
                .into_iter()
                .next()
                .ok_or(StoreError::Corrupt)?
                .statement,
        );
    }
    Ok(InvitationRecord { statements }.into())
}
