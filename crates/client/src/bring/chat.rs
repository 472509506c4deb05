//! The chats that messages of an export come into, and who wrote them.

use super::read::Surveyed;
use super::take::Wish;
use super::{Fault, identity};
use crate::state::Cx;
use rusqlite::OptionalExtension as _;
use std::collections::HashMap;
use valise_import::{ChatInfo, Message};
use valise_wire::AccountId;
use valise_wire::policy::RoomKind;

/// Longest name and title that are kept, in letters.
const MAX_NAME_LETTERS: usize = 100;

/// The chat that is being filled.
pub(super) struct Current {
    pub(super) key: String,
    writers: HashMap<String, AccountId>,
}

impl Cx<'_> {
    /// Finds the chat that begins with a message, or makes it.
    pub(super) fn open_brought(
        &mut self,
        survey: &Surveyed,
        info: Option<&ChatInfo>,
        wish: &Wish,
        first: &Message,
    ) -> Result<Current, Fault> {
        let nothing = ChatInfo::default();
        let info = info.unwrap_or(&nothing);
        let title = title(survey, info, wish, first);
        let key = identity::chat(survey.found.source, info, &title, first);
        self.finish_forgetting(&key)?;
        self.db
            .prepare_cached(
                "INSERT INTO chat (id, kind, title, touched_at) VALUES (?1, ?2, ?3, 0)
                 ON CONFLICT (id) DO UPDATE SET shown = 1",
            )?
            .execute((&key, RoomKind::Group as i64, short(&title)))?;
        self.state.dirty.chat(&key);
        Ok(Current {
            key,
            writers: HashMap::new(),
        })
    }

    /// Returns who wrote a message, and whether it is oneself.
    pub(super) fn brought_sender(
        &mut self,
        current: &mut Current,
        wish: &Wish,
        message: &Message,
    ) -> Result<(AccountId, bool), Fault> {
        let Some(writer) = &message.writer else {
            return Ok((AccountId([0; 16]), false));
        };
        if wish.me.as_ref() == Some(&writer.key) {
            return Ok((self.account()?.account, true));
        }
        Ok((
            self.brought_writer(current, &writer.key, &writer.name)?,
            false,
        ))
    }

    /// Returns the name that somebody in an export has here.
    pub(super) fn brought_writer(
        &mut self,
        current: &mut Current,
        key: &str,
        name: &str,
    ) -> Result<AccountId, Fault> {
        if let Some(known) = current.writers.get(key) {
            return Ok(*known);
        }
        let id = identity::writer(&current.key, key);
        self.db
            .prepare_cached("INSERT OR IGNORE INTO writer (id, chat, name) VALUES (?1, ?2, ?3)")?
            .execute((id.0, &current.key, short(name)))?;
        current.writers.insert(key.to_owned(), id);
        Ok(id)
    }

    /// Tells whether a chat that was brought is here.
    pub(super) fn is_brought(&self, chat: &str) -> Result<bool, Fault> {
        let mut query = self.db.prepare_cached("SELECT 1 FROM chat WHERE id = ?1")?;
        let found: Option<i64> = query.query_row([chat], |row| row.get(0)).optional()?;
        Ok(found.is_some() && super::brought_from(chat).is_some())
    }
}

/// Returns what to call a chat: as the export says, or by who else wrote in it.
fn title(survey: &Surveyed, info: &ChatInfo, wish: &Wish, first: &Message) -> String {
    let given = info.title.clone().or_else(|| survey.found.title.clone());
    let given = given.filter(|title| !title.trim().is_empty());
    let is_me = |key: &str| wish.me.as_deref() == Some(key);
    let writer = || first.writer.as_ref().filter(|writer| !is_me(&writer.key));
    let other = || {
        survey
            .writers
            .iter()
            .find(|key| survey.chats.len() == 1 && !is_me(key))
    };
    given
        .or_else(|| other().cloned())
        .or_else(|| writer().map(|writer| writer.name.clone()))
        .unwrap_or_else(|| "?".to_owned())
}

/// Cuts a name to what a line can show, without letters that break it.
fn short(name: &str) -> String {
    let letters = name.chars().filter(|letter| !letter.is_control());
    letters
        .take(MAX_NAME_LETTERS)
        .collect::<String>()
        .trim()
        .to_owned()
}
