//! What a screen reader is told of a chat that is open.

use super::talk::Talk;
use super::{Sort, line_of};
use crate::{
    logic::requests::letter_word,
    requests::act_sentence,
    words::{t, tw},
};
use leptos::prelude::*;
use valise_views::mention::spoken;
use valise_views::{Body, Conversation, File, Message, MessageId};

/// Tells of what comes in at the end, once.
#[derive(Clone, Copy)]
pub struct Announcer {
    talk: Talk,
    /// The last message of the chat, as far as it was seen here.
    last: StoredValue<Option<MessageId>>,
    /// The message that was told of last.
    told: StoredValue<Option<MessageId>>,
}

impl Announcer {
    /// Has told of nothing.
    pub fn new(talk: Talk) -> Self {
        Self {
            talk,
            last: StoredValue::new(None),
            told: StoredValue::new(None),
        }
    }

    /// Takes what is there already for known.
    pub fn begin(self, shown: &Conversation) {
        self.last
            .set_value(shown.messages.last().map(|message| message.id.clone()));
    }

    /// Tells of the message at the end, if it is new.
    pub fn follow(self, shown: &Conversation) {
        self.forget_what_is_gone(shown);
        let at_end = shown.start + shown.messages.len() as u32 == shown.total;
        let Some(message) = shown.messages.last().filter(|_| at_end) else {
            return;
        };
        let is_new = self
            .last
            .with_value(|last| last.as_ref() != Some(&message.id));
        if !is_new {
            return;
        }
        self.last.set_value(Some(message.id.clone()));
        if let Some((text, sort)) = text_of(message) {
            let said = tw(
                "announce",
                [
                    ("name", (&message.sender_name).into()),
                    ("text", line_of(&text, sort).into()),
                ],
            );
            self.told.set_value(Some(message.id.clone()));
            self.talk.app.announcement.set(said);
        }
    }

    /// What was taken back stays nowhere on the page, not even where only a screen reader finds it.
    fn forget_what_is_gone(self, shown: &Conversation) {
        let is_gone = self.told.with_value(|told| {
            let mut messages = shown.messages.iter();
            let found = messages.find(|message| Some(&message.id) == told.as_ref());
            found.is_some_and(|message| matches!(message.body, Body::Deleted | Body::Disappeared))
        });
        if is_gone {
            self.told.set_value(None);
            self.talk.app.announcement.set(String::new());
        }
    }
}

/// What a message says, and what it is. Of votes nothing is said: they come too often.
fn text_of(message: &Message) -> Option<(String, Sort)> {
    match &message.body {
        _ if message.is_mine => None,
        Body::Text(text) => Some((spoken(text, &message.mentions), Sort::Words)),
        Body::Files { files, text } => {
            let line = files.first().map(File::in_a_line);
            Some((line.unwrap_or_else(|| text.clone()), Sort::Words))
        }
        Body::Poll(poll) => Some((poll.question.clone(), Sort::Poll)),
        Body::Card(person) => {
            let name = person.as_ref().map(|person| person.name.clone());
            Some((name.unwrap_or_default(), Sort::Card))
        }
        Body::Letter { kind, letter, .. } => {
            let text = format!("{}. {}", t(letter_word(*kind)), letter.text);
            Some((text, Sort::Words))
        }
        Body::Act(act) => Some((act_sentence(act), Sort::Words)),
        Body::Notice(_) | Body::Deleted | Body::Disappeared | Body::Unsupported => None,
    }
}
