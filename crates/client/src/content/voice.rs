//! What a message says of a voice note beside the file that holds the sound.

use super::part::{Part, PartBody, disposition};
use valise_wire::{Octets, from_bytes, record, to_bytes};

/// Media type of what stands beside the file.
const VOICE: &str = "application/valise-voice";

/// Most heights of a voice note's picture.
pub const MAX_WAVEFORM: usize = 96;
/// Longest voice note, in milliseconds: two hours.
pub const MAX_MILLIS: u32 = 7_200_000;

/// That a file was spoken to be heard in the chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// How long it is, in milliseconds, as the sender says; at most [`MAX_MILLIS`].
    pub millis: u32,
    /// How loud it is, in steps of equal length; at most [`MAX_WAVEFORM`].
    pub waveform: Vec<u8>,
}

record! {
    /// Body of the part.
    pub struct VoiceBody {
        /// Length in milliseconds.
        pub millis: u32,
        /// How loud it is, in steps of equal length.
        pub waveform: Octets,
    }
}

impl Voice {
    /// Returns the part that says it.
    pub(super) fn to_part(&self) -> Part {
        let body = to_bytes(&VoiceBody {
            millis: self.millis,
            waveform: Octets(self.waveform.clone()),
        });
        Part::single(disposition::SESSION, VOICE, body)
    }

    /// Reads a part: none if it is another; an error if it is malformed.
    pub(super) fn of_part(part: &Part) -> Result<Option<Self>, Malformed> {
        match &part.body {
            PartBody::Single {
                content_type,
                content,
            } if content_type == VOICE => Self::of_bytes(content).map(Some),
            _ => Ok(None),
        }
    }

    fn of_bytes(bytes: &[u8]) -> Result<Self, Malformed> {
        let body: VoiceBody = from_bytes(bytes).map_err(|_| Malformed)?;
        if body.millis > MAX_MILLIS || body.waveform.0.len() > MAX_WAVEFORM {
            return Err(Malformed);
        }
        Ok(Self {
            millis: body.millis,
            waveform: body.waveform.0,
        })
    }
}

/// A part of a known type that is not what it says: somebody broke the protocol.
pub(super) struct Malformed;
