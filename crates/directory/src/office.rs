//! Offices: roles that people hold together, with a name and an address of their own. An office has no key: whoever writes to it writes
//! to those who hold it.

use crate::invite::Issuer;
use crate::join::random_id;
use crate::keys::RegistrarKey;
use crate::partner::{PartnerKey, context};
use crate::seal::{AddressTag, DirectoryKey};
use crate::statement::{Statement, sign};
use crate::{Address, Breach, Name, Note};
use rand_core::CryptoRngCore;
use valise_wire::statement::{SignedStatement, StatementKind};
use valise_wire::{AccountId, Octets, OfficeId, OrganisationId, Timestamp, record};

/// Most people who hold one office.
pub const MAX_HOLDERS: usize = 200;

record! {
    /// An office, and who holds it from now on.
    pub struct Office {
        /// Where.
        pub organisation: OrganisationId,
        /// Random.
        pub id: OfficeId,
        /// Higher than the former one.
        pub version: u64,
        /// Tag of its address; none if the office is no more.
        pub address_tag: Option<AddressTag>,
        /// Ascending, each once, at most [`MAX_HOLDERS`]; nobody if the office is no more.
        pub holders: Vec<AccountId>,
        /// [`OfficeDetails`], sealed under the directory key; empty if the office is no more.
        pub sealed: Octets,
        /// When, by the registrar's clock.
        pub at: Timestamp,
        /// Registrar whose key signed this.
        pub by: AccountId,
    }
}

record! {
    /// What an office shows to the people of a partner.
    pub struct OfficeCard {
        /// Where.
        pub organisation: OrganisationId,
        /// Which.
        pub office: OfficeId,
        /// For whom.
        pub partner: OrganisationId,
        /// That of the office, or higher than the former one for this partner.
        pub version: u64,
        /// Tag of the office's address under the partner key, by which it is found.
        pub address_tag: AddressTag,
        /// [`OfficeDetails`], sealed under the partner key.
        pub sealed: Octets,
        /// Registrar whose key signed this.
        pub by: AccountId,
    }
}

record! {
    /// What an office is called. Sealed.
    pub struct OfficeDetails {
        /// Name to show.
        pub name: Name,
        /// Its address, in the organisation's domain.
        pub address: Address,
        /// What it is for.
        pub note: Option<Note>,
    } and perhaps {
        /// How it writes the numbers of its register (`spec/requests.md` §5), if not in the usual way; a partner is not shown it. Without
        /// one the field is not written: offices from before there were any keep their bytes.
        pub numbers: Option<Note>,
    }
}

impl Statement for Office {
    const KIND: StatementKind = StatementKind::Office;
    type Signer = RegistrarKey;

    fn organisation(&self) -> OrganisationId {
        self.organisation
    }
}

impl Statement for OfficeCard {
    const KIND: StatementKind = StatementKind::OfficeCard;
    type Signer = RegistrarKey;

    fn organisation(&self) -> OrganisationId {
        self.organisation
    }
}

/// What a registrar says of an office.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Which office, and the version before; none makes a new one.
    pub former: Option<(OfficeId, u64)>,
    /// Who holds it; put in order.
    pub holders: Vec<AccountId>,
    /// What it is called.
    pub details: OfficeDetails,
    /// The registrar's clock.
    pub now: Timestamp,
}

/// Says that there is an office, who holds it, and what it is called.
pub fn office(
    issuer: &Issuer<'_>,
    plan: Plan,
    rng: &mut dyn CryptoRngCore,
) -> (OfficeId, SignedStatement) {
    let (id, former) = plan.former.unwrap_or_else(|| (OfficeId(random_id(rng)), 0));
    let mut holders = plan.holders;
    holders.sort();
    holders.dedup();
    let mut office = Office {
        organisation: issuer.organisation,
        id,
        version: former + 1,
        address_tag: Some(issuer.directory_key.address_tag(&plan.details.address)),
        holders,
        sealed: Octets::default(),
        at: plan.now,
        by: issuer.account,
    };
    let plain = valise_wire::to_bytes(&plan.details);
    office.sealed = issuer
        .directory_key
        .seal(&office_context(&office), plain, rng);
    (id, sign(&office, issuer.registrar_key))
}

/// Says that an office is no more.
pub fn close(
    issuer: &Issuer<'_>,
    office: OfficeId,
    former: u64,
    now: Timestamp,
) -> SignedStatement {
    let office = Office {
        organisation: issuer.organisation,
        id: office,
        version: former + 1,
        address_tag: None,
        holders: Vec::new(),
        sealed: Octets::default(),
        at: now,
        by: issuer.account,
    };
    sign(&office, issuer.registrar_key)
}

/// Says what an office shows to a partner: what it is called, and not how it counts.
pub fn card(
    issuer: &Issuer<'_>,
    office: (OfficeId, u64),
    partner: OrganisationId,
    details: &OfficeDetails,
    key: &PartnerKey,
    rng: &mut dyn CryptoRngCore,
) -> SignedStatement {
    let mut card = OfficeCard {
        organisation: issuer.organisation,
        office: office.0,
        partner,
        version: office.1,
        address_tag: key.address_tag(&details.address),
        sealed: Octets::default(),
        by: issuer.account,
    };
    let shown = OfficeDetails {
        numbers: None,
        ..details.clone()
    };
    let plain = valise_wire::to_bytes(&shown);
    card.sealed = key.seal_office(&card_context(&card), plain, rng);
    sign(&card, issuer.registrar_key)
}

impl DirectoryKey {
    /// Opens what an office is called. Whether the address is the office's is for the caller to check.
    pub fn open_office(&self, office: &Office) -> Result<OfficeDetails, Breach> {
        self.open(&office_context(office), &office.sealed)
    }
}

impl PartnerKey {
    /// Opens what an office shows. Whether the address is the office's is for the caller to check.
    pub fn open_office(&self, card: &OfficeCard) -> Result<OfficeDetails, Breach> {
        self.open_sealed(&card_context(card), &card.sealed)
    }
}

/// Tells whether the fields of an office have values that they can have.
pub(crate) fn check_fields(office: &Office) -> Result<(), Breach> {
    let ascending = office.holders.windows(2).all(|pair| pair[0] < pair[1]);
    if !ascending || office.holders.len() > MAX_HOLDERS {
        return Err(Breach::Field("holders"));
    }
    let closed = office.address_tag.is_none();
    if closed && !(office.holders.is_empty() && office.sealed.is_empty()) {
        return Err(Breach::Field("sealed"));
    }
    Ok(())
}

fn office_context(office: &Office) -> Vec<u8> {
    context("office", office.organisation, &office.id.0, office.version)
}

fn card_context(card: &OfficeCard) -> Vec<u8> {
    let whose = [&card.office.0[..], &card.partner.0].concat();
    context("office-card", card.organisation, &whose, card.version)
}
