//! The web client's files, and the headers that fence them in.
//!
//! What is handed out is a list that is fixed when the server starts: no path of a request ever reaches a file system.

pub mod archive;
mod fence;
mod shell;

pub use fence::Fence;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::Path;
use std::sync::Arc;

/// Pages of the single-page client: these show `index.html`, and so does what lies below those that end with a slash.
const PAGES: [&str; 17] = [
    "/",
    "/join",
    "/setup",
    "/open",
    "/renew",
    "/partner",
    "/link",
    "/group",
    "/guest",
    "/to",
    "/share",
    "/chat",
    "/people",
    "/settings",
    "/chat/",
    "/people/",
    "/settings/",
];

/// The page that verifies evidence, and where it is shown: no part of the client, and with a policy of its own.
const VERIFIER: &str = "verify.html";
const VERIFIER_PATH: &str = "/verify";

/// The web client's files in memory.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    files: Arc<HashMap<String, Asset>>,
}

#[derive(Debug)]
struct Asset {
    bytes: Bytes,
    brotli: Option<Bytes>,
    content_type: &'static str,
    /// Of the file and of its compressed form: a strong tag names bytes, not meaning.
    tags: [HeaderValue; 2],
    immutable: bool,
    /// What the page may do, if it says so itself.
    policy: Option<HeaderValue>,
}

impl Assets {
    /// Reads every file of a folder; `NAME.br` is the compressed form of `NAME`.
    pub fn from_dir(folder: &Path) -> io::Result<Self> {
        Ok(Self::from_files(archive::read_folder(folder)?))
    }

    /// Reads what [`archive::write`] wrote, for a binary that carries its files inside.
    pub fn from_archive(bytes: &'static [u8]) -> io::Result<Self> {
        let files = archive::read(bytes)
            .ok_or_else(|| io::Error::other("the web client's archive is damaged"))?;
        let files = files
            .into_iter()
            .map(|(name, bytes)| (name.to_owned(), Bytes::from_static(bytes)));
        Ok(Self::from_files(files.collect()))
    }

    /// Takes files by their names below the root.
    pub fn from_files(mut files: BTreeMap<String, Bytes>) -> Self {
        shell::announce(&mut files, &PAGES);
        let names: Vec<String> = files
            .keys()
            .filter(|name| !name.ends_with(".br"))
            .cloned()
            .collect();
        let mut assets = HashMap::new();
        for name in names {
            let brotli = files.remove(&format!("{name}.br"));
            if let Some(bytes) = files.remove(&name) {
                assets.insert(format!("/{name}"), Asset::new(&name, bytes, brotli));
            }
        }
        Self {
            files: Arc::new(assets),
        }
    }

    /// Tells whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Answers every path that no other route has.
    pub fn routes<S: Clone + Send + Sync + 'static>(&self) -> Router<S> {
        Router::new().fallback(answer).with_state(self.clone())
    }

    fn find(&self, path: &str) -> Option<&Asset> {
        let shows = |page: &&str| {
            path == *page || *page != "/" && page.ends_with('/') && path.starts_with(page)
        };
        let is_page = PAGES.iter().any(shows) && is_plain(path);
        self.files.get(match path {
            VERIFIER_PATH => "/verify.html",
            _ if is_page => "/index.html",
            path => path,
        })
    }
}

impl Asset {
    fn new(name: &str, bytes: Bytes, brotli: Option<Bytes>) -> Self {
        let tag = |bytes: &[u8], form: &str| {
            let digest = hex::encode(&Sha256::digest(bytes)[..16]);
            HeaderValue::try_from(format!("\"{digest}{form}\""))
                .unwrap_or_else(|_| HeaderValue::from_static("\"\""))
        };
        Self {
            tags: [tag(&bytes, ""), tag(&bytes, "-br")],
            content_type: content_type(name),
            immutable: is_hashed(name),
            policy: (name == VERIFIER).then(|| own_policy(&bytes)).flatten(),
            bytes,
            brotli,
        }
    }

    fn answer(&self, method: &Method, asked: &HeaderMap) -> Response {
        let brotli = self.brotli.as_ref().filter(|_| takes_brotli(asked));
        let tag = &self.tags[usize::from(brotli.is_some())];
        let mut response = Response::new(Body::empty());
        let headers = response.headers_mut();
        headers.insert(ETAG, tag.clone());
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        let caching = if self.immutable {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        };
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
        if let Some(policy) = &self.policy {
            headers.insert(CONTENT_SECURITY_POLICY, policy.clone());
        }
        if has_tag(asked, tag) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        if brotli.is_some() {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("br"));
        }
        if method == Method::GET {
            *response.body_mut() = Body::from(brotli.unwrap_or(&self.bytes).clone());
        }
        response
    }
}

async fn answer(State(assets): State<Assets>, request: Request) -> Response {
    let Some(asset) = assets.find(request.uri().path()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")]).into_response();
    }
    asset.answer(request.method(), request.headers())
}

/// Returns the policy that a page has in its head, and that nobody may frame it, which only a header can say. It names the page's scripts by
/// their digests: the client's policy would let none of them run.
fn own_policy(page: &[u8]) -> Option<HeaderValue> {
    const MARK: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"";
    let (_, rest) = std::str::from_utf8(page).ok()?.split_once(MARK)?;
    let (policy, _) = rest.split_once('"')?;
    HeaderValue::try_from(format!("{policy}; frame-ancestors 'none'")).ok()
}

/// Paths of the client's own pages hold ids and words, nothing that two readers decode differently.
fn is_plain(path: &str) -> bool {
    path.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_'))
}

fn takes_brotli(asked: &HeaderMap) -> bool {
    let values = asked
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|part| {
        let mut parts = part.split(';').map(str::trim);
        let is_refused = |quality: &str| matches!(quality, "q=0" | "q=0.0" | "q=0.00" | "q=0.000");
        parts.next() == Some("br") && !parts.any(is_refused)
    })
}

fn has_tag(asked: &HeaderMap, tag: &HeaderValue) -> bool {
    let values = asked
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split(','))
        .any(|part| part.trim().trim_start_matches("W/").as_bytes() == tag.as_bytes())
}

/// A name that holds eight hexadecimal digits of its content between separators never means other content.
fn is_hashed(name: &str) -> bool {
    let is_hash = |part: &str| {
        part.len() >= 8
            && part
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            && part.bytes().any(|byte| byte.is_ascii_digit())
    };
    let file = name.rsplit('/').next().unwrap_or_default();
    file.split(['.', '-']).skip(1).any(is_hash)
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "ftl" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests;
