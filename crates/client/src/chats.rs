//! Chats and the messages in them: positions without gaps, exact counts.

mod blocked;
mod settings;

pub(crate) use settings::MAX_PICTURE_BYTES;

use crate::Error;
use crate::content::{Expiry, Meaning};
use crate::outbox::{Refers, Role};
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_views::{ChatId, MessageId, Outcome, Trouble};
use valise_wire::policy::RoomKind;
use valise_wire::{AccountId, RoomId, Timestamp};

/// Kinds of messages, as they are stored.
pub(crate) mod kind {
    pub(crate) const TEXT: i64 = 0;
    pub(crate) const FILES: i64 = 1;
    pub(crate) const NOTICE: i64 = 2;
    pub(crate) const UNSUPPORTED: i64 = 3;
    pub(crate) const POLL: i64 = 4;
    pub(crate) const CARD: i64 = 5;
    pub(crate) const LETTER: i64 = 6;
    pub(crate) const ACT: i64 = 7;
}

/// Most bytes of a text.
pub(crate) const MAX_TEXT_BYTES: usize = 32 << 10;

/// A message that comes into a chat.
pub(crate) struct Incoming<'a> {
    pub(crate) chat: &'a str,
    pub(crate) room: Option<RoomId>,
    pub(crate) mimi: Option<[u8; 32]>,
    pub(crate) sender: AccountId,
    pub(crate) mine: bool,
    pub(crate) at: Timestamp,
    pub(crate) kind: i64,
    pub(crate) body: &'a str,
    pub(crate) notice: Option<Vec<u8>>,
    pub(crate) reply: Option<[u8; 32]>,
    pub(crate) origin: Option<(AccountId, Timestamp)>,
    pub(crate) gap: bool,
    /// People to whom it went, if it is one's own.
    pub(crate) people: u32,
}

/// A message of one's own that is going to wait to be sent.
#[derive(Default)]
pub(crate) struct Waiting<'a> {
    pub(crate) kind: i64,
    pub(crate) body: &'a str,
    pub(crate) refers: Refers,
}

impl Cx<'_> {
    pub(crate) fn add_chat(
        &mut self,
        key: &str,
        kind: RoomKind,
        peer: Option<AccountId>,
        title: &str,
    ) -> Result<(), Error> {
        let is_new = !self.has_chat(&ChatId(key.to_owned()))?;
        self.db
            .prepare_cached(
                "INSERT INTO chat (id, kind, peer, title, touched_at, shown) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (id) DO UPDATE SET shown = max(shown, ?6)",
            )?
            .execute((
                key,
                kind as i64,
                peer.map(|peer| peer.0),
                title,
                self.now.0 as i64,
                !self.is_own(key),
            ))?;
        self.state.dirty.chat(key);
        self.state.dirty.people = true;
        if is_new {
            self.catch_up_with_told(key)?;
        }
        Ok(())
    }

    /// Puts a message at the end of what is settled, and returns its id and position.
    pub(crate) fn add_message(&mut self, message: &Incoming<'_>) -> Result<(i64, i64), Error> {
        let position = self.next_position(message.chat, message.room, message.at)?;
        self.db
            .prepare_cached(
                "INSERT INTO message (chat, position, room, mimi, sender, mine, at, kind, body, notice, reply, gap, origin, origin_at, people)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            )?
            .execute(rusqlite::params![
                message.chat,
                position,
                message.room.map(|room| room.0),
                message.mimi,
                message.sender.0,
                message.mine,
                message.at.0 as i64,
                message.kind,
                message.body,
                message.notice,
                message.reply,
                message.gap,
                message.origin.map(|(sender, _)| sender.0),
                message.origin.map(|(_, at)| at.0 as i64),
                message.people,
            ])?;
        self.state.dirty.chat(message.chat);
        Ok((self.db.last_insert_rowid(), position))
    }

    fn next_position(
        &mut self,
        chat: &str,
        room: Option<RoomId>,
        at: Timestamp,
    ) -> Result<i64, Error> {
        let mut query = self.db.prepare_cached(
            "UPDATE chat SET settled = settled + 1, touched_at = max(touched_at, ?2), shown = 1 WHERE id = ?1
             RETURNING settled - 1",
        )?;
        let last = query.query_row((chat, at.0 as i64), |row| row.get(0))?;
        drop(query);
        match room {
            Some(room) => self.among_rooms(chat, room, at, last),
            None => Ok(last),
        }
    }

    /// Puts a message of one's own at the end of those that wait.
    pub(crate) fn add_waiting(&mut self, chat: &str, message: &Waiting<'_>) -> Result<i64, Error> {
        let me = self.account()?.account;
        self.db
            .prepare_cached(
                "INSERT INTO message (chat, sender, mine, at, kind, body, reply, origin, origin_at, lasts)
                 VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute((
                chat,
                me.0,
                self.now.0 as i64,
                message.kind,
                message.body,
                message.refers.in_reply_to.map(|id| id.0),
                message.refers.origin.map(|(sender, _)| sender.0),
                message.refers.origin.map(|(_, at)| at.0 as i64),
                message.refers.lasts,
            ))?;
        let id = self.db.last_insert_rowid();
        self.db.execute(
            "UPDATE chat SET touched_at = max(touched_at, ?2), shown = 1 WHERE id = ?1",
            (chat, self.now.0 as i64),
        )?;
        self.state.dirty.chat(chat);
        Ok(id)
    }

    /// Gives a message of one's own its place: it stands in the log.
    pub(crate) fn settle(
        &mut self,
        id: i64,
        room: RoomId,
        mimi: [u8; 32],
        people: u32,
        at: Timestamp,
    ) -> Result<(), Error> {
        let (chat, lasts): (String, u32) = self.db.query_row(
            "SELECT chat, lasts FROM message WHERE id = ?1",
            [id],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let position = self.next_position(&chat, Some(room), at)?;
        self.db
            .prepare_cached(
                "UPDATE message SET position = ?2, room = ?3, mimi = ?4, people = ?5, at = ?6, failed = 0 WHERE id = ?1",
            )?
            .execute((id, position, room.0, mimi, people, at.0 as i64))?;
        if lasts > 0 {
            let (relative, time) = (true, lasts);
            self.note_expiry(id, at, Expiry { relative, time })?;
        }
        self.state.dirty.chat(&chat);
        if let Some(room) = self.request_room_of(id)? {
            self.request_changed(room)?;
        }
        self.apply_early(id, mimi)
    }

    pub(crate) fn message_failed(&mut self, id: i64) -> Result<(), Error> {
        let mut query = self
            .db
            .prepare_cached("UPDATE message SET failed = 1 WHERE id = ?1 RETURNING chat")?;
        let chat: Option<String> = query.query_row([id], |row| row.get(0)).optional()?;
        if let Some(chat) = chat {
            self.state.dirty.chat(&chat);
        }
        self.state.dirty.status = true;
        Ok(())
    }

    pub(crate) fn add_notice(
        &mut self,
        chat: &str,
        room: Option<RoomId>,
        by: AccountId,
        notice: &crate::rooms::Stored,
    ) -> Result<(), Error> {
        let mine = self.account()?.account == by;
        self.add_message(&Incoming {
            chat,
            room,
            mimi: None,
            sender: by,
            mine,
            at: self.now,
            kind: kind::NOTICE,
            body: "",
            notice: Some(notice.to_bytes()),
            reply: None,
            origin: None,
            gap: false,
            people: 0,
        })?;
        Ok(())
    }

    pub(crate) fn peer_of(&self, chat: &str) -> Result<Option<AccountId>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT peer FROM chat WHERE id = ?1")?;
        let peer: Option<Option<[u8; 16]>> =
            query.query_row([chat], |row| row.get(0)).optional()?;
        Ok(peer.flatten().map(AccountId))
    }

    pub(crate) fn has_chat(&self, chat: &ChatId) -> Result<bool, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM chat WHERE id = ?1)")?;
        Ok(query.query_row([&chat.0], |row| row.get(0))?)
    }

    pub(crate) fn send_text(
        &mut self,
        number: u64,
        chat: &ChatId,
        text: &str,
        reply_to: Option<&MessageId>,
    ) -> Result<(), Error> {
        if text.trim().is_empty() || text.len() > MAX_TEXT_BYTES {
            return self.fail(number, Trouble::BadText);
        }
        if let Err(trouble) = self.may_send(chat)? {
            return self.fail(number, trouble);
        }
        let Ok(in_reply_to) = self.to_answer(chat, reply_to)? else {
            return self.fail(number, Trouble::NotFound);
        };
        let refers = Refers {
            in_reply_to,
            lasts: self.lasts(&chat.0)?,
            ..Refers::default()
        };
        let message = self.add_text(&chat.0, text, refers)?;
        self.change_draft(&chat.0, "")?;
        self.outcome(number, Outcome::Sent(MessageId(message.to_string())));
        Ok(())
    }

    /// Puts a text of one's own into a chat and into the outbox.
    pub(crate) fn add_text(
        &mut self,
        chat: &str,
        body: &str,
        refers: Refers,
    ) -> Result<i64, Error> {
        let content = self.compose(&Meaning::Text(body.to_owned()), refers.clone())?;
        let kind = kind::TEXT;
        let message = self.add_waiting(chat, &Waiting { kind, body, refers })?;
        self.enqueue(chat, None, Role::Message(message), &content, true)?;
        self.index(message)?;
        Ok(message)
    }
}
