//! Messages that were not sent: again, or not at all.

use crate::Error;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_views::MessageId;
use valise_wire::RoomId;

impl Cx<'_> {
    pub(crate) fn retry(&mut self, number: u64, message: &MessageId) -> Result<(), Error> {
        let Some(id) = self.own_waiting(message)? else {
            return self.fail(number, valise_views::Trouble::NotFound);
        };
        self.db
            .execute("UPDATE message SET failed = 0 WHERE id = ?1", [id])?;
        self.retry_files(id)?;
        let waits: bool = self.db.query_row(
            "SELECT EXISTS (SELECT 1 FROM file WHERE message = ?1 AND state IN (1, 2, 7))",
            [id],
            |row| row.get(0),
        )?;
        // What was never signed has nothing to be sent yet.
        if self.is_unsigned(id)? {
            self.finish_letter(id)?;
        } else if !self.holds_again(id)? {
            self.db.execute(
                "UPDATE outbox SET ready = ?2 WHERE message = ?1",
                (id, !waits),
            )?;
        }
        let chat: String =
            self.db
                .query_row("SELECT chat FROM message WHERE id = ?1", [id], |row| {
                    row.get(0)
                })?;
        self.wake_outbox(&chat);
        self.state.dirty.chat(&chat);
        self.outcome(number, valise_views::Outcome::Done);
        Ok(())
    }

    pub(crate) fn discard(&mut self, number: u64, message: &MessageId) -> Result<(), Error> {
        let Some(id) = self.own_waiting(message)? else {
            return self.fail(number, valise_views::Trouble::NotFound);
        };
        // What is on its way already may arrive: it cannot be taken back.
        let sealed: bool = self.db.query_row(
            "SELECT EXISTS (SELECT 1 FROM outbox WHERE message = ?1 AND ciphertext IS NOT NULL)",
            [id],
            |row| row.get(0),
        )?;
        if sealed {
            return self.fail(number, valise_views::Trouble::NotAllowed);
        }
        self.forget_message(id)?;
        self.outcome(number, valise_views::Outcome::Done);
        Ok(())
    }

    /// Forgets a message of one's own that was not sent.
    pub(crate) fn forget_message(&mut self, id: i64) -> Result<(), Error> {
        let chat: String =
            self.db
                .query_row("SELECT chat FROM message WHERE id = ?1", [id], |row| {
                    row.get(0)
                })?;
        self.asks_release_no_more(id)?;
        self.drop_files(id)?;
        self.forget_indexed(id)?;
        for statement in [
            "DELETE FROM outbox WHERE message = ?1",
            "DELETE FROM signed WHERE message = ?1",
            "DELETE FROM attestation WHERE message = ?1",
            "DELETE FROM release WHERE message = ?1",
            "DELETE FROM seal WHERE message = ?1",
            "DELETE FROM deed WHERE letter = ?1",
            "DELETE FROM request WHERE message = ?1",
            "DELETE FROM message WHERE id = ?1",
        ] {
            self.db.prepare_cached(statement)?.execute([id])?;
        }
        self.state.dirty.requests = true;
        self.state.dirty.chat(&chat);
        self.state.dirty.status = true;
        Ok(())
    }

    /// Gives everything back to the person that waits in a chat and cannot be sent.
    pub(crate) fn fail_waiting(&mut self, chat: &str) -> Result<(), Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT id, room FROM outbox WHERE chat = ?1 AND target IS NOT NULL")?;
        let rows = query.query_map([chat], |row| {
            Ok((row.get(0)?, row.get::<_, Option<[u8; 16]>>(1)?))
        })?;
        let changes: Vec<_> = rows.collect::<Result<_, _>>()?;
        for (entry, room) in changes {
            match room {
                // It has a number, which the next one takes.
                Some(room) => self.give_back(RoomId(room), entry)?,
                None => self.forget_entry(entry)?,
            }
        }
        self.db.execute(
            "UPDATE message SET failed = 1 WHERE chat = ?1 AND position IS NULL",
            [chat],
        )?;
        self.db.execute(
            "UPDATE outbox SET ready = 0 WHERE chat = ?1 AND message IS NOT NULL",
            [chat],
        )?;
        self.state.dirty.chat(chat);
        self.state.dirty.status = true;
        Ok(())
    }

    fn own_waiting(&self, message: &MessageId) -> Result<Option<i64>, Error> {
        let Ok(id) = message.0.parse::<i64>() else {
            return Ok(None);
        };
        let mut query = self.db.prepare_cached(
            "SELECT id FROM message WHERE id = ?1 AND mine = 1 AND position IS NULL",
        )?;
        Ok(query.query_row([id], |row| row.get(0)).optional()?)
    }
}
