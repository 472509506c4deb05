//! What was said formally, repeated to somebody who came in later. The signature says who signed; who repeats it says when the hub took it.

use super::meaning::{Meaning, session};
use super::part::{Part, Semantics};
use valise_wire::{AccountId, DeviceId, Timestamp, from_bytes, record, to_bytes};

const AGAIN: &str = "application/valise-again";

record! {
    /// Who said it first, and when.
    pub struct Saying {
        /// Whose device.
        pub account: AccountId,
        /// Which one.
        pub device: DeviceId,
        /// When the hub took it, as whoever repeats it knows.
        pub at: Timestamp,
    }
}

/// The part that holds it: who said it, then what.
pub(super) fn to_part(saying: &Saying, formal: Part) -> Part {
    let parts = vec![session(AGAIN, to_bytes(saying)), formal];
    Part::multi(Semantics::SingleUnit, parts)
}

/// Reads several parts, of which the first says that the other is repeated. `None` if that is not so; `Some(None)` if it is malformed.
pub(super) fn of_parts(parts: &[Part]) -> Option<Option<Meaning>> {
    let (content, formal) = Part::said_of(parts, AGAIN)?;
    let read = || {
        let saying: Saying = from_bytes(content).ok()?;
        match Meaning::of_part(formal)? {
            Meaning::Formal(formal) => Some(Meaning::Again(saying, Box::new(formal))),
            _ => None,
        }
    };
    Some(read())
}
