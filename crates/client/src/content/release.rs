//! What people of one organisation say to each other before a request goes: here it is, it is sealed, it is not.

use super::meaning::{Meaning, session};
use super::part::{Part, Semantics};
use valise_directory::Note;
use valise_evidence::Digest;
use valise_wire::{from_bytes, record, to_bytes};

const FOR_RELEASE: &str = "application/valise-for-release";
const SEAL: &str = "application/valise-seal";
const SENT_BACK: &str = "application/valise-sent-back";
/// Most bytes of a seal: its two signatures, a party, and a time token.
const MAX_SEAL_BYTES: usize = 80 << 10;

record! {
    /// A keeper seals nothing.
    pub struct SentBack {
        /// Which request, by the digest of what was signed.
        pub object: Digest,
        /// Why.
        pub note: Note,
    }
}

impl SentBack {
    pub(super) fn to_part(&self) -> Part {
        session(SENT_BACK, to_bytes(self))
    }
}

/// The part of something that waits: that it does, then what.
pub(super) fn waiting_part(formal: Part) -> Part {
    let parts = vec![session(FOR_RELEASE, Vec::new()), formal];
    Part::multi(Semantics::SingleUnit, parts)
}

/// The part of a seal.
pub(super) fn seal_part(seal: &[u8]) -> Part {
    session(SEAL, seal.to_vec())
}

/// Reads what a keeper says. `None` if it is something else; `Some(None)` if it is malformed.
pub(super) fn of_single(content_type: &str, content: &[u8]) -> Option<Option<Meaning>> {
    match content_type {
        SEAL if content.len() > MAX_SEAL_BYTES => Some(None),
        SEAL => Some(Some(Meaning::Release(content.to_vec()))),
        SENT_BACK => Some(from_bytes(content).ok().map(Meaning::SentBack)),
        _ => None,
    }
}

/// Reads several parts, of which the first says that the other waits. `None` if that is not so; `Some(None)` if it is malformed.
pub(super) fn of_parts(parts: &[Part]) -> Option<Option<Meaning>> {
    let (content, formal) = Part::said_of(parts, FOR_RELEASE)?;
    let read = || match Meaning::of_part(formal)? {
        Meaning::Formal(formal) if content.is_empty() && formal.seal.is_none() => {
            Some(Meaning::ForRelease(Box::new(formal)))
        }
        _ => None,
    };
    Some(read())
}
