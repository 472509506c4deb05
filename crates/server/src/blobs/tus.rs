//! tus 1.0 over HTTP: core protocol, creation, termination, expiration, checksum.

use super::answer::{Refusal, tus_headers};
use super::receive::{Checksum, Upload};
use super::{Blobs, Row, Sessions, blocking};
use crate::http::bearer_token;
use axum::body::{Body, HttpBody};
use axum::extract::{Path, Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use valise_directory::calendar::Day;
use valise_wire::blob::BLOBS_PATH;
use valise_wire::{AccountId, BlobId, Timestamp};

const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
const RESUMABLE: &str = "tus-resumable";
const EXTENSIONS: &str = "creation,expiration,termination,checksum";

/// What the routes share.
#[derive(Clone)]
pub(super) struct Api {
    pub(super) blobs: Blobs,
    pub(super) sessions: Arc<dyn Sessions>,
}

impl Api {
    /// Returns whose session the request has.
    pub(super) async fn account(&self, headers: &HeaderMap) -> Result<AccountId, Refusal> {
        let token = bearer_token(headers).ok_or(Refusal::NO_SESSION)?;
        let now = self.blobs.0.clock.now();
        self.sessions
            .account(token, now)
            .await
            .ok_or(Refusal::NO_SESSION)
    }

    pub(super) async fn find(&self, blob: &str) -> Result<(BlobId, Row), Refusal> {
        let blob = BlobId::from_hex(blob).ok_or(Refusal::NOT_FOUND)?;
        let inner = Arc::clone(&self.blobs.0);
        let found = blocking(move || Ok(inner.ledger.find(blob))).await??;
        found.map(|row| (blob, row)).ok_or(Refusal::NOT_FOUND)
    }

    /// Finds an upload for its owner; for everybody else there is none.
    async fn own(&self, blob: &str, headers: &HeaderMap) -> Result<(BlobId, Row), Refusal> {
        check_version(headers)?;
        let account = self.account(headers).await?;
        let (blob, row) = self.find(blob).await?;
        if row.account == account || !self.blobs.0.protections.owner {
            Ok((blob, row))
        } else {
            Err(Refusal::NOT_FOUND)
        }
    }

    fn expires(&self, row: &Row) -> Option<(HeaderName, HeaderValue)> {
        let at = row.touched.plus_millis(self.blobs.0.keep.abandoned_ms);
        let text = http_date(at);
        let value = HeaderValue::try_from(text).ok()?;
        (!row.is_complete()).then_some((EXPIRES, value))
    }
}

/// `OPTIONS`: what is spoken here.
pub(super) async fn options(State(api): State<Api>) -> Response {
    let mut headers = tus_headers();
    let limit = api.blobs.0.ledger.allowance().file_bytes;
    headers.insert("tus-extension", HeaderValue::from_static(EXTENSIONS));
    headers.insert("tus-max-size", HeaderValue::from(limit));
    headers.insert(
        "tus-checksum-algorithm",
        HeaderValue::from_static("sha1,sha256"),
    );
    (StatusCode::NO_CONTENT, headers).into_response()
}

/// `POST` on the collection: makes an upload.
pub(super) async fn create(State(api): State<Api>, request: Request) -> Result<Response, Refusal> {
    let headers = request.headers();
    check_version(headers)?;
    let account = api.account(headers).await?;
    let length = creation_length(headers)?;
    if !request.body().is_end_stream() {
        return Err(Refusal::malformed("bytes are taken by PATCH only"));
    }
    let mut id = [0; 16];
    getrandom_04::fill(&mut id).map_err(|_| Refusal::UNAVAILABLE)?;
    let (blob, now) = (BlobId(id), api.blobs.0.clock.now());
    let inner = Arc::clone(&api.blobs.0);
    blocking(move || Ok(inner.ledger.reserve(blob, account, length, now))).await??;
    let mut headers = tus_headers();
    let location = format!("{BLOBS_PATH}/{blob}");
    // Relative, so that no header of the request can point the client elsewhere.
    headers.insert(
        LOCATION,
        HeaderValue::try_from(location).map_err(|_| Refusal::UNAVAILABLE)?,
    );
    headers.extend(api.expires(&Row {
        account,
        length,
        stored: 0,
        touched: now,
    }));
    Ok((StatusCode::CREATED, headers).into_response())
}

fn creation_length(headers: &HeaderMap) -> Result<u64, Refusal> {
    if headers.contains_key("upload-metadata") {
        // A file name has no business here: it travels inside of the message, sealed.
        return Err(Refusal::malformed("no metadata is taken"));
    }
    if headers.contains_key("upload-defer-length") || headers.contains_key("upload-concat") {
        return Err(Refusal::malformed("that extension of tus is not spoken"));
    }
    match number(headers, &LENGTH) {
        Some(0) | None => Err(Refusal::malformed("Upload-Length must be a number from 1")),
        Some(length) => Ok(length),
    }
}

/// `HEAD`: how far the upload came.
pub(super) async fn head(
    State(api): State<Api>,
    Path(blob): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let (blob, _) = api.own(&blob, &headers).await?;
    // Whoever still sends on a dead connection stops now, so that the number told is the last.
    let hold = api.blobs.0.holds.take(blob).await;
    let (_, row) = api.find(&blob.to_string()).await?;
    drop(hold);
    let mut headers = tus_headers();
    headers.insert(OFFSET, HeaderValue::from(row.stored));
    headers.insert(LENGTH, HeaderValue::from(row.length));
    headers.extend(api.expires(&row));
    Ok((StatusCode::OK, headers).into_response())
}

/// `PATCH`: more bytes.
pub(super) async fn patch(
    State(api): State<Api>,
    Path(blob): Path<String>,
    request: Request,
) -> Result<Response, Refusal> {
    let headers = request.headers();
    let (blob, _) = api.own(&blob, headers).await?;
    if headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes)
        != Some(b"application/offset+octet-stream")
    {
        return Err(Refusal::MEDIA_TYPE);
    }
    let offset =
        number(headers, &OFFSET).ok_or(Refusal::malformed("Upload-Offset must be a number"))?;
    let checksum = Checksum::from_headers(headers)?;
    let announced = number(headers, &CONTENT_LENGTH);
    let hold = api.blobs.0.holds.take(blob).await;
    // What was read before the upload was in our hand may have changed.
    let (_, row) = api.find(&blob.to_string()).await?;
    if api.blobs.0.protections.offset && offset != row.stored {
        return Err(Refusal::OFFSET);
    }
    if announced.is_some_and(|bytes| bytes > row.length - offset) {
        return Err(Refusal::TOO_LARGE);
    }
    let stored = if row.is_complete() {
        offset
    } else {
        let upload = Upload::new(api.blobs.clone(), blob, row, checksum, hold);
        // Apart from the connection: if that breaks, what came of the body is still made durable.
        let receiving = tokio::spawn(upload.receive(request.into_body()));
        receiving.await.map_err(|_| Refusal::UNAVAILABLE)??
    };
    let mut headers = tus_headers();
    headers.insert(OFFSET, HeaderValue::from(stored));
    headers.extend(api.expires(&Row {
        stored,
        touched: api.blobs.0.clock.now(),
        ..row
    }));
    Ok((StatusCode::NO_CONTENT, headers).into_response())
}

/// `DELETE`: the owner throws the blob away, complete or not.
pub(super) async fn delete(
    State(api): State<Api>,
    Path(blob): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let (blob, _) = api.own(&blob, &headers).await?;
    let hold = api.blobs.0.holds.take(blob).await;
    let inner = Arc::clone(&api.blobs.0);
    blocking(move || inner.remove(blob)).await?;
    drop(hold);
    Ok((StatusCode::NO_CONTENT, tus_headers()).into_response())
}

/// `POST` on one upload, for clients behind something that knows no `PATCH`.
pub(super) async fn overridden(
    state: State<Api>,
    path: Path<String>,
    request: Request<Body>,
) -> Result<Response, Refusal> {
    match request
        .headers()
        .get("x-http-method-override")
        .map(HeaderValue::as_bytes)
    {
        Some(b"PATCH") => patch(state, path, request).await,
        Some(b"DELETE") => delete(state, path, request.headers().clone()).await,
        _ => Err(Refusal::malformed("needs X-HTTP-Method-Override")),
    }
}

fn check_version(headers: &HeaderMap) -> Result<(), Refusal> {
    match headers.get(RESUMABLE).map(HeaderValue::as_bytes) {
        Some(b"1.0.0") => Ok(()),
        _ => Err(Refusal::VERSION),
    }
}

/// Reads a header that is digits and nothing else; `+1`, ` 1` and two headers are no number.
fn number(headers: &HeaderMap, name: &HeaderName) -> Option<u64> {
    let mut values = headers.get_all(name).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return None;
    };
    let text = value.to_str().ok()?;
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        text.parse().ok()
    } else {
        None
    }
}

/// Writes a time as HTTP does (RFC 9110 §5.6.7).
fn http_date(at: Timestamp) -> String {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (days, seconds) = (at.as_seconds() / 86_400, at.as_seconds() % 86_400);
    let civil = Day(u32::try_from(days).unwrap_or(u32::MAX));
    let (year, month, day) = civil.date();
    let weekday = DAYS[usize::from(civil.weekday())];
    let month = MONTHS[usize::from(month) - 1];
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_http_does() {
        assert_eq!(
            http_date(Timestamp(784_111_777_000)),
            "Sun, 06 Nov 1994 08:49:37 GMT"
        );
        assert_eq!(
            http_date(Timestamp(1_709_164_800_000)),
            "Thu, 29 Feb 2024 00:00:00 GMT"
        );
        assert_eq!(http_date(Timestamp(0)), "Thu, 01 Jan 1970 00:00:00 GMT");
    }
}
