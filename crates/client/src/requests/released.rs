//! What keepers say of a request that waits: sealed, or sent back.

use super::hold::Letter;
use super::rules::own_secret;
use crate::Error;
use crate::alarm;
use crate::content::SentBack;
use crate::guard::Guard;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_evidence::seal::Sealed;
use valise_evidence::{Digest, Seal};
use valise_views::{ChatId, NewMessage, Reminder};
use valise_wire::policy::LeafIdentity;
use valise_wire::{RequestId, RoomId, Timestamp, from_bytes, to_bytes};

impl Cx<'_> {
    /// Seals something in the organisation's name, if this account may.
    pub(super) fn own_seal(
        &self,
        room: RoomId,
        message: i64,
        object: Digest,
    ) -> Result<Option<Seal>, Error> {
        match self.signed_request(message)? {
            Some(request) => self.make_seal(room, request.id, object),
            None => Ok(None),
        }
    }

    /// Tells whether this account may seal, and said with what.
    pub(super) fn makes_seals(&self) -> bool {
        let account = self.account().map(|account| account.account);
        let keeper = account.ok().and_then(|me| self.state.roll.home.keeper(me));
        keeper.is_some_and(|keeper| keeper.keys.is_some())
    }

    /// Seals something of a request in the organisation's name; none if this account may not.
    pub(super) fn make_seal(
        &self,
        room: RoomId,
        request: RequestId,
        object: Digest,
    ) -> Result<Option<Seal>, Error> {
        let account = self.account()?;
        let keeper = self.state.roll.home.keeper(account.account);
        let keys = keeper.and_then(|keeper| keeper.keys.as_ref());
        let secret = own_secret(&account.account_key());
        let may = keys.is_some_and(|keys| secret.public() == keys.into());
        let Some(party) = self
            .party()?
            .filter(|_| may || !self.keeps(Guard::AnswerSeals))
        else {
            return Ok(None);
        };
        let sealed = Sealed {
            keeper: party,
            request,
            object,
            at: self.now,
        };
        let binding = self.binding_here(room)?;
        Ok(Some(secret.seal(sealed, &binding)))
    }

    /// Takes a keeper's seal.
    pub(crate) fn took_release(
        &mut self,
        room: RoomId,
        sender: &LeafIdentity,
        bytes: &[u8],
        at: Timestamp,
    ) -> Result<(), Error> {
        let chat = self.room(room)?.chat.clone();
        let Ok(seal) = from_bytes::<Seal>(bytes) else {
            return self.alarm(alarm::Kind::Member, Some(&chat));
        };
        let seal = self.without_bad_token(seal);
        if self.took_answer_seal(room, sender, &seal, at)? {
            return Ok(());
        }
        let bytes = &*to_bytes(&seal);
        let object = seal.sealed.object;
        // His mandate ended meanwhile: that is no trouble, and releases nothing.
        let is_keeper = self.state.roll.home.keeper(sender.account).is_some();
        if is_keeper {
            self.released_elsewhere(room, object)?;
        }
        let Some(letter) = self.own_held(room, object)? else {
            return Ok(());
        };
        let is_his = seal.sealed.keeper.account == sender.account;
        let holds = is_his && self.is_released(&letter, bytes)?;
        if !holds && self.keeps(Guard::Released) {
            return if is_keeper {
                self.alarm(alarm::Kind::Member, Some(&chat))
            } else {
                Ok(())
            };
        }
        self.db.execute(
            "UPDATE signed SET seal = ?2 WHERE message = ?1",
            (letter.message, bytes),
        )?;
        self.state.requests.is_holding = true;
        self.hold_or_send(letter.message)
    }

    /// Tells whether a seal is on a letter, by somebody else who may seal now.
    pub(super) fn is_released(&self, letter: &Letter, seal: &[u8]) -> Result<bool, Error> {
        if !self.keeps(Guard::Released) {
            return Ok(true);
        }
        let (Ok(seal), Some(request)) = (
            from_bytes::<Seal>(seal),
            self.signed_request(letter.message)?,
        ) else {
            return Ok(false);
        };
        let keeper = seal.sealed.keeper.account;
        let is_other = keeper != request.issuer.account;
        let may = self.state.roll.home.keeper(keeper).is_some();
        let is_on_it = Some(seal.sealed.object) == letter.digest;
        let holds = self.seal_holds(letter.room, &seal, &request, self.now)?;
        Ok(is_other && may && is_on_it && holds)
    }

    fn own_held(&self, room: RoomId, object: Digest) -> Result<Option<Letter>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT message FROM release WHERE room = ?1 AND digest = ?2 AND own = 1 AND stage = 0",
        )?;
        let message: Option<i64> = query
            .query_row((room.0, object.0), |row| row.get(0))
            .optional()?;
        match message {
            Some(message) => self.held_letter(message),
            None => Ok(None),
        }
    }

    /// Takes it that a keeper seals nothing.
    pub(crate) fn took_sent_back(
        &mut self,
        room: RoomId,
        sender: &LeafIdentity,
        sent: &SentBack,
    ) -> Result<(), Error> {
        if self.state.roll.home.keeper(sender.account).is_none() {
            return Ok(());
        }
        self.sent_back_elsewhere(room, sent.object)?;
        let Some(letter) = self.own_held(room, sent.object)? else {
            return Ok(());
        };
        self.db.execute(
            "UPDATE release SET stage = 2, keeper = ?2, note = ?3 WHERE message = ?1",
            (letter.message, sender.account.0, sent.note.as_str()),
        )?;
        self.message_failed(letter.message)?;
        self.announce_sent_back(room, &letter, sender)?;
        self.request_changed(room)
    }

    /// Tells the person of this device that what he asked came back.
    fn announce_sent_back(
        &mut self,
        room: RoomId,
        letter: &Letter,
        sender: &LeafIdentity,
    ) -> Result<(), Error> {
        let Some(request) = self.signed_request(letter.message)? else {
            return Ok(());
        };
        let chat = ChatId(self.room(room)?.chat.clone());
        self.announce(NewMessage {
            chat,
            title: request.number.as_str().to_owned(),
            sender: self.state.roll.name(sender.account),
            outside: None,
            preview: request.subject.as_str().to_owned(),
            is_poll: false,
            is_card: false,
            reminds: Some(Reminder::SentBack),
        });
        Ok(())
    }

    /// Looks anew at what a request needs that is to be sent again. Tells whether it is one.
    pub(crate) fn holds_again(&mut self, message: i64) -> Result<bool, Error> {
        if self.held_letter(message)?.is_none() {
            return Ok(false);
        }
        self.db.execute(
            "UPDATE release SET stage = 0, told = x'80', keeper = NULL, note = NULL WHERE message = ?1 AND own = 1",
            [message],
        )?;
        self.hold_or_send(message)?;
        Ok(true)
    }

    /// Puts those out again who were brought in to release a letter that its person takes back.
    pub(crate) fn asks_release_no_more(&mut self, message: i64) -> Result<(), Error> {
        let Some(letter) = self.held_letter(message)? else {
            return Ok(());
        };
        if self.state.rooms.contains_key(&letter.room) {
            self.put_keepers_out(&letter)?;
        }
        self.db
            .execute("DELETE FROM awaited WHERE room = ?1", [letter.room.0])?;
        if self.is_all_asked(message, letter.room)? {
            self.guest_is_asked_no_more(letter.room)?;
        }
        Ok(())
    }

    /// Tells whether a letter is all that was asked in a room: no other wording of it is there.
    fn is_all_asked(&self, message: i64, room: RoomId) -> Result<bool, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT NOT EXISTS (SELECT 1 FROM signed WHERE room = ?1 AND sort = 0 AND message <> ?2)",
        )?;
        Ok(query.query_row((room.0, message), |row| row.get(0))?)
    }
}
