//! The records at the end of an archive that say where its list is.

use super::directory::{half, word};
use super::{MAX_ENTRIES, Refused};
use std::ops::Range;

/// Bytes of the last record without its comment.
const END_BYTES: usize = 22;
/// Bytes of the last record with the longest comment, and of what may stand before it.
pub(super) const MAX_END_BYTES: u64 = (END_BYTES + 65_535 + LOCATOR_BYTES) as u64;
/// Bytes of the record that says where the large one is; it stands right before the last.
const LOCATOR_BYTES: usize = 20;
/// Bytes of the large record, as far as it is of use.
const LARGE_BYTES: u64 = 56;
/// Most bytes of the list of entries.
const MAX_LIST_BYTES: u64 = 32 << 20;

/// What the last record says.
#[derive(Debug)]
pub(super) enum End {
    /// Where the list is.
    List(List),
    /// Where a larger record is that says so: for what needs more than 16 or 32 bits (ZIP64).
    Large(Range<u64>),
}

/// Where the list is, and how long.
#[derive(Debug)]
pub(super) struct List {
    /// Its bytes.
    pub(super) place: Range<u64>,
    /// Entries in it.
    pub(super) entries: usize,
}

impl End {
    /// Finds the last record in the tail of a file of so many bytes.
    pub(super) fn find(tail: &[u8], file_bytes: u64) -> Result<Self, Refused> {
        let begin = (0..tail.len().saturating_sub(END_BYTES - 1))
            .rev()
            .find(|at| {
                let comment = half(tail, at + 20).map(usize::from);
                tail[*at..].starts_with(b"PK\x05\x06")
                    && comment == Some(tail.len() - at - END_BYTES)
            });
        let at = begin.ok_or(Refused::NotZip)?;
        let end = file_bytes - (tail.len() - at) as u64;
        let entries = half(tail, at + 10).ok_or(Refused::NotZip)?;
        let (length, offset) = word(tail, at + 12)
            .zip(word(tail, at + 16))
            .ok_or(Refused::NotZip)?;
        if entries == u16::MAX || length == u32::MAX || offset == u32::MAX {
            return large(tail, at, end).map(Self::Large);
        }
        List::new(offset.into(), length.into(), entries.into(), end).map(Self::List)
    }
}

impl List {
    fn new(offset: u64, length: u64, entries: u64, end: u64) -> Result<Self, Refused> {
        if entries > MAX_ENTRIES as u64 || length > MAX_LIST_BYTES {
            return Err(Refused::TooMany);
        }
        let place = offset..offset.saturating_add(length);
        if place.end > end {
            return Err(Refused::Damaged);
        }
        Ok(Self {
            place,
            entries: entries as usize,
        })
    }

    /// Reads the large record, which lies at `place`.
    pub(super) fn large(record: &[u8], place: &Range<u64>) -> Result<Self, Refused> {
        if !record.starts_with(b"PK\x06\x06") {
            return Err(Refused::Damaged);
        }
        let number = |at| double(record, at).ok_or(Refused::Damaged);
        Self::new(number(48)?, number(40)?, number(32)?, place.start)
    }
}

/// Returns where the large record is; `at` is the last record's place in the tail, `end` in the file.
fn large(tail: &[u8], at: usize, end: u64) -> Result<Range<u64>, Refused> {
    let begin = at.checked_sub(LOCATOR_BYTES).ok_or(Refused::Damaged)?;
    let locator = &tail[begin..at];
    if !locator.starts_with(b"PK\x06\x07") {
        return Err(Refused::Damaged);
    }
    let place = double(locator, 8).ok_or(Refused::Damaged)?;
    let record = place..place.saturating_add(LARGE_BYTES);
    if record.end > end - LOCATOR_BYTES as u64 {
        return Err(Refused::Damaged);
    }
    Ok(record)
}

/// Reads 64 bits.
fn double(bytes: &[u8], at: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(8)?)?;
    Some(u64::from_le_bytes(bytes.try_into().ok()?))
}
