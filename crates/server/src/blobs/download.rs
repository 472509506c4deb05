//! `GET`: a blob, or one range of it.
//!
//! Any signed-in device may read any blob whose id it knows. The id is 128 random bits that travel inside of sealed
//! messages, and what lies under it is sealed under a key that travels with it.

use super::answer::Refusal;
use super::elsewhere::{self, Elsewhere};
use super::tus::Api;
use super::{Blobs, blocking};
use crate::metrics::name;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    IF_RANGE, RANGE,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream;
use std::io;
use std::ops::Range;
use std::sync::Arc;
use valise_wire::BlobId;

/// Bytes that are read at a time; no download holds more in memory.
const PIECE_BYTES: u64 = 128 << 10;

/// Answers `GET`.
pub(super) async fn get(
    State(api): State<Api>,
    Path(blob): Path<String>,
    Query(elsewhere): Query<Elsewhere>,
    asked: HeaderMap,
) -> Result<Response, Refusal> {
    let protections = api.blobs.0.protections;
    if protections.session {
        api.account(&asked).await?;
    }
    if let Some(at) = elsewhere.organisation()? {
        return elsewhere::get(api.sessions, at, &blob, &asked).await;
    }
    let (blob, row) = api.find(&blob).await?;
    if protections.complete && !row.is_complete() {
        return Err(Refusal::NOT_FOUND);
    }
    let tag = HeaderValue::try_from(format!("\"{blob}\"")).map_err(|_| Refusal::UNAVAILABLE)?;
    let mut headers = HeaderMap::new();
    headers.insert(ETAG, tag.clone());
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(
        CACHE_CONTROL,
        HeaderValue::from_static("private, max-age=31536000, immutable"),
    );
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/octet-stream"),
    );
    if asked.get(IF_NONE_MATCH) == Some(&tag) {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    let wanted = match wanted_range(&asked, &tag, row.length) {
        Wanted::All => 0..row.length,
        Wanted::Part(range) => {
            let text = format!("bytes {}-{}/{}", range.start, range.end - 1, row.length);
            headers.extend(
                HeaderValue::try_from(text)
                    .ok()
                    .map(|value| (CONTENT_RANGE, value)),
            );
            range
        }
        Wanted::Nothing => {
            let text = format!("bytes */{}", row.length);
            headers.extend(
                HeaderValue::try_from(text)
                    .ok()
                    .map(|value| (CONTENT_RANGE, value)),
            );
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, headers).into_response());
        }
    };
    headers.insert(CONTENT_LENGTH, HeaderValue::from(wanted.end - wanted.start));
    let status = if headers.contains_key(CONTENT_RANGE) {
        StatusCode::PARTIAL_CONTENT
    } else {
        StatusCode::OK
    };
    Ok((status, headers, read(api.blobs, blob, wanted)).into_response())
}

enum Wanted {
    All,
    Part(Range<u64>),
    Nothing,
}

/// Reads one range; of several, or of what is no range of bytes, the whole is the answer (RFC 9110 §14.2).
fn wanted_range(asked: &HeaderMap, tag: &HeaderValue, length: u64) -> Wanted {
    let is_other = asked
        .get(IF_RANGE)
        .is_some_and(|condition| condition != tag);
    let text = asked
        .get(RANGE)
        .and_then(|value| value.to_str().ok()?.strip_prefix("bytes="));
    let Some((first, last)) = text
        .filter(|_| !is_other)
        .and_then(|text| text.split_once('-'))
    else {
        return Wanted::All;
    };
    let digits = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| text.parse::<u64>().ok())?
    };
    let range = match (first, last) {
        ("", "") => return Wanted::All,
        ("", suffix) => match digits(suffix) {
            Some(suffix) => length.saturating_sub(suffix)..length,
            None => return Wanted::All,
        },
        (first, "") => match digits(first) {
            Some(first) => first..length,
            None => return Wanted::All,
        },
        (first, last) => match (digits(first), digits(last)) {
            (Some(first), Some(last)) if first <= last => first..length.min(last.saturating_add(1)),
            _ => return Wanted::All,
        },
    };
    if range.start < range.end {
        Wanted::Part(range)
    } else {
        Wanted::Nothing
    }
}

fn read(blobs: Blobs, blob: BlobId, wanted: Range<u64>) -> Body {
    let pieces = stream::try_unfold(wanted, move |left| {
        let inner = Arc::clone(&blobs.0);
        async move {
            if left.is_empty() {
                return Ok(None);
            }
            let length = PIECE_BYTES.min(left.end - left.start);
            let piece =
                blocking(move || inner.files.read(blob, left.start, length as usize)).await?;
            ::metrics::counter!(name::BLOB_SENT).increment(length);
            Ok::<_, io::Error>(Some((Bytes::from(piece), left.start + length..left.end)))
        }
    });
    Body::from_stream(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str) -> Option<Range<u64>> {
        let headers = HeaderMap::from_iter([(RANGE, HeaderValue::try_from(text).unwrap())]);
        match wanted_range(&headers, &HeaderValue::from_static("\"a\""), 10) {
            Wanted::All => Some(0..10),
            Wanted::Part(range) => Some(range),
            Wanted::Nothing => None,
        }
    }

    #[test]
    fn ranges_are_read_as_http_does() {
        assert_eq!(range("bytes=2-4"), Some(2..5));
        assert_eq!(range("bytes=2-"), Some(2..10));
        assert_eq!(range("bytes=-3"), Some(7..10));
        assert_eq!(range("bytes=-30"), Some(0..10));
        assert_eq!(range("bytes=9-99"), Some(9..10));
        assert_eq!(range("bytes=10-"), None);
        assert_eq!(range("bytes=-0"), None);
        for whole in [
            "bytes=0-1,3-4",
            "lines=1-2",
            "bytes=4-2",
            "bytes=-",
            "bytes=+1-2",
            "bytes=99999999999999999999-",
        ] {
            assert_eq!(range(whole), Some(0..10), "{whole}");
        }
    }
}
