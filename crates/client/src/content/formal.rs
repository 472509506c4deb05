//! Signed things in a message: a request, an answer or an act, with the text and files that it names by their digests.

use super::Attachment;
use super::meaning::Meaning;
use super::part::{Part, PartBody, disposition};
use crate::requests::Read;
use valise_evidence::Digest;
use valise_wire::request::Mark;

const SIGNED: &str = "application/valise-signed";
const SEAL: &str = "application/valise-seal";

/// What is said formally. The bytes are those of a signed thing, and nothing of them is believed here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formal {
    /// The signed thing, as it was sent.
    pub bytes: Vec<u8>,
    /// The text that it names; may be empty.
    pub text: String,
    /// The files that it names, in order.
    pub files: Vec<Attachment>,
    /// The organisation's seal on it, as it was made; nothing of it is believed here.
    pub seal: Option<Vec<u8>>,
}

impl Formal {
    /// Returns the mark that stands in clear beside it, of which servers make receipts; none if it is no signed thing.
    pub fn mark(&self) -> Option<Mark> {
        let read = Read::of(&self.bytes).ok()?;
        Some(Mark {
            by: read.party().organisation,
            request: read.request(),
            object: Digest::of(&self.bytes).0,
            ends: read.ends(),
        })
    }

    /// Something that names no text and no files.
    pub(crate) fn bare(bytes: Vec<u8>) -> Self {
        Self {
            bytes,
            text: String::new(),
            files: Vec::new(),
            seal: None,
        }
    }

    /// Returns the part that holds the seal beside it.
    pub(super) fn seal_part(&self) -> Option<Part> {
        let seal = self.seal.clone()?;
        Some(Part::single(disposition::SESSION, SEAL, seal))
    }

    /// Returns the part that holds the signed thing; text and files stand beside it.
    pub(super) fn to_part(&self) -> Part {
        Part::single(disposition::RENDER, SIGNED, self.bytes.clone())
    }

    /// Reads several parts, of which the first is the signed thing. `None` if that is not so; `Some(None)` if the others break the protocol.
    pub(super) fn of_parts(parts: &[Part]) -> Option<Option<Meaning>> {
        let [first, rest @ ..] = parts else {
            return None;
        };
        let bytes = signed(first)?;
        let (seal, rest) = match rest {
            [second, others @ ..] if let Some(seal) = sealed(second) => (Some(seal), others),
            rest => (None, rest),
        };
        let beside = match rest {
            [] if seal.is_some() => {
                let seal = Self {
                    seal,
                    ..Self::bare(bytes)
                };
                return Some(Some(Meaning::Formal(seal)));
            }
            [] => return Some(None),
            [one] => Meaning::of_part(one),
            several => Meaning::of_several(several),
        };
        Some(
            beside
                .and_then(|beside| match beside {
                    Meaning::Text(text) => Some((text, Vec::new())),
                    Meaning::Files { files, text } => Some((text, files)),
                    _ => None,
                })
                .map(|(text, files)| {
                    Meaning::Formal(Self {
                        bytes,
                        text,
                        files,
                        seal,
                    })
                }),
        )
    }
}

/// Returns the signed thing of a part, if it is one.
pub(super) fn signed(part: &Part) -> Option<Vec<u8>> {
    single(part, SIGNED, disposition::RENDER)
}

/// Returns the seal of a part, if it is one.
pub(super) fn sealed(part: &Part) -> Option<Vec<u8>> {
    single(part, SEAL, disposition::SESSION)
}

fn single(part: &Part, wanted: &str, shown: u8) -> Option<Vec<u8>> {
    match &part.body {
        PartBody::Single {
            content_type,
            content,
        } if content_type == wanted && part.disposition == shown => Some(content.clone()),
        _ => None,
    }
}
