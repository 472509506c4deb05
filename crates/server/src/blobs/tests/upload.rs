//! Bytes up and down.

use super::*;

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
    let takes_room = bench
        .memory
        .files
        .lock()
        .unwrap()
        .values()
        .any(|file| !file.is_empty());
    assert!(!takes_room, "what does not count takes no room");
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
