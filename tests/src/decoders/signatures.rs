//! What one server shows another beside what it says: the heads of a signed request or answer.

use valise_mls::HubKey;
use valise_server::partners::signature::{
    Call, Signed, hear_call, read_input, sign_call, sign_reply, verify_reply, write_input,
};
use valise_wire::{OrganisationId, Timestamp};

const NOW: Timestamp = Timestamp(1_790_000_000_000);
const NONCE: [u8; 16] = [0x5a; 16];
const SOURCE: OrganisationId = OrganisationId([1; 32]);
const BODY: &[u8] = b"what is asked";
const CALL: Call<'static> = Call {
    target: "https://bank.example/v1/partner",
    source: SOURCE,
    to: OrganisationId([2; 32]),
};

fn key() -> HubKey {
    HubKey::from_secret(&[7; 32])
}

fn asked() -> Signed {
    sign_call(&CALL, BODY, &key(), NONCE, NOW)
}

fn later() -> Signed {
    sign_call(&CALL, b"", &key(), [0; 16], NOW.plus_millis(1_000))
}

fn answered() -> Signed {
    sign_reply(200, BODY, &asked().signature, SOURCE, &key(), NOW)
}

/// Three lines: digest, what was signed, signature. Only what was really signed is taken, and read in one way.
pub(super) fn signatures(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let mut lines = text.split('\n').map(str::to_owned);
    let mut line = || lines.next().unwrap_or_default();
    let shown = Signed {
        digest: line(),
        input: line(),
        signature: line(),
    };
    if let Some((created, nonce)) = read_input(&shown.input, SOURCE) {
        let again = write_input(SOURCE, created, nonce);
        assert_eq!(again, shown.input, "a second way to write it was taken");
    }
    let heard = hear_call(&CALL, &shown, &key().public());
    if heard.is_some_and(|heard| heard.is_in_time(NOW)) {
        assert!(
            [asked(), later()].contains(&shown),
            "nobody signed this request"
        );
    }
    let first = asked().signature;
    if verify_reply(200, BODY, &first, SOURCE, &shown, &key().public()) {
        assert_eq!(shown, answered(), "nobody signed this answer");
    }
}

pub(super) fn honest() -> Vec<(&'static str, Vec<u8>)> {
    let all = [asked(), answered(), later()];
    let text = |it: Signed| [it.digest, it.input, it.signature].join("\n");
    all.map(|it| ("signatures", text(it).into_bytes())).to_vec()
}
