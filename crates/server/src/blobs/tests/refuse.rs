//! Who and what is refused.

use super::*;

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
