//! What becomes of messages that stand in a chat: they are said anew, taken back, and get signs.
//!
//! A change of one's own is shown at once, and undone if it cannot be sent. It counts in the order of the room's log, as
//! everything else does. Nobody changes another's message: the author is who MLS says.

mod card;
mod deletion;
mod forward;
mod pin;
mod poll;
mod reaction;
mod version;

use crate::Error;
use crate::chats::kind;
use crate::content::{Content, Meaning};
use crate::outbox::Refers;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_views::{ChatId, MessageId as ShownId, Trouble};
use valise_wire::{AccountId, MessageId, Timestamp};

/// A message that stands in a chat.
pub(crate) struct Standing {
    pub(crate) id: i64,
    pub(crate) chat: String,
    pub(crate) mimi: MessageId,
    pub(crate) sender: AccountId,
    pub(crate) mine: bool,
    pub(crate) kind: i64,
    pub(crate) body: String,
    pub(crate) deleted: bool,
}

impl Standing {
    fn can_change(&self) -> bool {
        self.mine && !self.deleted && matches!(self.kind, kind::TEXT | kind::FILES)
    }

    fn can_go(&self) -> bool {
        let is_said_once = matches!(self.kind, kind::POLL | kind::CARD);
        self.mine && (self.deleted || is_said_once || self.can_change())
    }
}

const COLUMNS: &str = "id, chat, mimi, sender, mine, kind, body, deleted > 0";

impl Cx<'_> {
    /// Finds a message by the name that the interface has for it; none if it has no place in the log yet, or is none.
    fn standing(&self, message: &ShownId) -> Result<Option<Standing>, Error> {
        let Ok(id) = message.0.parse::<i64>() else {
            return Ok(None);
        };
        let mut query = self.db.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM message WHERE id = ?1 AND mimi IS NOT NULL"
        ))?;
        Ok(query.query_row([id], read).optional()?)
    }

    /// Finds a message of a chat by the name that all members have for it.
    pub(crate) fn named(&self, chat: &str, mimi: MessageId) -> Result<Option<Standing>, Error> {
        let mut query = self.db.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM message WHERE mimi = ?1 AND chat = ?2"
        ))?;
        Ok(query.query_row((mimi.0, chat), read).optional()?)
    }

    /// Finds a message by the name that all members have for it, whatever chat it stands in.
    pub(crate) fn named_anywhere(&self, mimi: MessageId) -> Result<Option<Standing>, Error> {
        let mut query = self
            .db
            .prepare_cached(&format!("SELECT {COLUMNS} FROM message WHERE mimi = ?1"))?;
        Ok(query.query_row([mimi.0], read).optional()?)
    }

    /// Returns the name of a message that is to be answered.
    pub(crate) fn to_answer(
        &self,
        chat: &ChatId,
        message: Option<&ShownId>,
    ) -> Result<Result<Option<MessageId>, Trouble>, Error> {
        let Some(message) = message else {
            return Ok(Ok(None));
        };
        let found = self.standing(message)?;
        let found = found.filter(|found| found.chat == chat.0 && !found.deleted);
        Ok(found.map_or(Err(Trouble::NotFound), |found| Ok(Some(found.mimi))))
    }

    /// Finds a message that one wants to change, or says why one cannot.
    fn changeable(
        &self,
        message: &ShownId,
        can: impl Fn(&Standing) -> bool,
    ) -> Result<Result<Standing, Trouble>, Error> {
        let Some(found) = self.standing(message)? else {
            return Ok(Err(Trouble::NotFound));
        };
        if !can(&found) {
            return Ok(Err(Trouble::NotAllowed));
        }
        Ok(self.may_send(&ChatId(found.chat.clone()))?.map(|()| found))
    }

    /// Puts a change of a message into the outbox.
    fn post_change(
        &mut self,
        target: &Standing,
        meaning: &Meaning,
        refers: Refers,
    ) -> Result<i64, Error> {
        let content = self.compose(meaning, refers)?;
        let role = crate::outbox::Role::Change(target.id);
        self.state.dirty.chat(&target.chat);
        self.enqueue(&target.chat, None, role, &content, true)
    }

    /// Takes the place that a change of one's own has in the log.
    pub(crate) fn settle_change(
        &mut self,
        entry: i64,
        target: i64,
        content: &[u8],
        mimi: [u8; 32],
        at: Timestamp,
    ) -> Result<(), Error> {
        match self.said(content)? {
            Meaning::Reaction(sign) => self.settle_reaction(target, sign.as_deref(), mimi)?,
            Meaning::Nothing => self.erase(target)?,
            Meaning::Pin { on, .. } => self.set_pin(target, on, at)?,
            Meaning::Vote(options) => self.settle_vote(entry, target, &options, at)?,
            Meaning::PollEnd => self.end_poll(target)?,
            _ => self.settle_version(entry, target, at)?,
        }
        self.has_changed(target)
    }

    /// Shows again what was before a change that cannot be sent; does nothing for what changes nothing.
    pub(crate) fn undo_change(&mut self, entry: i64) -> Result<(), Error> {
        let mut query = self.db.prepare_cached(
            "SELECT target, content FROM outbox WHERE id = ?1 AND target IS NOT NULL",
        )?;
        let found: Option<(i64, Vec<u8>)> = query
            .query_row([entry], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((target, content)) = found else {
            return Ok(());
        };
        match self.said(&content)? {
            Meaning::Reaction(sign) => self.undo_reaction(target, sign.as_deref())?,
            Meaning::Nothing => self.undo_deletion(target)?,
            Meaning::Pin { on, .. } => self.set_pin(target, !on, self.now)?,
            Meaning::Vote(_) => self.undo_vote(entry, target)?,
            Meaning::PollEnd => self.undo_poll_end(target)?,
            _ => self.undo_version(entry, target)?,
        }
        self.has_changed(target)
    }

    /// Reads what a content of one's own says.
    pub(crate) fn said(&self, content: &[u8]) -> Result<Meaning, Error> {
        let content = Content::from_bytes(content).ok();
        content
            .and_then(|content| Meaning::of_part(&content.part))
            .ok_or(Error::Bug("a stored content cannot be read"))
    }

    /// Shows anew whatever shows a message.
    pub(crate) fn has_changed(&mut self, message: i64) -> Result<(), Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT chat FROM message WHERE id = ?1")?;
        let chat: Option<String> = query.query_row([message], |row| row.get(0)).optional()?;
        if let Some(chat) = chat {
            self.state.dirty.chat(&chat);
        }
        Ok(())
    }
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Standing> {
    Ok(Standing {
        id: row.get(0)?,
        chat: row.get(1)?,
        mimi: MessageId(row.get(2)?),
        sender: AccountId(row.get(3)?),
        mine: row.get(4)?,
        kind: row.get(5)?,
        body: row.get(6)?,
        deleted: row.get(7)?,
    })
}
