//! Answers: CBOR for our clients, problem documents (RFC 9457) for others.

use axum::body::Body;
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use valise_wire::{Encode, Problem, ProblemCode, to_bytes};

/// Media type of everything that our clients say and hear.
pub(super) const CBOR: &str = "application/cbor";

/// Answers with a value.
pub(super) fn cbor(status: StatusCode, value: &impl Encode) -> Response<Body> {
    respond(status, CBOR, to_bytes(value).into())
}

pub(super) fn respond(status: StatusCode, media_type: &'static str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Tells whether whoever asks wants to read JSON.
pub(super) fn wants_json(headers: &HeaderMap) -> bool {
    let accepts = headers
        .get(ACCEPT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    accepts.contains("json") && !accepts.contains(CBOR)
}

/// Answers with a refusal, in the form that the asker reads.
pub fn problem_response(headers: &HeaderMap, problem: &Problem) -> Response<Body> {
    let status =
        StatusCode::from_u16(problem.http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = if wants_json(headers) {
        respond(
            status,
            "application/problem+json",
            document(problem).to_string().into(),
        )
    } else {
        cbor(status, problem)
    };
    if let Some(wait) = problem.retry_after_ms {
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from(wait.div_ceil(1000)));
    }
    response
}

fn document(problem: &Problem) -> serde_json::Value {
    let code = problem.code as u64;
    let mut document = serde_json::json!({
        "type": format!("urn:valise:problem:{code}"),
        "title": title(problem.code),
        "status": problem.http_status(),
        "code": code,
    });
    if let Some(wait) = problem.retry_after_ms {
        document["retry_after_ms"] = wait.into();
    }
    document
}

fn title(code: ProblemCode) -> &'static str {
    match code {
        ProblemCode::Malformed => "These bytes are no request of this protocol.",
        ProblemCode::UnsupportedVersion => "No common version of the protocol.",
        ProblemCode::Unauthenticated => "No session, or one that ended.",
        ProblemCode::Refused => "Not found, or not allowed.",
        ProblemCode::StaleEpoch => "The room moved on to another epoch.",
        ProblemCode::Conflict => "Something else of that name exists.",
        ProblemCode::RateLimited => "Too many requests.",
        ProblemCode::TooLarge => "Larger than the server takes.",
        ProblemCode::StorageFull => "No space is left.",
        ProblemCode::Gone => "Used up, expired or revoked.",
        ProblemCode::Unavailable => "The server cannot do it now; nothing was done.",
        ProblemCode::CommitPending => "A proposal has to be committed first.",
        ProblemCode::Strangers => "These people's organisations are no partners of one another.",
        ProblemCode::Invalid => "A signature, chain or policy check failed.",
    }
}
