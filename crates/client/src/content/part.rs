//! Parts of a message: the draft's `NestedPart`.

use valise_wire::cbor::{DecodeError, Decoder, Encoder, Kind};

/// Deepest nesting of parts; deeper is malicious (draft §8).
const MAX_NESTING: u8 = 4;

/// Most parts of one message; more is malicious (draft §8).
const MAX_PARTS: usize = 1024;

/// What a part is for.
pub mod disposition {
    /// Shown as it comes.
    pub const RENDER: u8 = 1;
    /// A sign under another message.
    pub const REACTION: u8 = 2;
    /// A file to open.
    pub const ATTACHMENT: u8 = 6;
    /// Something between programs.
    pub const SESSION: u8 = 7;
    /// What to show of a file before it is opened.
    pub const PREVIEW: u8 = 8;
}

/// One part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is for, see `disposition`; unknown numbers mean the same as `RENDER`.
    pub disposition: u8,
    /// Language of a text, may be empty.
    pub language: String,
    /// What it holds.
    pub body: PartBody,
}

/// What a part holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartBody {
    /// Nothing: the message that it replaces is deleted.
    Null,
    /// Bytes of some type.
    Single {
        /// Media type.
        content_type: String,
        /// The bytes.
        content: Vec<u8>,
    },
    /// A file elsewhere.
    External(Box<External>),
    /// Several parts.
    Multi {
        /// How they belong together.
        semantics: Semantics,
        /// At least two.
        parts: Vec<Part>,
    },
}

/// How several parts belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Semantics {
    /// Show the best that can be shown.
    ChooseOne = 0,
    /// They are one thing.
    SingleUnit = 1,
    /// Show them all.
    ProcessAll = 2,
}

/// A file elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct External {
    /// Media type of what is inside.
    pub content_type: String,
    /// Where it is.
    pub url: String,
    /// Until when, in seconds since 1970; 0 for no end.
    pub expires: u32,
    /// Length of the ciphertext, in bytes.
    pub size_bytes: u64,
    /// IANA number of the AEAD, or ours for chunked encryption.
    pub encryption: u16,
    /// Key.
    pub key: Vec<u8>,
    /// Nonce.
    pub nonce: Vec<u8>,
    /// Additional data.
    pub aad: Vec<u8>,
    /// IANA named information number of the hash.
    pub hash: u8,
    /// Hash of the ciphertext.
    pub content_hash: Vec<u8>,
    /// Text for those who cannot see it.
    pub description: String,
    /// Name.
    pub filename: String,
}

impl Part {
    /// Makes a part of bytes.
    pub fn single(disposition: u8, content_type: &str, content: Vec<u8>) -> Self {
        let body = PartBody::Single {
            content_type: content_type.into(),
            content,
        };
        Self {
            disposition,
            language: String::new(),
            body,
        }
    }

    /// Makes a part that holds nothing.
    pub fn null(disposition: u8) -> Self {
        Self {
            disposition,
            language: String::new(),
            body: PartBody::Null,
        }
    }

    /// Reads two parts, of which the first is of a type and says something of the other: what it says, and the other. `None` if that is not so.
    pub(super) fn said_of<'p>(parts: &'p [Self], wanted: &str) -> Option<(&'p [u8], &'p Self)> {
        let [first, other] = parts else {
            return None;
        };
        match &first.body {
            PartBody::Single {
                content_type,
                content,
            } if content_type == wanted => Some((content, other)),
            _ => None,
        }
    }

    /// Makes a part of parts.
    pub fn multi(semantics: Semantics, parts: Vec<Self>) -> Self {
        let body = PartBody::Multi { semantics, parts };
        Self {
            disposition: disposition::RENDER,
            language: String::new(),
            body,
        }
    }

    pub(super) fn encode(&self, to: &mut Encoder) {
        to.array(match &self.body {
            PartBody::Null => 3,
            PartBody::Single { .. } | PartBody::Multi { .. } => 5,
            PartBody::External(_) => 15,
        });
        to.unsigned(u64::from(self.disposition));
        to.text(&self.language);
        match &self.body {
            PartBody::Null => to.unsigned(0),
            PartBody::Single {
                content_type,
                content,
            } => {
                to.unsigned(1);
                to.text(content_type);
                to.bytes(content);
            }
            PartBody::External(external) => {
                to.unsigned(2);
                external.encode(to);
            }
            PartBody::Multi { semantics, parts } => {
                to.unsigned(3);
                to.unsigned(*semantics as u64);
                to.array(parts.len());
                parts.iter().for_each(|part| part.encode(to));
            }
        }
    }

    pub(super) fn decode(from: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        let mut left = MAX_PARTS;
        Self::decode_nested(from, 1, &mut left)
    }

    fn decode_nested(
        from: &mut Decoder<'_>,
        nesting: u8,
        left: &mut usize,
    ) -> Result<Self, DecodeError> {
        *left = left.checked_sub(1).ok_or(DecodeError::OutOfRange)?;
        if nesting > MAX_NESTING {
            return Err(DecodeError::TooDeep);
        }
        let length = from.array()?;
        let disposition = byte(from)?;
        let language = from.text()?.to_owned();
        let body = match (from.unsigned()?, length) {
            (0, 3) => PartBody::Null,
            (1, 5) => PartBody::Single {
                content_type: from.text()?.to_owned(),
                content: from.bytes()?.to_vec(),
            },
            (2, 15) => PartBody::External(Box::new(External::decode(from)?)),
            (3, 5) => decode_multi(from, nesting, left)?,
            _ => return Err(DecodeError::UnexpectedType),
        };
        from.leave();
        Ok(Self {
            disposition,
            language,
            body,
        })
    }
}

fn decode_multi(
    from: &mut Decoder<'_>,
    nesting: u8,
    left: &mut usize,
) -> Result<PartBody, DecodeError> {
    let semantics = match from.unsigned()? {
        0 => Semantics::ChooseOne,
        1 => Semantics::SingleUnit,
        2 => Semantics::ProcessAll,
        _ => return Err(DecodeError::OutOfRange),
    };
    if from.peek()? != Kind::Array {
        return Err(DecodeError::UnexpectedType);
    }
    let count = from.array()?;
    if count < 2 {
        return Err(DecodeError::OutOfRange);
    }
    let mut parts = Vec::new();
    for _ in 0..count {
        parts.push(Part::decode_nested(from, nesting + 1, left)?);
    }
    from.leave();
    Ok(PartBody::Multi { semantics, parts })
}

impl External {
    fn encode(&self, to: &mut Encoder) {
        to.text(&self.content_type);
        to.text(&self.url);
        to.unsigned(u64::from(self.expires));
        to.unsigned(self.size_bytes);
        to.unsigned(u64::from(self.encryption));
        to.bytes(&self.key);
        to.bytes(&self.nonce);
        to.bytes(&self.aad);
        to.unsigned(u64::from(self.hash));
        to.bytes(&self.content_hash);
        to.text(&self.description);
        to.text(&self.filename);
    }

    fn decode(from: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            content_type: from.text()?.to_owned(),
            url: from.text()?.to_owned(),
            expires: u32::try_from(from.unsigned()?).map_err(|_| DecodeError::OutOfRange)?,
            size_bytes: from.unsigned()?,
            encryption: u16::try_from(from.unsigned()?).map_err(|_| DecodeError::OutOfRange)?,
            key: from.bytes()?.to_vec(),
            nonce: from.bytes()?.to_vec(),
            aad: from.bytes()?.to_vec(),
            hash: byte(from)?,
            content_hash: from.bytes()?.to_vec(),
            description: from.text()?.to_owned(),
            filename: from.text()?.to_owned(),
        })
    }
}

fn byte(from: &mut Decoder<'_>) -> Result<u8, DecodeError> {
    u8::try_from(from.unsigned()?).map_err(|_| DecodeError::OutOfRange)
}
