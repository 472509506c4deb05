//! What a message says: MIMI content (draft-ietf-mimi-content-08) and what we put into it.
//!
//! [`Content`] is the draft's structure with its one encoding; [`Meaning`] is what this program understands by it. The
//! bytes are described in `spec/content.md`.

mod again;
mod attachment;
mod card;
mod formal;
mod meaning;
mod part;
mod poll;
mod preference;
mod release;
mod sign;
mod status;
mod template;
mod timer;
mod voice;

pub use again::Saying;
pub use attachment::Attachment;
pub use formal::Formal;
pub use meaning::Meaning;
pub use part::{Part, PartBody};
pub use poll::Poll;
pub use preference::{ChatName, MAX_LABEL, Preference, PreferenceBody};
pub(crate) use preference::{MAX_DRAFT_BYTES, is_label_name, is_organisation_name};
pub use release::SentBack;
pub use sign::is_sign;
pub use status::{Status, StatusCode};
pub use template::{Blank, Template, Usual, UsualOffice};
pub use timer::Timer;
pub use voice::{MAX_MILLIS, MAX_WAVEFORM, Voice};

use sha2::{Digest, Sha256};
use valise_wire::cbor::{DecodeError, Decoder, Encoder};
use valise_wire::{AccountId, MessageId, OfficeId, RoomId};

/// Extension in which a sender numbers the messages of one device in one room, from 1 without gaps. Private use.
const SEQUENCE: i64 = -1;

/// Extension in which a sender says from where a message is handed on. Private use.
const ORIGIN: i64 = -2;

/// Extension in which a sender labels the files of a message as confidential. Private use.
const LABEL: i64 = -3;
/// The one label that there is. A reader takes every other one for it.
const CONFIDENTIAL: u64 = 1;

/// One message, as it stands inside the encryption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Random; it keeps equal messages from having equal ids.
    pub salt: [u8; 16],
    /// First version of the message that this one takes the place of.
    pub replaces: Option<MessageId>,
    /// Thread; empty for none.
    pub topic: Vec<u8>,
    /// When the message is to be forgotten.
    pub expires: Option<Expiry>,
    /// The message that this one answers.
    pub in_reply_to: Option<MessageId>,
    /// Who says to have written it; believed only when it is who MLS says.
    pub sender_uri: String,
    /// Where it says to belong.
    pub room_uri: String,
    /// Number of this message among those of its device in the room; 0 for what is not numbered.
    pub sequence: u64,
    /// From where it is handed on, as its sender says.
    pub origin: Option<Origin>,
    /// Whether its files are labelled as confidential.
    pub confidential: bool,
    /// What it says.
    pub part: Part,
}

/// From where a message is handed on. Nobody but the sender vouches for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Who wrote it first.
    pub sender_uri: String,
    /// When, in milliseconds since 1970.
    pub at: u64,
}

/// When a message is to be forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expiry {
    /// Seconds after the hub took the message rather than since 1970.
    pub relative: bool,
    /// Seconds.
    pub time: u32,
}

impl Content {
    /// Returns the bytes that are encrypted.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut to = Encoder::default();
        to.array(7);
        to.bytes(&self.salt);
        encode_id(&mut to, self.replaces);
        to.bytes(&self.topic);
        match self.expires {
            None => to.null(),
            Some(expiry) => {
                to.array(2);
                to.boolean(expiry.relative);
                to.unsigned(u64::from(expiry.time));
            }
        }
        encode_id(&mut to, self.in_reply_to);
        let own = [self.sequence > 0, self.origin.is_some(), self.confidential];
        to.map(2 + own.into_iter().filter(|has| *has).count());
        to.unsigned(1);
        to.text(&self.sender_uri);
        to.unsigned(2);
        to.text(&self.room_uri);
        if self.sequence > 0 {
            to.integer(SEQUENCE);
            to.unsigned(self.sequence);
        }
        if let Some(origin) = &self.origin {
            to.integer(ORIGIN);
            to.array(2);
            to.text(&origin.sender_uri);
            to.unsigned(origin.at);
        }
        if self.confidential {
            to.integer(LABEL);
            to.unsigned(CONFIDENTIAL);
        }
        self.part.encode(&mut to);
        to.into_bytes()
    }

    /// Reads what was decrypted. Anything but the one encoding is refused; extensions that are not known are skipped.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut from = Decoder::new(bytes);
        from.array_of(7)?;
        let salt = from
            .bytes()?
            .try_into()
            .map_err(|_| DecodeError::OutOfRange)?;
        let replaces = decode_id(&mut from)?;
        let topic = from.bytes()?.to_vec();
        let expires = decode_expiry(&mut from)?;
        let in_reply_to = decode_id(&mut from)?;
        let extensions = Extensions::decode(&mut from)?;
        let part = Part::decode(&mut from)?;
        from.leave();
        from.finish()?;
        Ok(Self {
            salt,
            replaces,
            topic,
            expires,
            in_reply_to,
            sender_uri: extensions.sender_uri,
            room_uri: extensions.room_uri,
            sequence: extensions.sequence,
            origin: extensions.origin,
            confidential: extensions.confidential,
            part,
        })
    }
}

#[derive(Default)]
struct Extensions {
    sender_uri: String,
    room_uri: String,
    sequence: u64,
    origin: Option<Origin>,
    confidential: bool,
}

impl Extensions {
    fn decode(from: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        // Read over once for the order of the keys, then for the values that are known.
        let mut inside = Decoder::new(from.any()?);
        let mut found = Self::default();
        for _ in 0..inside.map()? {
            match Decoder::new(inside.any()?).integer() {
                Ok(1) => found.sender_uri = inside.text()?.to_owned(),
                Ok(2) => found.room_uri = inside.text()?.to_owned(),
                Ok(SEQUENCE) => found.sequence = inside.unsigned()?,
                Ok(ORIGIN) => {
                    inside.array_of(2)?;
                    let sender_uri = inside.text()?.to_owned();
                    let at = inside.unsigned()?;
                    inside.leave();
                    found.origin = Some(Origin { sender_uri, at });
                }
                Ok(LABEL) => {
                    inside.any()?;
                    found.confidential = true;
                }
                _ => drop(inside.any()?),
            }
        }
        Ok(found)
    }
}

fn encode_id(to: &mut Encoder, id: Option<MessageId>) {
    match id {
        None => to.null(),
        Some(id) => to.bytes(&id.0),
    }
}

fn decode_id(from: &mut Decoder<'_>) -> Result<Option<MessageId>, DecodeError> {
    if from.null() {
        return Ok(None);
    }
    MessageId::from_slice(from.bytes()?)
        .map(Some)
        .ok_or(DecodeError::OutOfRange)
}

fn decode_expiry(from: &mut Decoder<'_>) -> Result<Option<Expiry>, DecodeError> {
    if from.null() {
        return Ok(None);
    }
    from.array_of(2)?;
    let relative = from.boolean()?;
    let time = u32::try_from(from.unsigned()?).map_err(|_| DecodeError::OutOfRange)?;
    from.leave();
    Ok(Some(Expiry { relative, time }))
}

/// Derives a message's id: one algorithm byte and 31 bytes of SHA-256 over sender, room, the exact content and its salt.
///
/// Sender and room are those that MLS and the directory vouch for, so that the same bytes in another room, or by
/// somebody else, are another message.
pub fn message_id(sender_uri: &str, room_uri: &str, content: &[u8], salt: &[u8; 16]) -> MessageId {
    let length = |text: &str| u16::try_from(text.len()).unwrap_or(u16::MAX).to_be_bytes();
    let hash = Sha256::new()
        .chain_update(length(sender_uri))
        .chain_update(sender_uri)
        .chain_update(length(room_uri))
        .chain_update(room_uri)
        .chain_update(content)
        .chain_update(salt)
        .finalize();
    let mut id = [1; 32];
    id[1..].copy_from_slice(&hash[..31]);
    MessageId(id)
}

/// Returns how an account is named inside content.
pub fn account_uri(domain: &str, account: AccountId) -> String {
    format!("mimi://{domain}/u/{account}")
}

/// Reads how an account of a domain is named inside content.
pub fn account_of(domain: &str, uri: &str) -> Option<AccountId> {
    let account = uri.strip_prefix("mimi://")?.strip_prefix(domain)?;
    AccountId::from_hex(account.strip_prefix("/u/")?)
}

/// Returns how an office is named inside content.
pub fn office_uri(domain: &str, office: OfficeId) -> String {
    format!("mimi://{domain}/o/{office}")
}

/// Reads how an office of a domain is named inside content.
pub fn office_of(domain: &str, uri: &str) -> Option<OfficeId> {
    let office = uri.strip_prefix("mimi://")?.strip_prefix(domain)?;
    OfficeId::from_hex(office.strip_prefix("/o/")?)
}

/// Returns how a room is named inside content.
pub fn room_uri(domain: &str, room: RoomId) -> String {
    format!("mimi://{domain}/r/{room}")
}

#[cfg(test)]
mod tests;
