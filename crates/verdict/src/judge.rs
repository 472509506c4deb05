//! Verifying, with all that there is to verify with.

use valise_evidence::verify::{Expected, Stamp, Verdict, verify};
use valise_timestamp::{Certificate, Imprint, Verified, verify as verify_stamp, verify_alone};

/// Verifies a bundle, with the fingerprints that the reader has from the organisations themselves, and the authorities for time stamps
/// that he trusts.
pub fn judge(bytes: &[u8], fingerprints: Vec<String>, trusted: &[Certificate]) -> Verdict {
    let token = |signature: &[u8], token: &[u8]| stamp(trusted, signature, token);
    let expected = Expected {
        fingerprints,
        token: Some(&token),
    };
    verify(bytes, &expected)
}

/// Verifies a time stamp over a signature. One that holds by what it brings along alone says who would have to be trusted.
fn stamp(trusted: &[Certificate], signature: &[u8], token: &[u8]) -> Option<Stamp> {
    let imprint = Imprint::of_cose_signature(signature);
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
