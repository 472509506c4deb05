//! What the server must not read in the directory: names, addresses and pictures, sealed under the directory key.
//!
//! The key is one for the organisation. It stands in invitation links, after the `#`, and in the stores of its people's
//! devices, and nowhere else. Every sealing draws a salt of 24 bytes and derives its own AES-256-GCM key and nonce
//! from it, so that no number of members sealing independently can meet at one nonce.

use crate::Breach;
use crate::address::Address;
use crate::name::{Name, Note};
use crate::room_link::RoomCard;
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use rand_core::CryptoRngCore;
use sha2::Sha256;
use valise_wire::cbor::{Decode, DecodeError, Decoder, Encode, Encoder};
use valise_wire::{
    AccountId, InvitationId, Octets, OrganisationId, RoomId, from_bytes, record, to_bytes,
};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Plaintexts are padded to a multiple of this many bytes.
pub const PADDING_BYTES: usize = 256;
/// Most bytes of a picture in a profile.
pub const MAX_AVATAR_BYTES: usize = 32 << 10;
/// Most bytes of anything sealed.
pub const MAX_SEALED_BYTES: usize = 40 << 10;

const SALT_BYTES: usize = 24;
const TAG_BYTES: usize = 16;

record! {
    /// What a registrar says about the person that is invited. Sealed.
    pub struct InvitationDetails {
        /// The address that the account will have; without one the invited person chooses.
        pub address: Option<Address>,
        /// The name that the registrar vouches for; without one the invited person chooses.
        pub display_name: Option<Name>,
        /// Where the person works.
        pub office: Option<Name>,
        /// A few lines to the invited person.
        pub note: Option<Note>,
    }
}

record! {
    /// What an account says about itself to the others of the organisation. Sealed.
    pub struct ProfileDetails {
        /// Name to show.
        pub display_name: Name,
        /// Must be the address whose tag stands in the account statement.
        pub address: Address,
        /// Where the person works.
        pub office: Option<Name>,
        /// A picture, JPEG, PNG or WebP, at most [`MAX_AVATAR_BYTES`].
        pub avatar: Option<Octets>,
    }
}

/// An address as the server may see it: it can tell that two are the same, and not what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AddressTag(pub [u8; 32]);

impl Encode for AddressTag {
    fn encode(&self, to: &mut Encoder) {
        self.0.encode(to);
    }
}

impl Decode for AddressTag {
    fn decode(from: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Decode::decode(from).map(Self)
    }
}

/// The organisation's key for names and addresses.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct DirectoryKey([u8; 32]);

impl DirectoryKey {
    /// Makes a new key.
    pub fn generate(rng: &mut dyn CryptoRngCore) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut *bytes);
        Self(*bytes)
    }

    /// Takes a key out of a link or a store.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(*bytes)
    }

    /// Returns the key, to be stored sealed or put into a link.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0)
    }

    /// Returns the tag of an address: HMAC-SHA256 of its skeleton, so that addresses that look alike have one tag.
    pub fn address_tag(&self, address: &Address) -> AddressTag {
        let mut key = Zeroizing::new([0; 64]);
        expand(None, &self.0, b"valise/1 address tag", &mut *key);
        let mut mac = <Hmac<Sha256> as Mac>::new((&*key).into());
        mac.update(address.skeleton().as_bytes());
        AddressTag(mac.finalize().into_bytes().into())
    }

    /// Seals the details of an invitation.
    pub fn seal_invitation(
        &self,
        organisation: OrganisationId,
        invitation: InvitationId,
        details: &InvitationDetails,
        rng: &mut dyn CryptoRngCore,
    ) -> Octets {
        self.seal(
            &context("invitation", organisation, invitation.0, 0),
            to_bytes(details),
            rng,
        )
    }

    /// Opens the details of an invitation.
    pub fn open_invitation(
        &self,
        organisation: OrganisationId,
        invitation: InvitationId,
        sealed: &[u8],
    ) -> Result<InvitationDetails, Breach> {
        self.open(
            &context("invitation", organisation, invitation.0, 0),
            sealed,
        )
    }

    /// Seals one version of a profile.
    pub fn seal_profile(
        &self,
        organisation: OrganisationId,
        account: AccountId,
        version: u64,
        details: &ProfileDetails,
        rng: &mut dyn CryptoRngCore,
    ) -> Octets {
        self.seal(
            &context("profile", organisation, account.0, version),
            to_bytes(details),
            rng,
        )
    }

    /// Opens one version of a profile. Whether its address is the account's is for the caller to check.
    pub fn open_profile(
        &self,
        organisation: OrganisationId,
        account: AccountId,
        version: u64,
        sealed: &[u8],
    ) -> Result<ProfileDetails, Breach> {
        let details: ProfileDetails = self.open(
            &context("profile", organisation, account.0, version),
            sealed,
        )?;
        let avatar_bytes = details.avatar.as_ref().map_or(0, |avatar| avatar.len());
        if avatar_bytes > MAX_AVATAR_BYTES {
            Err(Breach::TooLarge)
        } else {
            Ok(details)
        }
    }

    /// Seals the card of a link into a room, under the key of that link.
    pub(crate) fn seal_card(
        &self,
        organisation: OrganisationId,
        room: RoomId,
        card: &RoomCard,
        rng: &mut dyn CryptoRngCore,
    ) -> Octets {
        self.seal(
            &context("card", organisation, room.0, 0),
            to_bytes(card),
            rng,
        )
    }

    /// Opens the card of a link into a room.
    pub(crate) fn open_card(
        &self,
        organisation: OrganisationId,
        room: RoomId,
        sealed: &[u8],
    ) -> Result<RoomCard, Breach> {
        self.open(&context("card", organisation, room.0, 0), sealed)
    }

    pub(crate) fn seal(
        &self,
        context: &[u8],
        plain: Vec<u8>,
        rng: &mut dyn CryptoRngCore,
    ) -> Octets {
        let mut plain = Zeroizing::new(plain);
        plain.push(0x80);
        let padded = plain.len().next_multiple_of(PADDING_BYTES);
        plain.resize(padded, 0);
        let mut sealed = vec![0; SALT_BYTES];
        rng.fill_bytes(&mut sealed);
        let (cipher, nonce) = self.cipher(&sealed);
        // AES-GCM refuses nothing below 64 GiB.
        let body = cipher
            .encrypt(
                &nonce,
                Payload {
                    msg: &plain,
                    aad: context,
                },
            )
            .unwrap_or_default();
        sealed.extend(body);
        Octets(sealed)
    }

    pub(crate) fn open<T: Decode>(&self, context: &[u8], sealed: &[u8]) -> Result<T, Breach> {
        if sealed.len() > MAX_SEALED_BYTES {
            return Err(Breach::TooLarge);
        }
        let (salt, body) = sealed
            .split_at_checked(SALT_BYTES)
            .ok_or(Breach::Unreadable)?;
        if body.len() % PADDING_BYTES != TAG_BYTES {
            return Err(Breach::Unreadable);
        }
        let (cipher, nonce) = self.cipher(salt);
        let plain = cipher
            .decrypt(
                &nonce,
                Payload {
                    msg: body,
                    aad: context,
                },
            )
            .map_err(|_| Breach::Unreadable)?;
        let plain = Zeroizing::new(plain);
        let end = plain
            .iter()
            .rposition(|byte| *byte != 0)
            .ok_or(Breach::Unreadable)?;
        if plain[end] != 0x80 || plain.len() - end > PADDING_BYTES {
            return Err(Breach::Unreadable);
        }
        from_bytes(&plain[..end]).map_err(Breach::Malformed)
    }

    fn cipher(&self, salt: &[u8]) -> (Aes256Gcm, Nonce<aes_gcm::aead::consts::U12>) {
        let mut derived = Zeroizing::new([0; 44]);
        expand(Some(salt), &self.0, b"valise/1 sealed", &mut *derived);
        let key = Key::<Aes256Gcm>::from_slice(&derived[..32]);
        (Aes256Gcm::new(key), *Nonce::from_slice(&derived[32..]))
    }
}

fn expand(salt: Option<&[u8]>, key: &[u8; 32], label: &[u8], into: &mut [u8]) {
    // Less than 255 hashes are asked for, so this cannot fail.
    let expanded = Hkdf::<Sha256>::new(salt, key).expand(label, into);
    debug_assert!(expanded.is_ok());
}

/// What a sealed text is bound to, so that a server cannot pass one off as another.
pub(crate) fn context(
    kind: &str,
    organisation: OrganisationId,
    id: [u8; 16],
    version: u64,
) -> Vec<u8> {
    [
        b"valise/1 sealed ",
        kind.as_bytes(),
        &[0],
        &organisation.0[..],
        &id[..],
        &version.to_be_bytes()[..],
    ]
    .concat()
}
