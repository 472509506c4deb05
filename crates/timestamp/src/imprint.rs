//! What is timestamped: a digest, and by which function it was made.

use crate::names;
use der::asn1::{ObjectIdentifier, OctetString};
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use crate::structure::{Algorithm, MessageImprint};

/// A function that makes digests. Older ones are neither given nor taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digest {
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Digest {
    pub(crate) fn of_id(id: &ObjectIdentifier) -> Option<Self> {
        match *id {
            names::SHA256 => Some(Self::Sha256),
            names::SHA384 => Some(Self::Sha384),
            names::SHA512 => Some(Self::Sha512),
            _ => None,
        }
    }

    pub(crate) fn algorithm(self) -> Algorithm {
        let oid = match self {
            Self::Sha256 => names::SHA256,
            Self::Sha384 => names::SHA384,
            Self::Sha512 => names::SHA512,
        };
        Algorithm {
            oid,
            parameters: None,
        }
    }

    /// Digests bytes.
    pub(crate) fn of(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Sha384 => Sha384::digest(bytes).to_vec(),
            Self::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }

    fn len(self) -> usize {
        match self {
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }
}

/// A digest that is timestamped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imprint {
    digest: Digest,
    value: Vec<u8>,
}

impl Imprint {
    /// Takes a SHA-256 that the caller made.
    pub fn sha256(value: [u8; 32]) -> Self {
        Self {
            digest: Digest::Sha256,
            value: value.to_vec(),
        }
    }

    /// Digests bytes with SHA-256.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self::sha256(Sha256::digest(bytes).into())
    }

    /// Digests a COSE signature for its header `3161-ctt` (270): RFC 9921 §3.2 takes the byte string as CBOR encodes it, with the bytes
    /// of its head.
    pub fn of_cose_signature(signature: &[u8]) -> Self {
        let mut hash = Sha256::new();
        hash.update(byte_string_head(signature.len() as u64));
        hash.update(signature);
        Self::sha256(hash.finalize().into())
    }

    /// Returns the digest.
    pub fn value(&self) -> &[u8] {
        &self.value
    }

    /// Returns the function that made it.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// Reads one; none if the function is not known, or its digests have another length.
    pub(crate) fn read(from: &MessageImprint) -> Option<Self> {
        let digest = Digest::of_id(&from.algorithm.oid)?;
        let has_no_parameters = from
            .algorithm
            .parameters
            .as_ref()
            .is_none_or(|parameters| parameters.is_null());
        let value = from.digest.as_bytes();
        (has_no_parameters && value.len() == digest.len()).then(|| Self {
            digest,
            value: value.to_vec(),
        })
    }

    pub(crate) fn structure(&self) -> der::Result<MessageImprint> {
        Ok(MessageImprint {
            algorithm: self.digest.algorithm(),
            digest: OctetString::new(self.value.as_slice())?,
        })
    }
}

/// Writes the head of a byte string in deterministic CBOR.
fn byte_string_head(length: u64) -> Vec<u8> {
    const MAJOR: u8 = 2 << 5;
    let bytes = length.to_be_bytes();
    match length {
        0..24 => vec![MAJOR | bytes[7]],
        24..0x100 => vec![MAJOR | 24, bytes[7]],
        0x100..0x1_0000 => [&[MAJOR | 25], &bytes[6..]].concat(),
        0x1_0000..0x1_0000_0000 => [&[MAJOR | 26], &bytes[4..]].concat(),
        _ => [&[MAJOR | 27][..], &bytes].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_of_a_cose_signature_is_digested_with_it() {
        let signature: Vec<u8> = (0..64).collect();
        let whole = [&[0x58, 0x40][..], &signature].concat();
        let imprint = Imprint::of_cose_signature(&signature);
        assert_eq!(imprint, Imprint::of_bytes(&whole));
        assert_ne!(imprint, Imprint::of_bytes(&signature));
        assert_eq!(hex::encode(imprint.value()), VECTOR);
    }

    /// SHA-256 of `58 40 00 01 … 3f`, made with another program.
    const VECTOR: &str = "e4e6f15479729579677a2d36c05e430d5e27d512dd9d0eccde3840411e5584b7";

    #[test]
    fn every_length_has_its_shortest_head() {
        for (length, head) in [
            (0, "40"),
            (23, "57"),
            (24, "5818"),
            (255, "58ff"),
            (256, "590100"),
            (65_535, "59ffff"),
            (65_536, "5a00010000"),
            (1 << 32, "5b0000000100000000"),
        ] {
            assert_eq!(hex::encode(byte_string_head(length)), head);
        }
    }
}
