//! One message of Telegram's, as JSON.

use crate::message::{Media, Message, Writer};
use crate::time::{self, Moment};
use serde::Deserialize;

/// Longest text, in bytes.
const MAX_TEXT_BYTES: usize = 256 << 10;

/// What is read of a message. Everything else is passed over.
#[derive(Deserialize)]
struct Raw {
    #[serde(rename = "type")]
    kind: String,
    id: Option<i64>,
    date: Option<String>,
    date_unixtime: Option<String>,
    edited: Option<String>,
    from: Option<String>,
    from_id: Option<String>,
    actor: Option<String>,
    actor_id: Option<String>,
    action: Option<String>,
    title: Option<String>,
    members: Option<Vec<Option<String>>>,
    text: Option<Text>,
    reply_to_message_id: Option<i64>,
    forwarded_from: Option<String>,
    photo: Option<String>,
    file: Option<String>,
    file_name: Option<String>,
    media_type: Option<String>,
    sticker_emoji: Option<String>,
    width: Option<u32>,
    height: Option<u32>,
    contact_information: Option<Contact>,
    location_information: Option<Place>,
    poll: Option<Poll>,
}

/// A text, or pieces of one.
#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Plain(String),
    Pieces(Vec<Piece>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Piece {
    Plain(String),
    Marked { text: String, href: Option<String> },
}

#[derive(Deserialize)]
struct Contact {
    first_name: Option<String>,
    last_name: Option<String>,
    phone_number: Option<String>,
}

#[derive(Deserialize)]
struct Place {
    latitude: f64,
    longitude: f64,
}

#[derive(Deserialize)]
struct Poll {
    question: Option<String>,
    answers: Option<Vec<Answer>>,
}

#[derive(Deserialize)]
struct Answer {
    text: Option<String>,
}

/// Reads a message; none if it lacks what one must have.
pub(super) fn read(line: u64, bytes: &[u8]) -> Option<Message> {
    let raw: Raw = serde_json::from_slice(bytes).ok()?;
    let at = moment(raw.date_unixtime.as_deref(), raw.date.as_deref())?;
    let mut message = Message {
        line,
        at,
        id: raw.id,
        reply: raw.reply_to_message_id,
        edited: raw.edited.is_some(),
        ..Message::default()
    };
    match raw.kind.as_str() {
        "message" => fill(&mut message, raw),
        "service" => message.text = happening(raw),
        _ => return None,
    }
    (message.text.len() <= MAX_TEXT_BYTES).then_some(message)
}

fn fill(message: &mut Message, raw: Raw) {
    message.writer = writer(raw.from, raw.from_id);
    message.forwarded = raw.forwarded_from;
    message.text = raw.text.map(Text::flat).unwrap_or_default();
    if let Some(path) = raw.photo.or(raw.file) {
        message.media = Some(Media {
            // "(File not included. Change data exporting settings to download.)"
            path: Some(path).filter(|path| !path.starts_with('(')),
            name: raw.file_name,
            dimensions: raw.width.zip(raw.height),
        });
    }
    let is_sticker = raw.media_type.as_deref() == Some("sticker");
    let more = [
        raw.sticker_emoji
            .filter(|_| is_sticker && message.text.is_empty()),
        raw.contact_information.map(Contact::flat),
        raw.location_information.map(|place| {
            format!(
                "https://maps.google.com/?q={},{}",
                place.latitude, place.longitude
            )
        }),
        raw.poll.map(Poll::flat),
    ];
    for text in more.into_iter().flatten().filter(|text| !text.is_empty()) {
        if !message.text.is_empty() {
            message.text.push('\n');
        }
        message.text.push_str(&text);
    }
}

/// Says what happened, in the words that the export has for it.
fn happening(raw: Raw) -> String {
    let mut text = raw.actor.or(raw.actor_id).unwrap_or_default();
    let action = raw.action.unwrap_or_default().replace('_', " ");
    let people: Vec<String> = raw
        .members
        .unwrap_or_default()
        .into_iter()
        .flatten()
        .collect();
    let more = [action, raw.title.unwrap_or_default(), people.join(", ")];
    for part in more.iter().filter(|part| !part.is_empty()) {
        if !text.is_empty() {
            text.push_str(" · ");
        }
        text.push_str(part);
    }
    text
}

fn writer(name: Option<String>, id: Option<String>) -> Option<Writer> {
    let name = name.filter(|name| !name.trim().is_empty());
    let key = id.clone().or(name.clone())?;
    Some(Writer {
        name: name.or(id)?,
        key,
    })
}

fn moment(unix: Option<&str>, date: Option<&str>) -> Option<Moment> {
    const LAST: i64 = 7_258_118_400;
    let seconds = unix
        .and_then(|seconds| seconds.parse().ok())
        .filter(|seconds| (0..LAST).contains(seconds));
    match (seconds, date) {
        (Some(seconds), _) => Some(Moment::Utc(seconds * 1000)),
        (None, Some(date)) => time::iso(date).map(Moment::Local),
        (None, None) => None,
    }
}

impl Text {
    fn flat(self) -> String {
        match self {
            Self::Plain(text) => text,
            Self::Pieces(pieces) => pieces.into_iter().map(Piece::flat).collect(),
        }
    }
}

impl Piece {
    fn flat(self) -> String {
        match self {
            Self::Plain(text) => text,
            // What the reader does not see must not lead elsewhere.
            Self::Marked {
                text,
                href: Some(href),
            } if href != text => format!("{text} ({href})"),
            Self::Marked { text, .. } => text,
        }
    }
}

impl Contact {
    fn flat(self) -> String {
        let parts = [self.first_name, self.last_name, self.phone_number];
        let parts: Vec<String> = parts
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .collect();
        parts.join(" ")
    }
}

impl Poll {
    fn flat(self) -> String {
        let answers = self
            .answers
            .unwrap_or_default()
            .into_iter()
            .filter_map(|answer| answer.text);
        let lines: Vec<String> = self
            .question
            .into_iter()
            .chain(answers.map(|answer| format!("– {answer}")))
            .collect();
        lines.join("\n")
    }
}
