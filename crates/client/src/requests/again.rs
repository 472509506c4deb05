//! Who comes into a request later is told what was said before: by whoever brought him in, word for word.

use super::signed::{Proof, Sort};
use super::take::Formally;
use crate::Error;
use crate::alarm;
use crate::chats::Incoming;
use crate::content::{Formal, Meaning, Saying};
use crate::guard::Guard;
use crate::state::Cx;
use valise_evidence::Digest;
use valise_wire::policy::{LeafIdentity, RoomKind};
use valise_wire::{DeviceId, RoomId, Timestamp};

impl Cx<'_> {
    /// Repeats in a room what was said formally there.
    pub(crate) fn say_again(&mut self, room: RoomId) -> Result<(), Error> {
        if self.room(room)?.kind != RoomKind::Request {
            return Ok(());
        }
        let chat = self.room(room)?.chat.clone();
        for kept in self.signed_in(room)? {
            if !kept.settled || kept.proven != Proof::Holds as i64 {
                continue;
            }
            let Some(files) = self.attachments(kept.message, None)? else {
                continue;
            };
            let (device, beside) = self.db.query_row(
                "SELECT device, seal FROM signed WHERE message = ?1",
                [kept.message],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            let seal = match kept.sort == Sort::Response as i64 {
                true => self.holding_seal(kept.message)?,
                false => beside,
            };
            let saying = Saying {
                account: kept.sender,
                device: DeviceId(device),
                at: Timestamp(kept.at),
            };
            let formal = Formal {
                bytes: kept.bytes,
                text: kept.text,
                files,
                seal,
            };
            self.post(&chat, Some(room), &Meaning::Again(saying, Box::new(formal)))?;
        }
        Ok(())
    }

    /// Takes what was said before this device came in.
    pub(crate) fn took_again(
        &mut self,
        room: RoomId,
        saying: &Saying,
        formal: &Formal,
    ) -> Result<(), Error> {
        let chat = self.room(room)?.chat.clone();
        let Some(Formally { read, .. }) = self.read_formal(room, formal)? else {
            return self.alarm(alarm::Kind::Member, Some(&chat));
        };
        let was_there = self.was_there(room)? && self.keeps(Guard::Firsthand);
        if was_there || self.has_signed(room, Digest::of(&formal.bytes))? {
            return Ok(());
        }
        let first = LeafIdentity {
            account: saying.account,
            device: saying.device,
        };
        let proof = match self.prove(room, &first, &read)? {
            // Nobody says again what was not said: the signature is all that speaks for it.
            Proof::Forged if self.keeps(Guard::Signatures) => {
                return self.alarm(alarm::Kind::Member, Some(&chat));
            }
            Proof::Forged => Proof::Holds,
            proof => proof,
        };
        let me = self.account()?.account;
        let (id, _) = self.add_message(&Incoming {
            chat: &chat,
            room: Some(room),
            mimi: None,
            sender: saying.account,
            mine: saying.account == me,
            at: saying.at.min(self.now),
            kind: read.sort().kind(),
            body: &formal.text,
            notice: None,
            reply: None,
            origin: None,
            gap: false,
            people: 0,
        })?;
        self.add_remote_files(id, &formal.files)?;
        self.keep_signed(id, room, saying.device, &read, &formal.bytes, proof)?;
        self.db
            .execute("UPDATE signed SET again = 1 WHERE message = ?1", [id])?;
        if let Some(seal) = &formal.seal {
            self.took_seal_beside(id, &read, seal, saying.at)?;
        }
        self.index(id)?;
        self.request_changed(room)
    }

    /// Tells whether this device itself read the request when it was asked.
    fn was_there(&self, room: RoomId) -> Result<bool, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM signed WHERE room = ?1 AND sort = 0 AND again = 0 AND proven = 1)",
        )?;
        Ok(query.query_row([room.0], |row| row.get(0))?)
    }

    fn has_signed(&self, room: RoomId, digest: Digest) -> Result<bool, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM signed WHERE room = ?1 AND digest = ?2)",
        )?;
        Ok(query.query_row((room.0, digest.0), |row| row.get(0))?)
    }
}
