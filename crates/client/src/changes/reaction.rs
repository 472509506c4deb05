//! Signs under messages: one of each person.

use crate::Error;
use crate::changes::Standing;
use crate::content::{Meaning, is_sign};
use crate::outbox::Refers;
use crate::state::Cx;
use crate::store::as_list;
use rusqlite::OptionalExtension as _;
use std::collections::HashMap;
use valise_views::{MessageId as ShownId, Outcome, Reaction, Trouble};
use valise_wire::{AccountId, MessageId, Timestamp};

impl Cx<'_> {
    pub(crate) fn react(
        &mut self,
        number: u64,
        message: &ShownId,
        emoji: Option<String>,
    ) -> Result<(), Error> {
        if emoji.as_deref().is_some_and(|emoji| !is_sign(emoji)) {
            return self.fail(number, Trouble::BadText);
        }
        let target = match self.changeable(message, |found: &Standing| !found.deleted)? {
            Ok(target) => target,
            Err(trouble) => return self.fail(number, trouble),
        };
        let me = self.account()?.account;
        let former: Option<(String, Option<[u8; 32]>)> = self
            .db
            .prepare_cached("SELECT emoji, mimi FROM reaction WHERE message = ?1 AND account = ?2")?
            .query_row((target.id, me.0), |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        if former.as_ref().map(|(sign, _)| sign) != emoji.as_ref() {
            let refers = Refers {
                replaces: former.and_then(|(_, mimi)| mimi).map(MessageId),
                in_reply_to: Some(target.mimi),
                ..Refers::default()
            };
            self.post_change(&target, &Meaning::Reaction(emoji.clone()), refers)?;
            self.set_reaction(target.id, me, emoji.as_deref(), None, self.now)?;
        }
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    /// Puts somebody's sign under a message, or takes it away.
    pub(crate) fn set_reaction(
        &mut self,
        message: i64,
        account: AccountId,
        emoji: Option<&str>,
        mimi: Option<MessageId>,
        at: Timestamp,
    ) -> Result<(), Error> {
        let Some(emoji) = emoji else {
            self.db.execute(
                "DELETE FROM reaction WHERE message = ?1 AND account = ?2",
                (message, account.0),
            )?;
            return Ok(());
        };
        self.db
            .prepare_cached(
                "INSERT OR REPLACE INTO reaction (message, account, emoji, mimi, at) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((message, account.0, emoji, mimi.map(|id| id.0), at.0 as i64))?;
        Ok(())
    }

    /// Finds the message under which somebody's sign of that name stands.
    pub(crate) fn reacted_to(&self, by: AccountId, sign: MessageId) -> Result<Option<i64>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT message FROM reaction WHERE account = ?1 AND mimi = ?2")?;
        let found = query.query_row((by.0, sign.0), |row| row.get(0));
        Ok(found.optional()?)
    }

    pub(super) fn settle_reaction(
        &mut self,
        message: i64,
        emoji: Option<&str>,
        mimi: [u8; 32],
    ) -> Result<(), Error> {
        let me = self.account()?.account;
        self.db.execute(
            "UPDATE reaction SET mimi = ?4 WHERE message = ?1 AND account = ?2 AND emoji = ?3",
            (message, me.0, emoji, mimi),
        )?;
        Ok(())
    }

    pub(super) fn undo_reaction(&mut self, message: i64, emoji: Option<&str>) -> Result<(), Error> {
        let me = self.account()?.account;
        self.db.execute(
            "DELETE FROM reaction WHERE message = ?1 AND account = ?2 AND emoji = ?3",
            (message, me.0, emoji),
        )?;
        Ok(())
    }

    /// Returns what stands under some messages, by message: the sign that most people put there first.
    pub(crate) fn reactions(&self, messages: &[i64]) -> Result<HashMap<i64, Vec<Reaction>>, Error> {
        let me = self.account()?.account;
        let mut query = self.db.prepare_cached(
            "SELECT message, emoji, account FROM reaction WHERE message IN (SELECT value FROM json_each(?1)) ORDER BY at, account",
        )?;
        let rows = query.query_map([as_list(messages)], |row| {
            Ok((
                row.get(0)?,
                row.get::<_, String>(1)?,
                AccountId(row.get(2)?),
            ))
        })?;
        let mut found: HashMap<i64, Vec<Reaction>> = HashMap::new();
        for row in rows {
            let (message, emoji, account) = row?;
            let name = self.state.roll.name(account);
            let reactions = found.entry(message).or_default();
            match reactions
                .iter_mut()
                .find(|reaction| reaction.emoji == emoji)
            {
                Some(reaction) => {
                    reaction.people.push(name);
                    reaction.mine |= account == me;
                }
                None => reactions.push(Reaction {
                    emoji,
                    people: vec![name],
                    mine: account == me,
                }),
            }
        }
        for reactions in found.values_mut() {
            reactions.sort_by_key(|reaction| std::cmp::Reverse(reaction.people.len()));
        }
        Ok(found)
    }
}
