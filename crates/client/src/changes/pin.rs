//! Pinned messages: what everybody in a room is to find at once. Owners decide; in a direct room both sides do.

use crate::Error;
use crate::changes::Standing;
use crate::chats::kind;
use crate::content::Meaning;
use crate::inbound::one_line;
use crate::outbox::Refers;
use crate::state::Cx;
use crate::store::as_list;
use std::collections::HashSet;
use valise_views::conversation::Pinned;
use valise_views::{ChatId, MessageId as ShownId, Outcome, Trouble};
use valise_wire::policy::RoomKind;
use valise_wire::{AccountId, RoomId, Timestamp};

/// Most pinned messages that are shown.
const MOST: u32 = 20;

impl Cx<'_> {
    pub(crate) fn pin_message(
        &mut self,
        number: u64,
        message: &ShownId,
        on: bool,
    ) -> Result<(), Error> {
        let can = |found: &Standing| {
            !found.deleted
                && matches!(
                    found.kind,
                    kind::TEXT | kind::FILES | kind::UNSUPPORTED | kind::POLL | kind::CARD
                )
        };
        let target = match self.changeable(message, can)? {
            Ok(target) => target,
            Err(trouble) => return self.fail(number, trouble),
        };
        if !self.may_pin_in(&ChatId(target.chat.clone()))? {
            return self.fail(number, Trouble::NotAllowed);
        }
        if self.is_pinned(target.id)? != on {
            let meaning = Meaning::Pin {
                message: target.mimi,
                on,
            };
            self.post_change(&target, &meaning, Refers::default())?;
            self.set_pin(target.id, on, self.now)?;
        }
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    /// Pins a message, or takes it off.
    pub(crate) fn set_pin(&mut self, message: i64, on: bool, at: Timestamp) -> Result<(), Error> {
        self.db
            .execute("DELETE FROM pin WHERE message = ?1", [message])?;
        if on {
            // The last one that was pinned comes first, and no clock decides which that is.
            self.db.execute(
                "INSERT INTO pin (message, chat, number, at)
                 SELECT id, chat, ifnull((SELECT max(number) + 1 FROM pin), 1), ?2 FROM message WHERE id = ?1",
                (message, at.0 as i64),
            )?;
        }
        Ok(())
    }

    /// Tells whether a message is pinned.
    pub(crate) fn is_pinned(&self, message: i64) -> Result<bool, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM pin WHERE message = ?1)")?;
        Ok(query.query_row([message], |row| row.get(0))?)
    }

    /// Returns those of some messages that are pinned.
    pub(crate) fn pinned_among(&self, messages: &[i64]) -> Result<HashSet<i64>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT message FROM pin WHERE message IN (SELECT value FROM json_each(?1))",
        )?;
        let rows = query.query_map([as_list(messages)], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns the pinned messages of a chat, the last one that was pinned first.
    pub(crate) fn pinned(&self, chat: &str) -> Result<Vec<Pinned>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT message.id, sender, mine, body, kind FROM pin JOIN message ON message.id = pin.message
             WHERE pin.chat = ?1 ORDER BY number DESC LIMIT ?2",
        )?;
        let rows = query.query_map((chat, MOST), |row| {
            Ok((
                row.get::<_, i64>(0)?,
                AccountId(row.get(1)?),
                row.get::<_, bool>(2)?,
                row.get::<_, String>(3)?,
                row.get::<_, i64>(4)?,
            ))
        })?;
        let mut pinned = Vec::new();
        for row in rows {
            let (id, sender, is_mine, body, kind) = row?;
            let text = match one_line(&self.spoken(chat, &body)?) {
                text if text.is_empty() => self.without_words(id)?,
                text => text,
            };
            pinned.push(Pinned {
                message: ShownId(id.to_string()),
                sender_name: self.state.roll.name(sender),
                is_mine,
                text,
                is_poll: kind == kind::POLL,
                is_card: kind == kind::CARD,
            });
        }
        Ok(pinned)
    }

    /// Tells whether one may pin messages in a chat.
    pub(crate) fn may_pin_in(&self, chat: &ChatId) -> Result<bool, Error> {
        if self.may_send(chat)?.is_err() {
            return Ok(false);
        }
        let me = self.account()?.account;
        let room = self
            .state
            .rooms
            .iter()
            .find(|(_, room)| room.chat == chat.0)
            .map(|(id, _)| *id);
        match room {
            Some(room) => self.may_pin(room, me),
            None => Ok(false),
        }
    }

    /// Tells whether a member of a room may pin messages in it.
    pub(crate) fn may_pin(&self, room: RoomId, who: AccountId) -> Result<bool, Error> {
        let kind = self.state.rooms.get(&room).map(|room| room.kind);
        Ok(kind == Some(RoomKind::Direct) || self.is_owner(room, who)?)
    }
}
