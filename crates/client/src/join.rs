//! Looking at an invitation, and joining by it.

use crate::Error;
use crate::account::{Account, NewDevice, Secret};
use crate::asked::{Got, Purpose, sort};
use crate::io::Failure;
use crate::state::Cx;
use crate::store::Setting;
use valise_directory::invite::{self, Offer};
use valise_directory::join::join;
use valise_directory::link::InvitationLink;
use valise_directory::{Address, Breach, Name, ProfileDetails, Role};
use valise_views::link::InvitationPreview;
use valise_views::{Outcome, Trouble};
use valise_wire::ProblemCode;
use valise_wire::request::{GetInvitation, Join, Reply};

impl Cx<'_> {
    pub(crate) fn inspect_invitation(&mut self, number: u64, link: &str) -> Result<(), Error> {
        match InvitationLink::parse(link) {
            Ok(link) => {
                let (origin, invitation) = (link.origin.clone(), link.invitation);
                let purpose = Purpose::Inspect {
                    number,
                    link: Box::new(link),
                };
                self.ask(purpose, &origin, GetInvitation { invitation });
            }
            Err(_) => self.outcome(number, Outcome::Failed(Trouble::BadLink)),
        }
        Ok(())
    }

    pub(crate) fn join(
        &mut self,
        number: u64,
        link: &str,
        name: String,
        local_part: String,
    ) -> Result<(), Error> {
        if self.state.account.is_some() {
            self.outcome(number, Outcome::Failed(Trouble::AlreadyJoined));
            return Ok(());
        }
        match InvitationLink::parse(link) {
            Ok(link) => {
                let (origin, invitation) = (link.origin.clone(), link.invitation);
                let link = Box::new(link);
                let purpose = Purpose::Offer {
                    number,
                    link,
                    name,
                    local_part,
                };
                self.ask(purpose, &origin, GetInvitation { invitation });
            }
            Err(_) => self.outcome(number, Outcome::Failed(Trouble::BadLink)),
        }
        Ok(())
    }

    pub(crate) fn took_inspected(
        &mut self,
        number: u64,
        link: &InvitationLink,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let outcome = match offer(link, result) {
            Ok(offer) => Outcome::Invitation(preview(offer)),
            Err(trouble) => Outcome::Failed(trouble),
        };
        self.outcome(number, outcome);
        Ok(())
    }

    pub(crate) fn took_offer(
        &mut self,
        number: u64,
        link: &InvitationLink,
        name: &str,
        local_part: &str,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let offer = match offer(link, result) {
            Ok(_) if self.state.account.is_some() => Err(Trouble::AlreadyJoined),
            Ok(offer) => profile(&offer, name, local_part).map(|profile| (offer, profile)),
            Err(trouble) => Err(trouble),
        };
        match offer {
            Ok((offer, profile)) => self.join_as(number, link, &offer, &profile),
            Err(trouble) => {
                self.outcome(number, Outcome::Failed(trouble));
                Ok(())
            }
        }
    }

    fn join_as(
        &mut self,
        number: u64,
        link: &InvitationLink,
        offer: &Offer,
        profile: &ProfileDetails,
    ) -> Result<(), Error> {
        let device = NewDevice::generate(&self.state.random);
        let statement = device.statement(self.now);
        let joined = join(link, profile, statement, self.now, &mut self.state.rng);
        let organisation = &offer.organisation;
        Setting::Inviter.set(self.db, &offer.invitation.issuer)?;
        self.set_account(Account {
            origin: link.origin.clone(),
            domain: organisation.domain.clone(),
            organisation_name: organisation.name.clone().unwrap_or_default(),
            organisation: link.organisation,
            account: joined.account,
            device: device.id,
            device_key: device.device_key,
            leaf_key: device.leaf_key,
            account_key: Secret(*joined.account_key.to_seed()),
            organisation_key: None,
            directory_key: Secret(*link.directory_key.to_bytes()),
            name: profile.display_name.as_str().to_owned(),
            address: profile.address.as_str().to_owned(),
            joined: false,
        })?;
        let request = Join {
            invitation: link.invitation,
            statements: joined.statements,
        };
        self.begin_joining(number, request.into())
    }
}

fn offer(link: &InvitationLink, result: Result<Reply, Failure>) -> Result<Offer, Trouble> {
    let picked = sort(result, |reply| match reply {
        Reply::Invitation(record) => Some(record),
        _ => None,
    });
    let record = match picked {
        Got::Reply(record) => record,
        Got::Refused(problem) if problem.code == ProblemCode::Gone => {
            return Err(Trouble::LinkGone);
        }
        Got::Refused(problem) if problem.is_transient() => return Err(Trouble::Offline),
        Got::Refused(_) => return Err(Trouble::LinkGone),
        Got::Offline => return Err(Trouble::Offline),
        Got::Wrong => return Err(Trouble::ServerMisbehaved),
    };
    invite::check(link, &record.statements).map_err(|breach| match breach {
        Breach::Malformed(_) => Trouble::ServerMisbehaved,
        _ => Trouble::LinkMismatch,
    })
}

fn preview(offer: Offer) -> InvitationPreview {
    let text = |name: Option<&Name>| {
        name.map(|name| name.as_str().to_owned())
            .unwrap_or_default()
    };
    InvitationPreview {
        organisation: offer.organisation.name.clone().unwrap_or_default(),
        domain: offer.organisation.domain.clone(),
        inviter: text(offer.inviter.as_ref().map(|inviter| &inviter.display_name)),
        name: text(offer.details.display_name.as_ref()),
        address: offer
            .details
            .address
            .map(|address| address.as_str().to_owned())
            .unwrap_or_default(),
        is_registrar: offer.invitation.role == Role::Registrar,
    }
}

fn profile(offer: &Offer, name: &str, local_part: &str) -> Result<ProfileDetails, Trouble> {
    let details = &offer.details;
    let display_name = match &details.display_name {
        Some(name) => name.clone(),
        None => Name::typed(name).map_err(|_| Trouble::BadName)?,
    };
    let address = match &details.address {
        Some(address) => address.clone(),
        None => Address::typed(local_part, &offer.organisation.domain)
            .map_err(|_| Trouble::BadAddress)?,
    };
    Ok(ProfileDetails {
        display_name,
        address,
        office: details.office.clone(),
        avatar: None,
    })
}
