//! Files: sealed chunk by chunk, moved in slices, shown out of the driver's cache.
//!
//! A file is padded with zeros to [`valise_wire::blob::padded_length`] before it is sealed; its true length stands in the
//! message alone. The message also holds the key, the salt and the SHA-256 of the whole ciphertext.

pub(crate) mod cipher;
pub(crate) mod download;
pub(crate) mod row;
pub(crate) mod signed;
pub(crate) mod thumbnail;
pub(crate) mod transfer;
pub(crate) mod upload;

pub(crate) use upload::file_trouble;

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
    slice
        .map(<[u8]>::to_vec)
        .ok_or(Error::Misuse("not the bytes that were named"))
}

fn within(file: &OpenFile, wanted: Range<u64>) -> Range<u64> {
    let end = wanted.end.min(file.size_bytes);
    wanted.start.min(end)..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use valise_wire::blob::padded_length;

    fn sealed(plain: &[u8]) -> (OpenFile, Vec<u8>) {
        let (key, salt) = ([7; 16], [8; 24]);
        let keys = FileCipher::new(&key, &salt);
        let mut padded = plain.to_vec();
        padded.resize(padded_length(plain.len() as u64) as usize, 0);
        let mut bytes = keys.header().to_vec();
        for (index, chunk) in (0..).zip(padded.chunks(CHUNK as usize)) {
            bytes.extend(keys.seal(index, chunk));
        }
        if (padded.len() as u64).is_multiple_of(CHUNK) {
            bytes.extend(keys.seal(padded.len() as u64 / CHUNK, &[]));
        }
        let file = OpenFile {
            blob: BlobId([1; 16]),
            name: "film.mp4".into(),
            media_type: "video/mp4".into(),
            size_bytes: plain.len() as u64,
            key: Zeroizing::new(key),
            salt,
            sealed_bytes: bytes.len() as u64,
        };
        (file, bytes)
    }

    #[test]
    fn any_range_opens_and_the_padding_is_never_seen() {
        let plain: Vec<u8> = (0..100_003u32).map(|at| (at % 251) as u8).collect();
        let (file, bytes) = sealed(&plain);
        assert_eq!(
            cipher::sealed_length(padded_length(plain.len() as u64)),
            bytes.len() as u64
        );
        for wanted in [
            0..1,
            0..100_003,
            16_383..16_385,
            50_000..50_000,
            99_999..200_000,
            32_768..49_152,
        ] {
            let place = cached_range(&file, wanted.clone());
            let part = &bytes[place.start as usize..place.end as usize];
            let end = wanted.end.min(100_003) as usize;
            let expected = &plain[wanted.start as usize..end];
            assert_eq!(open_slice(&file, wanted, part).unwrap(), expected);
        }
    }

    #[test]
    fn a_changed_or_moved_chunk_is_refused() {
        let (file, mut bytes) = sealed(&vec![3; 60_000]);
        let place = cached_range(&file, 20_000..20_010);
        let moved = cached_range(&file, 0..10);
        let part = bytes[moved.start as usize..moved.end as usize].to_vec();
        assert!(open_slice(&file, 20_000..20_010, &part).is_err());
        bytes[place.start as usize + 5] ^= 1;
        let part = &bytes[place.start as usize..place.end as usize];
        assert!(open_slice(&file, 20_000..20_010, part).is_err());
    }
}
