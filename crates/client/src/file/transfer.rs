//! Files on the way: what each needs next, and where the answers of driver and server go.

use super::row::Row;
use crate::Error;
use crate::asked::Purpose;
use crate::io::{CacheReply, Failure, HttpReply, Output, RequestId};
use crate::state::Cx;
use sha2::Sha256;
use std::collections::BTreeMap;
use valise_views::{FileId, Outcome, Trouble};
use valise_wire::Timestamp;

/// Bytes of one slice on the way to or from the server: a number of whole chunks.
pub(crate) const SLICE_CHUNKS: u64 = 255;
/// Time between two reports of progress.
const PROGRESS_MILLIS: u64 = 250;
/// Failures in a row after which a file rests.
const TRIES: u32 = 12;

/// Where a file is, as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Remote = 0,
    Sealing = 1,
    Uploading = 2,
    Downloading = 3,
    Here = 4,
    Broken = 5,
    Gone = 6,
    Failed = 7,
    /// It belongs to a chat that was brought over, and did not come along.
    NotExported = 8,
    /// It is whole, and not the one that was signed.
    Another = 9,
}

impl State {
    pub(crate) fn from_number(number: i64) -> Self {
        match number {
            1 => Self::Sealing,
            2 => Self::Uploading,
            3 => Self::Downloading,
            4 => Self::Here,
            5 => Self::Broken,
            6 => Self::Gone,
            7 => Self::Failed,
            8 => Self::NotExported,
            9 => Self::Another,
            _ => Self::Remote,
        }
    }
}

/// What is known of a moving file in memory alone.
#[derive(Default)]
pub(crate) struct Transfer {
    /// Plaintext bytes that are sealed and kept; none before there is a key to seal with. Not in the store: whatever breaks
    /// off here begins anew with another key.
    pub(crate) sealed: Option<u64>,
    /// Hash of the ciphertext so far.
    pub(crate) hasher: Sha256,
    /// Of the file itself: while it is sealed, and of what somebody signed, while it comes.
    pub(crate) plain: Sha256,
    /// Bytes in it.
    pub(crate) hashed: u64,
    /// Parts that were fetched before those in front of them, by where they begin.
    pub(crate) early: BTreeMap<u64, HttpReply>,
    /// Whether the server has to be asked how much it has.
    pub(crate) unsure: bool,
    /// No step before this.
    pub(crate) retry_at: Timestamp,
    /// Failures in a row.
    pub(crate) failures: u32,
    /// When progress was last reported.
    pub(crate) told_at: Timestamp,
}

/// A step of a file that is under way.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// Reads what the person chose, at this offset.
    ReadSource(u64),
    /// Keeps ciphertext; the plaintext up to here is sealed.
    WriteSealed(u64),
    /// Makes an upload.
    Create,
    /// Asks how much of it arrived.
    Head,
    /// Reads ciphertext back to send it.
    ReadSealed(u64),
    /// Sends it; so many bytes.
    Patch(u64),
    /// Fetches ciphertext, so many bytes from here.
    Range(u64, u64),
    /// Keeps it; ciphertext up to here is kept.
    WriteFetched(u64),
    /// Reads back what was fetched before a restart, to hash it.
    ReadBack(u64),
    /// Throws away what is at the server. Nobody waits for it: it would be collected anyway, later.
    Abandon,
}

impl Step {
    /// Tells whether it seals.
    pub(super) fn seals(&self) -> bool {
        matches!(self, Self::ReadSource(_) | Self::WriteSealed(_))
    }

    /// Tells whether it sends.
    pub(super) fn sends(&self) -> bool {
        matches!(
            self,
            Self::Create | Self::Head | Self::ReadSealed(_) | Self::Patch(_)
        )
    }
}

impl Cx<'_> {
    pub(crate) fn advance_files(&mut self) -> Result<(), Error> {
        for row in self.moving_files()? {
            let retry_at = self
                .state
                .transfers
                .get(&row.id)
                .map_or(Timestamp(0), |transfer| transfer.retry_at);
            if !self.is_due(retry_at) {
                continue;
            }
            match row.state {
                State::Sealing => self.advance_sealing_and_upload(&row)?,
                State::Uploading => self.advance_upload(&row)?,
                State::Downloading => self.advance_download(&row)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// What is sealed already goes out while the rest is being sealed.
    fn advance_sealing_and_upload(&mut self, row: &Row) -> Result<(), Error> {
        self.advance_sealing(row)?;
        // It may have begun anew, under another key and another name.
        match self.file_row(&row.id)? {
            Some(row) if row.state == State::Sealing => self.advance_upload(&row),
            _ => Ok(()),
        }
    }

    /// Counts the steps of a file that are under way and are like this.
    pub(super) fn steps(&self, row: &Row, like: impl Fn(&Step) -> bool) -> usize {
        let is_like = |purpose: &Purpose| matches!(purpose, Purpose::File { id, step } if *id == row.id && like(step));
        let asked = self.state.asked.values();
        asked.filter(|asked| is_like(&asked.purpose)).count()
    }

    /// Returns the purpose of a step.
    pub(super) fn step(&self, row: &Row, step: Step) -> Purpose {
        Purpose::File {
            id: row.id.clone(),
            step,
        }
    }

    fn take_step(&mut self, id: RequestId) -> Result<Option<(Row, Step)>, Error> {
        let Some(asked) = self.state.asked.remove(&id) else {
            return Ok(None);
        };
        let Purpose::File { id, step } = asked.purpose else {
            return Ok(None);
        };
        let row = self.file_row(&id)?;
        Ok(row.map(|row| (row, step)))
    }

    pub(crate) fn file_read(
        &mut self,
        id: RequestId,
        result: Result<Vec<u8>, ()>,
    ) -> Result<(), Error> {
        match (self.take_step(id)?, result) {
            (Some((row, Step::ReadSource(offset))), Ok(bytes)) => {
                self.took_source(&row, offset, bytes)
            }
            // The person's file is gone, or the program was closed before all of it was read.
            (Some((row, _)), _) => self.give_up_file(&row, State::Failed),
            (None, _) => Ok(()),
        }
    }

    pub(crate) fn cached(&mut self, id: RequestId, result: CacheReply) -> Result<(), Error> {
        let Some((row, step)) = self.take_step(id)? else {
            return Ok(());
        };
        match (step, result) {
            (Step::WriteSealed(done), CacheReply::Written) => self.sealed(&row, done),
            (Step::ReadSealed(offset), CacheReply::Read(bytes)) => {
                self.send_slice(&row, offset, bytes)
            }
            (Step::WriteFetched(done), CacheReply::Written) => self.fetched(&row, done),
            (Step::ReadBack(offset), CacheReply::Read(bytes)) => {
                self.hashed_back(&row, offset, &bytes)
            }
            (Step::ReadBack(_), _) => {
                // What was fetched is gone from the cache: from the beginning.
                self.state.transfers.remove(&row.id);
                self.set_file(&row, State::Downloading, 0)
            }
            (step @ (Step::WriteFetched(_) | Step::WriteSealed(_)), _) => {
                // What was not kept is in the hash already: what was fetched is read back for a new one, what was sealed is
                // sealed anew.
                self.forget_steps(&row.id);
                self.file_failed(&row.id, step)
            }
            _ => self.give_up_file(&row, State::Failed),
        }
    }

    pub(crate) fn http_answered(
        &mut self,
        id: RequestId,
        result: Result<HttpReply, Failure>,
    ) -> Result<(), Error> {
        let Some((row, step)) = self.take_step(id)? else {
            return Ok(());
        };
        if matches!(step, Step::Abandon) {
            return Ok(());
        }
        if let Ok(reply) = &result
            && reply.status == 401
        {
            self.drop_session()?;
            return Ok(());
        }
        match (step, result) {
            (Step::Create, Ok(reply)) => self.upload_created(&row, &reply),
            (Step::Head, Ok(reply)) => self.upload_asked(&row, &reply),
            (Step::Patch(length), Ok(reply)) => self.upload_moved(&row, length, &reply),
            (Step::Range(offset, length), Ok(reply)) => {
                self.range_came(&row, offset, length, reply)
            }
            (step, _) => self.file_failed(&row.id, step),
        }
    }

    /// Waits before the next step, longer each time.
    pub(crate) fn file_failed(&mut self, id: &str, _step: Step) -> Result<(), Error> {
        let pause = self.jitter(500);
        let now = self.now;
        let transfer = self.state.transfers.entry(id.to_owned()).or_default();
        transfer.unsure = true;
        transfer.failures += 1;
        transfer.retry_at = now.plus_millis((500 << transfer.failures.min(6)) + pause);
        if transfer.failures < TRIES {
            return Ok(());
        }
        match self.file_row(id)? {
            Some(row) if row.state == State::Downloading => {
                self.set_file(&row, State::Remote, row.done)
            }
            Some(row) => self.give_up_file(&row, State::Failed),
            None => Ok(()),
        }
    }

    /// Notes progress; it is shown at most four times a second.
    pub(super) fn progress(&mut self, row: &Row, done: u64) -> Result<(), Error> {
        self.db
            .prepare_cached("UPDATE file SET done = ?2 WHERE id = ?1")?
            .execute((&row.id, done as i64))?;
        let now = self.now;
        let transfer = self.state.transfers.entry(row.id.clone()).or_default();
        transfer.failures = 0;
        if now.millis_since(transfer.told_at) >= PROGRESS_MILLIS {
            transfer.told_at = now;
            self.file_changed(row.message)?;
        }
        Ok(())
    }

    pub(super) fn set_file(&mut self, row: &Row, state: State, done: u64) -> Result<(), Error> {
        self.db.execute(
            "UPDATE file SET state = ?2, done = ?3 WHERE id = ?1",
            (&row.id, state as i64, done as i64),
        )?;
        if !matches!(
            state,
            State::Sealing | State::Uploading | State::Downloading
        ) {
            self.state.transfers.remove(&row.id);
        }
        self.file_changed(row.message)
    }

    pub(super) fn file_changed(&mut self, message: i64) -> Result<(), Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT chat FROM message WHERE id = ?1")?;
        let chat: String = query.query_row([message], |row| row.get(0))?;
        self.state.dirty.chat(&chat);
        Ok(())
    }

    /// Ends an upload that cannot go on: its message goes back to the person.
    pub(super) fn give_up_file(&mut self, row: &Row, state: State) -> Result<(), Error> {
        let own = matches!(row.state, State::Sealing | State::Uploading);
        self.forget_steps(&row.id);
        self.set_file(row, state, 0)?;
        if own {
            self.abandon_upload(row)?;
            self.message_failed(row.message)
        } else {
            Ok(())
        }
    }

    pub(crate) fn move_file(&mut self, number: u64, file: &FileId) -> Result<(), Error> {
        let Some(row) = self.file_row(&file.0)? else {
            return self.fail(number, Trouble::NotFound);
        };
        if self.is_message_in_doubt(row.message)? {
            return self.fail(number, Trouble::InDoubt);
        }
        self.fetch(&row)?;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    /// Lets a file come that is at a server, or go on.
    pub(crate) fn fetch(&mut self, row: &Row) -> Result<(), Error> {
        if self.is_message_in_doubt(row.message)? {
            return Ok(());
        }
        self.db
            .execute("UPDATE file SET paused = 0 WHERE id = ?1", [&row.id])?;
        if matches!(row.state, State::Remote | State::Broken | State::Gone)
            && row.remote.is_some()
            && row.digest.is_some()
        {
            let done = if row.state == State::Remote {
                row.done
            } else {
                0
            };
            self.set_file(row, State::Downloading, done)
        } else {
            self.file_changed(row.message)
        }
    }

    pub(crate) fn pause_file(&mut self, number: u64, file: &FileId) -> Result<(), Error> {
        let Some(row) = self.file_row(&file.0)? else {
            return self.fail(number, Trouble::NotFound);
        };
        self.db
            .execute("UPDATE file SET paused = 1 WHERE id = ?1", [&row.id])?;
        if let Some(transfer) = self.state.transfers.get_mut(&row.id) {
            transfer.retry_at = Timestamp(0);
        }
        self.file_changed(row.message)?;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    pub(crate) fn cancel_file(&mut self, number: u64, file: &FileId) -> Result<(), Error> {
        let Some(row) = self.file_row(&file.0)? else {
            return self.fail(number, Trouble::NotFound);
        };
        match row.state {
            State::Downloading => {
                self.forget_steps(&row.id);
                self.set_file(&row, State::Remote, 0)?;
                self.put(Output::CacheDrop { blob: row.blob });
            }
            State::Sealing | State::Uploading | State::Failed => {
                self.forget_message(row.message)?;
                self.abandon_upload(&row)?;
            }
            _ => {}
        }
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    pub(super) fn forget_steps(&mut self, file: &str) {
        self.state
            .asked
            .retain(|_, asked| !matches!(&asked.purpose, Purpose::File { id, .. } if id == file));
        self.state.transfers.remove(file);
    }

    /// Forgets the files of a message.
    pub(crate) fn drop_files(&mut self, message: i64) -> Result<(), Error> {
        let mut query = self
            .db
            .prepare_cached("DELETE FROM file WHERE message = ?1 RETURNING id, blob")?;
        let rows = query.query_map([message], |row| {
            Ok((row.get::<_, String>(0)?, valise_wire::BlobId(row.get(1)?)))
        })?;
        let dropped: Vec<_> = rows.collect::<Result<_, _>>()?;
        for (id, blob) in dropped {
            self.forget_steps(&id);
            self.put(Output::CacheDrop { blob });
        }
        Ok(())
    }

    /// Lets the files of a message begin again.
    pub(crate) fn retry_files(&mut self, message: i64) -> Result<(), Error> {
        // Sealed already: only the way is left. Otherwise from the beginning.
        self.db.execute(
            "UPDATE file SET state = CASE WHEN digest IS NULL THEN 1 ELSE 2 END, done = 0, paused = 0, remote = NULL
             WHERE message = ?1 AND state = 7",
            [message],
        )?;
        Ok(())
    }
}
