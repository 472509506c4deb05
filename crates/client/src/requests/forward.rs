//! Giving a request to a colleague, or to another office of one's own: they come into its room, and an act says so.

use super::case::{Case, Outcome};
use super::row::RequestEntry;
use crate::Error;
use crate::content::office_uri;
use crate::outbox::Refers;
use crate::rooms::Wanted;
use crate::state::Cx;
use crate::view::office_named;
use valise_directory::Note;
use valise_evidence::ActKind;
use valise_views::request::ForwardTo;
use valise_views::{ChatId, PersonId, Trouble};
use valise_wire::{AccountId, OfficeId, RoomId};

/// Most people who are told in their own chats at once.
const MOST_TOLD: usize = 30;

/// Who gets a request.
struct Receivers {
    /// How the act names them.
    mark: String,
    people: Vec<AccountId>,
}

impl Cx<'_> {
    /// Brings those into the room of a request who get it, and tells them why. Returns how the act names them.
    pub(super) fn hand_over(
        &mut self,
        entry: &RequestEntry,
        to: &ForwardTo,
        note: Option<&str>,
    ) -> Result<Result<String, Trouble>, Error> {
        let note = note.map(str::trim).filter(|note| !note.is_empty());
        if note.is_some_and(|note| Note::parse(note).is_err()) {
            return Ok(Err(Trouble::BadText));
        }
        let receivers = match self.receivers(to) {
            Ok(receivers) => receivers,
            Err(trouble) => return Ok(Err(trouble)),
        };
        let me = self.account()?.account;
        let others: Vec<AccountId> = receivers
            .people
            .into_iter()
            .filter(|it| *it != me)
            .collect();
        if note.is_some() && others.len() > MOST_TOLD {
            return Ok(Err(Trouble::TooManyHolders));
        }
        if let Some(trouble) = self.ruled_out(entry.room, others.iter().copied())? {
            return Ok(Err(trouble));
        }
        self.bring_all_in(entry.room, &others)?;
        for person in others {
            if let Some(note) = note {
                self.tell_why(entry, person, note)?;
            }
        }
        Ok(Ok(receivers.mark))
    }

    /// Returns the office of one's own that the addressee gave a request to last.
    pub(super) fn given_to(&self, case: &Case) -> Option<OfficeId> {
        let acts = case.done.iter().rev();
        let mut assigned = acts
            .filter(|done| done.act.kind == ActKind::Assigned && done.outcome == Outcome::Counts);
        let own = self.state.roll.home.organisation_id();
        assigned.find_map(|done| {
            let note = done.act.note.as_ref()?.as_str();
            let (organisation, office) = self.state.roll.office_named(note)?;
            (organisation == own && done.act.actor.organisation == own).then_some(office)
        })
    }

    /// Tells whether a request was given to an office that oneself does not hold.
    pub(crate) fn is_given_away(&self, entry: &RequestEntry) -> Result<bool, Error> {
        let me = self.account()?.account;
        let home = &self.state.roll.home;
        let is_elsewhere = |office| !home.holders(office).any(|holder| holder == me);
        Ok(entry.incoming && entry.assignee != Some(me) && entry.given.is_some_and(is_elsewhere))
    }

    fn receivers(&self, to: &ForwardTo) -> Result<Receivers, Trouble> {
        match to {
            ForwardTo::Person(person) => Ok(Receivers {
                mark: self.mark_of(person).ok_or(Trouble::NotFound)?,
                people: self.account_of(person).into_iter().collect(),
            }),
            ForwardTo::Office(office) => {
                let roll = &self.state.roll;
                let own = roll.home.organisation_id();
                let named = office_named(office).filter(|(organisation, _)| *organisation == own);
                let found = named.and_then(|(_, office)| roll.office(own, office));
                let office = found.ok_or(Trouble::NotFound)?;
                if office.holders.is_empty() {
                    return Err(Trouble::NobodyThere);
                }
                let domain = self
                    .account()
                    .map_err(|_| Trouble::NotAllowed)?
                    .domain
                    .clone();
                Ok(Receivers {
                    mark: office_uri(&domain, office.id),
                    people: office.holders,
                })
            }
        }
    }

    fn account_of(&self, person: &PersonId) -> Option<AccountId> {
        AccountId::from_hex(&person.0)
    }

    fn bring_all_in(&mut self, room: RoomId, people: &[AccountId]) -> Result<(), Error> {
        let members = self.members_of(room)?;
        for person in people.iter().filter(|person| !members.contains(person)) {
            self.want(room, Wanted::Add(*person))?;
            self.want(room, Wanted::Owner(*person, true))?;
        }
        Ok(())
    }

    /// Tells somebody in his own chat why he gets a request: in its room the other side would read it.
    fn tell_why(
        &mut self,
        entry: &RequestEntry,
        person: AccountId,
        note: &str,
    ) -> Result<(), Error> {
        let ChatId(chat) = self.direct_chat(person)?;
        let number = entry.theirs.as_ref().unwrap_or(&entry.number);
        let text = format!("{number} · {}\n{note}", entry.subject);
        let refers = Refers {
            lasts: self.lasts(&chat)?,
            ..Refers::default()
        };
        self.add_text(&chat, &text, refers)?;
        Ok(())
    }
}
