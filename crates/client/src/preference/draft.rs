//! Drafts: kept at once, told when the person pauses.

use super::key_of;
use crate::Error;
use crate::content::{ChatName, MAX_DRAFT_BYTES, Preference};
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_views::{ChatId, Outcome, Trouble};
use valise_wire::Timestamp;

/// Rest after which a draft is told.
const PAUSE_MILLIS: u64 = 3_000;

impl Cx<'_> {
    pub(crate) fn set_draft(
        &mut self,
        number: u64,
        chat: &ChatId,
        text: &str,
    ) -> Result<(), Error> {
        if !self.has_chat(chat)? {
            return self.fail(number, Trouble::NotFound);
        }
        self.change_draft(&chat.0, text)?;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    /// Keeps what was begun in a chat; other devices hear of it when it rests.
    pub(crate) fn change_draft(&mut self, chat: &str, text: &str) -> Result<(), Error> {
        let changed = self
            .db
            .prepare_cached("UPDATE chat SET draft = ?2 WHERE id = ?1 AND draft <> ?2")?
            .execute((chat, text))?;
        if changed == 0 {
            return Ok(());
        }
        self.state.dirty.chat(chat);
        self.state.dirty.status = true;
        if self.has_other_devices() {
            self.db
                .prepare_cached("UPDATE chat SET untold = ?2 WHERE id = ?1")?
                .execute((chat, self.now.0 as i64))?;
            self.state.drafts_at = Timestamp(0);
        } else if let Some(name) = ChatName::of_key(chat) {
            self.forget_told(&Preference::Draft(name, String::new()))?;
        }
        Ok(())
    }

    pub(super) fn has_untold_draft(&self, chat: &str) -> Result<bool, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT untold IS NOT NULL FROM chat WHERE id = ?1")?;
        let found: Option<bool> = query.query_row([chat], |row| row.get(0)).optional()?;
        Ok(found.unwrap_or(false))
    }

    /// Lets drafts be told now: nobody looks any more.
    pub(crate) fn hurry_drafts(&mut self) -> Result<(), Error> {
        self.db
            .prepare_cached("UPDATE chat SET untold = 0 WHERE untold IS NOT NULL")?
            .execute([])?;
        self.state.drafts_at = Timestamp(0);
        Ok(())
    }

    /// Tells the drafts that rest.
    pub(crate) fn advance_drafts(&mut self) -> Result<(), Error> {
        let at = self.state.drafts_at;
        if at == Timestamp(u64::MAX) || !self.is_due(at) {
            return Ok(());
        }
        let mut query = self.db.prepare_cached(
            "SELECT id, draft, untold FROM chat WHERE untold IS NOT NULL ORDER BY untold",
        )?;
        let rows = query.query_map([], |row| {
            let since = Timestamp(row.get::<_, i64>(2)? as u64);
            Ok((row.get(0)?, row.get(1)?, since))
        })?;
        let all: Vec<(String, String, Timestamp)> = rows.collect::<Result<_, _>>()?;
        drop(query);
        let mut next = Timestamp(u64::MAX);
        for (chat, draft, since) in all {
            let due = since.plus_millis(PAUSE_MILLIS);
            if due > self.now {
                next = next.min(due);
                continue;
            }
            self.db
                .prepare_cached("UPDATE chat SET untold = NULL WHERE id = ?1")?
                .execute([&chat])?;
            self.tell_draft(&chat, draft)?;
        }
        self.state.drafts_at = next;
        if next != Timestamp(u64::MAX) {
            self.wake_at(next);
        }
        Ok(())
    }

    /// Tells a draft, unless it is the one that was told last: most are begun and sent within one breath.
    fn tell_draft(&mut self, chat: &str, draft: String) -> Result<(), Error> {
        let Some(name) = ChatName::of_key(chat) else {
            return Ok(());
        };
        let preference = Preference::Draft(name, draft);
        let about = key_of(&preference);
        let waits: bool = self
            .db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM outbox WHERE about = ?1)")?
            .query_row([&about], |row| row.get(0))?;
        let last = self.last_told(&about)?.map(|(last, _)| last);
        let is_known = !waits && last.as_ref() == Some(&preference);
        if is_known || preference.body().value.0.len() > MAX_DRAFT_BYTES {
            return Ok(());
        }
        self.tell_devices(&preference)
    }
}
