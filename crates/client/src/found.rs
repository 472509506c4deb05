//! Founding an organisation.

use crate::Error;
use crate::account::{Account, NewDevice, Secret};
use crate::asked::{Got, Purpose, sort};
use crate::io::Failure;
use crate::state::Cx;
use crate::store::Setting;
use valise_directory::found::{Founding, found};
use valise_directory::link::SetupLink;
use valise_directory::{Address, Name, ProfileDetails};
use valise_views::{Outcome, Trouble};
use valise_wire::ProblemCode;
use valise_wire::request::{Found, GetOrganisation, OrganisationRecord, Reply, Request};

/// What the founder asked for.
#[derive(Clone)]
pub(crate) struct Plan {
    link: SetupLink,
    organisation: Name,
    name: Name,
    local_part: String,
}

impl Cx<'_> {
    pub(crate) fn found(
        &mut self,
        number: u64,
        link: &str,
        organisation: &str,
        name: &str,
        local_part: &str,
    ) -> Result<(), Error> {
        let plan = self.plan(link, organisation, name, local_part);
        match plan {
            Ok(plan) => {
                let origin = plan.link.origin.clone();
                let purpose = Purpose::FoundingServer {
                    number,
                    plan: Box::new(plan),
                };
                self.ask(purpose, &origin, GetOrganisation {});
            }
            Err(trouble) => self.outcome(number, Outcome::Failed(trouble)),
        }
        Ok(())
    }

    fn plan(
        &self,
        link: &str,
        organisation: &str,
        name: &str,
        local_part: &str,
    ) -> Result<Plan, Trouble> {
        if self.state.account.is_some() {
            return Err(Trouble::AlreadyJoined);
        }
        Ok(Plan {
            link: SetupLink::parse(link).map_err(|_| Trouble::BadLink)?,
            organisation: Name::typed(organisation).map_err(|_| Trouble::BadName)?,
            name: Name::typed(name).map_err(|_| Trouble::BadName)?,
            local_part: local_part.to_owned(),
        })
    }

    pub(crate) fn took_founding_server(
        &mut self,
        number: u64,
        plan: Plan,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let picked = sort(result, |reply| match reply {
            Reply::Organisation(record) => Some(record),
            _ => None,
        });
        let trouble = match picked {
            Got::Reply(record) if record.statement.is_some() => Trouble::AlreadyFounded,
            Got::Reply(_) if self.state.account.is_some() => Trouble::AlreadyJoined,
            Got::Reply(record) => match Address::typed(&plan.local_part, &record.domain) {
                Ok(address) => return self.found_at(number, plan, record, address),
                Err(_) => Trouble::BadAddress,
            },
            Got::Refused(_) => Trouble::LinkGone,
            Got::Offline => Trouble::Offline,
            Got::Wrong => Trouble::ServerMisbehaved,
        };
        self.outcome(number, Outcome::Failed(trouble));
        Ok(())
    }

    fn found_at(
        &mut self,
        number: u64,
        plan: Plan,
        record: OrganisationRecord,
        address: Address,
    ) -> Result<(), Error> {
        let device = NewDevice::generate(&self.state.random);
        let founding = Founding {
            domain: record.domain.clone(),
            name: Some(plan.organisation.as_str().to_owned()),
            hub_key: record.hub_key,
            founder: ProfileDetails {
                display_name: plan.name.clone(),
                address: address.clone(),
                office: None,
                avatar: None,
            },
            device: device.statement(self.now),
            now: self.now,
        };
        let founded = found(founding, &mut self.state.rng);
        let request = Found {
            setup_code: plan.link.code.to_vec().into(),
            statements: founded.statements,
        };
        self.set_account(Account {
            origin: plan.link.origin.clone(),
            domain: record.domain,
            organisation_name: plan.organisation.as_str().to_owned(),
            organisation: founded.organisation,
            account: founded.account,
            device: device.id,
            device_key: device.device_key,
            leaf_key: device.leaf_key,
            account_key: Secret(*founded.account_key.to_seed()),
            organisation_key: Some(Secret(*founded.organisation_key.to_seed())),
            directory_key: Secret(*founded.directory_key.to_bytes()),
            name: plan.name.as_str().to_owned(),
            address: address.as_str().to_owned(),
            joined: false,
        })?;
        self.begin_joining(number, request.into())
    }

    /// Stores the request that founds or joins, and sends it.
    pub(crate) fn begin_joining(&mut self, number: u64, request: Request) -> Result<(), Error> {
        Setting::Joining.set(self.db, &request)?;
        self.state.dirty.status = true;
        self.ask_home(
            Purpose::Join {
                number: Some(number),
            },
            request,
        )
    }

    /// Sends it again, after a break or a crash.
    pub(crate) fn advance_joining(&mut self) -> Result<(), Error> {
        let waiting = self
            .state
            .account
            .as_ref()
            .is_some_and(|account| !account.joined);
        if self.state.backup.is_coming_back() || self.state.renewals.is_waiting() {
            return Ok(());
        }
        let asking = |purpose: &Purpose| matches!(purpose, Purpose::Join { .. });
        let retry_at = self.state.line.retry_at;
        if !waiting || self.is_asking(asking) || !self.is_due(retry_at) {
            return Ok(());
        }
        match Setting::Joining.get::<Request>(self.db)? {
            Some(request) => self.ask_home(Purpose::Join { number: None }, request),
            None => Err(Error::Bug("joining without a request")),
        }
    }

    pub(crate) fn took_joined(
        &mut self,
        number: Option<u64>,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let picked = sort(result, |reply| {
            matches!(reply, Reply::Done(_)).then_some(())
        });
        let trouble = match picked {
            Got::Reply(()) => return self.joined(number),
            // It may have arrived: the same statements again change nothing.
            Got::Offline | Got::Wrong => {
                self.line_failed(1_000)?;
                if let Some(number) = number {
                    self.state.line.joining_number = Some(number);
                }
                return Ok(());
            }
            Got::Refused(problem) if problem.is_transient() => {
                self.state.line.joining_number = number.or(self.state.line.joining_number);
                return self.line_failed(problem.retry_after_ms.unwrap_or(1_000));
            }
            Got::Refused(problem) => match problem.code {
                ProblemCode::Conflict => {
                    let founding = self.account()?.organisation_key.is_some();
                    if founding {
                        Trouble::AlreadyFounded
                    } else {
                        Trouble::AddressTaken
                    }
                }
                ProblemCode::Invalid if crate::guest::is_one(self.db)? => Trouble::WrongCode,
                ProblemCode::Gone | ProblemCode::Refused => Trouble::LinkGone,
                ProblemCode::Unauthenticated => Trouble::LinkGone,
                _ => Trouble::ServerMisbehaved,
            },
        };
        Setting::Joining.clear(self.db)?;
        Setting::Account.clear(self.db)?;
        Setting::Inviter.clear(self.db)?;
        self.forget_guest()?;
        self.state.adopt(None);
        self.state.dirty.status = true;
        if let Some(number) = number.or(self.state.line.joining_number.take()) {
            self.outcome(number, Outcome::Failed(trouble));
        }
        Ok(())
    }

    fn joined(&mut self, number: Option<u64>) -> Result<(), Error> {
        let account = Account {
            joined: true,
            ..(*self.account()?).clone()
        };
        let is_guest = crate::guest::is_one(self.db)?;
        let home = crate::directory::begin(&account, is_guest, self.state.guards.checks);
        let mut roll = crate::roll::Roll::of(home);
        roll.guest = is_guest.then_some(account.account);
        roll.called.insert(account.account, account.name.clone());
        self.state.roll = roll.into();
        self.set_account(account)?;
        Setting::Joining.clear(self.db)?;
        self.state.line.retry_at = self.now;
        self.state.dirty.status = true;
        let inviter = Setting::Inviter.get::<valise_wire::AccountId>(self.db)?;
        let outcome = match inviter {
            Some(inviter) => Outcome::Chat(self.direct_chat(inviter)?),
            None => Outcome::Done,
        };
        if let Some(number) = number.or(self.state.line.joining_number.take()) {
            self.outcome(number, outcome);
        }
        self.advance_line()
    }
}
