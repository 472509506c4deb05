//! What a registrar and an account say in the directory.

use crate::asked::{Got, Purpose};
use crate::io::Failure;
use crate::state::Cx;
use crate::{Error, ServerMisbehaved};
use valise_directory::invite::{Plan, invite, revoke};
use valise_directory::seal::MAX_AVATAR_BYTES;
use valise_directory::{Address, InvitationDetails, Name, ProfileDetails, Role, update};
use valise_views::{InvitationId, Outcome, PersonId, PersonRole, Trouble};
use valise_wire::request::{Publish, Reply};
use valise_wire::statement::SignedStatement;
use valise_wire::{AccountId, ProblemCode, Timestamp};

/// What a registrar asks for; see [`valise_views::Command::Invite`].
pub(crate) struct Wish {
    pub(crate) name: String,
    pub(crate) local_part: String,
    pub(crate) office: String,
    pub(crate) role: PersonRole,
    pub(crate) expires_at: u64,
    pub(crate) uses: u32,
}

impl Cx<'_> {
    pub(crate) fn invite(&mut self, number: u64, wish: Wish) -> Result<(), Error> {
        if let Some(trouble) = self.registrar_trouble(true) {
            return self.fail(number, trouble);
        }
        let account = self.account()?;
        let details = match details(&wish, &account.domain) {
            Ok(details) => details,
            Err(trouble) => return self.fail(number, trouble),
        };
        let one = details.address.is_some() || details.display_name.is_some();
        let plan = Plan {
            role: match wish.role {
                PersonRole::Registrar => Role::Registrar,
                PersonRole::Member => Role::Member,
            },
            not_after: Timestamp(wish.expires_at),
            uses: if one { 1 } else { wish.uses.max(1) },
            details,
            now: self.now,
        };
        let rng = &mut self.state.rng;
        let (statement, link) =
            account.as_issuer(|issuer| invite(issuer, plan, &account.origin, rng));
        let url = link.to_url();
        self.db.execute(
            "INSERT INTO link (invitation, url) VALUES (?1, ?2)",
            (link.invitation.0, &url),
        )?;
        self.publish(Some(number), Outcome::Link(url), statement)
    }

    pub(crate) fn revoke_invitation(
        &mut self,
        number: u64,
        invitation: &InvitationId,
    ) -> Result<(), Error> {
        if let Some(trouble) = self.registrar_trouble(true) {
            return self.fail(number, trouble);
        }
        let Some(id) = valise_wire::InvitationId::from_hex(&invitation.0) else {
            return self.fail(number, Trouble::NotFound);
        };
        let now = self.now;
        let statement = self.account()?.as_issuer(|issuer| revoke(issuer, id, now));
        self.publish(Some(number), Outcome::Done, statement)
    }

    pub(crate) fn revoke_person(&mut self, number: u64, person: &PersonId) -> Result<(), Error> {
        if let Some(trouble) = self.registrar_trouble(true) {
            return self.fail(number, trouble);
        }
        let Some(id) = AccountId::from_hex(&person.0).filter(|id| self.state.roll.is_active(*id))
        else {
            return self.fail(number, Trouble::NotFound);
        };
        let now = self.now;
        let statement = self
            .account()?
            .as_issuer(|issuer| update::end_account(issuer, id, now));
        self.publish(Some(number), Outcome::Done, statement)
    }

    pub(crate) fn set_profile(
        &mut self,
        number: u64,
        name: &str,
        picture: Option<Vec<u8>>,
    ) -> Result<(), Error> {
        if let Some(trouble) = self.registrar_trouble(false) {
            return self.fail(number, trouble);
        }
        let account = self.account()?;
        let Ok(display_name) = Name::typed(name) else {
            return self.fail(number, Trouble::BadName);
        };
        if picture
            .as_ref()
            .is_some_and(|picture| picture.len() > MAX_AVATAR_BYTES)
        {
            return self.fail(number, Trouble::FileTooLarge);
        }
        let roll = self.state.roll.clone();
        let Some(entry) = roll.home.account(account.account) else {
            return self.fail(number, Trouble::Offline);
        };
        let former = entry.profile.as_ref();
        let Ok(address) = Address::parse(&account.address) else {
            return self.fail(number, Trouble::Internal);
        };
        let details = ProfileDetails {
            display_name,
            address,
            office: former.and_then(|former| former.office.clone()),
            avatar: picture.map(Into::into),
        };
        let statement = update::profile(
            account.organisation,
            entry,
            &details,
            &account.directory_key(),
            &account.account_key(),
            &mut self.state.rng,
        );
        self.publish(Some(number), Outcome::Done, statement)
    }

    /// Gives their mandate to those who were invited as registrars, where the organisation's key is.
    pub(crate) fn give_mandates(&mut self) -> Result<(), Error> {
        let account = self.account()?;
        let Some(key) = account.organisation_key() else {
            return Ok(());
        };
        if self.is_asking(|purpose| matches!(purpose, Purpose::Publish { number: None, .. })) {
            return Ok(());
        }
        let roll = self.state.roll.clone();
        let next = roll.home.awaiting_mandate().next();
        if let Some(entry) = next {
            let statement = update::mandate(account.organisation, entry, self.now, &key);
            if let Some(statement) = statement {
                self.publish(None, Outcome::Done, statement)?;
            }
        }
        Ok(())
    }

    pub(crate) fn registrar_trouble(&self, must_be_registrar: bool) -> Option<Trouble> {
        let Some(account) = self.state.account.as_ref().filter(|account| account.joined) else {
            return Some(Trouble::NotAllowed);
        };
        if must_be_registrar && !self.state.roll.home.is_registrar(account.account) {
            return Some(Trouble::NotAllowed);
        }
        (!self.state.line.is_up()).then_some(Trouble::Offline)
    }

    /// Lets the server put a statement of one's own into the log.
    pub(crate) fn publish(
        &mut self,
        number: Option<u64>,
        outcome: Outcome,
        statement: SignedStatement,
    ) -> Result<(), Error> {
        let outcome = Box::new(outcome);
        self.ask_home(Purpose::Publish { number, outcome }, Publish { statement })
    }

    pub(crate) fn took_published(
        &mut self,
        number: Option<u64>,
        outcome: Outcome,
        result: Result<Reply, Failure>,
    ) -> Result<(), Error> {
        let picked = self.sort_published(result);
        let outcome = match picked {
            Got::Reply(()) => {
                self.state.dirty.invitations = true;
                outcome
            }
            Got::Refused(problem) => Outcome::Failed(match problem.code {
                ProblemCode::Conflict => Trouble::AddressTaken,
                ProblemCode::StorageFull => Trouble::StorageFull,
                ProblemCode::RateLimited | ProblemCode::Unavailable => Trouble::Offline,
                ProblemCode::Gone => Trouble::NotFound,
                _ => Trouble::NotAllowed,
            }),
            Got::Offline => Outcome::Failed(Trouble::Offline),
            Got::Wrong => {
                self.server_misbehaved(ServerMisbehaved::WrongReply)?;
                Outcome::Failed(Trouble::ServerMisbehaved)
            }
        };
        if let Some(number) = number {
            self.outcome(number, outcome);
        }
        Ok(())
    }

    /// Answers a command with a failure.
    pub(crate) fn fail(&mut self, number: u64, trouble: Trouble) -> Result<(), Error> {
        self.outcome(number, Outcome::Failed(trouble));
        Ok(())
    }
}

fn details(wish: &Wish, domain: &str) -> Result<InvitationDetails, Trouble> {
    let name = |text: &str| match text.trim() {
        "" => Ok(None),
        text => Name::typed(text).map(Some).map_err(|_| Trouble::BadName),
    };
    let address = match wish.local_part.trim() {
        "" => None,
        local => Some(Address::typed(local, domain).map_err(|_| Trouble::BadAddress)?),
    };
    Ok(InvitationDetails {
        address,
        display_name: name(&wish.name)?,
        office: name(&wish.office)?,
        note: None,
    })
}
