//! What was done with messages in the preview.

use super::polls;
use std::collections::BTreeMap;
use valise_views::{Body, Message, MessageId, Outcome, Reaction, Version};

/// What was done with one message.
#[derive(Default)]
struct Change {
    /// Oneself's sign, if it was changed.
    sign: Option<Option<String>>,
    texts: Vec<String>,
    is_deleted: bool,
    vote: Option<Vec<u32>>,
    is_closed: bool,
}

/// What was done with all of them.
#[derive(Default)]
pub struct Changes(BTreeMap<MessageId, Change>);

impl Changes {
    pub fn react(&mut self, message: MessageId, emoji: Option<String>) -> Outcome {
        self.0.entry(message).or_default().sign = Some(emoji);
        Outcome::Done
    }

    pub fn edit(&mut self, message: MessageId, text: String) -> Outcome {
        self.0.entry(message).or_default().texts.push(text);
        Outcome::Done
    }

    pub fn delete(&mut self, message: MessageId) -> Outcome {
        self.0.entry(message).or_default().is_deleted = true;
        Outcome::Done
    }

    pub fn vote(&mut self, message: MessageId, options: Vec<u32>) -> Outcome {
        self.0.entry(message).or_default().vote = Some(options);
        Outcome::Done
    }

    pub fn close(&mut self, message: MessageId) -> Outcome {
        self.0.entry(message).or_default().is_closed = true;
        Outcome::Done
    }

    /// Shows a message as it is after what was done.
    pub fn apply(&self, message: &mut Message, me: &str) {
        let Some(change) = self.0.get(&message.id) else {
            return;
        };
        if change.is_deleted {
            message.body = Body::Deleted;
            message.reply = None;
            message.edited = false;
            message.reactions.clear();
            return;
        }
        if let Some(now) = change.texts.last() {
            message.edited = true;
            match &mut message.body {
                Body::Text(text) | Body::Files { text, .. } => text.clone_from(now),
                _ => {}
            }
        }
        if let Body::Poll(poll) = &mut message.body {
            poll.closed |= change.is_closed;
            if let Some(options) = &change.vote {
                polls::vote(poll, options, me);
            }
        }
        if let Some(sign) = &change.sign {
            put_sign(&mut message.reactions, sign.as_deref(), me);
        }
    }

    /// What a message said, from the first version to this one.
    pub fn versions(&self, message: &Message) -> Vec<Version> {
        let now = match &message.body {
            Body::Text(text) | Body::Files { text, .. } => text.clone(),
            _ => return Vec::new(),
        };
        let first = "The hearing moved to Wednesday. Please tell everybody.".to_owned();
        let texts = [
            first,
            "The hearing moved to Thursday, room 112.".to_owned(),
            now,
        ];
        let minutes = [0, 7, 64];
        let all = texts.into_iter().zip(minutes);
        all.map(|(text, minutes)| Version {
            at: message.at + minutes * 60_000,
            text,
            mentions: Vec::new(),
        })
        .collect()
    }
}

fn put_sign(signs: &mut Vec<Reaction>, emoji: Option<&str>, me: &str) {
    for sign in signs.iter_mut().filter(|sign| sign.mine) {
        sign.mine = false;
        sign.people.retain(|name| name != me);
    }
    signs.retain(|sign| !sign.people.is_empty());
    let Some(emoji) = emoji else { return };
    match signs.iter_mut().find(|sign| sign.emoji == emoji) {
        Some(sign) => {
            sign.mine = true;
            sign.people.push(me.into());
        }
        None => signs.push(Reaction {
            emoji: emoji.into(),
            people: vec![me.into()],
            mine: true,
        }),
    }
}
