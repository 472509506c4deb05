//! Who has what: receipts owed and received, read marks.

use crate::Error;
use crate::content::{Meaning, Status, StatusCode};
use crate::guard::Guard;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_views::{ChatId, Outcome, Trouble};
use valise_wire::policy::RoomKind;
use valise_wire::{AccountId, MessageId, RoomId};

/// Time for which receipts are collected.
const BATCH_MILLIS: u64 = 1_000;
/// Receipts of one message.
const BATCH: usize = 400;
/// Accounts in a room above which nobody says that a message arrived.
const MAX_DELIVERED_PEOPLE: u32 = 32;
/// A message, and whether it counts who has it: one's own, and what a colleague asks for an office that one holds, too.
const COUNTED: &str = "SELECT id, mine OR EXISTS (SELECT 1 FROM request WHERE request.message = message.id AND request.incoming = 0), room
    FROM message WHERE mimi = ?1";

impl Cx<'_> {
    /// Notes that somebody is to be told that a message arrived or was read.
    pub(crate) fn owe_receipt(
        &mut self,
        room: RoomId,
        mimi: MessageId,
        code: StatusCode,
    ) -> Result<(), Error> {
        let at = self.now.plus_millis(BATCH_MILLIS);
        let Some(state) = self.state.rooms.get_mut(&room) else {
            return Ok(());
        };
        let quiet = code == StatusCode::Delivered && state.people > MAX_DELIVERED_PEOPLE;
        if quiet || !state.is_usable() || !self.may_post_in(room)? {
            return Ok(());
        }
        let Some(state) = self.state.rooms.get_mut(&room) else {
            return Ok(());
        };
        state.receipts_at.get_or_insert(at);
        self.db
            .prepare_cached(
                "INSERT INTO receipt (room, mimi, status) VALUES (?1, ?2, ?3)
                 ON CONFLICT (room, mimi) DO UPDATE SET status = max(status, ?3)",
            )?
            .execute((room.0, mimi.0, code as i64))?;
        Ok(())
    }

    /// Tells whether the hub takes anything of this device in a room: in an announcement room, of owners alone.
    pub(crate) fn may_post_in(&self, room: RoomId) -> Result<bool, Error> {
        let kind = self.state.rooms.get(&room).map(|room| room.kind);
        Ok(kind != Some(RoomKind::Announcement) || self.is_owner(room, self.account()?.account)?)
    }

    pub(crate) fn advance_receipts(&mut self, id: RoomId) -> Result<(), Error> {
        let Some(at) = self.room(id)?.receipts_at else {
            return Ok(());
        };
        if !self.is_due(at) {
            return Ok(());
        }
        let mut query = self.db.prepare_cached(
            "SELECT mimi, status FROM receipt WHERE room = ?1 ORDER BY mimi LIMIT ?2",
        )?;
        let rows = query.query_map((id.0, BATCH as i64), |row| {
            Ok(Status {
                message: MessageId(row.get(0)?),
                code: code_of(row.get(1)?),
            })
        })?;
        let statuses: Vec<Status> = rows.collect::<Result<_, _>>()?;
        if statuses.is_empty() {
            self.room(id)?.receipts_at = None;
            return Ok(());
        }
        let mut delete = self
            .db
            .prepare_cached("DELETE FROM receipt WHERE room = ?1 AND mimi = ?2")?;
        for status in &statuses {
            delete.execute((id.0, status.message.0))?;
        }
        let at = self.now.plus_millis(BATCH_MILLIS);
        let more = statuses.len() == BATCH;
        let room = self.room(id)?;
        room.receipts_at = more.then_some(at);
        let chat = room.chat.clone();
        self.post(&chat, Some(id), &Meaning::Status(statuses))?;
        self.advance_outbox(id)
    }

    /// Takes what another member says of messages: only of one's own and of requests of one's own side, only in their room, only for himself.
    pub(crate) fn took_statuses(
        &mut self,
        room: RoomId,
        by: AccountId,
        statuses: &[Status],
    ) -> Result<(), Error> {
        if self.account()?.account == by {
            return self.read_elsewhere(room, statuses);
        }
        for status in statuses {
            let mut query = self.db.prepare_cached(COUNTED)?;
            let found = query.query_row([status.message.0], |row| {
                Ok((
                    row.get::<_, i64>(0)?,
                    row.get::<_, bool>(1)?,
                    row.get::<_, Option<[u8; 16]>>(2)?,
                ))
            });
            match found.optional()? {
                Some((message, true, Some(of))) if of == room.0 || !self.keeps(Guard::Receipts) => {
                    self.note_seen(message, by, status.code)?
                }
                Some(_) => {}
                // Faster than the echo of what it is about.
                None => {
                    let mut own = self.db.prepare_cached(
                        "INSERT INTO early (mimi, account, status) SELECT mimi, ?2, ?3 FROM outbox WHERE mimi = ?1
                         ON CONFLICT (mimi, account) DO UPDATE SET status = max(status, ?3)",
                    )?;
                    own.execute((status.message.0, by.0, status.code as i64))?;
                }
            }
        }
        Ok(())
    }

    /// Takes what another device of this account has read: here it is read, too, and nobody is told twice.
    fn read_elsewhere(&mut self, room: RoomId, statuses: &[Status]) -> Result<(), Error> {
        let db = self.db;
        let mut unread = db.prepare_cached(
            "DELETE FROM unread WHERE mimi = ?1 AND room = ?2 RETURNING position",
        )?;
        let mut receipt = db.prepare_cached("DELETE FROM receipt WHERE room = ?1 AND mimi = ?2")?;
        let mut last: Option<i64> = None;
        let mut heard = false;
        for status in statuses
            .iter()
            .filter(|status| status.code >= StatusCode::Read)
        {
            let mimi = status.message.0;
            if status.code == StatusCode::Heard {
                self.heard_elsewhere(room, status.message)?;
                heard = true;
            }
            let position = unread.query_row((mimi, room.0), |row| row.get(0));
            last = last.max(position.optional()?);
            receipt.execute((room.0, mimi))?;
        }
        let chat = self.room(room)?.chat.clone();
        if heard {
            self.state.dirty.chat(&chat);
        }
        match last {
            Some(position) => self.count_unread(&chat, position),
            None => Ok(()),
        }
    }

    /// Counts what is unread in a chat in which somebody has read up to a position.
    fn count_unread(&mut self, chat: &str, position: i64) -> Result<(), Error> {
        self.db.execute(
            "UPDATE chat SET unread = (SELECT count(*) FROM unread WHERE unread.chat = chat.id),
                read_position = max(read_position, min(?2 + 1, settled)) WHERE id = ?1",
            (chat, position.min(i64::MAX - 1)),
        )?;
        self.state.dirty.chat(chat);
        self.state.dirty.status = true;
        Ok(())
    }

    fn note_seen(&mut self, message: i64, by: AccountId, code: StatusCode) -> Result<(), Error> {
        self.db
            .prepare_cached(
                "INSERT INTO seen (message, account, status) VALUES (?1, ?2, ?3)
                 ON CONFLICT (message, account) DO UPDATE SET status = max(status, ?3)",
            )?
            .execute((message, by.0, code as i64))?;
        let mut query = self.db.prepare_cached(
            "UPDATE message SET delivered = (SELECT count(*) FROM seen WHERE seen.message = message.id),
                read = (SELECT count(*) FROM seen WHERE seen.message = message.id AND status >= 2)
             WHERE id = ?1 RETURNING chat",
        )?;
        let chat: String = query.query_row([message], |row| row.get(0))?;
        if code == StatusCode::Heard {
            self.was_heard(message)?;
        }
        self.state.dirty.chat(&chat);
        Ok(())
    }

    /// Applies what was heard of a message before its echo.
    pub(crate) fn apply_early(&mut self, message: i64, mimi: [u8; 32]) -> Result<(), Error> {
        let mut query = self
            .db
            .prepare_cached("DELETE FROM early WHERE mimi = ?1 RETURNING account, status")?;
        let rows = query.query_map([mimi], |row| {
            Ok((AccountId(row.get(0)?), row.get::<_, i64>(1)?))
        })?;
        let early: Vec<_> = rows.collect::<Result<_, _>>()?;
        for (account, status) in early {
            self.note_seen(message, account, code_of(status))?;
        }
        Ok(())
    }

    pub(crate) fn mark_read(
        &mut self,
        number: u64,
        chat: &ChatId,
        message: &valise_views::MessageId,
    ) -> Result<(), Error> {
        let position: Option<Option<i64>> = match message.0.parse::<i64>() {
            Ok(id) => self
                .db
                .prepare_cached("SELECT position FROM message WHERE id = ?1 AND chat = ?2")?
                .query_row((id, &chat.0), |row| row.get(0))
                .optional()?,
            Err(_) => None,
        };
        let Some(position) = position else {
            return self.fail(number, Trouble::NotFound);
        };
        self.has_seen(chat, position.unwrap_or(i64::MAX))?;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    pub(crate) fn mark_all_read(&mut self, number: u64, chat: &ChatId) -> Result<(), Error> {
        if !self.has_chat(chat)? {
            return self.fail(number, Trouble::NotFound);
        }
        self.has_seen(chat, i64::MAX)?;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    fn has_seen(&mut self, chat: &ChatId, position: i64) -> Result<(), Error> {
        let mut query = self.db.prepare_cached(
            "DELETE FROM unread WHERE chat = ?1 AND position <= ?2 RETURNING room, mimi",
        )?;
        let rows = query.query_map((&chat.0, position), |row| {
            Ok((RoomId(row.get(0)?), MessageId(row.get(1)?)))
        })?;
        let read: Vec<_> = rows.collect::<Result<_, _>>()?;
        drop(query);
        if !read.is_empty() {
            self.count_unread(&chat.0, position)?;
        }
        for (room, mimi) in read {
            self.owe_receipt(room, mimi, StatusCode::Read)?;
        }
        Ok(())
    }
}

/// Reads how far a message got out of the store.
fn code_of(stored: i64) -> StatusCode {
    let code = u64::try_from(stored).ok().and_then(StatusCode::from_number);
    code.unwrap_or(StatusCode::Delivered)
}
