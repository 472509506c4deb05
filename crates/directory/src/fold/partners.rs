//! Partners, and what people show to them.

use super::{Change, Check, Directory, Proof};
use crate::Breach;
use crate::partner::{Card, Partner, PartnerKey, check_fields};
use crate::seal::{AddressTag, MAX_AVATAR_BYTES, MAX_SEALED_BYTES, ProfileDetails};
use crate::statement::read;
use valise_wire::statement::SignedStatement;
use valise_wire::{AccountId, OrganisationId};

/// Another organisation, as this one says.
#[derive(Clone)]
pub struct PartnerEntry {
    /// Version of what is said.
    pub version: u64,
    /// Where it stands in the log.
    pub position: u64,
    /// Where the partner's server is; none if it is a partner no longer.
    pub origin: Option<String>,
    /// What opens what the partner's people show, and showed until the end; none on the server, or if it cannot be read.
    pub key: Option<PartnerKey>,
    /// Registrar who said it last.
    pub by: AccountId,
}

/// What an account shows to one partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CardEntry {
    /// Its version.
    pub version: u64,
    /// Where it stands in the log.
    pub position: u64,
    /// By what the account is found.
    pub address_tag: AddressTag,
}

/// Who reads an excerpt: what is shown to another organisation cannot be opened.
#[derive(Clone)]
pub(super) struct Reader {
    pub(super) organisation: OrganisationId,
    pub(super) key: Option<PartnerKey>,
}

impl Directory {
    /// Begins the view of another organisation's log that a partner gets: the statements about some accounts and on whose
    /// word they stand, in the order of the log and with gaps. With the partner key it opens what people show to `reader`.
    pub fn excerpt(
        organisation: OrganisationId,
        reader: OrganisationId,
        key: Option<PartnerKey>,
    ) -> Self {
        let mut directory = Self::new(organisation);
        directory.excerpt = Some(Reader {
            organisation: reader,
            key,
        });
        directory
    }

    /// Returns what is said of a partner, though it may be one no longer.
    pub fn partner(&self, partner: OrganisationId) -> Option<&PartnerEntry> {
        self.partners.get(&partner)
    }

    /// Returns the organisations that are partners.
    pub fn partners(&self) -> impl Iterator<Item = (OrganisationId, &PartnerEntry)> {
        self.partners
            .iter()
            .filter(|(_, entry)| entry.origin.is_some())
            .map(|(id, entry)| (*id, entry))
    }

    /// Finds the account that shows itself to a partner under a tag.
    pub fn shown_as(&self, partner: OrganisationId, tag: AddressTag) -> Option<AccountId> {
        let shows = |card: &CardEntry| card.address_tag == tag;
        self.accounts
            .values()
            .filter(|account| account.is_active())
            .find(|account| account.cards.get(&partner).is_some_and(shows))
            .map(|account| account.id)
    }

    pub(super) fn take_partner(
        &mut self,
        position: u64,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let partner: Partner = self.read(signed)?;
        self.verify_registrar::<Partner>(signed, partner.by, proof)?;
        let former = self.partners.get(&partner.partner);
        let former = former.map_or(0, |entry| entry.version);
        if self.checks.on(Check::Version) && partner.version <= former {
            return Err(Breach::Version {
                former,
                found: partner.version,
            });
        }
        if self.checks.on(Check::Fields) {
            check_fields(&partner)?;
        }
        self.check_field(partner.sealed.len() <= MAX_SEALED_BYTES, "sealed")?;
        let details = self.key.as_ref().map(|key| key.open_partner(&partner));
        let said = details
            .and_then(Result::ok)
            .map(|details| PartnerKey::from_bytes(&details.key));
        // What was shown before the end still has names.
        let kept = self.partners.get(&partner.partner);
        let kept = kept.filter(|_| partner.origin.is_none());
        let entry = PartnerEntry {
            version: partner.version,
            position,
            key: said.or_else(|| kept.and_then(|entry| entry.key.clone())),
            origin: partner.origin,
            by: partner.by,
        };
        self.partners.insert(partner.partner, entry);
        Ok(Change::Partner(partner.partner))
    }

    pub(super) fn take_card(
        &mut self,
        position: u64,
        signed: &SignedStatement,
        proof: Proof,
    ) -> Result<Change, Breach> {
        let id = read::<Card>(signed)?.account;
        let account = self.accounts.get(&id).ok_or(Breach::NoAccount)?;
        let card: Card = self.read(signed)?;
        self.verify::<Card>(signed, account.key, proof)?;
        self.check_active(account)?;
        self.check_no_guest(account)?;
        let former = account.cards.get(&card.partner);
        let former = former.map_or(0, |entry| entry.version);
        if self.checks.on(Check::Version) && card.version <= former {
            return Err(Breach::Version {
                former,
                found: card.version,
            });
        }
        let known = self.excerpt.is_some() || self.is_partner(card.partner);
        if self.checks.on(Check::PartnerKnown) && !known {
            return Err(Breach::NoPartner);
        }
        self.check_field(card.sealed.len() <= MAX_SEALED_BYTES, "sealed")?;
        let opened = self.open_card(&card);
        let account = self.accounts.get_mut(&id).ok_or(Breach::NoAccount)?;
        let entry = CardEntry {
            version: card.version,
            position,
            address_tag: card.address_tag,
        };
        account.cards.insert(card.partner, entry);
        if opened.is_some() {
            account.profile = opened;
        }
        Ok(Change::Card {
            account: id,
            partner: card.partner,
        })
    }

    fn is_partner(&self, partner: OrganisationId) -> bool {
        let entry = self.partners.get(&partner);
        entry.is_some_and(|entry| entry.origin.is_some())
    }

    /// Opens what is shown to whoever reads this excerpt. What is wrong inside is left out, as in a profile.
    fn open_card(&self, card: &Card) -> Option<ProfileDetails> {
        let reader = self.excerpt.as_ref()?;
        if card.partner != reader.organisation {
            return None;
        }
        let key = reader.key.as_ref()?;
        let details = key.open(card).ok()?;
        let fits = !self.checks.on(Check::SealedAddress)
            || (key.address_tag(&details.address) == card.address_tag
                && self.is_our_domain(details.address.domain()));
        let picture = details.avatar.as_ref().map_or(0, |avatar| avatar.len());
        (fits && picture <= MAX_AVATAR_BYTES).then_some(details)
    }
}
