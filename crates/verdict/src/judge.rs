//! Verifying, with all that there is to verify with.

use valise_evidence::verify::{Expected, Verdict, verify};

/// Verifies a bundle, with the fingerprints that the reader has from the organisations themselves.
pub fn judge(bytes: &[u8], fingerprints: Vec<String>) -> Verdict {
    let expected = Expected {
        fingerprints,
        // Documents of organisations and time tokens are not read yet: what rests on them is shown as not proven.
        ..Expected::default()
    };
    verify(bytes, &expected)
}
