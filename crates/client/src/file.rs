//! Files: sealed chunk by chunk, moved in slices, shown out of the driver's cache.
//!
//! A file is padded with zeros to [`valise_wire::blob::padded_length`] before it is sealed; its true length stands in the
//! message alone. The message also holds the key, the salt and the SHA-256 of the whole ciphertext.

pub(crate) mod cipher;
pub(crate) mod download;
pub(crate) mod row;
pub(crate) mod transfer;
pub(crate) mod upload;

use crate::{Error, ServerMisbehaved};
use cipher::{CHUNK, FileCipher, SEALED_CHUNK};
use std::ops::Range;
use valise_wire::BlobId;
use zeroize::Zeroizing;


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
    pub(crate) key: Zeroizing<[u8; 16]>,
    pub(crate) salt: [u8; 24],
    pub(crate) sealed_bytes: u64,
}

/// Returns which bytes of the cached ciphertext hold a range of the file.
pub fn cached_range(file: &OpenFile, wanted: Range<u64>) -> Range<u64> {
    cipher::chunks(&within(file, wanted), file.sealed_bytes).1
}

/// Opens a range of the file, given the bytes that [`cached_range`] named. Bytes that were changed are an error.
///
/// A range that goes beyond the end is cut there.
pub fn open_slice(
    file: &OpenFile,
    wanted: Range<u64>,
    ciphertext: &[u8],
) -> Result<Vec<u8>, Error> {
    let wanted = within(file, wanted);
    let keys = FileCipher::new(&file.key, &file.salt);
    let first = wanted.start / CHUNK;
    let mut plain = Vec::with_capacity(ciphertext.len());
    for (index, sealed) in (first..).zip(ciphertext.chunks(SEALED_CHUNK as usize)) {
        let opened = keys.open(index, sealed);
        plain.extend(opened.ok_or(Error::ServerMisbehaved(ServerMisbehaved::BadFile))?);
    }
    let skip = (wanted.start - first * CHUNK) as usize;
    let end = skip + (wanted.end - wanted.start) as usize;
    let slice = plain.get(skip..end);
    slice.map(<[u8]>::to_vec).ok_or(Error::Misuse("not the bytes that were named"))
}

fn within(file: &OpenFile, wanted: Range<u64>) -> Range<u64> {
    let end = wanted.end.min(file.size_bytes);
    wanted.start.min(end)..end
}
