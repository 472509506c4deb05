//! Forgetting a chat that was brought: it is gone from the list at once, and its messages and files bit by bit.

use super::Fault;
use crate::Error;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_views::{ChatId, Outcome, Trouble};
use valise_wire::Timestamp;

/// Messages that are forgotten at once.
const BATCH: u32 = 500;
/// Time between two such batches.
const PAUSE_MILLIS: u64 = 20;

impl Cx<'_> {
    pub(crate) fn forget_chat(&mut self, number: u64, chat: &ChatId) -> Result<(), Error> {
        let found = match self.is_brought(&chat.0) {
            Ok(found) => found,
            Err(Fault::Store(error)) => return Err(error),
            Err(Fault::Export(_)) => false,
        };
        if !found {
            return self.fail(number, Trouble::NotFound);
        }
        let filling =
            self.state.bringing.as_ref().is_some_and(|bringing| {
                bringing.is_at_work() && bringing.shown.chats.contains(chat)
            });
        if filling {
            return self.fail(number, Trouble::ExportUnderWay);
        }
        for table in ["chat WHERE id", "labelled WHERE chat"] {
            self.db
                .execute(&format!("DELETE FROM {table} = ?1"), [&chat.0])?;
        }
        self.db.execute(
            "INSERT OR IGNORE INTO forgotten (chat) VALUES (?1)",
            [&chat.0],
        )?;
        self.state.forget_at = Some(Timestamp(0));
        self.state.dirty.chat(&chat.0);
        self.state.dirty.found = true;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    /// Forgets some more of what belongs to chats that are gone.
    pub(crate) fn advance_forgetting(&mut self) -> Result<(), Error> {
        let Some(at) = self.state.forget_at else {
            return Ok(());
        };
        if !self.is_due(at) {
            return Ok(());
        }
        let mut query = self
            .db
            .prepare_cached("SELECT chat FROM forgotten LIMIT 1")?;
        let chat: Option<String> = query.query_row([], |row| row.get(0)).optional()?;
        drop(query);
        let Some(chat) = chat else {
            self.state.forget_at = None;
            return Ok(());
        };
        self.forget_some(&chat)?;
        let at = self.now.plus_millis(PAUSE_MILLIS);
        self.state.forget_at = Some(at);
        self.wake_at(at);
        Ok(())
    }

    /// Forgets all that is left of a chat before it is brought again.
    pub(super) fn finish_forgetting(&mut self, chat: &str) -> Result<(), Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM forgotten WHERE chat = ?1)")?;
        let is_left: bool = query.query_row([chat], |row| row.get(0))?;
        drop(query);
        while is_left && self.forget_some(chat)? {}
        Ok(())
    }

    /// Forgets a batch; returns whether there may be more.
    fn forget_some(&mut self, chat: &str) -> Result<bool, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT id FROM message WHERE chat = ?1 LIMIT ?2")?;
        let rows = query.query_map((chat, BATCH), |row| row.get(0))?;
        let messages: Vec<i64> = rows.collect::<Result<_, _>>()?;
        drop(query);
        for message in &messages {
            self.drop_files(*message)?;
            self.forget_indexed(*message)?;
            self.db
                .prepare_cached("DELETE FROM message WHERE id = ?1")?
                .execute([message])?;
        }
        if messages.is_empty() {
            self.db
                .execute("DELETE FROM writer WHERE chat = ?1", [chat])?;
            self.db
                .execute("DELETE FROM forgotten WHERE chat = ?1", [chat])?;
        }
        Ok(!messages.is_empty())
    }
}
