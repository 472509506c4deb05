//! Timestamps: questions to an authority of one's own, and answers and tokens of others.

use valise_timestamp::{
    Authority, Certificate, Imprint, Request, Serial, read_response, read_untrusted, refusal,
    verify, verify_alone,
};
use valise_wire::Timestamp;

const NOW: Timestamp = Timestamp(1_790_000_000_000);

fn authority() -> Authority {
    let secrets = [[1; 32], [2; 32]].map(Into::into);
    Authority::found("office.example", secrets, NOW).expect("an authority can be made")
}

fn asked() -> Request {
    Request {
        imprint: Imprint::of_bytes(b"a letter"),
        nonce: [0x9a; 16],
    }
}

/// A question, an answer, a token, a certificate: whatever it is. What is taken says what was signed.
pub(super) fn timestamps(bytes: &[u8]) {
    let authority = authority();
    let trusted = [authority.root().clone()];
    let asked = asked();
    if let Ok(answer) = read_response(bytes, &asked, &trusted) {
        assert_eq!(answer.verified.time, NOW, "another time was taken");
    }
    if let Ok(verified) = verify(bytes, &asked.imprint, &trusted) {
        assert_eq!(verified.time, NOW, "another time was taken");
    }
    // Of nobody's trust, any time may be said; it must only end.
    let _ = read_untrusted(bytes, &asked);
    let _ = verify_alone(bytes, &asked.imprint);
    if let Ok(certificate) = Certificate::from_der(bytes) {
        let _ = (certificate.subject(), certificate.validity());
    }
    assert!(!authority.answer(bytes, Serial([7; 20]), NOW).is_empty());
}

pub(super) fn honest() -> Vec<(&'static str, Vec<u8>)> {
    let authority = authority();
    let question = asked().to_der().expect("a question can be written");
    let answer = authority.answer(&question, Serial([7; 20]), NOW);
    let token = read_response(&answer, &asked(), &[authority.root().clone()]);
    let inputs = [
        question,
        answer,
        token.expect("granted").token,
        authority.root().to_der(),
        authority.certificate().to_der(),
        refusal(valise_timestamp::Failure::BadRequest),
    ];
    inputs.map(|input| ("timestamps", input)).to_vec()
}
