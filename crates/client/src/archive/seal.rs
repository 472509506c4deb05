//! An archive's bytes: a head, then what C2SP chunked encryption makes of label, rows and padding.

use super::{ArchiveKey, Unusable};
use crate::file::cipher::{FileCipher, HEADER, SEALED_CHUNK};
use valise_wire::blob::padded_length;
use valise_wire::{Timestamp, from_bytes, record, to_bytes};
use zeroize::Zeroizing;

/// Begins every archive.
const MAGIC: &[u8; 7] = b"VALISEA";
/// The form that is written.
const VERSION: u8 = 1;
/// What the keys are derived for, so that no file can be passed off as an archive, nor one archive as another: a device that
/// moves …
pub(super) const DEVICE: &[u8] = b"valise/1 archive";
/// … and the past for another device of the account.
pub(super) const PAST: &[u8] = b"valise/1 past";
/// Where a backup lies, for whoever comes back.
pub(crate) const POINTER: &[u8] = b"valise/1 backup pointer";
/// What a backup consists of.
pub(crate) const MANIFEST: &[u8] = b"valise/1 backup manifest";
/// One layer of a backup.
pub(crate) const LAYER: &[u8] = b"valise/1 backup layer";
/// Bytes before the first chunk.
const HEAD: usize = MAGIC.len() + 1 + HEADER as usize;

record! {
    /// Whose archive it is, to show before anything is taken.
    pub struct Label {
        /// The organisation's public name.
        pub organisation: String,
        /// The person's name.
        pub name: String,
        /// The person's address.
        pub address: String,
        /// When the device left.
        pub made_at: Timestamp,
    }
}

/// Seals label and rows. A key and salt are used once.
pub(crate) fn seal(
    purpose: &[u8],
    label: &Label,
    rows: &[u8],
    key: &ArchiveKey,
    salt: &[u8; 24],
) -> Vec<u8> {
    let cipher = FileCipher::of(purpose, &key.0, salt);
    let plain = lay_out(label, rows);
    let mut sealed = Vec::with_capacity(HEAD + plain.len() + plain.len() / 512 + 32);
    sealed.extend_from_slice(MAGIC);
    sealed.push(VERSION);
    // Its last chunk is a short one: where an archive ends is sealed, too.
    sealed.extend(cipher.seal_piece(0, &plain, true).1);
    sealed
}

/// Opens the label of a device that moves, given the beginning of its archive.
pub(super) fn label(sealed: &[u8], key: &ArchiveKey) -> Result<Label, Unusable> {
    let (cipher, chunks) = begin(DEVICE, sealed, key)?;
    let first = chunks.get(..SEALED_CHUNK as usize).unwrap_or(chunks);
    let plain = Zeroizing::new(cipher.open(0, first).ok_or(Unusable::Damaged)?);
    let (label, _) = take(&plain).ok_or(Unusable::Damaged)?;
    from_bytes(label).map_err(|_| Unusable::Damaged)
}

/// Opens the rows.
pub(crate) fn open(
    purpose: &[u8],
    sealed: &[u8],
    key: &ArchiveKey,
) -> Result<Zeroizing<Vec<u8>>, Unusable> {
    let (cipher, chunks) = begin(purpose, sealed, key)?;
    let mut plain = Zeroizing::new(Vec::with_capacity(chunks.len()));
    for (index, chunk) in (0..).zip(chunks.chunks(SEALED_CHUNK as usize)) {
        let opened = Zeroizing::new(cipher.open(index, chunk).ok_or(Unusable::Damaged)?);
        plain.extend_from_slice(&opened);
    }
    // After a whole chunk there is always another: without it the end was cut off.
    if (chunks.len() as u64).is_multiple_of(SEALED_CHUNK) {
        return Err(Unusable::Damaged);
    }
    let rows = take(&plain)
        .and_then(|(_, rest)| take(rest))
        .ok_or(Unusable::Damaged)?
        .0;
    Ok(Zeroizing::new(rows.to_vec()))
}

fn begin<'a>(
    purpose: &[u8],
    sealed: &'a [u8],
    key: &ArchiveKey,
) -> Result<(FileCipher, &'a [u8]), Unusable> {
    let rest = sealed.strip_prefix(MAGIC).ok_or(Unusable::Damaged)?;
    let (version, rest) = rest.split_first().ok_or(Unusable::Damaged)?;
    if *version != VERSION {
        return Err(Unusable::Newer);
    }
    let (header, chunks) = rest
        .split_first_chunk::<{ HEADER as usize }>()
        .ok_or(Unusable::Damaged)?;
    let mut salt = [0; 24];
    salt.copy_from_slice(&header[..24]);
    let cipher = FileCipher::of(purpose, &key.0, &salt);
    if cipher.header() != header {
        return Err(Unusable::WrongKey);
    }
    Ok((cipher, chunks))
}

fn lay_out(label: &Label, rows: &[u8]) -> Zeroizing<Vec<u8>> {
    let label = to_bytes(label);
    let length = (16 + label.len() + rows.len()) as u64;
    let padded = usize::try_from(padded_length(length)).unwrap_or(usize::MAX);
    let mut plain = Zeroizing::new(Vec::with_capacity(padded));
    for part in [&label[..], rows] {
        plain.extend_from_slice(&(part.len() as u64).to_be_bytes());
        plain.extend_from_slice(part);
    }
    plain.resize(padded, 0);
    plain
}

/// Splits off what stands behind its length.
fn take(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    rest.split_at_checked(usize::try_from(u64::from_be_bytes(*length)).ok()?)
}
