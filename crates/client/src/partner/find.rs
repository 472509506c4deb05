//! Finding somebody of a partner by the whole address.

use crate::Error;
use crate::asked::{Got, Purpose, sort};
use crate::io::Failure;
use crate::state::Cx;
use valise_directory::Address;
use valise_views::{Outcome, PersonId, Trouble};
use valise_wire::ProblemCode;
use valise_wire::request::{FindForeign, Reply};

impl Cx<'_> {
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
    pub(super) fn finish_finding(&mut self) -> Result<(), Error> {
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
}
