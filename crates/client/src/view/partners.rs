//! Other organisations, as they are shown.

use crate::Error;
use crate::partner::{public_name, shown};
use crate::residency::{document_shown, rule_shown};
use crate::state::Cx;
use std::collections::BTreeSet;
use valise_directory::fold::PartnerEntry;
use valise_directory::keys::Signer as _;
use valise_directory::link::PartnerLink;
use valise_directory::residency::Accepts;
use valise_views::{Outside, Partner, PartnerOffer, PartnerState, Partners};
use valise_wire::{AccountId, OrganisationId};

impl Cx<'_> {
    pub(super) fn partners(&self) -> Result<Partners, Error> {
        if !self.state.is_joined() {
            return Ok(Partners::default());
        }
        let roll = &self.state.roll;
        let introduced = self.state.partners.introduced.iter();
        let waiting = introduced
            .filter(|(id, ..)| !roll.home.partners().any(|(known, _)| known == *id))
            .map(|(_, said, organisation)| {
                shown(organisation, &said.origin, PartnerState::Introduced)
            });
        let known = roll.home.partners().map(|(id, entry)| {
            let origin = entry.origin.clone().unwrap_or_default();
            let organisation = roll.organisation(id).and_then(|other| other.organisation());
            let document = roll.organisation(id).and_then(|other| other.document());
            match organisation {
                Some(organisation) => Partner {
                    document: document.map(document_shown),
                    barred: self.barred_from(id, Accepts::Requests),
                    ..shown(organisation, &origin, PartnerState::Partner)
                },
                // Its server has not been reached yet.
                None => Partner {
                    id: id.to_string(),
                    name: origin.clone(),
                    domain: String::new(),
                    origin,
                    fingerprint: valise_directory::fold::fingerprint(id),
                    state: PartnerState::Partner,
                    document: None,
                    barred: self.barred_from(id, Accepts::Requests),
                },
            }
        });
        let mut partners: Vec<Partner> = waiting.chain(known).collect();
        partners.sort_by_cached_key(|partner| {
            (
                partner.state == PartnerState::Partner,
                partner.name.to_lowercase(),
            )
        });
        Ok(Partners {
            partners,
            offers: self.partner_offers()?,
            fingerprint: roll.home.fingerprint(),
            document: roll.home.document().map(document_shown),
            residency: roll.home.residency().map(rule_shown).unwrap_or_default(),
        })
    }

    fn partner_offers(&self) -> Result<Vec<PartnerOffer>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT url, not_after FROM partner_offer WHERE not_after > ?1 ORDER BY not_after DESC",
        )?;
        let rows = query.query_map([self.now.0 as i64], |row| {
            Ok(PartnerOffer {
                link: row.get(0)?,
                expires_at: row.get::<_, i64>(1)? as u64,
            })
        })?;
        let mut offers: Vec<PartnerOffer> = rows.collect::<Result<_, _>>()?;
        offers.retain(|offer| !self.is_answered(&offer.link));
        Ok(offers)
    }

    /// Tells whether somebody introduced himself by a link, or became a partner by it.
    fn is_answered(&self, link: &str) -> bool {
        let mut partners = self.state.roll.home.partners();
        let key = PartnerLink::parse(link).map(|link| link.key.public().0);
        let introduced = &self.state.partners.introduced;
        partners.any(|(_, entry)| is_by(entry, link))
            || introduced.iter().any(|(_, said, _)| Ok(said.key) == key)
    }

    /// Returns the organisation that somebody is of, if it is not one's own.
    pub(crate) fn outside(&self, account: AccountId) -> Option<Outside> {
        self.outside_of(self.state.roll.outsider(account)?)
    }

    /// Returns how an organisation is marked, if it is not one's own.
    pub(super) fn outside_of(&self, organisation: OrganisationId) -> Option<Outside> {
        let roll = &self.state.roll;
        if organisation == roll.own_side() {
            return None;
        }
        if let Some(room) = roll.home.room_of_side(organisation) {
            return Some(Outside {
                organisation: self.guest_name(room),
                domain: String::new(),
                is_guest: true,
            });
        }
        let organisation = roll.organisation(organisation)?.organisation()?;
        Some(Outside {
            organisation: public_name(organisation),
            domain: organisation.domain.clone(),
            is_guest: false,
        })
    }

    /// Returns the other organisations whose people are in a chat.
    pub(crate) fn outsiders(&self, chat: &str) -> Result<Vec<Outside>, Error> {
        let roll = &self.state.roll;
        if roll.others.is_empty() && !roll.home.has_guests() {
            return Ok(Vec::new());
        }
        let mut query = self.db.prepare_cached(
            "SELECT account FROM member JOIN room ON room.id = member.room WHERE room.chat = ?1
             UNION SELECT peer FROM chat WHERE id = ?1 AND peer IS NOT NULL",
        )?;
        let accounts = query.query_map([chat], |row| row.get(0).map(AccountId))?;
        let accounts: Vec<AccountId> = accounts.collect::<Result<_, _>>()?;
        let outside: BTreeSet<Outside> = accounts
            .into_iter()
            .filter_map(|account| self.outside(account))
            .collect();
        Ok(outside.into_iter().collect())
    }
}

/// Tells whether a partnership came of a link.
pub(crate) fn is_by(entry: &PartnerEntry, link: &str) -> bool {
    let Ok(link) = PartnerLink::parse(link) else {
        return false;
    };
    let key = entry.key.as_ref();
    key.is_some_and(|key| *key.to_bytes() == *link.partner_key.to_bytes())
}
