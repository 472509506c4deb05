//! Names for chats, writers and messages of an export, made from what it says: the same again has the same name.

use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use valise_import::{ChatInfo, Message, Source};
use valise_wire::AccountId;

/// First byte of a message's name here; ids of messages that came through rooms begin with 1.
const BROUGHT: u8 = 0xff;

fn hash(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new().chain_update(b"valise/1 brought over");
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// Returns the key of a chat. Telegram numbers its chats; one of WhatsApp's is known by its name and how it begins.
pub(super) fn chat(source: Source, info: &ChatInfo, title: &str, first: &Message) -> String {
    let letter = match source {
        Source::WhatsApp => 'w',
        Source::Telegram => 't',
    };
    let digest = match (source, info.id) {
        (Source::Telegram, Some(id)) => hash(&[b"chat", b"telegram", &id.to_be_bytes()]),
        _ => {
            let at = first.at.millis().to_be_bytes();
            hash(&[
                b"chat",
                &[letter as u8],
                title.as_bytes(),
                &at,
                writer_key(first),
                first.text.as_bytes(),
            ])
        }
    };
    let digits: String = digest[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{letter}{digits}")
}

/// Returns the name of somebody in a chat: never one that the directory has, whose names are random.
pub(super) fn writer(chat: &str, key: &str) -> AccountId {
    let digest = hash(&[b"writer", chat.as_bytes(), key.as_bytes()]);
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    AccountId(id)
}

/// Returns the name of a numbered message.
pub(super) fn numbered(chat: &str, id: i64) -> [u8; 32] {
    named(hash(&[b"message", chat.as_bytes(), &id.to_be_bytes()]))
}

fn named(mut digest: [u8; 32]) -> [u8; 32] {
    digest[0] = BROUGHT;
    digest
}

fn writer_key(message: &Message) -> &[u8] {
    message
        .writer
        .as_ref()
        .map_or(b"", |writer| writer.key.as_bytes())
}

/// Names messages; what was said several times in one minute is counted.
#[derive(Default)]
pub(super) struct Namer {
    said: HashMap<[u8; 16], u32>,
}

impl Namer {
    /// Returns the name of the next message.
    pub(super) fn name(&mut self, chat: &str, message: &Message) -> [u8; 32] {
        if let Some(id) = message.id {
            return numbered(chat, id);
        }
        let at = message.at.millis().to_be_bytes();
        // With its files or without, it is the same message.
        let kind = [u8::from(message.media.is_some())];
        let digest = hash(&[
            b"said",
            chat.as_bytes(),
            &at,
            writer_key(message),
            &kind,
            message.text.as_bytes(),
        ]);
        let mut short = [0; 16];
        short.copy_from_slice(&digest[..16]);
        let count = self.said.entry(short).or_default();
        *count += 1;
        named(hash(&[b"nth", &digest, &count.to_be_bytes()]))
    }
}
