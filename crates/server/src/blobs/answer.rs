//! Answers of the attachments' part: tus headers and problem documents (RFC 9457).

use super::LedgerError;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::io;
use valise_wire::ProblemCode;

/// A refusal: a status, and the code that the rest of the protocol uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refusal {
    status: StatusCode,
    code: ProblemCode,
    title: &'static str,
}

impl Refusal {
    const fn new(status: StatusCode, code: ProblemCode, title: &'static str) -> Self {
        Self {
            status,
            code,
            title,
        }
    }

    pub(super) const fn malformed(title: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, ProblemCode::Malformed, title)
    }

    /// One answer for what is not there, what is not complete and what is somebody else's.
    pub(super) const NOT_FOUND: Self =
        Self::new(StatusCode::NOT_FOUND, ProblemCode::Refused, "not found");
    pub(super) const NO_SESSION: Self = Self::new(
        StatusCode::UNAUTHORIZED,
        ProblemCode::Unauthenticated,
        "no session",
    );
    pub(super) const VERSION: Self = Self::new(
        StatusCode::PRECONDITION_FAILED,
        ProblemCode::UnsupportedVersion,
        "only tus 1.0.0 is spoken",
    );
    pub(super) const TOO_LARGE: Self = Self::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        ProblemCode::TooLarge,
        "too large",
    );
    pub(super) const FULL: Self = Self::new(
        StatusCode::INSUFFICIENT_STORAGE,
        ProblemCode::StorageFull,
        "no room is left",
    );
    pub(super) const OFFSET: Self = Self::new(
        StatusCode::CONFLICT,
        ProblemCode::Conflict,
        "the upload continues at another offset",
    );
    pub(super) const MEDIA_TYPE: Self = Self::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ProblemCode::Malformed,
        "must be application/offset+octet-stream",
    );
    pub(super) const CUT_OFF: Self = Self::new(
        StatusCode::REQUEST_TIMEOUT,
        ProblemCode::Unavailable,
        "the body ended early; go on from the offset",
    );
    pub(super) const TOO_MANY: Self = Self::new(
        StatusCode::TOO_MANY_REQUESTS,
        ProblemCode::RateLimited,
        "too many unfinished uploads",
    );
    pub(super) const UNAVAILABLE: Self = Self::new(
        StatusCode::SERVICE_UNAVAILABLE,
        ProblemCode::Unavailable,
        "not now",
    );

    /// The status that tus gives to a wrong checksum has no name.
    pub(super) fn checksum() -> Self {
        let status = StatusCode::from_u16(460).unwrap_or(StatusCode::BAD_REQUEST);
        Self::new(status, ProblemCode::Invalid, "the checksum is another")
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let code = self.code as u64;
        let body = json!({
            "type": format!("urn:valise:problem:{code}"),
            "title": self.title,
            "status": self.status.as_u16(),
            "code": code,
        });
        let mut response = (self.status, body.to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        headers.extend(tus_headers());
        response
    }
}

impl From<LedgerError> for Refusal {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::TooLarge => Self::TOO_LARGE,
            LedgerError::Full => Self::FULL,
            LedgerError::TooMany => Self::TOO_MANY,
            LedgerError::Taken => Self::UNAVAILABLE,
            LedgerError::Database(error)
                if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull) =>
            {
                Self::FULL
            }
            LedgerError::Database(error) => {
                tracing::error!(%error, "the ledger of attachments failed");
                Self::UNAVAILABLE
            }
        }
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::FULL,
            kind => {
                tracing::error!(?kind, "the folder of attachments failed");
                Self::UNAVAILABLE
            }
        }
    }
}

/// Headers that every answer to a tus request has.
pub(super) fn tus_headers() -> HeaderMap {
    let pairs = [("tus-resumable", "1.0.0"), ("tus-version", "1.0.0")];
    let mut headers: HeaderMap = pairs
        .into_iter()
        .map(|(name, value)| {
            (
                axum::http::HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        })
        .collect();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers
}
