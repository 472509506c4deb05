//! Signatures between servers, as they stand in `spec/vectors/signatures-*.txt` for other implementations: each request is sent to a server,
//! in the order of the file, and is taken, or refused, as it stands there.
//!
//! `VALISE_BLESS=1 cargo test -p valise-server --test behaviour signed` writes both anew.

#[path = "../../../wire/tests/published/mod.rs"]
mod published;

use crate::partners::{HERE, Pair, Still, find, pair};
use crate::signed_cases::{Asked, Put, answers, bad, good};
use crate::stage::*;
use axum::Extension;
use axum::body::{Body, to_bytes as collect};
use axum::http::Request;
use published::compare;
use std::sync::Arc;
use tower::ServiceExt;
use valise_mls::HubKey;
use valise_server::accept::ClientAddress;
use valise_server::http;
use valise_server::partners::signature::{Signed, verify_reply};
use valise_server::service::Protections;
use valise_wire::to_bytes;

/// The bank, which asks, and the ministry, whose server is asked.
async fn stand() -> Pair {
    let made = tokio::task::spawn_blocking(|| pair(Protections::default()));
    made.await.unwrap()
}

/// An honest request of the bank's.
pub fn honest(pair: &Pair) -> Asked {
    Asked {
        now: START.as_seconds(),
        method: "POST".into(),
        target: format!("{HERE}/v1/partner"),
        content_type: "application/cbor".into(),
        source: pair.bank.organisation.to_string(),
        to: pair.stage.founded.organisation.to_string(),
        created: START.as_seconds(),
        nonce: [1; 16],
        key: [8; 32],
        body: to_bytes(&find()),
    }
}

/// Sends a request, and returns status, signature and body of the answer.
async fn sent(pair: &Pair, put: &Put) -> (u16, Option<Signed>, Vec<u8>) {
    let routes = http::router(pair.stage.service.clone(), Arc::new(Still), HERE)
        .layer(Extension(ClientAddress([192, 0, 2, 9].into())));
    let mut request = Request::post("/v1/partner");
    for (name, value) in &put.headers {
        request = request.header(*name, value);
    }
    let request = request.body(Body::from(put.body.clone())).unwrap();
    let (parts, body) = routes.oneshot(request).await.unwrap().into_parts();
    let value = |name: &str| Some(parts.headers.get(name)?.to_str().ok()?.to_owned());
    let signed = (|| {
        Some(Signed {
            digest: value("content-digest")?,
            input: value("signature-input")?,
            signature: value("signature")?,
        })
    })();
    let body = collect(body, usize::MAX).await.unwrap().to_vec();
    (parts.status.as_u16(), signed, body)
}

fn head(pair: &Pair) -> String {
    let own = HubKey::from_secret(&[9; 32]).public();
    let theirs = HubKey::from_secret(&[8; 32]).public();
    let (to, source) = (pair.stage.founded.organisation, pair.bank.organisation);
    format!(
        "now: {}\ntarget-uri: {HERE}/v1/partner\nkey of {source}: {}\nkey of {to}: {}\n",
        START.as_seconds(),
        hex::encode(theirs),
        hex::encode(own)
    )
}

fn answer_lines(status: u16, body: &[u8], asked: &str, signed: &Signed) -> String {
    format!(
        "status: {status}\nasked: {asked}\ncontent-digest: {}\nsignature-input: {}\nsignature: {}\nbody: {}\n",
        signed.digest,
        signed.input,
        signed.signature,
        hex::encode(body)
    )
}

#[tokio::test]
async fn signed_good_calls_are_taken_as_published() {
    let pair = stand().await;
    let mut out = String::from(
        "# Signed calls (federation.md §4.4) to a server whose partner asks. Each block is a request: what is signed (`base`, in hexadecimal digits), its headers and its body; then the answer of the server, which has no signature of anything but this.\n",
    );
    out += &head(&pair);
    let own = HubKey::from_secret(&[9; 32]).public();
    for put in good(&honest(&pair)) {
        let (status, signed, body) = sent(&pair, &put).await;
        let signed = signed.expect("it is signed");
        assert_eq!(status, 200, "{}", put.why);
        let asked = put.header("signature");
        let to = pair.stage.founded.organisation;
        assert!(verify_reply(status, &body, asked, to, &signed, &own));
        out += &format!("\n# {}\n{}", put.why, put.lines());
        out += &answer_lines(status, &body, asked, &signed);
    }
    compare("signatures-good.txt", &out);
}

#[tokio::test]
async fn signed_bad_calls_are_refused_as_published() {
    let pair = stand().await;
    let mut out = String::from(
        "# Calls that a server must refuse, sent to the server of signatures-good.txt in this order, with its clock at `now`. All are refused with 401 (problem 3), but for another media type (400, problem 1). At the end answers that who asked must not believe.\n",
    );
    out += &head(&pair);
    for put in bad(&honest(&pair)) {
        let (status, _, _) = sent(&pair, &put).await;
        assert_eq!(status, put.status, "{}", put.why);
        out += &format!("\n# {}\nrefused: {status}\n{}", put.why, put.lines());
    }
    // An answer to the first good one, and what was done to it.
    let asked = good(&honest(&pair)).remove(0);
    let (status, signed, body) = sent(&stand().await, &asked).await;
    let asked = asked.header("signature");
    let to = pair.stage.founded.organisation;
    let own = HubKey::from_secret(&[9; 32]).public();
    for wrong in answers(status, asked, to, &body, &signed.unwrap()) {
        let (status, signed) = (wrong.status, &wrong.signed);
        let believed = verify_reply(status, &wrong.body, asked, to, signed, &own);
        assert!(!believed, "{}", wrong.why);
        out += &format!("\n# {}\nrefused: answer\n", wrong.why);
        out += &answer_lines(status, &wrong.body, asked, signed);
    }
    compare("signatures-bad.txt", &out);
}
