//! The organisation that makes a link: making it, seeing who introduced himself by it, and agreeing.

use crate::asked::{Purpose, sort};
use crate::io::Failure;
use crate::state::Cx;
use crate::view::is_by;
use crate::{Error, ServerMisbehaved};
use rusqlite::OptionalExtension as _;
use valise_directory::keys::{IntroductionKey, Signer as _};
use valise_directory::link::PartnerLink;
use valise_directory::partner::{self, PartnerKey, check_introduction};
use valise_views::{Outcome, Trouble};
use valise_wire::OrganisationId;
use valise_wire::request::{OfferPartnership, Reply};

/// Time in which a link counts.
const OFFER_MILLIS: u64 = 7 * 24 * 60 * 60 * 1000;

impl Cx<'_> {
    /// Makes a link for another organisation's registrar.
    pub(crate) fn offer_partner(&mut self, number: u64) -> Result<(), Error> {
        if let Some(trouble) = self.registrar_trouble(true) {
            return self.fail(number, trouble);
        }
        let account = self.account()?;
        let key = IntroductionKey::generate(&mut self.state.rng);
        let link = PartnerLink {
            origin: account.origin.clone(),
            organisation: account.organisation,
            partner_key: PartnerKey::generate(&mut self.state.rng),
            key: key.clone(),
        };
        let (url, public) = (link.to_url(), key.public().0);
        let not_after = self.now.plus_millis(OFFER_MILLIS);
        self.db.execute(
            "INSERT INTO partner_offer (key, url, not_after) VALUES (?1, ?2, ?3)",
            (public, &url, not_after.0 as i64),
        )?;
        let request = OfferPartnership {
            key: public,
            not_after,
        };
        self.ask_home(Purpose::OfferPartner { number, url }, request)
    }

    pub(crate) fn took_offered(
        &mut self,
        number: u64,
        url: String,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let picked = sort(result, |reply| {
            matches!(reply, Reply::Done(_)).then_some(())
        });
        self.state.dirty.partners = true;
        match self.trouble_of(picked)? {
            None => self.outcome(number, Outcome::Link(url)),
            Some(trouble) => {
                self.db
                    .execute("DELETE FROM partner_offer WHERE url = ?1", [&url])?;
                self.fail(number, trouble)?;
            }
        }
        Ok(())
    }

    pub(crate) fn took_introductions(
        &mut self,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let Ok(Reply::Introductions(found)) = result else {
            return Ok(());
        };
        let own = self.account()?.organisation;
        let mut introduced = Vec::new();
        for introduction in found.introductions {
            // The server may say what it likes; a link that was made here, nobody but its holder has signed with.
            let Ok((id, organisation)) = check_introduction(&introduction, own) else {
                self.server_misbehaved(ServerMisbehaved::WrongReply)?;
                continue;
            };
            if self.offer_of(&introduction.key)?.is_some() {
                introduced.push((id, introduction, organisation));
            }
        }
        self.state.partners.introduced = introduced;
        self.state.dirty.partners = true;
        Ok(())
    }

    /// Returns a link that was made on this device.
    fn offer_of(&self, key: &[u8; 32]) -> Result<Option<PartnerLink>, Error> {
        let url: Option<String> = self
            .db
            .prepare_cached("SELECT url FROM partner_offer WHERE key = ?1")?
            .query_row([key], |row| row.get(0))
            .optional()?;
        Ok(url.and_then(|url| PartnerLink::parse(&url).ok()))
    }

    /// Agrees to who introduced himself.
    pub(crate) fn confirm_partner(&mut self, number: u64, id: &str) -> Result<(), Error> {
        if let Some(trouble) = self.registrar_trouble(true) {
            return self.fail(number, trouble);
        }
        let introduced = self.state.partners.introduced.iter();
        let found = introduced
            .filter(|(known, ..)| known.to_string() == id)
            .map(|(id, said, organisation)| (*id, said.clone(), organisation.clone()))
            .next();
        let Some((id, said, organisation)) = found else {
            return self.fail(number, Trouble::NotFound);
        };
        let Some(link) = self.offer_of(&said.key)? else {
            return self.fail(number, Trouble::NotFound);
        };
        if self.is_domain_taken(&organisation, id) {
            return self.fail(number, Trouble::DomainTaken);
        }
        self.say_partner(number, id, &said.origin, &link.partner_key)
    }

    /// Ends a partnership.
    pub(crate) fn end_partner(&mut self, number: u64, id: &str) -> Result<(), Error> {
        if let Some(trouble) = self.registrar_trouble(true) {
            return self.fail(number, trouble);
        }
        let id = OrganisationId::from_hex(id);
        let partners = self.state.roll.home.partners();
        let Some(id) = id.filter(|id| partners.into_iter().any(|(known, _)| known == *id)) else {
            return self.fail(number, Trouble::NotFound);
        };
        self.forget_offers_of(id)?;
        let (version, now) = (self.partner_version(id) + 1, self.now);
        let statement = self
            .account()?
            .as_issuer(|issuer| partner::end(issuer, id, version, now));
        self.publish(Some(number), Outcome::Done, statement)
    }

    /// Forgets the link by which somebody became a partner: by an old one he does not introduce himself again.
    pub(super) fn forget_offers_of(&mut self, id: OrganisationId) -> Result<(), Error> {
        let mut query = self.db.prepare_cached("SELECT url FROM partner_offer")?;
        let urls = query.query_map([], |row| row.get(0))?;
        let urls: Vec<String> = urls.collect::<Result<_, _>>()?;
        let roll = self.state.roll.clone();
        let Some(entry) = roll.home.partner(id) else {
            return Ok(());
        };
        for url in urls.iter().filter(|url| is_by(entry, url)) {
            self.db
                .execute("DELETE FROM partner_offer WHERE url = ?1", [url])?;
        }
        self.state
            .partners
            .introduced
            .retain(|(known, ..)| *known != id);
        Ok(())
    }
}
