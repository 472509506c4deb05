//! Chats and the messages in them: positions without gaps, exact counts.

use crate::Error;
use crate::content::{ChatName, Expiry, Meaning, Preference};
use crate::outbox::{Refers, Role};
use crate::rooms::Wanted;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_views::conversation::Blocked;
use valise_views::{ChatId, MessageId, Outcome, Trouble};
use valise_wire::policy::RoomKind;
use valise_wire::{AccountId, RoomId, Timestamp};

/// Kinds of messages, as they are stored.
pub(crate) mod kind {
    pub(crate) const TEXT: i64 = 0;
    pub(crate) const FILES: i64 = 1;
    pub(crate) const NOTICE: i64 = 2;
    pub(crate) const UNSUPPORTED: i64 = 3;
    pub(crate) const POLL: i64 = 4;
    pub(crate) const CARD: i64 = 5;
    pub(crate) const LETTER: i64 = 6;
    pub(crate) const ACT: i64 = 7;
}

/// Most bytes of a text.
pub(crate) const MAX_TEXT_BYTES: usize = 32 << 10;

/// A message that comes into a chat.
pub(crate) struct Incoming<'a> {
    pub(crate) chat: &'a str,
    pub(crate) room: Option<RoomId>,
    pub(crate) mimi: Option<[u8; 32]>,
    pub(crate) sender: AccountId,
    pub(crate) mine: bool,
    pub(crate) at: Timestamp,
    pub(crate) kind: i64,
    pub(crate) body: &'a str,
    pub(crate) notice: Option<Vec<u8>>,
    pub(crate) reply: Option<[u8; 32]>,
    pub(crate) origin: Option<(AccountId, Timestamp)>,
    pub(crate) gap: bool,
    /// People to whom it went, if it is one's own.
    pub(crate) people: u32,
}

/// A message of one's own that is going to wait to be sent.
#[derive(Default)]
pub(crate) struct Waiting<'a> {
    pub(crate) kind: i64,
    pub(crate) body: &'a str,
    pub(crate) refers: Refers,
}

impl Cx<'_> {
    pub(crate) fn add_chat(
        &mut self,
        key: &str,
        kind: RoomKind,
        peer: Option<AccountId>,
        title: &str,
    ) -> Result<(), Error> {
        let is_new = !self.has_chat(&ChatId(key.to_owned()))?;
        self.db
            .prepare_cached(
                "INSERT INTO chat (id, kind, peer, title, touched_at, shown) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (id) DO UPDATE SET shown = max(shown, ?6)",
            )?
            .execute((
                key,
                kind as i64,
                peer.map(|peer| peer.0),
                title,
                self.now.0 as i64,
                !self.is_own(key),
            ))?;
        self.state.dirty.chat(key);
        self.state.dirty.people = true;
        if is_new {
            self.catch_up_with_told(key)?;
        }
        Ok(())
    }

    /// Puts a message at the end of what is settled, and returns its id and position.
    pub(crate) fn add_message(&mut self, message: &Incoming<'_>) -> Result<(i64, i64), Error> {
        let position = self.next_position(message.chat, message.room, message.at)?;
        self.db
            .prepare_cached(
                "INSERT INTO message (chat, position, room, mimi, sender, mine, at, kind, body, notice, reply, gap, origin, origin_at, people)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            )?
            .execute(rusqlite::params![
                message.chat,
                position,
                message.room.map(|room| room.0),
                message.mimi,
                message.sender.0,
                message.mine,
                message.at.0 as i64,
                message.kind,
                message.body,
                message.notice,
                message.reply,
                message.gap,
                message.origin.map(|(sender, _)| sender.0),
                message.origin.map(|(_, at)| at.0 as i64),
                message.people,
            ])?;
        self.state.dirty.chat(message.chat);
        Ok((self.db.last_insert_rowid(), position))
    }

    fn next_position(
        &mut self,
        chat: &str,
        room: Option<RoomId>,
        at: Timestamp,
    ) -> Result<i64, Error> {
        let mut query = self.db.prepare_cached(
            "UPDATE chat SET settled = settled + 1, touched_at = max(touched_at, ?2), shown = 1 WHERE id = ?1
             RETURNING settled - 1",
        )?;
        let last = query.query_row((chat, at.0 as i64), |row| row.get(0))?;
        drop(query);
        match room {
            Some(room) => self.among_rooms(chat, room, at, last),
            None => Ok(last),
        }
    }

    /// Puts a message of one's own at the end of those that wait.
    pub(crate) fn add_waiting(&mut self, chat: &str, message: &Waiting<'_>) -> Result<i64, Error> {
        let me = self.account()?.account;
        self.db
            .prepare_cached(
                "INSERT INTO message (chat, sender, mine, at, kind, body, reply, origin, origin_at, lasts)
                 VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute((
                chat,
                me.0,
                self.now.0 as i64,
                message.kind,
                message.body,
                message.refers.in_reply_to.map(|id| id.0),
                message.refers.origin.map(|(sender, _)| sender.0),
                message.refers.origin.map(|(_, at)| at.0 as i64),
                message.refers.lasts,
            ))?;
        let id = self.db.last_insert_rowid();
        self.db.execute(
            "UPDATE chat SET touched_at = max(touched_at, ?2), shown = 1 WHERE id = ?1",
            (chat, self.now.0 as i64),
        )?;
        self.state.dirty.chat(chat);
        Ok(id)
    }

    /// Gives a message of one's own its place: it stands in the log.
    pub(crate) fn settle(
        &mut self,
        id: i64,
        room: RoomId,
        mimi: [u8; 32],
        people: u32,
        at: Timestamp,
    ) -> Result<(), Error> {
        let (chat, lasts): (String, u32) = self.db.query_row(
            "SELECT chat, lasts FROM message WHERE id = ?1",
            [id],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let position = self.next_position(&chat, Some(room), at)?;
        self.db
            .prepare_cached(
                "UPDATE message SET position = ?2, room = ?3, mimi = ?4, people = ?5, at = ?6, failed = 0 WHERE id = ?1",
            )?
            .execute((id, position, room.0, mimi, people, at.0 as i64))?;
        if lasts > 0 {
            let (relative, time) = (true, lasts);
            self.note_expiry(id, at, Expiry { relative, time })?;
        }
        self.state.dirty.chat(&chat);
        if let Some(room) = self.request_room_of(id)? {
            self.request_changed(room)?;
        }
        self.apply_early(id, mimi)
    }

    pub(crate) fn message_failed(&mut self, id: i64) -> Result<(), Error> {
        let mut query = self
            .db
            .prepare_cached("UPDATE message SET failed = 1 WHERE id = ?1 RETURNING chat")?;
        let chat: Option<String> = query.query_row([id], |row| row.get(0)).optional()?;
        if let Some(chat) = chat {
            self.state.dirty.chat(&chat);
        }
        self.state.dirty.status = true;
        Ok(())
    }

    pub(crate) fn add_notice(
        &mut self,
        chat: &str,
        room: Option<RoomId>,
        by: AccountId,
        notice: &crate::rooms::Stored,
    ) -> Result<(), Error> {
        let mine = self.account()?.account == by;
        self.add_message(&Incoming {
            chat,
            room,
            mimi: None,
            sender: by,
            mine,
            at: self.now,
            kind: kind::NOTICE,
            body: "",
            notice: Some(notice.to_bytes()),
            reply: None,
            origin: None,
            gap: false,
            people: 0,
        })?;
        Ok(())
    }

    /// Tells why nothing can be sent into a chat.
    pub(crate) fn blocked(&self, chat: &str) -> Result<Option<Blocked>, Error> {
        if crate::bring::brought_from(chat).is_some() {
            return Ok(Some(Blocked::Imported));
        }
        let account = self.account()?;
        if self.is_ended() {
            return Ok(Some(Blocked::Revoked));
        }
        if self.is_removed() {
            return Ok(Some(Blocked::Removed));
        }
        let rooms: Vec<_> = self
            .state
            .rooms
            .iter()
            .filter(|(_, room)| room.chat == chat)
            .collect();
        if chat.starts_with('d') {
            let broken = !rooms.is_empty() && rooms.iter().all(|(_, room)| room.frozen);
            let peer = self.peer_of(chat)?;
            let gone = peer.is_some_and(|peer| {
                !self.state.roll.is_active(peer) && self.state.roll.account(peer).is_some()
            });
            return Ok(match (broken, gone) {
                (true, _) => Some(Blocked::Frozen),
                (_, true) => Some(Blocked::PersonLeft),
                _ => None,
            });
        }
        let Some((id, room)) = rooms.first() else {
            return Ok(Some(Blocked::Left));
        };
        if room.frozen {
            return Ok(Some(Blocked::Frozen));
        }
        if room.stage == crate::rooms::Stage::Out || room.leaving > 0 {
            return Ok(Some(Blocked::Left));
        }
        if self.nobody_is_left(**id)? {
            return Ok(Some(Blocked::NobodyLeft));
        }
        let owners_only =
            room.kind == RoomKind::Announcement && !self.is_owner(**id, account.account)?;
        if self.is_in_doubt(chat)? {
            return Ok(Some(Blocked::InDoubt));
        }
        Ok(owners_only.then_some(Blocked::OwnersOnly))
    }

    /// Tells whether one is a guest whom nobody of those who asked can hear any more. A guest owns nothing, so that nobody else can come in
    /// either, and nobody can carry out that they are gone: the hub takes nothing then.
    pub(crate) fn nobody_is_left(&self, room: RoomId) -> Result<bool, Error> {
        let me = self.account()?.account;
        if self.state.roll.guest.is_none() {
            return Ok(false);
        }
        let mut query = self
            .db
            .prepare_cached("SELECT account FROM member WHERE room = ?1 AND account <> ?2")?;
        let others = query.query_map((room.0, me.0), |row| row.get(0).map(AccountId))?;
        let others: Vec<AccountId> = others.collect::<Result<_, _>>()?;
        let roll = &self.state.roll;
        let is_gone = |other: &AccountId| roll.account(*other).is_some() && !roll.is_active(*other);
        Ok(!others.is_empty() && others.iter().all(is_gone))
    }

    /// Tells whether this device is nobody's any more: the account has ended, or the device was taken out of it.
    pub(crate) fn is_revoked(&self) -> bool {
        self.is_ended() || self.is_removed()
    }

    /// Tells whether this account has ended.
    pub(crate) fn is_ended(&self) -> bool {
        let account = self.state.account.as_ref();
        account
            .and_then(|account| self.state.roll.home.account(account.account))
            .is_some_and(|entry| !entry.is_active())
    }

    pub(crate) fn peer_of(&self, chat: &str) -> Result<Option<AccountId>, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT peer FROM chat WHERE id = ?1")?;
        let peer: Option<Option<[u8; 16]>> =
            query.query_row([chat], |row| row.get(0)).optional()?;
        Ok(peer.flatten().map(AccountId))
    }

    pub(crate) fn has_chat(&self, chat: &ChatId) -> Result<bool, Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM chat WHERE id = ?1)")?;
        Ok(query.query_row([&chat.0], |row| row.get(0))?)
    }

    /// Checks whether one may write into a chat.
    pub(crate) fn may_send(&self, chat: &ChatId) -> Result<Result<(), Trouble>, Error> {
        if !self.has_chat(chat)? {
            return Ok(Err(Trouble::NotFound));
        }
        Ok(match self.blocked(&chat.0)? {
            None => Ok(()),
            Some(Blocked::InDoubt) => Err(Trouble::InDoubt),
            Some(_) => Err(Trouble::NotAllowed),
        })
    }

    pub(crate) fn send_text(
        &mut self,
        number: u64,
        chat: &ChatId,
        text: &str,
        reply_to: Option<&MessageId>,
    ) -> Result<(), Error> {
        if text.trim().is_empty() || text.len() > MAX_TEXT_BYTES {
            return self.fail(number, Trouble::BadText);
        }
        if let Err(trouble) = self.may_send(chat)? {
            return self.fail(number, trouble);
        }
        let Ok(in_reply_to) = self.to_answer(chat, reply_to)? else {
            return self.fail(number, Trouble::NotFound);
        };
        let refers = Refers {
            in_reply_to,
            lasts: self.lasts(&chat.0)?,
            ..Refers::default()
        };
        let message = self.add_text(&chat.0, text, refers)?;
        self.change_draft(&chat.0, "")?;
        self.outcome(number, Outcome::Sent(MessageId(message.to_string())));
        Ok(())
    }

    /// Puts a text of one's own into a chat and into the outbox.
    pub(crate) fn add_text(
        &mut self,
        chat: &str,
        body: &str,
        refers: Refers,
    ) -> Result<i64, Error> {
        let content = self.compose(&Meaning::Text(body.to_owned()), refers.clone())?;
        let kind = kind::TEXT;
        let message = self.add_waiting(chat, &Waiting { kind, body, refers })?;
        self.enqueue(chat, None, Role::Message(message), &content, true)?;
        self.index(message)?;
        Ok(message)
    }

    /// Sets a switch of a chat, and tells the other devices.
    pub(crate) fn switch(
        &mut self,
        number: u64,
        chat: &ChatId,
        column: &'static str,
        preference: fn(ChatName, bool) -> Preference,
        on: bool,
    ) -> Result<(), Error> {
        if !self.has_chat(chat)? {
            return self.fail(number, Trouble::NotFound);
        }
        let changed = self
            .db
            .prepare_cached(&format!(
                "UPDATE chat SET {column} = ?2 WHERE id = ?1 AND {column} <> ?2"
            ))?
            .execute((&chat.0, on))?;
        if let Some(name) = ChatName::of_key(&chat.0).filter(|_| changed > 0) {
            self.keep_in_sight(&chat.0)?;
            self.tell_devices(&preference(name, on))?;
        }
        self.state.dirty.chat(&chat.0);
        self.state.dirty.status = true;
        self.outcome(number, Outcome::Done);
        Ok(())
    }

    pub(crate) fn rename(
        &mut self,
        room: RoomId,
        title: &str,
    ) -> Result<Result<(), Trouble>, Error> {
        let Some(title) = crate::rooms::clean_title(title) else {
            return Ok(Err(Trouble::BadName));
        };
        let chat = self.room(room)?.chat.clone();
        self.db.execute(
            "UPDATE chat SET title = ?2, profile_version = profile_version + 1 WHERE id = ?1",
            (&chat, &title),
        )?;
        let me = self.account()?.account;
        self.add_notice(
            &chat,
            Some(room),
            me,
            &crate::rooms::Stored::Renamed(me, title),
        )?;
        self.card_may_be_behind(&chat)?;
        self.post_profile(room)?;
        Ok(Ok(()))
    }

    pub(crate) fn set_picture(
        &mut self,
        room: RoomId,
        picture: Option<Vec<u8>>,
    ) -> Result<Result<(), Trouble>, Error> {
        if picture
            .as_ref()
            .is_some_and(|picture| picture.len() > MAX_PICTURE_BYTES)
        {
            return Ok(Err(Trouble::FileTooLarge));
        }
        let chat = self.room(room)?.chat.clone();
        self.db.execute(
            "UPDATE chat SET picture = ?2, profile_version = profile_version + 1 WHERE id = ?1",
            (&chat, picture),
        )?;
        let me = self.account()?.account;
        self.add_notice(&chat, Some(room), me, &crate::rooms::Stored::Picture(me))?;
        self.post_profile(room)?;
        Ok(Ok(()))
    }

    pub(crate) fn set_owner(
        &mut self,
        room: RoomId,
        person: &valise_views::PersonId,
        owner: bool,
    ) -> Result<Result<(), Trouble>, Error> {
        self.want_of(room, person, |who| Wanted::Owner(who, owner))
    }
}

/// Most bytes of a room's picture.
pub(crate) const MAX_PICTURE_BYTES: usize = 32 << 10;
