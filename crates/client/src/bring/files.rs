//! Photos and files of an export: sealed into the cache one after the other, like those that were received.

use super::{Bringing, Came, Fault, Flow, Step};
use crate::asked::Purpose;
use crate::file::cipher::{CHUNK, FileCipher, sealed_length};
use crate::file::row::harmless_name;
use crate::file::transfer::State;
use crate::io::Output;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use sha2::{Digest as _, Sha256};
use std::collections::VecDeque;
use valise_import::{Media, picture};
use valise_wire::BlobId;
use valise_wire::blob::padded_length;

/// Bytes that are read at once.
const SLICE_BYTES: u64 = 256 << 10;
/// Chunks that are sealed at once.
const SEAL_CHUNKS: usize = 64;

/// A file that a message waits for.
pub(super) struct Wanted {
    /// Its row in the store.
    row: String,
    message: i64,
    blob: BlobId,
    name: String,
    /// Which file of the export.
    pub(super) file: usize,
}

/// Files at work.
pub(super) struct Filing {
    wanted: VecDeque<Wanted>,
    current: Option<Sealing>,
}

/// The file that is being sealed.
struct Sealing {
    wanted: Wanted,
    flow: Flow,
    key: [u8; 16],
    salt: [u8; 24],
    cipher: FileCipher,
    size: u64,
    /// What was read and is not sealed yet.
    plain: Vec<u8>,
    /// Bytes of the file, with what pads it, that are sealed.
    sealed: u64,
    head: Vec<u8>,
    hasher: Sha256,
    is_read: bool,
}

impl Filing {
    pub(super) fn new(wanted: VecDeque<Wanted>) -> Self {
        Self {
            wanted,
            current: None,
        }
    }
}

impl Cx<'_> {
    /// Notes which file a message names; returns it if the export holds it and it is not here yet.
    pub(super) fn want_file(
        &mut self,
        chat: &str,
        message: i64,
        media: &Media,
        held: Option<usize>,
        is_new: bool,
    ) -> Result<Option<Wanted>, Fault> {
        let row = format!("{message}-0");
        let path = media.path.as_deref();
        let name = media
            .name
            .as_deref()
            .or(path)
            .map(harmless_name)
            .unwrap_or_default();
        let mut blob: [u8; 16] = self.random();
        if is_new {
            let (key, salt): ([u8; 16], [u8; 24]) = (self.random(), self.random());
            self.db
                .prepare_cached(
                    "INSERT INTO file (id, message, part, blob, name, media_type, size, width, height, key, salt, sealed_size, state)
                     VALUES (?1, ?2, 0, ?3, ?4, ?5, 0, ?6, ?7, ?8, ?9, 0, ?10)",
                )?
                .execute(rusqlite::params![
                    row,
                    message,
                    blob,
                    name,
                    picture::media_type(&[], &name),
                    media.dimensions.map(|(width, _)| width),
                    media.dimensions.map(|(_, height)| height),
                    key,
                    salt,
                    State::NotExported as i64,
                ])?;
        } else {
            let mut query = self
                .db
                .prepare_cached("SELECT blob FROM file WHERE id = ?1 AND state = ?2")?;
            let known: Option<[u8; 16]> = query
                .query_row((&row, State::NotExported as i64), |row| row.get(0))
                .optional()?;
            match known {
                Some(known) => blob = known,
                None => return Ok(None),
            }
            if held.is_some() && !name.is_empty() {
                self.db
                    .prepare_cached("UPDATE file SET name = ?2 WHERE id = ?1")?
                    .execute((&row, &name))?;
                self.index(message)?;
                self.state.dirty.chat(chat);
            }
        }
        let blob = BlobId(blob);
        Ok(held.map(|file| Wanted {
            row,
            message,
            blob,
            name,
            file,
        }))
    }

    /// Asks for the next bytes of the file at work, or begins with the next one.
    pub(super) fn ask_for_file(&mut self, bringing: &mut Bringing) -> Result<(), Fault> {
        let Step::Filing(filing) = &mut bringing.step else {
            return Ok(());
        };
        if filing.current.is_none() {
            let Some(wanted) = filing.wanted.pop_front() else {
                return self.finish_bringing(bringing);
            };
            // A former try may have left something.
            self.put(Output::CacheDrop { blob: wanted.blob });
            let (key, salt) = (self.random(), self.random());
            filing.current = Some(Sealing {
                flow: bringing.bundle.flow(wanted.file),
                size: bringing.bundle.size_bytes(wanted.file),
                cipher: FileCipher::new(&key, &salt),
                key,
                salt,
                plain: Vec::new(),
                sealed: 0,
                head: Vec::new(),
                hasher: Sha256::default(),
                is_read: false,
                wanted,
            });
        }
        let Some(sealing) = &mut filing.current else {
            return Ok(());
        };
        match sealing.flow.wants(SLICE_BYTES) {
            Some(wanted) => {
                let file = sealing.flow.file();
                self.ask_bytes(&bringing.bundle, file, wanted);
                Ok(())
            }
            None => self.seal_on(bringing),
        }
    }

    pub(super) fn took_file_part(
        &mut self,
        bringing: &mut Bringing,
        came: Came,
    ) -> Result<(), Fault> {
        let Step::Filing(filing) = &mut bringing.step else {
            return Ok(());
        };
        let Some(sealing) = &mut filing.current else {
            return Ok(());
        };
        if let Came::Slice(bytes) = came {
            let Ok(plain) = sealing.flow.take(&bytes) else {
                return self.give_up_brought_file(bringing);
            };
            let room = picture::HEAD_BYTES - sealing.head.len();
            sealing.head.extend(plain.iter().take(room));
            sealing.plain.extend(plain);
        }
        self.seal_on(bringing)
    }

    /// Seals what is there and keeps it; goes on reading when there is not enough for a chunk.
    fn seal_on(&mut self, bringing: &mut Bringing) -> Result<(), Fault> {
        let Step::Filing(filing) = &mut bringing.step else {
            return Ok(());
        };
        let Some(sealing) = &mut filing.current else {
            return Ok(());
        };
        sealing.is_read = sealing.flow.wants(1).is_none();
        if let Some((offset, bytes)) = sealing.next_piece() {
            let blob = sealing.wanted.blob;
            let id = self.expect(Purpose::Bring, false);
            self.put(Output::CacheWrite {
                id,
                blob,
                offset,
                bytes,
            });
            return Ok(());
        }
        if sealing.is_read {
            return self.file_is_brought(bringing);
        }
        Ok(())
    }

    fn file_is_brought(&mut self, bringing: &mut Bringing) -> Result<(), Fault> {
        let Step::Filing(filing) = &mut bringing.step else {
            return Ok(());
        };
        let Some(sealing) = filing.current.take() else {
            return Ok(());
        };
        let Sealing {
            wanted,
            key,
            salt,
            size,
            head,
            hasher,
            ..
        } = sealing;
        let digest: [u8; 32] = hasher.finalize().into();
        let seen = picture::dimensions(&head);
        let sealed_size = sealed_length(padded_length(size)) as i64;
        self.db
            .prepare_cached(
                "UPDATE file SET key = ?2, salt = ?3, size = ?4, sealed_size = ?5, done = ?5, digest = ?6, media_type = ?7,
                    width = ifnull(?8, width), height = ifnull(?9, height), state = ?10 WHERE id = ?1",
            )?
            .execute(rusqlite::params![
                wanted.row,
                key,
                salt,
                size as i64,
                sealed_size,
                digest,
                picture::media_type(&head, &wanted.name),
                seen.map(|(width, _)| width),
                seen.map(|(_, height)| height),
                State::Here as i64,
            ])?;
        bringing.shown.files += 1;
        bringing.shown.done += 1;
        self.has_changed(wanted.message)?;
        Ok(())
    }

    /// Leaves a file out that is damaged in the export.
    fn give_up_brought_file(&mut self, bringing: &mut Bringing) -> Result<(), Fault> {
        let Step::Filing(filing) = &mut bringing.step else {
            return Ok(());
        };
        if let Some(sealing) = filing.current.take() {
            self.put(Output::CacheDrop {
                blob: sealing.wanted.blob,
            });
        }
        bringing.shown.missing += 1;
        bringing.shown.done += 1;
        Ok(())
    }
}

impl Sealing {
    /// Seals the next chunks, if there are whole ones; returns where they go. What pads the file follows its last byte.
    fn next_piece(&mut self) -> Option<(u64, Vec<u8>)> {
        let padded = padded_length(self.size);
        if self.is_read {
            let here = self.sealed + self.plain.len() as u64;
            let more = padded.saturating_sub(here).min(SEAL_CHUNKS as u64 * CHUNK);
            self.plain.resize(self.plain.len() + more as usize, 0);
        }
        let most = SEAL_CHUNKS * CHUNK as usize;
        let is_last = self.is_read
            && self.plain.len() <= most
            && self.sealed + self.plain.len() as u64 == padded;
        let whole = self.plain.len().min(most) / CHUNK as usize * CHUNK as usize;
        let length = if is_last { self.plain.len() } else { whole };
        if (length == 0 && !is_last) || self.sealed > padded {
            return None;
        }
        let (offset, bytes) = self
            .cipher
            .seal_piece(self.sealed, &self.plain[..length], is_last);
        self.plain.drain(..length);
        self.sealed += length as u64;
        if is_last {
            // Nothing comes after it.
            self.sealed = padded + 1;
        }
        self.hasher.update(&bytes);
        Some((offset, bytes))
    }
}
