//! ZIP archives (PKWARE's APPNOTE 6.3, with its ZIP64), as far as exports need them: what is in one, and each entry's bytes.
//!
//! An archive is somebody else's: it may lie about sizes, unpack to more than the disk holds, list one piece of data many
//! times, or name files outside of itself. Each of these is refused for a reason of its own, before anything is unpacked
//! or as soon as it shows.

mod directory;
mod end;
mod entry;

pub use directory::{Entry, Method, Opening};
pub use entry::Unpacker;

/// Why an archive, or one of its entries, is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Refused {
    /// It is no ZIP file, or a part of one.
    #[error("this is no ZIP file, or not a whole one")]
    NotZip,
    /// Its parts do not fit together, or a checksum does not.
    #[error("the ZIP file is damaged")]
    Damaged,
    /// It needs a password.
    #[error("the ZIP file is locked with a password")]
    Locked,
    /// It is packed in a way that is not understood.
    #[error("the ZIP file is of a kind that is not understood")]
    Unknown,
    /// It has more entries than any export.
    #[error("the ZIP file has too many entries")]
    TooMany,
    /// An entry names a place outside of the archive.
    #[error("the ZIP file names places outside of itself")]
    BadPath,
    /// It unpacks to far more than it is.
    #[error("the ZIP file unpacks to far more than an export holds")]
    Bomb,
}

/// Most entries of an archive.
pub const MAX_ENTRIES: usize = 60_000;
/// Most bytes of one entry, unpacked.
pub const MAX_ENTRY_BYTES: u64 = 2 << 30;
/// Most bytes of all entries together, unpacked.
pub const MAX_TOTAL_BYTES: u64 = 16 << 30;
/// How many times larger than its packed form an entry of more than a mebibyte may be.
pub const MAX_RATIO: u64 = 200;

#[cfg(test)]
mod tests;
