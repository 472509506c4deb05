//! Who runs this server.

use crate::service::Service;
use crate::store::Store;
use valise_wire::Problem;
use valise_wire::request::{OrganisationRecord, Reply};

/// Says who runs this server, as far as it can say that itself.
pub(crate) async fn organisation<S: Store>(service: &Service<S>) -> Result<Reply, Problem> {
    let first = service.store.statements(0, 1).await?;
    let record = OrganisationRecord {
        domain: service.settings.domain.clone(),
        statement: first.into_iter().next().map(|entry| entry.statement),
        hub_key: service.settings.hub_key.public(),
        generation: service.generation,
    };
    Ok(record.into())
}
