//! A sealed archive on its way up, part by part, in order.

use valise_wire::ArchiveId;
use valise_wire::request::{KeepArchive, MAX_ARCHIVE_PART_BYTES, MAX_ARCHIVE_PARTS};

/// An archive, and how far it went up.
pub(super) struct Parcel {
    archive: ArchiveId,
    sealed: Vec<u8>,
    next: u32,
}

impl Parcel {
    /// Makes one of which nothing went up yet; none if it is larger than an archive can be.
    pub(super) fn new(archive: ArchiveId, sealed: Vec<u8>) -> Option<Self> {
        let parcel = Self {
            archive,
            sealed,
            next: 0,
        };
        (parcel.parts() <= MAX_ARCHIVE_PARTS).then_some(parcel)
    }

    fn parts(&self) -> u32 {
        let parts = self.sealed.len().div_ceil(MAX_ARCHIVE_PART_BYTES);
        u32::try_from(parts).unwrap_or(u32::MAX)
    }

    /// Returns the part that is to go next; none after the last.
    pub(super) fn next_part(&self) -> Option<KeepArchive> {
        let mut parts = self.sealed.chunks(MAX_ARCHIVE_PART_BYTES);
        Some(KeepArchive {
            archive: self.archive,
            part: self.next,
            parts: self.parts(),
            body: parts.nth(self.next as usize)?.into(),
        })
    }

    /// Notes that the server has the part that went last. Tells whether it has all.
    pub(super) fn kept(&mut self) -> bool {
        self.next += 1;
        self.next == self.parts()
    }
}
