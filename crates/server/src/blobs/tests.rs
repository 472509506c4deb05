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

#[tokio::test]
async fn a_file_goes_up_in_parts_and_comes_down_in_ranges() {
    let bench = Bench::new();
    let path = bench.made(ANNA, 10).await;
    let first = bench.patch(ANNA, &path, 0, "01234").await;
    assert_eq!(
        (first.status, first.header("upload-offset")),
        (StatusCode::NO_CONTENT, "5")
    );
    assert_eq!(
        bench.ask(BORIS, "GET", &path, &[], "").await.status,
        StatusCode::NOT_FOUND,
        "not complete yet"
    );
    assert_eq!(
        bench
            .patch(ANNA, &path, 5, "56789")
            .await
            .header("upload-offset"),
        "10"
    );

    let whole = bench.ask(BORIS, "GET", &path, &[], "").await;
    assert_eq!(
        (whole.status, whole.body.as_ref()),
        (StatusCode::OK, b"0123456789".as_slice())
    );
    let part = bench
        .ask(BORIS, "GET", &path, &[("range", "bytes=3-5")], "")
        .await;
    assert_eq!(
        (part.status, part.body.as_ref()),
        (StatusCode::PARTIAL_CONTENT, b"345".as_slice())
    );
    assert_eq!(part.header("content-range"), "bytes 3-5/10");
    let beyond = bench
        .ask(BORIS, "GET", &path, &[("range", "bytes=10-")], "")
        .await;
    assert_eq!(
        (beyond.status, beyond.header("content-range")),
        (StatusCode::RANGE_NOT_SATISFIABLE, "bytes */10")
    );
    let known = bench
        .ask(
            BORIS,
            "GET",
            &path,
            &[("if-none-match", whole.header("etag"))],
            "",
        )
        .await;
    assert_eq!(known.status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn strangers_see_nothing_and_change_nothing() {
    let bench = Bench::new();
    let path = bench.made(ANNA, 10).await;
    let nowhere = format!("{BLOBS_PATH}/{}", "0".repeat(32));
    let mut answers = Vec::new();
    for path in [&path, &nowhere] {
        for (method, headers) in [
            ("HEAD", vec![]),
            ("PATCH", patch_headers("0").to_vec()),
            ("DELETE", vec![]),
            ("GET", vec![]),
        ] {
            let answer = bench.ask(BORIS, method, path, &headers, "").await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{method}");
            answers.push((answer.headers, answer.body));
        }
    }
    assert_eq!(
        answers[..4],
        answers[4..],
        "what is there and what is not look the same"
    );
    assert_eq!(bench.offset(&path).await, "0", "the owner has it still");
    for nobody in [0x77, 0xff] {
        assert_eq!(
            bench.ask(nobody, "GET", &path, &[], "").await.status,
            StatusCode::UNAUTHORIZED
        );
        assert_eq!(
            bench.create(nobody, 1).await.status,
            StatusCode::UNAUTHORIZED
        );
    }
}

#[tokio::test]
async fn only_the_offset_that_is_durable_goes_on() {
    let bench = Bench::new();
    let path = bench.made(ANNA, 10).await;
    bench.patch(ANNA, &path, 0, "01234").await;
    for wrong in [0, 4, 6, 10] {
        assert_eq!(
            bench.patch(ANNA, &path, wrong, "x").await.status,
            StatusCode::CONFLICT
        );
    }
    assert_eq!(
        bench.patch(ANNA, &path, 5, "567890").await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    for wrong in ["-1", "+5", "5 ", "", "0x5"] {
        let answer = bench
            .ask(ANNA, "PATCH", &path, &patch_headers(wrong), "x")
            .await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
}

#[tokio::test]
async fn what_came_before_a_cut_is_kept() {
    let bench = Bench::new();
    let path = bench.made(ANNA, 10).await;
    assert_eq!(
        bench
            .patch(ANNA, &path, 0, broken(&["012", "34"]))
            .await
            .status,
        StatusCode::REQUEST_TIMEOUT
    );
    assert_eq!(bench.offset(&path).await, "5");
    assert_eq!(
        bench.patch(ANNA, &path, 5, "56789").await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        bench.ask(ANNA, "GET", &path, &[], "").await.body,
        "0123456789"
    );
}

#[tokio::test]
async fn a_dead_connection_lets_go_when_its_owner_comes_back() {
    let bench = Arc::new(Bench::new());
    let path = bench.made(ANNA, 10).await;
    let (sender, receiver) = futures_channel::mpsc::unbounded::<io::Result<&str>>();
    sender.unbounded_send(Ok("012")).unwrap();
    let hanging = tokio::spawn({
        let (bench, path) = (Arc::clone(&bench), path.clone());
        async move {
            bench
                .patch(ANNA, &path, 0, Body::from_stream(receiver))
                .await
                .status
        }
    });
    // The body never ends: without letting go, the next request would wait for ever.
    while bench.memory.files.lock().unwrap().is_empty() && !hanging.is_finished() {
        if bench.offset(&path).await == "3" {
            break;
        }
    }
    assert_eq!(hanging.await.unwrap(), StatusCode::REQUEST_TIMEOUT);
    drop(sender);
    let offset: u64 = bench.offset(&path).await.parse().unwrap();
    let rest = &"0123456789"[offset as usize..];
    assert_eq!(
        bench.patch(ANNA, &path, offset, rest).await.status,
        StatusCode::NO_CONTENT
    );
}

#[tokio::test]
async fn a_checksum_is_over_the_whole_body_or_nothing_is_kept() {
    let bench = Bench::new();
    let path = bench.made(ANNA, 5).await;
    let encode = |digest: &[u8]| base64::engine::general_purpose::STANDARD.encode(digest);
    let right = format!("sha256 {}", encode(&sha2::Sha256::digest("01234")));
    let wrong = format!("sha1 {}", encode(&[0; 20]));
    let headers = |sum| [patch_headers("0").as_slice(), &[("upload-checksum", sum)]].concat();
    let answer = bench
        .ask(ANNA, "PATCH", &path, &headers(wrong.as_str()), "01234")
        .await;
    assert_eq!(answer.status.as_u16(), 460);
    assert_eq!(bench.offset(&path).await, "0");
    let cut = bench
        .ask(
            ANNA,
            "PATCH",
            &path,
            &headers(right.as_str()),
            broken(&["012"]),
        )
        .await;
    assert_eq!(
        (cut.status, bench.offset(&path).await.as_str()),
        (StatusCode::REQUEST_TIMEOUT, "0")
    );
    let unknown = bench
        .ask(ANNA, "PATCH", &path, &headers("md5 AAAA"), "01234")
        .await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
    let answer = bench
        .ask(ANNA, "PATCH", &path, &headers(right.as_str()), "01234")
        .await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(bench.ask(ANNA, "GET", &path, &[], "").await.body, "01234");
}

#[tokio::test]
async fn names_of_files_and_odd_lengths_are_refused() {
    let bench = Bench::new();
    let metadata = [
        ("upload-length", "5"),
        ("upload-metadata", "filename d29ybGQ="),
    ];
    assert_eq!(
        bench
            .ask(ANNA, "POST", BLOBS_PATH, &metadata, "")
            .await
            .status,
        StatusCode::BAD_REQUEST
    );
    for length in ["", "0", "-1", "1e3", "99999999999999999999", "+5"] {
        let answer = bench
            .ask(ANNA, "POST", BLOBS_PATH, &[("upload-length", length)], "")
            .await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{length}");
    }
    assert_eq!(
        bench.create(ANNA, 64 * KIB + 1).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    let with_body = bench
        .ask(ANNA, "POST", BLOBS_PATH, &[("upload-length", "5")], "hello")
        .await;
    assert_eq!(with_body.status, StatusCode::BAD_REQUEST);
    assert_eq!(bench.blobs.quota(AccountId([ANNA; 16])).used_bytes, 0);
}

/// Lets so many uploads of 10 KiB begin at once; returns how many were let in.
async fn race(allowance: Allowance) -> u64 {
    let bench = Arc::new(Bench::with(allowance));
    let one = |_| {
        let bench = Arc::clone(&bench);
        tokio::spawn(async move { bench.create(ANNA, 10 * KIB).await.status })
    };
    let tasks: Vec<_> = (0..50).map(one).collect();
    let mut count = 0;
    for task in tasks {
        match task.await.unwrap() {
            StatusCode::CREATED => count += 1,
            status => assert_eq!(status, StatusCode::INSUFFICIENT_STORAGE),
        }
    }
    assert_eq!(
        bench.blobs.quota(AccountId([ANNA; 16])).used_bytes,
        count * 10 * KIB
    );
    count
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_at_once_never_get_more_than_the_quota() {
    assert_eq!(race(ALLOWANCE).await, 10, "of the account");
    assert_eq!(
        race(Allowance {
            total_bytes: 70 * KIB,
            ..ALLOWANCE
        })
        .await,
        7,
        "of the server"
    );
    assert_eq!(
        race(Allowance {
            account_bytes: u64::MAX,
            total_bytes: u64::MAX,
            ..ALLOWANCE
        })
        .await,
        50,
        "without"
    );
}

#[tokio::test]
async fn room_comes_back_by_deletion_and_by_time() {
    let bench = Bench::new();
    let anna = AccountId([ANNA; 16]);
    let (left, done) = (bench.made(ANNA, 50 * KIB).await, bench.made(ANNA, 5).await);
    bench.patch(ANNA, &left, 0, "abc").await;
    bench.patch(ANNA, &done, 0, "01234").await;
    bench.clock.0.store(1_000, Ordering::Relaxed);
    assert_eq!(bench.blobs.collect().await.unwrap(), 0, "not yet");
    bench.clock.0.store(1_001, Ordering::Relaxed);
    assert_eq!(bench.blobs.collect().await.unwrap(), 1);
    assert_eq!(
        bench.ask(ANNA, "HEAD", &left, &[], "").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        bench.blobs.quota(anna).used_bytes,
        4 * KIB,
        "the complete one stays"
    );
    assert_eq!(
        bench.ask(ANNA, "DELETE", &done, &[], "").await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(bench.blobs.quota(anna).used_bytes, 0);
    assert!(bench.memory.files.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_full_disk_refuses_and_recovers() {
    let bench = Bench::new();
    let path = bench.made(ANNA, 5).await;
    bench.memory.full.store(true, Ordering::Relaxed);
    assert_eq!(
        bench.patch(ANNA, &path, 0, "01234").await.status,
        StatusCode::INSUFFICIENT_STORAGE
    );
    bench.memory.full.store(false, Ordering::Relaxed);
    assert_eq!(bench.offset(&path).await, "0");
    assert_eq!(
        bench.patch(ANNA, &path, 0, "01234").await.status,
        StatusCode::NO_CONTENT
    );
}

#[tokio::test]
async fn after_a_crash_an_upload_goes_on_where_it_was_durable() {
    let folder = Folder::new("blobs-crash");
    let clock = Arc::new(Hand::default());
    let path;
    {
        let files = Files::open(&folder.path().join(FOLDER)).unwrap();
        let blobs = open(&folder, ALLOWANCE, &clock, Box::new(files));
        let bench = Bench {
            folder: Folder::new("unused"),
            blobs,
            clock: Arc::clone(&clock),
            memory: Memory::default(),
        };
        path = bench.made(ANNA, 10).await;
        bench.patch(ANNA, &path, 0, "01234").await;
    }
    // Bytes that were written and never noted, as a crash leaves them.
    let files = Files::open(&folder.path().join(FOLDER)).unwrap();
    let blob = BlobId::from_hex(path.rsplit('/').next().unwrap()).unwrap();
    let file = files.path(blob);
    std::fs::write(
        &file,
        [std::fs::read(&file).unwrap(), b"garbage".to_vec()].concat(),
    )
    .unwrap();
    let blobs = open(&folder, ALLOWANCE, &clock, Box::new(files));
    let bench = Bench {
        folder,
        blobs,
        clock,
        memory: Memory::default(),
    };
    assert_eq!(bench.offset(&path).await, "5");
    assert_eq!(
        bench.patch(ANNA, &path, 5, "56789").await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        bench.ask(ANNA, "GET", &path, &[], "").await.body,
        "0123456789"
    );
    assert_eq!(bench.blobs.quota(AccountId([ANNA; 16])).used_bytes, 4 * KIB);
    assert!(bench.folder.path().join(DATABASE).exists());
}

#[tokio::test]
async fn another_version_of_tus_is_told_which_one_is_spoken() {
    let bench = Bench::new();
    let request = Request::post(BLOBS_PATH)
        .header("tus-resumable", "0.2.2")
        .body(Body::empty())
        .unwrap();
    let response = bench
        .blobs
        .routes(Arc::new(Everybody))
        .oneshot(request)
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::PRECONDITION_FAILED);
    assert_eq!(response.headers()["tus-version"], "1.0.0");
    let answer = bench.ask(ANNA, "OPTIONS", BLOBS_PATH, &[], "").await;
    assert_eq!(
        (answer.status, answer.header("tus-max-size")),
        (StatusCode::NO_CONTENT, "65536")
    );
}

/// Makes a server without one of its checks.
fn without(switch: impl FnOnce(&mut Protections)) -> Bench {
    let mut bench = Bench::new();
    let inner = Arc::get_mut(&mut bench.blobs.0).expect("nobody else has it yet");
    switch(&mut inner.protections);
    bench
}

#[tokio::test]
async fn without_a_check_what_it_refuses_is_done() {
    let bench = without(|checks| checks.owner = false);
    let path = bench.made(ANNA, 5).await;
    assert_eq!(
        bench.patch(BORIS, &path, 0, "01234").await.status,
        StatusCode::NO_CONTENT
    );
    let bench = without(|checks| checks.offset = false);
    let path = bench.made(ANNA, 5).await;
    assert_eq!(
        bench.patch(ANNA, &path, 3, "01").await.status,
        StatusCode::NO_CONTENT
    );
    let bench = without(|checks| checks.session = false);
    let path = bench.made(ANNA, 5).await;
    bench.patch(ANNA, &path, 0, "01234").await;
    assert_eq!(
        bench.ask(0x77, "GET", &path, &[], "").await.status,
        StatusCode::OK
    );
    let bench = without(|checks| checks.complete = false);
    let path = bench.made(ANNA, 5).await;
    let tag = format!("\"{}\"", path.rsplit('/').next().unwrap());
    let headers = [("if-none-match", tag.as_str())];
    assert_eq!(
        bench.ask(BORIS, "GET", &path, &headers, "").await.status,
        StatusCode::NOT_MODIFIED
    );
}
