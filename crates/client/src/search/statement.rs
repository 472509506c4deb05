//! What the store is asked for a search.

use super::query::{Has, Query};
use super::words::Word;
use rusqlite::types::Value;
use std::fmt::Write as _;

/// A statement in the making, and the values of its places.
pub(super) struct Statement {
    pub(super) text: String,
    pub(super) values: Vec<Value>,
    /// What the messages are in order of: the index gives them so by itself.
    order: &'static str,
}

impl Statement {
    /// Begins one that returns id and text of messages: those with all of the words, or without words all.
    pub(super) fn begin(words: &[Word]) -> Self {
        let (from, values, order) = if words.is_empty() {
            (
                "message WHERE message.kind IN (0, 1)",
                Vec::new(),
                "message.id",
            )
        } else {
            (
                "search CROSS JOIN message ON message.id = search.rowid WHERE search MATCH ?",
                vec![Value::Text(expression(words))],
                "search.rowid",
            )
        };
        Self {
            text: format!("SELECT message.id, message.body FROM {from} AND message.deleted = 0"),
            values,
            order,
        }
    }

    /// Leaves out what was not said at that time, or has not in it what is asked for.
    pub(super) fn narrow(&mut self, query: &Query) {
        for (instant, condition) in [(query.since, ">="), (query.before, "<")] {
            if let Some(instant) = instant {
                let _ = write!(self.text, " AND message.at {condition} ?");
                self.values.push(Value::Integer(instant.0 as i64));
            }
        }
        for has in &query.has {
            self.text.push_str(match has {
                Has::File => " AND EXISTS (SELECT 1 FROM file WHERE file.message = message.id AND state <> 8)",
                Has::Photo => " AND EXISTS (SELECT 1 FROM file WHERE file.message = message.id AND media_type LIKE 'image/%' AND state <> 8)",
                Has::Link => " AND message.body LIKE '%http%://%'",
            });
        }
    }

    /// Leaves out what has another value in a column of `message`.
    pub(super) fn among(&mut self, column: &str, values: Vec<Value>) {
        let places = vec!["?"; values.len()].join(", ");
        let _ = write!(self.text, " AND message.{column} IN ({places})");
        self.values.extend(values);
    }

    /// Ends it: the newest first, and so many at most.
    pub(super) fn end(mut self, most: u32) -> Self {
        let _ = write!(self.text, " ORDER BY {} DESC LIMIT {most}", self.order);
        self
    }
}

/// Returns what the index is asked: all words, each as it is, as a beginning, or in another form.
fn expression(words: &[Word]) -> String {
    let mut asked = String::new();
    for word in words {
        if !asked.is_empty() {
            asked.push_str(" AND ");
        }
        // Words are letters and digits alone: nothing in them ends a quotation.
        let _ = write!(asked, "(words : \"{}\" *", word.folded);
        if !word.stems.is_empty() {
            let stems: Vec<String> = word
                .stems
                .iter()
                .map(|stem| format!("\"{stem}\""))
                .collect();
            let _ = write!(asked, " OR stems : ({})", stems.join(" OR "));
        }
        asked.push(')');
    }
    asked
}
