//! Waking who is not connected, through a push service of our own on loopback.

use crate::partners::{Bank, bank, pair_with, record};
use crate::stage::*;
use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request as Incoming, State};
use axum::http::{HeaderMap, StatusCode};
use p256::SecretKey;
use p256::elliptic_curve::sec1::ToEncodedPoint as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use valise_server::config::Origin;
use valise_server::partners::Line;
use valise_server::service::Protections;
use valise_server::store::SqliteStore;
use valise_server::waking::{Allowed, Courier};
use valise_server::{Clock, Settings};
use valise_wire::partner::{FollowRoom, Moved};
use valise_wire::policy::RoomKind;
use valise_wire::push::{Event, EventKind};
use valise_wire::request::*;
use valise_wire::{Octets, ProblemCode, RoomId, Timestamp, TransactionId};

const AUTH: [u8; 16] = [5; 16];

struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        START
    }
}

/// What the push service got.
struct Got {
    path: String,
    headers: HeaderMap,
    body: Vec<u8>,
}

/// A push service, and a server that wakes people through it.
struct Waking {
    stage: Stage,
    origin: String,
    status: Arc<AtomicU16>,
    got: UnboundedReceiver<Got>,
}

type Shared = (UnboundedSender<Got>, Arc<AtomicU16>);

async fn take(State((got, status)): State<Shared>, request: Incoming) -> StatusCode {
    let (head, body) = request.into_parts();
    // Read before the test hears of it, and changes it for the next one.
    let answer = StatusCode::from_u16(status.load(Ordering::SeqCst)).unwrap();
    let _ = got.send(Got {
        path: head.uri.path().to_owned(),
        headers: head.headers,
        body: to_bytes(body, 65_536).await.unwrap().to_vec(),
    });
    answer
}

impl Waking {
    async fn start() -> Self {
        Self::over(|settings| Stage::over(SqliteStore::in_memory([1; 16]).unwrap(), settings)).await
    }

    /// Begins with a stage over these settings.
    async fn over(stage: impl FnOnce(valise_server::Settings) -> Stage) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let (sender, got) = unbounded_channel();
        let status = Arc::new(AtomicU16::new(201));
        let routes = Router::new()
            .fallback(take)
            .with_state((sender, status.clone()));
        tokio::spawn(async move { axum::serve(listener, routes).await });

        let allowed = Allowed::new(vec![Origin::parse(&origin).unwrap()]);
        let mut settings = settings(Protections::default());
        settings.push = Some(allowed.clone());
        let stage = stage(settings);
        let courier = Courier::new(&allowed, "mailto:a@b.example".into(), Arc::new(Still)).unwrap();
        tokio::spawn(courier.run(stage.service.clone()));
        Self {
            stage,
            origin,
            status,
            got,
        }
    }

    fn subscribe(&self, person: &Person, path: &str, silent: &[valise_wire::RoomId]) {
        let request = subscription(format!("{}{path}", self.origin), silent);
        self.stage.call(&person.caller, request).unwrap();
    }

    fn say(&self, from: &Person, name: u8, text: &str) {
        let message = self.stage.message(from, name, text);
        self.stage.call(&from.caller, message).unwrap();
    }

    async fn next(&mut self) -> Got {
        let next = tokio::time::timeout(Duration::from_secs(30), self.got.recv()).await;
        next.expect("nobody was woken").unwrap()
    }

    fn rested(&mut self) {
        self.stage.now = self.stage.now.plus_millis(30_000);
    }
}

/// A part of a room that lives at the bank, by which one's own founder came or in which he is already.
fn followed(stage: &Stage, after: u64, body: &Octets, wakes: bool) -> FollowRoom {
    let (device, account) = (stage.founder.listed.id, Some(stage.founder.account));
    let seq = after + 1;
    let came = Moved {
        seq,
        device,
        account,
    };
    FollowRoom {
        room: RoomId([40; 16]),
        since: 4,
        chain: [2; 32],
        after,
        events: vec![Event {
            seq,
            kind: EventKind::Message,
            at: START,
            body: body.clone(),
        }],
        moved: (after == 4).then_some(came).into_iter().collect(),
        wakes,
    }
}

/// In a room that lives elsewhere, what its hub says is worth nothing wakes nobody, and one's own words do not wake oneself elsewhere.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_a_room_that_lives_elsewhere_nobody_is_woken_in_vain() {
    let bank = bank();
    let from = bank.organisation;
    let mut waking = Waking::over(|settings| {
        let line: Arc<dyn Line> = Arc::new(Bank(record(&bank)));
        pair_with(Settings { line, ..settings }, bank).stage
    })
    .await;
    waking.subscribe(&waking.stage.founder, "/founder", &[]);
    let (theirs, own) = (Octets(vec![1; 40]), Octets(vec![2; 40]));
    let said = Send {
        room: RoomId([40; 16]),
        transaction: TransactionId([1; 16]),
        epoch: 1,
        wakes: true,
        message: own.clone(),
    };
    let parts = [
        (4, &theirs, false, None),
        (5, &theirs, true, Some("/founder")),
        // The same words, before they were his.
        (6, &own, true, Some("/founder")),
        (7, &own, true, None),
    ];
    for (after, body, wakes, woken) in parts {
        if after == 7 {
            // The bank does not answer. That he said it, his own server knows.
            let unanswered = waking
                .stage
                .call(&waking.stage.founder.caller, said.clone());
            assert_eq!(code(unanswered), ProblemCode::Unavailable);
        }
        let part = followed(&waking.stage, after, body, wakes);
        let now = waking.stage.now;
        let service = &waking.stage.service;
        let taken = service.partner_call(from, part.into(), now).await;
        assert!(taken.is_ok(), "{after}: {taken:?}");
        if let Some(path) = woken {
            assert_eq!(waking.next().await.path, path, "{after}");
        }
        waking.rested();
    }
    // What came of none of them would have come before this.
    waking.subscribe(&waking.stage.founder, "/last", &[]);
    let part = followed(&waking.stage, 8, &theirs, true);
    let now = waking.stage.now;
    let service = &waking.stage.service;
    service.partner_call(from, part.into(), now).await.unwrap();
    assert_eq!(waking.next().await.path, "/last");
}

fn browser() -> SecretKey {
    SecretKey::from_slice(&[8; 32]).unwrap()
}

fn subscription(endpoint: String, silent: &[valise_wire::RoomId]) -> KeepSubscription {
    let key = browser().public_key().to_encoded_point(false);
    KeepSubscription {
        endpoint,
        key: Octets(key.as_bytes().to_vec()),
        auth: AUTH,
        silent: silent.to_vec(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_not_here_is_woken_and_told_nothing() {
    let mut waking = Waking::start().await;
    let boris = waking.stage.join(2, "boris");
    waking.stage.room(RoomKind::Group, &[&boris]);
    waking.subscribe(&boris, "/boris", &[]);
    let mut lengths = Vec::new();
    for (name, text) in [(1, "short"), (2, "a text that is a good deal longer")] {
        waking.say(&waking.stage.founder, name, text);
        let got = waking.next().await;
        assert_eq!(got.path, "/boris");
        lengths.push(got.body.len());
        let opened = web_push_native::decrypt(got.body, &browser(), &AUTH.into()).unwrap();
        assert!(opened.iter().all(|byte| *byte == 0), "a push says nothing");
        let header = |name: &str| got.headers[name].to_str().unwrap();
        assert_eq!(header("content-encoding"), "aes128gcm");
        assert_eq!((header("topic"), header("urgency")), ("valise", "high"));
        assert!(header("authorization").starts_with("vapid t="));
        assert!(header("ttl").parse::<u32>().unwrap() > 0);
        waking.rested();
    }
    assert_eq!(lengths[0], lengths[1]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_woken_in_vain() {
    let mut waking = Waking::start().await;
    let people = [(2, "boris"), (3, "clara"), (4, "dora"), (5, "emil")];
    let [boris, clara, dora, emil] = people.map(|(number, name)| waking.stage.join(number, name));
    waking
        .stage
        .room(RoomKind::Group, &[&boris, &clara, &dora, &emil]);
    waking.subscribe(&waking.stage.founder, "/author", &[]);
    waking.subscribe(&boris, "/silent", &[ROOM]);
    waking.subscribe(&clara, "/connected", &[]);
    waking.subscribe(&dora, "/gone", &[]);
    waking
        .stage
        .call(&dora.caller, ForgetSubscription {})
        .unwrap();
    let here = waking
        .stage
        .service
        .connect(&clara.caller, waking.stage.now);
    waking.say(&waking.stage.founder, 1, "to nobody who can be woken");
    waking.subscribe(&emil, "/emil", &[]);
    let receipt = Send {
        wakes: false,
        ..waking.stage.message(&boris, 2, "a receipt")
    };
    waking.stage.call(&boris.caller, receipt).unwrap();
    waking.say(&waking.stage.founder, 3, "to Emil");
    waking.say(
        &waking.stage.founder,
        4,
        "to Emil, who was woken a moment ago",
    );
    assert_eq!(waking.next().await.path, "/emil");
    // Calls are carried in the order in which they were made: whatever came before this one would be here.
    waking.rested();
    waking.say(&waking.stage.founder, 5, "to Emil again");
    assert_eq!(waking.next().await.path, "/emil");
    drop(here);
    waking.rested();
    waking
        .stage
        .call(&emil.caller, ForgetSubscription {})
        .unwrap();
    waking.say(&waking.stage.founder, 6, "to Clara, who has left");
    assert_eq!(waking.next().await.path, "/connected");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_subscription_that_is_over_is_forgotten() {
    let mut waking = Waking::start().await;
    let boris = waking.stage.join(2, "boris");
    waking.stage.room(RoomKind::Group, &[&boris]);
    waking.subscribe(&boris, "/old", &[]);
    waking.status.store(410, Ordering::SeqCst);
    waking.say(&waking.stage.founder, 1, "x");
    assert_eq!(waking.next().await.path, "/old");
    waking.status.store(201, Ordering::SeqCst);
    // Forgetting follows the answer; until then a push may still go there, and is answered as before.
    for name in 2..50 {
        waking.rested();
        waking.say(&waking.stage.founder, name, "x");
        let later = tokio::time::timeout(Duration::from_millis(200), waking.got.recv()).await;
        if later.is_err() {
            waking.subscribe(&boris, "/new", &[]);
            waking.say(&waking.stage.founder, name + 1, "x");
            assert_eq!(waking.next().await.path, "/new");
            return;
        }
    }
    panic!("it was never forgotten");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_push_service_that_is_busy_is_asked_again() {
    let mut waking = Waking::start().await;
    let boris = waking.stage.join(2, "boris");
    waking.stage.room(RoomKind::Group, &[&boris]);
    waking.subscribe(&boris, "/boris", &[]);
    waking.status.store(503, Ordering::SeqCst);
    waking.say(&waking.stage.founder, 1, "x");
    waking.next().await;
    waking.status.store(201, Ordering::SeqCst);
    assert_eq!(waking.next().await.path, "/boris");
}

#[test]
fn an_address_that_leads_inside_is_refused() {
    let mut with_push = settings(Protections::default());
    with_push.push = Some(Allowed::default());
    let stage = Stage::over(SqliteStore::in_memory([1; 16]).unwrap(), with_push);
    let caller = stage.founder.caller;
    let keep = |endpoint: &str| stage.call(&caller, subscription(endpoint.into(), &[]));
    for inside in [
        "http://127.0.0.1:9/x",
        "https://localhost/x",
        "https://169.254.169.254/latest",
        "https://intranet/x",
    ] {
        assert_eq!(code(keep(inside)), ProblemCode::Refused, "{inside}");
    }
    let long = format!("https://push.example/{}", "x".repeat(MAX_ENDPOINT_BYTES));
    assert_eq!(code(keep(&long)), ProblemCode::TooLarge);
    keep("https://push.example/x").unwrap();
    let wrong_key = KeepSubscription {
        key: Octets(vec![4; 65]),
        ..subscription("https://push.example/x".into(), &[])
    };
    assert_eq!(code(stage.call(&caller, wrong_key)), ProblemCode::Malformed);
    let Ok(Reply::PushKey(PushKey { key: Some(key) })) = stage.call(&caller, GetPushKey {}) else {
        panic!("no key")
    };
    assert!(p256::PublicKey::from_sec1_bytes(&key).is_ok());
}

#[test]
fn a_server_that_wakes_nobody_says_so() {
    let stage = Stage::new();
    let caller = stage.founder.caller;
    let answer = stage.call(&caller, GetPushKey {});
    assert_eq!(answer, Ok(PushKey { key: None }.into()));
    let request = subscription("https://push.example/x".into(), &[]);
    assert_eq!(code(stage.call(&caller, request)), ProblemCode::Refused);
}
