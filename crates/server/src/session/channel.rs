//! Which certificates are the server's own, by the word of its hub.

use crate::service::Service;
use crate::store::Store;
use valise_directory::channel::answer;
use valise_directory::keys::HubKey;
use valise_wire::request::{GetChannel, Reply};
use valise_wire::{Problem, ProblemCode};

/// Signs which certificates whoever connects is shown. Nobody's server can say nothing that anybody could check.
pub(crate) fn channel<S: Store>(
    service: &Service<S>,
    request: &GetChannel,
) -> Result<Reply, Problem> {
    let organisation = service.organisation_id();
    let organisation = organisation.ok_or(Problem::new(ProblemCode::Refused))?;
    let key = HubKey::from_seed(&service.hub_key().secret());
    let own = service.settings.shown.certificates();
    Ok(answer(organisation, service.domain(), request, own, &key).into())
}
