//! COSE_Sign1 (RFC 9052 §4.2), as strictly as it can be read: one algorithm, one set of headers, one encoding.
//!
//! Written by hand over our own CBOR, and not by a library: what a general one would let through (other algorithms, other headers,
//! tags, a second encoding) is just what must not be here, and the bytes that came have to be kept as they are.

use crate::Breach;
use sha2::{Digest as _, Sha256};
use std::fmt;
use valise_directory::keys::{EvidenceKey, EvidencePublicKey, Signer as _};
use valise_wire::cbor::{Decode, DecodeError, Decoder, Encode, Encoder};
use valise_wire::{OrganisationId, RoomId, from_bytes, to_bytes};

/// Most bytes of a signed object.
pub const MAX_OBJECT_BYTES: usize = 512 << 10;
/// Most bytes of a time token beside a signature.
pub const MAX_TOKEN_BYTES: usize = 64 << 10;

/// Ed25519, fully specified (RFC 9864).
const ED25519: i64 = -19;
const ALGORITHM: u64 = 1;
const KEY_ID: u64 = 4;
const TYPE: u64 = 16;
/// A token of RFC 3161 over the signature (RFC 9921, `3161-ctt`).
const TOKEN: u64 = 270;

/// The SHA-256 by which things refer to each other: of a signed object as it was sent, or of a file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// Computes it.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl Encode for Digest {
    fn encode(&self, to: &mut Encoder) {
        to.bytes(&self.0);
    }
}

impl Decode for Digest {
    fn decode(from: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Decode::decode(from).map(Self)
    }
}

/// Where something was signed: a signature for one room is worth nothing in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding {
    /// The organisation that asks.
    pub asks: OrganisationId,
    /// The room in which it asks.
    pub room: RoomId,
}

impl Binding {
    /// Returns what is signed along, and sent nowhere.
    pub(crate) fn octets(&self) -> Vec<u8> {
        [b"valise/request/v1".as_slice(), &self.asks.0, &self.room.0].concat()
    }
}

/// Something that is signed.
pub trait Object: Encode + Decode {
    /// Its media type, which is signed along, so that no kind of thing can stand for another.
    const TYPE: &'static str;
    /// Whether a time token may stand beside the signature. What one's digest is taken of has none: a token is added later.
    const STAMPED: bool = false;

    /// Checks what the types of the fields do not.
    fn check(&self) -> Result<(), Breach> {
        Ok(())
    }
}

/// A signed object as it came. What it claims may be looked at to find the key, and believed after [`SignedIn::verify`] alone.
#[derive(Debug, Clone)]
pub struct SignedIn<T> {
    object: T,
    key_id: [u8; 32],
    payload: Vec<u8>,
    signature: [u8; 64],
    token: Option<Vec<u8>>,
    digest: Digest,
}

/// A signed object whose signature was verified.
#[derive(Debug, Clone)]
pub struct Signed<T> {
    /// What was signed.
    pub object: T,
    /// The name of the key that signed it.
    pub key_id: [u8; 32],
    /// By which others refer to it.
    pub digest: Digest,
    /// The signature, which a time token is made over.
    pub signature: [u8; 64],
    /// The time token beside it, which nobody has looked at yet.
    pub token: Option<Vec<u8>>,
}

/// Signs an object.
pub fn sign<T: Object>(object: &T, binding: &Binding, key: &EvidenceKey) -> Vec<u8> {
    let payload = to_bytes(object);
    let key_id = key.public().id();
    let signature = key.sign_structure(&structure::<T>(&key_id, binding, &payload));
    write::<T>(&key_id, &payload, &signature, None)
}

/// Puts a time token beside a signature, which does not change what is signed.
pub fn stamp<T: Object>(bytes: &[u8], token: Vec<u8>) -> Result<Vec<u8>, Breach> {
    let read = read::<T>(bytes)?;
    if !T::STAMPED || token.len() > MAX_TOKEN_BYTES {
        return Err(Breach::Headers);
    }
    let SignedIn {
        key_id,
        payload,
        signature,
        ..
    } = read;
    Ok(write::<T>(&key_id, &payload, &signature, Some(&token)))
}

/// Reads a signed object.
pub fn read<T: Object>(bytes: &[u8]) -> Result<SignedIn<T>, Breach> {
    if bytes.len() > MAX_OBJECT_BYTES + MAX_TOKEN_BYTES {
        return Err(Breach::TooLarge);
    }
    let Outer {
        protected,
        token,
        payload,
        signature,
    } = Outer::read(bytes).map_err(Breach::Malformed)?;
    let key_id = read_protected::<T>(protected)?;
    if token.is_some() && !T::STAMPED {
        return Err(Breach::Headers);
    }
    if payload.len() > MAX_OBJECT_BYTES || token.is_some_and(|token| token.len() > MAX_TOKEN_BYTES)
    {
        return Err(Breach::TooLarge);
    }
    let object: T = from_bytes(payload).map_err(Breach::Malformed)?;
    object.check()?;
    Ok(SignedIn {
        object,
        key_id,
        payload: payload.to_vec(),
        signature,
        token: token.map(<[u8]>::to_vec),
        digest: Digest::of(bytes),
    })
}

/// Returns what is signed in an object of this type, unread, for who wants to know why it cannot be read.
pub(crate) fn payload<T: Object>(bytes: &[u8]) -> Option<&[u8]> {
    let outer = Outer::read(bytes).ok()?;
    read_protected::<T>(outer.protected).ok()?;
    Some(outer.payload)
}

impl<T: Object> SignedIn<T> {
    /// Returns what it claims, to find out whose key has to have signed it.
    pub fn claims(&self) -> &T {
        &self.object
    }

    /// Returns the name of the key that it says it was signed with.
    pub fn key_id(&self) -> [u8; 32] {
        self.key_id
    }

    /// Returns the time token beside it.
    pub fn token(&self) -> Option<&[u8]> {
        self.token.as_deref()
    }

    /// Returns the signature, which a time token is made over.
    pub fn signature(&self) -> [u8; 64] {
        self.signature
    }

    /// Verifies the signature, strictly.
    pub fn verify(self, key: &EvidencePublicKey, binding: &Binding) -> Result<Signed<T>, Breach> {
        if key.id() != self.key_id {
            return Err(Breach::AnotherKey);
        }
        let structure = structure::<T>(&self.key_id, binding, &self.payload);
        let verified = key.verify_structure(&structure, &self.signature);
        verified.map_err(|_| Breach::Forged)?;
        Ok(self.unverified())
    }

    /// Takes the signature for good, for the tests that show what verifying is for.
    pub(crate) fn unverified(self) -> Signed<T> {
        Signed {
            object: self.object,
            key_id: self.key_id,
            digest: self.digest,
            signature: self.signature,
            token: self.token,
        }
    }
}

/// The four parts of a COSE_Sign1.
struct Outer<'a> {
    protected: &'a [u8],
    token: Option<&'a [u8]>,
    payload: &'a [u8],
    signature: [u8; 64],
}

impl<'a> Outer<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let mut from = Decoder::new(bytes);
        from.array_of(4)?;
        let protected = from.bytes()?;
        let token = match from.map()? {
            0 => None,
            1 if from.unsigned()? == TOKEN => Some(from.bytes()?),
            _ => return Err(DecodeError::OutOfRange),
        };
        from.leave();
        let payload = from.bytes()?;
        let signature = <[u8; 64]>::decode(&mut from)?;
        from.leave();
        from.finish()?;
        Ok(Self {
            protected,
            token,
            payload,
            signature,
        })
    }
}

fn protected<T: Object>(key_id: &[u8; 32]) -> Vec<u8> {
    let mut to = Encoder::default();
    to.map(3);
    to.unsigned(ALGORITHM);
    to.integer(ED25519);
    to.unsigned(KEY_ID);
    to.bytes(key_id);
    to.unsigned(TYPE);
    to.text(T::TYPE);
    to.into_bytes()
}

/// Reads which key signed; every other byte of the headers is known.
fn read_protected<T: Object>(bytes: &[u8]) -> Result<[u8; 32], Breach> {
    let read = |bytes| -> Result<([u8; 32], String), DecodeError> {
        let mut from = Decoder::new(bytes);
        if from.map()? != 3 || from.unsigned()? != ALGORITHM || from.integer()? != ED25519 {
            return Err(DecodeError::OutOfRange);
        }
        if from.unsigned()? != KEY_ID {
            return Err(DecodeError::OutOfRange);
        }
        let key_id = Decode::decode(&mut from)?;
        if from.unsigned()? != TYPE {
            return Err(DecodeError::OutOfRange);
        }
        let found = from.text()?.to_owned();
        from.leave();
        from.finish()?;
        Ok((key_id, found))
    };
    let (key_id, found) = read(bytes).map_err(|_| Breach::Headers)?;
    if found != T::TYPE {
        return Err(Breach::AnotherType);
    }
    Ok(key_id)
}

/// Returns what is signed: the `Sig_structure` of RFC 9052 §4.4.
fn structure<T: Object>(key_id: &[u8; 32], binding: &Binding, payload: &[u8]) -> Vec<u8> {
    let mut to = Encoder::default();
    to.array(4);
    to.text("Signature1");
    to.bytes(&protected::<T>(key_id));
    to.bytes(&binding.octets());
    to.bytes(payload);
    to.into_bytes()
}

fn write<T: Object>(
    key_id: &[u8; 32],
    payload: &[u8],
    signature: &[u8; 64],
    token: Option<&[u8]>,
) -> Vec<u8> {
    let mut to = Encoder::default();
    to.array(4);
    to.bytes(&protected::<T>(key_id));
    to.map(usize::from(token.is_some()));
    if let Some(token) = token {
        to.unsigned(TOKEN);
        to.bytes(token);
    }
    to.bytes(payload);
    to.bytes(signature);
    to.into_bytes()
}
