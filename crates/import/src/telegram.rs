//! Telegram Desktop's export, `result.json`: one chat, or all of them.
//!
//! Its form is what Telegram Desktop writes (`export/output/export_output_json.cpp`); there is no other specification.
//! Keys may come in any order. No more than one message stands in memory.

mod message;
mod split;

use crate::message::{ChatInfo, Event, Skipped, Why};
use split::{Found, Split};
use std::collections::VecDeque;

/// Makes messages of JSON.
#[derive(Default)]
pub struct Parser {
    split: Split,
    info: ChatInfo,
    /// Whether the person whose export it is has a number in it.
    me: Option<i64>,
    is_open: bool,
    events: VecDeque<Event>,
}

impl Parser {
    /// Takes the next bytes of the file.
    pub fn push(&mut self, bytes: &[u8]) {
        for byte in bytes {
            if let Some(found) = self.split.byte(*byte) {
                self.take(found);
            }
        }
    }

    /// Says that there are no more.
    pub fn finish(&mut self) {
        if let Some(why) = self.split.end() {
            let line = self.split.line();
            self.events.push_back(Event::Skipped(Skipped { line, why }));
        }
        self.close();
    }

    /// Returns what came of it so far.
    pub fn next_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    /// Returns the key of the person whose export it is, if it says that.
    pub fn me(&self) -> Option<String> {
        self.me.map(|id| format!("user{id}"))
    }

    fn take(&mut self, found: Found) {
        match found {
            Found::ChatBegins => {
                self.close();
                self.info = ChatInfo::default();
            }
            Found::Name(value) => {
                self.info.title = serde_json::from_slice(&value).unwrap_or_default()
            }
            Found::Id(value) => self.info.id = serde_json::from_slice(&value).unwrap_or_default(),
            Found::Owner(value) => self.me = serde_json::from_slice(&value).unwrap_or_default(),
            Found::MessagesBegin => {
                self.is_open = true;
                self.events.push_back(Event::Opens);
            }
            Found::Message { line, bytes } => {
                self.events.push_back(match message::read(line, &bytes) {
                    Some(message) => Event::Message(Box::new(message)),
                    None => skipped(line, Why::BadMessage),
                })
            }
            Found::TooLong { line } => self.events.push_back(skipped(line, Why::TooLong)),
            Found::Broken { line } => self.events.push_back(skipped(line, Why::Broken)),
            Found::ChatEnds => self.close(),
        }
    }

    fn close(&mut self) {
        if std::mem::take(&mut self.is_open) {
            self.events
                .push_back(Event::Closes(std::mem::take(&mut self.info)));
        }
    }
}

fn skipped(line: u64, why: Why) -> Event {
    Event::Skipped(Skipped { line, why })
}

#[cfg(test)]
mod tests;
