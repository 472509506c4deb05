//! How far messages got: draft-mahy-mimi-message-status.

use valise_wire::MessageId;
use valise_wire::cbor::{Decoder, Encoder};

/// How far a message got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// Which message.
    pub message: MessageId,
    /// How far.
    pub code: StatusCode,
}

/// Numbers of draft-mahy-mimi-message-status; others are skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatusCode {
    /// It is on the device.
    Delivered = 1,
    /// It was read.
    Read = 2,
    /// It was read and, being a voice note, listened to. Not the draft's: of our own.
    Heard = 240,
}

impl StatusCode {
    /// Reads a number, of a message or of the store; none for what is not known.
    pub fn from_number(number: u64) -> Option<Self> {
        [Self::Delivered, Self::Read, Self::Heard]
            .into_iter()
            .find(|code| *code as u64 == number)
    }
}

pub(super) fn encode_statuses(statuses: &[Status]) -> Vec<u8> {
    let mut to = Encoder::default();
    to.array(statuses.len());
    for status in statuses {
        to.array(2);
        to.bytes(&status.message.0);
        to.unsigned(status.code as u64);
    }
    to.into_bytes()
}

pub(super) fn decode_statuses(bytes: &[u8]) -> Option<Vec<Status>> {
    let mut from = Decoder::new(bytes);
    let mut statuses = Vec::new();
    for _ in 0..from.array().ok()? {
        from.array_of(2).ok()?;
        let message = MessageId::from_slice(from.bytes().ok()?)?;
        let code = StatusCode::from_number(from.unsigned().ok()?);
        from.leave();
        statuses.extend(code.map(|code| Status { message, code }));
    }
    from.leave();
    from.finish().ok()?;
    Some(statuses)
}
