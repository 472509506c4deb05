//! Seals on answers: at once by whoever answers and may seal, later by a colleague who may. They stand in a table of their own, one
//! of each keeper: whoever may not seal puts nothing in the place of a seal that holds.

use super::doubt::{SealedThing, policies_at};
use super::signed::{Proof, Read, Sort};
use crate::Error;
use crate::alarm;
use crate::content::Meaning;
use crate::file::signed::are_whole;
use crate::guard::Guard;
use crate::outbox::Refers;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_directory::Directory;
use valise_evidence::{Digest, Response, ResponseKind, Seal};
use valise_views::request::{AnswerSeal, SealShown};
use valise_views::{MessageId, Trouble};
use valise_wire::policy::LeafIdentity;
use valise_wire::{AccountId, RoomId, Timestamp, from_bytes, to_bytes};

/// An answer that somebody has given.
struct Answer {
    message: i64,
    room: RoomId,
    digest: Digest,
    response: Response,
    /// Whether it stands in the log, and is of who sent it.
    stands: bool,
}

/// A seal that came with an answer or after it.
struct Kept {
    seal: Seal,
    bytes: Vec<u8>,
    /// When the hub took it.
    at: Timestamp,
}

impl Cx<'_> {
    /// Lets an answer go that is signed: sealed if this account may seal, and with a time over that if there is one to be had.
    pub(super) fn send_answer(
        &mut self,
        message: i64,
        room: RoomId,
        read: &Read,
        digest: Digest,
    ) -> Result<(), Error> {
        let seal = self.seal_own_answer(message, room, read, digest)?;
        let Some(formal) = self.formal_of(message, seal.as_ref().map(to_bytes))? else {
            return Ok(());
        };
        let content = self.compose(&Meaning::Formal(formal), Refers::default())?;
        let seal = seal.filter(|_| self.can_be_stamped());
        self.db.execute(
            "UPDATE outbox SET content = ?2, ready = ?3 WHERE message = ?1",
            (message, content, seal.is_none()),
        )?;
        match seal {
            Some(seal) => self.stamp_answer(message, seal)?,
            None => {
                let chat = self.room(room)?.chat.clone();
                self.wake_outbox(&chat);
            }
        }
        self.request_changed(room)
    }

    /// Seals an answer that is given here, if this account may.
    fn seal_own_answer(
        &mut self,
        message: i64,
        room: RoomId,
        read: &Read,
        digest: Digest,
    ) -> Result<Option<Seal>, Error> {
        let Read::Response(read) = read else {
            return Ok(None);
        };
        let response = read.claims();
        if !is_sealed(response.kind) || self.are_requests_stopped() {
            return Ok(None);
        }
        let Some(seal) = self.make_seal(room, response.request, digest)? else {
            return Ok(None);
        };
        let me = self.account()?.account;
        self.put_answer_seal(message, me, &to_bytes(&seal), self.now)?;
        Ok(Some(seal))
    }

    /// Seals an answer that one's own side has given.
    pub(crate) fn seal_answer(&mut self, number: u64, message: &MessageId) -> Result<(), Error> {
        let answer = match message.0.parse() {
            Ok(message) => self.answer_in(message)?,
            Err(_) => None,
        };
        let Some(answer) = answer else {
            return self.fail(number, Trouble::NotFound);
        };
        if self.are_requests_stopped() {
            return self.fail(number, Trouble::OutOfPlace);
        }
        if !self.may_seal(&answer)? {
            return self.fail(number, Trouble::NotAllowed);
        }
        if !are_whole(&self.files_of(answer.message)?) {
            return self.fail(number, Trouble::NotWhole);
        }
        let made = self.make_seal(answer.room, answer.response.request, answer.digest)?;
        let Some(seal) = made else {
            return self.fail(number, Trouble::NothingToSignWith);
        };
        let me = self.account()?.account;
        self.put_answer_seal(answer.message, me, &to_bytes(&seal), self.now)?;
        self.post_answer_seal(answer.room, answer.message, seal)?;
        self.request_changed(answer.room)?;
        self.done(number)
    }

    /// Takes a seal that came by itself. Tells whether it is on an answer.
    pub(super) fn took_answer_seal(
        &mut self,
        room: RoomId,
        sender: &LeafIdentity,
        seal: &Seal,
        at: Timestamp,
    ) -> Result<bool, Error> {
        let Some(answer) = self.answer_called(room, seal.sealed.object)? else {
            return Ok(false);
        };
        let keeper = &seal.sealed.keeper;
        let is_his = keeper.account == sender.account && keeper.device == sender.device;
        let is_ours = keeper.organisation == answer.response.signer.organisation;
        if !(is_his && is_ours) && self.keeps(Guard::AnswerSeals) {
            let chat = self.room(room)?.chat.clone();
            self.alarm(alarm::Kind::Member, Some(&chat))?;
            return Ok(true);
        }
        self.keep_answer_seal(answer.message, seal, at)?;
        self.request_changed(room)?;
        Ok(true)
    }

    /// Keeps the seal that stands beside an answer; nothing of it is believed here, and a token that would spoil it is not kept.
    pub(super) fn keep_seal_beside(
        &mut self,
        message: i64,
        seal: &[u8],
        at: Timestamp,
    ) -> Result<(), Error> {
        match from_bytes(seal) {
            Ok(seal) => {
                let seal = self.without_bad_token(seal);
                self.keep_answer_seal(message, &seal, at)
            }
            Err(_) => Ok(()),
        }
    }

    fn keep_answer_seal(&mut self, message: i64, seal: &Seal, at: Timestamp) -> Result<(), Error> {
        let keeper = seal.sealed.keeper.account;
        let kept = self.answer_seals(message)?.into_iter();
        let mut before = kept.filter(|kept| kept.seal.sealed.keeper.account == keeper);
        let answer = self.answer_in(message)?;
        let holds = |kept: &Kept| match &answer {
            Some(answer) => self.answer_seal_holds(answer, kept),
            None => Ok(false),
        };
        // The first one that holds stays: it says since when.
        match before.next().map(|kept| holds(&kept)).transpose()? {
            Some(true) => Ok(()),
            _ => self.put_answer_seal(message, keeper, &to_bytes(seal), at),
        }
    }

    fn put_answer_seal(
        &self,
        message: i64,
        keeper: AccountId,
        bytes: &[u8],
        at: Timestamp,
    ) -> Result<(), Error> {
        self.db
            .prepare_cached(
                "INSERT OR REPLACE INTO seal (message, keeper, body, at) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute((message, keeper.0, bytes, at.0 as i64))?;
        Ok(())
    }

    /// Puts its time beside a seal that was made here and is kept without one.
    pub(super) fn keep_stamped(&self, message: i64, seal: &Seal) -> Result<(), Error> {
        let bare = Seal {
            token: None,
            ..seal.clone()
        };
        self.db
            .prepare_cached("UPDATE seal SET body = ?3 WHERE message = ?1 AND body = ?2")?
            .execute((message, to_bytes(&bare), to_bytes(seal)))?;
        Ok(())
    }

    /// Returns a seal on an answer that holds, as it came: the first one.
    pub(super) fn holding_seal(&self, message: i64) -> Result<Option<Vec<u8>>, Error> {
        let Some(answer) = self.answer_in(message)? else {
            return Ok(None);
        };
        Ok(self.first_holding(&answer)?.map(|kept| kept.bytes))
    }

    /// Tells in whose name an answer is said; none of what is no answer, and where nobody may seal.
    pub(crate) fn answer_seal(&self, message: i64) -> Result<Option<AnswerSeal>, Error> {
        let answer = self.answer_in(message)?;
        let Some(answer) = answer.filter(|answer| answer.stands) else {
            return Ok(None);
        };
        let roll = &self.state.roll;
        let Some(directory) = roll.organisation(answer.response.signer.organisation) else {
            return Ok(None);
        };
        if let Some(kept) = self.first_holding(&answer)? {
            let shown = self.shown_seal(directory, &kept.seal, kept.at);
            return Ok(Some(AnswerSeal::Sealed(shown)));
        }
        if directory.keepers().next().is_none() {
            return Ok(None);
        }
        let may = self.may_seal(&answer)? && !self.are_requests_stopped();
        let may_seal = may.then(|| MessageId(answer.message.to_string()));
        Ok(Some(AnswerSeal::Unsealed { may_seal }))
    }

    /// Says of a seal what is shown of it.
    pub(super) fn shown_seal(
        &self,
        directory: &Directory,
        seal: &Seal,
        at: Timestamp,
    ) -> SealShown {
        let keeper = &seal.sealed.keeper;
        let name = self.state.roll.name(keeper.account);
        let public = directory.organisation().map(crate::partner::public_name);
        SealShown {
            organisation: public.unwrap_or_default(),
            by: if name.is_empty() {
                keeper.name.as_str().to_owned()
            } else {
                name
            },
            at: at.0,
        }
    }

    fn first_holding(&self, answer: &Answer) -> Result<Option<Kept>, Error> {
        for kept in self.answer_seals(answer.message)? {
            if self.answer_seal_holds(answer, &kept)? {
                return Ok(Some(kept));
            }
        }
        Ok(None)
    }

    /// Tells whether a seal is on this very answer, by somebody who could seal for its organisation, and while that had not stopped everything.
    fn answer_seal_holds(&self, answer: &Answer, kept: &Kept) -> Result<bool, Error> {
        if !self.keeps(Guard::AnswerSeals) {
            return Ok(true);
        }
        let Answer { response, .. } = answer;
        let Some(directory) = self.state.roll.organisation(response.signer.organisation) else {
            return Ok(false);
        };
        let thing = SealedThing {
            request: response.request,
            by: response.signer.organisation,
            object: answer.digest,
        };
        let binding = self.binding_here(answer.room)?;
        let position = kept.seal.sealed.keeper.directory;
        let mut policies = policies_at(directory, position, kept.at);
        Ok(thing.holds(directory, &kept.seal, kept.at, &binding)
            && !policies.any(|policy| policy.stopped))
    }

    fn may_seal(&self, answer: &Answer) -> Result<bool, Error> {
        let is_ours = answer.response.signer.organisation == self.state.roll.own_side()
            || !self.keeps(Guard::AnswerSeals);
        let room = self.state.rooms.get(&answer.room);
        let is_in = room.is_some_and(|room| room.is_usable());
        Ok(is_ours
            && is_in
            && answer.stands
            && is_sealed(answer.response.kind)
            && self.makes_seals())
    }

    fn answer_called(&self, room: RoomId, object: Digest) -> Result<Option<Answer>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT message FROM signed WHERE room = ?1 AND digest = ?2 AND sort = ?3",
        )?;
        let sort = Sort::Response as i64;
        let message = query.query_row((room.0, object.0, sort), |row| row.get(0));
        match message.optional()? {
            Some(message) => self.answer_in(message),
            None => Ok(None),
        }
    }

    /// Returns the answer that a message holds, if it is one that is sealed.
    fn answer_in(&self, message: i64) -> Result<Option<Answer>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT signed.room, signed.body, message.position IS NOT NULL AND signed.proven = ?2 FROM signed
             JOIN message ON message.id = signed.message WHERE signed.message = ?1 AND signed.digest IS NOT NULL",
        )?;
        type Row = ([u8; 16], Vec<u8>, bool);
        let found = query.query_row((message, Proof::Holds as i64), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        });
        let found: Option<Row> = found.optional()?;
        Ok(
            found.and_then(|(room, bytes, stands)| match Read::of(&bytes) {
                Ok(Read::Response(read)) if is_sealed(read.claims().kind) => Some(Answer {
                    message,
                    room: RoomId(room),
                    digest: Digest::of(&bytes),
                    response: read.claims().clone(),
                    stands,
                }),
                _ => None,
            }),
        )
    }

    /// Returns the seals that came, the first one first.
    fn answer_seals(&self, message: i64) -> Result<Vec<Kept>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT body, at FROM seal WHERE message = ?1 ORDER BY at, keeper")?;
        let rows = query.query_map([message], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?))
        })?;
        let mut seals = Vec::new();
        for row in rows {
            let (bytes, at) = row?;
            if let Ok(seal) = from_bytes(&bytes) {
                let at = Timestamp(at as u64);
                seals.push(Kept { seal, bytes, at });
            }
        }
        Ok(seals)
    }
}

/// Tells whether something that is said to a request is sealed: what is asked back or explained is not.
fn is_sealed(kind: ResponseKind) -> bool {
    matches!(
        kind,
        ResponseKind::Full | ResponseKind::Partial | ResponseKind::Refusal
    )
}
