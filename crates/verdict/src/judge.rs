//! Verifying, with all that there is to verify with.

use valise_evidence::verify::{Expected, Stamp, Stamped, Verdict, verify};
use valise_timestamp::{Certificate, Imprint, Verified, verify as verify_stamp, verify_alone};

/// Verifies a bundle, with the fingerprints that the reader has from the organisations themselves, and the authorities for time stamps
/// that he trusts.
pub fn judge(bytes: &[u8], fingerprints: Vec<String>, trusted: &[Certificate]) -> Verdict {
    let token = |over: Stamped<'_>, token: &[u8]| stamp(trusted, over, token);
    let expected = Expected {
        fingerprints,
        token: Some(&token),
    };
    verify(bytes, &expected)
}

/// Verifies a time stamp. One that holds by what it brings along alone says who would have to be trusted.
fn stamp(trusted: &[Certificate], over: Stamped<'_>, token: &[u8]) -> Option<Stamp> {
    let imprint = match over {
        Stamped::Signature(signature) => Imprint::of_cose_signature(signature),
        Stamped::File(bytes) => Imprint::of_bytes(bytes),
    };
    let stamp = |verified: Verified, is_known| Stamp {
        at: verified.time,
        authority: verified.anchor.fingerprint(),
        name: verified.anchor.subject(),
        is_known,
    };
    match verify_stamp(token, &imprint, trusted) {
        Ok(verified) => Some(stamp(verified, true)),
        Err(_) => Some(stamp(verify_alone(token, &imprint).ok()?, false)),
    }
}
