//! What this program understands by a part, and how it says it.

use super::again::{self, Saying};
use super::attachment::{Attachment, file_part, read_file};
use super::card;
use super::formal::{self, Formal};
use super::is_sign;
use super::part::{Part, PartBody, Semantics, disposition};
use super::poll::{self, Poll};
use super::preference::{self, Preference};
use super::release::{self, SentBack};
use super::status::{Status, decode_statuses, encode_statuses};
use super::timer::{TIMER, Timer};
use valise_directory::fold::Head;
use valise_wire::{MessageId, Octets, from_bytes, record, to_bytes};

/// Media type of texts: GitHub's Markdown without HTML and links that fetch.
const TEXT: &str = "text/markdown;variant=GFM-MIMI";
const PLAIN_TEXT: &str = "text/plain;charset=utf-8";
const STATUS: &str = "application/mimi-message-status";
const CHECKPOINT: &str = "application/valise-checkpoint";
const ROOM_PROFILE: &str = "application/valise-room";
const PIN: &str = "application/valise-pin";

/// What a message means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// A text.
    Text(String),
    /// Files with an optional text.
    Files {
        /// In order, at least one.
        files: Vec<Attachment>,
        /// May be empty.
        text: String,
    },
    /// A sign under the message that it answers; none takes the former one away.
    Reaction(Option<String>),
    /// Nothing: the message that it replaces is taken back.
    Nothing,
    /// Another message is pinned, or no longer.
    Pin {
        /// Which.
        message: MessageId,
        /// Whether it is pinned from now on.
        on: bool,
    },
    /// A question to everybody in the room.
    Poll(Poll),
    /// What somebody chooses in the poll that it answers, in the place of what he chose before; nothing takes that back.
    Vote(Vec<u16>),
    /// The poll that it answers is closed.
    PollEnd,
    /// How far other messages got.
    Status(Vec<Status>),
    /// What somebody's log looks like.
    Checkpoint {
        /// Last number in it.
        seq: u64,
        /// Its chain hash.
        chain: [u8; 32],
        /// How far the sender has read the directory.
        directory: Head,
    },
    /// What a room is called.
    RoomProfile {
        /// Rises with each change.
        version: u64,
        /// Name.
        title: String,
        /// Small picture.
        picture: Option<Vec<u8>>,
    },
    /// After how long what is said in the room disappears.
    Timer(Timer),
    /// A card of somebody: the account, as it is named inside content.
    Card(String),
    /// What a person set for himself, told to his other devices.
    Preference(Preference),
    /// A request to another organisation, an answer, or what was done with it.
    Formal(Formal),
    /// The same, repeated to somebody who came in later.
    Again(Saying, Box<Formal>),
    /// A signed request that waits for a keeper of one's own organisation. It is none yet.
    ForRelease(Box<Formal>),
    /// A keeper's seal on one that waits.
    Release(Vec<u8>),
    /// A keeper seals nothing, and says why.
    SentBack(SentBack),
    /// Well-formed, and of a kind that this version does not know.
    Unsupported,
}

record! {
    /// Body of a checkpoint.
    pub struct CheckpointBody {
        /// Last number.
        pub seq: u64,
        /// Chain hash.
        pub chain: [u8; 32],
        /// Last position of the directory.
        pub directory: u64,
        /// The directory's chain hash at it.
        pub directory_chain: [u8; 32],
    }
}

record! {
    /// Body of a pin.
    pub struct PinBody {
        /// First version of the message.
        pub message: MessageId,
        /// Whether it is pinned.
        pub on: bool,
    }
}

record! {
    /// Body of a room profile.
    pub struct RoomProfileBody {
        /// Version.
        pub version: u64,
        /// Name.
        pub title: String,
        /// Picture.
        pub picture: Option<Octets>,
    }
}

impl Meaning {
    /// Returns the part that says it. `domain` is the server's.
    pub fn to_part(&self, domain: &str) -> Part {
        match self {
            Self::Text(text) => text_part(text),
            Self::Files { files, text } => files_part(Vec::new(), files, text, domain),
            Self::Formal(formal) => formal_part(formal, domain),
            Self::Again(saying, formal) => again::to_part(saying, formal_part(formal, domain)),
            Self::ForRelease(formal) => release::waiting_part(formal_part(formal, domain)),
            Self::Release(seal) => release::seal_part(seal),
            Self::SentBack(sent) => sent.to_part(),
            Self::Status(statuses) => session(STATUS, encode_statuses(statuses)),
            Self::Checkpoint {
                seq,
                chain,
                directory,
            } => session(
                CHECKPOINT,
                to_bytes(&CheckpointBody {
                    seq: *seq,
                    chain: *chain,
                    directory: directory.position,
                    directory_chain: directory.chain,
                }),
            ),
            Self::RoomProfile {
                version,
                title,
                picture,
            } => {
                let picture = picture.clone().map(Octets);
                session(
                    ROOM_PROFILE,
                    to_bytes(&RoomProfileBody {
                        version: *version,
                        title: title.clone(),
                        picture,
                    }),
                )
            }
            Self::Pin { message, on } => session(
                PIN,
                to_bytes(&PinBody {
                    message: *message,
                    on: *on,
                }),
            ),
            Self::Timer(timer) => session(TIMER, timer.to_bytes()),
            Self::Card(account) => card::to_part(account),
            Self::Preference(preference) => preference.to_part(),
            Self::Poll(poll) => poll.to_part(),
            Self::Vote(options) => poll::vote_part(options),
            Self::PollEnd => poll::end_part(),
            Self::Reaction(Some(emoji)) => {
                Part::single(disposition::REACTION, PLAIN_TEXT, emoji.as_bytes().to_vec())
            }
            Self::Reaction(None) => Part::null(disposition::REACTION),
            Self::Nothing | Self::Unsupported => Part::null(disposition::RENDER),
        }
    }

    /// Reads a part. What is of a known type and malformed is `None`: somebody broke the protocol.
    pub fn of_part(part: &Part) -> Option<Self> {
        match &part.body {
            PartBody::Null if part.disposition == disposition::REACTION => {
                Some(Self::Reaction(None))
            }
            PartBody::Null => Some(Self::Nothing),
            PartBody::Single {
                content_type,
                content,
            } if part.disposition == disposition::REACTION => of_reaction(content_type, content),
            PartBody::Single { .. } if let Some(bytes) = formal::signed(part) => {
                Some(Self::Formal(Formal::bare(bytes)))
            }
            PartBody::Single {
                content_type,
                content,
            } => of_single(content_type, content),
            PartBody::Multi { .. } => of_multi(part),
            PartBody::External(_) => Some(Self::Unsupported),
        }
    }

    /// Reads files with an optional text.
    pub(super) fn of_several(parts: &[Part]) -> Option<Self> {
        let (mut files, mut text) = (Vec::new(), String::new());
        for part in parts {
            match Self::of_part(part)? {
                Self::Text(found) if text.is_empty() => text = found,
                Self::Files {
                    files: found,
                    text: inner,
                } if inner.is_empty() => files.extend(found),
                _ => return Some(Self::Unsupported),
            }
        }
        Some(if files.is_empty() {
            Self::Unsupported
        } else {
            Self::Files { files, text }
        })
    }

    /// Whether one of its files is labelled as confidential: then the message is.
    pub fn is_confidential(&self) -> bool {
        match self {
            Self::Files { files, .. } | Self::Formal(Formal { files, .. }) => {
                files.iter().any(|file| file.confidential)
            }
            Self::ForRelease(formal) => formal.files.iter().any(|file| file.confidential),
            _ => false,
        }
    }

    /// The same, with the label of the content that it stood in on each file.
    pub fn labelled(mut self, confidential: bool) -> Self {
        let files = match &mut self {
            Self::Files { files, .. } | Self::Formal(Formal { files, .. }) => files,
            Self::ForRelease(formal) => &mut formal.files,
            _ => return self,
        };
        for file in files {
            file.confidential = confidential;
        }
        self
    }

    /// Tells whether it stands in the conversation or changes what stands there, and so is numbered.
    pub fn is_shown(&self) -> bool {
        match self {
            Self::Text(_)
            | Self::Files { .. }
            | Self::Reaction(_)
            | Self::Nothing
            | Self::Pin { .. }
            | Self::Poll(_)
            | Self::Vote(_)
            | Self::PollEnd
            | Self::Card(_)
            | Self::Formal(_)
            | Self::Unsupported => true,
            Self::Status(_)
            | Self::Checkpoint { .. }
            | Self::RoomProfile { .. }
            | Self::Again(..)
            | Self::ForRelease(_)
            | Self::Release(_)
            | Self::SentBack(_)
            | Self::Preference(_)
            | Self::Timer(_) => false,
        }
    }
}

fn text_part(text: &str) -> Part {
    Part::single(disposition::RENDER, TEXT, text.as_bytes().to_vec())
}

/// Reads a sign: what is no short text is none of ours.
fn of_reaction(content_type: &str, content: &[u8]) -> Option<Meaning> {
    let emoji = std::str::from_utf8(content).ok()?;
    let is_sign = matches!(content_type, TEXT | PLAIN_TEXT) && is_sign(emoji);
    Some(if is_sign {
        Meaning::Reaction(Some(emoji.to_owned()))
    } else {
        Meaning::Unsupported
    })
}

pub(super) fn session(content_type: &str, content: Vec<u8>) -> Part {
    Part::single(disposition::SESSION, content_type, content)
}

fn of_single(content_type: &str, content: &[u8]) -> Option<Meaning> {
    match content_type {
        TEXT | PLAIN_TEXT => Some(Meaning::Text(std::str::from_utf8(content).ok()?.to_owned())),
        STATUS => decode_statuses(content).map(Meaning::Status),
        CHECKPOINT => from_bytes(content)
            .ok()
            .map(|body: CheckpointBody| Meaning::Checkpoint {
                seq: body.seq,
                chain: body.chain,
                directory: Head {
                    position: body.directory,
                    chain: body.directory_chain,
                },
            }),
        PIN => {
            let PinBody { message, on } = from_bytes(content).ok()?;
            Some(Meaning::Pin { message, on })
        }
        TIMER => Timer::of_bytes(content).map(Meaning::Timer),
        ROOM_PROFILE => {
            let RoomProfileBody {
                version,
                title,
                picture,
            } = from_bytes(content).ok()?;
            Some(Meaning::RoomProfile {
                version,
                title,
                picture: picture.map(|picture| picture.0),
            })
        }
        _ => preference::of_single(content_type, content)
            .or_else(|| card::of_single(content_type, content))
            .or_else(|| release::of_single(content_type, content))
            .unwrap_or_else(|| poll::of_single(content_type, content)),
    }
}

fn formal_part(formal: &Formal, domain: &str) -> Part {
    let first = [formal.to_part()].into_iter().chain(formal.seal_part());
    files_part(first.collect(), &formal.files, &formal.text, domain)
}

fn files_part(first: Vec<Part>, files: &[Attachment], text: &str, domain: &str) -> Part {
    let text = (!text.is_empty()).then(|| text_part(text));
    let files = files.iter().map(|file| file_part(file, domain));
    let mut parts: Vec<_> = first.into_iter().chain(text).chain(files).collect();
    if parts.len() == 1 {
        parts.remove(0)
    } else {
        Part::multi(Semantics::ProcessAll, parts)
    }
}

fn of_multi(part: &Part) -> Option<Meaning> {
    let PartBody::Multi { semantics, parts } = &part.body else {
        return Some(Meaning::Unsupported);
    };
    match semantics {
        Semantics::SingleUnit if let Some(again) = again::of_parts(parts) => again,
        Semantics::SingleUnit if let Some(waiting) = release::of_parts(parts) => waiting,
        Semantics::SingleUnit => {
            let file = read_file(parts)?;
            Some(file.map_or(Meaning::Unsupported, |file| Meaning::Files {
                files: vec![file],
                text: String::new(),
            }))
        }
        Semantics::ProcessAll => {
            Formal::of_parts(parts).unwrap_or_else(|| Meaning::of_several(parts))
        }
        Semantics::ChooseOne => Some(Meaning::Unsupported),
    }
}
