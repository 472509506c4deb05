//! A link into a group: what stands in it, and what is made of that.

use crate::Breach;
use crate::keys::AccountKey;
use crate::seal::DirectoryKey;
use hkdf::Hkdf;
use rand_core::CryptoRngCore;
use sha2::Sha256;
use valise_wire::{AccountId, Octets, OrganisationId, RoomId, record};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

record! {
    /// What somebody sees of a group before he is in it. Sealed, in the group's policy.
    pub struct RoomCard {
        /// What the group is called.
        pub title: String,
        /// Version of the name, as the room knows it.
        pub version: u64,
        /// Seconds after which messages disappear; 0 for as long as there is room.
        pub lasts: u32,
        /// Version of that.
        pub lasts_version: u64,
        /// Who made the link.
        pub by: AccountId,
    }
}

/// The secret in a link, 32 bytes. The link's key pair and the key of its card are made of it, and no more than those can be.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct LinkSecret([u8; 32]);

impl LinkSecret {
    /// Makes the secret of a link that an account makes in a room. Its devices make it again of the random `id`, which stands
    /// in the policy, so that none of them has to tell the others.
    pub fn derive(account: &AccountKey, room: RoomId, id: &[u8; 16]) -> Self {
        let mut secret = Self([0; 32]);
        let seed = account.to_seed();
        expand(
            &seed,
            &[b"valise/1 room link\0", &room.0[..], id].concat(),
            &mut secret.0,
        );
        secret
    }

    /// Takes a secret out of a link or a store.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(*bytes)
    }

    /// Returns the secret, to be put into a link or stored sealed.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0)
    }

    /// Returns the seed of the link's key pair.
    pub fn key_seed(&self) -> Zeroizing<[u8; 32]> {
        let mut seed = Zeroizing::new([0; 32]);
        expand(&self.0, b"valise/1 room link key", &mut *seed);
        seed
    }

    /// Seals a card.
    pub fn seal_card(
        &self,
        organisation: OrganisationId,
        room: RoomId,
        card: &RoomCard,
        rng: &mut dyn CryptoRngCore,
    ) -> Octets {
        self.card_key().seal_card(organisation, room, card, rng)
    }

    /// Opens a card.
    pub fn open_card(
        &self,
        organisation: OrganisationId,
        room: RoomId,
        sealed: &[u8],
    ) -> Result<RoomCard, Breach> {
        self.card_key().open_card(organisation, room, sealed)
    }

    fn card_key(&self) -> DirectoryKey {
        let mut key = Zeroizing::new([0; 32]);
        expand(&self.0, b"valise/1 room link card", &mut *key);
        DirectoryKey::from_bytes(&key)
    }
}

fn expand(secret: &[u8; 32], label: &[u8], into: &mut [u8; 32]) {
    // Less than 255 hashes are asked for, so this cannot fail.
    let expanded = Hkdf::<Sha256>::new(None, secret).expand(label, into);
    debug_assert!(expanded.is_ok());
}
