//! Messages that disappear: a time that a chat gives to what is said in it, counted from when the hub took it. So all devices forget
//! it at once, whether it was read or not; what waits to be sent does not grow old.

use crate::content::{Expiry, Meaning, Timer};
use crate::guard::Guard;
use crate::inbound::Repeat;
use crate::rooms::Stored;
use crate::state::Cx;
use crate::{Error, alarm};
use valise_views::{ChatId, Outcome, Trouble};
use valise_wire::policy::RoomKind;
use valise_wire::{AccountId, RoomId, Timestamp};

/// Messages that are forgotten in one step.
const AT_ONCE: i64 = 200;

/// A moment that does not come.
const NEVER: Timestamp = Timestamp(u64::MAX);

/// What a chat gives its messages: the timer, and who set it.
type Set = (Timer, Option<AccountId>);

impl Cx<'_> {
    pub(crate) fn set_timer(
        &mut self,
        number: u64,
        chat: &ChatId,
        seconds: u32,
    ) -> Result<(), Error> {
        if let Err(trouble) = self.may_send(chat)? {
            return self.fail(number, trouble);
        }
        let is_request = self.request_entry(&chat.0)?.is_some();
        if is_request || !self.may_pin_in(chat)? || !Timer::is_fit(seconds) {
            return self.fail(number, Trouble::NotAllowed);
        }
        let (former, _) = self.timer(&chat.0)?;
        if former.seconds != seconds {
            let me = self.account()?.account;
            let version = former.version + 1;
            self.keep_timer(&chat.0, Timer { version, seconds }, me)?;
            self.post_timer(&chat.0, None)?;
            self.add_notice(&chat.0, None, me, &Stored::Timer(me, seconds))?;
        }
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    /// Says what a chat gives its messages, in one of its rooms or where it is talked: after a change, and whenever somebody came
    /// who cannot read it.
    pub(crate) fn post_timer(&mut self, chat: &str, room: Option<RoomId>) -> Result<(), Error> {
        let (timer, _) = self.timer(chat)?;
        if timer.version == 0 {
            return Ok(());
        }
        self.post(chat, room, &Meaning::Timer(timer))
    }

    /// Takes what a member sets: of owners, in a direct room of both. Of two that were set at once, the greater account's counts.
    pub(crate) fn took_timer(
        &mut self,
        room: RoomId,
        by: AccountId,
        timer: Timer,
    ) -> Result<(), Error> {
        let state = self.room(room)?;
        let (chat, kind) = (state.chat.clone(), state.kind);
        // What belongs to a request is kept.
        if kind == RoomKind::Request {
            return self.alarm(alarm::Kind::Member, Some(&chat));
        }
        let (former, set_by) = self.timer(&chat)?;
        if !self.may_pin(room, by)? && self.keeps(Guard::Timer) {
            match self.repeats(&chat, by, timer.version > former.version)? {
                Repeat::ToOneself => {}
                Repeat::ToOthers => return Ok(()),
                Repeat::No => return self.alarm(alarm::Kind::Member, Some(&chat)),
            }
        }
        let is_newer = (timer.version, Some(by)) > (former.version, set_by);
        if !is_newer || timer.version > i64::MAX as u64 {
            return Ok(());
        }
        self.keep_timer(&chat, timer, by)?;
        if former.seconds != timer.seconds {
            self.add_notice(&chat, Some(room), by, &Stored::Timer(by, timer.seconds))?;
        }
        Ok(())
    }

    /// Takes over what is known to be the chat's timer, unless a newer one is known.
    pub(crate) fn keep_newer_timer(
        &mut self,
        chat: &str,
        timer: Timer,
        by: AccountId,
    ) -> Result<(), Error> {
        let (former, _) = self.timer(chat)?;
        if timer.version > former.version {
            self.keep_timer(chat, timer, by)?;
        }
        Ok(())
    }

    fn timer(&self, chat: &str) -> Result<Set, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT timer, timer_version, timer_by FROM chat WHERE id = ?1")?;
        Ok(query.query_row([chat], |row| {
            let timer = Timer {
                seconds: row.get(0)?,
                version: row.get::<_, i64>(1)? as u64,
            };
            Ok((timer, row.get::<_, Option<[u8; 16]>>(2)?.map(AccountId)))
        })?)
    }

    fn keep_timer(&mut self, chat: &str, timer: Timer, by: AccountId) -> Result<(), Error> {
        let mut update = self.db.prepare_cached(
            "UPDATE chat SET timer = ?2, timer_version = ?3, timer_by = ?4 WHERE id = ?1",
        )?;
        update.execute((chat, timer.seconds, timer.version as i64, by.0))?;
        self.state.dirty.chat(chat);
        self.card_may_be_behind(chat)
    }

    /// Returns how many seconds what is said in a chat now is to live; 0 for as long as there is room.
    pub(crate) fn lasts(&self, chat: &str) -> Result<u32, Error> {
        Ok(self.timer(chat)?.0.seconds)
    }

    /// Notes when a message disappears that the hub took at some moment.
    pub(crate) fn note_expiry(
        &mut self,
        message: i64,
        at: Timestamp,
        expires: Expiry,
    ) -> Result<(), Error> {
        let millis = u64::from(expires.time) * 1_000;
        let until = if expires.relative {
            at.plus_millis(millis)
        } else {
            Timestamp(millis)
        };
        self.db
            .prepare_cached("UPDATE message SET expires = ?2 WHERE id = ?1")?
            .execute((message, until.0.min(i64::MAX as u64) as i64))?;
        self.state.disappears_at = self.state.disappears_at.min(until);
        Ok(())
    }

    /// Looks anew for what has had its time: messages came in by themselves.
    pub(crate) fn look_for_what_is_over(&mut self) {
        self.state.disappears_at = Timestamp(0);
    }

    /// Forgets what has had its time.
    pub(crate) fn advance_disappearing(&mut self) -> Result<(), Error> {
        let at = self.state.disappears_at;
        if at == NEVER || !self.is_due(at) {
            return Ok(());
        }
        let mut query = self.db.prepare_cached(
            "SELECT id, chat FROM message WHERE expires <= ?1 ORDER BY expires LIMIT ?2",
        )?;
        let rows = query.query_map((self.now.0 as i64, AT_ONCE), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
        let over: Vec<(i64, String)> = rows.collect::<Result<_, _>>()?;
        drop(query);
        for (message, chat) in over {
            self.erase(message)?;
            self.db
                .prepare_cached("UPDATE message SET deleted = 3, expires = NULL WHERE id = ?1")?
                .execute([message])?;
            self.state.dirty.chat(&chat);
        }
        let next: Option<i64> = self
            .db
            .prepare_cached("SELECT min(expires) FROM message WHERE expires IS NOT NULL")?
            .query_row([], |row| row.get(0))?;
        let next = next.map_or(NEVER, |at| Timestamp(at as u64));
        self.state.disappears_at = next;
        if next != NEVER {
            self.wake_at(next);
        }
        Ok(())
    }

    /// Says in a room to somebody who came what it is called and what its messages are given. The name comes last: who has it knows
    /// the rest ([`Repeat`]).
    pub(crate) fn tell_newcomers(&mut self, room: RoomId) -> Result<(), Error> {
        let chat = self.room(room)?.chat.clone();
        self.post_timer(&chat, Some(room))?;
        self.say_again(room)?;
        self.post_profile(room)
    }
}
