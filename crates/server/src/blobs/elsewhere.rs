//! `GET` of a blob that lies at another organisation's server: this one asks for it piece by piece, and keeps nothing.

use super::Sessions;
use super::answer::Refusal;
use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, RANGE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream;
use serde::Deserialize;
use std::io;
use std::ops::Range;
use std::sync::Arc;
use valise_wire::partner::MAX_BLOB_PART_BYTES;
use valise_wire::{BlobId, OrganisationId};

/// Where a blob lies, if not here.
#[derive(Deserialize)]
pub(super) struct Elsewhere {
    at: Option<String>,
}

impl Elsewhere {
    /// Returns the organisation that was named.
    pub(super) fn organisation(&self) -> Result<Option<OrganisationId>, Refusal> {
        let Some(at) = &self.at else {
            return Ok(None);
        };
        let at = OrganisationId::from_hex(at).ok_or(Refusal::NOT_FOUND)?;
        Ok(Some(at))
    }
}

/// Answers `GET` of all of it, or of one range.
pub(super) async fn get(
    sessions: Arc<dyn Sessions>,
    at: OrganisationId,
    blob: &str,
    asked: &HeaderMap,
) -> Result<Response, Refusal> {
    let blob = BlobId::from_hex(blob).ok_or(Refusal::NOT_FOUND)?;
    let wanted = range(asked);
    let start = wanted.as_ref().map_or(0, |range| range.start);
    let first = piece(wanted.as_ref().map_or(u64::MAX, |range| range.end - start));
    // Its length is not known before the first part is here.
    let part = sessions.part_elsewhere(at, blob, start, first).await;
    let part = part.ok_or(Refusal::NOT_FOUND)?;
    let total = part.total;
    let end = wanted.as_ref().map_or(total, |range| range.end.min(total));
    let mut headers = HeaderMap::new();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/octet-stream"),
    );
    headers.insert(CONTENT_LENGTH, HeaderValue::from(end - start));
    let status = if wanted.is_some() {
        let told = format!("bytes {start}-{}/{total}", end - 1);
        let told = HeaderValue::try_from(told).map_err(|_| Refusal::UNAVAILABLE)?;
        headers.insert(CONTENT_RANGE, told);
        StatusCode::PARTIAL_CONTENT
    } else {
        StatusCode::OK
    };
    let bytes = part.bytes.0;
    let left = start + bytes.len() as u64..end;
    let rest = rest(sessions, at, blob, left);
    let first = stream::once(std::future::ready(Ok(Bytes::from(bytes))));
    let body = Body::from_stream(futures_util::StreamExt::chain(first, rest));
    Ok((status, headers, body).into_response())
}

fn rest(
    sessions: Arc<dyn Sessions>,
    at: OrganisationId,
    blob: BlobId,
    left: Range<u64>,
) -> impl futures_util::Stream<Item = io::Result<Bytes>> {
    stream::try_unfold(left, move |left| {
        let sessions = Arc::clone(&sessions);
        async move {
            if left.is_empty() {
                return Ok(None);
            }
            let length = piece(left.end - left.start);
            let part = sessions.part_elsewhere(at, blob, left.start, length).await;
            let bytes = part.ok_or(io::ErrorKind::UnexpectedEof)?.bytes.0;
            let next = left.start + bytes.len() as u64..left.end;
            Ok(Some((Bytes::from(bytes), next)))
        }
    })
}

fn piece(left: u64) -> u32 {
    u32::try_from(left).map_or(MAX_BLOB_PART_BYTES, |left| left.min(MAX_BLOB_PART_BYTES))
}

/// Reads one range with both ends, as our clients ask; of everything else the whole is the answer.
fn range(asked: &HeaderMap) -> Option<Range<u64>> {
    let text = asked.get(RANGE)?.to_str().ok()?;
    let (first, last) = text.strip_prefix("bytes=")?.split_once('-')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(first) || !digits(last) {
        return None;
    }
    let (first, last): (u64, u64) = (first.parse().ok()?, last.parse().ok()?);
    (first <= last).then(|| first..last.saturating_add(1))
}
