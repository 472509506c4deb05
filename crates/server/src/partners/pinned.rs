//! Who answers at a partner's address: the organisation that a registrar pinned, and no other one that stands there now.

use super::line::{Unreachable, Whom};
use super::told::short;
use crate::metrics::name;
use crate::service::Service;
use crate::store::Store;
use valise_directory::partner::check_organisation;
use valise_directory::statement::Organisation;
use valise_wire::request::OrganisationRecord;
use valise_wire::{OrganisationId, Timestamp};

/// Returns whose answer is believed. `pinned` is the partner with the key that its statement names.
pub(super) async fn whom<S: Store>(
    service: &Service<S>,
    origin: &str,
    pinned: Whom,
) -> Result<Whom, Unreachable> {
    if service.settings.protections.pinned {
        return Ok(pinned);
    }
    let record = service.settings.line.meet(origin).await?;
    let organisation = who(&record).ok_or(Unreachable)?;
    Ok((organisation.key.organisation(), organisation.hub_key))
}

/// Reads which organisation a record is of, if its statement proves itself.
fn who(record: &OrganisationRecord) -> Option<Organisation> {
    check_organisation(record.statement.as_ref()?).ok()
}

/// Tells whether a record is that of a partner; of another one the operator hears. It is not signed: whoever shows that of the partner is
/// found out by the signatures of his answers.
pub(super) fn is_it<S: Store>(
    service: &Service<S>,
    partner: OrganisationId,
    record: &OrganisationRecord,
    now: Timestamp,
) -> bool {
    let is_it = who(record).is_some_and(|it| it.key.organisation() == partner);
    if is_it || !service.settings.protections.pinned {
        return true;
    }
    metrics::counter!(name::PARTNER_FAILURES, "outcome" => "another").increment(1);
    if service
        .partners
        .waiting()
        .another
        .is_to_be_told(partner, now)
    {
        tracing::error!(
            partner = short(partner),
            "another organisation answers at the address of a partner: nothing is carried there, ask the partner by another way"
        );
    }
    false
}
