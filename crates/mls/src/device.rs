//! The keys with which a device speaks in its rooms.

use crate::random::Random;
use ed25519_dalek::{Signer as _, SigningKey};
use openmls_traits::signatures::SignerError;
use openmls_traits::types::SignatureScheme;
use valise_wire::policy::LeafIdentity;
use zeroize::Zeroizing;

/// A device: its identity and its leaf key (Ed25519). One key in all its rooms, the one that the directory names.
pub struct Device {
    identity: LeafIdentity,
    signing: SigningKey,
}

impl Device {
    /// Makes the keys of a new device.
    pub fn generate(identity: LeafIdentity, random: &Random) -> Self {
        let seed = Zeroizing::new(random.array::<32>());
        Self {
            identity,
            signing: SigningKey::from_bytes(&seed),
        }
    }

    /// Reads what [`Self::secret`] returned.
    pub fn from_secret(identity: LeafIdentity, secret: &[u8; 32]) -> Self {
        Self {
            identity,
            signing: SigningKey::from_bytes(secret),
        }
    }

    /// Returns the secret half, to be kept in an encrypted store.
    pub fn secret(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.signing.to_bytes())
    }

    /// Tells who it is.
    pub fn identity(&self) -> &LeafIdentity {
        &self.identity
    }

    /// Returns the public half, which the device list in the directory must name.
    pub fn leaf_key(&self) -> [u8; 32] {
        self.signing.verifying_key().to_bytes()
    }

    pub(crate) fn sign_bytes(&self, bytes: &[u8]) -> [u8; 64] {
        self.signing.sign(bytes).to_bytes()
    }
}

impl openmls_traits::signatures::Signer for Device {
    fn sign(&self, payload: &[u8]) -> Result<Vec<u8>, SignerError> {
        Ok(self.sign_bytes(payload).to_vec())
    }

    fn signature_scheme(&self) -> SignatureScheme {
        SignatureScheme::ED25519
    }
}
