//! Requests to one's own server: no cookies, no redirects, no cache, and an end to what is read.

use crate::browser::{call, get, object, scope};
use js_sys::Uint8Array;
use std::fmt::Write as _;
use valise_client::{Failure, HttpReply, HttpRequest};
use valise_wire::request::{Reply, Request};
use valise_wire::{Problem, ProblemCode, from_bytes, to_bytes};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Response;

/// Most bytes of an answer; a server that sends more is cut off.
const MAX_BODY_BYTES: usize = 8 << 20;

/// How long a request may take, in milliseconds: long enough for a part of a file over a slow line.
const TIMEOUT_MS: f64 = 90_000.0;

/// Asks the server by `POST {origin}/v1/call`.
pub async fn ask(
    origin: &str,
    token: Option<[u8; 32]>,
    request: &Request,
) -> Result<Reply, Failure> {
    let mut headers = vec![("content-type".to_owned(), "application/cbor".to_owned())];
    if let Some(token) = token {
        headers.push(("authorization".to_owned(), bearer(&token)));
    }
    let request = HttpRequest {
        origin: origin.to_owned(),
        method: valise_client::Method::Post,
        path: "/v1/call".to_owned(),
        headers,
        body: to_bytes(request),
    };
    let reply = send(request).await?;
    match reply.status {
        200 => from_bytes(&reply.body).map_err(|_| malformed()),
        status => Err(refusal(status, &reply)),
    }
}

/// Sends any request.
pub async fn send(request: HttpRequest) -> Result<HttpReply, Failure> {
    fetch(request).await.map_err(|_| Failure::Network)
}

async fn fetch(request: HttpRequest) -> Result<HttpReply, JsValue> {
    let headers: js_sys::Array = request
        .headers
        .iter()
        .map(|(name, value)| JsValue::from(js_sys::Array::of2(&name.into(), &value.into())))
        .collect();
    let mut fields = vec![
        ("method", request.method.as_str().into()),
        ("headers", headers.into()),
        ("credentials", "omit".into()),
        ("redirect", "error".into()),
        ("cache", "no-store".into()),
        ("referrerPolicy", "no-referrer".into()),
        (
            "signal",
            web_sys::AbortSignal::timeout_with_f64(TIMEOUT_MS).into(),
        ),
    ];
    if !request.body.is_empty() || request.method == valise_client::Method::Patch {
        fields.push(("body", Uint8Array::from(request.body.as_slice()).into()));
    }
    let url = format!("{}{}", request.origin, request.path);
    let response: Response = call(&scope(), "fetch", &[&url.into(), &object(&fields)])
        .await?
        .dyn_into()?;
    let body = read_body(&response).await?;
    Ok(HttpReply {
        status: response.status(),
        headers: read_headers(&response)?,
        body,
    })
}

fn read_headers(response: &Response) -> Result<Vec<(String, String)>, JsValue> {
    let mut headers = Vec::new();
    for entry in response.headers().entries() {
        let entry: js_sys::Array = entry?.unchecked_into();
        let text = |index| entry.get(index).as_string().unwrap_or_default();
        headers.push((text(0), text(1)));
    }
    Ok(headers)
}

/// Reads the body as it comes, so that a server cannot fill the memory.
async fn read_body(response: &Response) -> Result<Vec<u8>, JsValue> {
    let mut body = Vec::new();
    let Some(stream) = response.body() else {
        return Ok(body);
    };
    let reader: JsValue = stream.get_reader().into();
    loop {
        let chunk = call(&reader, "read", &[]).await?;
        if get(&chunk, "done").is_truthy() {
            return Ok(body);
        }
        let bytes: Uint8Array = get(&chunk, "value").dyn_into()?;
        if body.len() + bytes.length() as usize > MAX_BODY_BYTES {
            let _ = call(&reader, "cancel", &[]).await;
            return Err(JsValue::NULL);
        }
        let start = body.len();
        body.resize(start + bytes.length() as usize, 0);
        bytes.copy_to(&mut body[start..]);
    }
}

fn bearer(token: &[u8; 32]) -> String {
    let mut value = String::from("Bearer ");
    for byte in token {
        let _ = write!(value, "{byte:02x}");
    }
    value
}

/// Reads a refusal; a proxy's error page says only that the server cannot do it now.
fn refusal(status: u16, reply: &HttpReply) -> Failure {
    if let Ok(problem) = from_bytes::<Problem>(&reply.body) {
        return Failure::Problem(problem);
    }
    let text = std::str::from_utf8(&reply.body).unwrap_or_default();
    if let Some(problem) = crate::problem::read_document(text) {
        return Failure::Problem(problem);
    }
    match status {
        401 => Failure::Problem(Problem::new(ProblemCode::Unauthenticated)),
        413 => Failure::Problem(Problem::new(ProblemCode::TooLarge)),
        429 => Failure::Problem(Problem::new(ProblemCode::RateLimited)),
        _ => Failure::Network,
    }
}

/// An answer that is none of this protocol: what is at the other end is not our server, or a broken one.
fn malformed() -> Failure {
    Failure::Problem(Problem::new(ProblemCode::UnsupportedVersion))
}
