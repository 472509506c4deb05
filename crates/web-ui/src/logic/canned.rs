//! A message and a chat for the tests beside this; each sets what it is about.

use valise_views::{Body, ChatId, ChatKind, Conversation, Message, MessageId, PersonId};

/// A text of Ada's.
pub fn message(id: &str) -> Message {
    Message {
        outside: None,
        id: MessageId(id.into()),
        sender: PersonId("a".into()),
        sender_name: "Ada".into(),
        is_mine: false,
        at: 0,
        body: Body::Text(format!("text {id}")),
        mentions: Vec::new(),
        reply: None,
        origin: None,
        edited: false,
        pinned: false,
        reactions: Vec::new(),
        tick: None,
        seen: None,
        gap_before: false,
        expires: None,
        imported: false,
    }
}

/// The end of a chat of three, from a place on.
pub fn conversation(start: u32, messages: Vec<Message>) -> Conversation {
    Conversation {
        away: None,
        chat: ChatId("c".into()),
        kind: ChatKind::Group,
        title: "t".into(),
        members: 3,
        start,
        total: start + messages.len() as u32,
        messages,
        first_unread: None,
        draft: String::new(),
        typing: Vec::new(),
        presence: None,
        may_send: true,
        blocked: None,
        left_out: Vec::new(),
        pinned: Vec::new(),
        may_pin: false,
    }
}
