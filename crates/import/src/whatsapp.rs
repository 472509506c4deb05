//! WhatsApp's export of one chat: `_chat.txt`, a line a message and more lines for longer ones.
//!
//! There is no specification. The forms are those that Android and iPhones write in the languages and places that
//! `docs/import.md` lists.

mod head;
mod order;
mod words;

pub use head::Order;

use crate::lines::{Line, Lines};
use crate::message::{ChatInfo, Event, Media, Message, Skipped, Why, Writer};
use crate::time::Moment;
use head::{Head, Style, is_unseen};
use std::collections::VecDeque;

/// Longest message, in bytes.
const MAX_MESSAGE_BYTES: usize = 256 << 10;
/// Longest name, in bytes.
const MAX_NAME_BYTES: usize = 200;

/// Makes messages of lines.
pub struct Parser {
    lines: Lines,
    state: State,
}

struct State {
    /// None to count messages before the order is known.
    order: Option<Order>,
    style: Option<Style>,
    evidence: order::Evidence,
    begun: Option<Begun>,
    /// Whether lines belong to a message that was left out.
    is_skipping: bool,
    has_opened: bool,
    events: VecDeque<Event>,
}

/// A message whose last line has not come yet.
struct Begun {
    line: u64,
    at: i64,
    text: String,
}

impl Parser {
    /// Makes one that reads dates in this order; without one, in whichever gives a day.
    pub fn new(order: Option<Order>) -> Self {
        let state = State {
            order,
            style: None,
            evidence: order::Evidence::default(),
            begun: None,
            is_skipping: false,
            has_opened: false,
            events: VecDeque::new(),
        };
        let lines = Lines::default();
        Self { lines, state }
    }

    /// Takes the next bytes of the file.
    pub fn push(&mut self, bytes: &[u8]) {
        let state = &mut self.state;
        self.lines.push(bytes, |line| state.take(line));
    }

    /// Says that there are no more.
    pub fn finish(&mut self) {
        let state = &mut self.state;
        self.lines.finish(|line| state.take(line));
        state.end_message();
        if state.has_opened {
            state.events.push_back(Event::Closes(ChatInfo::default()));
        }
    }

    /// Returns what came of it so far.
    pub fn next_event(&mut self) -> Option<Event> {
        self.state.events.pop_front()
    }

    /// Tells in which order the dates of all that was read stand, and whether that is a guess.
    pub fn order(&self) -> (Order, bool) {
        self.state.evidence.decide()
    }

    /// Returns the first and the last time of all that was read, in that order.
    pub fn span(&self) -> Option<(i64, i64)> {
        self.state.evidence.span()
    }
}

impl State {
    fn take(&mut self, (line, text): Line<'_>) {
        let text = match text {
            Ok(text) => text,
            Err(why) => return self.skip(line, why),
        };
        let head =
            Head::read(text).filter(|(head, _)| self.style.is_none_or(|style| style == head.style));
        match head {
            Some((head, rest)) => self.begin(line, &head, rest),
            None => self.go_on(line, text),
        }
    }

    fn begin(&mut self, line: u64, head: &Head, rest: &str) {
        self.end_message();
        self.style = Some(head.style);
        self.evidence.add(head);
        let at = match self.order {
            Some(order) => head.millis(order),
            None => head
                .millis(Order::DayFirst)
                .or_else(|| head.millis(Order::MonthFirst)),
        };
        let Some(at) = at else {
            self.is_skipping = true;
            return self.skip(line, Why::BadDate);
        };
        self.is_skipping = false;
        if !self.has_opened {
            self.has_opened = true;
            self.events.push_back(Event::Opens);
        }
        let text = rest.to_owned();
        self.begun = Some(Begun { line, at, text });
    }

    fn go_on(&mut self, line: u64, text: &str) {
        if self.is_skipping {
            return;
        }
        let Some(begun) = &mut self.begun else {
            if !text.trim_matches(is_unseen).trim().is_empty() {
                self.skip(line, Why::NoMessage);
            }
            return;
        };
        if begun.text.len() + text.len() >= MAX_MESSAGE_BYTES {
            let line = begun.line;
            self.begun = None;
            self.is_skipping = true;
            return self.skip(line, Why::TooLong);
        }
        begun.text.push('\n');
        begun.text.push_str(text);
    }

    fn skip(&mut self, line: u64, why: Why) {
        self.events.push_back(Event::Skipped(Skipped { line, why }));
    }

    fn end_message(&mut self) {
        let is_bracketed = self.style.is_some_and(Style::is_bracketed);
        if let Some(begun) = self.begun.take() {
            let message = understand(begun, is_bracketed);
            self.events.push_back(Event::Message(Box::new(message)));
        }
    }
}

/// Takes apart what stands behind the date.
fn understand(begun: Begun, is_bracketed: bool) -> Message {
    let mut message = Message {
        line: begun.line,
        at: Moment::Local(begun.at),
        ..Message::default()
    };
    let Some((name, text)) = split_name(&begun.text) else {
        begun
            .text
            .trim_matches(is_unseen)
            .trim()
            .clone_into(&mut message.text);
        return message;
    };
    message.writer = Some(Writer {
        key: name.clone(),
        name,
    });
    let mut text = text.trim_end();
    if let Some(before) = words::without_edited(text) {
        (text, message.edited) = (before, true);
    }
    let plain = text.trim_start_matches(is_unseen).trim();
    if words::is_deleted(plain) {
        message.deleted = true;
    } else if let Some((media, caption)) = media(text) {
        message.media = Some(media);
        caption.trim().clone_into(&mut message.text);
    } else {
        if is_bracketed && text.starts_with('\u{200e}') && is_spoken_by_itself(plain) {
            // An iPhone puts what it says itself into somebody's mouth, and marks it.
            message.writer = None;
        }
        plain.clone_into(&mut message.text);
    }
    message
}

/// Tells whether a marked text is a notice, and not a place or a vote that somebody sent.
fn is_spoken_by_itself(text: &str) -> bool {
    let label = text.split([':', '\n']).next().unwrap_or_default();
    let is_labelled = label.len() < text.len() && label.chars().count() < 24;
    !is_labelled
}

/// Cuts `Anna: text`. What has no name is what WhatsApp itself says.
fn split_name(text: &str) -> Option<(String, &str)> {
    let first = text.lines().next().unwrap_or_default();
    let at = first
        .find(": ")
        .or_else(|| first.ends_with(':').then(|| first.len() - 1))?;
    let name: String = first[..at]
        .chars()
        .filter(|letter| !is_unseen(*letter))
        .collect();
    let name = name
        .trim()
        .trim_start_matches("~\u{a0}")
        .trim_start_matches('~')
        .trim();
    // A name in quotation marks is a new title: "Anna changed the subject to “Plan: B”".
    if name.is_empty() || name.len() > MAX_NAME_BYTES || name.contains(['"', '“', '”', '«', '„'])
    {
        return None;
    }
    let text = &text[at + 1..];
    Some((name.to_owned(), text.strip_prefix(' ').unwrap_or(text)))
}

/// Finds what came with a message, and what is left of its text.
fn media(text: &str) -> Option<(Media, &str)> {
    let named = |name: &str| Media {
        path: Some(name.to_owned()),
        name: None,
        dimensions: None,
    };
    if let Some((before, name)) = words::attached_behind(text) {
        let before = before.trim_start_matches(is_unseen);
        // "report.pdf • 3 pages" says what the card says.
        return Some((
            named(name),
            if before.contains(" • ") { "" } else { before },
        ));
    }
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(name) = words::attached(first) {
        return Some((named(name), rest));
    }
    if words::is_omitted(first.trim_matches(is_unseen)) {
        return Some((Media::default(), rest));
    }
    let (before, last) = text.rsplit_once('\u{200e}')?;
    words::is_omitted(last).then(|| (Media::default(), before.trim_matches(is_unseen)))
}

#[cfg(test)]
mod tests;
