//! Archives. A device moves: everything it holds goes into one, and an empty device becomes it. A device that was linked to
//! others of its account gets the past in one. See `spec/archive.md`.
//!
//! A device moves and is never copied: two copies of one MLS state would use the same keys twice. So the device that
//! leaves is marked as gone in the transaction that the archive is a snapshot of, and the server hands an archive out to
//! one claim alone.

mod arrive;
mod leave;
mod parcel;
mod past;
pub(crate) mod rows;
pub(crate) mod seal;
#[cfg(test)]
pub(crate) mod tests;

use crate::Error;
use crate::store::Setting;
use arrive::Arrival;
use leave::Departure;
use past::Handing;
use rusqlite::Connection;
use valise_directory::link::ArchiveLink;
use valise_wire::cbor::{Decode, Decoder, Encode, Encoder};
use valise_wire::{ArchiveId, DecodeError, DeviceId, record};
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

/// What an archive holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// A device that moves.
    Device,
    /// What was said before, for a device that was linked.
    Past,
}

impl Content {
    fn setting(self) -> Setting {
        match self {
            Self::Device => Setting::Arriving,
            Self::Past => Setting::Past,
        }
    }
}

/// How this device moves, if it does, and what comes to it or goes from it in archives.
#[derive(Default)]
pub(crate) struct Moving {
    left: Option<Departure>,
    arriving: Option<Arrival>,
    past: Option<Arrival>,
    arrived: Option<ArchiveId>,
    handing: Option<Handing>,
}

impl Moving {
    /// Reads it from the store.
    pub(crate) fn load(store: &Connection) -> Result<Self, Error> {
        Ok(Self {
            left: Setting::Left.get(store)?.map(Departure::new),
            arriving: arrival(store, Content::Device)?,
            past: arrival(store, Content::Past)?,
            handing: None,
            arrived: Setting::Arrived.get(store)?,
        })
    }

    /// Tells whether this is no device any more.
    pub(crate) fn has_left(&self) -> bool {
        self.left.is_some()
    }

    fn arrival_of(&mut self, content: Content) -> &mut Option<Arrival> {
        match content {
            Content::Device => &mut self.arriving,
            Content::Past => &mut self.past,
        }
    }

    fn arrival(&mut self, content: Content) -> Option<&mut Arrival> {
        self.arrival_of(content).as_mut()
    }

    /// Lets go of the past for a device that is none of the account's any more.
    pub(crate) fn stop_handing(&mut self, device: DeviceId) {
        self.handing.take_if(|handing| handing.is_for(device));
    }

    /// Returns how far the past is on its way to this device, if it is: parts that are here, and parts that there are.
    pub(crate) fn awaited_past(&self) -> Option<(u32, Option<u32>)> {
        self.past.as_ref().map(Arrival::progress)
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

fn arrival(store: &Connection, content: Content) -> Result<Option<Arrival>, Error> {
    let record = content.setting().get(store)?;
    Ok(record.map(Arrival::new))
}
