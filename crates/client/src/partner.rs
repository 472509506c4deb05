//! Other organisations: how a registrar makes partners, what one shows to them, and finding their people.

mod card;
mod find;
mod link;
mod meet;

use crate::asked::{Got, Purpose};
use crate::state::Cx;
use crate::{Error, ServerMisbehaved};
use valise_directory::fold::fingerprint;
use valise_directory::partner::{self, PartnerKey};
use valise_directory::statement::Organisation;
use valise_views::{Outcome, Partner, PartnerState, Trouble};
use valise_wire::partner::Introduction;
use valise_wire::request::GetIntroductions;
use valise_wire::{OrganisationId, Problem, ProblemCode, Timestamp};

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

    /// Says in the organisation's log that another one is a partner.
    pub(super) fn say_partner(
        &mut self,
        number: u64,
        id: OrganisationId,
        origin: &str,
        key: &PartnerKey,
    ) -> Result<(), Error> {
        let (account, now) = (self.account()?, self.now);
        let version = self.partner_version(id) + 1;
        self.says_cards();
        let rng = &mut self.state.rng;
        let statement = account
            .as_issuer(|issuer| partner::partner(issuer, id, version, origin, key, now, rng));
        self.publish(Some(number), Outcome::Done, statement)
    }

    pub(super) fn partner_version(&self, id: OrganisationId) -> u64 {
        let entry = self.state.roll.home.partner(id);
        entry.map_or(0, |entry| entry.version)
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
        document: None,
        barred: None,
    }
}

/// Returns an organisation's name, or its domain if it has none.
pub(crate) fn public_name(organisation: &Organisation) -> String {
    let name = organisation.name.as_ref();
    name.unwrap_or(&organisation.domain).clone()
}
