//! Keys, each of its own type, so that the wrong one cannot sign.
//!
//! All are Ed25519. What is signed begins with a label that names the protocol and the purpose, so that a signature
//! made for one purpose is worth nothing for another. Verification is strict: keys and signatures of small order and
//! signatures with a second form are refused.

use crate::Breach;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use hkdf::Hkdf;
use rand_core::CryptoRngCore;
use sha2::{Digest, Sha256};
use valise_wire::cbor::{Decode, DecodeError, Decoder, Encode, Encoder};
use valise_wire::{AccountId, OrganisationId};
use zeroize::Zeroizing;

/// A secret key that signs statements.
pub trait Signer {
    /// Its public half.
    type Public: Verifier;

    /// Returns the public half.
    fn public(&self) -> Self::Public;

    /// Signs `message` for the purpose that `label` names.
    fn sign(&self, label: &str, message: &[u8]) -> [u8; 64];
}

/// A public key that verifies statements.
pub trait Verifier: Copy {
    /// Verifies a signature over `message` for the purpose that `label` names, strictly.
    fn verify(&self, label: &str, message: &[u8], signature: &[u8; 64]) -> Result<(), Breach>;
}

/// Returns what is signed: protocol and version, a space, the purpose, a zero byte, and the message.
pub(crate) fn labelled(label: &str, message: &[u8]) -> Vec<u8> {
    [b"valise/1 ", label.as_bytes(), &[0], message].concat()
}

macro_rules! key_pair {
    ($($(#[$secret_attribute:meta])* $secret:ident => $(#[$public_attribute:meta])* $public:ident;)*) => {$(
        $(#[$secret_attribute])*
        #[derive(Clone)]
        pub struct $secret(SigningKey);

        impl $secret {
            /// Makes a new key.
            pub fn generate(rng: &mut dyn CryptoRngCore) -> Self {
                let mut seed = Zeroizing::new([0; 32]);
                rng.fill_bytes(&mut *seed);
                Self::from_seed(&seed)
            }

            /// Makes the key that belongs to a seed of 32 random bytes.
            pub fn from_seed(seed: &[u8; 32]) -> Self {
                Self(SigningKey::from_bytes(seed))
            }

            /// Returns the seed, to be stored sealed.
            pub fn to_seed(&self) -> Zeroizing<[u8; 32]> {
                Zeroizing::new(self.0.to_bytes())
            }
        }

        impl Signer for $secret {
            type Public = $public;

            fn public(&self) -> $public {
                $public(self.0.verifying_key().to_bytes())
            }

            fn sign(&self, label: &str, message: &[u8]) -> [u8; 64] {
                self.0.sign(&labelled(label, message)).to_bytes()
            }
        }

        $(#[$public_attribute])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $public(pub [u8; 32]);

        impl Verifier for $public {
            fn verify(&self, label: &str, message: &[u8], signature: &[u8; 64]) -> Result<(), Breach> {
                let key = VerifyingKey::from_bytes(&self.0).map_err(|_| Breach::Forged)?;
                let signature = Signature::from_bytes(signature);
                key.verify_strict(&labelled(label, message), &signature).map_err(|_| Breach::Forged)
            }
        }

        impl Encode for $public {
            fn encode(&self, to: &mut Encoder) {
                self.0.encode(to);
            }
        }

        impl Decode for $public {
            fn decode(from: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                Decode::decode(from).map(Self)
            }
        }
    )*};
}

key_pair! {
    /// The root of an organisation: made in the first registrar's device, and never on a server.
    OrganisationKey =>
    /// Public half of an [`OrganisationKey`].
    OrganisationPublicKey;

    /// What a registrar acts with.
    RegistrarKey =>
    /// Public half of a [`RegistrarKey`].
    RegistrarPublicKey;

    /// The secret of an invitation link: whoever holds it may become an account.
    InvitationKey =>
    /// Public half of an [`InvitationKey`].
    InvitationPublicKey;

    /// The secret of a renewal link: whoever holds it may give the account its new key, once two registrars said so.
    RenewalKey =>
    /// Public half of a [`RenewalKey`].
    RenewalPublicKey;

    /// The secret of a link between organisations: whoever holds it may introduce another organisation.
    IntroductionKey =>
    /// Public half of an [`IntroductionKey`].
    IntroductionPublicKey;

    /// What an account says who its devices are with; on every device of the account.
    AccountKey =>
    /// Public half of an [`AccountKey`].
    AccountPublicKey;

    /// What one device signs in with; it never leaves the device.
    DeviceKey =>
    /// Public half of a [`DeviceKey`].
    DevicePublicKey;

    /// What a server says with which certificates are its own; the same key with which its hub proposes removals.
    HubKey =>
    /// Public half of a [`HubKey`], as the organisation statement has it.
    HubPublicKey;

    /// What one device signs with that a stranger must be able to check years later; it never leaves the device.
    EvidenceKey =>
    /// Public half of an [`EvidenceKey`].
    EvidencePublicKey;
}

impl OrganisationPublicKey {
    /// Returns the organisation's id, the SHA-256 of its key.
    pub fn organisation(&self) -> OrganisationId {
        OrganisationId(Sha256::digest(self.0).into())
    }
}

impl AccountPublicKey {
    /// Returns the id of the account that begins with this key.
    ///
    /// Half of a SHA-256 over organisation and key, so that no other organisation can have an account of the same id.
    pub fn account(&self, organisation: OrganisationId) -> AccountId {
        let named = labelled("account id", &[organisation.0, self.0].concat());
        let digest: [u8; 32] = Sha256::digest(named).into();
        let mut id = [0; 16];
        id.copy_from_slice(&digest[..16]);
        AccountId(id)
    }
}

impl EvidenceKey {
    /// Signs a `Sig_structure` of COSE. It begins with the head of an array, so that it is nothing that a label begins.
    pub fn sign_structure(&self, structure: &[u8]) -> [u8; 64] {
        self.0.sign(structure).to_bytes()
    }
}

impl EvidencePublicKey {
    /// Returns the name by which what it signed refers to it: the SHA-256 of the key.
    pub fn id(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }

    /// Verifies a signature over a `Sig_structure` of COSE, strictly.
    pub fn verify_structure(&self, structure: &[u8], signature: &[u8; 64]) -> Result<(), Breach> {
        let key = VerifyingKey::from_bytes(&self.0).map_err(|_| Breach::Forged)?;
        let signature = Signature::from_bytes(signature);
        let verified = key.verify_strict(structure, &signature);
        verified.map_err(|_| Breach::Forged)
    }
}

impl AccountKey {
    /// Returns the key that the account acts with once it has a mandate.
    ///
    /// It is derived (HKDF-SHA256), so that promoting an account needs no further round with its devices: every
    /// account statement names the public half.
    pub fn registrar_key(&self) -> RegistrarKey {
        RegistrarKey::from_seed(&self.derived("registrar key"))
    }

    /// Returns the seeds of the two keys that the account seals with once it has a mandate: Ed25519, then ML-DSA-65. Derived, so that every
    /// device of the account can.
    pub fn seal_seeds(&self) -> [Zeroizing<[u8; 32]>; 2] {
        ["seal key ed25519", "seal key ml-dsa-65"].map(|purpose| self.derived(purpose))
    }

    fn derived(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        let mut seed = Zeroizing::new([0; 32]);
        let info = ["valise/1 ", purpose].concat();
        // 32 bytes are within what HKDF can expand to, so this cannot fail.
        let expanded =
            Hkdf::<Sha256>::new(None, &*self.to_seed()).expand(info.as_bytes(), &mut *seed);
        debug_assert!(expanded.is_ok());
        seed
    }
}
