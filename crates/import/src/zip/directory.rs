//! What is in an archive.

use super::{MAX_ENTRIES, MAX_ENTRY_BYTES, MAX_RATIO, MAX_TOTAL_BYTES, Refused};
use std::ops::Range;

/// Bytes of the record at the end without its comment, and with the longest.
const END_BYTES: u64 = 22;
const MAX_END_BYTES: u64 = END_BYTES + 65_535;
/// Most bytes of the list of entries.
const MAX_LIST_BYTES: u64 = 32 << 20;
/// Bytes of a list's entry, and of what stands before an entry's data, without names.
const LISTED_BYTES: usize = 46;
const LOCAL_BYTES: u64 = 30;

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

/// Reads the list of an archive, in two steps: where it is, and it.
#[derive(Debug)]
pub struct Opening {
    file_bytes: u64,
    list: Option<List>,
}

#[derive(Debug)]
struct List {
    place: Range<u64>,
    entries: usize,
}

impl Opening {
    /// Begins with a file of this length.
    pub fn new(file_bytes: u64) -> Self {
        Self {
            file_bytes,
            list: None,
        }
    }

    /// Returns which bytes are wanted next.
    pub fn wants(&self) -> Range<u64> {
        match &self.list {
            None => self.file_bytes.saturating_sub(MAX_END_BYTES)..self.file_bytes,
            Some(list) => list.place.clone(),
        }
    }

    /// Takes exactly these bytes; returns the entries once they are known. Folders are not among them.
    pub fn take(&mut self, bytes: &[u8]) -> Result<Option<Vec<Entry>>, Refused> {
        match &self.list {
            None => {
                let list = find_list(bytes, self.file_bytes)?;
                if list.entries == 0 {
                    return Ok(Some(Vec::new()));
                }
                self.list = Some(list);
                Ok(None)
            }
            Some(list) => read_list(bytes, list).map(Some),
        }
    }
}

fn find_list(tail: &[u8], file_bytes: u64) -> Result<List, Refused> {
    let begin = (0..tail.len().saturating_sub(END_BYTES as usize - 1))
        .rev()
        .find(|at| {
            let comment = half(tail, at + 20).map(usize::from);
            tail[*at..].starts_with(b"PK\x05\x06")
                && comment == Some(tail.len() - at - END_BYTES as usize)
        });
    let at = begin.ok_or(Refused::NotZip)?;
    let end = file_bytes - (tail.len() - at) as u64;
    let entries = half(tail, at + 10).ok_or(Refused::NotZip)?;
    let (length, offset) = word(tail, at + 12)
        .zip(word(tail, at + 16))
        .ok_or(Refused::NotZip)?;
    if entries == u16::MAX || length == u32::MAX || offset == u32::MAX {
        return Err(Refused::Unknown);
    }
    let place = u64::from(offset)..u64::from(offset) + u64::from(length);
    if usize::from(entries) > MAX_ENTRIES || u64::from(length) > MAX_LIST_BYTES {
        return Err(Refused::TooMany);
    }
    if place.end > end {
        return Err(Refused::Damaged);
    }
    Ok(List {
        place,
        entries: entries.into(),
    })
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
    let (packed, size, offset) = (get_word(20)?, get_word(24)?, get_word(42)?);
    if [packed, size, offset].contains(&u32::MAX) {
        return Err(Refused::Unknown);
    }
    let name_bytes = usize::from(get_half(28)?);
    let length =
        LISTED_BYTES + name_bytes + usize::from(get_half(30)?) + usize::from(get_half(32)?);
    let name = bytes
        .get(LISTED_BYTES..LISTED_BYTES + name_bytes)
        .ok_or(Refused::Damaged)?;
    let entry = Entry {
        name: path(name)?,
        method,
        packed_bytes: packed.into(),
        size_bytes: size.into(),
        checksum: get_word(16)?,
        offset: offset.into(),
    };
    Ok((entry, length))
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
        if entry.offset + LOCAL_BYTES + entry.packed_bytes > next {
            return Err(if entry.offset < end {
                Refused::Bomb
            } else {
                Refused::Damaged
            });
        }
        let is_swelling =
            entry.size_bytes > 1 << 20 && entry.size_bytes / MAX_RATIO > entry.packed_bytes;
        total += entry.size_bytes;
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

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}
