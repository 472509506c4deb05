//! The bytes of one file of an export, out of an archive or as it lies there.

use crate::zip::{Entry, Refused, Unpacker};
use std::ops::Range;

/// One file that is being read from its beginning to its end.
pub enum Stream {
    /// As it lies there: how much was taken, of how much.
    Plain(u64, u64),
    /// Out of an archive.
    Packed(Box<Unpacker>),
}

impl Stream {
    /// Begins with a file of this length.
    pub fn plain(size_bytes: u64) -> Self {
        Self::Plain(0, size_bytes)
    }

    /// Begins with an entry of an archive.
    pub fn packed(entry: &Entry) -> Self {
        Self::Packed(Box::new(Unpacker::new(entry.clone())))
    }

    /// Returns which bytes are wanted next, at most so many; none after the last.
    pub fn wants(&self, most: u64) -> Option<Range<u64>> {
        match self {
            Self::Plain(taken, of) => (taken < of).then(|| *taken..(*taken + most).min(*of)),
            Self::Packed(unpacker) => unpacker.wants(most),
        }
    }

    /// Takes exactly these bytes and puts out what is in them.
    pub fn take(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), Refused> {
        match self {
            Self::Plain(taken, _) => {
                *taken += bytes.len() as u64;
                out.extend_from_slice(bytes);
                Ok(())
            }
            Self::Packed(unpacker) => unpacker.take(bytes, out),
        }
    }
}
