//! Asking another organisation: the room, those of both sides in it, and the letter.

use super::number::Numbering;
use crate::Error;
use crate::guard::Guard;
use crate::guest::Invited;
use crate::office::OfficeShown;
use crate::rooms::{Wanted, clean_title, group_key, rule_of};
use crate::state::Cx;
use crate::view::office_named;
use std::collections::BTreeSet;
use valise_directory::guest::guest_side;
use valise_directory::residency::Accepts;
use valise_directory::{Name, Note};
use valise_evidence::calendar::Day;
use valise_evidence::request::{Addressee, Field, Grade};
use valise_evidence::{Digest, Object as _, Party, Request};
use valise_views::request::{MOST_ADDRESSEES, NewRequest, RequestTo};
use valise_views::{ChatId, OfficeId, Outcome, Trouble};
use valise_wire::policy::RoomKind;
use valise_wire::{AccountId, OrganisationId, RequestId, RoomId, Timestamp};

/// Whom a request is for.
struct Asked {
    addressee: Addressee,
    people: Vec<AccountId>,
    /// Of a guest, whether somebody looks at him first.
    guest: Option<bool>,
}

/// For whom it is asked.
struct Asking {
    /// Name of the office.
    office: Option<Name>,
    /// What stands in numbers for the office.
    numbering: Numbering,
    people: Vec<AccountId>,
}

impl Cx<'_> {
    pub(crate) fn request(&mut self, number: u64, new: NewRequest) -> Result<(), Error> {
        match self.ask_formally(new)? {
            Ok(chat) => {
                self.outcome(number, Outcome::Chat(chat));
                Ok(())
            }
            Err(trouble) => self.fail(number, trouble),
        }
    }

    fn ask_formally(&mut self, new: NewRequest) -> Result<Result<ChatId, Trouble>, Error> {
        if let Some(trouble) = self.letter_trouble(&new.text, &new.files) {
            return Ok(Err(trouble));
        }
        let Some(mut issuer) = self.party()? else {
            return Ok(Err(Trouble::NothingToSignWith));
        };
        let asked = match self.all_asked(&new) {
            Ok(asked) => asked,
            Err(trouble) => return Ok(Err(trouble)),
        };
        let Some(rule) = rule_of(new.residency.clone()) else {
            return Ok(Err(Trouble::BadJurisdictions));
        };
        if let Some(trouble) = self.asked_outside(&rule, &asked) {
            return Ok(Err(trouble));
        }
        let asking = match self.asking(new.from_office.as_ref())? {
            Ok(asking) => asking,
            Err(trouble) => return Ok(Err(trouble)),
        };
        issuer.capacity = asking
            .office
            .clone()
            .or_else(|| self.for_himself(issuer.capacity.take()));
        let mut first = None;
        for asked in asked {
            let addressee = asked.addressee.clone();
            let made =
                match self.draft_request(&new, issuer.clone(), addressee, &asking.numbering)? {
                    Ok(request) => self.ask_one(&request, &new, &asked, &asking)?,
                    Err(trouble) => Err(trouble),
                };
            match made {
                Ok(chat) => first = first.or(Some(chat)),
                Err(trouble) if first.is_none() => return Ok(Err(trouble)),
                // All of them or none: with the error nothing of them stays.
                Err(_) => return Err(Error::Bug("one could be asked and another one could not")),
            }
        }
        Ok(first.ok_or(Trouble::NotFound))
    }

    /// Returns in what capacity somebody asks who asks for no office: what his profile says, unless an office is called so, whose people would
    /// be brought in.
    fn for_himself(&self, said: Option<Name>) -> Option<Name> {
        let home = &self.state.roll.home;
        said.filter(|said| home.offices_called(said.as_str()).next().is_none())
    }

    /// Makes the room of a request and puts the letter into it.
    fn ask_one(
        &mut self,
        request: &Request,
        new: &NewRequest,
        asked: &Asked,
        asking: &Asking,
    ) -> Result<Result<ChatId, Trouble>, Error> {
        let me = self.account()?.account;
        let rule = rule_of(new.residency.clone()).unwrap_or_default();
        let Some(room) = self.create_room(RoomKind::Request, vec![me], None, rule)? else {
            return Ok(Err(Trouble::Offline));
        };
        self.call_room(room, &new.subject)?;
        let mut request = request.clone();
        if let Some(held) = asked.guest {
            let own = self.state.roll.home.organisation_id();
            request.addressee.organisation = guest_side(own, room);
            let invited = Invited {
                name: request.addressee.name.clone(),
                office: asking.office.clone(),
                held,
                ends: request.ends,
            };
            if let Err(trouble) = self.make_pass(room, &invited)? {
                return Ok(Err(trouble));
            }
        }
        self.await_people(room, &asked.people)?;
        let mut people = asking.people.clone();
        people.retain(|person| *person != me);
        for person in people {
            self.want(room, Wanted::Add(person))?;
            // Either side brings its own people in and out.
            self.want(room, Wanted::Owner(person, true))?;
        }
        self.add_letter(room, &request, &new.text, new.files.clone())?;
        Ok(Ok(ChatId(group_key(room))))
    }

    /// Returns all that are asked, each once.
    fn all_asked(&self, new: &NewRequest) -> Result<Vec<Asked>, Trouble> {
        if new.to.len() > MOST_ADDRESSEES && self.keeps(Guard::Addressees) {
            return Err(Trouble::TooManyAddressees);
        }
        if new.to.len() > 1 && new.number.is_some() {
            // No two requests have the same number.
            return Err(Trouble::BadText);
        }
        let is_first = |(at, to): &(usize, &RequestTo)| !new.to[..*at].contains(to);
        let each = new.to.iter().enumerate().filter(is_first);
        each.map(|(_, to)| self.asked(to)).collect()
    }

    /// Returns why the rule that a request's room is to have leaves out one of those who are asked.
    fn asked_outside(&self, rule: &[String], asked: &[Asked]) -> Option<Trouble> {
        let own = self.state.roll.home.organisation_id();
        if !rule.is_empty() && asked.iter().any(|asked| asked.guest.is_some()) {
            return Some(Trouble::RoomResidencyUnsaid);
        }
        let people = asked.iter().flat_map(|asked| asked.people.iter().copied());
        self.left_out_by(own, rule, people)
    }

    fn draft_request(
        &mut self,
        new: &NewRequest,
        issuer: Party,
        addressee: Addressee,
        numbering: &Numbering,
    ) -> Result<Result<Request, Trouble>, Error> {
        let Ok(subject) = Note::parse(new.subject.trim()) else {
            return Ok(Err(Trouble::BadName));
        };
        let deadline = match self.deadline(new.due, new.offset_minutes) {
            Ok(deadline) => deadline,
            Err(trouble) => return Ok(Err(trouble)),
        };
        let ends = match self.ends(new.ends, deadline.due) {
            Ok(ends) => ends,
            Err(trouble) => return Ok(Err(trouble)),
        };
        let register = match &new.number {
            Some(number) => number.clone(),
            None => self.next_number(numbering, new.offset_minutes)?,
        };
        let texts = optional(Note::parse, new.legal_basis.as_deref())
            .zip(optional(Name::typed, new.classification.as_deref()))
            .zip(fields(&new.fields))
            .zip(Name::typed(&register).ok());
        let Some((((legal_basis, classification), fields), number)) = texts else {
            return Ok(Err(Trouble::BadText));
        };
        let request = Request {
            id: RequestId(self.random()),
            number,
            revision: 1,
            previous: None,
            issuer,
            addressee,
            subject,
            body: Digest::of(new.text.as_bytes()),
            parts: Vec::new(),
            issued_at: self.now,
            deadline,
            grade: Grade::Verification,
            legal_basis,
            classification,
            is_confidential: new.is_confidential,
            refers_to: None,
            policy: None,
            language: None,
            fields,
            ends,
        };
        let is_sound = request.check().is_ok();
        Ok(is_sound.then_some(request).ok_or(Trouble::BadText))
    }

    /// Gives the room of a request its name: the first line of what it is about.
    fn call_room(&mut self, room: RoomId, subject: &str) -> Result<(), Error> {
        let title = subject.lines().next().and_then(clean_title);
        if let Some(title) = title {
            self.db.execute(
                "UPDATE chat SET title = ?2, profile_version = 1 WHERE id = ?1",
                (group_key(room), &title),
            )?;
        }
        Ok(())
    }

    fn asked(&self, to: &RequestTo) -> Result<Asked, Trouble> {
        let roll = &self.state.roll;
        let (organisation, office, people) = match to {
            RequestTo::Person(person) => {
                let account = AccountId::from_hex(&person.0).ok_or(Trouble::NotFound)?;
                let organisation = roll.outsider(account).ok_or(Trouble::NotFound)?;
                (organisation, None, vec![account])
            }
            RequestTo::Office(office) => {
                let (organisation, office) = office_named(office).ok_or(Trouble::NotFound)?;
                let office = roll.office(organisation, office).ok_or(Trouble::NotFound)?;
                let name = office.details.name.clone();
                (organisation, Some(name), office.holders)
            }
            RequestTo::Guest { name, held } => return asked_guest(name, *held),
        };
        if !self.is_partner(organisation) {
            return Err(Trouble::PartnerDisagrees);
        }
        if let Some(trouble) = self.barred(people.iter().copied(), Accepts::Requests) {
            return Err(trouble);
        }
        let people: Vec<AccountId> = people
            .into_iter()
            .filter(|person| roll.is_active(*person))
            .collect();
        if people.is_empty() {
            return Err(Trouble::NobodyThere);
        }
        let known = roll
            .organisation(organisation)
            .and_then(|directory| directory.organisation());
        let name = known.map(crate::partner::public_name);
        let name = name.and_then(|name| Name::typed(&name).ok());
        let addressee = Addressee {
            organisation,
            name: name.ok_or(Trouble::BadName)?,
            office,
        };
        Ok(Asked {
            addressee,
            people,
            guest: None,
        })
    }

    /// Tells whether somebody of the other organisation is in the room of a request: before that nobody of it could ever read it.
    pub(crate) fn has_both_sides(&self, room: RoomId) -> Result<bool, Error> {
        let members = self.members_of(room)?;
        let sides: BTreeSet<bool> = members
            .into_iter()
            .map(|member| self.state.roll.outsider(member).is_some())
            .collect();
        Ok(sides.len() == 2)
    }

    /// Tells whether an organisation is a partner now.
    fn is_partner(&self, organisation: OrganisationId) -> bool {
        let entry = self.state.roll.home.partner(organisation);
        entry.is_some_and(|entry| entry.origin.is_some())
    }

    fn asking(&self, office: Option<&OfficeId>) -> Result<Result<Asking, Trouble>, Error> {
        let me = self.account()?.account;
        let home = &self.state.roll.home;
        let Some(office) = office else {
            return Ok(Ok(Asking {
                office: None,
                numbering: self.own_numbering()?,
                people: vec![me],
            }));
        };
        let own = home.organisation_id();
        let named = office_named(office).filter(|(organisation, _)| *organisation == own);
        let found = named.and_then(|(_, office)| self.state.roll.office(own, office));
        let Some(OfficeShown {
            details,
            holders: people,
            ..
        }) = found
        else {
            return Ok(Err(Trouble::NotFound));
        };
        if !people.contains(&me) {
            return Ok(Err(Trouble::NotAllowed));
        }
        Ok(Ok(Asking {
            office: Some(details.name.clone()),
            numbering: Numbering::of_office(details)?,
            people,
        }))
    }
}

/// Returns how a guest is asked; what he is of is known when there is a room.
fn asked_guest(name: &str, held: bool) -> Result<Asked, Trouble> {
    let addressee = Addressee {
        organisation: OrganisationId([0; 32]),
        name: Name::typed(name).map_err(|_| Trouble::BadName)?,
        office: None,
    };
    Ok(Asked {
        addressee,
        people: Vec::new(),
        guest: Some(held),
    })
}

/// Returns the day of an instant where clocks are so far ahead of UTC.
pub(super) fn day(at: Timestamp, offset_minutes: i32) -> Day {
    let millis = at.0 as i64 + i64::from(offset_minutes) * 60_000;
    Day(u32::try_from(millis.div_euclid(24 * 60 * 60 * 1_000)).unwrap_or(0))
}

/// Reads a text that may be left out; none if it is there and cannot be taken.
#[allow(clippy::option_option)]
fn optional<T, E>(read: impl Fn(&str) -> Result<T, E>, text: Option<&str>) -> Option<Option<T>> {
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        None => Some(None),
        Some(text) => read(text).ok().map(Some),
    }
}

fn fields(given: &[(String, String)]) -> Option<Vec<Field>> {
    let read = |(name, value): &(String, String)| {
        Some(Field {
            name: Name::typed(name).ok()?,
            value: Note::parse(value.trim()).ok()?,
        })
    };
    given.iter().map(read).collect()
}
