//! Taking a message back: what it said is gone, that there was one stays.

use crate::Error;
use crate::changes::Standing;
use crate::content::Meaning;
use crate::outbox::Refers;
use crate::state::Cx;
use valise_views::{MessageId, Outcome};

impl Cx<'_> {
    pub(crate) fn delete(&mut self, number: u64, message: &MessageId) -> Result<(), Error> {
        let target = match self.changeable(message, Standing::can_go)? {
            Ok(target) if target.deleted => {
                self.outcome(number, Outcome::Done);
                return Ok(());
            }
            Ok(target) => target,
            Err(trouble) => return self.fail(number, trouble),
        };
        let refers = Refers {
            replaces: Some(target.mimi),
            ..Refers::default()
        };
        self.post_change(&target, &Meaning::Nothing, refers)?;
        // Only when it is certain that everybody is told, it is gone here.
        self.db
            .execute("UPDATE message SET deleted = 1 WHERE id = ?1", [target.id])?;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    /// Forgets what a message said, and everything that belongs to it.
    pub(crate) fn erase(&mut self, message: i64) -> Result<(), Error> {
        self.drop_files(message)?;
        self.forget_indexed(message)?;
        for statement in [
            "DELETE FROM version WHERE message = ?1",
            "DELETE FROM reaction WHERE message = ?1",
            "DELETE FROM pin WHERE message = ?1",
            "DELETE FROM vote WHERE message = ?1",
            "DELETE FROM unread WHERE (chat, position) = (SELECT chat, position FROM message WHERE id = ?1)",
            "UPDATE chat SET unread = (SELECT count(*) FROM unread WHERE unread.chat = chat.id)
             WHERE id = (SELECT chat FROM message WHERE id = ?1)",
            "UPDATE message SET deleted = max(deleted, 2), edited = 0, body = '', reply = NULL, origin = NULL, origin_at = NULL, poll = NULL, closed = 0, card = NULL WHERE id = ?1",
        ] {
            self.db.prepare_cached(statement)?.execute([message])?;
        }
        self.state.dirty.status = true;
        Ok(())
    }

    pub(super) fn undo_deletion(&mut self, message: i64) -> Result<(), Error> {
        self.db.execute(
            "UPDATE message SET deleted = 0 WHERE id = ?1 AND deleted = 1",
            [message],
        )?;
        Ok(())
    }
}
