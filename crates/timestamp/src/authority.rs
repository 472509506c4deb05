//! An authority of one's own: a root that lasts, and a key that signs timestamps and is replaced every year.
//!
//! The root is what others trust; it signs certificates and no timestamps. Certificates outlive their keys by nine years, so that readers
//! who look at today's date instead of the token's go on taking what was given. A replaced key is forgotten.

mod answer;
pub(crate) mod issue;
mod kept;

use crate::certificate::Certificate;
use p256::ecdsa::SigningKey;
use sha2::{Digest as _, Sha256};
use thiserror::Error;
use valise_wire::Timestamp;
use zeroize::Zeroizing;

pub use answer::{Failure, refusal};
pub use kept::Kept;

const YEAR_MILLIS: u64 = 365 * 24 * 60 * 60 * 1000;
/// A certificate is valid for so long, and its key signs for the first year of it.
const YEARS_VALID: u64 = 10;
/// How far an authority's clock may be off, as its tokens say it: they leave out what is finer than a second.
pub(crate) const ACCURACY_SECONDS: u32 = 1;

/// Why an authority was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Error {
    /// What was kept is no authority.
    #[error("this is no timestamp authority that was kept")]
    Damaged,
    /// A certificate cannot be written, as its time is after the year 9999.
    #[error("no certificate can be written")]
    Certificate,
}

/// Random bytes of which a key is made.
pub type Secret = Zeroizing<[u8; 32]>;

/// The number of a token, big-endian: of an authority, no two have the same. The caller sees to that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Serial(pub [u8; 20]);

/// An authority that signs with P-256, the one curve that everybody's verifier knows.
pub struct Authority {
    root: Pair,
    signer: Pair,
}

/// A key and its certificate.
pub(crate) struct Pair {
    secret: Secret,
    pub(crate) key: SigningKey,
    pub(crate) certificate: Certificate,
}

impl Authority {
    /// Founds an authority. `organisation` stands in its certificates for people to read.
    pub fn found(
        organisation: &str,
        [root, signer]: [Secret; 2],
        now: Timestamp,
    ) -> Result<Self, Error> {
        let key = key(&root);
        let certificate = issue::root(organisation, &key, now).map_err(|_| Error::Certificate)?;
        let root = Pair {
            secret: root,
            key,
            certificate,
        };
        let signer = Pair::issued_by(&root, signer, now)?;
        Ok(Self { root, signer })
    }

    /// Makes the same authority with another signing key.
    pub fn renewed(&self, secret: Secret, now: Timestamp) -> Result<Self, Error> {
        let root = self.root.again();
        let signer = Pair::issued_by(&root, secret, now)?;
        Ok(Self { root, signer })
    }

    /// Puts an authority together as no caller can.
    #[cfg(test)]
    pub(crate) fn forged(root: Pair, signer: Pair) -> Self {
        Self { root, signer }
    }

    /// Tells whether the signing key has signed for long enough, or its certificate is of the future.
    pub fn is_due(&self, now: Timestamp) -> bool {
        let (from, _) = self.signer.certificate.validity();
        now < from || now.millis_since(from) >= YEAR_MILLIS
    }

    /// Returns the certificate that others trust.
    pub fn root(&self) -> &Certificate {
        &self.root.certificate
    }

    /// Returns the certificate of the key that signs now.
    pub fn certificate(&self) -> &Certificate {
        &self.signer.certificate
    }
}

impl Pair {
    fn issued_by(root: &Self, secret: Secret, now: Timestamp) -> Result<Self, Error> {
        let key = key(&secret);
        let certificate = issue::signer(root, &key, now).map_err(|_| Error::Certificate)?;
        Ok(Self {
            secret,
            key,
            certificate,
        })
    }

    #[cfg(test)]
    pub(crate) fn forged(key: SigningKey, certificate: Certificate) -> Self {
        let secret = Secret::default();
        Self {
            secret,
            key,
            certificate,
        }
    }

    fn again(&self) -> Self {
        Self {
            secret: self.secret.clone(),
            key: self.key.clone(),
            certificate: self.certificate.clone(),
        }
    }
}

/// Makes a key of random bytes. One in 2³² is no number that P-256 has a key for; the next digest is.
fn key(secret: &Secret) -> SigningKey {
    let mut bytes = secret.clone();
    loop {
        if let Ok(key) = SigningKey::from_slice(bytes.as_slice()) {
            return key;
        }
        let next: [u8; 32] = Sha256::digest(bytes.as_slice()).into();
        *bytes = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_key_still_make_one() {
        let zero = key(&Zeroizing::new([0; 32]));
        let most = key(&Zeroizing::new([0xff; 32]));
        assert_ne!(zero.verifying_key(), most.verifying_key());
    }

    #[test]
    fn a_key_is_due_after_a_year_and_when_the_clock_went_back() {
        let begin = Timestamp(1_790_000_000_000);
        let secrets = [[1; 32], [2; 32]].map(Zeroizing::new);
        let authority = Authority::found("office.example", secrets, begin).unwrap();
        let year = begin.plus_millis(YEAR_MILLIS);
        assert!(!authority.is_due(begin));
        assert!(!authority.is_due(Timestamp(year.0 - 1)));
        assert!(authority.is_due(year));
        assert!(authority.is_due(Timestamp(begin.0 - 10_000)));
        let renewed = authority.renewed(Zeroizing::new([3; 32]), year).unwrap();
        assert!(!renewed.is_due(year));
        assert_eq!(renewed.root(), authority.root());
        assert_ne!(renewed.certificate(), authority.certificate());
    }
}
