//! Asking a partner something.

use super::backoff::Waits;
use super::line::Unreachable;
use super::{Partners, pinned};
use crate::service::Service;
use crate::store::Store;
use valise_wire::partner::{PartnerReply, PartnerRequest};
use valise_wire::{OrganisationId, Problem, ProblemCode, Timestamp};

/// Why something was not answered: what the partner said, or none if it cannot be reached.
pub(super) type Failure = Option<Problem>;

/// Asks a partner what a device wants to know, unless it did not answer a moment ago.
pub(super) async fn ask_for_device<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    request: PartnerRequest,
    now: Timestamp,
) -> Result<PartnerReply, Failure> {
    if left_alone(service, partner, now).is_some() {
        return Err(None);
    }
    ask(service, partner, request).await
}

/// Returns until when a partner that did not answer is not asked again.
pub(super) fn left_alone<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    now: Timestamp,
) -> Option<Timestamp> {
    let until = service.partners.left_alone(partner, now);
    until.filter(|_| service.settings.protections.patience)
}

/// Asks a partner something. Only who is a partner is called at all.
pub(super) async fn ask<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    request: PartnerRequest,
) -> Result<PartnerReply, Failure> {
    let refused = || Some(Problem::new(ProblemCode::Refused));
    let home = service.directory.current().ok_or_else(refused)?;
    let origin = origin(service, partner).ok_or_else(refused)?;
    let others = service.partners.others();
    let key = others
        .get(&partner)
        .and_then(|other| other.directory().organisation())
        .map(|organisation| organisation.hub_key)
        .ok_or(None)?;
    let bounded = service.settings.protections.patience;
    let _question = service.partners.question(partner, bounded).ok_or(None)?;
    let whom = pinned::whom(service, &origin, (partner, key)).await;
    let whom = whom.map_err(|Unreachable| None)?;
    let line = &service.settings.line;
    let called = line.call(home.organisation_id(), &origin, Some(whom), request);
    match called.await {
        Ok(answer) => answer.map_err(Some),
        Err(Unreachable) => Err(None),
    }
}

pub(super) fn origin<S: Store>(service: &Service<S>, partner: OrganisationId) -> Option<String> {
    let home = service.directory.current()?;
    home.partner(partner)?.origin.clone()
}

impl Partners {
    fn left_alone(&self, partner: OrganisationId, now: Timestamp) -> Option<Timestamp> {
        self.waiting().backoffs.until(partner, Waits::All, now)
    }
}
