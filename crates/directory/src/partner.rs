//! Organisations that work together: what each says of the other, and what its people show.
//!
//! Two registrars exchange one link. Each organisation then says in its own log who its partner is and where, and both hold
//! the *partner key*: under it people seal the names and addresses that the other organisation's people may see. Neither
//! server has it.

use crate::invite::Issuer;
use crate::keys::{
    AccountKey, IntroductionKey, IntroductionPublicKey, RegistrarKey, Signer, Verifier,
};
use crate::link::check_origin;
use crate::seal::{AddressTag, DirectoryKey, ProfileDetails};
use crate::statement::{Organisation, Statement, read, sign, verify};
use crate::{Address, Breach};
use rand_core::CryptoRngCore;
use valise_wire::partner::Introduction;
use valise_wire::statement::{SignedStatement, StatementKind};
use valise_wire::{AccountId, Octets, OrganisationId, Timestamp, record};
use zeroize::Zeroizing;

/// Most bytes of a partner's address.
pub const MAX_ORIGIN_BYTES: usize = 255;

record! {
    /// The organisation works with another one, in this way from now on.
    pub struct Partner {
        /// Who says it.
        pub organisation: OrganisationId,
        /// Of whom.
        pub partner: OrganisationId,
        /// Higher than the former one of this partner.
        pub version: u64,
        /// Where the partner's server is: scheme, host and port. Public. None if it is a partner no longer.
        pub origin: Option<String>,
        /// [`PartnerDetails`], sealed under the directory key; empty if it is a partner no longer.
        pub sealed: Octets,
        /// When, by the registrar's clock.
        pub at: Timestamp,
        /// Registrar whose key signed this.
        pub by: AccountId,
    }
}

record! {
    /// What an organisation's own people alone know of a partnership. Sealed.
    pub struct PartnerDetails {
        /// The partner key.
        pub key: [u8; 32],
    }
}

record! {
    /// What an account shows to the people of a partner.
    pub struct Card {
        /// Where.
        pub organisation: OrganisationId,
        /// Whose.
        pub account: AccountId,
        /// For whom.
        pub partner: OrganisationId,
        /// Higher than the former one for this partner.
        pub version: u64,
        /// Tag of the account's address under the partner key, by which it is found.
        pub address_tag: AddressTag,
        /// [`ProfileDetails`], sealed under the partner key.
        pub sealed: Octets,
    }
}

impl Statement for Partner {
    const KIND: StatementKind = StatementKind::Partner;
    type Signer = RegistrarKey;

    fn organisation(&self) -> OrganisationId {
        self.organisation
    }
}

impl Statement for Card {
    const KIND: StatementKind = StatementKind::Card;
    type Signer = AccountKey;

    fn organisation(&self) -> OrganisationId {
        self.organisation
    }
}

/// The key that two partners share: it opens what the people of each show to those of the other.
#[derive(Clone)]
pub struct PartnerKey(DirectoryKey);

impl PartnerKey {
    /// Makes a new key.
    pub fn generate(rng: &mut dyn CryptoRngCore) -> Self {
        Self(DirectoryKey::generate(rng))
    }

    /// Takes a key out of a link or a store.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(DirectoryKey::from_bytes(bytes))
    }

    /// Returns the key, to be stored sealed or put into a link.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        self.0.to_bytes()
    }

    /// Returns the tag by which somebody with this address is found.
    pub fn address_tag(&self, address: &Address) -> AddressTag {
        self.0.address_tag(address)
    }

    pub(crate) fn seal_office(
        &self,
        context: &[u8],
        plain: Vec<u8>,
        rng: &mut dyn CryptoRngCore,
    ) -> Octets {
        self.0.seal(context, plain, rng)
    }

    pub(crate) fn open_sealed<T: valise_wire::Decode>(
        &self,
        context: &[u8],
        sealed: &[u8],
    ) -> Result<T, Breach> {
        self.0.open(context, sealed)
    }

    /// Opens what an account shows. Whether the address is the account's is for the caller to check.
    pub fn open(&self, card: &Card) -> Result<ProfileDetails, Breach> {
        self.0.open(&card_context(card), &card.sealed)
    }
}

impl DirectoryKey {
    /// Opens what the organisation's own people know of a partnership.
    pub fn open_partner(&self, partner: &Partner) -> Result<PartnerDetails, Breach> {
        self.open(&partner_context(partner), &partner.sealed)
    }
}

/// Says that an organisation is a partner, where it is, and with which key.
pub fn partner(
    issuer: &Issuer<'_>,
    partner: OrganisationId,
    version: u64,
    origin: &str,
    key: &PartnerKey,
    now: Timestamp,
    rng: &mut dyn CryptoRngCore,
) -> SignedStatement {
    let mut statement = Partner {
        organisation: issuer.organisation,
        partner,
        version,
        origin: Some(origin.to_owned()),
        sealed: Octets::default(),
        at: now,
        by: issuer.account,
    };
    let details = PartnerDetails {
        key: *key.to_bytes(),
    };
    let plain = valise_wire::to_bytes(&details);
    statement.sealed = issuer
        .directory_key
        .seal(&partner_context(&statement), plain, rng);
    sign(&statement, issuer.registrar_key)
}

/// Says that an organisation is a partner no longer.
pub fn end(
    issuer: &Issuer<'_>,
    partner: OrganisationId,
    version: u64,
    now: Timestamp,
) -> SignedStatement {
    let statement = Partner {
        organisation: issuer.organisation,
        partner,
        version,
        origin: None,
        sealed: Octets::default(),
        at: now,
        by: issuer.account,
    };
    sign(&statement, issuer.registrar_key)
}

/// Says what an account shows to a partner.
pub fn card(
    mut unsealed: Card,
    details: &ProfileDetails,
    key: &PartnerKey,
    account_key: &AccountKey,
    rng: &mut dyn CryptoRngCore,
) -> SignedStatement {
    let plain = valise_wire::to_bytes(details);
    unsealed.address_tag = key.address_tag(&details.address);
    unsealed.sealed = key.0.seal(&card_context(&unsealed), plain, rng);
    sign(&unsealed, account_key)
}

/// Introduces one's organisation to another one, by a link of that one.
pub fn introduce(
    organisation: SignedStatement,
    own: OrganisationId,
    origin: &str,
    to: OrganisationId,
    key: &IntroductionKey,
) -> Introduction {
    let signature = key.sign(INTRODUCTION, &introduced(to, own, origin));
    Introduction {
        organisation,
        origin: origin.to_owned(),
        key: key.public().0,
        signature,
    }
}

/// Verifies an introduction to `to`, and returns which organisation it is of and what that one says of itself. That the key is one
/// of a link of one's own is for the caller to check.
pub fn check_introduction(
    introduction: &Introduction,
    to: OrganisationId,
) -> Result<(OrganisationId, Organisation), Breach> {
    let origin = &introduction.origin;
    if origin.len() > MAX_ORIGIN_BYTES || check_origin(origin).is_err() {
        return Err(Breach::Field("origin"));
    }
    let organisation = check_organisation(&introduction.organisation)?;
    let id = organisation.key.organisation();
    if id == to {
        return Err(Breach::Field("organisation"));
    }
    let key = IntroductionPublicKey(introduction.key);
    key.verify(
        INTRODUCTION,
        &introduced(to, id, origin),
        &introduction.signature,
    )?;
    Ok((id, organisation))
}

/// Verifies what an organisation says of itself: by its own key, so that it proves nothing but that key.
pub fn check_organisation(signed: &SignedStatement) -> Result<Organisation, Breach> {
    let organisation: Organisation = read(signed)?;
    verify::<Organisation>(signed, organisation.key)?;
    let mut alone = crate::Directory::new(organisation.key.organisation());
    alone.apply(1, signed)?;
    Ok(organisation)
}

const INTRODUCTION: &str = "introduction";

fn introduced(to: OrganisationId, of: OrganisationId, origin: &str) -> Vec<u8> {
    [&to.0[..], &of.0, origin.as_bytes()].concat()
}

/// Tells whether the fields of a partnership have values that they can have.
pub(crate) fn check_fields(partner: &Partner) -> Result<(), Breach> {
    let Some(origin) = &partner.origin else {
        return if partner.sealed.is_empty() {
            Ok(())
        } else {
            Err(Breach::Field("sealed"))
        };
    };
    let fits = origin.len() <= MAX_ORIGIN_BYTES && check_origin(origin).is_ok();
    if partner.partner == partner.organisation {
        Err(Breach::Field("partner"))
    } else if fits {
        Ok(())
    } else {
        Err(Breach::Field("origin"))
    }
}

fn partner_context(partner: &Partner) -> Vec<u8> {
    context(
        "partner",
        partner.organisation,
        &partner.partner.0,
        partner.version,
    )
}

fn card_context(card: &Card) -> Vec<u8> {
    let whose = [&card.account.0[..], &card.partner.0].concat();
    context("card", card.organisation, &whose, card.version)
}

/// What a sealed part is bound to, as those of the directory are.
pub(crate) fn context(
    kind: &str,
    organisation: OrganisationId,
    whose: &[u8],
    version: u64,
) -> Vec<u8> {
    [
        b"valise/1 sealed ",
        kind.as_bytes(),
        &[0],
        &organisation.0[..],
        whose,
        &version.to_be_bytes()[..],
    ]
    .concat()
}
