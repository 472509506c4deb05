//! A real socket on loopback, and everything bad that may come over it.

use crate::stage::*;
use futures_util::{SinkExt, StreamExt};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};
use valise_server::Clock;
use valise_server::accept::{Drain, serve};
use valise_server::config::Config;
use valise_server::http::router;
use valise_server::service::Protections;
use valise_wire::frame::{Ask, ClientFrame, Hello, MAX_FRAME_BYTES, ServerFrame};
use valise_wire::policy::RoomKind;
use valise_wire::push::{Push, Reason};
use valise_wire::request::*;
use valise_wire::{Problem, ProblemCode, Timestamp, from_bytes, to_bytes};

struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        START
    }
}

struct Server {
    stage: Stage,
    address: SocketAddr,
    drain: Drain,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.drain.begin();
    }
}

impl Server {
    async fn start(stage: Stage) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let routes = router(stage.service.clone(), Arc::new(Still), ORIGIN);
        let drain = Drain::default();
        let (config, end) = (Config::default(), drain.clone());
        tokio::spawn(async move { serve(listener, None, routes, &config, end).await });
        Self {
            stage,
            address,
            drain,
        }
    }

    /// Sends raw bytes and returns the status of the answer, 0 if the connection is just closed.
    async fn raw(&self, bytes: &[u8]) -> (u16, String) {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        // The server may answer and close before everything was written.
        let _ = stream.write_all(bytes).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        let text = String::from_utf8_lossy(&answer).into_owned();
        (
            text.split(' ')
                .nth(1)
                .and_then(|status| status.parse().ok())
                .unwrap_or(0),
            text,
        )
    }

    async fn post(&self, headers: &str, body: &[u8]) -> (u16, String) {
        let head = format!(
            "POST /v1/call HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n",
            body.len()
        );
        self.raw(&[head.as_bytes(), body].concat()).await
    }

    async fn connect(&self, token: [u8; 32]) -> Socket {
        let (socket, _) =
            tokio_tungstenite::connect_async(format!("ws://{}/v1/socket", self.address))
                .await
                .unwrap();
        let mut socket = Socket(socket);
        socket
            .say(&ClientFrame::Hello(Hello { version: 1, token }))
            .await;
        socket
    }

    async fn signed_in(&self) -> Socket {
        let mut socket = self
            .connect(self.stage.token(&self.stage.founder).unwrap())
            .await;
        assert!(matches!(socket.hear().await, Some(ServerFrame::Welcome(_))));
        socket
    }
}

const CBOR: &str = "content-type: application/cbor\r\n";

struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    async fn say(&mut self, frame: &ClientFrame) {
        self.0
            .send(Message::Binary(to_bytes(frame).into()))
            .await
            .unwrap();
    }

    async fn ask(&mut self, number: u64, request: impl Into<Request>) {
        self.say(&ClientFrame::Ask(Ask {
            number,
            request: request.into(),
        }))
        .await;
    }

    async fn hear(&mut self) -> Option<ServerFrame> {
        loop {
            match self.0.next().await?.ok()? {
                Message::Binary(bytes) => return Some(from_bytes(&bytes).unwrap()),
                Message::Close(_) => return None,
                _ => {}
            }
        }
    }

    /// Waits for the end, and returns the reason that the server said.
    async fn end(&mut self) -> Option<Reason> {
        let mut reason = None;
        while let Some(frame) = self.hear().await {
            if let ServerFrame::Push(Push::Bye(bye)) = frame {
                reason = Some(bye.reason);
            }
        }
        reason
    }
}

fn challenge() -> Vec<u8> {
    to_bytes(&Request::from(GetChallenge {}))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_is_answered_and_a_refusal_says_its_code() {
    let server = Server::start(Stage::new()).await;
    assert_eq!(server.post(CBOR, &challenge()).await.0, 200);
    let (status, text) = server
        .post(
            &format!("{CBOR}accept: application/problem+json\r\n"),
            &to_bytes(&Request::from(Sync {})),
        )
        .await;
    assert_eq!(status, 401);
    assert!(
        text.contains("application/problem+json") && text.contains("\"code\":3"),
        "{text}"
    );
    assert_eq!(
        server
            .raw(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            .await
            .0,
        200
    );
    assert_eq!(
        server
            .raw(b"GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            .await
            .0,
        200
    );
    let (status, text) = server.raw(b"GET /.well-known/valise/organisation HTTP/1.1\r\nhost: x\r\naccept: application/json\r\nconnection: close\r\n\r\n").await;
    assert!(status == 200 && text.contains("ministry.example"), "{text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bi_01_a_body_over_its_limit_is_refused_before_it_is_read() {
    let server = Server::start(Stage::new()).await;
    // Nobody waits for what was declared and is not wanted.
    let begin = |length: u32, body: &[u8]| {
        let head =
            format!("POST /v1/call HTTP/1.1\r\nhost: x\r\n{CBOR}content-length: {length}\r\n\r\n");
        [head.as_bytes(), body].concat()
    };
    assert_eq!(server.raw(&begin(30_000_000, &challenge())).await.0, 413);
    assert_eq!(server.raw(&begin(5_000, &challenge())).await.0, 413);
    let chunked = format!(
        "POST /v1/call HTTP/1.1\r\nhost: x\r\n{CBOR}transfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    );
    assert_eq!(server.raw(chunked.as_bytes()).await.0, 411);
    // What needs a session is not read without one.
    assert_eq!(server.raw(&begin(100_000, &[0x82, 24, 31])).await.0, 401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bi_02_06_lengths_and_heads_that_lie_end_the_connection() {
    let server = Server::start(Stage::new()).await;
    for length in [
        "-1",
        "99999999999999999999999",
        "9223372036854775808",
        "1\r\ncontent-length: 2",
        "0x10",
    ] {
        let head =
            format!("POST /v1/call HTTP/1.1\r\nhost: x\r\n{CBOR}content-length: {length}\r\n\r\n");
        let (status, text) = server.raw(&[head.as_bytes(), &challenge()].concat()).await;
        assert!(matches!(status, 0 | 400 | 413), "{length}: {text}");
    }
    let many: String = (0..200)
        .map(|number| format!("x-{number}: y\r\n"))
        .collect();
    let long = format!("x: {}\r\n", "y".repeat(20_000));
    for headers in [
        many.as_str(),
        long.as_str(),
        "bad\0name: y\r\n",
        "folded: a\r\n b\r\n",
    ] {
        let (status, text) = server.post(&format!("{CBOR}{headers}"), &challenge()).await;
        assert!(matches!(status, 0 | 400 | 431), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bi_09_10_unknown_paths_methods_and_types_find_nothing() {
    let server = Server::start(Stage::new()).await;
    let long = format!("/{}", "a".repeat(8_000));
    for path in [
        "/v1/nothing",
        "/v1/call/..%2f..%2fetc/passwd",
        "/%00",
        "/v1%2fcall",
        "/..;/v1/call",
        &long,
    ] {
        let head = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        let (status, text) = server.raw(head.as_bytes()).await;
        assert!(matches!(status, 0 | 400 | 404 | 414), "{path}: {text}");
    }
    for method in ["GET", "DELETE", "BREW"] {
        let head = format!("{method} /v1/call HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        assert_eq!(server.raw(head.as_bytes()).await.0, 405, "{method}");
    }
    for kind in [
        "",
        "content-type: application/json\r\n",
        "content-type: application/cbor; charset=utf-7\r\n",
        "content-type: text/plain\r\n",
    ] {
        assert_eq!(server.post(kind, &challenge()).await.0, 415, "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bi_12_only_the_one_encoding_is_taken() {
    let server = Server::start(Stage::new()).await;
    let deep = [0x81; 10_000];
    let bodies: [&[u8]; 10] = [
        b"",
        b"\x82",
        b"{}",
        &deep,
        b"\x82\x04\x9f\xff",
        b"\x82\x04\x9b\x10\x00\x00\x00\x00\x00\x00\x00",
        b"\x82\x04\x80\x00",
        b"\x82\x18\x04\x80",
        b"\x82\x04\xf9\x7e\x00",
        b"\x82\x04\x81\x00",
    ];
    for body in bodies {
        assert_eq!(
            server.post(CBOR, body).await.0,
            400,
            "{:02x?}",
            &body[..body.len().min(12)]
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bi_15_25_27_other_rooms_other_tokens_other_times() {
    let stage = Stage::new();
    stage.room(RoomKind::Group, &[]);
    let message = stage.message(&stage.founder, 1, "text");
    let server = Server::start(stage).await;
    let mut socket = server.signed_in().await;
    let elsewhere = Send {
        room: valise_wire::RoomId([1; 16]),
        ..message.clone()
    };
    let late = Send {
        epoch: message.epoch + 1,
        ..message
    };
    let absurd = ReadEvents {
        room: ROOM,
        after: u64::MAX,
        limit: u32::MAX,
    };
    socket.ask(1, elsewhere).await;
    socket.ask(2, late).await;
    socket.ask(3, absurd).await;
    let mut codes = Vec::new();
    for _ in 0..3 {
        match socket.hear().await {
            Some(ServerFrame::Refusal(refusal)) => {
                codes.push((refusal.number, Some(refusal.problem.code)))
            }
            Some(ServerFrame::Answer(answer)) => codes.push((answer.number, None)),
            other => panic!("{other:?}"),
        }
    }
    codes.sort();
    assert_eq!(
        codes,
        [
            (1, Some(ProblemCode::Malformed)),
            (2, Some(ProblemCode::Malformed)),
            (3, None)
        ]
    );
    // No token, a wrong one, and one that is no token.
    let sync = to_bytes(&Request::from(Sync {}));
    for token in [
        "",
        "authorization: Bearer AAAA\r\n",
        "authorization: Bearer eyJhbGciOiJub25lIn0.e30.\r\n",
    ] {
        assert_eq!(server.post(&format!("{CBOR}{token}"), &sync).await.0, 401);
    }
    let mut wrong = server.connect([9; 32]).await;
    assert_eq!(wrong.end().await, Some(Reason::SessionExpired));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bi_20_what_is_no_frame_ends_the_socket() {
    let server = Server::start(Stage::new()).await;
    let messages = [
        Message::Binary(vec![0xff; 20].into()),
        Message::Text("hello".into()),
        Message::Binary(
            to_bytes(&ClientFrame::Hello(Hello {
                version: 1,
                token: [0; 32],
            }))
            .into(),
        ),
    ];
    for message in messages {
        let mut socket = server.signed_in().await;
        socket.0.send(message).await.unwrap();
        assert_eq!(socket.end().await, Some(Reason::Misbehaved));
    }
    // Nobody talks before the greeting.
    let (socket, _) =
        tokio_tungstenite::connect_async(format!("ws://{}/v1/socket", server.address))
            .await
            .unwrap();
    let mut socket = Socket(socket);
    socket.ask(1, Sync {}).await;
    assert_eq!(socket.end().await, Some(Reason::Misbehaved));
    // Too large: the library ends it.
    let mut socket = server.signed_in().await;
    let _ = socket
        .0
        .send(Message::Binary(vec![0; MAX_FRAME_BYTES + 1].into()))
        .await;
    assert_eq!(socket.end().await, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bi_20_raw_frames_that_no_client_sends_end_the_socket() {
    let server = Server::start(Stage::new()).await;
    let upgrade = b"GET /v1/socket HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-extensions: permessage-deflate\r\n\r\n";
    // Unmasked, a reserved opcode, a fragmented ping, 2⁶³ bytes, and a compressed frame.
    let frames: [&[u8]; 5] = [
        b"\x82\x01a",
        b"\x83\x80\0\0\0\0",
        b"\x09\x80\0\0\0\0",
        b"\x82\xff\x80\0\0\0\0\0\0\0\0\0\0\0",
        b"\xc2\x80\0\0\0\0",
    ];
    for frame in frames {
        let (status, text) = server.raw(&[upgrade.as_slice(), frame].concat()).await;
        assert_eq!(status, 101, "{text}");
        assert!(
            !text.to_lowercase().contains("permessage-deflate"),
            "compression stays off"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bi_21_a_flood_of_frames_is_ended_and_others_go_on() {
    let server = Server::start(Stage::new()).await;
    let (mut other, mut flood) = (server.signed_in().await, server.signed_in().await);
    for _ in 0..1_100 {
        if flood
            .0
            .send(Message::Ping(bytes::Bytes::new()))
            .await
            .is_err()
        {
            break;
        }
    }
    let reason = flood.end().await;
    assert!(
        matches!(reason, Some(Reason::RateLimited) | None),
        "{reason:?}"
    );
    other.ask(1, Sync {}).await;
    assert!(matches!(other.hear().await, Some(ServerFrame::Answer(_))));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bi_22_a_foreign_page_opens_no_socket() {
    let open = |origin: Option<&'static str>, address: SocketAddr| async move {
        let mut request = format!("ws://{address}/v1/socket")
            .into_client_request()
            .unwrap();
        if let Some(origin) = origin {
            request
                .headers_mut()
                .insert("origin", origin.parse().unwrap());
        }
        tokio_tungstenite::connect_async(request).await.is_ok()
    };
    let server = Server::start(Stage::new()).await;
    assert!(open(None, server.address).await);
    assert!(open(Some(ORIGIN), server.address).await);
    assert!(!open(Some("https://evil.example"), server.address).await);
    assert!(!open(Some("null"), server.address).await);
    let server = Server::start(Stage::with(Protections {
        origin: false,
        ..Protections::default()
    }))
    .await;
    assert!(
        open(Some("https://evil.example"), server.address).await,
        "the check of the origin is what refuses"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messages_go_through_a_socket_in_the_order_of_sending() {
    let mut stage = Stage::new();
    let boris = stage.join(2, "boris");
    stage.room(RoomKind::Group, &[&boris]);
    let messages: Vec<_> = (1..=20)
        .map(|name| stage.message(&stage.founder, name, "text"))
        .collect();
    let token = stage.token(&boris).unwrap();
    let server = Server::start(stage).await;
    let (mut from, mut to) = (server.signed_in().await, server.connect(token).await);
    assert!(matches!(to.hear().await, Some(ServerFrame::Welcome(_))));
    to.ask(1, Sync {}).await;
    assert!(matches!(to.hear().await, Some(ServerFrame::Answer(_))));
    for (number, message) in (0..).zip(&messages) {
        from.ask(number, message.clone()).await;
    }
    for message in &messages {
        let Some(ServerFrame::Push(Push::Event(event))) = to.hear().await else {
            panic!("an event was due")
        };
        assert_eq!(event.event.body, message.message);
    }
    // A restart is said.
    server.stage.service.close_all(Reason::Restart);
    assert_eq!(to.end().await, Some(Reason::Restart));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pings_are_answered_in_between_messages() {
    // Below 128, where the names of commits begin.
    const MESSAGES: u8 = 120;
    let mut stage = Stage::new();
    let boris = stage.join(2, "boris");
    stage.room(RoomKind::Group, &[&boris]);
    let text = "text".repeat(300);
    let messages: Vec<_> = (1..=MESSAGES)
        .map(|name| stage.message(&stage.founder, name, &text))
        .collect();
    let token = stage.token(&boris).unwrap();
    let server = Server::start(stage).await;
    let (mut from, mut to) = (server.signed_in().await, server.connect(token).await);
    assert!(matches!(to.hear().await, Some(ServerFrame::Welcome(_))));
    to.ask(1, Sync {}).await;
    assert!(matches!(to.hear().await, Some(ServerFrame::Answer(_))));
    for (number, message) in (1..=MESSAGES).zip(&messages) {
        from.ask(number.into(), message.clone()).await;
        let ping = Message::Ping(vec![number].into());
        to.0.send(ping).await.unwrap();
    }
    // Of several pings that wait, the last one is answered (RFC 6455 §5.5.3).
    let (mut left, mut last_pong) = (messages.iter(), 0);
    while last_pong < MESSAGES || left.len() > 0 {
        match to.0.next().await.unwrap().unwrap() {
            Message::Pong(payload) => {
                assert!(payload[0] > last_pong);
                last_pong = payload[0];
            }
            Message::Binary(bytes) => {
                let Ok(ServerFrame::Push(Push::Event(event))) = from_bytes(&bytes) else {
                    panic!("an event was due")
                };
                assert_eq!(
                    Some(&event.event.body),
                    left.next().map(|next| &next.message)
                );
            }
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bi_25_a_leaver_s_open_socket_is_closed() {
    let mut stage = Stage::new();
    let boris = stage.join(2, "boris");
    let token = stage.token(&boris).unwrap();
    let server = Server::start(stage).await;
    let mut socket = server.connect(token).await;
    assert!(matches!(socket.hear().await, Some(ServerFrame::Welcome(_))));
    let statement =
        valise_directory::update::end_account(&server.stage.issuer(), boris.account, START);
    let answer: Result<Reply, Problem> = server
        .stage
        .service
        .call(
            &server.stage.founder.caller,
            Publish { statement }.into(),
            START,
        )
        .await;
    assert!(answer.is_ok());
    assert_eq!(socket.end().await, Some(Reason::Revoked));
    let late = server.connect(token).await.end().await;
    assert_eq!(late, Some(Reason::SessionExpired));
}
