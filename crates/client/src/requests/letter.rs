//! Letters, as requests and answers are: they wait for their files, are signed when all that they name is known, and go then.

use super::signed::{Proof, Read, Sort};
use crate::Error;
use crate::chats::{MAX_TEXT_BYTES, Waiting, kind};
use crate::content::Attachment;
use crate::file::file_trouble;
use crate::outbox::{Refers, Role};
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_directory::Name;
use valise_evidence::request::{MAX_PARTS, Part};
use valise_evidence::{ActKind, Digest, Object, Party, Request, Response, sign1};
use valise_views::Trouble;
use valise_views::file::NewFile;
use valise_wire::cbor::{Decode, Encode};
use valise_wire::{RoomId, from_bytes, to_bytes};

/// Something that is signed when its files are known.
pub(super) trait Draft: Object + Encode + Decode {
    const SORT: Sort;

    /// Sets what it names, and up to where whoever signs has read the directory when he does.
    fn complete(&mut self, parts: Vec<Part>, directory: u64);
}

impl Draft for Request {
    const SORT: Sort = Sort::Request;

    fn complete(&mut self, parts: Vec<Part>, directory: u64) {
        self.parts = parts;
        self.issuer.directory = directory;
    }
}

impl Draft for Response {
    const SORT: Sort = Sort::Response;

    fn complete(&mut self, parts: Vec<Part>, directory: u64) {
        self.parts = parts;
        self.signer.directory = directory;
    }
}

impl Cx<'_> {
    /// Returns whose word is signed here; none before this device has something to sign with.
    pub(super) fn party(&self) -> Result<Option<Party>, Error> {
        if crate::evidence::signer(self.db, self.state)?.is_none() {
            return Ok(None);
        }
        let account = self.account()?;
        let roll = &self.state.roll;
        let Ok(name) = Name::typed(&roll.name(account.account)) else {
            return Ok(None);
        };
        let office = roll
            .person(account.account)
            .and_then(|person| person.office.cloned());
        Ok(Some(Party {
            organisation: roll.own_side(),
            account: account.account,
            device: account.device,
            directory: roll.home.head().position,
            name,
            capacity: office,
        }))
    }

    /// Tells what keeps text and files from being sent.
    pub(super) fn letter_trouble(&self, text: &str, files: &[NewFile]) -> Option<Trouble> {
        if text.len() > MAX_TEXT_BYTES || files.len() > MAX_PARTS {
            return Some(Trouble::BadText);
        }
        files.iter().find_map(file_trouble)
    }

    /// Puts a letter into a room; it goes when its files are at the server. Returns its message.
    pub(super) fn add_letter<T: Draft>(
        &mut self,
        room: RoomId,
        draft: &T,
        text: &str,
        files: Vec<NewFile>,
    ) -> Result<i64, Error> {
        self.add_letter_with(room, draft, text, &[], files)
    }

    /// Puts a letter into a room that names files again which are there already, before those that are new.
    pub(super) fn add_letter_with<T: Draft>(
        &mut self,
        room: RoomId,
        draft: &T,
        text: &str,
        again: &[(Attachment, Digest)],
        files: Vec<NewFile>,
    ) -> Result<i64, Error> {
        let chat = self.room(room)?.chat.clone();
        let waiting = Waiting {
            kind: kind::LETTER,
            body: text,
            refers: Refers::default(),
        };
        let message = self.add_waiting(&chat, &waiting)?;
        let device = self.account()?.device;
        self.db.execute(
            "INSERT INTO signed (message, room, device, sort, body, proven) VALUES (?1, ?2, ?3, ?4, ?5, 0)",
            (message, room.0, device.0, T::SORT as i64, to_bytes(draft)),
        )?;
        let has_files = !files.is_empty();
        self.name_again(message, again)?;
        for (part, file) in files.into_iter().enumerate() {
            self.add_new_file(message, again.len() + part, file)?;
        }
        self.enqueue(&chat, Some(room), Role::Message(message), &[], false)?;
        self.index(message)?;
        if !has_files {
            self.finish_letter(message)?;
        }
        self.request_changed(room)?;
        Ok(message)
    }

    /// Tells whether a message is a letter that waits to be signed.
    pub(crate) fn is_unsigned(&self, message: i64) -> Result<bool, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM signed WHERE message = ?1 AND digest IS NULL)",
        )?;
        Ok(query.query_row([message], |row| row.get(0))?)
    }

    /// Signs a letter whose files are all at the server, and lets it go.
    pub(crate) fn finish_letter(&mut self, message: i64) -> Result<(), Error> {
        let mut query = self.db.prepare_cached(
            "SELECT room, sort, body FROM signed WHERE message = ?1 AND digest IS NULL",
        )?;
        let found = query
            .query_row([message], |row| {
                Ok((
                    RoomId(row.get(0)?),
                    row.get::<_, i64>(1)?,
                    row.get::<_, Vec<u8>>(2)?,
                ))
            })
            .optional()?;
        drop(query);
        match found {
            None => Ok(()),
            // It stays as it is, and goes when that is lifted.
            Some((_, sort, _)) if sort == Sort::Request as i64 && self.are_requests_stopped() => {
                self.state.requests.is_holding = true;
                Ok(())
            }
            Some((room, sort, draft)) if sort == Sort::Request as i64 => {
                let draft = self.with_free_number(room, draft)?;
                self.sign_letter::<Request>(message, room, &draft)
            }
            Some((room, _, draft)) => self.sign_letter::<Response>(message, room, &draft),
        }
    }

    /// Gives a request that waited until it could be signed the number that is free now.
    fn with_free_number(&self, room: RoomId, draft: Vec<u8>) -> Result<Vec<u8>, Error> {
        let mut request: Request =
            from_bytes(&draft).map_err(|_| Error::Bug("a stored draft cannot be read"))?;
        if request.revision == 1 {
            let free = self.free_number(request.number.as_str(), room)?;
            request.number = Name::typed(&free).unwrap_or(request.number);
        }
        Ok(to_bytes(&request))
    }

    fn sign_letter<T: Draft>(
        &mut self,
        message: i64,
        room: RoomId,
        draft: &[u8],
    ) -> Result<(), Error> {
        if self.has_files_to_send(message)? {
            return Ok(());
        }
        if self.attachments(message, None)?.is_none() {
            return Ok(());
        }
        let Some(key) = crate::evidence::signer(self.db, self.state)? else {
            return self.message_failed(message);
        };
        let mut object: T =
            from_bytes(draft).map_err(|_| Error::Bug("a stored draft cannot be read"))?;
        let directory = self.state.roll.home.head().position;
        object.complete(self.parts_of(message)?, directory);
        if object.check().is_err() {
            return self.message_failed(message);
        }
        let binding = self.binding(room)?;
        let bytes = sign1::sign(&object, &binding, &key);
        let read =
            Read::of(&bytes).map_err(|_| Error::Bug("what was signed here cannot be read"))?;
        let device = self.account()?.device;
        self.keep_signed(message, room, device, &read, &bytes, Proof::Holds)?;
        if T::SORT == Sort::Request {
            self.hold_or_send(message)?;
            return self.request_changed(room);
        }
        self.send_answer(message, room, &read, Digest::of(&bytes))
    }

    /// Adds files to a message that are at the server already; what they are was signed before.
    fn name_again(&mut self, message: i64, files: &[(Attachment, Digest)]) -> Result<(), Error> {
        let (named, digests): (Vec<Attachment>, Vec<Digest>) = files.iter().cloned().unzip();
        self.add_remote_files(message, &named)?;
        for (part, digest) in digests.iter().enumerate() {
            self.db.execute(
                "UPDATE file SET plain = ?3 WHERE message = ?1 AND part = ?2",
                (message, part as i64, digest.0),
            )?;
        }
        Ok(())
    }

    /// Tells whether a file of a message is not at the server yet.
    fn has_files_to_send(&self, message: i64) -> Result<bool, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM file WHERE message = ?1 AND state IN (1, 2, 7))",
        )?;
        Ok(query.query_row([message], |row| row.get(0))?)
    }

    /// Returns the files of a message of one's own as they were before they were sealed.
    fn parts_of(&self, message: i64) -> Result<Vec<Part>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT plain, size, media_type, name FROM file WHERE message = ?1 ORDER BY part",
        )?;
        let rows = query.query_map([message], |row| {
            let (media_type, name): (String, String) = (row.get(2)?, row.get(3)?);
            Ok(Part {
                digest: Digest(row.get(0)?),
                length: row.get::<_, i64>(1)? as u64,
                media_type: if media_type.len() < 3 {
                    "application/octet-stream".to_owned()
                } else {
                    media_type
                },
                name: Name::typed(&name).ok(),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns the act that a letter is for, none for a request; and whether it is known to be of who sent it.
    pub(crate) fn letter_kind(&self, message: i64) -> Result<(Option<ActKind>, bool), Error> {
        let mut query = self.db.prepare_cached(
            "SELECT body, digest IS NULL, proven, sort FROM signed WHERE message = ?1",
        )?;
        let (bytes, is_draft, proven, sort): (Vec<u8>, bool, i64, i64) = query
            .query_row([message], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?;
        let said = match sort {
            _ if sort == Sort::Request as i64 => None,
            _ if is_draft => from_bytes::<Response>(&bytes).ok().map(|it| it.kind),
            _ => match Read::of(&bytes) {
                Ok(Read::Response(read)) => Some(read.claims().kind),
                _ => None,
            },
        };
        let holds = is_draft || proven == Proof::Holds as i64;
        Ok((said.map(super::act_of), holds))
    }
}
