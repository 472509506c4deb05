//! One request, one answer.

use super::reply::{CBOR, cbor, problem_response};
use super::{App, bearer_token, body};
use crate::accept::ClientAddress;
use crate::service::Caller;
use crate::store::Store;
use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Request, Response, StatusCode};
use valise_wire::{Problem, ProblemCode, from_bytes, request};

/// Answers a request in the body of a POST.
pub(super) async fn call<S: Store>(
    State(app): State<App<S>>,
    Extension(address): Extension<ClientAddress>,
    request: Request<Body>,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    if parts
        .headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        != Some(CBOR)
    {
        return closing(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    match answer(&app, address, &parts.headers, body).await {
        Ok(reply) => cbor(StatusCode::OK, &reply),
        Err(problem) => {
            let mut response = problem_response(&parts.headers, &problem);
            if matches!(problem.code, ProblemCode::TooLarge | ProblemCode::Malformed) {
                // What is left of the body is not read.
                response
                    .headers_mut()
                    .insert(CONNECTION, HeaderValue::from_static("close"));
            }
            response
        }
    }
}

async fn answer<S: Store>(
    app: &App<S>,
    address: ClientAddress,
    headers: &HeaderMap,
    body: Body,
) -> Result<request::Reply, Problem> {
    let signed =
        bearer_token(headers).and_then(|token| app.service.authenticate(&token, app.clock.now()));
    let declared = headers
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse().ok());
    let bytes = body::read(body, declared, signed.is_some()).await?;
    let request: request::Request =
        from_bytes(&bytes).map_err(|_| Problem::new(ProblemCode::Malformed))?;
    drop(bytes);
    let caller = match signed.filter(|_| !request.is_public()) {
        Some(signed) => signed.caller(),
        None => Caller::Anonymous { address: address.0 },
    };
    let (service, now) = (app.service.clone(), app.clock.now());
    // On a task of its own: whoever hangs up does not stop half-way what was begun.
    let running = tokio::spawn(async move { service.call(&caller, request, now).await });
    running
        .await
        .unwrap_or(Err(Problem::new(ProblemCode::Unavailable)))
}

fn closing(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONNECTION, HeaderValue::from_static("close"));
    response
}
