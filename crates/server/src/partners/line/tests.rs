//! What another server can do to whoever calls it: each is a socket on this machine that misbehaves in one way.

use super::*;
use crate::config::Origin;
use crate::outward;
use crate::partners::signature::sign_reply;
use reqwest::redirect::Policy;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use valise_wire::Timestamp;
use valise_wire::partner::{FindAccount, PartnerReply};
use valise_wire::request::Done;

const PARTNER: OrganisationId = OrganisationId([2; 32]);
const PARTNER_SECRET: [u8; 32] = [8; 32];

struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        Timestamp(1_800_000_000_000)
    }
}

/// What a server does with a connection once it has read the head of what is asked.
#[derive(Clone)]
enum Does {
    /// Writes this, and ends the connection.
    Says(Vec<u8>),
    /// Writes this, and again and again this.
    WithoutEnd(Vec<u8>),
    /// Writes this, and then nothing until the other side has gone.
    Stops(Vec<u8>),
    /// Answers, signed with a key.
    Signs(u16, Vec<u8>, [u8; 32]),
    /// The same at another time.
    SignsAt(Timestamp, u16, Vec<u8>, [u8; 32]),
}

struct Server {
    address: SocketAddr,
    came: Arc<AtomicUsize>,
    wrote: Arc<AtomicUsize>,
}

async fn server(does: Does) -> Server {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let (came, wrote) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let server = Server {
        address,
        came: came.clone(),
        wrote: wrote.clone(),
    };
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            came.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(answer(stream, does.clone(), wrote.clone()));
        }
    });
    server
}

async fn answer(mut stream: TcpStream, does: Does, wrote: Arc<AtomicUsize>) {
    let mut head = Vec::new();
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read_u8().await {
            // TLS is not spoken here: that somebody came is all.
            Ok(0x16) if head.is_empty() => return,
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    match does {
        Does::Says(bytes) => {
            let _ = stream.write_all(&bytes).await;
        }
        Does::WithoutEnd(bytes) => {
            let _ = stream.write_all(&bytes).await;
            let more = [b'x'; 16 << 10];
            while stream.write_all(&more).await.is_ok() {
                wrote.fetch_add(more.len(), Ordering::SeqCst);
            }
        }
        Does::Stops(bytes) => {
            let _ = stream.write_all(&bytes).await;
            let mut rest = Vec::new();
            let _ = stream.read_to_end(&mut rest).await;
        }
        Does::Signs(status, body, secret) => {
            let answer = signed(&head, status, &body, &secret, Still.now());
            let _ = stream.write_all(&answer).await;
        }
        Does::SignsAt(now, status, body, secret) => {
            let answer = signed(&head, status, &body, &secret, now);
            let _ = stream.write_all(&answer).await;
        }
    }
    let _ = stream.shutdown().await;
    let mut rest = Vec::new();
    let _ = stream.read_to_end(&mut rest).await;
}

fn signed(head: &[u8], status: u16, body: &[u8], secret: &[u8; 32], now: Timestamp) -> Vec<u8> {
    let head = String::from_utf8_lossy(head).into_owned();
    let asked = head
        .lines()
        .find_map(|line| line.strip_prefix("signature: "));
    let key = HubKey::from_secret(secret);
    let answer = sign_reply(status, body, asked.unwrap(), PARTNER, &key, now);
    let heads = format!(
        "{CONTENT_DIGEST}: {}\r\n{SIGNATURE_INPUT}: {}\r\n{SIGNATURE}: {}\r\n",
        answer.digest, answer.input, answer.signature
    );
    whole(status, &heads, body)
}

fn whole(status: u16, heads: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\n{heads}\r\n");
    [head.as_bytes(), body].concat()
}

fn record() -> Vec<u8> {
    to_bytes(&OrganisationRecord {
        domain: "bank.example".into(),
        statement: None,
        hub_key: [1; 32],
        generation: [1; 16],
    })
}

/// The way there of a server that somebody tries out on this machine, or of one that is in the world.
fn line(own: &str) -> HttpLine {
    let reach = Reach::new(Vec::new(), &Origin::parse(own).unwrap());
    let entropy: Entropy = Arc::new(|bytes| bytes.fill(7));
    let key = HubKey::from_secret(&[9; 32]);
    HttpLine::new(reach, None, key, Arc::new(Still), entropy).unwrap()
}

fn here() -> HttpLine {
    line("http://127.0.0.1:8440")
}

impl Server {
    fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    fn came(&self) -> usize {
        self.came.load(Ordering::SeqCst)
    }

    async fn is_met(&self) -> bool {
        here().meet(&self.origin()).await.is_ok()
    }
}

#[tokio::test]
async fn bi_42_who_sends_elsewhere_is_not_followed() {
    let elsewhere = server(Does::Says(whole(200, "", &record()))).await;
    assert!(elsewhere.is_met().await, "who answers is met");
    for status in [301, 302, 303, 307, 308] {
        let to = format!("location: {}{ORGANISATION_PATH}\r\n", elsewhere.origin());
        let sending = server(Does::Says(whole(status, &to, b""))).await;
        assert!(!sending.is_met().await);
        assert_eq!((sending.came(), elsewhere.came()), (1, 1), "{status}");
    }
    // What would follow gets there: the answers of above are such as lead on.
    let to = format!("location: {}{ORGANISATION_PATH}\r\n", elsewhere.origin());
    let sending = server(Does::Says(whole(302, &to, b""))).await;
    let follows = outward::builder(Arc::new(|_, _| true), Vec::new(), MEETING).unwrap();
    let careless = HttpLine {
        client: follows.redirect(Policy::default()).build().unwrap(),
        ..here()
    };
    assert!(careless.meet(&sending.origin()).await.is_ok());
    assert_eq!(elsewhere.came(), 2);
}

/// A host that is a number is called without asking any resolver: that no such number leads inside has to be seen before.
#[tokio::test]
async fn bi_42_a_number_that_is_this_machine_is_not_called_however_it_is_written() {
    let inside = server(Does::Says(whole(200, "", &record()))).await;
    let port = inside.address.port();
    let public = line("https://chat.ministry.example");
    for host in [
        "127.0.0.1",
        "2130706433",
        "017700000001",
        "0177.0.0.1",
        "0x7f.1",
        "0x7f000001",
        "127.1",
        "localhost",
        "[::ffff:127.0.0.1]",
    ] {
        let met = public.meet(&format!("https://{host}:{port}")).await;
        assert_eq!(met, Err(Unreachable));
        assert_eq!(inside.came(), 0, "{host}");
        // Whoever calls without looking is there.
        let address = format!("https://{host}:{port}/");
        if !host.starts_with('[') {
            let _ = here().client.get(address).send().await;
            assert_eq!(inside.came.swap(0, Ordering::SeqCst), 1, "{host}");
        }
    }
}

#[tokio::test]
async fn bi_43_who_somebody_is_is_short_whole_and_said_soon() {
    let honest = record();
    let head = |heads: &str| format!("HTTP/1.1 200 X\r\n{heads}\r\n").into_bytes();
    let wrong = [
        Does::WithoutEnd(head("content-length: 1073741824\r\n")),
        Does::WithoutEnd(head("")),
        Does::WithoutEnd(b"HTTP/1.1 200 X\r\na: ".to_vec()),
        // Packed: nothing unpacks it.
        Does::Says(whole(200, "content-encoding: gzip\r\n", &packed(&honest))),
        Does::Says(whole(200, "", &honest[1..])),
        Does::Says(whole(200, "", b"<html>")),
        Does::Says(whole(500, "", &honest)),
        Does::Says(head("content-length: 1000\r\n")),
        Does::Says(b"SSH-2.0-OpenSSH\r\n".to_vec()),
    ];
    for (number, does) in wrong.into_iter().enumerate() {
        let server = server(does).await;
        assert!(!server.is_met().await, "{number}");
        // What the two sockets hold, and no more.
        let wrote = server.wrote.load(Ordering::SeqCst);
        assert!(wrote < 64 << 20, "{number}: {wrote}");
    }
    assert!(
        server(Does::Says(whole(200, "", &honest)))
            .await
            .is_met()
            .await
    );
}

/// Who begins and stops is left: otherwise this would never end.
#[tokio::test]
async fn bi_43_bi_45_who_stops_in_the_middle_is_left() {
    let begun = whole(200, "", &record());
    for begun in [
        Vec::new(),
        b"HTTP/1".to_vec(),
        begun[..begun.len() - 1].to_vec(),
    ] {
        let server = server(Does::Stops(begun)).await;
        let hasty = HttpLine {
            meeting: Duration::from_millis(100),
            ..here()
        };
        assert_eq!(hasty.meet(&server.origin()).await, Err(Unreachable));
    }
}

#[tokio::test]
async fn bi_45_what_a_partner_did_not_sign_is_no_answer() {
    let done = to_bytes(&PartnerReply::from(Done {}));
    let refused = to_bytes(&Problem::new(valise_wire::ProblemCode::Refused));
    let asks = async |does| {
        let server = server(does).await;
        let whom = (PARTNER, HubKey::from_secret(&PARTNER_SECRET).public());
        let find = FindAccount {
            address_tag: [0; 32],
        };
        let line = here();
        let origin = server.origin();
        let own = OrganisationId([1; 32]);
        line.call(own, &origin, Some(whom), find.into()).await
    };
    for does in [
        Does::Says(whole(200, "", &done)),
        Does::Says(whole(404, "", &refused)),
        Does::Says(whole(500, "", b"no")),
        Does::Says(whole(502, "", b"<html>")),
        Does::Says(b"no".to_vec()),
        Does::Signs(200, done.clone(), [7; 32]),
        Does::Signs(200, vec![0xff; 100], PARTNER_SECRET),
        Does::Signs(500, b"no".to_vec(), PARTNER_SECRET),
    ] {
        assert_eq!(asks(does).await, Err(Unreachable));
    }
    let right = asks(Does::Signs(200, done, PARTNER_SECRET)).await;
    assert_eq!(right, Ok(Ok(Done {}.into())));
    let refusal = asks(Does::Signs(404, refused, PARTNER_SECRET)).await;
    assert!(matches!(refusal, Ok(Err(_))));
}

/// BI-47: whose clock is wrong hears it from the answer, which nobody but the partner can give, and answers nothing else.
#[tokio::test]
async fn bi_47_a_refusal_says_what_time_it_is_there() {
    let refused = to_bytes(&Problem::new(valise_wire::ProblemCode::Unauthenticated));
    let whom = (PARTNER, HubKey::from_secret(&PARTNER_SECRET).public());
    let own = OrganisationId([1; 32]);
    let find = FindAccount {
        address_tag: [0; 32],
    };
    for (there_ms, secret, heard) in [
        (0, PARTNER_SECRET, None),
        (300_000, PARTNER_SECRET, None),
        (-300_000, PARTNER_SECRET, None),
        (301_000, PARTNER_SECRET, Some(301)),
        (-600_000, PARTNER_SECRET, Some(-600)),
        // Somebody between the two cannot say it.
        (600_000, [7; 32], None),
    ] {
        let now = Timestamp(Still.now().0.saturating_add_signed(there_ms));
        let server = server(Does::SignsAt(now, 401, refused.clone(), secret)).await;
        let line = here();
        let origin = server.origin();
        let answer = line
            .call(own, &origin, Some(whom), find.clone().into())
            .await;
        assert_eq!(answer.is_ok(), secret == PARTNER_SECRET);
        assert_eq!(line.clocks.ahead(PARTNER), heard, "{there_ms}");
    }
}

/// A gzip file of one stored block.
fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xedb8_8320 * (crc & 1));
        }
    }
    let length = bytes.len() as u16;
    let block = [
        [1].as_slice(),
        &length.to_le_bytes(),
        &(!length).to_le_bytes(),
        bytes,
    ]
    .concat();
    let end = [(!crc).to_le_bytes(), u32::from(length).to_le_bytes()].concat();
    [
        &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255],
        block.as_slice(),
        &end,
    ]
    .concat()
}
