//! A whole request: what is asked, what was done with it, and what one can do.

use crate::Error;
use crate::file::signed::are_whole;
use crate::requests::{Case, Done, Standing as Outcome, changes, shown_kind};
use crate::state::Cx;
use valise_evidence::course::Finding;
use valise_evidence::{Act, ActKind, Party};
use valise_views::request::{
    ActRow, AnswerSeal, Letter, RequestDetails, Revision, Signer, Standing,
};
use valise_views::{ActKind as ShownKind, Body, ChatId, PersonId, Trouble};
use valise_wire::OrganisationId;

/// What can be done, what is done most often first.
const ORDER: [ActKind; 16] = [
    ActKind::Vouched,
    ActKind::Answered,
    ActKind::Clarified,
    ActKind::Confirmed,
    ActKind::ExtensionGranted,
    ActKind::ExtensionDenied,
    ActKind::Registered,
    ActKind::Assigned,
    ActKind::Questioned,
    ActKind::ExtensionAsked,
    ActKind::PartlyAnswered,
    ActKind::Refused,
    ActKind::Disputed,
    ActKind::Withdrawn,
    ActKind::Closed,
    ActKind::Amended,
];

impl Cx<'_> {
    pub(super) fn request_details(&self, chat: &ChatId) -> Result<Option<RequestDetails>, Error> {
        let Some(entry) = self.request_entry(&chat.0)? else {
            return Ok(None);
        };
        let Some(case) = self.case(entry.room)? else {
            return Ok(None);
        };
        let request = &case.request;
        let beside = self.beside(&entry)?;
        let (room, asked_until) = (entry.room, entry.asked_until);
        let may_remind = self.may_remind(&entry)?;
        let acts: Result<Vec<ActRow>, Error> = case
            .done
            .iter()
            .map(|done| self.act_row(&case, done))
            .collect();
        Ok(Some(RequestDetails {
            row: self.request_row(entry, beside)?,
            issuer: self.signer(&request.issuer),
            addressee: request.addressee.name.as_str().to_owned(),
            letter: self.letter(case.message, &case.text)?,
            legal_basis: request
                .legal_basis
                .as_ref()
                .map(|it| it.as_str().to_owned()),
            classification: request
                .classification
                .as_ref()
                .map(|it| it.as_str().to_owned()),
            fields: request
                .fields
                .iter()
                .map(|field| {
                    (
                        field.name.as_str().to_owned(),
                        field.value.as_str().to_owned(),
                    )
                })
                .collect(),
            working_days: request.deadline.working.as_ref().map(|it| it.days),
            asked_until,
            revisions: self.shown_revisions(&case),
            acts: acts?,
            may: self.may_do(chat, &case)?,
            is_under_way: self.has_deed(room)?,
            may_remind,
            guest: self.shown_guest(room, case.message)?,
            seal: self.seal_shown(room)?,
            not_done: self.not_done(room, &case)?,
            residency: self
                .state
                .rooms
                .get(&room)
                .map_or_else(Vec::new, |it| it.residency.clone()),
        }))
    }

    fn may_do(&self, chat: &ChatId, case: &Case) -> Result<Vec<ShownKind>, Error> {
        let Some(course) = case.course.as_ref().filter(|_| case.settled) else {
            return Ok(Vec::new());
        };
        let in_doubt = match self.may_send(chat)? {
            Err(Trouble::InDoubt) => true,
            Err(_) => return Ok(Vec::new()),
            Ok(()) => false,
        };
        let side = case.side();
        // A guest keeps no register, and has nobody to give the work to.
        let is_guest = self.state.roll.guest.is_some();
        let office = |kind: &ActKind| matches!(kind, ActKind::Registered | ActKind::Assigned);
        let can = |kind: &ActKind| {
            kind.side() == side
                && course.takes(*kind)
                && (*kind != ActKind::Amended || self.may_say_otherwise())
                && (*kind == ActKind::Vouched) == in_doubt
                && !(is_guest && office(kind))
        };
        Ok(ORDER.into_iter().filter(can).map(shown_kind).collect())
    }

    fn shown_revisions(&self, case: &Case) -> Vec<Revision> {
        let pairs = case.revisions.windows(2);
        let shown = pairs.map(|pair| Revision {
            number: pair[1].request.revision,
            signer: self.signer(&pair[1].request.issuer),
            at: pair[1].at,
            changes: changes(&pair[0], &pair[1]),
        });
        shown.collect()
    }

    fn act_row(&self, case: &Case, done: &Done) -> Result<ActRow, Error> {
        let act = &done.act;
        let object = act.object.and_then(|object| case.letters.get(&object));
        let seal = match object {
            Some((message, ..)) if done.outcome == Outcome::Counts => self.answer_seal(*message)?,
            _ => None,
        };
        let (letter, ground) = match object {
            Some((message, response, text)) => (
                Some(Letter {
                    is_former: case.is_former(response),
                    ..self.letter(*message, text)?
                }),
                response.ground.as_ref().map(|it| it.as_str().to_owned()),
            ),
            None => (None, None),
        };
        let note = act.note.as_ref().map(|note| note.as_str());
        let named = note.and_then(|note| self.state.roll.account_named(note));
        let office = self.given_office(act);
        let assignee = (act.kind == ActKind::Assigned && office.is_none())
            .then(|| self.state.roll.name(named.unwrap_or(done.sender)));
        let standing = match done.outcome {
            Outcome::Counts => Standing::Counts,
            Outcome::Waits => Standing::UnderWay,
            Outcome::Unproven => Standing::Unproven,
            Outcome::Found(Finding::WrongSide) => Standing::NotTheirs,
            Outcome::Found(Finding::NoObject | Finding::WrongObject) => Standing::NoObject,
            Outcome::Found(_) => Standing::OutOfPlace,
        };
        Ok(ActRow {
            kind: shown_kind(act.kind),
            signer: self.signer(&act.actor),
            at: done.at,
            is_late: done.is_late,
            standing,
            note: note
                .filter(|_| named.is_none() && office.is_none())
                .map(std::borrow::ToOwned::to_owned),
            assignee,
            office,
            until: act.until.map(|until| until.0),
            number: act.number.as_ref().map(|it| it.as_str().to_owned()),
            letter,
            seal,
            ground,
            revision: act.object.and_then(|object| {
                let named = case.revisions.iter().find(|it| it.digest == object);
                named.map(|it| it.request.revision)
            }),
        })
    }

    /// Returns what the office is called that an act gives a request to; nothing if that does not show itself.
    fn given_office(&self, act: &Act) -> Option<String> {
        let note = act
            .note
            .as_ref()
            .filter(|_| act.kind == ActKind::Assigned)?;
        let (organisation, office) = self.state.roll.office_named(note.as_str())?;
        (organisation == act.actor.organisation).then(|| {
            let shown = self.state.roll.office(organisation, office);
            shown.map_or_else(String::new, |it| it.details.name.as_str().to_owned())
        })
    }

    /// Returns who signed something, under the name that the directory gives now; what he says himself stands in where nobody knows him.
    pub(super) fn signer(&self, party: &Party) -> Signer {
        let roll = &self.state.roll;
        let name = roll.name(party.account);
        Signer {
            person: PersonId(party.account.to_string()),
            name: if name.is_empty() {
                party.name.as_str().to_owned()
            } else {
                name
            },
            capacity: party.capacity.as_ref().map(|it| it.as_str().to_owned()),
            organisation: self.organisation_name(party.organisation),
            outside: self.outside(party.account),
        }
    }

    /// Returns what an organisation is called; nothing where it is not known.
    pub(super) fn organisation_name(&self, organisation: OrganisationId) -> String {
        let known = self.state.roll.organisation(organisation);
        let known = known.and_then(|directory| directory.organisation());
        known.map_or_else(String::new, crate::partner::public_name)
    }

    pub(super) fn letter(&self, message: i64, text: &str) -> Result<Letter, Error> {
        let files = self.files_of(message)?;
        Ok(Letter {
            text: text.to_owned(),
            is_whole: are_whole(&files),
            files,
            is_former: false,
        })
    }

    /// Returns what a message with something signed shows.
    pub(super) fn formal_body(
        &self,
        message: i64,
        text: String,
        case: Option<&Case>,
    ) -> Result<Body, Error> {
        let Some(case) = case else {
            return Ok(Body::Unsupported);
        };
        if let Some(done) = case.done.iter().find(|done| done.message == message) {
            return Ok(Body::Act(Box::new(self.act_row(case, done)?)));
        }
        let (kind, holds) = self.letter_kind(message)?;
        let mut letter = self.letter(message, &text)?;
        letter.is_whole &= holds;
        letter.is_former = self.is_former(message, case)?;
        let seal = match kind {
            None => self.seal_in(message)?,
            Some(_) if counts(case, message) => match self.answer_seal(message)? {
                Some(AnswerSeal::Sealed(seal)) => Some(seal),
                _ => None,
            },
            Some(_) => None,
        };
        Ok(Body::Letter {
            kind: kind.map(shown_kind),
            letter,
            seal,
        })
    }
}

/// Tells whether what a message says to a request counts.
fn counts(case: &Case, message: i64) -> bool {
    case.done.iter().any(|done| {
        let said = done.act.object.and_then(|object| case.letters.get(&object));
        done.outcome == Outcome::Counts && said.is_some_and(|(of, ..)| *of == message)
    })
}
