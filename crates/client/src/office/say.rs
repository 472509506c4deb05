//! What a registrar says of offices.

use crate::asked::{Got, Purpose};
use crate::io::Failure;
use crate::requests::{USUAL_NUMBERS, short};
use crate::state::Cx;
use crate::view::office_named;
use crate::{Error, ServerMisbehaved};
use valise_directory::fold::OfficeEntry;
use valise_directory::office::{self, MAX_HOLDERS, OfficeDetails, Plan};
use valise_directory::{Address, Name, Note};
use valise_evidence::number::Scheme;
use valise_views::{Outcome, PersonId, Trouble};
use valise_wire::request::{Publish, Reply};
use valise_wire::statement::SignedStatement;
use valise_wire::{AccountId, OfficeId, ProblemCode};

/// What a registrar asks for; see [`valise_views::Command::SetOffice`].
pub(crate) struct Wish {
    pub(crate) office: Option<valise_views::OfficeId>,
    pub(crate) name: String,
    pub(crate) local_part: String,
    pub(crate) note: String,
    pub(crate) numbers: String,
    pub(crate) holders: Vec<PersonId>,
}

impl Cx<'_> {
    /// Makes an office, or says anew what it is called and who holds it.
    pub(crate) fn set_office(&mut self, number: u64, wish: &Wish) -> Result<(), Error> {
        if let Some(trouble) = self.registrar_trouble(true) {
            return self.fail(number, trouble);
        }
        let plan = match self.office_plan(wish) {
            Ok(plan) => plan,
            Err(trouble) => return self.fail(number, trouble),
        };
        let (account, rng) = (self.account()?, &mut self.state.rng);
        let (_, statement) = account.as_issuer(|issuer| office::office(issuer, plan, rng));
        self.say_office(number, statement)
    }

    /// Closes an office.
    pub(crate) fn close_office(
        &mut self,
        number: u64,
        office: &valise_views::OfficeId,
    ) -> Result<(), Error> {
        if let Some(trouble) = self.registrar_trouble(true) {
            return self.fail(number, trouble);
        }
        let Some((office, version)) = self.own_office(office) else {
            return self.fail(number, Trouble::NotFound);
        };
        let now = self.now;
        let statement = self
            .account()?
            .as_issuer(|issuer| office::close(issuer, office, version, now));
        self.say_office(number, statement)
    }

    fn office_plan(&self, wish: &Wish) -> Result<Plan, Trouble> {
        let former = match &wish.office {
            Some(office) => Some(self.own_office(office).ok_or(Trouble::NotFound)?),
            None => None,
        };
        let account = self.account().map_err(|_| Trouble::NotAllowed)?;
        let details = details(wish, &account.domain)?;
        if self.is_address_taken(&details.address, former.map(|(office, _)| office)) {
            return Err(Trouble::AddressTaken);
        }
        if self.is_name_taken(&details.name, former.map(|(office, _)| office)) {
            return Err(Trouble::OfficeNameTaken);
        }
        if wish.holders.len() > MAX_HOLDERS {
            return Err(Trouble::TooManyHolders);
        }
        let home = &self.state.roll.home;
        let holder = |person: &PersonId| {
            let account = AccountId::from_hex(&person.0)?;
            home.account(account)?.is_active().then_some(account)
        };
        let holders: Option<Vec<AccountId>> = wish.holders.iter().map(holder).collect();
        Ok(Plan {
            former,
            holders: holders.ok_or(Trouble::NotFound)?,
            details,
            now: self.now,
        })
    }

    /// Returns an office of one's own organisation with the version of what is said of it.
    pub(crate) fn own_office(&self, office: &valise_views::OfficeId) -> Option<(OfficeId, u64)> {
        let home = &self.state.roll.home;
        let (organisation, office) = office_named(office)?;
        let entry = home.office(office).filter(|entry| entry.is_open())?;
        (organisation == home.organisation_id()).then_some((office, entry.version))
    }

    fn is_address_taken(&self, address: &Address, own: Option<OfficeId>) -> bool {
        let home = &self.state.roll.home;
        let Some(tag) = home.key().map(|key| key.address_tag(address)) else {
            return false;
        };
        let other =
            |office: &OfficeEntry| Some(office.id) != own && office.address_tag == Some(tag);
        let mut active = home.accounts().filter(|account| account.is_active());
        home.offices().any(other) || active.any(|account| account.address_tag == Some(tag))
    }

    /// Tells whether another office is called so: whoever gets a request sees for which one it is by the name alone.
    fn is_name_taken(&self, name: &Name, own: Option<OfficeId>) -> bool {
        let mut called = self.state.roll.home.offices_called(name.as_str());
        called.any(|office| Some(office) != own)
    }

    fn say_office(&mut self, number: u64, statement: SignedStatement) -> Result<(), Error> {
        self.ask_home(Purpose::SayOffice { number }, Publish { statement })
    }

    pub(crate) fn took_office_said(
        &mut self,
        number: u64,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        if self.took_said(number, result)? {
            self.says_cards();
        }
        Ok(())
    }

    /// Takes what became of a statement that names the version which its author saw. Tells whether it stands in the log.
    pub(crate) fn took_said(
        &mut self,
        number: u64,
        result: Result<Reply, Failure>,
    ) -> Result<bool, Error> {
        let picked = self.sort_published(result);
        let trouble = match picked {
            Got::Reply(()) => {
                self.outcome(number, Outcome::Done);
                return Ok(true);
            }
            Got::Refused(problem) => match problem.code {
                // What is here was looked at: somebody else was quicker.
                ProblemCode::Conflict => Trouble::Overtaken,
                ProblemCode::StorageFull => Trouble::StorageFull,
                ProblemCode::RateLimited | ProblemCode::Unavailable => Trouble::Offline,
                _ => Trouble::NotAllowed,
            },
            Got::Offline => Trouble::Offline,
            Got::Wrong => {
                self.server_misbehaved(ServerMisbehaved::WrongReply)?;
                Trouble::ServerMisbehaved
            }
        };
        self.fail(number, trouble)?;
        Ok(false)
    }
}

fn details(wish: &Wish, domain: &str) -> Result<OfficeDetails, Trouble> {
    let address = Address::typed(&wish.local_part, domain).map_err(|_| Trouble::BadAddress)?;
    Ok(OfficeDetails {
        name: Name::typed(&wish.name).map_err(|_| Trouble::BadName)?,
        note: Note::typed(&wish.note).map_err(|_| Trouble::BadText)?,
        numbers: numbers(&wish.numbers, &address)?,
        address,
    })
}

/// Reads how an office writes numbers; none if it does in the usual way.
fn numbers(typed: &str, address: &Address) -> Result<Option<Note>, Trouble> {
    let typed = typed.trim();
    if typed.is_empty() || typed == USUAL_NUMBERS {
        return Ok(None);
    }
    let scheme = Scheme::parse(typed).map_err(|_| Trouble::BadNumbers)?;
    // Such a number has to be one that people can read.
    let example = scheme.write(2026, &short(address.local()), 1);
    Name::parse(&example).map_err(|_| Trouble::BadNumbers)?;
    Note::parse(typed)
        .map(Some)
        .map_err(|_| Trouble::BadNumbers)
}
