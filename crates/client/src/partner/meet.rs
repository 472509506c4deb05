//! The organisation that is handed a link: looking who made it, and introducing oneself.

use crate::Error;
use crate::asked::{Got, Purpose, sort};
use crate::io::Failure;
use crate::partner::shown;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_directory::link::PartnerLink;
use valise_directory::partner::{check_organisation, introduce};
use valise_directory::statement::Organisation;
use valise_views::{Outcome, PartnerState, Trouble};
use valise_wire::OrganisationId;
use valise_wire::request::{Introduce, MeetPartner, Reply};
use valise_wire::statement::SignedStatement;

impl Cx<'_> {
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
    pub(super) fn is_domain_taken(&self, organisation: &Organisation, id: OrganisationId) -> bool {
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
}
