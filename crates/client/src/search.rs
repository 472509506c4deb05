//! Finding messages again: an index of words in the encrypted store. Nothing about a search leaves the device.
//!
//! The index holds words without case and marks, and what is left of them without endings; not the texts. It is kept in
//! the transaction that changes a message. What was there before there was an index is taken in bit by bit.

mod day;
mod query;
mod snippet;
mod statement;
mod words;

use crate::Error;
use crate::chats::kind;
use crate::own_room::is_own_name;
use crate::state::Cx;
use query::Query;
use rusqlite::OptionalExtension as _;
use rusqlite::params_from_iter;
use rusqlite::types::Value;
use statement::Statement;
use valise_views::search::{Found, Hit};
use valise_views::{ChatId, MessageId};
use valise_wire::AccountId;
use words::{fold, words};

/// Messages that are taken into the index at once.
const BATCH: u32 = 200;
/// Time between two such batches: what the person does meanwhile comes first.
const PAUSE_MILLIS: u64 = 20;
/// Most messages that one search shows.
const MAX_HITS: u32 = 200;
/// Messages that are looked at for a phrase before the search is given up.
const MAX_CANDIDATES: u32 = 2_000;

impl Cx<'_> {
    /// Takes what a message says, and the names of its files, into the index, in the place of what stands there.
    pub(crate) fn index(&mut self, message: i64) -> Result<(), Error> {
        let mut query = self.db.prepare_cached(
            "SELECT body, ifnull((SELECT group_concat(name, ' ') FROM file WHERE file.message = message.id), '')
             FROM message WHERE id = ?1 AND kind IN (?2, ?3, ?4, ?5) AND deleted < 2",
        )?;
        let kinds = (message, kind::TEXT, kind::FILES, kind::POLL, kind::CARD);
        let found = query
            .query_row(kinds, |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
            })
            .optional()?;
        drop(query);
        let Some((body, files)) = found else {
            return Ok(());
        };
        let carded = self.carded(message)?;
        let card = carded.map(|person| format!("{} {}", person.name, person.address));
        let text = format!(
            "{} {files} {}",
            self.spoken_of(message, body)?,
            card.unwrap_or_default()
        );
        let (mut folded, mut stems) = (String::new(), String::new());
        for word in words(&text) {
            append(&mut folded, &word.folded);
            for stem in &word.stems {
                append(&mut stems, stem);
            }
        }
        self.db
            .prepare_cached(
                "INSERT OR REPLACE INTO search (rowid, words, stems) VALUES (?1, ?2, ?3)",
            )?
            .execute((message, folded, stems))?;
        self.state.dirty.found = true;
        Ok(())
    }

    /// Takes a message out of the index.
    pub(crate) fn forget_indexed(&mut self, message: i64) -> Result<(), Error> {
        self.db
            .prepare_cached("DELETE FROM search WHERE rowid = ?1")?
            .execute([message])?;
        self.db
            .prepare_cached("DELETE FROM unindexed WHERE message = ?1")?
            .execute([message])?;
        self.state.dirty.found = true;
        Ok(())
    }

    /// Lets every message be taken into the index, bit by bit.
    pub(crate) fn index_anew(&self) -> rusqlite::Result<()> {
        self.db
            .execute_batch("INSERT OR IGNORE INTO unindexed (message) SELECT id FROM message")
    }

    /// Takes some more of what was there before there was an index; the newest first.
    pub(crate) fn advance_index(&mut self) -> Result<(), Error> {
        if !self.state.unindexed || !self.is_due(self.state.index_at) {
            return Ok(());
        }
        let mut query = self.db.prepare_cached(
            "DELETE FROM unindexed WHERE message IN (SELECT message FROM unindexed ORDER BY message DESC LIMIT ?1)
             RETURNING message",
        )?;
        let rows = query.query_map([BATCH], |row| row.get(0))?;
        let batch: Vec<i64> = rows.collect::<Result<_, _>>()?;
        drop(query);
        for message in &batch {
            self.index(*message)?;
        }
        if batch.is_empty() {
            self.state.unindexed = false;
            self.state.dirty.found = true;
        } else {
            self.state.index_at = self.now.plus_millis(PAUSE_MILLIS);
            self.wake_at(self.state.index_at);
        }
        Ok(())
    }

    /// Finds messages, the newest first.
    pub(crate) fn find(
        &self,
        typed: &str,
        chat: Option<&ChatId>,
        offset_minutes: i32,
        count: u32,
    ) -> Result<Found, Error> {
        let query = Query::parse(typed, offset_minutes);
        let count = count.min(MAX_HITS) as usize;
        let mut found = Found {
            hits: Vec::new(),
            more: false,
            preparing: self.state.unindexed,
        };
        if query.is_empty() {
            return Ok(found);
        }
        let Statement { text, values, .. } = self.statement(&query, chat)?;
        let mut statement = self.db.prepare_cached(&text)?;
        let mut rows = statement.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            let (id, body): (i64, String) = (row.get(0)?, row.get(1)?);
            let body = self.spoken_of(id, body)?;
            let folded = if query.phrases.is_empty() {
                String::new()
            } else {
                fold(&body)
            };
            if !query.phrases.iter().all(|phrase| folded.contains(phrase)) {
                continue;
            }
            if found.hits.len() == count {
                found.more = true;
                break;
            }
            found.hits.extend(self.hit(id, &body, &query)?);
        }
        Ok(found)
    }

    /// Returns the statement that finds what may fit.
    fn statement(&self, query: &Query, chat: Option<&ChatId>) -> Result<Statement, Error> {
        let mut statement = Statement::begin(&query.words);
        if let Some(chat) = chat {
            statement.among("chat", vec![Value::Text(chat.0.clone())]);
        }
        statement.narrow(query);
        if let Some(name) = &query.from {
            statement.among("sender", self.people_called(name)?);
        }
        if let Some(name) = &query.chat {
            statement.among("chat", self.chats_called(name)?);
        }
        // A phrase is looked for in what its words found.
        Ok(statement.end(if query.phrases.is_empty() {
            MAX_HITS + 1
        } else {
            MAX_CANDIDATES
        }))
    }

    fn people_called(&self, name: &str) -> Result<Vec<Value>, Error> {
        let people = self.state.roll.home.people();
        let fits = |account: &AccountId| fold(&self.state.roll.name(*account)).contains(name);
        let accounts = people.map(|person| person.account).filter(fits);
        let mut called: Vec<Value> = accounts
            .map(|account| Value::Blob(account.0.to_vec()))
            .collect();
        called.extend(self.writers_called(|writer| fold(writer).contains(name))?);
        Ok(called)
    }

    fn chats_called(&self, name: &str) -> Result<Vec<Value>, Error> {
        let mut query = self.db.prepare_cached("SELECT id FROM chat")?;
        let rows = query.query_map([], |row| row.get::<_, String>(0))?;
        let mut fitting = Vec::new();
        for id in rows {
            let row = self.chat_row(&id?)?;
            let row = row.filter(|row| {
                fold(&self.title(row)).contains(name)
                    || self.is_own(&row.id) && is_own_name(|own| fold(own).contains(name))
            });
            fitting.extend(row.map(|row| Value::Text(row.id)));
        }
        Ok(fitting)
    }

    /// Shows what was found; none in a chat that is just being forgotten.
    fn hit(&self, id: i64, body: &str, query: &Query) -> Result<Option<Hit>, Error> {
        let (chat, sender, mine, at): (String, [u8; 16], bool, i64) = self
            .db
            .prepare_cached("SELECT chat, sender, mine, at FROM message WHERE id = ?1")?
            .query_row([id], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?;
        let Some(row) = self.chat_row(&chat)? else {
            return Ok(None);
        };
        let file = self.first_file_in_a_line(id)?;
        let text = match (&file, snippet::around(body, query)) {
            (_, Some(pieces)) => pieces,
            (Some(name), None) => snippet::beginning(name, query),
            (None, None) if body.is_empty() => snippet::beginning(&self.without_words(id)?, query),
            (None, None) => snippet::beginning(body, query),
        };
        Ok(Some(Hit {
            message: MessageId(id.to_string()),
            kind: self.shown_kind(&row),
            title: self.title(&row),
            sender: self.name_in(&chat, AccountId(sender))?,
            chat: ChatId(chat),
            is_mine: mine,
            outside: self.outside(AccountId(sender)),
            at: at as u64,
            text,
            file,
        }))
    }
}

fn append(to: &mut String, word: &str) {
    if !to.is_empty() {
        to.push(' ');
    }
    to.push_str(word);
}
