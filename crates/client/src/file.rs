//! Files: how a driver shows one that is here.

use crate::Error;
use std::ops::Range;
use valise_wire::BlobId;

/// What is needed to show a file out of the driver's cache.
#[derive(Clone)]
pub struct OpenFile {
    /// Name of the cached file.
    pub blob: BlobId,
    /// Name, made harmless to show.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Length of what is inside.
    pub size_bytes: u64,
}

/// Returns which bytes of the cached ciphertext hold a range of the file.
pub fn cached_range(_file: &OpenFile, wanted: Range<u64>) -> Range<u64> {
    wanted
}

/// Opens a range of the file, given the bytes that [`cached_range`] named. Bytes that were changed are an error.
pub fn open_slice(
    _file: &OpenFile,
    _wanted: Range<u64>,
    _ciphertext: &[u8],
) -> Result<Vec<u8>, Error> {
    Err(Error::Bug("not there yet"))
}
