//! An organisation's seal on a signed object: "in the name of".
//!
//! Two signatures of different kinds side by side, and both must hold: evidence outlives the certainty that one of them is safe.

use crate::{Binding, Breach, Digest, Party};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use ml_dsa::{Keypair as _, MlDsa65};
use valise_directory::fold::{KeeperEntry, SealKeysEntry};
use valise_wire::{Octets, RequestId, Timestamp, record, to_bytes};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Bytes of the second signature and of its key (FIPS 204, ML-DSA-65).
const SIGNATURE_BYTES: usize = 3309;
const KEY_BYTES: usize = 1952;
/// What the second signature is for, by its own means.
const CONTEXT: &[u8] = b"valise/seal/v1";

record! {
    /// The public keys of a seal, as the organisation's directory says them.
    pub struct SealKeys {
        /// Of the first signature.
        pub ed25519: [u8; 32],
        /// Of the second one.
        pub ml_dsa_65: Octets,
    }
}

impl From<&SealKeysEntry> for SealKeys {
    fn from(entry: &SealKeysEntry) -> Self {
        Self {
            ed25519: entry.ed25519,
            ml_dsa_65: entry.ml_dsa_65.clone(),
        }
    }
}

/// The secret keys of a seal.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct SealSecret {
    ed25519: [u8; 32],
    ml_dsa_65: [u8; 32],
}

record! {
    /// What is sealed.
    pub struct Sealed {
        /// Who seals, for which organisation.
        pub keeper: Party,
        /// On something of which request.
        pub request: RequestId,
        /// On what.
        pub object: Digest,
        /// When, by the clock of whoever sealed.
        pub at: Timestamp,
    }
}

record! {
    /// A seal.
    pub struct Seal {
        /// What is sealed.
        pub sealed: Sealed,
        /// Ed25519 over it.
        pub ed25519: [u8; 64],
        /// ML-DSA-65 over it.
        pub ml_dsa_65: Octets,
        /// A time token over both signatures, one after the other.
        pub token: Option<Octets>,
    }
}

impl SealSecret {
    /// Makes the keys that belong to two seeds of random bytes.
    pub fn from_seeds(ed25519: [u8; 32], ml_dsa_65: [u8; 32]) -> Self {
        Self { ed25519, ml_dsa_65 }
    }

    /// Returns the public keys.
    pub fn public(&self) -> SealKeys {
        let second = self.second().verifying_key().encode();
        SealKeys {
            ed25519: SigningKey::from_bytes(&self.ed25519)
                .verifying_key()
                .to_bytes(),
            ml_dsa_65: Octets(second.to_vec()),
        }
    }

    /// Seals.
    pub fn seal(&self, sealed: Sealed, binding: &Binding) -> Seal {
        let message = message(&sealed, binding);
        let key = SigningKey::from_bytes(&self.ed25519);
        // Deterministic, so that it cannot fail but for a context that is too long.
        let expanded = self.second();
        let second = expanded
            .expanded_key()
            .sign_deterministic(&message, CONTEXT);
        let second = second.map(|signature| signature.encode().to_vec());
        Seal {
            sealed,
            ed25519: key.sign(&message).to_bytes(),
            ml_dsa_65: Octets(second.unwrap_or_default()),
            token: None,
        }
    }

    fn second(&self) -> ml_dsa::SigningKey<MlDsa65> {
        ml_dsa::SigningKey::from_seed(&self.ml_dsa_65.into())
    }
}

impl Seal {
    /// Finds the mandate by whose keys both signatures hold, among those that the account has and had.
    pub fn mandate<'a>(
        &self,
        mandates: &'a [KeeperEntry],
        binding: &Binding,
    ) -> Result<&'a KeeperEntry, Breach> {
        let mut found = Err(Breach::AnotherKey);
        for mandate in mandates.iter().rev() {
            let Some(keys) = &mandate.keys else {
                continue;
            };
            match self.verify(&keys.into(), binding) {
                // The same keys may have been said under several mandates.
                Ok(()) if mandate.counts_at(self.sealed.keeper.directory) => return Ok(mandate),
                Ok(()) => found = found.or(Ok(mandate)),
                Err(breach) => found = found.or(Err(breach)),
            }
        }
        found
    }

    /// Verifies both signatures.
    pub fn verify(&self, keys: &SealKeys, binding: &Binding) -> Result<(), Breach> {
        let message = message(&self.sealed, binding);
        let key = VerifyingKey::from_bytes(&keys.ed25519).map_err(|_| Breach::Forged)?;
        let signature = Signature::from_bytes(&self.ed25519);
        let first = key.verify_strict(&message, &signature);
        first.map_err(|_| Breach::Forged)?;
        if self.second_holds(keys, &message) == Some(true) {
            Ok(())
        } else {
            Err(Breach::SecondForged)
        }
    }

    /// Returns what a time token is made over.
    pub fn stamped(&self) -> Vec<u8> {
        [&self.ed25519, &*self.ml_dsa_65].concat()
    }

    /// Returns what the authority is shown for it: SHA-256 of that, as CBOR encodes a byte string.
    pub fn imprint(&self) -> Digest {
        Digest::of(&to_bytes(&Octets(self.stamped())))
    }

    fn second_holds(&self, keys: &SealKeys, message: &[u8]) -> Option<bool> {
        let key: &[u8; KEY_BYTES] = (&*keys.ml_dsa_65).try_into().ok()?;
        let signature: &[u8; SIGNATURE_BYTES] = (&*self.ml_dsa_65).try_into().ok()?;
        let key = ml_dsa::VerifyingKey::<MlDsa65>::decode(key.into());
        let signature = ml_dsa::Signature::<MlDsa65>::decode(signature.into())?;
        Some(key.verify_with_context(message, CONTEXT, &signature))
    }
}

fn message(sealed: &Sealed, binding: &Binding) -> Vec<u8> {
    [
        b"valise/1 seal\0".as_slice(),
        &binding.octets(),
        &to_bytes(sealed),
    ]
    .concat()
}
