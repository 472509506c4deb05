//! Deeds: what a person wants done with a request. The act that says it names the end of the chain, so it is made when everything before it is
//! known, and made anew when somebody else was faster.

use super::case::{Case, Outcome};
use super::kinds::numbered;
use super::signed::{Proof, Read};
use crate::Error;
use crate::chats::{Waiting, kind};
use crate::content::{Formal, Meaning};
use crate::outbox::{Refers, Role};
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_directory::{Name, Note};
use valise_evidence::{Act, ActKind, Digest, Object as _, sign1};
use valise_views::Connection;
use valise_wire::{RoomId, Timestamp};

/// A row of the table.
pub(super) struct Deed {
    pub(super) id: i64,
    pub(super) room: RoomId,
    /// As acts are numbered.
    pub(super) kind: i64,
    /// The message with the answer that it names.
    pub(super) letter: Option<i64>,
    pub(super) number: Option<String>,
    pub(super) until: Option<u64>,
    pub(super) note: Option<String>,
    /// The message that says it, once it is on its way.
    pub(super) message: Option<i64>,
}

impl Deed {
    /// Something that is to be done with the request of a room, and says no more than that.
    pub(super) fn new(room: RoomId, kind: ActKind) -> Self {
        Self {
            id: 0,
            room,
            kind: kind as i64,
            letter: None,
            number: None,
            until: None,
            note: None,
            message: None,
        }
    }
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
    pub(super) fn add_deed(&mut self, deed: &Deed) -> Result<(), Error> {
        self.db
            .prepare_cached(
                "INSERT INTO deed (room, kind, letter, number, until, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute((
                deed.room.0,
                deed.kind,
                deed.letter,
                &deed.number,
                deed.until.map(|until| until as i64),
                &deed.note,
            ))?;
        self.request_changed(deed.room)
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
        self.release_unstamped()?;
        self.tend_held()?;
        self.part()?;
        self.tend_guests()?;
        self.ask_for_receipts()?;
        while self.state.requests.has_deeds {
            let deeds = self.first_deeds()?;
            self.state.requests.has_deeds = !deeds.is_empty();
            let mut moved = false;
            for deed in deeds {
                moved |= self.advance_deed(&deed)?;
            }
            if !moved {
                break;
            }
        }
        Ok(())
    }

    /// Returns the first deed of each request.
    fn first_deeds(&self) -> Result<Vec<Deed>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT min(id), room, kind, letter, number, until, note, message FROM deed GROUP BY room ORDER BY id",
        )?;
        let rows = query.query_map([], |row| {
            Ok(Deed {
                id: row.get(0)?,
                room: RoomId(row.get(1)?),
                kind: row.get(2)?,
                letter: row.get(3)?,
                number: row.get(4)?,
                until: row.get::<_, Option<i64>>(5)?.map(|until| until as u64),
                note: row.get(6)?,
                message: row.get(7)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Tells whether the next thing can be done now.
    fn advance_deed(&mut self, deed: &Deed) -> Result<bool, Error> {
        let state = self.state.rooms.get(&deed.room);
        if !state.is_some_and(|state| state.is_usable() && !state.is_behind()) {
            return Ok(false);
        }
        let fate = match deed.message {
            Some(message) => self.fate_of(deed.room, message)?,
            None => self.say_deed(deed)?,
        };
        match fate {
            Fate::Waits => return Ok(false),
            Fate::Over => {
                self.db
                    .execute("DELETE FROM deed WHERE id = ?1", [deed.id])?;
            }
            Fate::Again => {
                self.db
                    .execute("UPDATE deed SET message = NULL WHERE id = ?1", [deed.id])?;
            }
        }
        self.request_changed(deed.room)?;
        Ok(true)
    }

    /// Makes the act that says a deed, if it has a place now.
    fn say_deed(&mut self, deed: &Deed) -> Result<Fate, Error> {
        let object = match deed.letter {
            None => None,
            Some(letter) => match self.letter_sent(letter)? {
                None => return Ok(Fate::Over),
                Some(None) => return Ok(Fate::Waits),
                Some(Some(digest)) => Some(digest),
            },
        };
        let (Some(case), Some(actor), Some(key)) = (
            self.case(deed.room)?,
            self.party()?,
            crate::evidence::signer(self.db, self.state)?,
        ) else {
            return Ok(Fate::Waits);
        };
        // The request itself is not in the log yet.
        let Some(course) = case.course.as_ref().filter(|_| case.settled) else {
            return Ok(Fate::Waits);
        };
        let Some(kind) = numbered(deed.kind).filter(|kind| course.takes(*kind)) else {
            return Ok(Fate::Over);
        };
        if let Some(letter) = deed.letter
            && !self.is_to_newest(letter, course)?
        {
            // What it says was said to another wording: an act that names it would change nothing.
            return Ok(Fate::Over);
        }
        let number = match &deed.number {
            // A colleague may have taken it in any room: first everything has to be here.
            Some(_) if self.connection() != Connection::Online => return Ok(Fate::Waits),
            Some(number) => Some(self.free_number(number, deed.room)?),
            None => None,
        };
        let act = Act {
            request: case.request.id,
            kind,
            previous: course.tip,
            actor,
            at: self.now,
            object,
            until: deed.until.map(Timestamp),
            number: number.and_then(|it| Name::typed(&it).ok()),
            note: deed.note.as_deref().and_then(|it| Note::parse(it).ok()),
        };
        if act.check().is_err() {
            return Ok(Fate::Over);
        }
        let bytes = sign1::sign(&act, &self.binding(deed.room)?, &key);
        let message = self.add_act(deed.room, &bytes)?;
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
        let outcome = self.case(room)?.and_then(|case: Case| {
            let mut done = case.done.into_iter();
            Some(done.find(|done| done.digest == digest)?.outcome)
        });
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
