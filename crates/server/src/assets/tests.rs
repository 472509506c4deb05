use super::*;
use tower::ServiceExt;

fn assets() -> Assets {
    let files = [
        ("index.html", "<!doctype html>"),
        ("ui.js", "let a"),
        ("ui.js.br", "packed"),
        ("ui-0123abcd.js", "let b"),
        ("fonts/inter.css", "@font-face"),
        (
            "verify.html",
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">",
        ),
    ];
    Assets::from_files(
        files
            .map(|(name, text)| (name.to_owned(), Bytes::from(text)))
            .into(),
    )
}

async fn ask(path: &str, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap, Bytes) {
    let builder = headers
        .iter()
        .fold(Request::get(path), |builder, (name, value)| {
            builder.header(*name, *value)
        });
    let request = builder.body(Body::empty()).unwrap();
    let response = assets().routes::<()>().oneshot(request).await.unwrap();
    let (head, body) = response.into_parts();
    (
        head.status,
        head.headers,
        axum::body::to_bytes(body, usize::MAX).await.unwrap(),
    )
}

#[tokio::test]
async fn pages_of_the_client_show_the_index() {
    for path in [
        "/",
        "/join",
        "/setup",
        "/open",
        "/renew",
        "/partner",
        "/link",
        "/group",
        "/to",
        "/chat/00ff-a_b",
        "/settings",
    ] {
        let (status, headers, body) = ask(path, &[]).await;
        assert_eq!(
            (status, body.as_ref()),
            (StatusCode::OK, b"<!doctype html>".as_slice()),
            "{path}"
        );
        assert_eq!(headers[CONTENT_TYPE], "text/html; charset=utf-8");
    }
}

#[tokio::test]
async fn the_page_that_verifies_keeps_its_own_policy_inside_the_fence() {
    let fence = Fence::new(&crate::config::Origin::localhost(8440));
    let policy = async |path: &str| {
        let routes = fence.clone().around(assets().routes());
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = routes.oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["x-frame-options"], "DENY");
        let policy = &response.headers()[CONTENT_SECURITY_POLICY];
        policy.to_str().unwrap().to_owned()
    };
    let own = "default-src 'none'; frame-ancestors 'none'";
    assert_eq!(policy("/verify").await, own);
    assert_eq!(policy("/verify.html").await, own);
    assert!(policy("/").await.contains("connect-src 'self'"));
}

#[tokio::test]
async fn what_is_not_on_the_list_is_not_there() {
    let paths = [
        "/nothing",
        "/chat/../ui.js",
        "/..%2fCargo.toml",
        "/%2e%2e/x",
        "/chat/%00",
        "//ui.js",
        "/ui.js/",
        "/ui.js.br",
        "/UI.js",
        "/fonts",
        "/fonts/../ui.js",
        "/chat/%252e%252e",
        "/metrics",
        "/joined",
    ];
    for path in paths {
        assert_eq!(ask(path, &[]).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_compressed_form_goes_to_those_who_take_it() {
    let (_, headers, body) = ask("/ui.js", &[("accept-encoding", "gzip, br;q=1.0")]).await;
    assert_eq!(
        (headers[CONTENT_ENCODING].as_bytes(), body.as_ref()),
        (b"br".as_slice(), b"packed".as_slice())
    );
    for refused in ["gzip", "br;q=0", "brotli"] {
        let (_, headers, body) = ask("/ui.js", &[("accept-encoding", refused)]).await;
        assert!(
            !headers.contains_key(CONTENT_ENCODING) && body == "let a",
            "{refused}"
        );
        assert_eq!(headers[VARY], "accept-encoding");
    }
}

#[tokio::test]
async fn only_hashed_names_are_kept_without_asking() {
    let (_, headers, _) = ask("/ui-0123abcd.js", &[]).await;
    assert!(
        headers[CACHE_CONTROL]
            .to_str()
            .unwrap()
            .contains("immutable")
    );
    let (_, headers, _) = ask("/ui.js", &[]).await;
    assert_eq!(headers[CACHE_CONTROL], "no-cache");
    let tag = headers[ETAG].to_str().unwrap().to_owned();
    assert!(tag.starts_with('"'), "strong");
    let (status, _, body) = ask("/ui.js", &[("if-none-match", &tag)]).await;
    assert_eq!((status, body.len()), (StatusCode::NOT_MODIFIED, 0));
    let (status, ..) = ask(
        "/ui.js",
        &[("if-none-match", &tag), ("accept-encoding", "br")],
    )
    .await;
    assert_eq!(status, StatusCode::OK, "other bytes have another tag");
}

#[test]
fn an_archive_comes_back_and_a_damaged_one_does_not() {
    let files = BTreeMap::from([
        ("a/b.js".to_owned(), b"x".to_vec()),
        ("index.html".to_owned(), Vec::new()),
    ]);
    let packed = archive::write(&files).unwrap();
    let unpacked = archive::read(&packed).unwrap();
    assert_eq!(
        unpacked,
        BTreeMap::from([("a/b.js", b"x".as_slice()), ("index.html", b"".as_slice())])
    );
    let whole = [8, packed.len() - 18, packed.len()];
    for length in (0..packed.len()).filter(|length| !whole.contains(length)) {
        assert!(
            archive::read(&packed[..length]).is_none(),
            "cut at {length}"
        );
    }
}

#[tokio::test]
async fn the_service_worker_knows_every_file_by_its_digest() {
    let files = |ui: &'static str| {
        let files = [
            ("index.html", "<!doctype html>"),
            ("ui.js", ui),
            ("ui.js.br", "packed"),
            ("licences/a.txt", "terms"),
            ("pdf/viewer.mjs", "let p"),
            ("fonts/inter.css", "@font-face"),
            ("fonts/inter-latin-wght-normal.woff2", "l"),
            ("fonts/inter-latin-ext-wght-normal.woff2", "x"),
            ("fonts/inter-cyrillic-wght-normal.woff2", "c"),
            ("words/ru.ftl", "close = Закрыть"),
            ("sw.js", "work()"),
            ("sw.js.br", "packed without the list"),
        ];
        files.map(|(name, text)| (name.to_owned(), Bytes::from(text)))
    };
    let script = |ui| {
        let assets = Assets::from_files(files(ui).into());
        let asset = assets.find("/sw.js").unwrap();
        assert!(asset.brotli.is_none());
        String::from_utf8(asset.bytes.to_vec()).unwrap()
    };
    let first = script("let a");
    let (head, rest) = first.split_once('\n').unwrap();
    assert_eq!(rest, "work()");
    let head = head
        .strip_prefix("const SHELL = ")
        .and_then(|head| head.strip_suffix(';'));
    let shell: serde_json::Value = serde_json::from_str(head.unwrap()).unwrap();
    let kept: Vec<&String> = shell["files"].as_object().unwrap().keys().collect();
    let fonts = ["cyrillic", "latin-ext", "latin"]
        .map(|script| format!("/fonts/inter-{script}-wght-normal.woff2"));
    let [cyrillic, other, latin] = fonts.each_ref().map(String::as_str);
    assert_eq!(
        kept,
        [
            "/",
            cyrillic,
            other,
            latin,
            "/fonts/inter.css",
            "/pdf/viewer.mjs",
            "/ui.js",
            "/words/ru.ftl"
        ]
    );
    assert_eq!(
        shell["later"],
        serde_json::json!([other, "/pdf/viewer.mjs", "/words/ru.ftl"])
    );
    // `printf 'let a' | openssl dgst -sha256 -binary | base64`
    assert_eq!(
        shell["files"]["/ui.js"],
        "sha256-IfEXP/8HLuXoAiy0hZVrCAcjcLsZqYFpLOHDGj8enqE="
    );
    let second = script("let b");
    assert_ne!(first, second, "a browser takes it as new");
    assert_eq!(first, script("let a"), "and only then");
}
