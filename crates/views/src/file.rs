//! Files: in a message, on the way, and to be sent.

use crate::FileId;
use serde::{Deserialize, Serialize};

/// A file in a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct File {
    /// Which.
    pub id: FileId,
    /// Name, made harmless to show.
    pub name: String,
    /// Media type, by the file's own first bytes where they tell.
    pub media_type: String,
    /// Length.
    pub size_bytes: u64,
    /// Width and height of a picture, in pixels.
    pub dimensions: Option<(u32, u32)>,
    /// Small JPEG or WebP.
    #[serde(with = "serde_bytes")]
    pub thumbnail: Option<Vec<u8>>,
    /// What it is as a voice note, if it is one.
    pub voice: Option<VoiceNote>,
    /// Whether its sender labelled it as confidential.
    pub confidential: bool,
    /// Where it is.
    pub state: FileState,
}

/// A file that was spoken to be heard in the chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoiceNote {
    /// How long it is, in milliseconds, as its sender says.
    pub millis: u32,
    /// How loud it is, in steps of equal length; at most 96, none if its sender did not say.
    #[serde(with = "serde_bytes")]
    pub waveform: Vec<u8>,
    /// Whether it was listened to: by oneself, or one's own by somebody.
    pub heard: bool,
}

impl File {
    /// Returns what one line says of it: its name, of a voice note its length.
    pub fn in_a_line(&self) -> String {
        match &self.voice {
            Some(voice) => voice_in_a_line(voice.millis),
            None => self.name.clone(),
        }
    }
}

/// Returns what one line says of a voice note of so many milliseconds. It has no words, so it is said in every language.
pub fn voice_in_a_line(millis: u32) -> String {
    format!("🎤 {}", minutes(millis))
}

/// Returns a length in minutes and seconds: `1:02`.
pub fn minutes(millis: u32) -> String {
    let seconds = millis.div_ceil(1_000);
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// Where a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileState {
    /// On the server.
    Remote,
    /// On the way.
    Moving(Transfer),
    /// On this device, checked whole.
    Here,
    /// What the server has is not what was sent.
    Broken,
    /// The server has it no longer.
    Gone,
    /// The export that its chat was brought over in does not hold it.
    NotExported,
    /// On this device, whole, and not the one that was signed. It is not opened.
    Another,
}

/// A file on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// Up or down.
    pub upload: bool,
    /// Bytes that are through.
    pub done_bytes: u64,
    /// Bytes in all.
    pub total_bytes: u64,
    /// Whether it rests because somebody asked for it.
    pub paused: bool,
}

/// A file to send. Its bytes stay with the driver until they are asked for in slices.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewFile {
    /// The driver's name for the bytes.
    pub handle: u64,
    /// File name.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Length.
    pub size_bytes: u64,
    /// Width and height of a picture, in pixels.
    pub dimensions: Option<(u32, u32)>,
    /// Small JPEG or WebP, at most 24 KiB.
    #[serde(with = "serde_bytes")]
    pub thumbnail: Option<Vec<u8>>,
    /// What it is as a voice note, if it is one.
    pub voice: Option<NewVoice>,
    /// Whether it is labelled as confidential.
    pub confidential: bool,
}

/// What is known of a voice note that is to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewVoice {
    /// How long it is, in milliseconds; at most two hours.
    pub millis: u32,
    /// How loud it is, in steps of equal length, at most 96.
    #[serde(with = "serde_bytes")]
    pub waveform: Vec<u8>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_voice_note_is_told_by_its_length() {
        assert_eq!(voice_in_a_line(61_001), "🎤 1:02");
        assert_eq!(voice_in_a_line(0), "🎤 0:00");
        assert_eq!(minutes(7_200_000), "120:00");
    }
}
