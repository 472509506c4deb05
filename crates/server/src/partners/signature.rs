//! Signatures of calls between servers: HTTP message signatures (RFC 9421) with Ed25519, in one form alone.
//!
//! A request is signed over its method, its whole address, the digest of its body (RFC 9530), and who says it to whom; an answer over
//! its status, the digest of its body, and the request's signature, so that it answers nothing else.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use valise_mls::HubKey;
use valise_wire::{OrganisationId, Timestamp};

/// Who says it: the organisation's id in hexadecimal digits.
pub const SOURCE: &str = "valise-source";
/// To whom.
pub const TARGET: &str = "valise-target";
/// RFC 9530.
pub const CONTENT_DIGEST: &str = "content-digest";
/// RFC 9421.
pub const SIGNATURE_INPUT: &str = "signature-input";
/// RFC 9421.
pub const SIGNATURE: &str = "signature";

/// How far the clocks of two servers may be apart.
pub const WINDOW_SECONDS: u64 = 300;

const REQUEST_COMPONENTS: &str =
    r#"("@method" "@target-uri" "content-digest" "content-type" "valise-source" "valise-target")"#;
const REPLY_COMPONENTS: &str = r#"("@status" "content-digest" "signature";req;key="s1")"#;
const TAG: &str = "valise-partner";

/// What a signed request or answer carries beside its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Value of [`CONTENT_DIGEST`].
    pub digest: String,
    /// Value of [`SIGNATURE_INPUT`].
    pub input: String,
    /// Value of [`SIGNATURE`].
    pub signature: String,
}

/// What is signed of a request.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// Its whole address.
    pub target: &'a str,
    /// Who says it.
    pub source: OrganisationId,
    /// To whom.
    pub to: OrganisationId,
}

impl Signed {
    /// Tells whether this is the body that was signed.
    pub fn covers(&self, body: &[u8]) -> bool {
        self.digest == digest(body)
    }
}

impl Call<'_> {
    fn base(&self, digest: &str, parameters: &str) -> String {
        format!(
            "\"@method\": POST\n\"@target-uri\": {}\n\"content-digest\": {digest}\n\"content-type\": application/cbor\n\"valise-source\": {}\n\"valise-target\": {}\n\"@signature-params\": {parameters}",
            self.target, self.source, self.to
        )
    }
}

/// Signs a request.
pub fn sign_call(
    call: &Call<'_>,
    body: &[u8],
    key: &HubKey,
    nonce: [u8; 16],
    now: Timestamp,
) -> Signed {
    let digest = digest(body);
    let parameters = parameters(
        REQUEST_COMPONENTS,
        call.source,
        Some(nonce),
        now.as_seconds(),
    );
    let base = call.base(&digest, &parameters);
    signed(digest, parameters, &base, key)
}

/// Reads what stands beside the signature of a request by this organisation: when it was made, in seconds, and its nonce. None if it is
/// not of the one form, in the one way to write it.
pub fn read_input(input: &str, source: OrganisationId) -> Option<(u64, [u8; 16])> {
    let parameters = input.strip_prefix("s1=")?;
    let (created, nonce) = read(parameters, REQUEST_COMPONENTS, source)?;
    Some((created, nonce?))
}

/// Writes what [`read_input`] reads.
pub fn write_input(source: OrganisationId, created: u64, nonce: [u8; 16]) -> String {
    let parameters = parameters(REQUEST_COMPONENTS, source, Some(nonce), created);
    format!("s1={parameters}")
}

/// A request that was signed by whom it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heard {
    /// When, in seconds, by the clock of who signed it.
    pub created: u64,
    /// What must be new.
    pub nonce: [u8; 16],
}

impl Heard {
    /// Tells whether it still counts.
    pub fn is_in_time(&self, now: Timestamp) -> bool {
        now.as_seconds().abs_diff(self.created) <= WINDOW_SECONDS
    }
}

/// Verifies who signed a request and for where, before its body is read, strictly: in this one form. It must be
/// [in time](Heard::is_in_time) besides, its nonce must be new, and it must [cover](Signed::covers) the body: that is for the caller to check.
pub fn hear_call(call: &Call<'_>, signed: &Signed, key: &[u8; 32]) -> Option<Heard> {
    let (created, nonce) = read_input(&signed.input, call.source)?;
    let parameters = signed.input.strip_prefix("s1=")?;
    let base = call.base(&signed.digest, parameters);
    verify(&base, signed, key).then_some(Heard { created, nonce })
}

/// Reads when an answer of this organisation says that it was signed, in seconds by its own clock. None if it is not of the one form.
pub fn answered_at(signed: &Signed, source: OrganisationId) -> Option<u64> {
    let parameters = signed.input.strip_prefix("s1=")?;
    Some(read(parameters, REPLY_COMPONENTS, source)?.0)
}

/// Signs an answer to a request with that signature.
pub fn sign_reply(
    status: u16,
    body: &[u8],
    asked: &str,
    source: OrganisationId,
    key: &HubKey,
    now: Timestamp,
) -> Signed {
    let digest = digest(body);
    let parameters = parameters(REPLY_COMPONENTS, source, None, now.as_seconds());
    let base = reply_base(status, &digest, asked, &parameters);
    signed(digest, parameters, &base, key)
}

/// Verifies an answer.
pub fn verify_reply(
    status: u16,
    body: &[u8],
    asked: &str,
    source: OrganisationId,
    signed: &Signed,
    key: &[u8; 32],
) -> bool {
    let Some(parameters) = signed.input.strip_prefix("s1=") else {
        return false;
    };
    // It is signed with the signature of this very request, whose nonce is new: no old one can be shown for it, whatever time stands there.
    // That time is only what it is there, by its own clock ([`answered_at`]).
    if !matches!(read(parameters, REPLY_COMPONENTS, source), Some((_, None)))
        || !signed.covers(body)
    {
        return false;
    }
    let base = reply_base(status, &signed.digest, asked, parameters);
    verify(&base, signed, key)
}

fn reply_base(status: u16, digest: &str, asked: &str, parameters: &str) -> String {
    let asked = asked.strip_prefix("s1=").unwrap_or_default();
    format!(
        "\"@status\": {status}\n\"content-digest\": {digest}\n\"signature\";req;key=\"s1\": {asked}\n\"@signature-params\": {parameters}"
    )
}

fn digest(body: &[u8]) -> String {
    format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(body)))
}

fn parameters(
    components: &str,
    source: OrganisationId,
    nonce: Option<[u8; 16]>,
    created: u64,
) -> String {
    let nonce = nonce.map_or(String::new(), |nonce| {
        format!(";nonce=\"{}\"", hex::encode(nonce))
    });
    format!(
        "{components};created={created}{nonce};keyid=\"{source}\";alg=\"ed25519\";tag=\"{TAG}\""
    )
}

/// Reads parameters: when, and the nonce. None if they are not what would be written for these.
fn read(text: &str, components: &str, source: OrganisationId) -> Option<(u64, Option<[u8; 16]>)> {
    let rest = text.strip_prefix(components)?.strip_prefix(";created=")?;
    let (created, rest) = rest.split_once(';')?;
    let created = created.parse().ok()?;
    let nonce = match rest.strip_prefix("nonce=\"") {
        Some(rest) => {
            let mut bytes = [0; 16];
            hex::decode_to_slice(rest.split_once('"')?.0, &mut bytes).ok()?;
            Some(bytes)
        }
        None => None,
    };
    let is_the_one = parameters(components, source, nonce, created) == text;
    is_the_one.then_some((created, nonce))
}

fn signed(digest: String, parameters: String, base: &str, key: &HubKey) -> Signed {
    let signature = SigningKey::from_bytes(&key.secret()).sign(base.as_bytes());
    Signed {
        digest,
        input: format!("s1={parameters}"),
        signature: format!("s1=:{}:", STANDARD.encode(signature.to_bytes())),
    }
}

fn verify(base: &str, signed: &Signed, key: &[u8; 32]) -> bool {
    let encoded = signed
        .signature
        .strip_prefix("s1=:")
        .and_then(|rest| rest.strip_suffix(':'));
    let bytes = encoded.and_then(|encoded| STANDARD.decode(encoded).ok());
    let (Some(bytes), Ok(key)) = (bytes, VerifyingKey::from_bytes(key)) else {
        return false;
    };
    let signature = Signature::from_slice(&bytes);
    signature.is_ok_and(|signature| key.verify_strict(base.as_bytes(), &signature).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_790_000_000_000);
    const BODY: &[u8] = b"body";
    const TARGET_URI: &str = "https://bank.example/v1/partner";

    fn key() -> HubKey {
        HubKey::from_secret(&[7; 32])
    }

    fn call() -> Call<'static> {
        Call {
            target: TARGET_URI,
            source: OrganisationId([1; 32]),
            to: OrganisationId([2; 32]),
        }
    }

    /// What a server asks of a call, but for its body and whether the nonce is new.
    fn heard(call: &Call<'_>, signed: &Signed, key: &[u8; 32], now: Timestamp) -> Option<[u8; 16]> {
        let heard = hear_call(call, signed, key)?;
        heard.is_in_time(now).then_some(heard.nonce)
    }

    #[test]
    fn a_call_is_good_for_its_place_its_body_and_its_time() {
        let signed = sign_call(&call(), BODY, &key(), [5; 16], NOW);
        let public = key().public();
        let good = |call: &Call<'_>, now| heard(call, &signed, &public, now);
        assert_eq!(good(&call(), NOW), Some([5; 16]));
        assert_eq!(good(&call(), NOW.plus_millis(300_000)), Some([5; 16]));
        assert_eq!(good(&call(), NOW.plus_millis(301_000)), None);
        assert!(signed.covers(BODY) && !signed.covers(b"other"));
        let elsewhere = Call {
            target: "https://evil.example/v1/partner",
            ..call()
        };
        assert_eq!(good(&elsewhere, NOW), None);
        let (one, two) = (OrganisationId([1; 32]), OrganisationId([2; 32]));
        assert_eq!(
            good(
                &Call {
                    source: two,
                    ..call()
                },
                NOW
            ),
            None
        );
        assert_eq!(good(&Call { to: one, ..call() }, NOW), None);
        let other = HubKey::from_secret(&[8; 32]).public();
        assert_eq!(heard(&call(), &signed, &other, NOW), None);
    }

    #[test]
    fn every_other_form_is_refused() {
        let signed = sign_call(&call(), BODY, &key(), [5; 16], NOW);
        let changed = |from: &str, to: &str| Signed {
            input: signed.input.replace(from, to),
            ..signed.clone()
        };
        for bad in [
            changed("s1=", "s2="),
            changed("ed25519", "hmac-sha256"),
            changed("valise-partner", "other"),
            changed(" \"valise-target\"", ""),
            changed("created=1790000000", "created=+1790000000"),
            changed("created=1790000000", "created="),
            changed(";nonce=\"05050505050505050505050505050505\"", ""),
        ] {
            assert_ne!(bad, signed);
            let found = heard(&call(), &bad, &key().public(), NOW);
            assert_eq!(found, None, "{}", bad.input);
        }
    }

    #[test]
    fn an_answer_belongs_to_its_question() {
        let asked = sign_call(&call(), BODY, &key(), [5; 16], NOW).signature;
        let source = OrganisationId([2; 32]);
        let signed = sign_reply(200, b"yes", &asked, source, &key(), NOW);
        let public = key().public();
        let good = |status, body, asked: &str, source| {
            verify_reply(status, body, asked, source, &signed, &public)
        };
        assert!(good(200, b"yes", &asked, source));
        assert!(!good(404, b"yes", &asked, source));
        assert!(!good(200, b"no", &asked, source));
        assert!(!good(200, b"yes", "s1=:AAAA:", source));
        assert!(!good(200, b"yes", &asked, OrganisationId([3; 32])));
    }

    #[test]
    fn the_base_is_what_the_standard_says() {
        let signed = sign_call(&call(), BODY, &key(), [5; 16], NOW);
        let base = call().base(&signed.digest, &signed.input[3..]);
        let lines: Vec<&str> = base.lines().collect();
        assert_eq!(lines[0], "\"@method\": POST");
        assert_eq!(lines[1], "\"@target-uri\": https://bank.example/v1/partner");
        assert_eq!(
            lines[2],
            "\"content-digest\": sha-256=:Iw2DWNyOiJC0xY3utikS7i8gNXrpKlzIYbmOaP4xrLU=:"
        );
        assert!(lines[6].starts_with("\"@signature-params\": (\"@method\" "));
        assert_eq!(lines.len(), 7);
        assert!(!base.ends_with('\n'));
    }
}
