//! What a person does with a request.

use super::case::Case;
use super::deed::Deed;
use super::kinds::{kind_of, said};
use super::row::RequestEntry;
use crate::Error;
use crate::state::Cx;
use valise_directory::{Name, Note};
use valise_evidence::course::Course;
use valise_evidence::{ActKind, Digest, Response, ResponseKind};
use valise_views::file::NewFile;
use valise_views::request::NewAct;
use valise_views::{ChatId, Outcome, PersonId, Trouble};
use valise_wire::{AccountId, RoomId};

/// Text, files and grounds of an answer.
struct Words {
    text: String,
    files: Vec<NewFile>,
    ground: Option<String>,
}

impl Cx<'_> {
    pub(crate) fn act(&mut self, number: u64, chat: &ChatId, act: NewAct) -> Result<(), Error> {
        let is_said = matches!(act, NewAct::Say { .. } | NewAct::Amend(_));
        match self.want_deed(chat, act)? {
            Ok(()) => {
                if is_said {
                    self.forget_begun(chat)?;
                }
                self.outcome(number, Outcome::Done);
                Ok(())
            }
            Err(trouble) => self.fail(number, trouble),
        }
    }

    /// Says that this device opened a request that others sent, once.
    pub(crate) fn open_request(&mut self, chat: &ChatId) -> Result<(), Error> {
        let entry = self.request_entry(&chat.0)?;
        let is_new = |entry: &RequestEntry| {
            entry.incoming && !entry.opened && entry.doubt.is_none() && entry.state.is_open()
        };
        let Some(entry) = entry.filter(is_new) else {
            return Ok(());
        };
        let received = ActKind::Received as i64;
        let is_wanted: bool = self
            .db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM deed WHERE room = ?1 AND kind = ?2)")?
            .query_row((entry.room.0, received), |row| row.get(0))?;
        if is_wanted || self.may_send(chat)?.is_err() || self.party()?.is_none() {
            return Ok(());
        }
        self.add_deed(&Deed::new(entry.room, ActKind::Received))
    }

    fn want_deed(&mut self, chat: &ChatId, act: NewAct) -> Result<Result<(), Trouble>, Error> {
        let Some(entry) = self.request_entry(&chat.0)? else {
            return Ok(Err(Trouble::NotFound));
        };
        let vouches = matches!(act, NewAct::Vouch { .. });
        match self.may_send(chat)? {
            Err(Trouble::InDoubt) if vouches => {}
            Err(trouble) => return Ok(Err(trouble)),
            // Of what nobody doubts there is nothing to say.
            Ok(()) if vouches => return Ok(Err(Trouble::OutOfPlace)),
            Ok(()) => {}
        }
        let Some(case) = self.case(entry.room)? else {
            return Ok(Err(Trouble::NotFound));
        };
        let Some(kind) = kind_of(&act).filter(|kind| kind.side() == case.side()) else {
            return Ok(Err(Trouble::NotAllowed));
        };
        let Some(course) = case.course.as_ref().filter(|course| course.takes(kind)) else {
            return Ok(Err(Trouble::OutOfPlace));
        };
        if self.party()?.is_none() {
            return Ok(Err(Trouble::NothingToSignWith));
        }
        let deed = Deed::new(entry.room, kind);
        match self.fill_deed(deed, act, kind, &entry, &case, course)? {
            Ok(deed) => self.add_deed(&deed).map(Ok),
            Err(trouble) => Ok(Err(trouble)),
        }
    }

    fn fill_deed(
        &mut self,
        mut deed: Deed,
        act: NewAct,
        kind: ActKind,
        entry: &RequestEntry,
        case: &Case,
        course: &Course,
    ) -> Result<Result<Deed, Trouble>, Error> {
        match act {
            NewAct::Register {
                number,
                offset_minutes,
            } => match self.register_number(number, entry, offset_minutes)? {
                Ok(number) => deed.number = Some(number),
                Err(trouble) => return Ok(Err(trouble)),
            },
            NewAct::Assign(person) => match self.mark_of(&person) {
                Some(mark) => deed.note = Some(mark),
                None => return Ok(Err(Trouble::NotFound)),
            },
            NewAct::Forward { to, note } => match self.hand_over(entry, &to, note.as_deref())? {
                Ok(mark) => deed.note = Some(mark),
                Err(trouble) => return Ok(Err(trouble)),
            },
            NewAct::AskTime { until, .. } if until <= course.due.0 => {
                return Ok(Err(Trouble::BadDeadline));
            }
            NewAct::AskTime { until, note } => (deed.until, deed.note) = (Some(until), note),
            NewAct::GiveTime => deed.until = course.asked_until.map(|until| until.0),
            NewAct::DenyTime { note }
            | NewAct::Withdraw { note }
            | NewAct::Close { note }
            | NewAct::Vouch { note } => {
                deed.note = note;
            }
            NewAct::Dispute { note } => deed.note = Some(note),
            NewAct::Confirm => {}
            NewAct::Amend(new) => match self.add_revision(entry.room, *new, case, course)? {
                Ok(letter) => deed.letter = Some(letter),
                Err(trouble) => return Ok(Err(trouble)),
            },
            NewAct::Say {
                text,
                files,
                ground,
                ..
            } => {
                let words = Words {
                    text,
                    files,
                    ground,
                };
                match self.add_answer(entry.room, kind, words, case, course)? {
                    Ok(letter) => deed.letter = Some(letter),
                    Err(trouble) => return Ok(Err(trouble)),
                }
            }
        }
        let note = deed.note.as_deref().map(str::trim);
        deed.note = note.filter(|note| !note.is_empty()).map(str::to_owned);
        let note = deed.note.as_deref();
        let is_readable = note.is_none_or(|note| Note::parse(note).is_ok());
        let lacks_note = kind == ActKind::Disputed && note.is_none();
        Ok(if is_readable && !lacks_note {
            Ok(deed)
        } else {
            Err(Trouble::BadText)
        })
    }

    /// Returns the number under which a request goes into one's own register: the next one if none was chosen.
    fn register_number(
        &self,
        chosen: Option<String>,
        entry: &RequestEntry,
        offset_minutes: i32,
    ) -> Result<Result<String, Trouble>, Error> {
        let number = match chosen {
            Some(number) => number,
            None => self.next_number(&self.numbering_for(entry)?, offset_minutes)?,
        };
        let is_name = Name::typed(&number).is_ok();
        Ok(is_name.then_some(number).ok_or(Trouble::BadName))
    }

    /// Puts an answer, a question or an explanation into the room; the act that names it follows. Returns its message.
    fn add_answer(
        &mut self,
        room: RoomId,
        kind: ActKind,
        words: Words,
        case: &Case,
        course: &Course,
    ) -> Result<Result<i64, Trouble>, Error> {
        let Words {
            text,
            files,
            ground,
        } = words;
        if let Some(trouble) = self.letter_trouble(&text, &files) {
            return Ok(Err(trouble));
        }
        let Some(said) = said(kind) else {
            return Ok(Err(Trouble::NotAllowed));
        };
        let is_refusal = said == ResponseKind::Refusal;
        let ground = ground.filter(|_| is_refusal);
        let ground = ground.map(|ground| Note::parse(ground.trim()));
        let is_empty = text.trim().is_empty() && files.is_empty();
        let ground = match ground.transpose() {
            Ok(ground) if ground.is_some() == is_refusal && (is_refusal || !is_empty) => ground,
            _ => return Ok(Err(Trouble::BadText)),
        };
        let Some(signer) = self.party()? else {
            return Ok(Err(Trouble::NothingToSignWith));
        };
        let response = Response {
            request: case.request.id,
            id: self.random(),
            revision: course.revision,
            kind: said,
            signer,
            at: self.now,
            body: Digest::of(text.as_bytes()),
            parts: Vec::new(),
            number: None,
            ground,
        };
        self.add_letter(room, &response, &text, files).map(Ok)
    }

    /// Returns how an act names somebody of one's own organisation.
    pub(super) fn mark_of(&self, person: &PersonId) -> Option<String> {
        let roll = &self.state.roll;
        let account = AccountId::from_hex(&person.0)?;
        let is_own = roll.home.account(account).is_some() && roll.is_active(account);
        is_own.then(|| roll.name_of(account))
    }
}
