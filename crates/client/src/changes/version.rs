//! Saying something else: every version stays to be seen.

use crate::Error;
use crate::changes::Standing;
use crate::chats::{MAX_TEXT_BYTES, kind};
use crate::content::Meaning;
use crate::outbox::Refers;
use crate::state::Cx;
use valise_views::{ChatId, MessageId, Outcome, Trouble, Version};
use valise_wire::Timestamp;

impl Cx<'_> {
    pub(crate) fn edit(
        &mut self,
        number: u64,
        message: &MessageId,
        text: &str,
    ) -> Result<(), Error> {
        let target = match self.changeable(message, Standing::can_change)? {
            Ok(target) => target,
            Err(trouble) => return self.fail(number, trouble),
        };
        let is_empty = text.trim().is_empty() && target.kind == kind::TEXT;
        if is_empty || text.len() > MAX_TEXT_BYTES {
            return self.fail(number, Trouble::BadText);
        }
        if text == target.body {
            self.outcome(number, Outcome::Done);
            return Ok(());
        }
        let text = text.to_owned();
        let meaning = if target.kind == kind::TEXT {
            Meaning::Text(text.clone())
        } else {
            match self.attachments(target.id, None)? {
                Some(files) => Meaning::Files {
                    files,
                    text: text.clone(),
                },
                None => return self.fail(number, Trouble::NotAllowed),
            }
        };
        let refers = Refers {
            replaces: Some(target.mimi),
            ..Refers::default()
        };
        let entry = self.post_change(&target, &meaning, refers)?;
        self.add_version(target.id, Some(entry), self.now, &text)?;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    /// Adds what a message says from now on; `entry` says it, while that is on the way.
    pub(crate) fn add_version(
        &mut self,
        message: i64,
        entry: Option<i64>,
        at: Timestamp,
        text: &str,
    ) -> Result<(), Error> {
        self.db.execute(
            "INSERT INTO version (message, at, body) SELECT id, at, body FROM message WHERE id = ?1 AND edited = 0",
            [message],
        )?;
        self.db.execute(
            "INSERT INTO version (message, entry, at, body) VALUES (?1, ?2, ?3, ?4)",
            (message, entry, at.0 as i64, text),
        )?;
        self.show_version(message)
    }

    /// Lets a message say its last version: what is on the way comes after everything in the log.
    fn show_version(&mut self, message: i64) -> Result<(), Error> {
        self.db.execute(
            "UPDATE message SET edited = (SELECT count(*) > 1 FROM version WHERE message = ?1),
                body = (SELECT body FROM version WHERE message = ?1 ORDER BY entry IS NOT NULL DESC, id DESC LIMIT 1)
             WHERE id = ?1 AND EXISTS (SELECT 1 FROM version WHERE message = ?1)",
            [message],
        )?;
        self.db.execute(
            "DELETE FROM version WHERE message = ?1 AND EXISTS (SELECT 1 FROM message WHERE id = ?1 AND edited = 0)",
            [message],
        )?;
        self.index(message)
    }

    pub(super) fn settle_version(
        &mut self,
        entry: i64,
        message: i64,
        at: Timestamp,
    ) -> Result<(), Error> {
        // Behind what others of one's devices said meanwhile.
        self.db.execute(
            "UPDATE version SET entry = NULL, at = ?2, id = (SELECT max(id) + 1 FROM version) WHERE entry = ?1",
            (entry, at.0 as i64),
        )?;
        self.show_version(message)
    }

    pub(super) fn undo_version(&mut self, entry: i64, message: i64) -> Result<(), Error> {
        self.db
            .execute("DELETE FROM version WHERE entry = ?1", [entry])?;
        self.show_version(message)
    }

    /// Returns what a message said, the first version first.
    pub(crate) fn versions(
        &self,
        chat: &ChatId,
        message: &MessageId,
    ) -> Result<Vec<Version>, Error> {
        let Some(found) = self.standing(message)?.filter(|found| found.chat == chat.0) else {
            return Ok(Vec::new());
        };
        let mut query = self.db.prepare_cached(
            "SELECT at, body FROM version WHERE message = ?1 ORDER BY entry IS NOT NULL, id",
        )?;
        let rows = query.query_map([found.id], |row| {
            Ok((row.get::<_, i64>(0)? as u64, row.get::<_, String>(1)?))
        })?;
        let mut versions = Vec::new();
        for row in rows {
            let (at, text) = row?;
            versions.push(Version {
                at,
                mentions: self.mentions(&chat.0, &text)?,
                text,
            });
        }
        if versions.is_empty() && crate::bring::brought_from(&chat.0).is_some() {
            // An export says that it was changed, and not what it said before.
            let at: i64 = self
                .db
                .prepare_cached("SELECT at FROM message WHERE id = ?1")?
                .query_row([found.id], |row| row.get(0))?;
            versions.push(Version {
                at: at as u64,
                text: found.body,
                mentions: Vec::new(),
            });
        }
        Ok(versions)
    }
}
