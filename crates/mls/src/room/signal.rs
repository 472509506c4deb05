//! Signals: sealed under the epoch, signed by the sender, never stored.

use super::Room;
use crate::error::{Error, Misdelivery};
use crate::extract;
use crate::member::malformed;
use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use ed25519_dalek::{Signature, VerifyingKey};
use openmls::prelude::LeafNodeIndex;
use valise_wire::policy::LeafIdentity;
use zeroize::Zeroizing;

/// Exporter label of the key for signals.
const LABEL: &str = "valise/1 signal";
/// Begins what a signal's signature is over. No MLS signature begins so: those begin with the length of a short label.
const SIGNED: &[u8] = b"valise/1 signal\0";
const NONCE: usize = 12;
const INDEX: usize = 4;
const SIGNATURE: usize = 64;

/// Most bytes of a signal's plaintext.
pub const MAX_SIGNAL_BYTES: usize = 1024;

impl Room<'_> {
    /// Seals a signal (typing) for the members of this epoch: nonce, then AES-256-GCM under a secret of the epoch over leaf
    /// index, signature and plaintext. Refused while somebody is in the room whom its rule leaves out ([`Room::outside`]).
    pub fn seal_signal(&self, plaintext: &[u8]) -> Result<Vec<u8>, Error> {
        if plaintext.len() > MAX_SIGNAL_BYTES {
            return Err(Error::Misuse("the signal is too long"));
        }
        self.require_nobody_outside()?;
        let nonce = self.member.random.array::<NONCE>();
        let index = self.own_index().to_be_bytes();
        let signature = self
            .member
            .device
            .sign_bytes(&self.signed(&index, &nonce, plaintext));
        let content = [&index[..], &signature, plaintext].concat();
        let payload = Payload {
            msg: &content,
            aad: &self.signal_aad(),
        };
        let sealed = self
            .signal_cipher()?
            .encrypt(Nonce::from_slice(&nonce), payload)
            .map_err(|_| Error::Bug("a signal cannot be sealed"))?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// Opens a signal of this epoch and tells who sent it. One that cannot be opened is of another epoch, or forged; it is
    /// worth nothing either way.
    pub fn open_signal(&self, sealed: &[u8]) -> Result<(LeafIdentity, Vec<u8>), Error> {
        let forged = || Error::ServerMisbehaved(Misdelivery::Forged);
        let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE>().ok_or_else(malformed)?;
        if ciphertext.len() > MAX_SIGNAL_BYTES + 128 {
            return Err(malformed());
        }
        let payload = Payload {
            msg: ciphertext,
            aad: &self.signal_aad(),
        };
        let content = self
            .signal_cipher()?
            .decrypt(Nonce::from_slice(nonce), payload)
            .map_err(|_| forged())?;
        let (index, rest) = content.split_first_chunk::<INDEX>().ok_or_else(malformed)?;
        let (signature, plaintext) = rest
            .split_first_chunk::<SIGNATURE>()
            .ok_or_else(malformed)?;
        let leaf = extract::leaf(
            self.group.public_group(),
            LeafNodeIndex::new(u32::from_be_bytes(*index)),
        )
        .map_err(|_| forged())?;
        let key = VerifyingKey::from_bytes(&leaf.key).map_err(|_| forged())?;
        let signed = self.signed(index, nonce, plaintext);
        key.verify_strict(&signed, &Signature::from_bytes(signature))
            .map_err(|_| forged())?;
        Ok((leaf.identity, plaintext.to_vec()))
    }

    fn signal_cipher(&self) -> Result<Aes256Gcm, Error> {
        let key = Zeroizing::new(self.export_secret(LABEL, &self.id.0, 32)?);
        Aes256Gcm::new_from_slice(&key).map_err(|_| Error::Bug("a key of the wrong length"))
    }

    fn signal_aad(&self) -> Vec<u8> {
        [&self.id.0[..], &self.epoch().to_be_bytes()].concat()
    }

    fn signed(&self, index: &[u8; INDEX], nonce: &[u8; NONCE], plaintext: &[u8]) -> Vec<u8> {
        [SIGNED, &self.signal_aad(), index, nonce, plaintext].concat()
    }
}
