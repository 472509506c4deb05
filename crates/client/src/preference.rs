//! What a person set follows on every device: drafts, silence, what is kept on top or put away, labels, other organisations,
//! templates of requests.
//!
//! Each change is told in the room of one's own. What comes last in its log counts; what this device has not told yet counts
//! before that, for it will come behind. What is told of a chat that is not here yet waits for it.

mod draft;
mod label;
mod organisation;
mod template;

use crate::Error;
use crate::alarm;
use crate::chats::kind;
use crate::content::{ChatName, Meaning, Preference, PreferenceBody};
use crate::guard::Guard;
use crate::outbox::{Refers, Role};
use crate::rooms::direct_key;
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use valise_wire::policy::{LeafIdentity, RoomKind};
use valise_wire::{RoomId, Timestamp, to_bytes};

/// Which thing of which chat or label: what changes of one another come after one another.
fn key_of(preference: &Preference) -> Vec<u8> {
    let body = preference.body();
    [&body.field.to_be_bytes()[..], &body.about.0].concat()
}

impl Cx<'_> {
    /// Tells the other devices what was set, in the place of what they were not told yet.
    pub(crate) fn tell_devices(&mut self, preference: &Preference) -> Result<(), Error> {
        if !self.has_other_devices() || self.is_revoked() {
            return self.forget_told(preference);
        }
        let me = self.account()?.account;
        let (own, about) = (direct_key(me), key_of(preference));
        self.add_chat(&own, RoomKind::Direct, Some(me), "")?;
        self.db
            .prepare_cached(
                "DELETE FROM outbox WHERE about = ?1 AND ciphertext IS NULL AND former IS NULL",
            )?
            .execute([&about])?;
        let meaning = Meaning::Preference(preference.clone());
        let content = self.compose(&meaning, Refers::default())?;
        let entry = self.enqueue(&own, None, Role::Aside, &content, true)?;
        self.db
            .prepare_cached("UPDATE outbox SET about = ?2 WHERE id = ?1")?
            .execute((entry, about))?;
        Ok(())
    }

    /// Forgets what was told of a thing that is set now and told to nobody: there is nobody who would have to be alike.
    pub(super) fn forget_told(&mut self, preference: &Preference) -> Result<(), Error> {
        self.db
            .prepare_cached("DELETE FROM told WHERE about = ?1")?
            .execute([key_of(preference)])?;
        Ok(())
    }

    /// Takes what another device tells: of this account, in the room that is its own.
    pub(crate) fn took_preference(
        &mut self,
        room: RoomId,
        sender: &LeafIdentity,
        preference: &Preference,
        at: Timestamp,
    ) -> Result<(), Error> {
        let chat = self.room(room)?.chat.clone();
        let is_own = self.is_own(&chat) && sender.account == self.account()?.account;
        if !is_own && self.keeps(Guard::OwnDevices) {
            return self.alarm(alarm::Kind::Member, Some(&chat));
        }
        self.note_told(room, preference, at)
    }

    /// Takes the place in the log that something has which this device told.
    pub(crate) fn settle_preference(
        &mut self,
        room: RoomId,
        content: &[u8],
        at: Timestamp,
    ) -> Result<(), Error> {
        match self.said(content)? {
            Meaning::Preference(preference) => self.note_told(room, &preference, at),
            _ => Ok(()),
        }
    }

    /// Keeps what stands in a room's log last, and sets what follows from it.
    fn note_told(
        &mut self,
        room: RoomId,
        preference: &Preference,
        at: Timestamp,
    ) -> Result<(), Error> {
        if *preference == Preference::Unknown {
            return Ok(());
        }
        let about = key_of(preference);
        self.db
            .prepare_cached(
                "INSERT OR REPLACE INTO told (chat, about, room, at, body) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((
                preference.chat().map(ChatName::key).unwrap_or_default(),
                &about,
                room.0,
                at.0 as i64,
                to_bytes(&preference.body()),
            ))?;
        if self.is_untold(preference, &about)? {
            return Ok(());
        }
        match self.last_told(&about)? {
            Some((last, _)) => self.set_preference(&last),
            None => Ok(()),
        }
    }

    /// Tells whether this device has set the same thing and not told it yet.
    fn is_untold(&self, preference: &Preference, about: &[u8]) -> Result<bool, Error> {
        let mut waits = self
            .db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM outbox WHERE about = ?1)")?;
        if waits.query_row([about], |row| row.get(0))? {
            return Ok(true);
        }
        match preference {
            Preference::Draft(chat, _) => self.has_untold_draft(&chat.key()),
            _ => Ok(false),
        }
    }

    /// Returns what was told last, and when: of two rooms, which have no common order, by the hub's time.
    fn last_told(&self, about: &[u8]) -> Result<Option<(Preference, Timestamp)>, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT body, at FROM told WHERE about = ?1 ORDER BY at DESC, room DESC LIMIT 1",
        )?;
        let last: Option<(Vec<u8>, i64)> = query
            .query_row([about], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        Ok(last.and_then(|(body, at)| Some((stored(&body)?, Timestamp(at as u64)))))
    }

    /// Sets what was told of a chat before it was here.
    pub(crate) fn catch_up_with_told(&mut self, chat: &str) -> Result<(), Error> {
        let mut query = self
            .db
            .prepare_cached("SELECT DISTINCT about FROM told WHERE chat = ?1")?;
        let rows = query.query_map([chat], |row| row.get(0))?;
        let all: Vec<Vec<u8>> = rows.collect::<Result<_, _>>()?;
        drop(query);
        for about in all {
            if let Some((last, _)) = self.last_told(&about)? {
                self.set_preference(&last)?;
            }
        }
        Ok(())
    }

    fn set_preference(&mut self, preference: &Preference) -> Result<(), Error> {
        match preference {
            Preference::Draft(chat, text) => self.set_field(*chat, "draft", text),
            Preference::Silent(chat, on) if !self.is_own(&chat.key()) => {
                self.state.waking.tell_again();
                self.set_field(*chat, "muted", *on)?;
                self.look_whether_away(*chat)
            }
            Preference::OnTop(chat, on) => self.set_field(*chat, "pinned", *on),
            Preference::Away(chat, _) => self.look_whether_away(*chat),
            Preference::Labelled(chat, label, on) => self.set_labelled(&chat.key(), *label, *on),
            Preference::Label(label, what) => self.set_label(*label, what.as_ref()),
            Preference::Organisation(origin, name) => {
                self.set_organisation(origin, name.as_deref())
            }
            Preference::Template(id, template) => self.set_template(*id, template.as_deref()),
            Preference::Silent(..) | Preference::Unknown => Ok(()),
        }
    }

    fn set_field<T: rusqlite::ToSql>(
        &mut self,
        chat: ChatName,
        column: &'static str,
        value: T,
    ) -> Result<(), Error> {
        let key = chat.key();
        self.db
            .prepare_cached(&format!("UPDATE chat SET {column} = ?2 WHERE id = ?1"))?
            .execute((&key, value))?;
        self.state.dirty.chat(&key);
        self.state.dirty.status = true;
        Ok(())
    }

    /// Sets whether a chat is put away, by what all devices know alike: when that was told, and what was said after it. Devices
    /// read rooms in any order, and have to come to the same.
    fn look_whether_away(&mut self, chat: ChatName) -> Result<(), Error> {
        match self.told_away(chat)? {
            Some((is_away, at)) => {
                let stays = is_away && !self.called_back(&chat.key(), at)?;
                self.set_field(chat, "archived", stays)
            }
            None => Ok(()),
        }
    }

    /// Returns whether a chat was put away, and when, if that was told and nothing else is about to be.
    fn told_away(&self, chat: ChatName) -> Result<Option<(bool, Timestamp)>, Error> {
        let away = Preference::Away(chat, true);
        let about = key_of(&away);
        if self.is_untold(&away, &about)? {
            return Ok(None);
        }
        let last = self.last_told(&about)?;
        Ok(last.map(|(last, at)| (last == away, at)))
    }

    /// Tells whether a chat was put away after the hub took a message: that does not bring it back.
    pub(crate) fn is_away_since(&self, chat: &str, message_at: Timestamp) -> Result<bool, Error> {
        let told = match ChatName::of_key(chat) {
            Some(name) => self.told_away(name)?,
            None => None,
        };
        Ok(told.is_some_and(|(is_away, at)| is_away && at >= message_at))
    }

    /// Tells whether a message after some moment brings a chat back into the list: any, in a silent one what mentions oneself.
    fn called_back(&self, chat: &str, since: Timestamp) -> Result<bool, Error> {
        let mut query = self.db.prepare_cached(
            "SELECT muted, message.kind, body FROM message JOIN chat ON chat.id = message.chat
             WHERE chat = ?1 AND mine = 0 AND message.kind <> ?3 AND at > ?2 AND position IS NOT NULL",
        )?;
        let mut rows = query.query((chat, since.0 as i64, kind::NOTICE))?;
        while let Some(row) = rows.next()? {
            let (is_muted, kind, body): (bool, i64, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            if !is_muted || kind != kind::POLL && self.mentions_me(chat, &body)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Says that a chat which a message brought back is not put away any more: who makes it silent means where it is now.
    pub(crate) fn keep_in_sight(&mut self, chat: &str) -> Result<(), Error> {
        let Some(name) = ChatName::of_key(chat) else {
            return Ok(());
        };
        let told = self.told_away(name)?;
        let mut query = self
            .db
            .prepare_cached("SELECT archived FROM chat WHERE id = ?1")?;
        let is_away: bool = query.query_row([chat], |row| row.get(0))?;
        drop(query);
        if !is_away && told.is_some_and(|(was_away, _)| was_away) {
            self.tell_devices(&Preference::Away(name, false))?;
        }
        Ok(())
    }
}

/// Reads what was kept.
fn stored(body: &[u8]) -> Option<Preference> {
    let body: PreferenceBody = valise_wire::from_bytes(body).ok()?;
    Preference::read(&body)
}
