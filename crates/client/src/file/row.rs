//! Files as they are stored and shown.

use super::OpenFile;
use super::transfer::State;
use crate::Error;
use crate::content::{Attachment, Voice};
use crate::state::Cx;
use rusqlite::{Connection, OptionalExtension as _};
use valise_views::file::{File, FileState, VoiceNote, voice_in_a_line};
use valise_views::{FileId, Transfer};
use valise_wire::{BlobId, OrganisationId};
use zeroize::Zeroizing;

/// Largest thumbnail that is kept.
const MAX_THUMBNAIL_BYTES: usize = 32 << 10;

/// Everything about a file that moves.
#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) message: i64,
    pub(crate) blob: BlobId,
    pub(crate) remote: Option<BlobId>,
    /// The organisation at whose server it is; none if it is one's own.
    pub(crate) at: Option<OrganisationId>,
    pub(crate) size: u64,
    pub(crate) key: Zeroizing<[u8; 16]>,
    pub(crate) salt: [u8; 24],
    pub(crate) sealed_size: u64,
    pub(crate) digest: Option<[u8; 32]>,
    pub(crate) state: State,
    pub(crate) done: u64,
    pub(crate) handle: Option<u64>,
}

impl Row {
    /// Tells whether it is being sent.
    pub(crate) fn is_going_up(&self) -> bool {
        matches!(self.state, State::Sealing | State::Uploading)
    }
}

const COLUMNS: &str =
    "id, message, blob, remote, size, key, salt, sealed_size, digest, state, done, handle, lies_at";

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        id: row.get(0)?,
        message: row.get(1)?,
        blob: BlobId(row.get(2)?),
        remote: row.get::<_, Option<[u8; 16]>>(3)?.map(BlobId),
        size: row.get::<_, i64>(4)? as u64,
        key: Zeroizing::new(row.get(5)?),
        salt: row.get(6)?,
        sealed_size: row.get::<_, i64>(7)? as u64,
        digest: row.get(8)?,
        state: State::from_number(row.get(9)?),
        done: row.get::<_, i64>(10)? as u64,
        handle: row.get::<_, Option<i64>>(11)?.map(|handle| handle as u64),
        at: row.get::<_, Option<[u8; 32]>>(12)?.map(OrganisationId),
    })
}

/// Returns what is needed to show a file that is here.
pub(crate) fn open_file(store: &Connection, file: &FileId) -> Result<Option<OpenFile>, Error> {
    let mut query = store.prepare_cached(
        "SELECT blob, name, media_type, size, key, salt, sealed_size FROM file WHERE id = ?1 AND state IN (2, 4)",
    )?;
    Ok(query.query_row([&file.0], open).optional()?)
}

/// A file, and SHA-256 of what it is, if that is known.
type Came = (OpenFile, Option<[u8; 32]>);

/// Returns what is needed to read a file if it is kept, whatever it is, and the digest of what it is if another one was signed.
pub(super) fn open_came(store: &Connection, file: &str) -> Result<Option<Came>, Error> {
    let mut query = store.prepare_cached(
        "SELECT blob, name, media_type, size, key, salt, sealed_size, plain FROM file WHERE id = ?1",
    )?;
    let file = query.query_row([file], |row| Ok((open(row)?, row.get(7)?)));
    Ok(file.optional()?)
}

fn open(row: &rusqlite::Row<'_>) -> rusqlite::Result<OpenFile> {
    Ok(OpenFile {
        blob: BlobId(row.get(0)?),
        name: row.get(1)?,
        media_type: row.get(2)?,
        size_bytes: row.get::<_, i64>(3)? as u64,
        key: Zeroizing::new(row.get(4)?),
        salt: row.get(5)?,
        sealed_bytes: row.get::<_, i64>(6)? as u64,
    })
}

/// Makes a file name harmless: no paths, no control or direction characters, not longer than a name is.
pub(crate) fn harmless_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let deceives = |c: &char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let clean: String = last.chars().filter(|c| !deceives(c)).take(180).collect();
    let clean = clean.trim().trim_start_matches('.').to_owned();
    if clean.is_empty() {
        "file".to_owned()
    } else {
        clean
    }
}

impl Cx<'_> {
    pub(crate) fn file_row(&self, id: &str) -> Result<Option<Row>, Error> {
        let mut query = self
            .db
            .prepare_cached(&format!("SELECT {COLUMNS} FROM file WHERE id = ?1"))?;
        Ok(query.query_row([id], read).optional()?)
    }

    /// Returns the files that are to move.
    pub(crate) fn moving_files(&self) -> Result<Vec<Row>, Error> {
        let mut query = self.db.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM file WHERE state IN (1, 2, 3) AND paused = 0 ORDER BY message, part LIMIT 3"
        ))?;
        let rows = query.query_map([], read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Keeps the files of a message that came in.
    pub(crate) fn add_remote_files(
        &mut self,
        message: i64,
        files: &[Attachment],
    ) -> Result<(), Error> {
        for (part, file) in files.iter().enumerate() {
            let blob: [u8; 16] = self.random();
            let plain = super::cipher::plain_length(file.ciphertext_bytes);
            let whole = plain.is_some_and(|plain| plain >= file.size_bytes)
                && file.ciphertext_bytes <= i64::MAX as u64;
            let place = self.server_of(&file.domain);
            let state = match (whole, place) {
                (false, _) => State::Broken,
                (true, None) => State::Gone,
                (true, Some(_)) => State::Remote,
            };
            let thumbnail = file
                .thumbnail
                .as_ref()
                .filter(|picture| picture.len() <= MAX_THUMBNAIL_BYTES);
            self.db.execute(
                "INSERT INTO file (id, message, part, blob, remote, name, media_type, size, width, height, thumbnail,
                    key, salt, sealed_size, digest, state, confidential, voice, waveform, lies_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
                rusqlite::params![
                    format!("{message}-{part}"),
                    message,
                    part as i64,
                    blob,
                    file.blob.0,
                    harmless_name(&file.name),
                    file.media_type,
                    file.size_bytes.min(i64::MAX as u64) as i64,
                    file.dimensions.map(|(width, _)| width),
                    file.dimensions.map(|(_, height)| height),
                    thumbnail,
                    file.key,
                    file.salt,
                    file.ciphertext_bytes.min(i64::MAX as u64) as i64,
                    file.digest,
                    state as i64,
                    file.confidential,
                    file.voice.as_ref().map(|voice| voice.millis),
                    file.voice.as_ref().map(|voice| &voice.waveform),
                    place.flatten().map(|at| at.0),
                ],
            )?;
        }
        Ok(())
    }

    /// Returns at whose server a file of a domain is: inside, none for one's own; none at all if nobody knows the domain.
    fn server_of(&self, domain: &str) -> Option<Option<OrganisationId>> {
        let own = self.state.account.as_ref();
        if domain.is_empty() || own.is_some_and(|own| own.domain == domain) {
            return Some(None);
        }
        let roll = &self.state.roll;
        let mut others = roll.others.iter();
        others
            .find(|(_, other)| {
                let organisation = other.directory().organisation();
                organisation.is_some_and(|known| known.domain == domain)
            })
            .map(|(organisation, _)| Some(*organisation))
    }

    /// Returns what a line says of the first file of a message, if it has one.
    pub(crate) fn first_file_in_a_line(&self, message: i64) -> Result<Option<String>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT name, voice FROM file WHERE message = ?1 ORDER BY part LIMIT 1",
        )?;
        let found = query.query_row([message], |row| {
            let millis: Option<u32> = row.get(1)?;
            millis.map_or_else(|| row.get(0), |millis| Ok(voice_in_a_line(millis)))
        });
        Ok(found.optional()?)
    }

    /// Returns the files of a message, ready to show.
    pub(crate) fn files_of(&self, message: i64) -> Result<Vec<File>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT id, name, media_type, size, width, height, thumbnail, state, done, paused, sealed_size, confidential,
                voice, waveform, heard
             FROM file WHERE message = ?1 ORDER BY part",
        )?;
        let rows = query.query_map([message], |row| {
            let (done, paused, total) = (
                row.get::<_, i64>(8)? as u64,
                row.get(9)?,
                row.get::<_, i64>(10)? as u64,
            );
            let moving = |upload, done_bytes| {
                FileState::Moving(Transfer {
                    upload,
                    done_bytes,
                    total_bytes: total,
                    paused,
                })
            };
            let (width, height): (Option<u32>, Option<u32>) = (row.get(4)?, row.get(5)?);
            let (millis, waveform): (Option<u32>, Option<Vec<u8>>) = (row.get(12)?, row.get(13)?);
            let heard = row.get(14)?;
            let voice = millis.map(|millis| VoiceNote {
                millis,
                waveform: waveform.unwrap_or_default(),
                heard,
            });
            Ok(File {
                id: FileId(row.get(0)?),
                name: row.get(1)?,
                media_type: row.get(2)?,
                size_bytes: row.get::<_, i64>(3)? as u64,
                dimensions: width.zip(height),
                thumbnail: row.get(6)?,
                voice,
                confidential: row.get(11)?,
                state: match State::from_number(row.get(7)?) {
                    State::Remote => FileState::Remote,
                    State::Sealing => moving(true, 0),
                    State::Uploading => moving(true, done),
                    State::Downloading => moving(false, done),
                    State::Here => FileState::Here,
                    State::Broken | State::Failed => FileState::Broken,
                    State::Gone => FileState::Gone,
                    State::NotExported => FileState::NotExported,
                    State::Another => FileState::Another,
                },
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns what a message says about its files, once all of them are at the server, and in that state if one is asked for.
    pub(crate) fn attachments(
        &self,
        message: i64,
        state: Option<State>,
    ) -> Result<Option<Vec<Attachment>>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT remote, name, media_type, size, sealed_size, key, salt, digest, width, height, thumbnail, state, confidential,
                voice, waveform, lies_at
             FROM file WHERE message = ?1 ORDER BY part",
        )?;
        let roll = &self.state.roll;
        let rows = query.query_map([message], |row| {
            let at: Option<[u8; 32]> = row.get(15)?;
            let known = at.and_then(|at| roll.organisation(OrganisationId(at))?.organisation());
            let domain = known.map_or_else(String::new, |known| known.domain.clone());
            let (remote, digest): (Option<[u8; 16]>, Option<[u8; 32]>) = (row.get(0)?, row.get(7)?);
            let (width, height): (Option<u32>, Option<u32>) = (row.get(8)?, row.get(9)?);
            let is_in = State::from_number(row.get(11)?);
            let fits = state.is_none_or(|state| state == is_in);
            let (Some(remote), Some(digest), true) = (remote, digest, fits) else {
                return Ok(None);
            };
            let (millis, waveform): (Option<u32>, Option<Vec<u8>>) = (row.get(13)?, row.get(14)?);
            let voice = millis.map(|millis| Voice {
                millis,
                waveform: waveform.unwrap_or_default(),
            });
            Ok(Some(Attachment {
                blob: BlobId(remote),
                domain,
                name: row.get(1)?,
                media_type: row.get(2)?,
                size_bytes: row.get::<_, i64>(3)? as u64,
                ciphertext_bytes: row.get::<_, i64>(4)? as u64,
                key: row.get(5)?,
                salt: row.get(6)?,
                digest,
                dimensions: width.zip(height),
                thumbnail: row.get(10)?,
                voice,
                confidential: row.get(12)?,
            }))
        })?;
        let files: Vec<Option<Attachment>> = rows.collect::<Result<_, _>>()?;
        Ok(files.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_deceives() {
        assert_eq!(harmless_name("../../etc/passwd"), "passwd");
        assert_eq!(harmless_name("C:\\x\\report.pdf"), "report.pdf");
        assert_eq!(harmless_name("invoice\u{202e}fdp.exe"), "invoicefdp.exe");
        assert_eq!(harmless_name(".."), "file");
        assert_eq!(
            harmless_name("отчёт за ноябрь.docx"),
            "отчёт за ноябрь.docx"
        );
    }
}
