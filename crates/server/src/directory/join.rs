//! Making an account out of an invitation, or a guest's out of a pass.

use super::refuse;
use super::state::{Next, append};
use crate::service::Service;
use crate::store::Store;
use valise_wire::request::{Done, Join, Reply};
use valise_wire::statement::{SignedStatement, StatementKind};
use valise_wire::{Problem, ProblemCode, Timestamp};

/// Makes an account: its statement, its device list and its profile, or a guest's evidence key, all or none. The same again changes nothing.
pub(crate) async fn join<S: Store>(
    service: &Service<S>,
    request: Join,
    now: Timestamp,
) -> Result<Reply, Problem> {
    let _turn = service.directory.turn().await;
    let known = |statement| service.directory.position_of(statement).is_some();
    if !request.statements.is_empty() && request.statements.iter().all(known) {
        return Ok(Done {}.into());
    }
    let directory = service
        .directory
        .current()
        .ok_or(Problem::new(ProblemCode::Refused))?;
    let is_guest = |statement: &SignedStatement| statement.kind == StatementKind::Guest;
    if request.statements.first().is_some_and(is_guest) {
        let guests = &service.guests;
        guests.admit(service, &directory, &request, now).await?;
    } else {
        directory
            .admit(request.invitation, &request.statements, now)
            .map_err(|breach| refuse(&breach))?;
    }
    let mut next = Next::after(&directory);
    for statement in &request.statements {
        next.take(statement)?;
    }
    append(service, next, request.statements, Vec::new()).await?;
    Ok(Done {}.into())
}
