//! Timestamps over HTTP: of an authority of one's own, and of another one on loopback.

use crate::stage::*;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{Request as Asking, StatusCode};
use axum::routing::post;
use axum::{Extension, Router};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::net::TcpListener;
use tower::ServiceExt;
use valise_server::Clock;
use valise_server::accept::ClientAddress;
use valise_server::http::router;
use valise_server::limits::{Limits, Rate};
use valise_server::service::Protections;
use valise_server::store::SqliteStore;
use valise_server::timestamps::{Outside, Source};
use valise_timestamp::{
    Answer, Authority, Breach, Certificate, Imprint, QUERY_TYPE, REPLY_TYPE, Request, Serial,
    read_response,
};
use valise_wire::Timestamp;

const YEAR_MILLIS: u64 = 365 * 24 * 60 * 60 * 1000;

struct Moved(AtomicU64);

impl Clock for Moved {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

struct Server {
    stage: Stage,
    routes: Router,
    clock: Arc<Moved>,
    token: [u8; 32],
}

impl Server {
    fn new(source: Source, protections: Protections, limits: Limits) -> Self {
        let settings = valise_server::Settings {
            timestamps: source,
            limits,
            ..settings(protections)
        };
        let stage = Stage::over(SqliteStore::in_memory([1; 16]).unwrap(), settings);
        let clock = Arc::new(Moved(AtomicU64::new(START.0)));
        let address = ClientAddress("192.0.2.7".parse().unwrap());
        let routes = router(stage.service.clone(), clock.clone(), ORIGIN);
        Self {
            token: stage.token(&stage.founder).unwrap(),
            routes: routes.layer(Extension(address)),
            stage,
            clock,
        }
    }

    fn own() -> Self {
        Self::new(Source::Own, Protections::default(), Limits::none())
    }

    /// Goes to another time, and signs in again there.
    fn move_to(&mut self, now: Timestamp) {
        self.clock.0.store(now.0, Ordering::SeqCst);
        self.stage.now = now;
        self.token = self.stage.token(&self.stage.founder).unwrap();
    }

    async fn send(&self, request: Asking<Body>) -> (StatusCode, Vec<u8>) {
        let response = self.routes.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, body.to_vec())
    }

    async fn ask(&self, question: Vec<u8>) -> (StatusCode, Vec<u8>) {
        let bearer = format!("Bearer {}", hex::encode(self.token));
        let request = Asking::post("/v1/timestamp")
            .header("content-type", QUERY_TYPE)
            .header("authorization", bearer);
        self.send(request.body(question.into()).unwrap()).await
    }

    async fn stamp(&self, asked: &Request, trusted: &[Certificate]) -> Answer {
        let (status, answer) = self.ask(asked.to_der().unwrap()).await;
        assert_eq!(status, StatusCode::OK);
        read_response(&answer, asked, trusted).unwrap()
    }

    async fn root(&self) -> Certificate {
        let request = Asking::get("/v1/timestamp").body(Body::empty()).unwrap();
        let (status, der) = self.send(request).await;
        assert_eq!(status, StatusCode::OK);
        Certificate::from_der(&der).unwrap()
    }
}

fn question(number: u8) -> Request {
    Request {
        imprint: Imprint::of_bytes(&[number]),
        nonce: [number; 16],
    }
}

#[tokio::test]
async fn people_of_the_organisation_get_the_time_and_no_number_twice() {
    let server = Server::own();
    let trusted = [server.root().await];
    let mut serials = Vec::new();
    for number in 1..=20 {
        let answer = server.stamp(&question(number), &trusted).await;
        assert_eq!(answer.verified.time, START);
        serials.push(answer.verified.serial);
    }
    assert!(serials.is_sorted_by(|one, next| one < next));
}

#[tokio::test]
async fn whoever_has_no_session_gets_none() {
    let ask = |server: &Server| {
        let question = question(1).to_der().unwrap();
        let request = Asking::post("/v1/timestamp").header("content-type", QUERY_TYPE);
        let request = request.body(Body::from(question)).unwrap();
        let routes = server.routes.clone();
        async move { routes.oneshot(request).await.unwrap().status() }
    };
    assert_eq!(ask(&Server::own()).await, StatusCode::UNAUTHORIZED);
    let open = Protections {
        timestamp_session: false,
        ..Protections::default()
    };
    let open = Server::new(Source::Own, open, Limits::none());
    assert_eq!(ask(&open).await, StatusCode::OK);
}

#[tokio::test]
async fn so_many_and_no_more() {
    let limits = Limits {
        timestamps: Rate {
            burst: 3,
            per_minute: 1,
        },
        ..Limits::none()
    };
    let server = Server::new(Source::Own, Protections::default(), limits);
    for number in 1..=5 {
        let (status, _) = server.ask(question(number).to_der().unwrap()).await;
        let expected = match number {
            1..=3 => StatusCode::OK,
            _ => StatusCode::TOO_MANY_REQUESTS,
        };
        assert_eq!(status, expected);
    }
}

#[tokio::test]
async fn t208_what_another_authority_is_asked_is_counted_by_the_day_through_this_door_too() {
    let mut limits = Limits::none();
    limits.time_tokens = Limits::default().time_tokens;
    let secrets = [[1; 32], [2; 32]].map(Into::into);
    let other = Authority::found("elsewhere.example", secrets, START).unwrap();
    let answer = move |question: Bytes| other.answer(&question, Serial([7; 20]), START);
    let server = with_another_within(answer, limits).await;
    for number in 0..=144 {
        let (status, _) = server.ask(question(number).to_der().unwrap()).await;
        let expected = match number {
            144 => StatusCode::TOO_MANY_REQUESTS,
            _ => StatusCode::OK,
        };
        assert_eq!(status, expected, "{number}");
    }
}

#[tokio::test]
async fn what_is_no_question_is_answered_with_a_refusal() {
    let server = Server::own();
    let (status, answer) = server.ask(b"no question".to_vec()).await;
    assert_eq!(status, StatusCode::OK);
    let refused = read_response(&answer, &question(1), &[]);
    assert_eq!(
        refused,
        Err(Breach::NotGranted {
            status: 2,
            failure: Some(5)
        })
    );
    let (status, _) = server.ask(vec![0; 5_000]).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn the_signing_key_is_another_one_after_a_year_and_the_root_is_the_same() {
    let mut server = Server::own();
    let trusted = [server.root().await];
    let before = server.stamp(&question(1), &trusted).await;
    server.move_to(START.plus_millis(YEAR_MILLIS - 2000));
    let same = server.stamp(&question(2), &trusted).await;
    assert_eq!(same.verified.authority, before.verified.authority);
    server.move_to(START.plus_millis(YEAR_MILLIS + 2000));
    let after = server.stamp(&question(3), &trusted).await;
    assert_ne!(after.verified.authority, before.verified.authority);
    assert_eq!([server.root().await], trusted);
    // A clock that was set back gets a certificate of its time, and the server goes on.
    server.move_to(START);
    let back = server.stamp(&question(4), &trusted).await;
    assert_eq!(back.verified.time, START);
}

#[tokio::test]
async fn where_nobody_gives_timestamps_there_are_none() {
    let server = Server::new(Source::Nobody, Protections::default(), Limits::none());
    let (status, _) = server.ask(question(1).to_der().unwrap()).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

/// Another authority on loopback, and a server that asks it.
async fn with_another(answer: impl Fn(Bytes) -> Vec<u8> + Send + Sync + 'static) -> Server {
    with_another_within(answer, Limits::none()).await
}

async fn with_another_within(
    answer: impl Fn(Bytes) -> Vec<u8> + Send + Sync + 'static,
    limits: Limits,
) -> Server {
    let answer = Arc::new(answer);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/tsa", listener.local_addr().unwrap());
    let routes = Router::new().route(
        "/tsa",
        post(move |question: Bytes| {
            let answer = answer(question);
            async move { ([("content-type", REPLY_TYPE)], answer) }
        }),
    );
    tokio::spawn(async move { axum::serve(listener, routes).await });
    let source = Source::Outside(Outside::new(&url).unwrap());
    Server::new(source, Protections::default(), limits)
}

#[tokio::test]
async fn another_authority_is_asked_and_its_answer_handed_on() {
    let secrets = [[1; 32], [2; 32]].map(Into::into);
    let other = Authority::found("elsewhere.example", secrets, START).unwrap();
    let trusted = [other.root().clone()];
    let other = Arc::new(other);
    let server =
        with_another(move |question| other.answer(&question, Serial([7; 20]), START)).await;
    let answer = server.stamp(&question(1), &trusted).await;
    assert_eq!(answer.verified.time, START);
    // It is not this server that vouches for it.
    let request = Asking::get("/v1/timestamp").body(Body::empty()).unwrap();
    assert_eq!(server.send(request).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_authority_that_says_too_much_or_sends_elsewhere_is_not_followed() {
    let endless = with_another(|_| vec![0; 70_000]).await;
    let question = question(1).to_der().unwrap();
    let (status, _) = endless.ask(question.clone()).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/tsa", listener.local_addr().unwrap());
    let asked = Arc::new(AtomicU64::new(0));
    let counter = asked.clone();
    let inside = post(move || {
        counter.fetch_add(1, Ordering::SeqCst);
        async { ([("content-type", REPLY_TYPE)], "inside") }
    });
    let away = || async { axum::response::Redirect::temporary("/inside") };
    let routes = Router::new()
        .route("/tsa", post(away))
        .route("/inside", inside);
    tokio::spawn(async move { axum::serve(listener, routes).await });
    let source = Source::Outside(Outside::new(&url).unwrap());
    let server = Server::new(source, Protections::default(), Limits::none());
    let (status, _) = server.ask(question).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(asked.load(Ordering::SeqCst), 0);
}
