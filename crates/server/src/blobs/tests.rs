mod refuse;
mod room;
mod upload;

use super::*;
use crate::scratch::Folder;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use base64::Engine as _;
use bytes::Bytes;
use sha2::Digest;
use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use tower::ServiceExt;

const ANNA: u8 = 1;
const BORIS: u8 = 2;
const KIB: u64 = 1 << 10;

/// Account N has the token of N bytes.
struct Everybody;

impl Sessions for Everybody {
    fn account(
        &self,
        token: [u8; 32],
        _now: Timestamp,
    ) -> Pin<Box<dyn Future<Output = Option<AccountId>> + Send + '_>> {
        let account =
            (token[0] < 10 && token == [token[0]; 32]).then_some(AccountId([token[0]; 16]));
        Box::pin(std::future::ready(account))
    }

    fn part_elsewhere(
        &self,
        _: valise_wire::OrganisationId,
        _: valise_wire::BlobId,
        _: u64,
        _: u32,
    ) -> futures_util::future::BoxFuture<'_, Option<valise_wire::partner::BlobPart>> {
        Box::pin(std::future::ready(None))
    }
}

#[derive(Default)]
struct Hand(AtomicU64);

impl Clock for Hand {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}

/// Keeps what is synced apart from what is written, and can be full.
#[derive(Clone, Default)]
struct Memory {
    files: Arc<Mutex<HashMap<BlobId, Vec<u8>>>>,
    full: Arc<AtomicBool>,
}

struct MemoryPart(Memory, BlobId);

impl BlobStore for Memory {
    fn append(&self, blob: BlobId, offset: u64) -> io::Result<Box<dyn Part>> {
        self.files
            .lock()
            .unwrap()
            .entry(blob)
            .or_default()
            .truncate(offset as usize);
        Ok(Box::new(MemoryPart(self.clone(), blob)))
    }

    fn read(&self, blob: BlobId, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let files = self.files.lock().unwrap();
        let bytes = files.get(&blob).ok_or(io::ErrorKind::NotFound)?;
        Ok(bytes[offset as usize..offset as usize + length].to_vec())
    }

    fn delete(&self, blob: BlobId) -> io::Result<()> {
        self.files.lock().unwrap().remove(&blob);
        Ok(())
    }
}

impl Part for MemoryPart {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.0.full.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.0
            .files
            .lock()
            .unwrap()
            .entry(self.1)
            .or_default()
            .extend(bytes);
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Bench {
    folder: Folder,
    blobs: Blobs,
    clock: Arc<Hand>,
    memory: Memory,
}

const ALLOWANCE: Allowance = Allowance {
    file_bytes: 64 * KIB,
    account_bytes: 100 * KIB,
    total_bytes: 150 * KIB,
};

impl Bench {
    fn new() -> Self {
        Self::with(ALLOWANCE)
    }

    fn with(allowance: Allowance) -> Self {
        let folder = Folder::new("blobs");
        let (clock, memory) = (Arc::new(Hand::default()), Memory::default());
        let blobs = open(&folder, allowance, &clock, Box::new(memory.clone()));
        Self {
            folder,
            blobs,
            clock,
            memory,
        }
    }

    async fn ask(
        &self,
        account: u8,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let token = hex::encode([account; 32]);
        let builder = Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", format!("Bearer {token}"));
        let builder = builder.header("tus-resumable", "1.0.0");
        let builder = headers.iter().fold(builder, |builder, (name, value)| {
            builder.header(*name, *value)
        });
        let routes = self.blobs.routes(Arc::new(Everybody));
        let response = routes
            .oneshot(builder.body(body.into()).unwrap())
            .await
            .unwrap();
        let (head, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: head.status,
            headers: head.headers,
            body,
        }
    }

    async fn create(&self, account: u8, length: u64) -> Answer {
        self.ask(
            account,
            "POST",
            BLOBS_PATH,
            &[("upload-length", &length.to_string())],
            "",
        )
        .await
    }

    async fn made(&self, account: u8, length: u64) -> String {
        let answer = self.create(account, length).await;
        assert_eq!(answer.status, StatusCode::CREATED);
        answer.header("location").to_owned()
    }

    async fn patch(&self, account: u8, path: &str, offset: u64, body: impl Into<Body>) -> Answer {
        self.ask(
            account,
            "PATCH",
            path,
            &patch_headers(&offset.to_string()),
            body,
        )
        .await
    }

    async fn offset(&self, path: &str) -> String {
        self.ask(ANNA, "HEAD", path, &[], "")
            .await
            .header("upload-offset")
            .to_owned()
    }
}

fn open(
    folder: &Folder,
    allowance: Allowance,
    clock: &Arc<Hand>,
    files: Box<dyn BlobStore>,
) -> Blobs {
    let keep = Keep {
        abandoned_ms: 1_000,
        complete_ms: Some(1_000_000),
    };
    Blobs::with(
        files,
        &folder.path().join(DATABASE),
        allowance,
        keep,
        Arc::clone(clock) as _,
    )
    .unwrap()
}

fn patch_headers(offset: &str) -> [(&str, &str); 2] {
    [
        ("upload-offset", offset),
        ("content-type", "application/offset+octet-stream"),
    ]
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

/// A body that brings some pieces and then breaks.
fn broken(pieces: &[&'static str]) -> Body {
    let pieces: Vec<io::Result<&str>> = pieces.iter().map(|piece| Ok(*piece)).collect();
    let end = std::iter::once(Err(io::ErrorKind::ConnectionReset.into()));
    Body::from_stream(futures_util::stream::iter(pieces.into_iter().chain(end)))
}
