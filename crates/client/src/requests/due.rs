//! Deadlines that come near and pass while nothing else happens.

use super::row::RequestEntry;
use super::stage::{self, Stage, stages};
use crate::Error;
use crate::state::Cx;
use valise_evidence::course::State;
use valise_views::{ChatId, Nearness, NewMessage, Outcome, Reminder, Trouble};
use valise_wire::{RoomId, Timestamp};

/// No deadline is ahead.
const NEVER: Timestamp = Timestamp(u64::MAX);
/// How long the other side is left in peace after it was reminded.
const PEACE_MILLIS: u64 = 24 * 60 * 60 * 1_000;

impl Cx<'_> {
    /// Shows that a deadline is near or has passed, and reminds people of it.
    pub(crate) fn advance_due(&mut self) -> Result<(), Error> {
        let next = match self.state.requests.next_due {
            Some(next) => next,
            None => self.look_for_due()?,
        };
        if next != NEVER && self.is_due(next) {
            self.state.dirty.requests = true;
            self.state.dirty.every_chat = true;
            for entry in self.entries_due()? {
                self.remind_of(&entry)?;
            }
            let after = self.look_for_due()?;
            if after != NEVER {
                self.wake_at(after);
            }
        }
        Ok(())
    }

    /// Notes where the deadline of a request stands that has changed: nobody is reminded of what somebody just did.
    pub(super) fn deadline_stands(&mut self, room: RoomId, due: Timestamp) -> Result<(), Error> {
        let stages = self.stages(due);
        let number = stage::now(&stages, self.now).map_or(-1, |stage| stage.number);
        self.db
            .prepare_cached(
                "INSERT INTO reminded (room, due, stage) VALUES (?1, ?2, ?3)
                 ON CONFLICT (room) DO UPDATE SET due = ?2, stage = ?3 WHERE due <> ?2",
            )?
            .execute((room.0, due.0 as i64, number))?;
        Ok(())
    }

    /// Looks at all deadlines anew, because they are counted in another way. Nobody is reminded by that.
    pub(crate) fn look_at_deadlines(&mut self) -> Result<(), Error> {
        for entry in self.request_entries()? {
            let stages = self.stages(Timestamp(entry.due));
            let number = stage::now(&stages, self.now).map_or(-1, |stage| stage.number);
            self.db.execute(
                "UPDATE reminded SET stage = max(stage, ?2) WHERE room = ?1",
                (entry.room.0, number),
            )?;
            self.set_next(&entry, &stages)?;
        }
        self.state.requests.next_due = None;
        Ok(())
    }

    /// Returns when an open deadline is nearer than it is, or the request ends by itself.
    pub(super) fn next_at(
        &self,
        is_open: bool,
        due: Timestamp,
        ends: Option<Timestamp>,
    ) -> Option<u64> {
        self.next_of(is_open, &self.stages(due), ends)
    }

    fn next_of(&self, is_open: bool, stages: &[Stage], ends: Option<Timestamp>) -> Option<u64> {
        let over = ends.map(|ends| ends.plus_millis(1));
        let steps = stages.iter().map(|stage| stage.at).chain(over);
        let ahead = steps.filter(|at| *at > self.now && over.is_none_or(|over| *at <= over));
        ahead.min().filter(|_| is_open).map(|at| at.0)
    }

    /// Tells how near the deadline of a request is.
    pub(crate) fn nearness(&self, entry: &RequestEntry) -> Nearness {
        if !entry.state.is_open() {
            return Nearness::Far;
        }
        let stages = self.stages(Timestamp(entry.due));
        stage::now(&stages, self.now).map_or(Nearness::Far, |stage| stage.nearness)
    }

    /// Tells whether the other side of a request can be reminded now.
    pub(crate) fn may_remind(&self, entry: &RequestEntry) -> Result<bool, Error> {
        if entry.incoming || self.nearness(entry) == Nearness::Far {
            return Ok(false);
        }
        let mut query = self
            .db
            .prepare_cached("SELECT asked_at FROM reminded WHERE room = ?1")?;
        let mut rows = query.query([entry.room.0])?;
        let asked: i64 = rows.next()?.map_or(Ok(0), |row| row.get(0))?;
        // A clock that was put back does not close it for longer than a day.
        let since = self.now.0.abs_diff(asked as u64);
        Ok(since >= PEACE_MILLIS && self.may_send(&ChatId(entry.chat.clone()))?.is_ok())
    }

    /// Asks the other side in a few words not to forget a request.
    pub(crate) fn remind(&mut self, number: u64, chat: &ChatId, text: &str) -> Result<(), Error> {
        let Some(entry) = self.request_entry(&chat.0)? else {
            return self.fail(number, Trouble::NotFound);
        };
        if !self.may_remind(&entry)? || text.trim().is_empty() {
            return self.fail(number, Trouble::NotAllowed);
        }
        if text.len() > crate::chats::MAX_TEXT_BYTES {
            return self.fail(number, Trouble::BadText);
        }
        self.add_text(&chat.0, text.trim(), crate::outbox::Refers::default())?;
        self.db.execute(
            "UPDATE reminded SET asked_at = ?2 WHERE room = ?1",
            (entry.room.0, self.now.0 as i64),
        )?;
        self.state.dirty.chat(&chat.0);
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    /// Reminds the person of this device of a deadline, once of each stage, and of the latest alone.
    fn remind_of(&mut self, entry: &RequestEntry) -> Result<(), Error> {
        // Of those that were here before anybody was reminded of anything nothing is noted.
        self.deadline_stands(entry.room, Timestamp(entry.due))?;
        let stages = self.stages(Timestamp(entry.due));
        self.set_next(entry, &stages)?;
        if entry.state == State::Expired {
            // Servers may have something to say now.
            self.attest_soon(entry.room);
        }
        let Some(stage) = stage::now(&stages, self.now) else {
            return Ok(());
        };
        let is_nearer = self.db.execute(
            "UPDATE reminded SET stage = ?2 WHERE room = ?1 AND stage < ?2",
            (entry.room.0, stage.number),
        )?;
        if is_nearer > 0 && self.concerns(entry, stage)? {
            self.announce(NewMessage {
                chat: ChatId(entry.chat.clone()),
                title: entry.number.clone(),
                sender: String::new(),
                outside: None,
                preview: entry.subject.clone(),
                is_poll: false,
                is_card: false,
                reminds: Some(Reminder::Due(stage.nearness)),
            });
        }
        Ok(())
    }

    /// Tells whether a deadline that others set is this person's to keep: whoever works on the request is reminded, or stands in for him; if
    /// nobody does, who is on duty for the office, or all of it; and in the end all of them.
    fn concerns(&self, entry: &RequestEntry, stage: &Stage) -> Result<bool, Error> {
        let me = self.account()?.account;
        let is_asked = entry.incoming && entry.state.is_open() && stage.reminds;
        let is_his = match entry.assignee {
            _ if stage.nearness == Nearness::Escalated => !self.is_given_away(entry)?,
            Some(_) => self.is_his(entry.assignee, me),
            None => !self.is_given_away(entry)? && !self.others_are_on_duty(entry, me)?,
        };
        Ok(is_asked && is_his)
    }

    fn stages(&self, due: Timestamp) -> Vec<Stage> {
        let said = self.state.roll.home.deadlines();
        stages(said.map(|entry| &entry.said), due)
    }

    fn set_next(&mut self, entry: &RequestEntry, stages: &[Stage]) -> Result<(), Error> {
        let ends = entry.ends.map(Timestamp);
        let next = self.next_of(entry.state.is_open(), stages, ends);
        self.db
            .prepare_cached("UPDATE request SET next_at = ?2 WHERE room = ?1")?
            .execute((entry.room.0, next.map(|at| at as i64)))?;
        Ok(())
    }

    fn look_for_due(&mut self) -> Result<Timestamp, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT min(next_at) FROM request WHERE next_at IS NOT NULL")?;
        let next: Option<i64> = query.query_row([], |row| row.get(0))?;
        let next = next.map_or(NEVER, |next| Timestamp(next as u64));
        self.state.requests.next_due = Some(next);
        Ok(next)
    }
}
