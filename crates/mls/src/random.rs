//! The one source of randomness: a ChaCha20 stream from a seed that the caller gives.

use openmls_rust_crypto::RustCrypto;
use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore as _, SeedableRng as _};
use std::sync::{Mutex, PoisonError};

/// Randomness for all operations of a device, drawn from one seed.
///
/// The seed must be fresh at every start: with a seed used twice, keys would be made twice. Everything comes from it but
/// the ephemeral half of an HPKE encryption (RFC 9180), which the cryptographic library draws from the system itself; so a
/// run with the same seed has the same identities, secrets of the tree, key packages and course, but other ciphertexts
/// and hashes.
pub struct Random {
    stream: Mutex<ChaCha20Rng>,
    pub(crate) crypto: RustCrypto,
}

impl Random {
    /// Begins the stream of a seed.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self {
            stream: Mutex::new(ChaCha20Rng::from_seed(seed)),
            crypto: RustCrypto::default(),
        }
    }

    /// Fills a slice.
    pub fn fill(&self, bytes: &mut [u8]) {
        self.stream
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .fill_bytes(bytes);
    }

    /// Returns random bytes.
    pub fn array<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }
}

impl openmls_traits::random::OpenMlsRand for Random {
    type Error = std::convert::Infallible;

    fn random_array<const N: usize>(&self) -> Result<[u8; N], Self::Error> {
        Ok(self.array())
    }

    fn random_vec(&self, length: usize) -> Result<Vec<u8>, Self::Error> {
        let mut bytes = vec![0; length];
        self.fill(&mut bytes);
        Ok(bytes)
    }
}
