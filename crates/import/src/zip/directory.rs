//! What is in an archive.

use super::end::{End, List, MAX_END_BYTES};
use super::{MAX_ENTRY_BYTES, MAX_RATIO, MAX_TOTAL_BYTES, Refused};
use std::ops::Range;

/// Bytes of a list's entry, and of what stands before an entry's data, without names.
const LISTED_BYTES: usize = 46;
const LOCAL_BYTES: u64 = 30;
/// Number of the extra field with sizes and places above 4 GiB.
const LARGE: u16 = 1;

/// One file in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path, with slashes.
    pub name: String,
    /// How it is packed.
    pub method: Method,
    /// Bytes as it is packed.
    pub packed_bytes: u64,
    /// Bytes as it is.
    pub size_bytes: u64,
    /// CRC-32 of what it is.
    pub checksum: u32,
    /// Where it begins in the archive.
    pub offset: u64,
}

/// How an entry is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Not at all.
    Stored,
    /// By deflate (RFC 1951).
    Deflated,
}

/// Reads the list of an archive: where it is, perhaps in two steps, and then it.
#[derive(Debug)]
pub struct Opening {
    file_bytes: u64,
    found: Option<End>,
}

impl Opening {
    /// Begins with a file of this length.
    pub fn new(file_bytes: u64) -> Self {
        Self {
            file_bytes,
            found: None,
        }
    }

    /// Returns which bytes are wanted next.
    pub fn wants(&self) -> Range<u64> {
        match &self.found {
            None => self.file_bytes.saturating_sub(MAX_END_BYTES)..self.file_bytes,
            Some(End::Large(record)) => record.clone(),
            Some(End::List(list)) => list.place.clone(),
        }
    }

    /// Takes exactly these bytes; returns the entries once they are known. Folders are not among them.
    pub fn take(&mut self, bytes: &[u8]) -> Result<Option<Vec<Entry>>, Refused> {
        let found = match &self.found {
            None => End::find(bytes, self.file_bytes)?,
            Some(End::Large(record)) => End::List(List::large(bytes, record)?),
            Some(End::List(list)) => return read_list(bytes, list).map(Some),
        };
        if matches!(&found, End::List(list) if list.entries == 0) {
            return Ok(Some(Vec::new()));
        }
        self.found = Some(found);
        Ok(None)
    }
}

fn read_list(mut bytes: &[u8], list: &List) -> Result<Vec<Entry>, Refused> {
    let mut entries = Vec::new();
    for _ in 0..list.entries {
        let (entry, length) = read_entry(bytes)?;
        bytes = bytes.get(length..).ok_or(Refused::Damaged)?;
        if !entry.name.ends_with('/') {
            entries.push(entry);
        }
    }
    entries.sort_by_key(|entry| entry.offset);
    check(&entries, list.place.start)?;
    Ok(entries)
}

/// Reads one entry of the list; returns it and how long it is there.
fn read_entry(bytes: &[u8]) -> Result<(Entry, usize), Refused> {
    let get_half = |at| half(bytes, at).ok_or(Refused::Damaged);
    let get_word = |at| word(bytes, at).ok_or(Refused::Damaged);
    if !bytes.starts_with(b"PK\x01\x02") {
        return Err(Refused::Damaged);
    }
    let flags = get_half(8)?;
    if flags & 1 != 0 || flags & (1 << 6) != 0 {
        return Err(Refused::Locked);
    }
    let method = match get_half(10)? {
        0 => Method::Stored,
        8 => Method::Deflated,
        99 => return Err(Refused::Locked),
        _ => return Err(Refused::Unknown),
    };
    let (name_bytes, extra_bytes) = (usize::from(get_half(28)?), usize::from(get_half(30)?));
    let extra_at = LISTED_BYTES + name_bytes;
    let length = extra_at + extra_bytes + usize::from(get_half(32)?);
    let name = bytes.get(LISTED_BYTES..extra_at).ok_or(Refused::Damaged)?;
    let extra = bytes.get(extra_at..extra_at + extra_bytes);
    // What is too large for its field stands in the extra one, in this order.
    let mut large = Large::new(extra.ok_or(Refused::Damaged)?);
    let size_bytes = large.or(get_word(24)?)?;
    let packed_bytes = large.or(get_word(20)?)?;
    let entry = Entry {
        name: path(name)?,
        method,
        packed_bytes,
        size_bytes,
        checksum: get_word(16)?,
        offset: large.or(get_word(42)?)?,
    };
    Ok((entry, length))
}

/// The numbers of one entry that need more than 32 bits.
struct Large<'a> {
    numbers: &'a [u8],
}

impl<'a> Large<'a> {
    /// Finds them among the extra fields; there may be none.
    fn new(mut extra: &'a [u8]) -> Self {
        while let Some((id, length)) = half(extra, 0).zip(half(extra, 2)) {
            let Some(field) = extra.get(4..4 + usize::from(length)) else {
                break;
            };
            if id == LARGE {
                return Self { numbers: field };
            }
            extra = &extra[4 + usize::from(length)..];
        }
        Self { numbers: &[] }
    }

    /// Returns what a field says, or the next number of these if it says that it cannot.
    fn or(&mut self, field: u32) -> Result<u64, Refused> {
        if field != u32::MAX {
            return Ok(field.into());
        }
        let (first, rest) = self.numbers.split_first_chunk().ok_or(Refused::Damaged)?;
        self.numbers = rest;
        Ok(u64::from_le_bytes(*first))
    }
}

/// Refuses names that lead outside, though nothing is ever written under them.
fn path(name: &[u8]) -> Result<String, Refused> {
    let name = String::from_utf8_lossy(name).into_owned();
    let is_outside = name.starts_with('/')
        || name.contains(['\\', '\0'])
        || name.split('/').any(|part| part == "..");
    let is_drive = name.as_bytes().get(1) == Some(&b':');
    if is_outside || is_drive || name.is_empty() {
        return Err(Refused::BadPath);
    }
    Ok(name)
}

/// Refuses what unpacks to too much, and data that is listed more than once.
fn check(entries: &[Entry], end: u64) -> Result<(), Refused> {
    let mut total = 0u64;
    for (at, entry) in entries.iter().enumerate() {
        let next = entries.get(at + 1).map_or(end, |next| next.offset);
        let data = entry.offset.saturating_add(LOCAL_BYTES);
        if data.saturating_add(entry.packed_bytes) > next {
            return Err(if entry.offset < end {
                Refused::Bomb
            } else {
                Refused::Damaged
            });
        }
        let is_swelling =
            entry.size_bytes > 1 << 20 && entry.size_bytes / MAX_RATIO > entry.packed_bytes;
        total = total.saturating_add(entry.size_bytes);
        if is_swelling || entry.size_bytes > MAX_ENTRY_BYTES || total > MAX_TOTAL_BYTES {
            return Err(Refused::Bomb);
        }
        if entry.method == Method::Stored && entry.size_bytes != entry.packed_bytes {
            return Err(Refused::Damaged);
        }
    }
    Ok(())
}

/// Reads 16 bits.
pub(super) fn half(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

/// Reads 32 bits.
pub(super) fn word(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}
