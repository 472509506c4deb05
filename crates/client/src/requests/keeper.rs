//! Releasing: what a colleague wants to ask, shown to who may seal it in the organisation's name.

use super::hold::Stage;
use super::signed::{Proof, Read};
use super::take::Formally;
use crate::Error;
use crate::alarm;
use crate::chats::kind;
use crate::content::{Formal, Meaning, SentBack};
use crate::file::signed::are_whole;
use crate::guard::Guard;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_directory::Note;
use valise_evidence::{Digest, Request};
use valise_views::request::ReleaseId;
use valise_views::{ChatId, NewMessage, Reminder, Trouble};
use valise_wire::policy::LeafIdentity;
use valise_wire::{AccountId, DeviceId, RoomId, to_bytes};

/// Something that waits to be released, as it is kept.
pub(crate) struct Waiting {
    /// The message with its text and files; no chat shows it.
    pub(crate) message: i64,
    room: RoomId,
    digest: Digest,
    bytes: Vec<u8>,
    sender: LeafIdentity,
    /// What is asked.
    pub(crate) request: Request,
    /// Its text.
    pub(crate) text: String,
    /// When the hub took it.
    pub(crate) at: u64,
}

impl Cx<'_> {
    /// Keeps what a colleague wants to have released.
    pub(crate) fn took_for_release(
        &mut self,
        room: RoomId,
        sender: &LeafIdentity,
        formal: &Formal,
    ) -> Result<(), Error> {
        let me = self.account()?.account;
        if sender.account == me {
            return Ok(());
        }
        let chat = self.room(room)?.chat.clone();
        let own = self.state.roll.own_side();
        let read = self.read_formal(room, formal)?;
        let read = read.map(|Formally { read, .. }| read);
        let Some(read @ Read::Request(_)) = read else {
            return self.alarm(alarm::Kind::Member, Some(&chat));
        };
        let is_ours = read.party().organisation == own && self.binding(room)?.asks == own;
        let proof = self.prove(room, sender, &read)?;
        let is_his = proof != Proof::Forged || !self.keeps(Guard::Signatures);
        if !is_ours || !is_his {
            return self.alarm(alarm::Kind::Member, Some(&chat));
        }
        self.keep_waiting(room, sender, formal)
    }

    fn keep_waiting(
        &mut self,
        room: RoomId,
        sender: &LeafIdentity,
        formal: &Formal,
    ) -> Result<(), Error> {
        let digest = Digest::of(&formal.bytes);
        if self.is_waiting(room, digest)? {
            // It is said anew for a device that came later.
            return Ok(());
        }
        self.forget_waiting(room, digest, None)?;
        // In a chat that there is not: it stands in the list of what waits, and nowhere else.
        self.db.execute(
            "INSERT INTO message (chat, position, room, sender, mine, at, kind, body) VALUES (?1, 1, ?2, ?3, 0, ?4, ?5, ?6)",
            (
                format!("release:{}:{digest}", room),
                room.0,
                sender.account.0,
                self.now.0 as i64,
                kind::LETTER,
                &formal.text,
            ),
        )?;
        let message = self.db.last_insert_rowid();
        self.add_remote_files(message, &formal.files)?;
        let none = to_bytes(&Vec::<AccountId>::new());
        self.db.execute(
            "INSERT INTO release (message, room, digest, own, stage, told, brought, body, keeper, device)
             VALUES (?1, ?2, ?3, 0, 0, ?4, ?4, ?5, ?6, ?7)",
            (message, room.0, digest.0, none, &formal.bytes, sender.account.0, sender.device.0),
        )?;
        self.state.dirty.requests = true;
        self.state.dirty.status = true;
        self.announce_waiting(room, sender, formal)
    }

    /// Tells the person of this device that somebody waits for him.
    fn announce_waiting(
        &mut self,
        room: RoomId,
        sender: &LeafIdentity,
        formal: &Formal,
    ) -> Result<(), Error> {
        let me = self.account()?.account;
        let Ok(Read::Request(read)) = Read::of(&formal.bytes) else {
            return Ok(());
        };
        if self.state.roll.home.keeper(me).is_some() {
            let chat = ChatId(self.room(room)?.chat.clone());
            self.announce(NewMessage {
                chat,
                title: read.claims().number.as_str().to_owned(),
                sender: self.state.roll.name(sender.account),
                outside: None,
                preview: read.claims().subject.as_str().to_owned(),
                is_poll: false,
                is_card: false,
                reminds: Some(Reminder::Release),
            });
        }
        Ok(())
    }

    fn is_waiting(&self, room: RoomId, digest: Digest) -> Result<bool, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM release WHERE room = ?1 AND digest = ?2 AND own = 0 AND stage = 0)",
        )?;
        Ok(query.query_row((room.0, digest.0), |row| row.get(0))?)
    }

    /// Forgets text and files of what waits no longer, and notes what became of it; all of it if nothing did.
    fn forget_waiting(
        &mut self,
        room: RoomId,
        digest: Digest,
        stage: Option<Stage>,
    ) -> Result<(), Error> {
        let mut query = self.db.prepare_cached(
            "SELECT message FROM release WHERE room = ?1 AND digest = ?2 AND own = 0",
        )?;
        let message: Option<i64> = query
            .query_row((room.0, digest.0), |row| row.get(0))
            .optional()?;
        drop(query);
        let Some(message) = message else {
            return Ok(());
        };
        self.drop_files(message)?;
        self.db
            .execute("DELETE FROM message WHERE id = ?1", [message])?;
        match stage {
            Some(stage) => self.db.execute(
                "UPDATE release SET stage = ?2, body = NULL WHERE message = ?1",
                (message, stage as i64),
            )?,
            None => self
                .db
                .execute("DELETE FROM release WHERE message = ?1", [message])?,
        };
        self.state.dirty.requests = true;
        Ok(())
    }

    /// Forgets what waits in rooms that this device was put out of.
    pub(super) fn forget_out_of_reach(&mut self) -> Result<(), Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT room, digest FROM release WHERE own = 0 AND stage = 0")?;
        let rows = query.query_map([], |row| Ok((RoomId(row.get(0)?), Digest(row.get(1)?))))?;
        let waiting: Vec<(RoomId, Digest)> = rows.collect::<Result<_, _>>()?;
        drop(query);
        for (room, digest) in waiting {
            let state = self.state.rooms.get(&room);
            if state.is_none_or(|state| state.stage == crate::rooms::Stage::Out) {
                self.forget_waiting(room, digest, None)?;
            }
        }
        Ok(())
    }

    /// Notes that something was released, by whomever.
    pub(super) fn released_elsewhere(&mut self, room: RoomId, object: Digest) -> Result<(), Error> {
        self.forget_waiting(room, object, Some(Stage::Released))
    }

    /// Notes that something was sent back, by whomever.
    pub(super) fn sent_back_elsewhere(
        &mut self,
        room: RoomId,
        object: Digest,
    ) -> Result<(), Error> {
        self.forget_waiting(room, object, Some(Stage::SentBack))
    }

    /// Returns what waits for oneself.
    pub(crate) fn waiting_for_me(&self) -> Result<Vec<Waiting>, Error> {
        let me = self.account()?.account;
        let is_keeper = self.state.roll.home.keeper(me).is_some();
        if !is_keeper {
            return Ok(Vec::new());
        }
        let mut query = self.db.prepare_cached(
            "SELECT release.message, release.room, release.digest, release.body, release.keeper, release.device, message.body, message.at
             FROM release JOIN message ON message.id = release.message WHERE release.own = 0 AND release.stage = 0 ORDER BY release.message",
        )?;
        let mut rows = query.query([])?;
        let mut waiting = Vec::new();
        while let Some(row) = rows.next()? {
            let bytes: Vec<u8> = row.get(3)?;
            let room = RoomId(row.get(1)?);
            let is_in = self.state.rooms.get(&room).is_some_and(|it| it.is_usable());
            let Ok(Read::Request(read)) = Read::of(&bytes) else {
                continue;
            };
            if is_in {
                waiting.push(Waiting {
                    message: row.get(0)?,
                    room,
                    digest: Digest(row.get(2)?),
                    request: read.claims().clone(),
                    bytes,
                    sender: LeafIdentity {
                        account: AccountId(row.get(4)?),
                        device: DeviceId(row.get(5)?),
                    },
                    text: row.get(6)?,
                    at: row.get::<_, i64>(7)? as u64,
                });
            }
        }
        Ok(waiting)
    }

    pub(crate) fn waiting_called(&self, id: &ReleaseId) -> Result<Option<Waiting>, Error> {
        let mut all = self.waiting_for_me()?.into_iter();
        Ok(all.find(|one| one.message.to_string() == id.0))
    }

    /// Seals what waits, in the organisation's name.
    pub(crate) fn release(&mut self, number: u64, id: &ReleaseId) -> Result<(), Error> {
        let Some(waiting) = self.waiting_called(id)? else {
            return self.fail(number, Trouble::NotFound);
        };
        let Ok(read) = Read::of(&waiting.bytes) else {
            return self.fail(number, Trouble::NotFound);
        };
        if self.prove(waiting.room, &waiting.sender, &read)? != Proof::Holds {
            return self.fail(number, Trouble::NotAllowed);
        }
        if !are_whole(&self.files_of(waiting.message)?) {
            return self.fail(number, Trouble::NotWhole);
        }
        let made = self.make_seal(waiting.room, waiting.request.id, waiting.digest)?;
        let Some(seal) = made else {
            return self.fail(number, Trouble::NothingToSignWith);
        };
        self.post_release(waiting.room, seal)?;
        self.released_elsewhere(waiting.room, waiting.digest)?;
        self.done(number)
    }

    /// Seals nothing, and says why.
    pub(crate) fn send_back(
        &mut self,
        number: u64,
        id: &ReleaseId,
        note: &str,
    ) -> Result<(), Error> {
        let Some(waiting) = self.waiting_called(id)? else {
            return self.fail(number, Trouble::NotFound);
        };
        let Ok(note) = Note::parse(note.trim()) else {
            return self.fail(number, Trouble::BadText);
        };
        let object = waiting.digest;
        self.post_among(waiting.room, &Meaning::SentBack(SentBack { object, note }))?;
        self.sent_back_elsewhere(waiting.room, object)?;
        self.done(number)
    }
}
