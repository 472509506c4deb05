//! Links into a room: what their holder signs, and who can tell.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use valise_wire::RoomId;
use valise_wire::policy::{LeafIdentity, ShownLink};

/// Begins what is signed to look at a room before one is in it.
const LOOK: &[u8] = b"valise/1 room link look\0";
/// Begins what is signed to come into a room.
const JOIN: &[u8] = b"valise/1 room link join\0";

/// The private half of a link.
#[derive(Clone)]
pub struct LinkKey {
    signing: SigningKey,
}

impl LinkKey {
    /// Makes the pair of what stands in the link.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self {
            signing: SigningKey::from_bytes(seed),
        }
    }

    /// Returns the public half, which the room's policy names.
    pub fn public(&self) -> [u8; 32] {
        self.signing.verifying_key().to_bytes()
    }

    /// Shows the hub that a device holds the link. It lets that device look at the room, and in nobody.
    pub fn look(&self, room: RoomId, who: &LeafIdentity) -> [u8; 64] {
        self.signing.sign(&look(room, who)).to_bytes()
    }

    /// Shows everybody that a device holds the link, at one epoch of one room.
    pub(crate) fn show(
        &self,
        room: RoomId,
        epoch: u64,
        who: &LeafIdentity,
        leaf_key: &[u8; 32],
    ) -> ShownLink {
        let signature = self.signing.sign(&join(room, epoch, who, leaf_key));
        ShownLink {
            key: self.public(),
            signature: signature.to_bytes(),
        }
    }
}

/// Tells whether a device showed that it holds a link ([`LinkKey::look`]).
pub fn may_look(key: &[u8; 32], signature: &[u8; 64], room: RoomId, who: &LeafIdentity) -> bool {
    verifies(key, signature, &look(room, who))
}

/// What is signed to look: the device, so that nobody else can use it.
fn look(room: RoomId, who: &LeafIdentity) -> Vec<u8> {
    [LOOK, &room.0, &who.account.0, &who.device.0].concat()
}

/// What is signed to come in: the epoch, too, so that it is good once.
pub(crate) fn join(room: RoomId, epoch: u64, who: &LeafIdentity, leaf_key: &[u8; 32]) -> Vec<u8> {
    [
        JOIN,
        &room.0,
        &epoch.to_be_bytes(),
        &who.account.0,
        &who.device.0,
        leaf_key,
    ]
    .concat()
}

/// Verifies strictly: keys of small order and other writings of a signature are refused.
pub(crate) fn verifies(key: &[u8; 32], signature: &[u8; 64], signed: &[u8]) -> bool {
    VerifyingKey::from_bytes(key).is_ok_and(|key| {
        key.verify_strict(signed, &Signature::from_bytes(signature))
            .is_ok()
    })
}
