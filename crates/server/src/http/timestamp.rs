//! Timestamps over HTTP, as RFC 3161 §3.4 wants it: a question in the body of a POST, its answer in the reply.

use super::reply::{problem_response, respond};
use super::{App, bearer_token};
use crate::accept::ClientAddress;
use crate::service::Caller;
use crate::store::Store;
use crate::timestamps::{Given, give};
use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONNECTION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Request, Response, StatusCode};
use futures_util::StreamExt;
use valise_timestamp::{MOST_QUERY_BYTES, QUERY_TYPE, REPLY_TYPE};
use valise_wire::{Problem, ProblemCode};

/// Answers a question, or has another authority answer it.
pub(super) async fn timestamp<S: Store>(
    State(app): State<App<S>>,
    Extension(address): Extension<ClientAddress>,
    request: Request<Body>,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    match answer(&app, address, &parts.headers, body).await {
        Ok(answer) => respond(StatusCode::OK, REPLY_TYPE, answer.into()),
        Err(problem) => {
            let mut response = problem_response(&parts.headers, &problem);
            // What is left of the body is not read.
            let close = HeaderValue::from_static("close");
            response.headers_mut().insert(CONNECTION, close);
            response
        }
    }
}

/// Returns the certificate by which others know the authority.
pub(super) async fn certificate<S: Store>(
    State(app): State<App<S>>,
    headers: HeaderMap,
) -> Response<Body> {
    match app.service.timestamps.root() {
        Some(root) => respond(StatusCode::OK, "application/pkix-cert", root.into()),
        None => problem_response(&headers, &Problem::new(ProblemCode::Refused)),
    }
}

async fn answer<S: Store>(
    app: &App<S>,
    address: ClientAddress,
    headers: &HeaderMap,
    body: Body,
) -> Result<Vec<u8>, Problem> {
    let is_question = headers
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind == QUERY_TYPE);
    if !is_question {
        return Err(Problem::new(ProblemCode::Malformed));
    }
    let signed =
        bearer_token(headers).and_then(|token| app.service.authenticate(&token, app.clock.now()));
    let caller = match signed {
        Some(signed) => signed.caller(),
        None => Caller::Anonymous { address: address.0 },
    };
    // Nothing is read of whoever gets nothing.
    app.service.may_ask_for_time(&caller)?;
    let question = read(body).await?;
    match give(&app.service, &caller, &question, app.clock.now()).await? {
        Given::Answer(answer) => Ok(answer),
        Given::Elsewhere(outside) => outside.ask(question).await,
    }
}

async fn read(body: Body) -> Result<Vec<u8>, Problem> {
    let (mut chunks, mut bytes) = (body.into_data_stream(), Vec::new());
    while let Some(chunk) = chunks.next().await {
        bytes.extend_from_slice(&chunk.map_err(|_| Problem::new(ProblemCode::Malformed))?);
        if bytes.len() > MOST_QUERY_BYTES {
            return Err(Problem::new(ProblemCode::TooLarge));
        }
    }
    Ok(bytes)
}
