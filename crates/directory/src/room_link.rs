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
        expand(&self.0, b"valise/1 room link key", &mut seed);
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
        expand(&self.0, b"valise/1 room link card", &mut key);
        DirectoryKey::from_bytes(&key)
    }
}

fn expand(secret: &[u8; 32], label: &[u8], into: &mut [u8; 32]) {
    // Less than 255 hashes are asked for, so this cannot fail.
    let expanded = Hkdf::<Sha256>::new(None, secret).expand(label, into);
    debug_assert!(expanded.is_ok());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::{GroupLink, LinkError};
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng as _;

    const ROOM: RoomId = RoomId([7; 16]);
    const ORGANISATION: OrganisationId = OrganisationId([9; 32]);

    fn card() -> RoomCard {
        RoomCard {
            title: "Registry".into(),
            version: 3,
            lasts: 86_400,
            lasts_version: 1,
            by: AccountId([4; 16]),
        }
    }

    #[test]
    fn a_card_opens_by_its_link_in_its_room_alone() {
        let mut rng = ChaCha20Rng::from_seed([1; 32]);
        let secret = LinkSecret::from_bytes(&[5; 32]);
        let sealed = secret.seal_card(ORGANISATION, ROOM, &card(), &mut rng);
        let open = |secret: &LinkSecret, organisation, room| {
            secret.open_card(organisation, room, &sealed).ok()
        };
        assert_eq!(open(&secret, ORGANISATION, ROOM), Some(card()));
        let other = LinkSecret::from_bytes(&[6; 32]);
        assert_eq!(open(&other, ORGANISATION, ROOM), None);
        assert_eq!(open(&secret, ORGANISATION, RoomId([8; 16])), None);
        assert_eq!(open(&secret, OrganisationId([8; 32]), ROOM), None);
        let named = sealed.windows(8).any(|part| part == b"Registry");
        assert!(!named, "the name does not stand in it");
    }

    #[test]
    fn a_link_is_made_again_by_its_account_and_read_as_it_was_written() {
        let account = AccountKey::from_seed(&[2; 32]);
        let secret = LinkSecret::derive(&account, ROOM, &[3; 16]);
        let again = LinkSecret::derive(&account, ROOM, &[3; 16]);
        assert_eq!(*secret.to_bytes(), *again.to_bytes());
        let others = [
            LinkSecret::derive(&AccountKey::from_seed(&[1; 32]), ROOM, &[3; 16]),
            LinkSecret::derive(&account, RoomId([8; 16]), &[3; 16]),
            LinkSecret::derive(&account, ROOM, &[4; 16]),
        ];
        for other in &others {
            assert_ne!(*other.key_seed(), *secret.key_seed());
        }
        let link = GroupLink {
            origin: "https://chat.ministry.example".into(),
            room: ROOM,
            secret,
        };
        let url = link.to_url();
        assert_eq!(
            url,
            "https://chat.ministry.example/group#AQUHBwcHBwcHBwcHBwcHBwcHbTMmlsN6WLz6AIMOf5zBNPXO51xSObe9C9fDPAr5WxIq1ASS"
        );
        let read = GroupLink::parse(&url).unwrap();
        assert_eq!((read.origin, read.room), (link.origin, ROOM));
        assert_eq!(*read.secret.to_bytes(), *link.secret.to_bytes());
        let half = GroupLink::parse(&url[..url.len() - 1]).err();
        assert_eq!(half, Some(LinkError::Damaged));
        let other = url.replace("/group#", "/join#");
        assert_eq!(GroupLink::parse(&other).err(), Some(LinkError::AnotherKind));
    }
}
