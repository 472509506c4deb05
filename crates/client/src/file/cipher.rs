//! C2SP chunked-encryption (Cobblestone-128): a file is sealed chunk by chunk, so that it can be opened at any offset and
//! a chunk that was changed, moved or cut off is refused.
//!
//! `salt (24) ‖ commitment (32) ‖ chunks of 16 KiB and a tag`; the last chunk is shorter, and may be empty.

use aes_gcm::aead::{Aead as _, KeyInit as _};
use aes_gcm::{Aes128Gcm, Key, Nonce};
use hmac::{Hmac, Mac as _};
use sha2::Sha512;
use std::ops::Range;
use zeroize::Zeroizing;

/// Plaintext bytes of every chunk but the last.
pub(crate) const CHUNK: u64 = 16 << 10;
/// Ciphertext bytes of every chunk but the last.
pub(crate) const SEALED_CHUNK: u64 = CHUNK + 16;
/// Bytes before the first chunk.
pub(crate) const HEADER: u64 = 56;
/// What the derivation of a file's keys is bound to beside the salt.
const FILE: &[u8] = b"valise/1 file";
const LABEL: &[u8] = b"c2sp.org/chunked-encryption@v1+AEAD_AES_128_GCM\0";

/// Keys of one file, or of something else that is sealed like one.
pub(crate) struct FileCipher {
    aead: Aes128Gcm,
    base_nonce: [u8; 12],
    header: [u8; HEADER as usize],
}

impl FileCipher {
    /// Derives the keys of a file in a message.
    pub(crate) fn new(key: &[u8; 16], salt: &[u8; 24]) -> Self {
        Self::of(FILE, key, salt)
    }

    /// Derives the keys for a purpose from the input key and salt (HKDF-Expand of SHA-512, whose one block is enough).
    pub(crate) fn of(purpose: &[u8], key: &[u8; 16], salt: &[u8; 24]) -> Self {
        // HMAC takes keys of any length.
        let mut derived = Zeroizing::new([0; 64]);
        if let Ok(mut mac) = <Hmac<Sha512> as hmac::Mac>::new_from_slice(key) {
            for part in [LABEL, salt, purpose, &[1]] {
                mac.update(part);
            }
            derived.copy_from_slice(&mac.finalize().into_bytes());
        }
        let mut base_nonce = [0; 12];
        base_nonce.copy_from_slice(&derived[16..28]);
        let mut header = [0; HEADER as usize];
        header[..24].copy_from_slice(salt);
        header[24..].copy_from_slice(&derived[28..60]);
        let aead = Aes128Gcm::new(Key::<Aes128Gcm>::from_slice(&derived[..16]));
        Self {
            aead,
            base_nonce,
            header,
        }
    }

    /// Returns what stands before the first chunk; a reader compares all of it first.
    pub(crate) fn header(&self) -> &[u8; HEADER as usize] {
        &self.header
    }

    /// Seals one chunk.
    pub(super) fn seal(&self, index: u64, plain: &[u8]) -> Vec<u8> {
        // AES-GCM refuses nothing below 64 GiB.
        self.aead
            .encrypt(&self.nonce(index), plain)
            .unwrap_or_default()
    }

    /// Seals a piece that begins with a whole chunk at `offset`; returns where it lies in the ciphertext, and its bytes. None but
    /// the last piece ends with a part of a chunk.
    pub(crate) fn seal_piece(&self, offset: u64, plain: &[u8], is_last: bool) -> (u64, Vec<u8>) {
        let first = offset / CHUNK;
        let (at, mut sealed) = match offset {
            0 => (0, self.header.to_vec()),
            _ => (HEADER + first * SEALED_CHUNK, Vec::new()),
        };
        for (index, chunk) in (first..).zip(plain.chunks(CHUNK as usize)) {
            sealed.extend(self.seal(index, chunk));
        }
        let end = offset + plain.len() as u64;
        if is_last && end.is_multiple_of(CHUNK) {
            // The last chunk is always shorter than the others, and so is empty here.
            sealed.extend(self.seal(end / CHUNK, &[]));
        }
        (at, sealed)
    }

    /// Opens one chunk; none if it is not the one that was sealed at this place.
    pub(crate) fn open(&self, index: u64, sealed: &[u8]) -> Option<Vec<u8>> {
        self.aead.decrypt(&self.nonce(index), sealed).ok()
    }

    fn nonce(&self, index: u64) -> Nonce<aes_gcm::aead::consts::U12> {
        let mut nonce = self.base_nonce;
        for (byte, counter) in nonce[4..].iter_mut().zip(index.to_be_bytes()) {
            *byte ^= counter;
        }
        *Nonce::from_slice(&nonce)
    }
}

/// Returns the length of the ciphertext of `length` bytes.
pub(crate) fn sealed_length(length: u64) -> u64 {
    HEADER + length + 16 * (length / CHUNK + 1)
}

/// Returns the length of what a ciphertext of `sealed` bytes holds, if it can be a whole one.
pub(crate) fn plain_length(sealed: u64) -> Option<u64> {
    let body = sealed.checked_sub(HEADER)?;
    let rest = (body % SEALED_CHUNK).checked_sub(16)?;
    Some(body / SEALED_CHUNK * CHUNK + rest)
}

/// Returns the chunks that hold a range, and where they lie in a ciphertext of `sealed` bytes.
pub(crate) fn chunks(wanted: &Range<u64>, sealed: u64) -> (Range<u64>, Range<u64>) {
    let first = wanted.start / CHUNK;
    let last = wanted.end.saturating_sub(1).max(wanted.start) / CHUNK + 1;
    let place = |chunk: u64| (HEADER + chunk * SEALED_CHUNK).min(sealed);
    (first..last, place(first)..place(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_the_specifications() {
        for (plain, chunks) in [(0, 1), (1024, 1), (CHUNK, 2), (20 << 10, 2), (CHUNK - 1, 1)] {
            assert_eq!(sealed_length(plain), HEADER + plain + 16 * chunks);
            assert_eq!(plain_length(sealed_length(plain)), Some(plain));
        }
        assert_eq!(
            plain_length(HEADER + SEALED_CHUNK),
            None,
            "cut off at a chunk"
        );
        assert_eq!(plain_length(HEADER + 15), None);
        assert_eq!(plain_length(55), None);
    }

    #[test]
    fn a_chunk_opens_at_its_own_place_alone() {
        let cipher = FileCipher::new(&[1; 16], &[2; 24]);
        let sealed = cipher.seal(3, b"chunk");
        assert_eq!(cipher.open(3, &sealed).as_deref(), Some(&b"chunk"[..]));
        assert_eq!(cipher.open(4, &sealed), None);
        assert_eq!(FileCipher::new(&[1; 16], &[3; 24]).open(3, &sealed), None);
        assert_ne!(
            FileCipher::new(&[9; 16], &[2; 24]).header(),
            cipher.header()
        );
    }

    #[test]
    fn keys_are_those_of_a_second_implementation() {
        let cipher = FileCipher::new(&[1; 16], &[2; 24]);
        assert_eq!(hex::encode(&cipher.header()[24..]), COMMITMENT);
        assert_eq!(hex::encode(cipher.seal(258, b"hello")), SEALED);
    }

    const COMMITMENT: &str = "deed0b63e99ebd62e5280efe70633d589e8fe68e95d17bc0b71136c95b433335";
    const SEALED: &str = "77fecae0c11cd9b57f5069153e600c0374bf1de59e";
}
