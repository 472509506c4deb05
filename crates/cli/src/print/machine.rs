//! Messages for scripts.

use crate::words::{Language, notice};
use serde_json::{Value, json};
use valise_views::mention::spoken;
use valise_views::{Body, FileState, Message, Tick};

/// Returns a message as an object.
pub(super) fn message(message: &Message) -> Value {
    let mut machine = json!({
        "message": message.id.0,
        "sender": message.sender.0,
        "name": message.sender_name,
        "outside": message.outside.as_ref().map(super::outside::machine),
        "mine": message.is_mine,
        "at": message.at,
        "gap_before": message.gap_before,
        "reply_to": message.reply.as_ref().map(|quote| json!({
            "message": quote.message.as_ref().map(|message| &message.0),
            "name": quote.sender_name,
            "text": quote.text,
        })),
        "origin": message.origin.as_ref().map(|origin| json!({
            "name": origin.sender_name,
            "at": origin.at,
        })),
        "mentions": message.mentions.iter().filter(|mention| mention.is_member).map(|mention| json!({
            "person": mention.person.0,
            "name": mention.name,
            "me": mention.is_me,
        })).collect::<Vec<_>>(),
        "edited": message.edited,
        "pinned": message.pinned,
        "disappears_at": message.expires,
        "reactions": message.reactions.iter().map(|reaction| json!({
            "emoji": reaction.emoji,
            "people": reaction.people,
            "mine": reaction.mine,
        })).collect::<Vec<_>>(),
        "tick": message.tick.map(|tick| match tick {
            Tick::Failed => "failed",
            Tick::Waiting => "waiting",
            Tick::Accepted => "accepted",
            Tick::Delivered => "delivered",
            Tick::Read => "read",
        }),
    });
    match &message.body {
        Body::Text(text) => machine["text"] = json!(spoken(text, &message.mentions)),
        Body::Files { files, text } => {
            machine["text"] = json!(spoken(text, &message.mentions));
            let file = |file: &valise_views::File| {
                json!({
                    "file": file.id.0,
                    "name": file.name,
                    "type": file.media_type,
                    "size_bytes": file.size_bytes,
                    "voice": file.voice.as_ref().map(|voice| json!({
                        "milliseconds": voice.millis,
                        "heard": voice.heard,
                    })),
                    "here": file.state == FileState::Here,
                })
            };
            machine["files"] = files.iter().map(file).collect();
        }
        Body::Poll(poll) => machine["poll"] = super::poll::machine(poll),
        Body::Card(person) => machine["card"] = super::card::machine(person.as_deref()),
        Body::Letter { kind, letter, .. } => {
            machine["letter"] = super::request::machine_letter(*kind, letter);
        }
        Body::Act(act) => machine["act"] = super::request::machine_act(act),
        Body::Notice(happened) => machine["notice"] = json!(notice(Language::English, happened)),
        Body::Deleted => machine["deleted"] = json!(true),
        Body::Disappeared => machine["disappeared"] = json!(true),
        Body::Unsupported => machine["unsupported"] = json!(true),
    }
    machine
}
