//! Calls to a server in the same process: what a simulation and the making of a demo have in place of a line.

use super::line::{Unreachable, Whom};
use crate::Service;
use crate::service::Caller;
use crate::store::Store;
use std::net::{IpAddr, Ipv4Addr};
use valise_wire::partner::{PartnerReply, PartnerRequest};
use valise_wire::request::{GetOrganisation, OrganisationRecord, Reply};
use valise_wire::{OrganisationId, Problem, Timestamp};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Asks a server who it is.
pub async fn meet<S: Store>(
    service: &Service<S>,
    now: Timestamp,
) -> Result<OrganisationRecord, Unreachable> {
    let caller = Caller::Anonymous { address: HERE };
    match service.call(&caller, GetOrganisation {}.into(), now).await {
        Ok(Reply::Organisation(record)) => Ok(record),
        _ => Err(Unreachable),
    }
}

/// Calls a server, which answers those alone whose signature it would take on a line, and is believed as the one whose signature the caller
/// would take.
pub async fn call<S: Store>(
    service: &Service<S>,
    from: OrganisationId,
    whom: Option<Whom>,
    request: PartnerRequest,
    now: Timestamp,
) -> Result<Result<PartnerReply, Problem>, Unreachable> {
    match (whom, request) {
        (None, PartnerRequest::Introduction(introduction)) => {
            Ok(service.introduction(HERE, introduction, now).await)
        }
        (Some((organisation, key)), request) => {
            let is_it = service.organisation_id() == Some(organisation)
                && service.hub_key().public() == key;
            if !is_it || service.partner_key(from).is_none() {
                return Err(Unreachable);
            }
            Ok(service.partner_call(from, request, now).await)
        }
        (None, _) => Err(Unreachable),
    }
}
