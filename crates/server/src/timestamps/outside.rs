//! Asking another authority.
//!
//! It learns a digest and this server's address: not who asked, and not for what. Its answer is handed on as it is; whoever
//! asked checks it.

use crate::waking::{Allowed, client, origin};
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{Client, Url};
use std::io;
use valise_timestamp::{MOST_REPLY_BYTES, QUERY_TYPE, REPLY_TYPE};
use valise_wire::{Problem, ProblemCode};

/// How long to wait before an authority that did not answer is asked again.
const AGAIN_MS: u64 = 10_000;

/// Another authority, which the operator named.
#[derive(Clone)]
pub struct Outside {
    client: Client,
    url: Url,
}

impl Outside {
    /// Takes an address. It may lead inside: the operator wrote it. Nothing that the authority says leads anywhere else.
    pub fn new(url: &str) -> Result<Self, io::Error> {
        let origin = origin(url).ok_or(io::ErrorKind::InvalidInput)?;
        Ok(Self {
            client: client(&Allowed::new(vec![origin]))?,
            url: url.parse().map_err(io::Error::other)?,
        })
    }

    /// Asks it.
    pub(crate) async fn ask(&self, question: Vec<u8>) -> Result<Vec<u8>, Problem> {
        self.answer(question).await.ok_or_else(|| {
            tracing::warn!("the timestamp authority does not answer");
            Problem {
                code: ProblemCode::Unavailable,
                retry_after_ms: Some(AGAIN_MS),
            }
        })
    }

    async fn answer(&self, question: Vec<u8>) -> Option<Vec<u8>> {
        let request = self
            .client
            .post(self.url.clone())
            .header(CONTENT_TYPE, QUERY_TYPE)
            .header(ACCEPT, REPLY_TYPE)
            .body(question);
        let mut response = request.send().await.ok()?;
        let kind = response.headers().get(CONTENT_TYPE)?;
        if !response.status().is_success() || kind != REPLY_TYPE {
            return None;
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.ok()? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > MOST_REPLY_BYTES {
                return None;
            }
        }
        Some(bytes)
    }
}
