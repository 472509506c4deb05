//! Archives in which devices move (`spec/archive.md`).

use crate::{ArchiveId, Octets, record};

/// Most bytes of one part of an archive.
pub const MAX_ARCHIVE_PART_BYTES: usize = 256 << 10;

/// Most parts of one archive: 64 MiB in all.
pub const MAX_ARCHIVE_PARTS: u32 = 256;

record! {
    /// Keeps a part of the sealed archive in which this device moves. Its first part begins it; the same part again changes
    /// nothing. Of archives that nobody claimed a device has four at most: the oldest goes first.
    pub struct KeepArchive {
        /// Chosen at random by the device.
        pub archive: ArchiveId,
        /// Which part, from 0; each has [`MAX_ARCHIVE_PART_BYTES`] but the last.
        pub part: u32,
        /// How many there are, at most [`MAX_ARCHIVE_PARTS`].
        pub parts: u32,
        /// The bytes.
        pub body: Octets,
    }
}
record! {
    /// Takes a part of an archive. Public: whoever knows the name may. The first claim is the only one that is served;
    /// without a claim only part 0 can be looked at, and only before there is one.
    pub struct TakeArchive {
        /// Which archive.
        pub archive: ArchiveId,
        /// Chosen at random by whoever takes it, and the same for every part and every repetition.
        pub claim: Option<[u8; 16]>,
        /// Which part.
        pub part: u32,
    }
}
record! {
    /// A part of an archive.
    pub struct ArchivePart {
        /// How many there are.
        pub parts: u32,
        /// The bytes.
        pub body: Octets,
    }
}
record! {
    /// Forgets what an archive of this device holds: it has arrived. Its name stays used.
    pub struct ForgetArchive {
        /// Which archive.
        pub archive: ArchiveId,
    }
}
