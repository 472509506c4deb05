//! With which organisations the people of here may work: what the hub refuses, whatever a client asks.

use crate::service::Service;
use crate::store::Store;
use valise_directory::residency::Accepts;
use valise_wire::OrganisationId;
use valise_wire::policy::RoomKind;

/// Tells whether one of some organisations may not come into a room of this kind.
pub(crate) fn bars<S: Store>(
    service: &Service<S>,
    coming: impl IntoIterator<Item = OrganisationId>,
    kind: RoomKind,
) -> bool {
    let wanted = match kind {
        RoomKind::Request => Accepts::Requests,
        _ => Accepts::Rooms,
    };
    coming
        .into_iter()
        .any(|other| is_barred(service, other, wanted))
}

/// Tells whether nothing at all is taken of an organisation: what of it, a follower cannot see.
pub(super) fn is_shut_out<S: Store>(service: &Service<S>, other: OrganisationId) -> bool {
    let home = service.directory.current();
    let document = home.as_ref().and_then(|home| home.document());
    let takes_nothing = document.is_some_and(|document| document.accepts.is_empty());
    let kept = service.settings.protections.residency;
    let all = [Accepts::Requests, Accepts::Rooms];
    kept && (takes_nothing || all.iter().all(|it| is_barred(service, other, *it)))
}

fn is_barred<S: Store>(service: &Service<S>, other: OrganisationId, wanted: Accepts) -> bool {
    let Some(home) = service.directory.current() else {
        return false;
    };
    let others = service.partners.others();
    let theirs = others.get(&other).map(|other| other.directory());
    service.settings.protections.residency && home.check_work_with(other, theirs, wanted).is_err()
}
