//! How two organisations become partners: links, looking, introducing oneself. Only registrars ask for it.

use super::foreign::refused;
use super::line::Unreachable;
use crate::fanout::Owner;
use crate::service::Service;
use crate::store::{Batch, Entry, Store};
use valise_directory::link::check_origin;
use valise_directory::partner::MAX_ORIGIN_BYTES;
use valise_wire::partner::PartnerRequest;
use valise_wire::request::{Done, Introduce, Introductions, MeetPartner, OfferPartnership, Reply};
use valise_wire::{Problem, ProblemCode, Timestamp};

/// Longest time in which a link counts.
const LONGEST_OFFER_MS: u64 = 30 * 24 * 60 * 60 * 1000;

fn check_registrar<S: Store>(service: &Service<S>, who: Owner) -> Result<(), Problem> {
    let home = service.directory.current();
    let registrar = home.is_some_and(|home| home.is_registrar(who.account));
    if registrar || !service.settings.protections.partners {
        Ok(())
    } else {
        Err(refused())
    }
}

/// Lets another organisation introduce itself by a link.
pub(crate) async fn offer<S: Store>(
    service: &Service<S>,
    who: Owner,
    request: OfferPartnership,
    now: Timestamp,
) -> Result<Reply, Problem> {
    check_registrar(service, who)?;
    let latest = now.plus_millis(LONGEST_OFFER_MS);
    let not_after = request.not_after.min(latest);
    let batch = Batch::new().entry(Entry::Offer(request.key, not_after, now));
    service.store.commit(batch).await?;
    Ok(Done {}.into())
}

/// Asks the server at an address who it is.
pub(crate) async fn meet<S: Store>(
    service: &Service<S>,
    who: Owner,
    request: MeetPartner,
) -> Result<Reply, Problem> {
    check_registrar(service, who)?;
    check(&request.origin)?;
    let record = service.settings.line.meet(&request.origin).await;
    record
        .map(Into::into)
        .map_err(|Unreachable| Problem::new(ProblemCode::Unavailable))
}

/// Carries one's own introduction to the server at an address.
pub(crate) async fn introduce<S: Store>(
    service: &Service<S>,
    who: Owner,
    request: Introduce,
) -> Result<Reply, Problem> {
    check_registrar(service, who)?;
    check(&request.origin)?;
    let home = service.directory.current().ok_or_else(refused)?;
    let call = PartnerRequest::Introduction(request.introduction);
    let own = home.organisation_id();
    let line = &service.settings.line;
    match line.call(own, &request.origin, None, call).await {
        Ok(Ok(_)) => Ok(Done {}.into()),
        Ok(Err(problem)) if problem.code != ProblemCode::Unauthenticated => Err(problem),
        Ok(Err(_)) => Err(refused()),
        Err(Unreachable) => Err(Problem::new(ProblemCode::Unavailable)),
    }
}

/// Tells who introduced himself.
pub(crate) async fn introductions<S: Store>(
    service: &Service<S>,
    who: Owner,
    now: Timestamp,
) -> Result<Reply, Problem> {
    check_registrar(service, who)?;
    let introductions = service.store.introductions(now).await?;
    Ok(Introductions { introductions }.into())
}

fn check(origin: &str) -> Result<(), Problem> {
    if origin.len() <= MAX_ORIGIN_BYTES && check_origin(origin).is_ok() {
        Ok(())
    } else {
        Err(Problem::new(ProblemCode::Malformed))
    }
}
