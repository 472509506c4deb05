//! Sending a file: sealed into the driver's cache, and sent from there in slices by tus 1.0 as far as it is sealed, so that
//! no break begins anew, and one key never seals two versions of a file.

use super::cipher::{CHUNK, FileCipher, HEADER, SEALED_CHUNK, sealed_length};
use super::row::{Row, harmless_name};
use super::transfer::{SLICE_CHUNKS, State, Step};
use crate::Error;
use crate::chats::{MAX_TEXT_BYTES, Waiting, kind};
use crate::content::{MAX_MILLIS, MAX_WAVEFORM, Meaning};
use crate::io::{HttpReply, HttpRequest, Method, Output};
use crate::outbox::{Refers, Role};
use crate::state::Cx;
use sha2::Digest as _;
use valise_views::file::{NewFile, NewVoice};
use valise_views::{ChatId, MessageId, Outcome, Trouble};
use valise_wire::blob::{BLOBS_PATH, padded_length};
use valise_wire::{BlobId, MessageId as WireId};

/// Chunks that are sealed at once.
const SEAL_CHUNKS: u64 = 64;
/// Largest file.
const MAX_FILE_BYTES: u64 = 2 << 30;
/// Largest small picture in a message.
pub(super) const MAX_THUMBNAIL_BYTES: usize = 24 << 10;

impl Cx<'_> {
    pub(crate) fn send_file(
        &mut self,
        number: u64,
        chat: &ChatId,
        file: NewFile,
        text: &str,
        reply_to: Option<&MessageId>,
    ) -> Result<(), Error> {
        if let Err(trouble) = self.may_send(chat)? {
            return self.fail(number, trouble);
        }
        if let Some(trouble) = file_trouble(&file) {
            return self.fail(number, trouble);
        }
        if text.len() > MAX_TEXT_BYTES {
            return self.fail(number, Trouble::BadText);
        }
        let Ok(in_reply_to) = self.to_answer(chat, reply_to)? else {
            return self.fail(number, Trouble::NotFound);
        };
        let refers = Refers {
            in_reply_to,
            lasts: self.lasts(&chat.0)?,
            ..Refers::default()
        };
        let waiting = Waiting {
            kind: kind::FILES,
            body: text,
            refers,
        };
        let message = self.add_waiting(&chat.0, &waiting)?;
        self.add_new_file(message, 0, file)?;
        // What it says is only known once the file is sealed and at the server.
        self.enqueue(&chat.0, None, Role::Message(message), &[], false)?;
        self.index(message)?;
        self.outcome(number, Outcome::Sent(MessageId(message.to_string())));
        Ok(())
    }

    /// Adds a file that is to be sent with a message.
    pub(crate) fn add_new_file(
        &mut self,
        message: i64,
        part: usize,
        file: NewFile,
    ) -> Result<(), Error> {
        let (blob, key, salt): ([u8; 16], [u8; 16], [u8; 24]) =
            (self.random(), self.random(), self.random());
        self.db.execute(
            "INSERT INTO file (id, message, part, blob, name, media_type, size, width, height, thumbnail, key, salt,
                sealed_size, state, handle, confidential, voice, waveform)
             VALUES (?1, ?2, ?17, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 1, ?13, ?14, ?15, ?16)",
            rusqlite::params![
                format!("{message}-{part}"),
                message,
                blob,
                harmless_name(&file.name),
                file.media_type,
                file.size_bytes as i64,
                file.dimensions.map(|(width, _)| width),
                file.dimensions.map(|(_, height)| height),
                file.thumbnail,
                key,
                salt,
                sealed_length(padded_length(file.size_bytes)) as i64,
                file.handle as i64,
                file.confidential,
                file.voice.as_ref().map(|voice| voice.millis),
                file.voice.as_ref().map(|voice| &voice.waveform),
                part as i64,
            ],
        )?;
        Ok(())
    }

    pub(super) fn advance_sealing(&mut self, row: &Row) -> Result<(), Error> {
        if self.steps(row, Step::seals) > 0 {
            return Ok(());
        }
        if let Some(offset) = self.sealed_bytes(row) {
            return self.read_source(row, offset);
        }
        // The source may have changed since: never two contents under one key, and nothing of the former one is of use.
        self.forget_steps(&row.id);
        self.abandon_upload(row)?;
        let (key, salt): ([u8; 16], [u8; 24]) = (self.random(), self.random());
        self.db.execute(
            "UPDATE file SET key = ?2, salt = ?3, done = 0, remote = NULL WHERE id = ?1",
            (&row.id, key, salt),
        )?;
        let transfer = self.state.transfers.entry(row.id.clone()).or_default();
        transfer.sealed = Some(0);
        let row = Row {
            key: key.into(),
            salt,
            ..row.clone()
        };
        self.read_source(&row, 0)
    }

    /// Returns how many bytes of ciphertext there are to send.
    fn sealed_so_far(&self, row: &Row) -> u64 {
        match (row.state, self.sealed_bytes(row)) {
            (State::Uploading, _) => row.sealed_size,
            (_, None | Some(0)) => 0,
            (_, Some(plain)) => HEADER + plain / CHUNK * SEALED_CHUNK,
        }
    }

    /// Tells the server that nothing more comes of what it has of a file.
    pub(super) fn abandon_upload(&mut self, row: &Row) -> Result<(), Error> {
        let Some(remote) = row.remote else {
            return Ok(());
        };
        let path = format!("{BLOBS_PATH}/{remote}");
        let step = Step::Abandon;
        self.tus(row, step, Method::Delete, path, Vec::new(), Vec::new())
    }

    fn sealed_bytes(&self, row: &Row) -> Option<u64> {
        self.state.transfers.get(&row.id)?.sealed
    }

    fn read_source(&mut self, row: &Row, offset: u64) -> Result<(), Error> {
        let length = row.size.saturating_sub(offset).min(SEAL_CHUNKS * CHUNK);
        if length == 0 {
            return self.took_source(row, offset, Vec::new());
        }
        let Some(handle) = row.handle else {
            return self.give_up_file(row, State::Failed);
        };
        let id = self.expect(self.step(row, Step::ReadSource(offset)), false);
        self.put(Output::ReadFile {
            id,
            handle,
            offset,
            length: length as u32,
        });
        Ok(())
    }

    /// Seals a slice and keeps it.
    pub(super) fn took_source(
        &mut self,
        row: &Row,
        offset: u64,
        mut plain: Vec<u8>,
    ) -> Result<(), Error> {
        let expected = row.size.saturating_sub(offset).min(SEAL_CHUNKS * CHUNK);
        let fits = self.sealed_bytes(row) == Some(offset) && plain.len() as u64 == expected;
        if row.state != State::Sealing || !fits {
            return self.give_up_file(row, State::Failed);
        }
        let padded = padded_length(row.size);
        let end = (offset + SEAL_CHUNKS * CHUNK).min(padded);
        let transfer = self.state.transfers.entry(row.id.clone()).or_default();
        if offset == 0 {
            transfer.plain = sha2::Sha256::default();
        }
        transfer.plain.update(&plain);
        plain.resize((end - offset) as usize, 0);
        let cipher = FileCipher::new(&row.key, &row.salt);
        let (at, sealed) = cipher.seal_piece(offset, &plain, end == padded);
        let transfer = self.state.transfers.entry(row.id.clone()).or_default();
        transfer.hasher.update(&sealed);
        let id = self.expect(self.step(row, Step::WriteSealed(end)), false);
        self.put(Output::CacheWrite {
            id,
            blob: row.blob,
            offset: at,
            bytes: sealed,
        });
        Ok(())
    }

    pub(super) fn sealed(&mut self, row: &Row, done: u64) -> Result<(), Error> {
        if row.state != State::Sealing {
            return Ok(());
        }
        if done < padded_length(row.size) {
            // Memory alone: a transaction for each slice would cost as much as sealing it.
            let transfer = self.state.transfers.entry(row.id.clone()).or_default();
            transfer.sealed = Some(done);
            transfer.failures = 0;
            return Ok(());
        }
        let transfer = self.state.transfers.entry(row.id.clone()).or_default();
        let digest: [u8; 32] = std::mem::take(&mut transfer.hasher).finalize().into();
        let plain: [u8; 32] = std::mem::take(&mut transfer.plain).finalize().into();
        self.db.execute(
            "UPDATE file SET digest = ?2, plain = ?3, handle = NULL WHERE id = ?1",
            (&row.id, digest, plain),
        )?;
        self.set_file(row, State::Uploading, row.done)
    }

    /// Takes the next step of sending what is sealed.
    pub(super) fn advance_upload(&mut self, row: &Row) -> Result<(), Error> {
        if self.steps(row, Step::sends) > 0 {
            return Ok(());
        }
        let Some(remote) = row.remote else {
            let headers = vec![("upload-length".into(), row.sealed_size.to_string())];
            return self.tus(
                row,
                Step::Create,
                Method::Post,
                BLOBS_PATH.into(),
                headers,
                Vec::new(),
            );
        };
        let path = format!("{BLOBS_PATH}/{remote}");
        let unsure = self
            .state
            .transfers
            .get(&row.id)
            .is_none_or(|transfer| transfer.unsure);
        if unsure {
            return self.tus(row, Step::Head, Method::Head, path, Vec::new(), Vec::new());
        }
        let length = (row.sealed_size - row.done).min(SLICE_CHUNKS * SEALED_CHUNK);
        if row.done + length > self.sealed_so_far(row) {
            return Ok(());
        }
        let id = self.expect(self.step(row, Step::ReadSealed(row.done)), false);
        self.put(Output::CacheRead {
            id,
            blob: row.blob,
            offset: row.done,
            length: length as u32,
        });
        Ok(())
    }

    fn tus(
        &mut self,
        row: &Row,
        step: Step,
        method: Method,
        path: String,
        mut headers: Vec<(String, String)>,
        body: Vec<u8>,
    ) -> Result<(), Error> {
        headers.push(("tus-resumable".into(), "1.0.0".into()));
        let purpose = self.step(row, step);
        self.ask_http(
            purpose,
            HttpRequest {
                origin: String::new(),
                method,
                path,
                headers,
                body,
            },
        )
    }

    pub(super) fn upload_created(&mut self, row: &Row, reply: &HttpReply) -> Result<(), Error> {
        let location = reply
            .header("location")
            .and_then(|location| location.rsplit('/').next());
        match (reply.status, location.and_then(BlobId::from_hex)) {
            (201, Some(remote)) => {
                self.db.execute(
                    "UPDATE file SET remote = ?2 WHERE id = ?1",
                    (&row.id, remote.0),
                )?;
                self.state
                    .transfers
                    .entry(row.id.clone())
                    .or_default()
                    .unsure = false;
                self.progress(row, 0)
            }
            (400 | 403 | 413, _) => self.give_up_file(row, State::Failed),
            _ => self.file_failed(&row.id, Step::Create),
        }
    }

    pub(super) fn upload_asked(&mut self, row: &Row, reply: &HttpReply) -> Result<(), Error> {
        let offset = reply
            .header("upload-offset")
            .and_then(|offset| offset.parse::<u64>().ok());
        match (reply.status, offset) {
            (200 | 204, Some(offset)) if offset <= row.sealed_size => {
                self.state
                    .transfers
                    .entry(row.id.clone())
                    .or_default()
                    .unsure = false;
                self.uploaded(row, offset)
            }
            (404 | 410, _) => {
                // Collected as abandoned: from the beginning, under another name.
                self.db
                    .execute("UPDATE file SET remote = NULL WHERE id = ?1", [&row.id])?;
                self.file_failed(&row.id, Step::Head)
            }
            _ => self.file_failed(&row.id, Step::Head),
        }
    }

    pub(super) fn send_slice(
        &mut self,
        row: &Row,
        offset: u64,
        bytes: Vec<u8>,
    ) -> Result<(), Error> {
        let Some(remote) = row
            .remote
            .filter(|_| row.is_going_up() && offset == row.done)
        else {
            return Ok(());
        };
        let headers = vec![
            ("upload-offset".into(), offset.to_string()),
            (
                "content-type".into(),
                "application/offset+octet-stream".into(),
            ),
        ];
        let length = bytes.len() as u64;
        self.tus(
            row,
            Step::Patch(length),
            Method::Patch,
            format!("{BLOBS_PATH}/{remote}"),
            headers,
            bytes,
        )
    }

    pub(super) fn upload_moved(
        &mut self,
        row: &Row,
        length: u64,
        reply: &HttpReply,
    ) -> Result<(), Error> {
        let offset = reply
            .header("upload-offset")
            .and_then(|offset| offset.parse::<u64>().ok());
        match (reply.status, offset) {
            (204 | 200, Some(offset)) if offset == row.done + length => self.uploaded(row, offset),
            (413, _) => self.give_up_file(row, State::Failed),
            _ => self.file_failed(&row.id, Step::Patch(length)),
        }
    }

    fn uploaded(&mut self, row: &Row, offset: u64) -> Result<(), Error> {
        self.progress(row, offset)?;
        if offset < row.sealed_size {
            return Ok(());
        }
        self.set_file(row, State::Here, offset)?;
        if self.request_room_of(row.message)?.is_some() {
            return self.finish_letter(row.message);
        }
        let Some(files) = self.attachments(row.message, Some(State::Here))? else {
            return Ok(());
        };
        let (chat, text, refers): (String, String, Refers) = self.db.query_row(
            "SELECT chat, body, reply, lasts FROM message WHERE id = ?1",
            [row.message],
            |row| {
                let refers = Refers {
                    in_reply_to: row.get::<_, Option<[u8; 32]>>(2)?.map(WireId),
                    lasts: row.get(3)?,
                    ..Refers::default()
                };
                Ok((row.get(0)?, row.get(1)?, refers))
            },
        )?;
        let content = self.compose(&Meaning::Files { files, text }, refers)?;
        self.db.execute(
            "UPDATE outbox SET content = ?2, ready = 1 WHERE message = ?1",
            (row.message, content),
        )?;
        self.wake_outbox(&chat);
        Ok(())
    }
}

/// Tells what keeps a file from being sent.
pub(crate) fn file_trouble(file: &NewFile) -> Option<Trouble> {
    let thumbnail_bytes = file.thumbnail.as_ref().map_or(0, Vec::len);
    if file.size_bytes > MAX_FILE_BYTES || thumbnail_bytes > MAX_THUMBNAIL_BYTES {
        return Some(Trouble::FileTooLarge);
    }
    let is_bad = file.voice.as_ref().is_some_and(is_no_voice);
    is_bad.then_some(Trouble::NotAllowed)
}

/// Whether what is said of a voice note would be refused by those who get it.
fn is_no_voice(voice: &NewVoice) -> bool {
    voice.millis > MAX_MILLIS || voice.waveform.len() > MAX_WAVEFORM
}
