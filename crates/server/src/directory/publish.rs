//! Appending one statement to the organisation's log.

use super::renew::check_delay;
use super::state::{Next, append};
use crate::delivery::remove_ended;
use crate::service::Service;
use crate::store::{Store, StoreError};
use valise_wire::request::{Publish, Published, Reply};
use valise_wire::statement::StatementKind;
use valise_wire::{Problem, ProblemCode, Timestamp};

/// Appends a statement that is signed by whom it must be; who hands it over does not matter. The same again gets the first
/// position.
pub(crate) async fn publish<S: Store>(
    service: &Service<S>,
    request: Publish,
    now: Timestamp,
) -> Result<Reply, Problem> {
    let statement = request.statement;
    let kind = statement.kind;
    // An organisation comes by founding, an account by joining, never alone, and a new key by its link.
    if matches!(
        kind,
        StatementKind::Organisation
            | StatementKind::Account
            | StatementKind::Guest
            | StatementKind::Renewal
    ) {
        return Err(Problem::new(ProblemCode::Malformed));
    }
    if kind == StatementKind::RenewalConfirmation {
        check_delay(service, &statement, now)?;
    }
    let position = {
        let _turn = service.directory.turn().await;
        if let Some(position) = service.directory.position_of(&statement) {
            return Ok(Published { position, kind }.into());
        }
        let directory = service
            .directory
            .current()
            .ok_or(Problem::new(ProblemCode::Refused))?;
        let mut next = Next::after(&directory);
        next.take(&statement)?;
        let committed = append(service, next, vec![statement], Vec::new()).await?;
        *committed.statements.first().ok_or(StoreError::Corrupt)?
    };
    remove_ended(service, now).await;
    Ok(Published { position, kind }.into())
}
