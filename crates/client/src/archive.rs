//! Moving a device: everything it holds goes into a sealed archive, and an empty device becomes it. See `spec/archive.md`.
//!
//! A device moves and is never copied: two copies of one MLS state would use the same keys twice. So the device that
//! leaves is marked as gone in the transaction that the archive is a snapshot of, and the server hands an archive out to
//! one claim alone.

mod arrive;
mod leave;
mod rows;
mod seal;
#[cfg(test)]
pub(crate) mod tests;

use crate::Error;
use crate::store::Setting;
use arrive::Arrival;
use leave::Departure;
use rusqlite::Connection;
use valise_directory::link::ArchiveLink;
use valise_wire::cbor::{Decode, Decoder, Encode, Encoder};
use valise_wire::{ArchiveId, DecodeError, record};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Why an archive cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unusable {
    /// The key is of another archive.
    WrongKey,
    /// A part is missing or was changed.
    Damaged,
    /// A newer version of this program made it.
    Newer,
}

/// What opens an archive.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct ArchiveKey(pub(crate) [u8; 16]);

impl std::fmt::Debug for ArchiveKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("ArchiveKey")
    }
}

impl Encode for ArchiveKey {
    fn encode(&self, to: &mut Encoder) {
        to.bytes(&self.0);
    }
}

impl Decode for ArchiveKey {
    fn decode(from: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        <[u8; 16]>::decode(from).map(Self)
    }
}

record! {
    /// The archive that a device leaves in.
    pub struct Left {
        /// Server at which it lies.
        pub origin: String,
        /// Its name.
        pub archive: ArchiveId,
        /// What opens it.
        pub key: ArchiveKey,
        /// Whether the server has all of it.
        pub kept: bool,
    }
}

record! {
    /// The archive that a device comes in.
    pub struct Arriving {
        /// Server at which it lies.
        pub origin: String,
        /// Its name.
        pub archive: ArchiveId,
        /// What opens it.
        pub key: ArchiveKey,
        /// The claim that this device makes on it, the same at each repetition.
        pub claim: [u8; 16],
    }
}

impl Left {
    fn link(&self) -> ArchiveLink {
        ArchiveLink {
            origin: self.origin.clone(),
            archive: self.archive,
            key: self.key.0,
        }
    }
}

/// How this device moves, if it does.
#[derive(Default)]
pub(crate) struct Moving {
    left: Option<Departure>,
    arriving: Option<Arrival>,
    arrived: Option<ArchiveId>,
}

impl Moving {
    /// Reads it from the store.
    pub(crate) fn load(store: &Connection) -> Result<Self, Error> {
        Ok(Self {
            left: Setting::Left.get(store)?.map(Departure::new),
            arriving: Setting::Arriving.get(store)?.map(Arrival::new),
            arrived: Setting::Arrived.get(store)?,
        })
    }

    /// Tells whether this is no device any more.
    pub(crate) fn has_left(&self) -> bool {
        self.left.is_some()
    }

    /// Tells whether this device is becoming another one.
    pub(crate) fn is_arriving(&self) -> bool {
        self.arriving.is_some()
    }

    /// Returns the link that the device left by, none before it is of use; none at all if it has not left.
    pub(crate) fn left_by(&self) -> Option<Option<String>> {
        let left = &self.left.as_ref()?.record;
        Some(left.kept.then(|| left.link().to_url()))
    }
}
