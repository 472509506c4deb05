//! Other organisations: how a registrar makes partners, what one shows to them, and finding their people.

use crate::asked::{Got, Purpose, sort};
use crate::io::Failure;
use crate::state::Cx;
use crate::view::is_by;
use crate::{Error, ServerMisbehaved};
use rusqlite::OptionalExtension as _;
use valise_directory::fold::fingerprint;
use valise_directory::keys::{IntroductionKey, Signer as _};
use valise_directory::link::PartnerLink;
use valise_directory::partner::{
    self, Card, PartnerKey, check_introduction, check_organisation, introduce,
};
use valise_directory::statement::Organisation;
use valise_directory::{Address, AddressTag};
use valise_views::{Outcome, Partner, PartnerState, PersonId, Trouble};
use valise_wire::partner::Introduction;
use valise_wire::request::{
    FindForeign, GetIntroductions, Introduce, MeetPartner, OfferPartnership, Reply,
};
use valise_wire::statement::SignedStatement;
use valise_wire::{Octets, OrganisationId, Problem, ProblemCode, Timestamp};

/// Time in which a link counts.
const OFFER_MILLIS: u64 = 7 * 24 * 60 * 60 * 1000;

/// What is held in memory of making partners.
#[derive(Default)]
pub(crate) struct Partners {
    /// Whether the server is to be asked who introduced himself.
    pub(crate) look: bool,
    /// Who did, by a link that was made on this device.
    pub(crate) introduced: Vec<(OrganisationId, Introduction, Organisation)>,
    /// Those who were found and are waited for until the directory knows them.
    finding: Vec<(u64, valise_wire::AccountId)>,
    /// No card is shown before this.
    cards_at: Timestamp,
}

impl Cx<'_> {
    /// Does what partners need now.
    pub(crate) fn advance_partners(&mut self) -> Result<(), Error> {
        self.finish_finding()?;
        self.show_cards()?;
        let registrar = self.registrar_trouble(true).is_none();
        if registrar && std::mem::take(&mut self.state.partners.look) {
            self.ask_home(Purpose::Introductions, GetIntroductions {})?;
        }
        Ok(())
    }

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

    /// Looks who made a link, to show it or to agree.
    pub(crate) fn meet_partner(
        &mut self,
        number: u64,
        link: &str,
        accept: bool,
    ) -> Result<(), Error> {
        if let Some(trouble) = self.registrar_trouble(true) {
            return self.fail(number, trouble);
        }
        let Ok(link) = PartnerLink::parse(link) else {
            return self.fail(number, Trouble::BadLink);
        };
        if link.organisation == self.account()?.organisation {
            return self.fail(number, Trouble::OwnLink);
        }
        let origin = link.origin.clone();
        let purpose = Purpose::MeetPartner {
            number,
            link: Box::new(link),
            accept,
        };
        self.ask_home(purpose, MeetPartner { origin })
    }

    pub(crate) fn took_met(
        &mut self,
        number: u64,
        link: &PartnerLink,
        accept: bool,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let picked = sort(result, |reply| match reply {
            Reply::Organisation(record) => Some(record),
            _ => None,
        });
        let record = match picked {
            Got::Reply(record) => record,
            other => {
                let trouble = self.trouble_of(other)?.unwrap_or(Trouble::Offline);
                return self.fail(number, trouble);
            }
        };
        // The link says which organisation it has to be; whoever answers there may be anybody.
        let statement = record.statement.as_ref();
        let known = statement.and_then(|statement| check_organisation(statement).ok());
        let Some(organisation) =
            known.filter(|organisation| organisation.key.organisation() == link.organisation)
        else {
            return self.fail(number, Trouble::BadLink);
        };
        if self.is_domain_taken(&organisation, link.organisation) {
            return self.fail(number, Trouble::DomainTaken);
        }
        if accept {
            return self.introduce_oneself(number, link);
        }
        let partner = shown(&organisation, &link.origin, PartnerState::Offered);
        self.outcome(number, Outcome::Partner(partner));
        Ok(())
    }

    /// Addresses would be told apart by nobody.
    fn is_domain_taken(&self, organisation: &Organisation, id: OrganisationId) -> bool {
        let roll = &self.state.roll;
        let own = roll.home.organisation();
        let others = roll.others.iter().filter(|(other, _)| **other != id);
        let others = others.filter_map(|(_, other)| other.directory().organisation());
        own.into_iter()
            .chain(others)
            .any(|known| known.domain == organisation.domain)
    }

    fn introduce_oneself(&mut self, number: u64, link: &PartnerLink) -> Result<(), Error> {
        let account = self.account()?;
        let Some(own) = self.own_organisation()? else {
            return self.fail(number, Trouble::Offline);
        };
        let introduction = introduce(
            own,
            account.organisation,
            &account.origin,
            link.organisation,
            &link.key,
        );
        let purpose = Purpose::Introduce {
            number,
            link: Box::new(link.clone()),
        };
        let request = Introduce {
            origin: link.origin.clone(),
            introduction,
        };
        self.ask_home(purpose, request)
    }

    fn own_organisation(&self) -> Result<Option<SignedStatement>, Error> {
        let body: Option<Vec<u8>> = self
            .db
            .query_row("SELECT body FROM statement WHERE position = 1", [], |row| {
                row.get(0)
            })
            .optional()?;
        Ok(body.and_then(|body| valise_wire::from_bytes(&body).ok()))
    }

    pub(crate) fn took_introduced(
        &mut self,
        number: u64,
        link: &PartnerLink,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let picked = sort(result, |reply| {
            matches!(reply, Reply::Done(_)).then_some(())
        });
        if let Some(trouble) = self.trouble_of(picked)? {
            return self.fail(number, trouble);
        }
        self.say_partner(
            number,
            link.organisation,
            &link.origin,
            &link.partner_key.clone(),
        )
    }

    /// Says in the organisation's log that another one is a partner.
    fn say_partner(
        &mut self,
        number: u64,
        id: OrganisationId,
        origin: &str,
        key: &PartnerKey,
    ) -> Result<(), Error> {
        let (account, now) = (self.account()?, self.now);
        let version = self.partner_version(id) + 1;
        let rng = &mut self.state.rng;
        let statement = account
            .as_issuer(|issuer| partner::partner(issuer, id, version, origin, key, now, rng));
        self.publish(Some(number), Outcome::Done, statement)
    }

    fn partner_version(&self, id: OrganisationId) -> u64 {
        let entry = self.state.roll.home.partner(id);
        entry.map_or(0, |entry| entry.version)
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
    fn forget_offers_of(&mut self, id: OrganisationId) -> Result<(), Error> {
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

    /// Shows oneself to partners that have not seen one's newest profile.
    fn show_cards(&mut self) -> Result<(), Error> {
        let account = self.account()?;
        let roll = self.state.roll.clone();
        let Some(own) = roll.home.account(account.account) else {
            return Ok(());
        };
        let Some(profile) = &own.profile else {
            return Ok(());
        };
        let unseen = roll.home.partners().find_map(|(partner, entry)| {
            let (seen, at) = own
                .cards
                .get(&partner)
                .map_or((0, 0), |card| (card.version, card.position));
            let key = entry.key.as_ref()?;
            // Sealed with the key of this partnership, and not with that of one that ended.
            let is_old = at < own.profile_position.max(entry.position);
            is_old.then_some((partner, key, own.profile_version.max(seen + 1)))
        });
        let Some((partner, key, version)) = unseen else {
            return Ok(());
        };
        let at = self.state.partners.cards_at;
        let publishing =
            self.is_asking(|purpose| matches!(purpose, Purpose::Publish { number: None, .. }));
        if publishing || !self.is_due(at) {
            return Ok(());
        }
        // The other devices of the account want the same: who is first says it for all.
        self.state.partners.cards_at = self.now.plus_millis(5_000 + self.jitter(5_000));
        let card = Card {
            organisation: account.organisation,
            account: account.account,
            partner,
            version,
            address_tag: AddressTag([0; 32]),
            sealed: Octets::default(),
        };
        let rng = &mut self.state.rng;
        let statement = partner::card(card, profile, key, &account.account_key(), rng);
        self.publish(None, Outcome::Done, statement)
    }

    /// Looks for somebody by the whole address.
    pub(crate) fn find_person(&mut self, number: u64, address: &str) -> Result<(), Error> {
        if let Some(trouble) = self.registrar_trouble(false) {
            return self.fail(number, trouble);
        }
        let Ok(address) = Address::parse(address.trim()) else {
            return self.fail(number, Trouble::BadAddress);
        };
        let roll = self.state.roll.clone();
        let all = [&roll.home]
            .into_iter()
            .chain(roll.others.values().map(|other| other.directory()));
        let known = all
            .flat_map(|directory| directory.people())
            .find(|person| person.active && person.address == Some(&address));
        if let Some(person) = known {
            let found = PersonId(person.account.to_string());
            self.outcome(number, Outcome::Person(found));
            return Ok(());
        }
        let partner = roll.home.partners().find_map(|(partner, entry)| {
            let organisation = roll.organisation(partner)?.organisation()?;
            let fits = organisation.domain == address.domain();
            fits.then_some((partner, entry.key.as_ref()?))
        });
        let Some((partner, key)) = partner else {
            return self.fail(number, Trouble::NotFound);
        };
        let address_tag = key.address_tag(&address).0;
        let request = FindForeign {
            partner,
            address_tag,
        };
        self.ask_home(Purpose::FindForeign { number }, request)
    }

    pub(crate) fn took_found(
        &mut self,
        number: u64,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let picked = sort(result, |reply| match reply {
            Reply::FoundForeign(found) => Some(found),
            _ => None,
        });
        match picked {
            Got::Reply(found) => match found.account {
                Some(account) => {
                    self.state.partners.finding.push((number, account));
                    self.reread_directory()?;
                    self.finish_finding()
                }
                None => self.fail(number, Trouble::NotFound),
            },
            Got::Refused(problem) if problem.code == ProblemCode::Gone => {
                self.fail(number, Trouble::PartnerDisagrees)
            }
            other => {
                let trouble = self.trouble_of(other)?.unwrap_or(Trouble::Offline);
                self.fail(number, trouble)
            }
        }
    }

    /// Answers who looked for somebody, once the directory proves the account, or when it was read and does not.
    fn finish_finding(&mut self) -> Result<(), Error> {
        if self.state.partners.finding.is_empty() {
            return Ok(());
        }
        let reading = self.is_reading_directory();
        let roll = self.state.roll.clone();
        for (number, account) in std::mem::take(&mut self.state.partners.finding) {
            if roll.is_active(account) {
                let found = PersonId(account.to_string());
                self.outcome(number, Outcome::Person(found));
            } else if reading {
                self.state.partners.finding.push((number, account));
            } else {
                self.fail(number, Trouble::NotFound)?;
            }
        }
        Ok(())
    }

    /// Returns why something was not done; none if it was.
    fn trouble_of<T>(&mut self, got: Got<T>) -> Result<Option<Trouble>, Error> {
        Ok(match got {
            Got::Reply(_) => None,
            Got::Refused(problem) => Some(trouble(&problem)),
            Got::Offline => Some(Trouble::Offline),
            Got::Wrong => {
                self.server_misbehaved(ServerMisbehaved::WrongReply)?;
                Some(Trouble::ServerMisbehaved)
            }
        })
    }
}

fn trouble(problem: &Problem) -> Trouble {
    match problem.code {
        ProblemCode::Refused | ProblemCode::Gone => Trouble::LinkGone,
        ProblemCode::Unavailable => Trouble::PartnerAway,
        ProblemCode::RateLimited => Trouble::Offline,
        _ => Trouble::NotAllowed,
    }
}

/// Returns how an organisation is shown.
pub(crate) fn shown(organisation: &Organisation, origin: &str, state: PartnerState) -> Partner {
    let id = organisation.key.organisation();
    Partner {
        id: id.to_string(),
        name: public_name(organisation),
        domain: organisation.domain.clone(),
        origin: origin.to_owned(),
        fingerprint: fingerprint(id),
        state,
    }
}

/// Returns an organisation's name, or its domain if it has none.
pub(crate) fn public_name(organisation: &Organisation) -> String {
    let name = organisation.name.as_ref();
    name.unwrap_or(&organisation.domain).clone()
}
