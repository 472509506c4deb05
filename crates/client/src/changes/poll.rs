//! Polls: a question to everybody in a room, and one vote of each account. What counts is the order of the room's log.

use crate::Error;
use crate::changes::Standing;
use crate::chats::{Waiting, kind};
use crate::content::{Meaning, Poll};
use crate::outbox::{Refers, Role};
use crate::state::Cx;
use crate::store::as_list;
use rusqlite::OptionalExtension as _;
use std::collections::HashMap;
use valise_views::poll::Choice;
use valise_views::{ChatId, MessageId as ShownId, Outcome, Poll as Shown, Trouble};
use valise_wire::{AccountId, Timestamp, to_bytes};

/// How far a poll is closed, as it is stored.
mod closed {
    pub(super) const NOT: i64 = 0;
    /// What closes it is on its way: others' votes that come before that in the log still count.
    pub(super) const SOON: i64 = 1;
    pub(super) const FOR_GOOD: i64 = 2;
}

/// A poll as the log has it.
pub(crate) struct Kept {
    pub(crate) poll: Poll,
    closed: i64,
}

impl Kept {
    /// Tells whether a vote that comes in the log counts no more.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed == closed::FOR_GOOD
    }
}

impl Cx<'_> {
    pub(crate) fn send_poll(
        &mut self,
        number: u64,
        chat: &ChatId,
        question: &str,
        options: &[String],
        several: bool,
    ) -> Result<(), Error> {
        let Some(poll) = Poll::typed(question, options, several) else {
            return self.fail(number, Trouble::BadText);
        };
        if let Err(trouble) = self.may_send(chat)? {
            return self.fail(number, trouble);
        }
        let refers = Refers {
            lasts: self.lasts(&chat.0)?,
            ..Refers::default()
        };
        let message = self.add_poll(&chat.0, &poll, refers)?;
        self.outcome(number, Outcome::Sent(ShownId(message.to_string())));
        Ok(())
    }

    /// Puts a poll of one's own into a chat and into the outbox.
    pub(super) fn add_poll(
        &mut self,
        chat: &str,
        poll: &Poll,
        refers: Refers,
    ) -> Result<i64, Error> {
        let content = self.compose(&Meaning::Poll(poll.clone()), refers.clone())?;
        let waiting = Waiting {
            kind: kind::POLL,
            body: &poll.question,
            refers,
        };
        let message = self.add_waiting(chat, &waiting)?;
        self.keep_poll(message, poll)?;
        self.enqueue(chat, None, Role::Message(message), &content, true)?;
        self.index(message)?;
        Ok(message)
    }

    /// Keeps what can be chosen in a poll; its question is the message's text.
    pub(crate) fn keep_poll(&mut self, message: i64, poll: &Poll) -> Result<(), Error> {
        self.db
            .prepare_cached("UPDATE message SET poll = ?2 WHERE id = ?1")?
            .execute((message, to_bytes(poll)))?;
        Ok(())
    }

    /// Returns the poll that a message is; none if it is none, or was taken back.
    pub(crate) fn kept_poll(&self, message: i64) -> Result<Option<Kept>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT poll, closed FROM message WHERE id = ?1")?;
        let found: Option<(Option<Vec<u8>>, i64)> = query
            .query_row([message], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((Some(poll), closed)) = found else {
            return Ok(None);
        };
        let poll = Poll::read(&poll).ok_or(Error::Bug("a stored poll cannot be read"))?;
        Ok(Some(Kept { poll, closed }))
    }

    pub(crate) fn vote(
        &mut self,
        number: u64,
        message: &ShownId,
        options: &[u32],
    ) -> Result<(), Error> {
        let (target, kept) = match self.open_poll(message)? {
            Ok(found) => found,
            Err(trouble) => return self.fail(number, trouble),
        };
        let places = options.iter().map(|it| u16::try_from(*it));
        let Ok(mut options) = places.collect::<Result<Vec<u16>, _>>() else {
            return self.fail(number, Trouble::NotFound);
        };
        options.sort_unstable();
        options.dedup();
        if !kept.poll.takes(&options) {
            return self.fail(number, Trouble::NotFound);
        }
        let me = self.account()?.account;
        if self.vote_of(target.id, me)? != options {
            let refers = Refers {
                in_reply_to: Some(target.mimi),
                ..Refers::default()
            };
            let entry = self.post_change(&target, &Meaning::Vote(options.clone()), refers)?;
            self.put_vote(target.id, me, entry, &options, self.now)?;
        }
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    pub(crate) fn close_poll(&mut self, number: u64, message: &ShownId) -> Result<(), Error> {
        let target = match self.open_poll(message)? {
            Ok((target, _)) if target.mine => target,
            Ok(_) => return self.fail(number, Trouble::NotAllowed),
            Err(trouble) => return self.fail(number, trouble),
        };
        let refers = Refers {
            in_reply_to: Some(target.mimi),
            ..Refers::default()
        };
        self.post_change(&target, &Meaning::PollEnd, refers)?;
        self.set_closed(target.id, closed::SOON)?;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    /// Finds a poll that is not closed.
    fn open_poll(&self, message: &ShownId) -> Result<Result<(Standing, Kept), Trouble>, Error> {
        let can = |found: &Standing| !found.deleted && found.kind == kind::POLL;
        let target = match self.changeable(message, can)? {
            Ok(target) => target,
            Err(trouble) => return Ok(Err(trouble)),
        };
        Ok(match self.kept_poll(target.id)? {
            Some(kept) if kept.closed == closed::NOT => Ok((target, kept)),
            _ => Err(Trouble::NotAllowed),
        })
    }

    /// Counts a vote that stands in the log, in the place of the former one.
    pub(crate) fn set_vote(
        &mut self,
        message: i64,
        account: AccountId,
        options: &[u16],
        at: Timestamp,
    ) -> Result<(), Error> {
        if options.is_empty() {
            self.db
                .prepare_cached(
                    "DELETE FROM vote WHERE message = ?1 AND account = ?2 AND entry = 0",
                )?
                .execute((message, account.0))?;
            return Ok(());
        }
        self.put_vote(message, account, 0, options, at)
    }

    /// Keeps a vote; `entry` says it, while that is on the way.
    fn put_vote(
        &mut self,
        message: i64,
        account: AccountId,
        entry: i64,
        options: &[u16],
        at: Timestamp,
    ) -> Result<(), Error> {
        self.db
            .prepare_cached(
                "INSERT OR REPLACE INTO vote (message, account, entry, options, at) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((message, account.0, entry, bytes_of(options), at.0 as i64))?;
        Ok(())
    }

    /// Returns what an account has chosen; what is on its way comes after everything in the log.
    fn vote_of(&self, message: i64, account: AccountId) -> Result<Vec<u16>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT options FROM vote WHERE message = ?1 AND account = ?2 ORDER BY entry DESC LIMIT 1",
        )?;
        let found: Option<Vec<u8>> = query
            .query_row((message, account.0), |row| row.get(0))
            .optional()?;
        Ok(found
            .unwrap_or_default()
            .into_iter()
            .map(u16::from)
            .collect())
    }

    pub(super) fn settle_vote(
        &mut self,
        entry: i64,
        message: i64,
        options: &[u16],
        at: Timestamp,
    ) -> Result<(), Error> {
        self.undo_vote(entry, message)?;
        let me = self.account()?.account;
        match self.kept_poll(message)? {
            // Its author was quicker.
            Some(kept) if !kept.is_closed() => self.set_vote(message, me, options, at),
            _ => Ok(()),
        }
    }

    pub(super) fn undo_vote(&mut self, entry: i64, message: i64) -> Result<(), Error> {
        self.db.execute(
            "DELETE FROM vote WHERE message = ?1 AND entry = ?2",
            (message, entry),
        )?;
        Ok(())
    }

    /// Closes a poll for good: what closes it stands in the log.
    pub(crate) fn end_poll(&mut self, message: i64) -> Result<(), Error> {
        self.set_closed(message, closed::FOR_GOOD)
    }

    pub(super) fn undo_poll_end(&mut self, message: i64) -> Result<(), Error> {
        self.db.execute(
            "UPDATE message SET closed = 0 WHERE id = ?1 AND closed = ?2",
            (message, closed::SOON),
        )?;
        Ok(())
    }

    fn set_closed(&mut self, message: i64, how: i64) -> Result<(), Error> {
        self.db.execute(
            "UPDATE message SET closed = max(closed, ?2) WHERE id = ?1 AND poll IS NOT NULL",
            (message, how),
        )?;
        Ok(())
    }

    /// Returns those of some messages that are polls, as they stand.
    pub(crate) fn polls(&self, messages: &[i64]) -> Result<HashMap<i64, Shown>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT id, poll, closed FROM message WHERE id IN (SELECT value FROM json_each(?1)) AND poll IS NOT NULL",
        )?;
        let rows = query.query_map([as_list(messages)], |row| {
            Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?, row.get(2)?))
        })?;
        let mut polls = HashMap::new();
        for row in rows {
            let (id, poll, closed): (i64, _, i64) = row?;
            let poll = Poll::read(&poll).ok_or(Error::Bug("a stored poll cannot be read"))?;
            polls.insert(id, blank(poll, closed != closed::NOT));
        }
        if !polls.is_empty() {
            self.count_votes(&mut polls)?;
        }
        Ok(polls)
    }

    fn count_votes(&self, polls: &mut HashMap<i64, Shown>) -> Result<(), Error> {
        let me = self.account()?.account;
        let ids: Vec<i64> = polls.keys().copied().collect();
        // Of each account what is last: `max` takes the other columns from its row.
        let mut query = self.db.prepare_cached(
            "SELECT message, account, options, at, max(entry) FROM vote
             WHERE message IN (SELECT value FROM json_each(?1)) GROUP BY message, account ORDER BY at, account",
        )?;
        let rows = query.query_map([as_list(&ids)], |row| {
            Ok((
                row.get(0)?,
                AccountId(row.get(1)?),
                row.get::<_, Vec<u8>>(2)?,
            ))
        })?;
        for row in rows {
            let (message, account, options): (i64, _, _) = row?;
            let Some(poll) = polls.get_mut(&message) else {
                continue;
            };
            poll.voters += u32::from(!options.is_empty());
            for place in options {
                if let Some(choice) = poll.options.get_mut(usize::from(place)) {
                    choice.people.push(self.state.roll.name(account));
                    choice.mine |= account == me;
                }
            }
        }
        Ok(())
    }
}

/// Places of options are below twelve: a byte each.
fn bytes_of(options: &[u16]) -> Vec<u8> {
    let byte = |place: &u16| u8::try_from(*place).unwrap_or(u8::MAX);
    options.iter().map(byte).collect()
}

/// A poll in which nobody has voted.
fn blank(poll: Poll, closed: bool) -> Shown {
    let choice = |text| Choice {
        text,
        people: Vec::new(),
        mine: false,
    };
    Shown {
        question: poll.question,
        options: poll.options.into_iter().map(choice).collect(),
        several: poll.several,
        closed,
        voters: 0,
    }
}
