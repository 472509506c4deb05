//! Who may seal in the organisation's name, and what its requests need. Nothing of it is sealed: servers and partners go by it.

use crate::Breach;
use crate::invite::Issuer;
use crate::keys::{AccountKey, RegistrarKey};
use crate::statement::{Statement, sign};
use valise_wire::statement::{SignedStatement, StatementKind};
use valise_wire::{AccountId, Octets, OrganisationId, Timestamp, code, record};

/// Bytes of the key of the second signature (FIPS 204, ML-DSA-65).
pub const ML_DSA_65_BYTES: usize = 1952;

code! {
    /// What a request needs before it goes.
    pub enum Asks {
        /// The signature of whoever asks.
        Freely = 0,
        /// Besides, the organisation's seal.
        Sealed = 1,
        /// The seal by another account than signs.
        FourEyes = 2,
    }
}

record! {
    /// An account may seal in the organisation's name.
    pub struct SealMandate {
        /// Where.
        pub organisation: OrganisationId,
        /// Who.
        pub account: AccountId,
        /// When, by the registrar's clock.
        pub at: Timestamp,
        /// Registrar whose key signed this.
        pub by: AccountId,
    }
}

record! {
    /// An account may seal no longer.
    pub struct SealMandateEnd {
        /// Where.
        pub organisation: OrganisationId,
        /// Who.
        pub account: AccountId,
        /// When, by the registrar's clock.
        pub at: Timestamp,
        /// Registrar whose key signed this.
        pub by: AccountId,
    }
}

record! {
    /// What an account seals with.
    pub struct SealKeys {
        /// Where.
        pub organisation: OrganisationId,
        /// Whose, and whose key signed this.
        pub account: AccountId,
        /// Key of the first signature.
        pub ed25519: [u8; 32],
        /// Key of the second one, [`ML_DSA_65_BYTES`] long.
        pub ml_dsa_65: Octets,
        /// When, by the device's clock.
        pub created_at: Timestamp,
    }
}

record! {
    /// What requests of the organisation need from now on.
    pub struct RequestPolicy {
        /// Where.
        pub organisation: OrganisationId,
        /// Higher than the former one.
        pub version: u64,
        /// What a request needs before it goes.
        pub asks: Asks,
        /// Whether none goes at all.
        pub stopped: bool,
        /// When, by the registrar's clock.
        pub at: Timestamp,
        /// Registrar whose key signed this.
        pub by: AccountId,
    }
}

macro_rules! statements {
    ($($name:ident by $signer:ident;)*) => {$(
        impl Statement for $name {
            const KIND: StatementKind = StatementKind::$name;
            type Signer = $signer;

            fn organisation(&self) -> OrganisationId {
                self.organisation
            }
        }
    )*};
}

statements! {
    SealMandate by RegistrarKey;
    SealMandateEnd by RegistrarKey;
    SealKeys by AccountKey;
    RequestPolicy by RegistrarKey;
}

/// Lets an account seal.
pub fn mandate(issuer: &Issuer<'_>, account: AccountId, now: Timestamp) -> SignedStatement {
    let mandate = SealMandate {
        organisation: issuer.organisation,
        account,
        at: now,
        by: issuer.account,
    };
    sign(&mandate, issuer.registrar_key)
}

/// Lets an account seal no longer.
pub fn end(issuer: &Issuer<'_>, account: AccountId, now: Timestamp) -> SignedStatement {
    let end = SealMandateEnd {
        organisation: issuer.organisation,
        account,
        at: now,
        by: issuer.account,
    };
    sign(&end, issuer.registrar_key)
}

/// Says what an account seals with.
pub fn keys(said: &SealKeys, key: &AccountKey) -> SignedStatement {
    sign(said, key)
}

/// Says what requests need; `former` is the version that the registrar saw, 0 if there is none.
pub fn policy(
    issuer: &Issuer<'_>,
    former: u64,
    asks: Asks,
    stopped: bool,
    now: Timestamp,
) -> SignedStatement {
    let policy = RequestPolicy {
        organisation: issuer.organisation,
        version: former + 1,
        asks,
        stopped,
        at: now,
        by: issuer.account,
    };
    sign(&policy, issuer.registrar_key)
}

/// Tells whether the keys are as long as such keys are.
pub(crate) fn check_fields(keys: &SealKeys) -> Result<(), Breach> {
    if keys.ml_dsa_65.len() == ML_DSA_65_BYTES {
        Ok(())
    } else {
        Err(Breach::Field("ml_dsa_65"))
    }
}
