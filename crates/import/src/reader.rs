//! Messages out of bytes, whichever messenger they are of; and what is known after reading all of them once.

use crate::message::{Event, Message, Skipped, Source, Writer};
use crate::whatsapp::Order;
use crate::{telegram, whatsapp};
use std::collections::HashMap;

/// Most names that are remembered of an export.
const MAX_WRITERS: usize = 2_000;

/// Makes messages of an export's bytes.
pub struct Reader(Kind);

enum Kind {
    WhatsApp(Box<whatsapp::Parser>),
    Telegram(Box<telegram::Parser>),
}

impl Reader {
    /// Makes one. `order` counts for WhatsApp alone; without one, dates are read in whichever order gives a day.
    pub fn new(source: Source, order: Option<Order>) -> Self {
        Self(match source {
            Source::WhatsApp => Kind::WhatsApp(Box::new(whatsapp::Parser::new(order))),
            Source::Telegram => Kind::Telegram(Box::default()),
        })
    }

    /// Takes the next bytes of the file.
    pub fn push(&mut self, bytes: &[u8]) {
        match &mut self.0 {
            Kind::WhatsApp(parser) => parser.push(bytes),
            Kind::Telegram(parser) => parser.push(bytes),
        }
    }

    /// Says that there are no more.
    pub fn finish(&mut self) {
        match &mut self.0 {
            Kind::WhatsApp(parser) => parser.finish(),
            Kind::Telegram(parser) => parser.finish(),
        }
    }

    /// Returns what came of it so far.
    pub fn next_event(&mut self) -> Option<Event> {
        match &mut self.0 {
            Kind::WhatsApp(parser) => parser.next_event(),
            Kind::Telegram(parser) => parser.next_event(),
        }
    }

    /// Tells in which order dates stand in what was read, and whether that is a guess.
    pub fn order(&self) -> (Order, bool) {
        match &self.0 {
            Kind::WhatsApp(parser) => parser.order(),
            Kind::Telegram(_) => (Order::DayFirst, false),
        }
    }

    /// Returns the first and the last time of what was read, where the order of dates decides about it.
    pub fn span(&self) -> Option<(i64, i64)> {
        match &self.0 {
            Kind::WhatsApp(parser) => parser.span(),
            Kind::Telegram(_) => None,
        }
    }

    /// Returns the key of whose export it is, if it says that.
    pub fn me(&self) -> Option<String> {
        match &self.0 {
            Kind::WhatsApp(_) => None,
            Kind::Telegram(parser) => parser.me(),
        }
    }
}

/// What is known of an export that was read once.
#[derive(Debug, Default)]
pub struct Survey {
    /// Chats in it.
    pub chats: u32,
    /// Messages in it.
    pub messages: u64,
    /// Places that were left out.
    pub skipped: u64,
    /// First and last time of a message, in milliseconds since 1970 on whichever clock the export has.
    pub span: Option<(i64, i64)>,
    writers: HashMap<Writer, u64>,
}

impl Survey {
    /// Counts one more.
    pub fn add(&mut self, event: &Event) {
        match event {
            Event::Opens => self.chats += 1,
            Event::Closes(_) => {}
            Event::Skipped(Skipped { .. }) => self.skipped += 1,
            Event::Message(message) => self.count(message),
        }
    }

    fn count(&mut self, message: &Message) {
        self.messages += 1;
        let at = message.at.millis();
        let (first, last) = self.span.unwrap_or((at, at));
        self.span = Some((first.min(at), last.max(at)));
        let Some(writer) = &message.writer else {
            return;
        };
        if let Some(count) = self.writers.get_mut(writer) {
            *count += 1;
        } else if self.writers.len() < MAX_WRITERS {
            self.writers.insert(writer.clone(), 1);
        }
    }

    /// Returns who wrote, the most talkative first.
    pub fn writers(&self) -> Vec<(Writer, u64)> {
        let mut writers: Vec<_> = self
            .writers
            .iter()
            .map(|(writer, count)| (writer.clone(), *count))
            .collect();
        writers.sort_by(|(a, one), (b, other)| other.cmp(one).then_with(|| a.name.cmp(&b.name)));
        writers
    }
}
