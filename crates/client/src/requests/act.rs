//! What is done with a request. A deed is what a person wants; the act that says it names the end of the chain, so it is made when
//! everything before it is known, and made anew when somebody else was faster.

use super::case::{Case, Outcome};
use super::signed::{Proof, Read};
use crate::Error;
use crate::chats::{Waiting, kind};
use crate::content::{Formal, Meaning};
use crate::outbox::{Refers, Role};
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_directory::{Name, Note};
use valise_evidence::{Act, ActKind, Digest, Object as _, Response, ResponseKind, sign1};
use valise_views::request::NewAct;
use valise_views::{ActKind as ShownKind, ChatId, Outcome as Answer, PersonId, Trouble};
use valise_wire::{AccountId, RoomId, Timestamp};

/// A row of the table.
#[derive(Clone, Default)]
struct Deed {
    id: i64,
    room: [u8; 16],
    kind: i64,
    letter: Option<i64>,
    number: Option<String>,
    until: Option<u64>,
    note: Option<String>,
    message: Option<i64>,
}

/// What has become of a deed.
enum Fate {
    Waits,
    /// It is done, or cannot be done any more.
    Over,
    /// Somebody was faster: the act that said it is none, and another one is to be made.
    Again,
}

impl Cx<'_> {
    pub(crate) fn act(&mut self, number: u64, chat: &ChatId, act: NewAct) -> Result<(), Error> {
        match self.want_deed(chat, act)? {
            Ok(()) => {
                self.outcome(number, Answer::Done);
                Ok(())
            }
            Err(trouble) => self.fail(number, trouble),
        }
    }

    fn want_deed(&mut self, chat: &ChatId, act: NewAct) -> Result<Result<(), Trouble>, Error> {
        let Some(entry) = self.request_entry(&chat.0)? else {
            return Ok(Err(Trouble::NotFound));
        };
        if let Err(trouble) = self.may_send(chat)? {
            return Ok(Err(trouble));
        }
        if self.party()?.is_none() {
            return Ok(Err(Trouble::NothingToSignWith));
        }
        let room = entry.room;
        let Some(case) = self.case(room)? else {
            return Ok(Err(Trouble::NotFound));
        };
        let Some(kind) = kind_of(&act) else {
            return Ok(Err(Trouble::NotAllowed));
        };
        if kind.side() != case.side() {
            return Ok(Err(Trouble::NotAllowed));
        }
        let Some(course) = case.course.as_ref().filter(|course| course.takes(kind)) else {
            return Ok(Err(Trouble::OutOfPlace));
        };
        let mut deed = Deed {
            room: room.0,
            kind: kind as i64,
            ..Deed::default()
        };
        match act {
            NewAct::Register { number } => {
                let number = match number {
                    Some(number) => number,
                    None => {
                        let short = self.short_of(entry.office.as_deref())?;
                        self.next_number(&short, 0)?
                    }
                };
                if Name::typed(&number).is_err() {
                    return Ok(Err(Trouble::BadName));
                }
                deed.number = Some(number);
            }
            NewAct::Assign(person) => match self.mark_of(&person) {
                Some(mark) => deed.note = Some(mark),
                None => return Ok(Err(Trouble::NotFound)),
            },
            NewAct::AskTime { until, note } => {
                if until <= course.due.0 {
                    return Ok(Err(Trouble::BadDeadline));
                }
                (deed.until, deed.note) = (Some(until), note);
            }
            NewAct::GiveTime => deed.until = course.asked_until.map(|until| until.0),
            NewAct::DenyTime { note } | NewAct::Withdraw { note } | NewAct::Close { note } => {
                deed.note = note;
            }
            NewAct::Dispute { note } => deed.note = Some(note),
            NewAct::Confirm => {}
            NewAct::Say {
                text,
                files,
                ground,
                ..
            } => {
                if let Some(trouble) = self.letter_trouble(&text, &files) {
                    return Ok(Err(trouble));
                }
                let Some(said) = said(kind) else {
                    return Ok(Err(Trouble::NotAllowed));
                };
                let ground = ground.filter(|ground| !ground.trim().is_empty());
                let is_refusal = said == ResponseKind::Refusal;
                let ground = match (is_refusal, ground.as_deref().map(str::trim)) {
                    (false, _) => None,
                    (true, Some(ground)) if let Ok(ground) = Note::parse(ground) => Some(ground),
                    (true, _) => return Ok(Err(Trouble::BadText)),
                };
                if text.trim().is_empty() && files.is_empty() && !is_refusal {
                    return Ok(Err(Trouble::BadText));
                }
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
                deed.letter = Some(self.add_letter(room, &response, &text, files)?);
            }
        }
        deed.note = deed
            .note
            .map(|note| note.trim().to_owned())
            .filter(|it| !it.is_empty());
        let is_readable = deed
            .note
            .as_deref()
            .is_none_or(|note| Note::parse(note).is_ok());
        let lacks_note = kind == ActKind::Disputed && deed.note.is_none();
        if !is_readable || lacks_note {
            return Ok(Err(Trouble::BadText));
        }
        self.add_deed(&deed)?;
        Ok(Ok(()))
    }

    /// Returns how an act names somebody of one's own organisation.
    fn mark_of(&self, person: &PersonId) -> Option<String> {
        let roll = &self.state.roll;
        let account = AccountId::from_hex(&person.0)?;
        let is_own = roll.home.account(account).is_some() && roll.is_active(account);
        is_own.then(|| roll.name_of(account))
    }

    fn add_deed(&mut self, deed: &Deed) -> Result<(), Error> {
        self.db
            .prepare_cached(
                "INSERT INTO deed (room, kind, letter, number, until, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute((
                deed.room,
                deed.kind,
                deed.letter,
                &deed.number,
                deed.until.map(|until| until as i64),
                &deed.note,
            ))?;
        self.request_changed(RoomId(deed.room))
    }

    /// Says that this device opened a request that others sent, once.
    pub(crate) fn open_request(&mut self, chat: &ChatId) -> Result<(), Error> {
        let entry = self.request_entry(&chat.0)?;
        let Some(entry) = entry.filter(|entry| entry.incoming && !entry.opened) else {
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
        self.add_deed(&Deed {
            room: entry.room.0,
            kind: received,
            ..Deed::default()
        })
    }

    /// Tells whether something that one did with a request is still on its way.
    pub(crate) fn has_deed(&self, room: RoomId) -> Result<bool, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM deed WHERE room = ?1)")?;
        Ok(query.query_row([room.0], |row| row.get(0))?)
    }

    /// Does what is to be done with requests, one thing after the other in each.
    pub(crate) fn advance_requests(&mut self) -> Result<(), Error> {
        self.prove_again()?;
        if !self.state.requests.has_deeds {
            return Ok(());
        }
        let mut query = self.db.prepare_cached(
            "SELECT min(id), room, kind, letter, number, until, note, message FROM deed GROUP BY room ORDER BY id",
        )?;
        let rows = query.query_map([], |row| {
            Ok(Deed {
                id: row.get(0)?,
                room: row.get(1)?,
                kind: row.get(2)?,
                letter: row.get(3)?,
                number: row.get(4)?,
                until: row.get::<_, Option<i64>>(5)?.map(|until| until as u64),
                note: row.get(6)?,
                message: row.get(7)?,
            })
        })?;
        let deeds: Vec<Deed> = rows.collect::<Result<_, _>>()?;
        drop(query);
        self.state.requests.has_deeds = !deeds.is_empty();
        for deed in deeds {
            let room = RoomId(deed.room);
            let state = self.state.rooms.get(&room);
            let is_ready = state.is_some_and(|state| state.is_usable() && !state.is_behind());
            if !is_ready {
                continue;
            }
            match self.do_deed(room, &deed)? {
                Fate::Waits => {}
                Fate::Over => {
                    self.db
                        .execute("DELETE FROM deed WHERE id = ?1", [deed.id])?;
                    self.request_changed(room)?;
                }
                Fate::Again => {
                    self.db
                        .execute("UPDATE deed SET message = NULL WHERE id = ?1", [deed.id])?;
                }
            }
        }
        Ok(())
    }

    fn do_deed(&mut self, room: RoomId, deed: &Deed) -> Result<Fate, Error> {
        if let Some(message) = deed.message {
            return self.fate_of(room, message);
        }
        let object = match deed.letter {
            None => None,
            Some(letter) => match self.letter_sent(letter)? {
                None => return Ok(Fate::Over),
                Some(None) => return Ok(Fate::Waits),
                Some(Some(digest)) => Some(digest),
            },
        };
        let (Some(case), Some(actor), Some(key)) = (
            self.case(room)?,
            self.party()?,
            crate::evidence::signer(self.db, self.state)?,
        ) else {
            return Ok(Fate::Waits);
        };
        // The request itself is not in the log yet.
        let Some(course) = case.course.as_ref().filter(|_| case.settled) else {
            return Ok(Fate::Waits);
        };
        let Some(kind) = ActKind::ALL
            .into_iter()
            .find(|kind| *kind as i64 == deed.kind)
        else {
            return Ok(Fate::Over);
        };
        if !course.takes(kind) {
            return Ok(Fate::Over);
        }
        let act = Act {
            request: case.request.id,
            kind,
            previous: course.tip,
            actor,
            at: self.now,
            object,
            until: deed.until.map(Timestamp),
            number: deed.number.as_deref().and_then(|it| Name::typed(it).ok()),
            note: deed.note.as_deref().and_then(|it| Note::parse(it).ok()),
        };
        if act.check().is_err() {
            return Ok(Fate::Over);
        }
        let bytes = sign1::sign(&act, &self.binding(room)?, &key);
        let message = self.add_act(room, &bytes)?;
        self.db.execute(
            "UPDATE deed SET message = ?2 WHERE id = ?1",
            (deed.id, message),
        )?;
        Ok(Fate::Waits)
    }

    fn add_act(&mut self, room: RoomId, bytes: &[u8]) -> Result<i64, Error> {
        let read =
            Read::of(bytes).map_err(|_| Error::Bug("what was signed here cannot be read"))?;
        let chat = self.room(room)?.chat.clone();
        let waiting = Waiting {
            kind: kind::ACT,
            body: "",
            refers: Refers::default(),
        };
        let message = self.add_waiting(&chat, &waiting)?;
        let device = self.account()?.device;
        self.keep_signed(message, room, device, &read, bytes, Proof::Holds)?;
        let formal = Meaning::Formal(Formal::bare(bytes.to_vec()));
        let content = self.compose(&formal, Refers::default())?;
        self.enqueue(&chat, Some(room), Role::Message(message), &content, true)?;
        self.request_changed(room)?;
        Ok(message)
    }

    /// Tells what has become of an act of one's own.
    fn fate_of(&self, room: RoomId, message: i64) -> Result<Fate, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT message.position IS NOT NULL, signed.digest FROM message JOIN signed ON signed.message = message.id WHERE message.id = ?1",
        )?;
        let found: Option<(bool, [u8; 32])> = query
            .query_row([message], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let digest = match found {
            // Its person took it back before it went.
            None => return Ok(Fate::Over),
            Some((false, _)) => return Ok(Fate::Waits),
            Some((true, digest)) => Digest(digest),
        };
        let case = self.case(room)?;
        let outcome = case.and_then(|case: Case| Self::counts(&case, digest));
        Ok(match outcome {
            Some(Outcome::Found(finding)) if finding.breaks_chain() => Fate::Again,
            Some(Outcome::Waits) => Fate::Waits,
            _ => Fate::Over,
        })
    }

    /// Returns the digest of a letter once it stands in the log: inside, none as long as it does not; none at all if there is no such letter.
    #[allow(clippy::option_option)]
    fn letter_sent(&self, message: i64) -> Result<Option<Option<Digest>>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT CASE WHEN message.position IS NOT NULL THEN signed.digest END FROM message
             JOIN signed ON signed.message = message.id WHERE message.id = ?1",
        )?;
        let found: Option<Option<[u8; 32]>> =
            query.query_row([message], |row| row.get(0)).optional()?;
        Ok(found.map(|digest| digest.map(Digest)))
    }
}

/// Returns what somebody wants to do; none if it is nothing that a person does by itself.
fn kind_of(act: &NewAct) -> Option<ActKind> {
    Some(match act {
        NewAct::Register { .. } => ActKind::Registered,
        NewAct::Assign(_) => ActKind::Assigned,
        NewAct::AskTime { .. } => ActKind::ExtensionAsked,
        NewAct::GiveTime => ActKind::ExtensionGranted,
        NewAct::DenyTime { .. } => ActKind::ExtensionDenied,
        NewAct::Confirm => ActKind::Confirmed,
        NewAct::Dispute { .. } => ActKind::Disputed,
        NewAct::Withdraw { .. } => ActKind::Withdrawn,
        NewAct::Close { .. } => ActKind::Closed,
        NewAct::Say { kind, .. } => match kind {
            ShownKind::Questioned => ActKind::Questioned,
            ShownKind::Clarified => ActKind::Clarified,
            ShownKind::PartlyAnswered => ActKind::PartlyAnswered,
            ShownKind::Answered => ActKind::Answered,
            ShownKind::Refused => ActKind::Refused,
            _ => return None,
        },
    })
}

/// Returns the answer that an act names.
fn said(kind: ActKind) -> Option<ResponseKind> {
    let all = [
        ResponseKind::Full,
        ResponseKind::Partial,
        ResponseKind::Refusal,
        ResponseKind::Question,
        ResponseKind::Clarification,
    ];
    all.into_iter().find(|said| act_of(*said) == kind)
}

/// Returns the act that an answer is for.
pub(crate) fn act_of(said: ResponseKind) -> ActKind {
    match said {
        ResponseKind::Full => ActKind::Answered,
        ResponseKind::Partial => ActKind::PartlyAnswered,
        ResponseKind::Refusal => ActKind::Refused,
        ResponseKind::Question => ActKind::Questioned,
        ResponseKind::Clarification => ActKind::Clarified,
    }
}
