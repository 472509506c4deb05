//! Where a guest's link leads.

use crate::service::Service;
use crate::store::{Store, StoreError};
use valise_wire::request::{LookAtPass, PassLook, Reply};
use valise_wire::{Problem, ProblemCode, Timestamp};

/// Shows who asks, to whoever can open it, as long as somebody can come by the pass. A pass that is over, used, locked or was never made
/// gets the same answer.
pub(crate) async fn look_at_pass<S: Store>(
    service: &Service<S>,
    request: LookAtPass,
    now: Timestamp,
) -> Result<Reply, Problem> {
    let gone = || Problem::new(ProblemCode::Gone);
    let directory = service.directory.current().ok_or_else(gone)?;
    let pass = directory
        .pass(request.pass)
        .filter(|pass| pass.is_open(now) && !service.guests.is_locked(request.pass))
        .ok_or_else(gone)?;
    let first = service.store.statements(0, 1).await?.into_iter().next();
    Ok(PassLook {
        organisation: first.ok_or(StoreError::Corrupt)?.statement,
        card: pass.statement.card.clone(),
        not_after: pass.statement.not_after,
        held: pass.statement.held,
    }
    .into())
}
