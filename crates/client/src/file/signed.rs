//! Files of signed letters: each is the one that was signed, or the letter is not whole.

use super::OpenFile;
use super::cipher::plain_length;
use super::row::{Row, open_came};
use super::transfer::State;
use crate::requests::Read;
use crate::state::Cx;
use crate::{Error, alarm};
use rusqlite::OptionalExtension as _;
use valise_evidence::Digest;
use valise_views::{File, FileState};

/// How a file stands that a bundle is to have.
pub(crate) enum Found {
    /// It is here.
    Here(OpenFile),
    /// It may still come.
    Away(Row),
    /// Another one came: its digest, and what is needed to read it.
    Another(Digest, OpenFile),
    /// What its server has is not the file, or it has none.
    Lost(Row),
}

impl Cx<'_> {
    /// Returns the digest that a letter's signer gave of a file; none if it belongs to no letter.
    pub(super) fn signed_digest(&self, row: &Row) -> Result<Option<Digest>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT file.part, ifnull(signed.body, release.body) FROM file
             LEFT JOIN signed ON signed.message = file.message AND signed.digest IS NOT NULL
             LEFT JOIN release ON release.message = file.message AND release.own = 0
             WHERE file.id = ?1",
        )?;
        let found: Option<(i64, Option<Vec<u8>>)> = query
            .query_row([&row.id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((part, Some(bytes))) = found else {
            return Ok(None);
        };
        let read = Read::of(&bytes).ok();
        let parts = read.as_ref().map(Read::parts).unwrap_or_default();
        Ok(parts.get(part as usize).map(|part| part.digest))
    }

    /// Notes that another file came than the one that was signed, for good: what the message names will never be another.
    pub(crate) fn another_came(&mut self, id: &str, came: Digest) -> Result<(), Error> {
        let Some(row) = self.file_row(id)? else {
            return Ok(());
        };
        self.db.execute(
            "UPDATE file SET plain = ?2 WHERE id = ?1",
            (&row.id, came.0),
        )?;
        self.set_file(&row, State::Another, row.done)?;
        let mut query = self
            .db
            .prepare_cached("SELECT chat FROM message WHERE id = ?1")?;
        let chat: String = query.query_row([row.message], |row| row.get(0))?;
        self.alarm(alarm::Kind::Member, Some(&chat))
    }

    /// Returns how a file stands that a bundle is to have.
    pub(crate) fn find_for_bundle(&self, id: &str) -> Result<Option<Found>, Error> {
        let Some(row) = self.file_row(id)? else {
            return Ok(None);
        };
        let Some((open, came)) = open_came(self.db, id)? else {
            return Ok(None);
        };
        Ok(Some(match row.state {
            State::Here | State::Uploading => Found::Here(open),
            State::Another => Found::Another(came.map_or(Digest([0; 32]), Digest), open),
            State::Remote | State::Downloading | State::Sealing => Found::Away(row),
            State::Gone | State::Broken | State::Failed | State::NotExported => Found::Lost(row),
        }))
    }

    /// Lets a file come again that should be here and cannot be read.
    pub(crate) fn fetch_anew(&mut self, id: &str) -> Result<(), Error> {
        let row = self.file_row(id)?;
        match row.filter(|row| row.state == State::Here && row.remote.is_some()) {
            Some(row) => self.set_file(&row, State::Downloading, 0),
            None => Ok(()),
        }
    }
}

/// Tells whether nothing is known against a letter's files: what has not come yet may be whole, what is another one never is.
pub(crate) fn are_whole(files: &[File]) -> bool {
    let is_other = |state| matches!(state, FileState::Broken | FileState::Another);
    !files.iter().any(|file| is_other(file.state))
}

impl Row {
    /// Tells whether what is said of it can be true: one that lies about its length is never whole.
    pub(crate) fn can_be_whole(&self) -> bool {
        let plain = plain_length(self.sealed_size);
        self.remote.is_some() && plain.is_some_and(|plain| plain >= self.size)
    }
}
