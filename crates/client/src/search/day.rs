//! Finding where a chat stood at a time.

use crate::Error;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_views::{ChatId, MessageId, Millis, Outcome, Trouble};

impl Cx<'_> {
    /// Finds the first message of a time or later, else the last of all.
    pub(crate) fn find_time(
        &mut self,
        number: u64,
        chat: &ChatId,
        at: Millis,
    ) -> Result<(), Error> {
        let since = i64::try_from(at).unwrap_or(i64::MAX);
        let first = "SELECT id FROM message WHERE chat = ?1 AND position IS NOT NULL AND at >= ?2
             ORDER BY position LIMIT 1";
        let last = "SELECT id FROM message WHERE chat = ?1 AND position IS NOT NULL AND at < ?2
             ORDER BY position DESC LIMIT 1";
        let mut found = None::<i64>;
        for query in [first, last] {
            if found.is_none() {
                let mut query = self.db.prepare_cached(query)?;
                found = query
                    .query_row((&chat.0, since), |row| row.get(0))
                    .optional()?;
            }
        }
        let outcome = match found {
            Some(id) => Outcome::Message(MessageId(id.to_string())),
            None => Outcome::Failed(Trouble::NotFound),
        };
        self.outcome(number, outcome);
        Ok(())
    }
}
