//! Getting a file: in slices of whole chunks, each checked before it is kept, the whole by its digest at the end.

use super::cipher::{CHUNK, FileCipher, HEADER, SEALED_CHUNK};
use super::row::Row;
use super::transfer::{SLICE_CHUNKS, State, Step};
use crate::asked::Purpose;
use crate::guard::Guard;
use crate::io::{HttpReply, HttpRequest, Method, Output};
use crate::state::Cx;
use crate::{Error, ServerMisbehaved};
use sha2::Digest as _;
use std::collections::BTreeMap;
use valise_evidence::Digest;
use valise_wire::blob::BLOBS_PATH;

/// Parts that may be on their way or in memory at once.
const PARTS_AHEAD: usize = 2;

impl Cx<'_> {
    /// Asks for what comes next; a second part is on its way while the first is checked and kept.
    pub(super) fn advance_download(&mut self, row: &Row) -> Result<(), Error> {
        let Some(remote) = row.remote else {
            return self.set_file(row, State::Gone, 0);
        };
        if self.steps(row, |step| matches!(step, Step::ReadBack(_))) > 0 {
            return Ok(());
        }
        let transfer = self.state.transfers.entry(row.id.clone()).or_default();
        let hashed = transfer.hashed;
        if hashed < row.done {
            let length = (row.done - hashed).min(SLICE_CHUNKS * SEALED_CHUNK);
            let id = self.expect(self.step(row, Step::ReadBack(hashed)), false);
            self.put(Output::CacheRead {
                id,
                blob: row.blob,
                offset: hashed,
                length: length as u32,
            });
            return Ok(());
        }
        if row.done >= row.sealed_size {
            return self.finish_download(row);
        }
        while self.parts_ahead(row) < PARTS_AHEAD {
            let start = self.first_missing(row, hashed);
            if start >= row.sealed_size {
                break;
            }
            let slice = SLICE_CHUNKS * SEALED_CHUNK + if start == 0 { HEADER } else { 0 };
            let length = (row.sealed_size - start).min(slice);
            let request = HttpRequest {
                origin: String::new(),
                method: Method::Get,
                path: match row.at {
                    Some(at) => format!("{BLOBS_PATH}/{remote}?at={at}"),
                    None => format!("{BLOBS_PATH}/{remote}"),
                },
                headers: vec![(
                    "range".into(),
                    format!("bytes={start}-{}", start + length - 1),
                )],
                body: Vec::new(),
            };
            let purpose = self.step(row, Step::Range(start, length));
            self.ask_http(purpose, request)?;
        }
        Ok(())
    }

    /// Returns how many parts are asked for, or here and not kept yet.
    fn parts_ahead(&self, row: &Row) -> usize {
        let early = self.state.transfers.get(&row.id);
        let early = early.map_or(0, |transfer| transfer.early.len());
        let moving = |step: &Step| matches!(step, Step::Range(..) | Step::WriteFetched(_));
        self.steps(row, moving) + early
    }

    /// Returns where the first part begins that is neither asked for nor here: one that got lost comes before those behind it.
    fn first_missing(&self, row: &Row, hashed: u64) -> u64 {
        let asked = self.state.asked.values();
        let asked = asked.filter_map(|asked| match &asked.purpose {
            Purpose::File {
                id,
                step: Step::Range(start, length),
            } if *id == row.id => Some((*start, *length)),
            _ => None,
        });
        let early = self.state.transfers.get(&row.id).into_iter();
        let early = early.flat_map(|transfer| &transfer.early);
        let early = early.map(|(start, reply)| (*start, reply.body.len() as u64));
        let mut parts: BTreeMap<u64, u64> = asked.chain(early).collect();
        let mut missing = hashed;
        while let Some(length) = parts.remove(&missing) {
            missing += length;
        }
        missing
    }

    pub(super) fn hashed_back(
        &mut self,
        row: &Row,
        offset: u64,
        bytes: &[u8],
    ) -> Result<(), Error> {
        let opened = self.opened_if_signed(row, offset, bytes)?;
        let transfer = self.state.transfers.entry(row.id.clone()).or_default();
        if transfer.hashed == offset {
            transfer.hasher.update(bytes);
            transfer.plain.update(opened);
            transfer.hashed += bytes.len() as u64;
        }
        Ok(())
    }

    pub(super) fn range_came(
        &mut self,
        row: &Row,
        offset: u64,
        length: u64,
        reply: HttpReply,
    ) -> Result<(), Error> {
        if row.state != State::Downloading {
            return Ok(());
        }
        let whole = reply.status == 206 || (reply.status == 200 && length == row.sealed_size);
        match reply.status {
            404 | 410 => {
                self.forget_steps(&row.id);
                return self.set_file(row, State::Gone, 0);
            }
            _ if !whole => return self.file_failed(&row.id, Step::Range(offset, length)),
            _ if reply.body.len() as u64 != length => return self.broken(row),
            _ => {}
        }
        let transfer = self.state.transfers.entry(row.id.clone()).or_default();
        transfer.early.insert(offset, reply);
        self.take_early(row)
    }

    /// Checks and keeps the parts whose turn it is.
    fn take_early(&mut self, row: &Row) -> Result<(), Error> {
        loop {
            let transfer = self.state.transfers.entry(row.id.clone()).or_default();
            let offset = transfer.hashed;
            let Some(reply) = transfer.early.remove(&offset) else {
                return Ok(());
            };
            let opened = open_part(row, offset, &reply.body);
            if opened.is_none() && self.keeps(Guard::FileDigest) {
                return self.broken(row);
            }
            let is_signed = self.signed_digest(row)?.is_some();
            let end = offset + reply.body.len() as u64;
            let transfer = self.state.transfers.entry(row.id.clone()).or_default();
            transfer.hasher.update(&reply.body);
            if is_signed {
                transfer.plain.update(opened.unwrap_or_default());
            }
            transfer.hashed = end;
            let id = self.expect(self.step(row, Step::WriteFetched(end)), false);
            self.put(Output::CacheWrite {
                id,
                blob: row.blob,
                offset,
                bytes: reply.body,
            });
        }
    }

    pub(super) fn fetched(&mut self, row: &Row, done: u64) -> Result<(), Error> {
        if row.state != State::Downloading {
            return Ok(());
        }
        self.progress(row, done)?;
        if done >= row.sealed_size {
            return self.finish_download(&Row {
                done,
                ..row.clone()
            });
        }
        Ok(())
    }

    fn finish_download(&mut self, row: &Row) -> Result<(), Error> {
        let transfer = self.state.transfers.remove(&row.id).unwrap_or_default();
        let digest: [u8; 32] = transfer.hasher.finalize().into();
        if row.digest != Some(digest) && self.keeps(Guard::FileDigest) {
            return self.broken(row);
        }
        self.set_file(row, State::Here, row.done)?;
        let came = Digest(transfer.plain.finalize().into());
        match self.signed_digest(row)? {
            Some(signed) if signed != came && self.keeps(Guard::SignedFiles) => {
                self.another_came(&row.id, came)
            }
            _ => Ok(()),
        }
    }

    /// Returns what a part that was kept before holds, of a file that somebody signed; nothing of others, whose digest nobody asks for.
    fn opened_if_signed(&self, row: &Row, offset: u64, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        let opened = match self.signed_digest(row)? {
            Some(_) => open_part(row, offset, bytes),
            None => None,
        };
        Ok(opened.unwrap_or_default())
    }

    fn broken(&mut self, row: &Row) -> Result<(), Error> {
        self.forget_steps(&row.id);
        self.put(Output::CacheDrop { blob: row.blob });
        self.set_file(row, State::Broken, 0)?;
        self.server_misbehaved(ServerMisbehaved::BadFile)
    }
}

/// Returns what a slice holds of the file, without padding; none unless every chunk of it is the one that was sealed at its place.
fn open_part(row: &Row, offset: u64, body: &[u8]) -> Option<Vec<u8>> {
    let cipher = FileCipher::new(&row.key, &row.salt);
    let (first, chunks) = if offset == 0 {
        let (header, chunks) = body.split_first_chunk::<{ HEADER as usize }>()?;
        if header != cipher.header() {
            return None;
        }
        (0, chunks)
    } else {
        ((offset - HEADER) / SEALED_CHUNK, body)
    };
    let mut plain = Vec::with_capacity(chunks.len());
    for (index, chunk) in (first..).zip(chunks.chunks(SEALED_CHUNK as usize)) {
        plain.extend(cipher.open(index, chunk)?);
    }
    let left = row.size.saturating_sub(first.saturating_mul(CHUNK));
    plain.truncate(usize::try_from(left).unwrap_or(usize::MAX));
    Some(plain)
}
