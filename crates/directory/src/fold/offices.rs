//! Offices, and what they show to partners.

use super::{AccountEntry, CardEntry, Change, Check, Directory, Proof};
use crate::Breach;
use crate::office::{Office, OfficeCard, OfficeDetails, check_fields};
use crate::seal::{AddressTag, MAX_SEALED_BYTES};
use std::collections::BTreeMap;
use valise_wire::statement::SignedStatement;
use valise_wire::{AccountId, OfficeId, OrganisationId};

/// An office, as a registrar said last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeEntry {
    /// Its id.
    pub id: OfficeId,
    /// Version of what is said.
    pub version: u64,
    /// Where it stands in the log.
    pub position: u64,
    /// Tag of its address; none if it is no more.
    pub address_tag: Option<AddressTag>,
    /// Who holds it, ascending; those whose accounts ended among them.
    pub holders: Vec<AccountId>,
    /// What it is called; none on the server, or if it cannot be read.
    pub details: Option<OfficeDetails>,
    /// What it shows to partners.
    pub cards: BTreeMap<OrganisationId, CardEntry>,
    /// Registrar who said it last.
    pub by: AccountId,
}

impl OfficeEntry {
    /// Tells whether there is such an office still.
    pub fn is_open(&self) -> bool {
        self.address_tag.is_some()
    }
}

impl Directory {
    /// Returns an office, though it may be one no longer.
    pub fn office(&self, office: OfficeId) -> Option<&OfficeEntry> {
        self.offices.get(&office)
    }

    /// Returns the offices that there are.
    pub fn offices(&self) -> impl Iterator<Item = &OfficeEntry> {
        self.offices.values().filter(|office| office.is_open())
    }

    /// Returns the offices that are called so.
    pub fn offices_called(&self, name: &str) -> impl Iterator<Item = OfficeId> {
        let called = move |office: &&OfficeEntry| {
            let details = office.details.as_ref();
            details.is_some_and(|details| details.name.as_str() == name)
        };
        self.offices().filter(called).map(|office| office.id)
    }

    /// Returns the offices that show themselves to a partner, those that are no more among them.
    pub fn offices_shown_to(&self, partner: OrganisationId) -> impl Iterator<Item = OfficeId> {
        self.offices
            .values()
            .filter(move |office| office.cards.contains_key(&partner))
            .map(|office| office.id)
    }

    /// Returns the offices that somebody holds who has not ended.
    pub fn offices_of(&self, account: AccountId) -> impl Iterator<Item = OfficeId> {
        self.offices()
            .filter(move |office| self.holders(office.id).any(|holder| holder == account))
            .map(|office| office.id)
    }

    /// Returns those who hold an office and have not ended.
    pub fn holders(&self, office: OfficeId) -> impl Iterator<Item = AccountId> {
        let holders = self.offices.get(&office).map(|office| &office.holders);
        holders
            .into_iter()
            .flatten()
            .copied()
            .filter(|holder| self.counts_as_holder(*holder))
    }

    fn counts_as_holder(&self, holder: AccountId) -> bool {
        self.account(holder)
            .is_some_and(|account| account.is_active() || !self.checks.on(Check::HolderEnded))
    }

    /// Finds the office that shows itself to a partner under a tag.
    pub fn office_shown_as(&self, partner: OrganisationId, tag: AddressTag) -> Option<OfficeId> {
        let shows = |card: &CardEntry| card.address_tag == tag;
        self.offices()
            .find(|office| office.cards.get(&partner).is_some_and(shows))
            .map(|office| office.id)
    }

    /// Tells whether an office has this address, or one that looks like it.
    pub(super) fn is_office(&self, tag: AddressTag) -> bool {
        self.offices().any(|office| office.address_tag == Some(tag))
    }

    pub(super) fn take_office(
        &mut self,
        position: u64,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let office: Office = self.read(signed)?;
        self.verify_registrar::<Office>(signed, office.by, proof)?;
        let former = self.offices.get(&office.id);
        let version = former.map_or(0, |entry| entry.version);
        if self.checks.on(Check::Version) && office.version <= version {
            return Err(Breach::Version {
                former: version,
                found: office.version,
            });
        }
        if self.checks.on(Check::Fields) {
            check_fields(&office)?;
        }
        self.check_field(office.sealed.len() <= MAX_SEALED_BYTES, "sealed")?;
        if self.checks.on(Check::AddressTaken) && self.is_taken_by_another(&office) {
            return Err(Breach::AddressTaken);
        }
        // In an excerpt the name stands on the card.
        let details = self.open_office(&office);
        let kept = former.filter(|_| self.excerpt.is_some());
        let details = details.or_else(|| kept.and_then(|entry| entry.details.clone()));
        let entry = OfficeEntry {
            id: office.id,
            version: office.version,
            position,
            address_tag: office.address_tag,
            holders: office.holders,
            details,
            cards: former.map_or_else(BTreeMap::new, |entry| entry.cards.clone()),
            by: office.by,
        };
        self.offices.insert(office.id, entry);
        Ok(Change::Office(office.id))
    }

    pub(super) fn take_office_card(
        &mut self,
        position: u64,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let card: OfficeCard = self.read(signed)?;
        self.verify_registrar::<OfficeCard>(signed, card.by, proof)?;
        let office = self.offices.get(&card.office).ok_or(Breach::NoOffice)?;
        let former = office.cards.get(&card.partner);
        let former = former.map_or(0, |entry| entry.version);
        if self.checks.on(Check::Version) && card.version <= former {
            return Err(Breach::Version {
                former,
                found: card.version,
            });
        }
        let known = self.excerpt.is_some() || self.partners().any(|(id, _)| id == card.partner);
        if self.checks.on(Check::PartnerKnown) && !known {
            return Err(Breach::NoPartner);
        }
        self.check_field(card.sealed.len() <= MAX_SEALED_BYTES, "sealed")?;
        let opened = self.open_office_card(&card);
        let office = self.offices.get_mut(&card.office).ok_or(Breach::NoOffice)?;
        let entry = CardEntry {
            version: card.version,
            position,
            address_tag: card.address_tag,
        };
        office.cards.insert(card.partner, entry);
        if opened.is_some() {
            office.details = opened;
        }
        Ok(Change::Office(card.office))
    }

    /// An address is an account's or an office's, and of one alone.
    fn is_taken_by_another(&self, office: &Office) -> bool {
        let Some(tag) = office.address_tag else {
            return false;
        };
        let other = |known: &OfficeEntry| known.id != office.id && known.address_tag == Some(tag);
        let holder = self.addresses.get(&tag);
        let person = holder.and_then(|holder| self.accounts.get(holder));
        self.offices().any(other) || person.is_some_and(AccountEntry::is_active)
    }

    fn open_office(&self, office: &Office) -> Option<OfficeDetails> {
        let key = self.key.as_ref()?;
        let details = key.open_office(office).ok()?;
        let own = office.address_tag == Some(key.address_tag(&details.address));
        let fits = !self.checks.on(Check::SealedAddress)
            || (own && self.is_our_domain(details.address.domain()));
        fits.then_some(details)
    }

    fn open_office_card(&self, card: &OfficeCard) -> Option<OfficeDetails> {
        let reader = self.excerpt.as_ref()?;
        if self.checks.on(Check::CardReader) && card.partner != reader.organisation {
            return None;
        }
        let key = reader.key.as_ref()?;
        let details = key.open_office(card).ok()?;
        let fits = !self.checks.on(Check::SealedAddress)
            || (key.address_tag(&details.address) == card.address_tag
                && self.is_our_domain(details.address.domain()));
        fits.then_some(details)
    }
}
