//! Something sealed for one key outside of rooms: HPKE (RFC 9180) in base mode with the key agreement of rooms, X-Wing.

use crate::{Error, Random};
use openmls_traits::crypto::OpenMlsCrypto as _;
use openmls_traits::types::{
    HpkeAeadType, HpkeCiphertext, HpkeConfig, HpkeKdfType, HpkeKemType, HpkePrivateKey,
};
use tls_codec::{DeserializeBytes as _, Serialize as _};

const CONFIG: HpkeConfig = HpkeConfig(
    HpkeKemType::XWingKemDraft6,
    HpkeKdfType::HkdfSha256,
    HpkeAeadType::AesGcm128,
);

/// A key pair that opens what was sealed for it.
pub struct EnvelopeKey {
    private: HpkePrivateKey,
    public: Vec<u8>,
}

impl EnvelopeKey {
    /// Makes the pair of a random seed.
    pub fn from_seed(seed: &[u8; 32], random: &Random) -> Result<Self, Error> {
        let pair = random
            .crypto
            .derive_hpke_keypair(CONFIG, seed)
            .map_err(|_| Error::Misuse("no key pair for envelopes"))?;
        Ok(Self {
            private: pair.private,
            public: pair.public,
        })
    }

    /// Returns the public half, 1,216 bytes.
    pub fn public(&self) -> &[u8] {
        &self.public
    }

    /// Opens what was sealed with the same context; none if it was not, or was changed.
    pub fn open(&self, sealed: &[u8], context: &[u8], random: &Random) -> Option<Vec<u8>> {
        let sealed = HpkeCiphertext::tls_deserialize_exact_bytes(sealed).ok()?;
        let opened = random
            .crypto
            .hpke_open(CONFIG, &sealed, &self.private, context, &[]);
        opened.ok()
    }
}

/// Seals something for a public key, bound to a context; none if that is no key.
pub fn seal(public: &[u8], context: &[u8], plain: &[u8], random: &Random) -> Option<Vec<u8>> {
    let sealed = random
        .crypto
        .hpke_seal(CONFIG, public, context, &[], plain)
        .ok()?;
    sealed.tls_serialize_detached().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_for_a_key_is_opened_by_it_alone_in_its_context() {
        let random = Random::from_seed([1; 32]);
        let key = EnvelopeKey::from_seed(&[2; 32], &random).unwrap();
        let other = EnvelopeKey::from_seed(&[3; 32], &random).unwrap();
        let sealed = seal(key.public(), b"here", b"a secret", &random).unwrap();
        assert_eq!(
            key.open(&sealed, b"here", &random).as_deref(),
            Some(&b"a secret"[..])
        );
        assert_eq!(key.open(&sealed, b"there", &random), None);
        assert_eq!(other.open(&sealed, b"here", &random), None);
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert_eq!(key.open(&changed, b"here", &random), None, "byte {place}");
        }
        assert_eq!(key.open(&sealed[1..], b"here", &random), None);
        assert!(seal(b"no key", b"here", b"a secret", &random).is_none());
    }
}
