use super::*;
use axum::routing::{get, post};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

struct Running {
    address: SocketAddr,
    drain: Drain,
    ended: tokio::task::JoinHandle<bool>,
}

async fn start(adjust: impl FnOnce(&mut Config), routes: Router) -> Running {
    let mut config = Config::default();
    adjust(&mut config);
    let listener = bind(([127, 0, 0, 1], 0).into()).unwrap();
    let address = listener.local_addr().unwrap();
    let drain = Drain::default();
    let ended = tokio::spawn({
        let drain = drain.clone();
        async move { serve(listener, None, routes, &config, drain).await }
    });
    Running {
        address,
        drain,
        ended,
    }
}

fn routes() -> Router {
    Router::new().route("/", get(async || "here")).route(
        "/in",
        post(async |body: bytes::Bytes| body.len().to_string()),
    )
}

async fn talk(address: SocketAddr, sent: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(sent.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn an_honest_request_is_answered() {
    let server = start(|_| {}, routes()).await;
    let answer = talk(
        server.address,
        "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    )
    .await;
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.ends_with("here"),
        "{answer}"
    );
}

#[tokio::test]
async fn malformed_heads_are_refused_and_the_connection_ends() {
    let server = start(|_| {}, routes()).await;
    let many: String = (0..101).map(|number| format!("h{number}: 1\r\n")).collect();
    let cases = [
        (format!("GET / HTTP/1.1\r\nHost: x\r\nbig: {}\r\n\r\n", "a".repeat(17 << 10)), "431"),
        (format!("GET / HTTP/1.1\r\nHost: x\r\n{many}\r\n"), "431"),
        ("GET / HTTP/1.1\r\nHost: x\r\nna\0me: 1\r\n\r\n".into(), "400"),
        ("GET / HTTP/1.1\r\nHost: x\r\na: 1\r\n folded\r\n\r\n".into(), "400"),
        ("POST /in HTTP/1.1\r\nHost: x\r\nContent-Length: 9223372036854775808\r\n\r\n".into(), "4"),
        ("POST /in HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n".into(), "400"),
        ("POST /in HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab".into(), "400"),
        ("POST /in HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".into(), "411"),
        ("POST /in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n".into(), "4"),
        ("GET http://other/ HTTP/1.1\r\nHost: x\r\n\r\n".into(), "400"),
        ("GET / HTTP/1.1\r\n\r\n".into(), "400"),
    ];
    for (sent, status) in cases {
        // `talk` returns only because the connection ended.
        let answer = talk(server.address, &sent).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{sent:.80}: {answer}"
        );
    }
}

#[tokio::test]
async fn whoever_sends_no_head_is_ended() {
    let server = start(|config| config.limits.header_seconds = 1, routes()).await;
    for sent in ["", "GET / HT"] {
        talk(server.address, sent).await;
    }
}

#[tokio::test]
async fn one_address_has_so_many_connections() {
    let server = start(|config| config.limits.connections_per_address = 1, routes()).await;
    let mut first = TcpStream::connect(server.address).await.unwrap();
    first
        .write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        .await
        .unwrap();
    assert!(
        first.read(&mut [0; 64]).await.unwrap() > 0,
        "the first is inside"
    );
    assert_eq!(
        talk(server.address, "").await,
        "",
        "the second is ended without a word"
    );
}

#[tokio::test]
async fn a_drain_lets_what_is_under_way_end_and_takes_nothing_new() {
    let entered = Arc::new(tokio::sync::Notify::new());
    let go_on = Arc::new(tokio::sync::Notify::new());
    let slow = get({
        let (entered, go_on) = (Arc::clone(&entered), Arc::clone(&go_on));
        move || async move {
            entered.notify_one();
            go_on.notified().await;
            "done"
        }
    });
    let server = start(|_| {}, Router::new().route("/", slow)).await;
    let asking = tokio::spawn(talk(server.address, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
    entered.notified().await;
    server.drain.begin();
    assert!(!server.ended.is_finished());
    go_on.notify_one();
    assert!(asking.await.unwrap().ends_with("done"));
    assert!(server.ended.await.unwrap(), "all came to their end");
    assert!(TcpStream::connect(server.address).await.is_err());
}
