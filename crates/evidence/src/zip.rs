//! The container of a bundle: a ZIP file as any program opens it, of which there is exactly one for the same contents.
//!
//! Nothing in it is packed, and no header says anything but name, length and checksum. So there is no bomb, no second entry of a name, no
//! byte that belongs to nothing, and no difference between the list at the end and what stands before each entry.

use crate::{Digest, asic};
use std::collections::BTreeSet;
use thiserror::Error;

/// Most bytes of a bundle.
pub const MAX_BUNDLE_BYTES: usize = 1 << 30;
/// Most entries of a bundle.
pub const MAX_ENTRIES: usize = 4_096;
const MAX_NAME_BYTES: usize = 100;

/// Bytes of what stands at the very end.
pub const END_BYTES: usize = 22;
const LISTED_BYTES: usize = 46;

/// One file in the container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry<'a> {
    pub(crate) name: &'a str,
    pub(crate) bytes: &'a [u8],
    pub(crate) digest: Digest,
    /// Whether the checksum is that of the bytes.
    pub(crate) is_sound: bool,
}

/// Why bytes are no container.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unfit {
    /// Larger, or of more entries, than any bundle.
    #[error("it is too large")]
    TooLarge,
    /// No ZIP file, or not whole.
    #[error("it is no ZIP file, or not a whole one")]
    NotZip,
    /// Something in it is not as a bundle is written.
    #[error("it is not written as a bundle is")]
    Irregular,
    /// Two entries of one name.
    #[error("two files in it have the same name")]
    Twice,
    /// A name that leads elsewhere, or of other characters than names here have.
    #[error("a file in it has a name that none can have")]
    Name,
}

/// Writes a container.
pub(crate) fn write(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for (name, bytes) in entries {
        let checksum = crc32fast::hash(bytes);
        list.extend(listed(name, checksum, bytes.len(), out.len()));
        out.extend(local(name, checksum, bytes.len()));
        out.extend_from_slice(bytes);
    }
    let end = end(entries.len(), list.len(), out.len());
    out.extend(list);
    out.extend(end);
    out
}

/// Reads a container that [`write`] could have written; one that is not `bounded` may be of any size, for the tests that show what that is for.
pub(crate) fn read(bytes: &[u8], bounded: bool) -> Result<Vec<Entry<'_>>, Unfit> {
    if bytes.len() > MAX_BUNDLE_BYTES && bounded {
        return Err(Unfit::TooLarge);
    }
    let end_at = bytes.len().checked_sub(END_BYTES).ok_or(Unfit::NotZip)?;
    let tail = &bytes[end_at..];
    // First: of what is not the end no number says anything.
    if !tail.starts_with(b"PK\x05\x06") {
        return Err(Unfit::NotZip);
    }
    let (count, length, list_at) = (half(tail, 10), word(tail, 12), word(tail, 16));
    if count > MAX_ENTRIES && bounded {
        return Err(Unfit::TooLarge);
    }
    if list_at.checked_add(length) != Some(end_at) {
        return Err(Unfit::NotZip);
    }
    if tail != end(count, length, list_at) {
        return Err(Unfit::Irregular);
    }
    let (mut list, mut at) = (&bytes[list_at..end_at], 0);
    let mut entries = Vec::with_capacity(count);
    let mut names = BTreeSet::new();
    for _ in 0..count {
        let entry = read_entry(&mut list, &bytes[..list_at], &mut at)?;
        if !names.insert(entry.name) {
            return Err(Unfit::Twice);
        }
        entries.push(entry);
    }
    if at == list_at && list.is_empty() {
        Ok(entries)
    } else {
        Err(Unfit::Irregular)
    }
}

/// Tells whether a file of so many bytes that ends like this may be a container; with anything else at its end it is none, whatever stands before.
pub fn may_be(tail: &[u8; END_BYTES], length: u64) -> bool {
    let (list, list_at) = (word(tail, 12) as u64, word(tail, 16) as u64);
    tail.starts_with(b"PK\x05\x06") && list_at + list + END_BYTES as u64 == length
}

/// Reads the next entry of the list, and the data that it has to have right where the former one's ended.
fn read_entry<'a>(list: &mut &'a [u8], data: &'a [u8], at: &mut usize) -> Result<Entry<'a>, Unfit> {
    let head = list.get(..LISTED_BYTES).ok_or(Unfit::NotZip)?;
    let (checksum, length, name_bytes) = (word(head, 16) as u32, word(head, 24), half(head, 28));
    let name = list.get(LISTED_BYTES..LISTED_BYTES + name_bytes);
    let name = read_name(name.ok_or(Unfit::NotZip)?)?;
    let said = listed(name, checksum, length, *at);
    *list = list.strip_prefix(&*said).ok_or(Unfit::Irregular)?;
    let rest = data.get(*at..).ok_or(Unfit::Irregular)?;
    let before = local(name, checksum, length);
    let rest = rest.strip_prefix(&*before).ok_or(Unfit::Irregular)?;
    let bytes = rest.get(..length).ok_or(Unfit::Irregular)?;
    *at += before.len() + length;
    Ok(Entry {
        name,
        bytes,
        digest: Digest::of(bytes),
        is_sound: crc32fast::hash(bytes) == checksum,
    })
}

fn read_name(name: &[u8]) -> Result<&str, Unfit> {
    let fits =
        |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"/.".contains(byte);
    let name = std::str::from_utf8(name).map_err(|_| Unfit::Name)?;
    let leads_elsewhere = name.starts_with('/') || name.contains("..") || name.ends_with('/');
    let is_fine = (1..=MAX_NAME_BYTES).contains(&name.len()) && name.as_bytes().iter().all(fits);
    // Two names are of others' making.
    let is_given = [asic::LIST_PATH, asic::TOKEN_PATH].contains(&name);
    if is_fine && !leads_elsewhere || is_given {
        Ok(name)
    } else {
        Err(Unfit::Name)
    }
}

/// What both heads of an entry say, from the version on: stored, of the first day that ZIP knows.
fn said(name: &str, checksum: u32, length: usize) -> Vec<u8> {
    let (length, name) = (length as u32, name.len() as u16);
    let mut out = vec![10, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
    out.extend(checksum.to_le_bytes());
    out.extend(length.to_le_bytes());
    out.extend(length.to_le_bytes());
    out.extend(name.to_le_bytes());
    out.extend([0, 0]);
    out
}

fn local(name: &str, checksum: u32, length: usize) -> Vec<u8> {
    let said = said(name, checksum, length);
    [b"PK\x03\x04".as_slice(), &said, name.as_bytes()].concat()
}

fn listed(name: &str, checksum: u32, length: usize, offset: usize) -> Vec<u8> {
    let said = said(name, checksum, length);
    let mut out = [b"PK\x01\x02\x0a\0".as_slice(), &said, &[0; 10]].concat();
    out.extend((offset as u32).to_le_bytes());
    out.extend(name.as_bytes());
    out
}

fn end(count: usize, length: usize, list_at: usize) -> Vec<u8> {
    let count = (count as u16).to_le_bytes();
    let mut out = [b"PK\x05\x06\0\0\0\0".as_slice(), &count, &count].concat();
    out.extend((length as u32).to_le_bytes());
    out.extend((list_at as u32).to_le_bytes());
    out.extend([0, 0]);
    out
}

fn half(bytes: &[u8], at: usize) -> usize {
    let pair = bytes.get(at..at + 2).and_then(|pair| pair.try_into().ok());
    pair.map_or(0, u16::from_le_bytes).into()
}

fn word(bytes: &[u8], at: usize) -> usize {
    let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
    four.map_or(0, u32::from_le_bytes) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sample() -> Vec<u8> {
        let entries = [("mimetype", "a/b"), ("one.txt", "first"), ("empty", "")];
        write(&entries.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())))
    }

    #[test]
    fn what_was_written_is_read() {
        let bytes = sample();
        let entries = read(&bytes, true).unwrap();
        let names: Vec<&str> = entries.iter().map(|entry| entry.name).collect();
        assert_eq!(names, ["mimetype", "one.txt", "empty"]);
        assert_eq!(entries[1].bytes, b"first");
        assert!(entries.iter().all(|entry| entry.is_sound));
        // The type stands where programs look for it.
        assert_eq!(&bytes[30..41], b"mimetypea/b");
        assert_eq!(read(&write(&[]), true), Ok(Vec::new()));
    }

    #[test]
    fn every_flipped_bit_shows() {
        let good = sample();
        for bit in 0..good.len() * 8 {
            let mut bytes = good.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let is_found = read(&bytes, true).is_err()
                || read(&bytes, true)
                    .is_ok_and(|entries| entries.iter().any(|entry| !entry.is_sound));
            assert!(is_found, "bit {bit}");
        }
    }

    #[test]
    fn names_lead_nowhere_and_stand_once() {
        for name in [
            "../up",
            "/root",
            "a/../b",
            "dir/",
            "",
            "A",
            "a\\b",
            "a b",
            "c:",
            "META-INF/ASiCManifest002.xml",
            "META-INF/signature.p7s",
            "meta-inf/timestamp001.tst",
        ] {
            let bytes = write(&[(name.to_owned(), Vec::new())]);
            assert_eq!(read(&bytes, true), Err(Unfit::Name), "{name}");
        }
        let twice = ["a", "a"].map(|name| (name.to_owned(), Vec::new()));
        assert_eq!(read(&write(&twice), true), Err(Unfit::Twice));
    }

    #[test]
    fn nothing_stands_before_between_or_behind() {
        let good = sample();
        let before = [b"x".as_slice(), &good].concat();
        let behind = [&good, b"x".as_slice()].concat();
        assert!(read(&before, true).is_err() && read(&behind, true).is_err());
    }

    #[test]
    fn the_end_tells_what_is_none() {
        let tail = |bytes: &[u8]| bytes[bytes.len() - END_BYTES..].try_into().unwrap();
        let good = sample();
        let length = good.len() as u64;
        assert!(may_be(&tail(&good), length) && !may_be(&tail(&good), length + 1));
        let sparse = [0; END_BYTES];
        assert!(!may_be(&sparse, END_BYTES as u64) && !may_be(&[0xff; END_BYTES], 1 << 30));
        // What lacks its end is not whole, and not too large.
        let behind = [&good[..], &[0]].concat();
        assert_eq!(read(&behind, true), Err(Unfit::NotZip));
        let cut = &good[..good.len() - 1];
        assert_eq!(read(cut, true), Err(Unfit::NotZip));
    }

    proptest! {
        #[test]
        fn random_bytes_are_none(bytes: Vec<u8>) {
            prop_assert!(read(&bytes, true).is_err());
        }
    }
}
