//! A new key for an account whose person lost every device: after two registrars said so, and after a while.

use super::read::page;
use super::refuse;
use super::state::{Next, append};
use crate::delivery::remove_ended;
use crate::fanout::Owner;
use crate::service::Service;
use crate::store::{Store, StoreError};
use valise_directory::Directory;
use valise_directory::renewal::verify_reading;
use valise_directory::statement::{Renewal, RenewalConfirmation, read};
use valise_wire::request::{AccountRooms, Done, ReadRenewal, Renew, RenewalDelay, Reply};
use valise_wire::statement::SignedStatement;
use valise_wire::{Problem, ProblemCode, Timestamp};

/// How wrong the clock of a registrar or of a new device may be.
const CLOCK_MARGIN_MILLIS: u64 = 10 * 60 * 1000;

/// Says how long a confirmed renewal has to wait.
pub(crate) fn renewal_delay<S: Store>(service: &Service<S>, now: Timestamp) -> Reply {
    RenewalDelay {
        millis: service.settings.renewal_delay_millis,
        now,
    }
    .into()
}

/// Checks that a confirmation is of now, and lets the account's devices have the time that they are to have.
pub(super) fn check_delay<S: Store>(
    service: &Service<S>,
    statement: &SignedStatement,
    now: Timestamp,
) -> Result<(), Problem> {
    let confirmation: RenewalConfirmation = read(statement).map_err(|breach| refuse(&breach))?;
    let least = now.plus_millis(service.settings.renewal_delay_millis);
    let waits = confirmation.not_before.plus_millis(CLOCK_MARGIN_MILLIS) >= least;
    if waits && is_now(confirmation.at, now) || !service.settings.protections.renewal_delay {
        Ok(())
    } else {
        Err(Problem::new(ProblemCode::Refused))
    }
}

/// Reads the log for whoever holds the link. Whatever is wrong, the answer is the same.
pub(crate) async fn read_renewal<S: Store>(
    service: &Service<S>,
    request: ReadRenewal,
) -> Result<Reply, Problem> {
    let refused = || Problem::new(ProblemCode::Refused);
    let directory = service.directory.current().ok_or_else(refused)?;
    let entry = directory.renewal(request.renewal).ok_or_else(refused)?;
    let organisation = directory.organisation_id();
    let signed = verify_reading(organisation, &entry.offer.key, &request);
    signed.map_err(|_| refused())?;
    page(service, request.after, service.directory.position()).await
}

/// Gives the account its new key. The same again changes nothing.
pub(crate) async fn renew<S: Store>(
    service: &Service<S>,
    request: Renew,
    now: Timestamp,
) -> Result<Reply, Problem> {
    let statement = request.statement;
    let renewal: Renewal = read(&statement).map_err(|breach| refuse(&breach))?;
    {
        let _turn = service.directory.turn().await;
        if service.directory.position_of(&statement).is_some() {
            return Ok(Done {}.into());
        }
        let refused = || Problem::new(ProblemCode::Refused);
        let directory = service.directory.current().ok_or_else(refused)?;
        if service.settings.protections.renewal_delay && !is_due(&directory, &renewal, now) {
            return Err(refused());
        }
        let mut next = Next::after(&directory);
        next.take(&statement)?;
        append(service, next, vec![statement], Vec::new()).await?;
    }
    remove_ended(service, now).await;
    Ok(Done {}.into())
}

/// Tells the account's rooms to a device of it that was in none.
pub(crate) async fn rooms<S: Store>(service: &Service<S>, who: Owner) -> Result<Reply, StoreError> {
    let rooms = service.store.rooms_with(who.account).await?;
    Ok(AccountRooms { rooms }.into())
}

/// Tells whether the time of a renewal has come by this clock, whatever its author writes.
fn is_due(directory: &Directory, renewal: &Renewal, now: Timestamp) -> bool {
    let confirmation = directory
        .renewal(renewal.renewal)
        .and_then(|entry| entry.confirmation.as_ref());
    let early = confirmation.is_some_and(|confirmation| now < confirmation.not_before);
    !early && is_now(renewal.at, now)
}

fn is_now(at: Timestamp, now: Timestamp) -> bool {
    at <= now.plus_millis(CLOCK_MARGIN_MILLIS) && now <= at.plus_millis(CLOCK_MARGIN_MILLIS)
}
