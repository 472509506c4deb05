//! Calls of other servers.

use super::reply::{CBOR, cbor, problem_response};
use super::{App, PARTNER_PATH, body};
use crate::accept::ClientAddress;
use crate::partners::carried;
use crate::partners::signature::{
    CONTENT_DIGEST, Call, SIGNATURE, SIGNATURE_INPUT, SOURCE, Signed, TARGET, hear_call, sign_reply,
};
use crate::store::Store;
use axum::Extension;
use axum::body::{Body, to_bytes as collect};
use axum::extract::State;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode};
use valise_wire::partner::{PartnerReply, PartnerRequest};
use valise_wire::request::MAX_HANDSHAKE_BYTES;
use valise_wire::{OrganisationId, Problem, ProblemCode, Timestamp, from_bytes};

/// Most bytes of an introduction.
const INTRODUCTION_BYTES: usize = 64 << 10;
/// Most bytes of anything else: a commit of the largest room, or a page of events.
const CALL_BYTES: usize = 3 * MAX_HANDSHAKE_BYTES + (64 << 10);

/// Answers what another server asks in the body of a POST; the answer is signed.
pub(super) async fn partner<S: Store>(
    State(app): State<App<S>>,
    Extension(address): Extension<ClientAddress>,
    request: Request<Body>,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    if parts.headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes) != Some(CBOR.as_bytes()) {
        return problem_response(&parts.headers, &Problem::new(ProblemCode::Malformed));
    }
    let response = match answer(&app, address, &parts.headers, body).await {
        Ok(reply) => cbor(StatusCode::OK, &reply),
        Err(problem) => problem_response(&HeaderMap::new(), &problem),
    };
    sign(&app, &parts.headers, response).await
}

async fn answer<S: Store>(
    app: &App<S>,
    address: ClientAddress,
    headers: &HeaderMap,
    body: Body,
) -> Result<PartnerReply, Problem> {
    let declared = headers
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse().ok());
    let (service, now) = (app.service.clone(), app.clock.now());
    let Some((source, signed)) = source(app, headers, now) else {
        // Whoever introduces himself has nothing but a link.
        let bytes = body::read_at_most(body, declared, INTRODUCTION_BYTES).await?;
        return match from_bytes(&bytes) {
            Ok(PartnerRequest::Introduction(introduction)) => {
                service.introduction(address.0, introduction, now).await
            }
            _ => Err(Problem::new(ProblemCode::Unauthenticated)),
        };
    };
    let bytes = body::read_at_most(body, declared, CALL_BYTES).await?;
    if !signed.covers(&bytes) {
        return Err(Problem::new(ProblemCode::Unauthenticated));
    }
    let request: PartnerRequest =
        from_bytes(&bytes).map_err(|_| Problem::new(ProblemCode::Malformed))?;
    drop(bytes);
    // On a task of its own: whoever hangs up does not stop half-way what was begun.
    let running = tokio::spawn(async move { service.partner_call(source, request, now).await });
    running
        .await
        .unwrap_or(Err(Problem::new(ProblemCode::Unavailable)))
}

/// Finds out which partner signed a request, before any of its body is read.
fn source<S: Store>(
    app: &App<S>,
    headers: &HeaderMap,
    now: Timestamp,
) -> Option<(OrganisationId, Signed)> {
    let (source, to) = (id(headers, SOURCE)?, id(headers, TARGET)?);
    let key = app.service.partner_key(source)?;
    let signed = carried(headers)?;
    let target = format!("{}{PARTNER_PATH}", app.origin);
    let call = Call {
        target: &target,
        source,
        to,
    };
    let heard = hear_call(&call, &signed, &key)?;
    if app.service.organisation_id() != Some(to) || !app.service.is_in_time(source, &heard, now) {
        return None;
    }
    let fresh = app.service.is_new(heard.nonce, now);
    fresh.then_some((source, signed))
}

fn id(headers: &HeaderMap, name: &str) -> Option<OrganisationId> {
    OrganisationId::from_hex(headers.get(name)?.to_str().ok()?)
}

/// Signs an answer, if there is somebody who signs and something that was signed.
async fn sign<S: Store>(
    app: &App<S>,
    asked: &HeaderMap,
    response: Response<Body>,
) -> Response<Body> {
    let asked = asked.get(SIGNATURE).and_then(|value| value.to_str().ok());
    let (Some(asked), Some(own)) = (asked, app.service.organisation_id()) else {
        return response;
    };
    let (mut parts, body) = response.into_parts();
    let Ok(body) = collect(body, usize::MAX).await else {
        return closed();
    };
    let status = parts.status.as_u16();
    let key = app.service.hub_key();
    let Signed {
        digest,
        input,
        signature,
    } = sign_reply(status, &body, asked, own, key, app.clock.now());
    for (name, value) in [
        (CONTENT_DIGEST, digest),
        (SIGNATURE_INPUT, input),
        (SIGNATURE, signature),
    ] {
        if let Ok(value) = HeaderValue::try_from(value) {
            parts.headers.insert(HeaderName::from_static(name), value);
        }
    }
    Response::from_parts(parts, Body::from(body))
}

fn closed() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    response
}
