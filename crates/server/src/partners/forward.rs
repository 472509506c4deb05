//! Carrying to a hub what a device of one's own asks.

use super::ask;
use super::relay;
use crate::fanout::Owner;
use crate::receipts;
use crate::service::Service;
use crate::store::Store;
use valise_wire::partner::{OnBehalf, PartnerReply, PartnerRequest};
use valise_wire::request::{Reply, Request};
use valise_wire::{Octets, OrganisationId, Problem, ProblemCode, Timestamp, from_bytes, to_bytes};

/// Asks the hub, and answers with what it says. While it cannot be reached nothing was done: the device keeps what it asked and tries
/// again.
pub(crate) async fn forward<S: Store>(
    service: &Service<S>,
    who: Owner,
    hub: OrganisationId,
    request: Request,
    now: Timestamp,
) -> Result<Reply, Problem> {
    if let Some(until) = ask::left_alone(service, hub, now) {
        return Err(unavailable(Some(until.millis_since(now).min(30_000))));
    }
    if matches!(request, Request::Commit(_)) {
        // Whom it brings in, the hub has to know.
        relay::tell(service, hub)
            .await
            .map_err(|_| unavailable(None))?;
    }
    if let Request::Send(sent) = &request {
        // It can come back in the log before the hub's answer does.
        service.partners.carries(sent, who.account);
    }
    let carried = PartnerRequest::OnBehalf(OnBehalf {
        account: who.account,
        device: who.device,
        request: Octets(to_bytes(&request)),
    });
    match ask::ask(service, hub, carried).await {
        Ok(PartnerReply::Answered(answered)) => {
            let reply = from_bytes(&answered.reply).map_err(|_| unavailable(None))?;
            if let (Request::Send(sent), Reply::Accepted(accepted)) = (&request, &reply) {
                // Before it comes back in the log, which a cut line can delay by days.
                receipts::submitted(service, sent, accepted.seq, now).await?;
            }
            Ok(reply)
        }
        // It is this server that the hub does not know, not the device.
        Err(Some(problem)) if problem.code != ProblemCode::Unauthenticated => Err(problem),
        _ => Err(unavailable(None)),
    }
}

fn unavailable(retry_after_ms: Option<u64>) -> Problem {
    Problem {
        code: ProblemCode::Unavailable,
        retry_after_ms,
    }
}
