//! The bytes of one entry.

use super::Refused;
use super::directory::{Entry, Method, half};
use crc32fast::Hasher;
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_HAS_MORE_INPUT;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};
use std::ops::Range;

/// Bytes before an entry's data, without its name.
const LOCAL_BYTES: u64 = 30;
/// How far back packed data refers: RFC 1951 § 2.
const WINDOW_BYTES: usize = 32 << 10;

/// Unpacks an entry slice by slice.
pub struct Unpacker {
    entry: Entry,
    /// Where its data begins, once that is known.
    data: Option<u64>,
    /// Packed bytes that were taken.
    taken: u64,
    /// Bytes that came out.
    given: u64,
    hasher: Hasher,
    packing: Option<Box<Deflated>>,
}

struct Deflated {
    state: DecompressorOxide,
    window: Vec<u8>,
    place: usize,
    is_done: bool,
}

impl Unpacker {
    /// Begins with an entry.
    pub fn new(entry: Entry) -> Self {
        let packing = (entry.method == Method::Deflated).then(|| {
            Box::new(Deflated {
                state: DecompressorOxide::default(),
                window: vec![0; WINDOW_BYTES],
                place: 0,
                is_done: false,
            })
        });
        Self {
            entry,
            data: None,
            taken: 0,
            given: 0,
            hasher: Hasher::new(),
            packing,
        }
    }

    /// Returns which bytes of the archive are wanted next, at most so many; none after the last.
    pub fn wants(&self, most: u64) -> Option<Range<u64>> {
        let Some(data) = self.data else {
            return Some(self.entry.offset..self.entry.offset + LOCAL_BYTES);
        };
        let left = self.entry.packed_bytes - self.taken;
        let start = data + self.taken;
        (left > 0).then(|| start..start + left.min(most))
    }

    /// Takes exactly these bytes and puts out what is in them.
    pub fn take(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> Result<(), Refused> {
        if self.data.is_none() {
            return self.take_header(bytes);
        }
        let before = out.len();
        self.taken += bytes.len() as u64;
        let room = self.entry.size_bytes - self.given;
        match &mut self.packing {
            None => out.extend_from_slice(bytes),
            Some(packing) => packing.inflate(bytes, room, out)?,
        }
        let came = &out[before..];
        if came.len() as u64 > room {
            return Err(Refused::Bomb);
        }
        self.hasher.update(came);
        self.given += came.len() as u64;
        if self.taken == self.entry.packed_bytes {
            return self.finish();
        }
        Ok(())
    }

    fn take_header(&mut self, bytes: &[u8]) -> Result<(), Refused> {
        let name = half(bytes, 26).ok_or(Refused::Damaged)?;
        let extra = half(bytes, 28).ok_or(Refused::Damaged)?;
        if !bytes.starts_with(b"PK\x03\x04") {
            return Err(Refused::Damaged);
        }
        self.data = Some(self.entry.offset + LOCAL_BYTES + u64::from(name) + u64::from(extra));
        if self.entry.packed_bytes == 0 {
            return self.finish();
        }
        Ok(())
    }

    fn finish(&self) -> Result<(), Refused> {
        let is_done = self.packing.as_ref().is_none_or(|packing| packing.is_done)
            || self.entry.packed_bytes == 0;
        let is_whole = self.given == self.entry.size_bytes
            && self.hasher.clone().finalize() == self.entry.checksum;
        if is_done && is_whole {
            Ok(())
        } else {
            Err(Refused::Damaged)
        }
    }
}

impl Deflated {
    /// Unpacks a slice; `room` is how much may come of it.
    fn inflate(&mut self, mut bytes: &[u8], room: u64, out: &mut Vec<u8>) -> Result<(), Refused> {
        let most = out.len() as u64 + room;
        while !self.is_done {
            let (status, taken, given) = decompress(
                &mut self.state,
                bytes,
                &mut self.window,
                self.place,
                TINFL_FLAG_HAS_MORE_INPUT,
            );
            out.extend_from_slice(&self.window[self.place..self.place + given]);
            self.place = (self.place + given) % WINDOW_BYTES;
            bytes = &bytes[taken..];
            if out.len() as u64 > most {
                return Err(Refused::Bomb);
            }
            match status {
                TINFLStatus::Done => self.is_done = true,
                TINFLStatus::HasMoreOutput => {}
                TINFLStatus::NeedsMoreInput => return Ok(()),
                _ => return Err(Refused::Damaged),
            }
        }
        Ok(())
    }
}
